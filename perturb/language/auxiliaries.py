"""Auxiliaries and the pronouns behind them: which of them go together from what is typed into a search box."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.language.messages import asks
from perturb.language.places import ahead, behind, is_participle
from perturb.language.smallwords import HAVE, kinds

Span = tuple[int, int]
_MODAL = "can|could|will|would|should|may|might|shall"
_ANY = rf"{_MODAL}|is|are|was|were|am|do|does|did|has|have|had"
# "Can I", "Is it", "Will there be": of a question for yes or no all that opens it goes.
_YES_NO = re.compile(
    rf"(?:please )?(?P<aux>{_ANY}) (?P<who>(?:i|u|you|we|it|there)\b ?)?(?:(?P<then>be|been)\b)?", re.I
)
_ONE_OF_THEM = re.compile(r"(?:he|she|they|him|her)\b", re.I)
# "Why did I", "How long does", "When will my card be": "where is" and "how is" say nothing without their verb.
_WHY = re.compile(
    rf"(?P<wh>why|when|where|how(?: (?:long|far|often|soon|fast|quickly))?) (?P<aux>{_ANY})(?P<who> (?:i|u|you|we|one|people|there))?\b(?!['’]| not\b)",
    re.I,
)
_COUNT = re.compile(r"\bhow (?:many|much)\b", re.I)
_THERE = re.compile(r"\b(?:is|are|was|were) there(?= (?:in|on|at|now|left|altogether|for|during|per)\b)", re.I)
_SHE_HAS = re.compile(
    r"\b(?:do|does|did) (?:he|she|they|it|you|we|i) have(?= (?:left|now|altogether|in total|in all)\b)", re.I
)
_OF_THING = re.compile(rf"(?:what|which) (?:(?!(?:{_ANY}) )[a-z-]+ )+?(?P<aux>do|does|did|{_MODAL}) (?=\w)", re.I)
_THIS_IS = re.compile(r"(?:this|it|that) (?:is|was) (?=\w)|(?:i am|i'm|i’m|im) (?=\w)|i (?=[a-z])", re.I)
_WHAT_WILL = re.compile(r"what (?:will|would|should) ", re.I)
_PREPOSITION = frozenset("by in on at from for as to into under during with of".split())


def supports(raw: str, at: int, clause: int, unframed: bool) -> Iterator[Span]:
    """Find the auxiliaries that go, each with its pronoun; what begins behind ``clause`` stays as it is.

    ``unframed`` says that the "what" which opens the question goes, so that it becomes a thing with what is said of it
    ("[What ]currencies [do ]you support").
    """
    if asks(raw):
        yield from _asking(raw, at, clause, unframed)
    else:
        yield from _saying(raw, at, clause)


def _asking(raw: str, at: int, clause: int, unframed: bool) -> Iterator[Span]:
    first, why = _YES_NO.match(raw, at), _WHY.match(raw, at)
    helped = False
    if first and not _ONE_OF_THEM.match(raw, first.end("aux") + 1):
        helped = True
        yield first.start("aux"), first.end("aux")
        for part in ("who", "then"):
            if first[part]:
                yield first.start(part), first.end(part)
    elif why and _dropped(raw, why):
        helped = True
        yield why.start("aux"), why.end()
    elif unframed and _WHAT_WILL.match(raw, at):
        helped = True  # "[What will the ]weather [be ]in Kuwait"
    elif unframed:
        of_thing = _OF_THING.match(raw, at)
        if of_thing and of_thing.start("aux") < clause and _has_subject(raw, of_thing):
            helped = of_thing["aux"].lower() not in ("do", "does", "did")
            yield of_thing.span("aux")
    counted = _COUNT.search(raw, at)
    for form in (_THERE, _SHE_HAS) if counted else ():
        found = form.search(raw, counted.end() if counted else 0, clause)
        if found:
            yield found.span()
    yield from _passives(raw, first.end("aux") if first and helped else at, clause, helped)


def _has_subject(raw: str, of_thing: re.Match[str]) -> bool:
    """Tell whether a subject follows ("topics [can] people raise"); of one that is asked for itself all stays ("group can amend it")."""
    if of_thing["aux"].lower() in ("do", "does", "did"):
        return True
    after = ahead(raw, of_thing.end() - 1)[1]
    known = kinds().get(after) in ("pronoun", "article", "demonstrative", "quantifier")
    return known or raw[of_thing.end()].isupper() or after == "people" or (after.endswith("s") and len(after) > 3)


def _dropped(raw: str, why: re.Match[str]) -> bool:
    """Tell whether the auxiliary behind a question word only supports ("why [did I] get", not "where is", "why did they")."""
    wh, aux = why["wh"].lower(), why["aux"].lower()
    after = ahead(raw, why.end())[1]
    if _ONE_OF_THEM.match(raw, why.end() + 1) or (after == "it" and not why["who"]):
        return False
    if aux in ("is", "are", "was", "were", "am"):
        return wh in ("why", "when") and why["who"] in (None, " there")
    if aux in HAVE:
        return bool(why["who"]) and is_participle(after) and kinds().get(after) is None
    return bool(after) and after != "about"


def _passives(raw: str, at: int, clause: int, helped: bool) -> Iterator[Span]:
    """Find forms of be before "-ing" and participles ("companies [were] listed on …"); "who was shot" keeps its own."""
    for m in re.finditer(r"\b(?:is|are|was|were|has been|had been|have been|being|be|been)\b", raw[:clause]):
        if m.start() <= at:
            continue
        gap, after = ahead(raw, m.end())
        before = behind(raw, m.start())[1]
        if (
            gap != " "
            or before in ("who", "what", "which", "to", "not", "than", "as", "there")
            or kinds().get(before) == "pronoun"
        ):
            continue
        low = m[0].lower()
        if low in ("be", "been", "being"):  # goes with the auxiliary before it
            chain = helped and kinds().get(before) not in ("aux", "question")
            if (
                chain
                and (low == "be" or is_participle(after))
                and kinds().get(after) not in ("pronoun", "question", "aux")
            ):
                yield m.span()
            continue
        follows = ahead(raw, m.end() + 1 + len(after))
        plain = is_participle(after) and follows[1] in _PREPOSITION and follows[0] == " "
        if (after.endswith("ing") and len(after) > 4) or plain:
            yield m.span()


def _saying(raw: str, at: int, clause: int) -> Iterator[Span]:
    first = _THIS_IS.match(raw, at)
    begins = at
    if first and not (first[0].lower() == "i " and kinds().get(ahead(raw, at + 1)[1], "") == "aux"):
        begins = first.end()
        yield first.start(), first.end() - 1
    for m in re.finditer(r"\b(?:is|are|was|were|am|has been|have been|has|have)\b", raw[:clause], re.I):
        if m.start() < begins or m.start() == at:
            continue
        gap, after = ahead(raw, m.end())
        before, low = behind(raw, m.start())[1], m[0].lower()
        pronoun = kinds().get(before) in ("pronoun", "demonstrative", "question", "conjunction", "adverb")
        own = before in ("i", "u") and (is_participle(after) or low == "am")
        if (pronoun and not own) or before == "there" or not after or gap != " ":
            continue
        if low in HAVE and not is_participle(after):
            continue
        yield m.span()
