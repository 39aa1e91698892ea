"""Numbers in another notation, of the same value: words, digits, separators."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.core.values import NUMBER_WORDS, number_value
from perturb.language.figures import IDENTIFIED

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
# A number by itself: no sign, unit, decimal, date, clock or formula about it.
_ALONE = re.compile(
    r"(?<![\w.,:/$£€¥₹#%+*=^–-])(?<!\d )(?<!\d, )(?<!\d, and )\d{1,7}(?![\w%‰°/:+*=^–-])(?![.,]\d)(?! ?[=+*/×÷<>]| \d| (?:hundred|thousand|million|billion|trillion))"
)
_SPELT = "|".join(sorted(NUMBER_WORDS - {"one", "zero"}, key=lambda w: (-len(w), w)))
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_SPELT})(?:[ -](?:and )?(?:{_SPELT}|one)\b)*(?![\w-])(?! (?:of|or) (?:the|these|those|them)\b)",
    re.I,
)
_COMMAS = re.compile(r"(?<![\w.,:/#-])\d{1,3}(?:,\d{3})+(?![\w/:-])(?![.,]\d)")
_LONG = re.compile(r"(?<![\w.,:/#-])\d{5,9}(?![\w/:-])(?![.,]\d)")
# What a year, a label or a name has before it; nobody writes these out.
_LABELS = frozenset(
    "in since until by from year number no page chapter section step level version part room gate flight bus line route "
    "type grade class phase season episode figure table question option exercise problem january february march april may june july "
    "august september october november december windows covid statement scenario audience sentence passage".split()
)
# "(-5, 7)": a point or a list of values, in digits throughout.
_TUPLE = re.compile(r"[(\[{][^()\[\]{}\n]{0,80}[)\]}]")
_BEFORE = re.compile(r"([^\W\d_]+)\.? $")


_POINT = re.compile(r"(?<![\w.,$])\(?(\d{1,2})[.)](?=\s)")


def _points(raw: str) -> list[tuple[int, int]]:
    """Find the numerals of a list, which count up ("1. Make a model. 2. Embed it." -> both)."""
    runs: list[list[re.Match[str]]] = []
    for m in _POINT.finditer(raw):
        if runs and int(m[1]) - int(runs[-1][-1][1]) in (0, 1):  # 0: "1. Add 2. 2. Embed it."
            runs[-1].append(m)
        elif m[1] == "1":  # "… she has 9. 2. Add them": the 9 ends a sentence
            runs.append([m])
    return [(m.start(1) - 1, m.end(1)) for run in runs if len(run) > 1 for m in run]


@transform("number.words", rate=0.05, reach="form")
def words(text: Text, rng: Rng, *, up_to: int = 20) -> Proposals:
    """Write numbers out ("She has 12 eggs." -> "She has twelve eggs.").

    ``up_to`` is the greatest that is: people write small ones out.
    """
    found = []
    listed = [m.span() for m in _TUPLE.finditer(text.raw) if re.search(r"\d ?[,;]|[,;] ?[-–−]?\d", m[0])]
    listed += _points(text.raw)
    for m in _ALONE.finditer(text.raw):
        n = int(m[0])
        if (
            1 < n <= up_to
            and not any(start < m.start() < end for start, end in listed)
            and not _label(text, m.start())
            and not m[0].startswith("0")
        ):
            word = spelt(n)
            found.append((m.start(), m.end(), word.capitalize() if _starts(text, m.start()) else word))
    yield from rng.shuffled(found)


@transform("number.digits", rate=0.05, reach="form")
def digits(text: Text, rng: Rng) -> Proposals:
    """Write numbers in digits ("twelve eggs" -> "12 eggs", "two hundred" -> "200")."""
    found = []
    for m in _WORDS.finditer(text.raw):
        value = number_value(m[0])
        if value is not None and value == value // 1 and value < 10**6 and not _starts(text, m.start()):
            found.append((m.start(), m.end(), str(int(value))))
    yield from rng.shuffled(found)


@transform("number.commas", rate=0.05, reach="form")
def commas(text: Text, rng: Rng) -> Proposals:
    """Leave the separators out, or set them ("1,200 miles" -> "1200 miles", "25000" -> "25,000")."""
    found = [(m.start(), m.end(), m[0].replace(",", "")) for m in _COMMAS.finditer(text.raw)]
    if not found:
        found = [(m.start(), m.end(), f"{int(m[0]):,}") for m in _LONG.finditer(text.raw)
                 if not m[0].startswith("0") and not _label(text, m.start())
                 and not IDENTIFIED.search(text.raw, max(0, m.start() - 40), m.start())]  # fmt: skip
    yield from rng.shuffled(found)


def spelt(n: int) -> str:
    """Write a whole number below a million in words (124 -> "one hundred twenty-four")."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    size, name = (1000, "thousand") if n >= 1000 else (100, "hundred")
    rest = n % size
    return f"{spelt(n // size)} {name}" + (f" {spelt(rest)}" if rest else "")


def _label(text: Text, start: int) -> bool:
    """Tell whether a number names rather than counts ("page 12", "in 1999", "Henry 8")."""
    m = _BEFORE.search(text.raw, max(0, start - 24), start)
    if m is None:
        return bool(start) and (text.raw[start - 1] not in " \n(" or text.mask[start - 1] == LOCKED)
    return m[1].lower() in _LABELS or (m[1][0].isupper() and not _starts(text, m.start(1)))


def _starts(text: Text, at: int) -> bool:
    """Tell whether a sentence starts here, where nobody writes digits."""
    return any(start == at for start, _ in text.sentences())
