"""Which figures of a text are said, and how: amounts, fractions, prices per hour, long numbers digit by digit."""

from __future__ import annotations

import re
from itertools import takewhile

from perturb.core.spoken import by_digit, ways
from perturb.core.text import LOCKED, Edit, Text
from perturb.core.values import NUMBER_WORDS, number_value
from perturb.language.figures import IDENTIFIED
from perturb.language.places import ahead, behind

_UNITS = r"km|cm|mm|kgs?|mg|ml|lbs?|oz|mph|kb|gb|mb|hrs?|mins?|sec|[ap]m"
_PER = "hour hr minute min second sec day week month year person piece pound gallon mile kg km item".split()
_RATE = rf"/(?:{'|'.join(_PER)})\b(?!/)"
_NUMBER = re.compile(
    r"(?<![\w.,/:+*=^%#-])(?<!\d )(?:#(?=\d)|(?<![^\s(])[-−–](?=\d))?(?:[$£€¥₹]\s?)?"
    r"(?:\d{1,2}:\d\d?|\d+ \d/\d{1,2}|\d{1,3}(?:,\d{3})+|\d+(?:/\d{1,3}(?![\d/]))?|(?=\.\d))(?:\.\d+)?"
    r"(?:(?:st|nd|rds?|ths?|['’]?s)\b|\s?(?:thousand|million|billion|trillion)\b)?"
    rf"(?:\s?(?:%|°[CF]?|[$£€]|(?:percent|{_UNITS})\b|[ap]\.m\.)|g\b)?(?:{_RATE}|-(?=[a-z]{{3,}}\b)[a-z]+)?"
    r"(?![\w%/:+*=^°]|[.,]\d|-\d| \d{3}\b)"
)
_OF_WORDS = re.compile(rf"(?<=[a-z]{{2}}){_RATE}")
_BEFORE_YEAR = frozenset(
    "in since until till from during after before by of early late mid around and january february march april may june july "
    "august september october november december".split()
)
_BY_DIGIT = 9  # digits of a number that nobody says as one


def figures_said(text: Text) -> list[Edit]:
    """Give the edits that write figures as they are said ("$35/hour" -> "thirty five dollars per hour")."""
    raw, found = text.raw, []
    for m in _NUMBER.finditer(raw):
        new = _said(raw, m) if m[0] and LOCKED not in text.mask[m.start() : m.end()] else ""
        if new and not _runs_on(raw, m, new):
            found.append((m.start(), m.end(), new))
    for m in _OF_WORDS.finditer(raw):
        if LOCKED not in text.mask[m.start() : m.end()]:
            found.append((m.start(), m.start() + 1, " per "))
    return sorted(found)


def _runs_on(raw: str, m: re.Match[str], new: str) -> bool:
    """Tell whether a figure would make one number with a number beside it ("forty $7,000 payments", not "six $5 notes")."""
    before, after, said = behind(raw, m.start())[1], ahead(raw, m.end())[1], [*takewhile(_is_number, new.split())]
    return (before in NUMBER_WORDS and number_value(" ".join((before, *said))) is not None) or (
        after in NUMBER_WORDS and (not said or number_value(" ".join((*said, after))) is not None)
    )


def _is_number(word: str) -> bool:
    return word in NUMBER_WORDS or word == "and"


def _said(raw: str, m: re.Match[str]) -> str:
    """Choose the reading of a figure where it stands; "" where none is sure."""
    written = m[0]
    if written.isdigit() and len(written) > 3:
        named = IDENTIFIED.search(raw, 0, m.start()) and not written.endswith("00")  # "who orders 5000 boxes"
        if len(written) >= _BY_DIGIT or named:
            return by_digit(written)
    readings = ways(written)
    if not readings:
        return ""
    if written.isdigit() and len(written) == 4 and not _is_year(raw, m.start(), m.end()):
        return ways(f"{written[0]},{written[1:]}")[0]
    return readings[0]


def _is_year(raw: str, start: int, end: int) -> bool:
    after = re.match(r"\s([a-z]+s)\b", raw[end : end + 24])
    before = behind(raw, start)[1]
    return after is None or (before in _BEFORE_YEAR and before != "of")  # "a total of 1907 reports"
