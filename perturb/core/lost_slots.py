"""A slot word that an edit took away: does the answer need it?"""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.lost_numbers import LostNumber, judge_misread, judge_number
from perturb.core.lost_questions import question_word
from perturb.core.lost_times import OFTEN, time_missing
from perturb.core.needed_numbers import MULTIPLES
from perturb.core.stems import stem
from perturb.core.values import number_value
from perturb.core.verdict import Case


def judge_slot(case: Case, at: int, low: str, loss: Labelled, *, seen: bool = True) -> str:
    """Judge a lost slot word: "needed", "spare", "doubt" or "nothing"; "unclear" is a number's doubt, which stays.

    ``loss`` is the edit that took it. Not ``seen``: another value stands there.
    """
    value = number_value(low.strip("$€£¥₹%")) if low not in MULTIPLES else MULTIPLES[low]
    kind = "number" if value is not None else case.lexis.kinds.get(low, "")
    start, end = case.source.run(at)
    start, end = min(start, at), max(end, at + len(low))  # "forty-eight" is two runs
    if value == 2 and "couple" in loss[2]:
        return "unclear"  # most take it for two
    if low == "half" and _HALVES.search(case.source.raw, max(0, at - 9), at + 13):
        return "doubt"  # milk and cream
    if kind in ("number", "time") and _no_call_needs(case, kind, start, end):
        return "doubt"
    if (
        "vague.number" in loss[3]
        and case.evidence.all_slots
        and (value in _ROUND.get(loss[2].strip().lower(), ()) or _anyhow(case, start, end))
    ):
        return "doubt"
    if value is not None and not seen:
        return judge_misread(case, value, low)
    if value is not None:
        return judge_number(case, LostNumber(value, low, start, end, loss))
    if kind == "question" or low in ("what's", "what’s"):
        return question_word(case, at, low)
    if kind == "unit" and any(c.isdigit() for c in case.source.raw[start:at]) and start < loss[0]:
        return "doubt"  # "the next 6 months" without "months"
    if kind == "unit" or low in ("$", "€", "£"):
        return "nothing"  # goes with its number
    asked = case.asking[0] <= at < case.asking[1]  # "I travel in December. What is the weather now?"
    if kind == "time" and case.evidence.all_slots and case.evidence.task != "math" and asked:
        # A sum invested today grows as well on another day; "a yearly yield" is one without the word.
        if low == "today" or (low in OFTEN and "vague.qualifier" in loss[3]):
            return "doubt"
        whole = case.source.raw[loss[0] : loss[1]].strip(" ,.?!")  # "on April 22nd 2023", not "April" alone
        return time_missing(case, whole if len(whole.split()) < 7 else case.source.raw[start:end].strip())
    return "doubt"


_ROUND = {"a hundred or so": (100.0,), "a thousand or so": (1000.0,)}  # most would take just that
_HALVES = re.compile(r"\bhalf[ -](?:and|n|&)[ -]half\b", re.IGNORECASE)


def _no_call_needs(case: Case, kind: str, start: int, end: int) -> bool:
    """Tell whether no function takes such a value, or the argument that it is for can be left out ("with a review score of [4]")."""
    evidence, raw = case.evidence, case.source.raw
    if not evidence.all_slots or evidence.wants is None:
        return False
    before = re.split(r"[,;]|\band\b", raw[:start])[-1].split()[-4:]
    near = {stem(w.lower()) for w in (*before, *re.findall(r"\w+", re.split(r"[,;.]", raw[end:])[0])[:3])}
    return kind not in evidence.wants or bool(near & evidence.spares)


def _anyhow(case: Case, start: int, end: int) -> bool:
    """Tell whether about as many would do: of what is looked for ("find [5] restaurants"), of a span ("the last [2] weeks")."""
    raw = case.source.raw
    return _SOME_DAYS.search(raw, max(0, start - 16), start) is not None or (
        _SOUGHT.search(raw, max(0, start - 40), start) is not None
        and re.match(r" [a-z]+(?: [a-z]+)?s\b", raw[end:]) is not None
    )


_SOME_DAYS = re.compile(r"\b(?:last|past|next|coming|upcoming|following|previous) $", re.I)
_SOUGHT = re.compile(
    r"\b(?:find|give|show|list|recommend|suggest|search|fetch|get|look for|draw|serves?)(?: me| us| for)?(?: the)?(?: top| best| nearest)? $",
    re.I,
)
