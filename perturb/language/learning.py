"""Word order of people who learn English: questions asked in the order of a statement ("How I can top up?").

Only auxiliaries move or go; who, what and when stay what they are, so that the question is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from perturb.core.text import Edit, Text
from perturb.language.inflection import verb_forms
from perturb.language.lexicon import rows, table
from perturb.language.places import OBJECTS, ahead, is_base_verb, is_participle
from perturb.language.smallwords import kinds

Ways = list[list[Edit]]

_SUBJECT = r"(?P<subject>(?i:i|you|we|they|he|she|it)(?![\w'’])|(?:my|your|our|his|her|their|the|this)(?: [a-z-]+){1,3}?|[A-Z][a-z]+(?! [A-Z]))"
_QUESTION = re.compile(
    r"(?P<asked>(?:how(?: (?:long|often|far|soon|quickly)| (?:much|many)(?: [a-z]+){0,2}?)?|why|where|when|what(?: (?:time|kind of [a-z]+))?)) "
    r"(?P<aux>can|could|should|will|would|is|are|was|were|has|have|do|does|did) (?P<rest>.+)",
    re.I | re.S,
)
_INVERTED = re.compile(_SUBJECT + r"(?: (?P<verb>[a-z]+)\b|(?= ?[?.]*\Z))")
_MEANS = re.compile(r"what (?P<does>does |do )(?P<what>[^?.!,]{1,40}?) (?P<mean>mean)(?= ?\?*\Z)", re.I)
# What may follow the subject of "is": "why is my card [not] working", "why is the fee [so] high".
_PREDICATE = frozenset("not still being so always no never already just too only".split())
_ADJECTIVES = frozenset(
    "bad good wrong right ok okay fine important possible true false normal safe legal illegal necessary useful dangerous hard easy".split()
)
_TO = {"how": ("do", "can", "could", "should", "would"), "where": ("can", "could", "should"), "what": ("should",)}


def reordered(text: Text) -> Iterator[Ways]:
    """Find the questions that may be asked in another order, each with its ways ("How can I pay" -> "How I can", "How to")."""
    for start, end in text.sentences():
        ways = [*_meaning(text.raw, start, end), *_asked(text.raw, start, end)]
        if ways:
            yield ways


def _meaning(raw: str, start: int, end: int) -> Iterator[list[Edit]]:
    """Turn "What does it mean?" into "What means it?"."""
    m = _MEANS.match(raw, start, end)
    if m and m["what"].lower().split()[0] not in ("i", "you", "we", "they", "he", "she"):
        yield [(m.start("does"), m.end("does"), "means "), (m.end("what"), m.end("mean"), "")]


def _asked(raw: str, start: int, end: int) -> Iterator[list[Edit]]:
    m = _QUESTION.match(raw, start, end)
    if m is None:
        return
    aux, at = m["aux"].lower(), m.start("rest")
    inner = _INVERTED.match(raw, at, end)
    if inner is None:
        return
    gone = (m.start("aux"), at, "")
    subject, verb, stop = inner["subject"], (inner["verb"] or "").lower(), inner.end("subject")
    base = is_base_verb(verb)
    if aux in ("can", "could", "should", "will", "would"):
        if verb == "be" or (base and _goes_on(raw, inner)):
            yield [gone, (stop, stop, f" {aux}")]
    elif aux in ("do", "does", "did"):
        yield from _unsupported(aux, gone, inner, base)
    elif aux in ("is", "are", "was", "were", "has", "have"):
        sure = verb.endswith("ed") or len(subject.split()) == 1  # "the total cost" is one thing
        fits = (
            verb in _PREDICATE
            or verb.endswith("ing")
            or (is_participle(verb) and sure and m["asked"].lower() != "what")
        )
        whole = not verb and m["asked"].lower() in ("where", "why", "how") and len(subject) > 3
        first, *more = subject.split()
        if (
            whole
            and first.lower() in ("this", "that")
            and more
            and (more[0] in _ADJECTIVES or more[0] in table("vague", "qualifiers"))
        ):
            stop = inner.start("subject") + len(first)  # "Why this was bad?"
        if (fits and verb) or whole:
            yield [gone, (stop, stop, f" {aux}")]
    if base and subject.lower() in ("i", "we") and aux in _TO.get(m["asked"].lower(), ()):
        yield [(m.start("aux"), stop, "to")]


def _goes_on(raw: str, m: re.Match[str]) -> bool:
    """Tell whether a base form is surely the verb, and not a noun before it ("her delivery order cost")."""
    following = ahead(raw, m.end("verb"))[1]
    return len(m["subject"].split()) == 1 or not following or following in OBJECTS or following in kinds()


def _unsupported(aux: str, gone: Edit, m: re.Match[str], base: bool) -> Iterator[list[Edit]]:
    """Leave out the "do" of a question; the verb takes its time or stays as it was."""
    verb = m["verb"] or ""
    if not base or not _goes_on(m.string, m) or ahead(m.string, m.end("subject"))[0] != " ":
        return
    start, end = m.span("verb")
    if aux == "did":
        past = pasts().get(verb) or verb_forms(verb)[1]
        yield [gone, (start, end, past)] if past != verb else [gone]
    else:
        yield [gone]
        if aux == "does":
            third = "has" if verb == "have" else verb_forms(verb)[0]
            yield [gone, (start, end, third)]


@cache
def pasts() -> dict[str, str]:
    """Give irregular pasts by their verbs ("buy" -> "bought")."""
    return {row[0]: row[1] for row in rows("learner", "pasts")}


@cache
def past_forms() -> frozenset[str]:
    """Give the irregular pasts alone (-> {"bought", …})."""
    return frozenset(pasts().values())
