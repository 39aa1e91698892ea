"""Whether a number that went may be had from another place: said again, a share's part, the size of a list, what another part leaves."""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.stems import stem
from perturb.core.values import NUMBER_WORDS, number_value
from perturb.core.verdict import Case

# What multiplies or divides by a number without saying it; "the other half" goes with one half.
_FACTORS = {
    2.0: r"twice|doubl(?:e|es|ed|ing)|(?<!other )half|halve[sd]?",
    3.0: r"thrice|tripl(?:e|es|ed|ing)",
    4.0: r"quadrupl(?:e|es|ed|ing)",
    12.0: r"dozens?",
}
_PARTS = "half third fourth fifth sixth seventh eighth ninth tenth".split()
_OF_ONES = {w: float(n) for n, w in enumerate(_PARTS, 2)} | {"quarter": 4.0, "twelfth": 12.0}
_SHARE = re.compile(
    rf"\b(?:(?P<a>\d+)/(?P<b>\d+)|(?P<n>a|one|two|three|four|five|six|seven|eight|nine)[- ](?P<part>{'|'.join(_OF_ONES)})s?)\b",
    re.IGNORECASE,
)
_COUNT = r"\d[\d,]*(?:\.\d+)?|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
# "the 3 other people", "those first 5": the same again, if the thing is the same
_BACK = re.compile(
    rf"\b(?:the|these|those|all|its|their|his|her|our|such)(?: (?:original|first|initial|same|other|remaining|last))? (?P<n>{_COUNT})\b",
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"\b(?:all|every|each of|keeps?|still|always|same)\b", re.IGNORECASE)


def had_elsewhere(case: Case, value: float, start: int, loss: Labelled) -> bool:
    """Tell whether other words may give a needed number: it is said again of the same thing, or follows from a share or a list.

    ``start`` is where the number begins, ``loss`` the edit that took it.
    """
    raw = case.source.raw
    number = _NUMBER.match(raw, start)
    if number is None or _NO_THING.match(raw, number.end()):
        return False
    end = number.end()
    if value in (2, 3) and _LAST_OF_ROW.search(raw, 0, start) and _ROW_SAID.search(raw):
        return True  # "The second and third … The last [2]": as many as are left
    if value in case.values:
        return _said_again(raw, value, start, end)
    left = raw[: loss[0]] + " ¦ " + raw[loss[1] :]
    return lists_itself(case, end, value) or _shares_take_all(case, left, value, end) or _left_of_all(case, start)


_LAST_OF_ROW = re.compile(r"\b(?:last|others?|remaining|final) $", re.IGNORECASE)
_ROW_SAID = re.compile(r"\b(?:second|third|\dth)\b")
_NUMBER = re.compile(rf"[$€£]?(?:{_COUNT})", re.IGNORECASE)
_NO_THING = re.compile(rf"[- ](?:times|more|fewer|less|percent|(?:{'|'.join(_OF_ONES)})s?)\b")


def _said_again(raw: str, value: float, start: int, end: int) -> bool:
    """Tell whether the text says a number again of the same thing ("3 other people bid. … each of the 3 other people")."""
    thing = _thing(raw, end)
    for m in _BACK.finditer(raw, end):
        of = _thing(raw, m.end())
        if number_value(m["n"]) == value and (not of or not thing or of.split()[-1] == thing.split()[-1]):
            return True
    one = "".join(thing.split()[-1:])
    for m in _NUMBER.finditer(raw):
        if not one or start <= m.start() < end or number_value(m[0].strip("$€£")) != value:
            continue
        joined = re.match(r"[- ]([a-z]+) [a-z]", raw[m.end() :])
        if joined and joined[1] != one and stem(joined[1]) == stem(one):
            return True  # "a 900-watt heater … uses 900 watts", "the 6 issue magazine"
        clause = re.split(r"[.?!,;]\s", raw[: m.start()])[-1]
        if _ALWAYS.search(clause) and one == "".join(_thing(raw, m.end()).split()[-1:]):
            return True  # "all the boxes hold 5 pens"
    return False


