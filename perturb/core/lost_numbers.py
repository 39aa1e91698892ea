"""A number that an edit took away: does the answer need it?"""

from __future__ import annotations

import re
from itertools import combinations
from typing import NamedTuple

from perturb.core.asked_number import asked_for
from perturb.core.edits import Labelled
from perturb.core.elsewhere import bounded, had_elsewhere, lists_itself
from perturb.core.lost_times import MONTH_NEXT, asked_of_now, is_year, month_before, time_missing
from perturb.core.needed_numbers import does_without, each_needed, enters
from perturb.core.readings import rest_of_total
from perturb.core.values import MONTHS
from perturb.core.verdict import Case

_ROW = frozenset("pair couple single first second third fourth fifth sixth seventh eighth ninth tenth quarter".split())
_ROW_BY_ROW = re.compile(
    r"\b(?:first|second|third|fourth|other|remaining|rest|last|winner|loser|former|latter)\b", re.I
)
_AGAIN = frozenset("the these those all both its their such".split())  # "the 6 issue magazine" was told of before
_LIST = re.compile(r"\d+(?:\.\d+)?(?:, \$?\d+(?:\.\d+)?)+,? and \$?\d+")
_COUNTED = re.compile(r"\d+(?:\.\d+)?")
# "$A$, $B$, and $C$", "[2, 3] and [4, 5]", "(1, -2) and (3, 4)"
_POINTS = re.compile(r"\b[A-Z]\b(?=\$?(?:,|:| and|\W*$))|(?<=and )\$?[A-Z]\b|[\[(]-?[\d.]+(?:, ?-?[\d.]+)+[\])]")
_SIGNS = re.compile(r"\$[^$]+\$(?=,| and)|(?<=and )\$[^$]+\$")
_TOTAL = re.compile(r"\b(?:total of|in all|altogether)\b", re.IGNORECASE)


class LostNumber(NamedTuple):
    """A number that is gone: its value, how it was written, where it stood, and the edit that took it."""

    value: float
    low: str
    start: int
    end: int
    loss: Labelled


def judge_number(case: Case, lost: LostNumber) -> str:
    """Judge a number that is gone: "needed", "spare", "doubt", or "unclear", a doubt that stays."""
    before = "".join(case.source.raw[: lost.start].rsplit(None, 1)[-1:]).lower()
    if (case.evidence.all_slots and lost.low == "one") or (lost.low in _ROW and before == "the"):
        return "doubt"  # more often a pronoun than an argument; one of a row ("the third"), two people ("the pair")
    if case.evidence.all_slots:
        return _of_request(case, lost, before)
    if case.evidence.needed is None:
        return "doubt"
    return _of_derivation(case, lost, before)


def _of_request(case: Case, lost: LostNumber, before: str) -> str:
    """Judge a number of a request in which every value counts: needed, unless something else tells it."""
    raw, start, end = case.source.raw, lost.start, lost.end
    if any(w in MONTHS for w in raw[max(0, start - 16) : start].lower().split()):
        return time_missing(case, raw[month_before(raw, start) : end])
    if MONTH_NEXT.match(raw, end):
        return "doubt"  # "the 2nd of March": the month is asked for
    if case.evidence.task == "math" and _told_anyway(case, lost, before):
        return "doubt"
    if lost.value == 52 and re.search(r"\b(?:cards?|deck)\b", raw):
        return "doubt"  # a deck has so many
    if case.evidence.task == "math" and not lost.loss[2] and "vague.number" in lost.loss[3]:
        return "doubt"  # "closer than to any of the [four ]corners": told of before, or known
    if _listed(raw, start, end, lost.value) or lists_itself(case, end, lost.value) or asked_of_now(case, start, end):
        return "doubt"
    if raw[lost.loss[1] :].lstrip()[:1] == ":":
        return "doubt"  # "[with scores of sample 1]: 22, 33, 42"
    return _missing(case, lost)


