"""A time that an edit took away: when, how often, in which month."""

from __future__ import annotations

import re

from perturb.core.values import MONTHS
from perturb.core.verdict import Case

OFTEN = frozenset("hourly daily nightly weekly monthly quarterly yearly annually annual".split())
_MONTH_SAID = re.compile(rf"(?:\b(?:on|in|from|to|until|since) )?\b(?:{'|'.join(MONTHS)})\b", re.I)
MONTH_NEXT = re.compile(rf"(?:st|nd|rd|th)?,? (?:of )?(?:{'|'.join(MONTHS)})\b", re.I)
_DURATION = re.compile(r"[\s-]*(?:hours?|days?|nights?|weeks?|months?|years?)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:current|currently|now|today)\b")


def time_missing(case: Case, text: str) -> str:
    """Note a time as missing, once ("on April 22nd" -> "When?", "daily" -> "How often?")."""
    if not (case.misses(text) or any(m["kind"] == "time" or m["text"] in text for m in case.verdict.missing)):
        often = text.lower().split()[-1] in OFTEN
        case.miss(True, text, "time", "How often?" if often else "When?")
    return "needed"


def month_before(raw: str, at: int) -> int:
    """Find where the month before a day or a year begins, with the small word before it ("on April 22", 9 -> 0)."""
    months = list(_MONTH_SAID.finditer(raw[:at]))
    return months[-1].start() if months and at - months[-1].start() < 24 else at


def asked_of_now(case: Case, start: int, end: int) -> bool:
    """Tell whether a lost time stood beside a question about the present ("I stay for 5 days. What is the current weather?")."""
    raw = case.source.raw
    spans = _DURATION.match(raw, end) or _DURATION.search(raw, start, end)
    asked = case.asking[0] <= start < case.asking[1]
    return bool(spans) and not asked and _NOW.search(raw[slice(*case.asking)]) is not None


def is_year(value: float, text: str, before: str) -> bool:
    """Tell whether a number is a year, going by the word before it ("in 1999")."""
    return 1500 <= value < 2100 and text.isdigit() and before in ("in", "year", "since")
