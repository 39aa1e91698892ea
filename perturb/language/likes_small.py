"""Amounts, prepositions and days, and which others may be said for them."""

from __future__ import annotations

import re

from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.language import fluency
from perturb.language.grammar import is_future, is_past
from perturb.language.places import ahead
from perturb.language.wordkinds import TIMES, groups

_ON = ((0, 45), (1, 35), (2, 20))  # words said along with a wrong preposition
AMOUNT = re.compile(r"(?<![\w.,/:$€£%+*=^-])([$€£]?)(\d{1,3}(?:,\d{3})+|\d{1,9})(%?)(?![\w/:%+*=^-]|[.,]\d)")
SMALL = "two three four five six seven eight nine ten eleven twelve".split()
# Prepositions that are said for one another, and the days that a sentence of the past or of what is to come may name.
_SAID_FOR = {"in": ("on", "at"), "on": ("in", "at"), "at": ("in", "on"), "to": ("from", "in"), "from": ("to", "in"), "by": ("with", "from"),
             "with": ("for", "by"), "for": ("with", "to"), "about": ("on", "for"), "during": ("after", "before"), "under": ("on", "over"),
             "into": ("on", "from"), "near": ("in", "behind"), "of": ("for", "in")}  # fmt: skip
_PAST_DAYS, _DAYS_AHEAD = ("yesterday", "today"), ("today", "tomorrow")


def other_preposition(text: Text, rng: Rng, start: int, end: int, talk: bool) -> str | None:
    """Draw a preposition that is said for another, with what is said along ("on the box", "in the box"); None before a time."""
    old, after = text.raw[start:end], ahead(text.raw, end)[1]
    if (
        old not in _SAID_FOR
        or (talk and old == "of")
        or fluency.is_number(after)
        or groups().get(after, ("",))[0] in TIMES
    ):
        return None  # "at Saturday"
    return rng.choice(_SAID_FOR[old]) + fluency.along(text, end, 0 if talk else rng.weighted(_ON))[0]


def other_day(text: Text, rng: Rng, start: int, old: str) -> str | None:
    """Draw another day that fits the tense of its sentence ("We leave tomorrow" -> "today"); None where the tense shows none."""
    sentence = text.raw[slice(*next(s for s in text.sentences() if s[0] <= start < s[1]))]
    days = _PAST_DAYS if is_past(sentence) else _DAYS_AHEAD if is_future(sentence) else ()
    return rng.choice([d for d in days if d != old]) if old in days else None


def other_number(rng: Rng, old: str) -> str | None:
    """Draw a number that could be said for another ("20" -> "30", "$1,200" -> "$1,300", "seven" -> "six")."""
    if old in SMALL:
        return rng.choice([w for w in SMALL if w != old])
    m = AMOUNT.fullmatch(old)
    value = int(m[2].replace(",", "")) if m else 0
    if m is None or value < 2:
        return None
    unit = 1
    while value % (unit * 10) == 0:
        unit *= 10
    if unit == 1 and value % 5 == 0:
        unit = 5
    steps = [s for s in (-3, -2, -1, 1, 2, 3) if value + s * unit > 1]
    new = value + rng.choice(steps) * unit
    return m[1] + (f"{new:,}" if "," in m[2] else str(new)) + m[3]
