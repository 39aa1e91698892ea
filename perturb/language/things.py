"""Things that a writer may point at: which nouns are one, where a phrase that names one ends, and the pronoun for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.readings import kinds_counted
from perturb.core.text import Edit, Text
from perturb.language.grammar import is_plural
from perturb.language.lexicon import table, words
from perturb.language.messages import asks, first_person, is_message, orders
from perturb.language.places import ahead, is_base_verb, is_participle
from perturb.language.rivals import nearer, open_already, paid_for

# my/the/this + one to three plain words; where the phrase ends is tried from the longest on.
_OWNED = re.compile(r"(?<![\w'’-])([A-Za-z]+) (my|the|this|these|those|our)((?: [a-z][a-z-]+){1,3})(?![\w'’-])")
_NEXT = re.compile(r" ([a-z']+)\b")
# A phrase that stands before one of these is whole: "my card when …", "my card to …".
_ENDS = frozenset(
    "to when because if but so and from in on at with for yet again now before after until please by".split()
)
_LISTED = re.compile(r", [a-z -]{2,30}, (?:and|or) ")  # "including the temperature, wind, and rain"
_GOES_ON = re.compile(r",? ?[\"“:]|,? ['‘]")  # 'the phrase, "Programs as data"' says it itself
# After "is/was/has" a phrase is whole before one of these: "is my transfer still pending".
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
NOT_THINGS = frozenset(
    "way reason option same rest most best first last only other next time day week month year moment morning evening weekend "
    "meantime past future following case point end beginning start money number amount name people person friend mother "
    "father brother sister wife husband son daughter mom mum dad boss doctor manager reader customer client teacher student "
    "upper lower inner outer former latter left right "
    "summer winter spring autumn fall season term semester century decade holiday mind rich poor elderly sick young old dead blind moon sun earth "
    "sky sea ocean universe globe "
    "life lives spouse fiance fiancee girlfriend boyfriend roommate colleague internet web user audience landlord neighbor neighbour partner child baby kid cousin uncle aunt coach driver author "
    "nerve guts ability need urge will energy courage effort power decision intention desire opportunity permission chance right".split()
)


def things(text: Text) -> Iterator[Edit]:
    """Yield an edit for each thing that may be pointed at ("How do I track my card?" -> "my card", "it")."""
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
    raw, head = text.raw, named[-1]
    if is_person(head) or not _heard(text, start, head):
        return None
    if raw[start].lower() == "t" and open_already(raw, start, head):
        return None
    if before == "for" and is_plural(head) and not paid_for(raw, start):
        return None  # "Who visits the springs for them?"
    if before == "of" and re.search(r"\b(?:that|those) of $", raw[:start]):
        return None  # "compared to that of the ring"
    if before in _BE and re.search(r"\b(?:[Ww]hat|[Ww]hich|[Ww]ho) $", raw[: start - 1 - len(before)]):
        return None  # "What is the expression not used for?"
    if not _names_one(text, start, end, named):
        return None
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


def _names_one(text: Text, start: int, end: int, named: list[str]) -> bool:
    """Tell whether the words behind "my" or "the" are the name of a thing, and no more than its name."""
    raw, small, head = text.raw, words("functions"), named[-1]
    if len(named) > 1 and table("vague", "qualifiers").get(head):
        return False  # "keep the email short"
    if any(w in small or w in NOT_THINGS for w in named) or len(head) < 3 or head.endswith(("ly", "ing", "est", "ed")):
        return False
    if len(named) > 2 or (len(named) == 2 and not (named[0] in _FIRST or table("vague", "qualifiers").get(named[0]))):
        return False  # more words are as likely the clause's as the thing's ("my card works")
    if raw.islower() and not _OWN.match(raw, start):
        return False  # "lord of the rings": names and titles cannot be told
    verb = len(named) > 1 and (is_base_verb(head) or is_participle(head))  # "the desk rise"
    return not verb and not any(text.mask[start:end])


def _another(raw: str, opens: int, start: int, before: str, named: list[str]) -> bool:
    """Tell whether "it" would be another thing: one of its kind, or what the sentence named last ("the swim", not "the run")."""
    head, here = named[-1], raw[opens : start - 1]
    if any(
        n not in NOT_THINGS and not is_person(n)
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


def is_person(noun: str) -> bool:
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
    """Tell whether a thing's name ends before the next word (not in "the causes and effects", "the question to a problem")."""
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
    """Tell whether the phrase is an object and ends here ("lost [my card]"), or a subject behind its verb ("is [my card] late")."""
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