def _thing(raw: str, end: int) -> str:
    """Give what a number counts with all that stands between ("3 other people each" -> " other people")."""
    found = re.match(r"(?: [a-z-]+){0,2}? (?:[a-z]{2,}[^\Ws]s|people|children|men|women)\b", raw[end:])
    return found[0] if found else ""


def lists_itself(case: Case, end: int, value: float) -> bool:
    """Tell whether what a number counts is named right behind it ("3 gates A, B, and C", "two sons, Ann and Bo")."""
    m = _ROW.match(case.source.raw, end)
    if m is None or not case.lexis.functions.isdisjoint(m["of"].split()):
        return False  # "3 miles on Monday, Tuesday and Friday"
    return len(re.split(r", and |, | and ", m["row"])) == value


_NAME = r"[A-Z][\w'’.-]*(?: [A-Z][\w'’-]*)?"
_ROW = re.compile(
    rf"(?: of (?:the|these|those))?(?P<of>(?: [a-z]+){{1,3}})(?:[,:]| [-–—]{{1,2}})? (?:named |called )?(?P<row>{_NAME}(?:, {_NAME})*,? and {_NAME})"
)
_PART = r"(?P<{}>\d+) (?:of them )?(?:were|are|was|is) [a-z]+"
_PARTS_OF = re.compile(rf"{_PART.format('one')},? and {_PART.format('other')}")


def _left_of_all(case: Case, start: int) -> bool:
    """Tell whether a number is what another part leaves of all ("7 fish: 3 were red, and 4 were white")."""
    for m in _PARTS_OF.finditer(case.source.raw):
        one, other = float(m["one"]), float(m["other"])
        if one + other in case.values and start in (m.start("one"), m.start("other")):
            return True
    return False


def _shares_take_all(case: Case, rest: str, value: float, end: int) -> bool:
    """Tell whether each step that takes a number may have it from a share or a multiple that is there ("3/5 of them", "twice").

    Not where the solution says the number of what it counted ("3 boxes").
    """
    if not case.evidence.sums:
        return False
    head = [stem(w.lower()) for w in re.findall(r"[A-Za-z]+", case.source.raw[end:])[:3]]
    if any((value, w) in case.evidence.counts for w in head):
        return False
    words, shares = 0, []
    if value in _FACTORS:
        words = len(re.findall(rf"\b(?:{_FACTORS[value]})\b", rest, re.IGNORECASE))
    for m in _SHARE.finditer(rest):
        of = float(m["b"]) if m["b"] else _OF_ONES[m["part"].lower()]
        part = float(m["a"]) if m["a"] else number_value(m["n"]) or 1.0
        shares += [(part, of)] if value in (part, of) else []
    taken = 0
    for step in case.evidence.sums:
        took = _factor_uses(step, value)
        if took < 0:
            return False
        by_share = any(_takes_share(step, part, of) for part, of in shares)
        taken += max(0, took - by_share)
    return bool(words or shares) and taken <= words


def _takes_share(step: str, part: float, of: float) -> bool:
    """Tell whether a step takes a share as such ("3/5*700", "700/5" of one fifth)."""
    over = rf"/{of:g}(?![\d.])"
    return bool(re.search(rf"(?<![\d.]){part:g}{over}" if part != 1 else over, re.sub(r"[\s()]", "", step)))


def _factor_uses(step: str, value: float) -> int:
    """Count how often a step multiplies or divides by a number, -1 where it adds it or takes it off."""
    found = 0
    plain = re.sub(r"[\s()$,]", "", step)
    for m in re.finditer(r"\d+(?:\.\d+)?|\.\d+", plain):
        if float(m[0]) == value:
            beside = plain[m.start() - 1 : m.start()] + plain[m.end() : m.end() + 1]
            if not set(beside) & set("*/x×÷"):
                return -1
            found += 1
    return found


def bounded(raw: str, end: int) -> bool:
    """Tell whether something hangs on a bound of what a number counts."""
    thing = re.match(r"(?: [a-z]+)?? ([a-z]{2,}s)\b", raw[end:])
    return thing is not None and re.search(rf"{_BOUND} \S+ {thing[1]}\b", raw) is not None


_BOUND = r"\b(?:more than|less than|fewer than|at least|at most|over|under|above|below|up to)"


__all__ = ["bounded", "had_elsewhere", "lists_itself"]
