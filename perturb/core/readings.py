"""Texts with more than one reading, and texts that break: which reading the gold answers, what else it may mean, how to ask.

The transforms of ``scope`` and the judge of what to expect go by the same forms, so that a question is written from the very words
that went ("60% of the price" without "of the price" -> "Is it 60% of the price, or 60% off it?").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


class Reading(NamedTuple):
    """Words that settle which of two things is meant: edits that leave them out, what goes, what to ask, the value at stake."""

    edits: tuple[tuple[int, int, str], ...]
    gone: tuple[int, int]
    ask: str
    value: str


_N = r"(?:[$€£]?\d[\d,]*(?:\.\d+)?|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty))(?![\d/.%])"
_STOP = r"(?=[.,;?]|$| (?:and|but|while|for|if|how|to) )"
_PRICE = r"(?:the|its|their) (?:original |regular |full |normal |usual |retail )?price"
_OF = re.compile(
    rf"\b(?P<verb>costs? (?:only )?)?(?:(?<=at )|(?<=for )|(?<=is )|(?<=are )|(?<=was )|(?<=were )|(?<=cost )|(?<=costs )|(?<=only ))"
    rf"(?P<n>\d+(?:\.\d+)?%)(?P<gone> (?P<of>of|off)(?: of)? {_PRICE}){_STOP}"
)
_OFF = re.compile(
    r"\b(?:sells?|sold|bought|buys?|gets?|got) [a-z ]*at (?P<n>\d+(?:\.\d+)?%)(?P<gone> (?P<of>off))(?=[.,;?]|$)"
)
_REDUCED = re.compile(
    r"\b(?:off|discount(?:ed|s)?|reduced|cheaper|of (?:the|its|their)(?: [a-z]+)? price)\b", re.IGNORECASE
)
_DOES = (
    "bought|buys?|ate|eats?|had|have|gave|got|gets?|paid|makes?|made|sold|sells?|earns?|earned|spends?|spent|needs?|runs?|ran|drinks?|drank|"
    "took|takes?|brought|received?|donated|contributed|ordered|picks?|picked|reads?|baked|put|collects?|writes?|wrote|uses?|used|walks?|"
    "produces?|drives?|drove|swims?|practices|works|worked|sleeps?|saves?|saved|types?|cleans?|plants?|planted|catch|catches|caught"
)
_EACH = re.compile(rf"\b(?:{_DOES}) (?P<n>{_N}(?: (?!per\b)[a-z]+)?)(?P<gone>,? (?:each|apiece|per person)){_STOP}")
_EACH_DID = re.compile(
    rf"(?<=[a-z] )(?P<gone>each )(?=(?:bought|ate|had|have|gave|got|paid|made|sold|earned|spent|need|ran|drank|took|brought|"
    rf"received|donated|contributed|ordered|picked|read|baked|put) (?P<n>{_N}(?: (?!per\b|a\b|of\b)[a-z]+)?))(?![^.]{{0,20}} (?:per|an?) (?:hour|month|year|week))"
)
_PER = re.compile(
    rf"\b(?:{_DOES}) (?P<n>{_N} [a-z]+)(?P<gone> (?:a|an|per|every|each) "
    rf"(?P<unit>day|week|month|hour|minute|night|shift|class|game|visit|trip)){_STOP}"
)
_TIMES = re.compile(
    r"\b(?:day|week|month|year|hour|minute|night|shift|class|game|visit|trip|weekend)s?\b|\b(?:dai|week|month|year)ly\b"
)
_THAN = re.compile(
    rf"\b(?P<n>{_N}|twice|half)(?: [a-z]+){{0,3}}? (?P<how>more|fewer|less|older|younger|taller|longer)"
    r"(?: [a-z]+){0,2}?(?P<gone> than (?P<who>[A-Z][a-z]+))(?=[.;?]|$|, (?!who))"
)
_AS = re.compile(
    rf"\b(?P<n>twice|half|{_N} times) as (?P<how>many|much|old|long|tall)(?: [a-z]+){{0,3}}?"
    r"(?P<gone> as (?P<who>[A-Z][a-z]+))(?=[.;?]|$|, (?!who))"
)
_BOTH = re.compile(r"\b(?P<how>[a-z]{3,}) (?P<one>[a-z]{3,}s|men) and (?P<gone>(?P=how) )(?P<two>[a-z]{3,}s|women)\b")
_NOT_HOW = frozenset("the and for his her our all two six ten more some many most any".split())


_COMPARED = re.compile(r" (?:[a-z]+ )?(?:more|fewer|less|times)\b")
_EACHES = re.compile(r"\b(?:each|apiece|per [a-z]+)\b")


def scopes(raw: str, kind: str) -> Iterator[Reading]:
    """Find words that settle a scope or an attachment ("percent": of or off; "share": each or altogether; "than"; "both")."""
    if kind == "percent":
        for m in (*_OF.finditer(raw), *_OFF.finditer(raw)):
            if _REDUCED.search(raw, 0, m.start("gone")) or _REDUCED.search(raw, m.end()):
                continue  # after a "50% off deal", 40% is off, too
            if raw[: m.start()].endswith(("that ", "which ")) or re.search(
                r"\b(?:that|which) (?:is|are|was|were) $", raw[: m.start("n")]
            ):
                continue  # nobody has shoes "that are 40%"
            verb = m.groupdict().get("verb") or ""
            edits = [(*m.span("gone"), "")]
            if verb:
                edits.insert(0, (m.start("verb"), m.end("verb"), "are at " if verb.startswith("cost ") else "is at "))
            yield Reading(tuple(edits), m.span("gone"), f"Is it {m['n']} of the price, or {m['n']} off it?", m["n"])
    elif kind == "share":
        for m in (*_EACH.finditer(raw), *_EACH_DID.finditer(raw)):
            if _COMPARED.match(raw, m.end("n")) or re.search(r"\b(?:more|fewer|less|times)\b", m["n"]):
                continue  # "they each have 2 fewer sofas than chairs"
            if len(_EACHES.findall(raw)) == 1:  # beside another, it is taken to go on so
                yield _alone(m, f"Is it {m['n']} for each, or {m['n']} altogether?")
        for m in _PER.finditer(raw):
            said, others = " ".join(m["gone"].split()), [t[0].rstrip("s") for t in _TIMES.finditer(raw)]
            able = re.search(r"\b(?:can|could|able to|may|will|would) $", raw[: m.start()])
            varies = re.search(
                r"\b(?:except|weekends?|weekdays?|other days|on \w+days?|half days?)\b", raw[m.end() :], re.I
            )
            if able or varies:
                continue  # "He can collect 2 peaches"; "He walks 20 miles. Except on weekends …"
            if others.count(m["unit"]) == 1 and len(others) > 1:  # how often it happens enters the answer
                yield _alone(m, f"Is it {m['n']} {said}, or {m['n']} altogether?")
    elif kind == "than":
        for m in (*_THAN.finditer(raw), *_AS.finditer(raw)):
            yield from _than(raw, m)
    elif kind == "both":
        for m in _BOTH.finditer(raw):
            if m["how"] not in _NOT_HOW and m["one"] != m["two"]:
                yield _alone(m, f"Are the {m['two']} {m['how']} too, or only the {m['one']}?")


_NAME = re.compile(r"\b[A-Z][a-z]+\b")


def _than(raw: str, m: re.Match[str]) -> Iterator[Reading]:
    """Give a comparison that could be with either of two who were named before; readers take the last named."""
    start = max(raw.rfind(c, 0, m.start()) for c in ".?!") + 1
    often = Counter(_NAME.findall(raw))
    named = [w for w in _NAME.findall(raw[:start]) if often[w] > 1]
    last = _NAME.findall(re.split(r"[.?!]\s", raw[:start].rstrip(" .?!"))[-1])
    if m["who"] in raw[start : m.start()].split() or (last and last[0] == m["who"]):
        return  # everyone takes it so
    others = [w for w in dict.fromkeys(reversed(named)) if w not in (m["who"], *raw[start : m.start()].split())]
    here = _NAME.findall(raw[start : m.start()])
    others = [w for w in others if not (here and _compared(raw, here[0], w))]
    if m["who"] in named and others and named[-1] != m["who"]:
        how = f"As {m['how']} as" if m["gone"].startswith(" as") else f"{m['how'].capitalize()} than"
        yield _alone(m, f"{how} whom: {m['who']} or {others[0]}?")


def _compared(raw: str, one: str, other: str) -> bool:
    """Tell whether two are compared in a sentence already: nobody compares them again, and with another number."""
    told = (s for s in re.split(r"[.?!]\s", raw) if re.search(rf"\b{one}\b", s) and re.search(rf"\b{other}\b", s))
    return any(re.search(r"\b(?:more|fewer|less|older|younger|taller|longer|times|twice|half)\b", s) for s in told)


def _alone(m: re.Match[str], ask: str) -> Reading:
    return Reading(((*m.span("gone"), ""),), m.span("gone"), ask, m["n"] if "n" in m.groupdict() else "")


def rest_of_total(raw: str, end: int, value: float) -> bool:
    """Tell whether a number is what a total and all its other parts leave ("30 students: [20] students …, 8 students …, 2 students …")."""
    unit = re.match(r"\s+([a-z]{3,})", raw[end:])
    if unit is None:
        return False
    amounts = [float(m[1]) for m in re.finditer(rf"(?<![\d.])(\d+) {unit[1].rstrip('s')}s?\b", raw)]
    total = max(amounts, default=0.0)
    return (
        len(amounts) > 3
        and amounts.count(total) == 1
        and value in amounts
        and value < total
        and sum(amounts) == 2 * total
    )


_PAIR = re.compile(rf"{_N} (?:[a-z]+ )?([a-z]{{3,}}s) (?:and|or) {_N} (?:[a-z]+ )?([a-z]{{3,}}s)\b")
_MEASURES = frozenset(
    "times days weeks months years hours minutes seconds miles feet inches dollars cents percent pounds ounces yards meters "
    "liters gallons degrees points steps kilometers grams kilograms less".split()
)


def counted(raw: str) -> tuple[str, ...]:
    """List two things that are counted side by side ("3 red apples and 4 pears" -> ("apples", "pears")), () where none are."""
    m = _PAIR.search(raw)
    return () if m is None or not _MEASURES.isdisjoint((m[1], m[2])) or m[1] == m[2] else (m[1], m[2])


def kinds_counted(raw: str) -> set[str]:
    """Give the things of which a number is told ("two palettes with four colors and three sets" -> {"palettes", "colors", "sets"})."""
    return {m[1] for m in _COUNTED.finditer(raw)} - _MEASURES


_COUNTED = re.compile(rf"{_N} (?:[a-z]+ ){{0,2}}?([a-z]{{3,}}s)\b")
