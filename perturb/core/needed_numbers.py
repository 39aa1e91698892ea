"""What a worked solution takes of the numbers in a text: does it need one, and can it be done without?"""

from __future__ import annotations

import re

from perturb.core.values import close, number_value
from perturb.core.verdict import Case

MULTIPLES = {"once": 1.0, "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "thrice": 3.0, "triple": 3.0,
              "tripled": 3.0, "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
              "dozen": 12.0, "dozens": 12.0, "pair": 2.0, "pairs": 2.0, "couple": 2.0, "fifth": 0.2, "fifths": 0.2,
              "quadruple": 4.0, "single": 1.0}  # fmt: skip
_UNITS = (1, 100, 1 / 100, 60, 1 / 60, 12, 1 / 12, 1000, 1 / 1000, 7, 24, 16)  # one number in another unit

# Numbers that a derivation may use though no text tells them: units of time, length and weight, and hundredths.
_KNOWN = frozenset({0.0, 0.01, 0.5, 1.0, 2.0, 3.0, 4.0, 7.0, 10.0, 12.0, 16.0, 24.0, 30.0, 36.0, 52.0, 60.0, 100.0, 365.0, 1000.0,
                    3600.0, 5280.0})  # fmt: skip
_NUMERAL = re.compile(r"[$€£]?\d[\d,]*(?:\.\d+)?|[A-Za-z]+(?:-[A-Za-z]+)*")


def enters(value: float, needed: frozenset[float], low: str) -> bool:
    """Tell whether a value stands in the derivation; a percentage may also stand as a share (20% as 0.2), a half as 2."""
    if _near(value, needed):
        return True
    if low.endswith("%"):
        shares = (value / 100, 1 - value / 100, 1 + value / 100, 100 - value, 100 + value)
        return any(_near(v, needed) for v in shares)
    return low in MULTIPLES and value < 1 and _near(1 / value, needed)


def does_without(case: Case, value: float, low: str) -> bool:
    """Tell whether a derivation surely does not use a number: all numbers that it uses are still told, and none is this one in another unit.

    Never sure of 0 and 1, which matter without standing in any step ("1 of each"), nor of shares and multiples, which are
    seldom told without a reason.
    """
    needed, told, complete = case.evidence.needed or frozenset(), case.evidence.told, case.evidence.complete
    if not complete or low in MULTIPLES or low[-1:] == "%" or value <= 1 or value != value // 1:
        return False
    return not any(_near(value * f, needed | told) for f in _UNITS) and _closed(case, needed)


def each_needed(case: Case, value: float) -> bool:
    """Tell whether each mention of a number has a step of its own that uses it ("2 degrees … 3 hours … 3 degrees")."""
    uses = dict(case.evidence.uses).get(value, 0)
    if not uses or value in _KNOWN - {3.0, 16.0, 36.0}:
        return False  # some of the steps may use it though the text does not tell it
    said = sum(number_value(m[0].strip("$€£,")) == value for m in _NUMERAL.finditer(case.source.raw))
    return 1 < said <= uses


def _closed(case: Case, needed: frozenset[float]) -> bool:
    """Tell whether the numbers that the text still has, in any notation, and common units are all that the derivation uses.

    Where they are not, a lost number may stand in a step in another form (2 hours as 120 minutes).
    """
    told = set(case.values) | {MULTIPLES[w] for w in case.left if w in MULTIPLES}
    told |= {float(w) for w in case.left if w.isascii() and w.isdigit()}  # a fraction's too
    forms = {f for v in told for f in (v, v / 100, 1 - v / 100, 1 + v / 100, 100 - v, 100 + v)} | {
        1 / v for v in told if v
    }
    have = frozenset(forms)
    return all(n in _KNOWN or _near(n, have) for n in needed)


def _near(value: float, needed: frozenset[float]) -> bool:
    return any(close(value, n) for n in needed)
