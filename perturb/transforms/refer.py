"""Things pointed at instead of named, as people do who take it that everybody knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.readings import counted, kinds_counted
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.grammar import is_plural
from perturb.language.lexicon import table, words
from perturb.language.messages import asks, first_person, is_message, orders
from perturb.language.named import people
from perturb.language.places import ahead, is_base_verb, is_participle
from perturb.language.rivals import nearer, one_of_two, open_already, paid_for

# my/the/this + one to three plain words; where the phrase ends is tried from the longest on.
_OWNED = re.compile(r"(?<![\w'’-])([A-Za-z]+) (my|the|this|these|those|our)((?: [a-z][a-z-]+){1,3})(?![\w'’-])")
_NEXT = re.compile(r" ([a-z']+)\b")
# A phrase that stands before one of these is whole: "my card when …", "my card to …".
_ENDS = frozenset(
    "to when because if but so and from in on at with for yet again now before after until please by".split()
)
# After "is/was/has" a phrase is whole before one of these: "is my transfer still pending".
# 'the phrase, "Programs as data"' says it itself.
_LISTED = re.compile(r", [a-z -]{2,30}, (?:and|or) ")  # "including the temperature, wind, and rain"
_GOES_ON = re.compile(r",? ?[\"“:]|,? ['‘]")
_COMING = frozenset(
    "working coming running taking showing loading opening happening missing going doing getting charging".split()
)
_STATES = frozenset(
    "still not being been taking pending declined blocked working showing late safe free broken".split()
)
_BE = frozenset(
    "is are was were isn't aren't wasn't has have hasn't haven't does did doesn't didn't will would can".split()
)
_BESIDE = frozenset("for on in from into with".split())
_AFTER_THE = frozenset("with from in at on".split())
_AFTER = frozenset("with about for from of into on".split())
_PEOPLE = frozenset(
    "agent buyer seller owner defendant plaintiff victim husband patient lady judge officer policeman driver teenager "
    "president king queen writer speaker recipient sender beneficiary police government company world truth weather "
    "party women men man woman girl boy guy lady gentleman cashier caretaker player actor actress singer candidate class "
    "team crowd family couple staff crew public rest works likes needs wants".split()
)
_HOW_TO = frozenset("step steps ways reasons process procedure method methods plan tips tools options".split())
_FIRST = frozenset(
    "credit debit bank virtual mobile phone savings checking account gift insurance travel email business spare".split()
)
_OWN = re.compile(r"(?:my|our) ")
_NOT_THINGS = frozenset(
    "way reason option same rest most best first last only other next time day week month year moment morning evening weekend "
    "meantime past future following case point end beginning start money number amount name people person friend mother "
    "father brother sister wife husband son daughter mom mum dad boss doctor manager reader customer client teacher student "
    "upper lower inner outer former latter left right "
    "summer winter spring autumn fall season term semester century decade holiday mind rich poor elderly sick young old dead blind moon sun earth "
    "sky sea ocean universe globe "
    "life lives spouse fiance fiancee girlfriend boyfriend roommate colleague internet web user audience landlord neighbor neighbour partner child baby kid cousin uncle aunt coach driver author "
    "nerve guts ability need urge will energy courage effort power decision intention desire opportunity permission chance right".split()
)


@transform("refer.it", times=1, reach="loss", role="reference")
def it(text: Text, rng: Rng) -> Proposals:
    """Say "it" for what was not named before ("How do I track my card?" -> "How do I track it?")."""
    yield from rng.shuffled(list(_things(text)))


def _things(text: Text) -> Iterator[Edit]:
    if not is_message(text):
        return
    for m in _OWNED.finditer(text.raw):
        named, end = m[3].split(), m.end()
        while named:
            edit = _thing(text, m[1].lower(), m.start(2), end, named)
            if edit is not None:
                yield edit
                break
            end -= len(named.pop()) + 1


def _thing(text: Text, before: str, start: int, end: int, named: list[str]) -> Edit | None:
    """Give the edit where a phrase is one thing and ends here, else None."""
    raw, small, head = text.raw, words("functions"), named[-1]
    if _person(head) or not _heard(text, start, head):
        return None
    if raw[start].lower() == "t" and open_already(raw, start, head):
        return None
    if before == "for" and is_plural(head) and not paid_for(raw, start):
        return None  # "Who visits the springs for them?"
    if before == "of" and re.search(r"\b(?:that|those) of $", raw[:start]):
        return None  # "compared to that of the ring"
    if before in _BE and re.search(r"\b(?:[Ww]hat|[Ww]hich|[Ww]ho) $", raw[: start - 1 - len(before)]):
        return None  # "What is the expression not used for?"
    if len(named) > 1 and table("vague", "qualifiers").get(head):
        return None  # "keep the email short"
    if any(w in small or w in _NOT_THINGS for w in named) or len(head) < 3 or head.endswith(("ly", "ing", "est", "ed")):
        return None
    if len(named) > 2 or (len(named) == 2 and not (named[0] in _FIRST or table("vague", "qualifiers").get(named[0]))):
        return None  # more words are as likely the clause's as the thing's ("my card works")
    if raw.islower() and not _OWN.match(raw, start):
        return None  # "lord of the rings": names and titles cannot be told
    if (len(named) > 1 and (is_base_verb(head) or is_participle(head))) or any(text.mask[start:end]):
        return None  # "the desk rise"
    following = _NEXT.match(raw, end)
    if following is None and raw[end : end + 1] not in ("?", ".", "!", ",", "") and raw[end:].strip():
        return None
    if before == "of" and is_plural(head) and len(kinds_counted(raw[:start])) > 1:
        return None  # "two palettes and three sets … one of the palettes"
    if before == "be" and is_plural(head):
        return None  # "what could be the reasons" asks for no "them"
    opens = max(raw.rfind(c, 0, start) for c in ".?!") + 1
    if _another(raw, opens, start, before, named):
        return None
    if _GOES_ON.match(raw, end) or _LISTED.match(raw, end) or before == "including":
        return None
    after = following[1].lower() if following else ""
    if after == "to" and head in _HOW_TO and is_base_verb(ahead(raw, end + 3)[1]):
        return None  # "the steps to write a novel"
    if after in ("and", "or", "to", "when", "if", "for", "about") and not _complete(text, start, end, after):
        return None
    if not _whole(before, after) or (after in _AFTER_THE and not (_OWN.match(raw, start) and after != "with")):
        return None  # "the circle with centre Q"
    return start, end, _pronoun(before, head)


def _another(raw: str, opens: int, start: int, before: str, named: list[str]) -> bool:
    """Tell whether "it" would be another thing: one of its kind, or what the sentence named last ("the swim", not "the run")."""
    head, here = named[-1], raw[opens : start - 1]
    if any(
        n not in _NOT_THINGS and not _person(n)
        for n in nearer(raw, opens, start, before if before in _BESIDE else "", head)
    ):
        return True
    if before in _BESIDE and re.search(rf"\b{before} the [a-z]+", here, re.IGNORECASE):
        return True  # "5 minutes for the swim and 9 for the run"
    if len(named) > 1:  # "40% of the red balloons … half of the yellow balloons"
        kinds = {m[1].lower() for m in re.finditer(rf"\b([A-Za-z]+) {head}\b", raw)}
        return bool(kinds - words("functions") - set(named))
    told = re.search(rf"\b{head}\b", raw[:opens]) and not re.search(rf"\b{head}\b", here)
    if told and not re.search(rf"\b{head}\b", re.split(r"[.?!]\s", raw[:opens].rstrip(" .?!"))[-1]):
        return True  # a pronoun reaches back one sentence
    nouns = [m[1] for m in re.finditer(r"\b(?:the|his|her|its|their) ([a-z]+)\b", here)]
    return bool(told) and any(is_plural(n) == is_plural(head) and n not in words("functions") for n in nouns)


def _person(noun: str) -> bool:
    """Tell whether a noun is one person, who is no "it"."""
    return noun in _PEOPLE or not {"person", "kid", "relative"}.isdisjoint(table("hypernyms").get(noun, ()))


def _heard(text: Text, at: int, noun: str) -> bool:
    """Tell whether a reader has to know what is meant: it was named before, or the writer asks or speaks of it."""
    if re.search(rf"\b{noun.removesuffix('s')}", text.raw[:at], re.IGNORECASE):
        return True
    start, end = next(((s, e) for s, e in text.sentences() if s <= at < e), (0, len(text.raw)))
    said = text.raw[start:end]
    return asks(said) or orders(said) or first_person(said)


def _complete(text: Text, start: int, end: int, after: str) -> bool:
    """Tell whether what follows is no more of the thing ("the causes and effects", "the question to a problem", "find the sum when")."""
    raw, ours = text.raw, _OWN.match(text.raw, start) is not None
    following = ahead(raw, end + 1 + len(after))[1]
    if after in ("and", "or"):
        return following in words("functions") or is_base_verb(following) or is_participle(following)
    if after in ("for", "about"):
        return ours  # "the steps for preparation"
    if after == "to":
        return ours or following not in words("functions")
    return ours or not re.search(
        r"\b(?:find|calculate|determine|compute|evaluate|what is) $", raw[:start], re.IGNORECASE
    )


def _whole(before: str, following: str) -> bool:
    """Tell whether the phrase is an object that ends here, or a subject between "is" and what is said of it."""
    if before in _BE:
        # "does the current billing cycle end": after "does" an -ing goes on naming
        return following in _STATES or (following in _COMING and before[:2] in ("is", "ar", "wa"))
    objects = (
        is_base_verb(before)
        or is_participle(before)
        or before in _AFTER
        or (before.endswith("ing") and before != "during")
    )
    return objects and (not following or following in _ENDS)


def _pronoun(before: str, noun: str) -> str:
    if not is_plural(noun):
        return "it"
    return "they" if before in _BE else "them"


_START = re.compile(
    r"(?P<what>(?:My|The|This|my|the|this)((?: [a-z][a-z-]+){1,3}?)) "
    r"(?P<verb>is|was|has|isn't|wasn't|hasn't|doesn't|does|did|didn't|won't|will|still|never|keeps|got)(?= [a-z])"
)


@transform("refer.turn", times=1, reach="loss", role="reference")
def turn(text: Text, rng: Rng) -> Proposals:
    """Go on as if it had been named in the message before ("My top-up is still pending." -> "It is still pending.")."""
    raw = text.raw
    m = _START.match(raw, text.over_space(0))
    if m is None or not is_message(text) or not (first_person(raw) or len(text.words) < 15):
        return
    named = m[2].split()
    head = named[-1]
    small = words("functions")
    if (
        any(w in small or w in _NOT_THINGS for w in named)
        or _person(head)
        or is_plural(head)
        or (m["what"][0] in "Tt" and open_already(raw, m.start(), head))
        or any(text.mask[slice(*m.span("what"))])
    ):
        return
    it_ = "It" if raw[m.start()].isupper() and not raw.islower() else "it"
    following = ahead(raw, m.end())[1]
    has = following in ("not", "been", "still", "already", "never", "just") or is_participle(following)
    short = (m["verb"] == "is" or (m["verb"] == "has" and has)) and rng.chance(0.5)  # no "it's a total area of"
    yield (
        [(*m.span("what"), it_), (m.end("what"), m.end("verb"), rng.choice(("'s", "s")))]
        if short
        else (*m.span("what"), it_)
    )


@transform("refer.either", times=1, reach="loss", role="referent")
def either(text: Text, rng: Rng, *, names: str = "en") -> Proposals:
    """Say he or she for one of two ("Ann met Beth. Beth has 3 cats." -> "Ann met Beth. She has 3 cats.")."""
    yield from rng.shuffled([edit for name, edit in people(text, names) if one_of_two(text, name, edit[0], names)])


_ASKED = re.compile(
    r"\b(?P<how>[Hh]ow many) (?P<noun>[a-z]{3,}s)(?= (?:are|were|does|do|did|will|has|have|can|would|is)\b)"
)


@transform("refer.ones", times=1, reach="loss", role="referent")
def ones(text: Text, rng: Rng) -> Proposals:
    """Ask for "them" where several things are counted ("3 pens and 4 pins. How many pens …?" -> "How many of them …?")."""
    things = counted(text.raw)
    for m in rng.shuffled(list(_ASKED.finditer(text.raw))):
        if m["noun"] in things and len(things) > 1:
            yield (*m.span("noun"), "of them")


@transform("refer.chunk", times=1, reach="loss", role="reference", needs=("spacy",))
def chunk(text: Text, rng: Rng) -> Proposals:
    """Say "it" for any object that spaCy finds ("I lost a red wallet" -> "I lost it")."""
    small = words("functions")
    for start, end, label in rng.shuffled(text.spans("chunks")):
        said = text.raw[start:end].split()
        head = said[-1].lower() if said else ""
        plain = head.isalpha() and head not in small and head not in _NOT_THINGS and not any(text.mask[start:end])
        if label in _OBJECTS and len(said) > 1 and plain:
            yield start, end, "them" if is_plural(head) else "it"


_OBJECTS = frozenset(("dobj", "obj", "pobj"))