def _told_anyway(case: Case, lost: LostNumber, before: str) -> bool:
    """Tell whether a problem without a known derivation may do without a number: it stands elsewhere, follows from others, is
    a year, or is small and in words."""
    raw = case.source.raw
    return (
        (lost.low.isalpha() and lost.value <= 3)  # "tangent at two points"
        or (lost.value, before) == (1, "from")  # a number "through 100" is one from 1
        or lost.value in case.values
        or is_year(lost.value, raw[lost.start : lost.end].strip(), before)
        or _adds_up(case, lost.value)
        or rest_of_total(raw, lost.end, lost.value)
    )


def _of_derivation(case: Case, lost: LostNumber, before: str) -> str:
    """Judge a number by the steps that lead to the answer."""
    raw, value, low = case.source.raw, lost.value, lost.low
    if value in case.evidence.cancels:
        return "unclear"  # any other would do; yet `same` promises that every number is there
    if not enters(value, case.evidence.needed or frozenset(), low):
        if value in (2, 3, 4) and _ROW_BY_ROW.search(raw):
            return "unclear"  # "2 chapters. The first … the second": no third is to be counted
        if bounded(raw, lost.end):
            return "unclear"  # "a bonus if she teaches more than 3 classes. … [4] classes"
        return "spare" if does_without(case, value, low) else "unclear"
    if any(len(_COUNTED.findall(m[0])) == value for m in _LIST.finditer(raw)):
        return "unclear"  # as many things are listed ("5 scores: 65, 94, …")
    if before in ("the", "these", "those", "all") and low.isalpha() and value in (2, 3):
        return "unclear"  # "How much do the two pay": told of before
    if re.search(rf"\b1/{int(value)}\b", raw[: lost.loss[0]] + " " + raw[lost.loss[1] :]):
        return "unclear"  # "[4] friends … 1/4 more"
    if had_elsewhere(case, value, lost.start, lost.loss):
        return "unclear"
    if value in case.values and (before in _AGAIN or not each_needed(case, value)):
        return "unclear"  # another mention of that value stays
    return _missing(case, lost)


def _missing(case: Case, lost: LostNumber) -> str:
    """Note a number as missing, once."""
    text = case.source.raw[lost.start : lost.end].strip()
    if not case.misses(text):
        case.miss(True, text, "number", *asked_for(case, lost.start, lost.end, lost.loss[:2]))
    return "needed"


def _adds_up(case: Case, value: float) -> bool:
    """Tell whether three numbers that are there make up one that went ("30 students: 20 got 80, 8 got 90, 2 got 100").

    Or whether it is what two others leave of a total ("a total of 24 books: [8] on the first shelf, 10 on the second, 6 …").
    """
    told = sorted(v for v in case.values if v < value)[:12]
    rest = sorted(case.values)[:12] if _TOTAL.search(case.source.raw) else []
    return any(abs(a + b + c - value) < 1e-9 for a, b, c in combinations(told, 3)) or any(
        a + b + value in case.values for a, b in combinations(rest, 2)
    )


def _listed(raw: str, start: int, end: int, value: float) -> bool:
    """Tell whether as many things follow as a number says ("the other two sides as 4 and 5", "[Two samples ][2, 3] and [4, 5]").

    Signs may stand before it ("The signs $+$, $-$ and $*$ stand for [three] digits").
    """
    if 1 < value == len(_SIGNS.findall(re.split(r"[.?!]\s", raw[:start])[-1])):
        return True
    rest = re.split(r"[.?!;]\s", raw[end:])[0]
    return 1 < value in (len(_COUNTED.findall(rest)), len(_POINTS.findall(rest)))


def judge_misread(case: Case, value: float, low: str) -> str:
    """Judge a number that was misread: nobody can see it, so nobody would ask."""
    needed = case.evidence.needed
    if needed is None:
        return "doubt"
    return "spare" if not enters(value, needed, low) and does_without(case, value, low) else "unclear"
