"""Whether a slot still says the same, and a name is still that name."""

from __future__ import annotations

import pytest

from perturb.core.values import number_value, same_name, same_value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("48", 48), ("1,200", 1200), ("-3.5", -3.5), ("forty-eight", 48), ("Forty eight", 48),
        ("one hundred and five", 105),
        ("two thousand three hundred", 2300), ("a", None), ("", None), ("hundred", None), ("and", None),
        ("twelve eggs", None),
        ("one million", 10**6), ("3 hundred", None), ("zero", 0), ("nineteen", 19), ("1.2.3", None), ("12:30", None),
        (",", None), ("1,", 1), ("12,34", None), ("1,00,000", 10**5), ("five and", None),
        ("nine hundred ninety-nine thousand nine hundred ninety-nine", 999999),
        ("twenty twenty", None), ("five six", None), ("sixty twelve", None), ("five hundred hundred", None),
    ],
)  # fmt: skip
def test_number_value(words: str, value: float | None) -> None:
    assert number_value(words) == value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How", "how"), ("don't", "dont"), ("don't", "do not"), ("don’t", "don't"), ("can't", "cannot"),
        ("won't", "will not"),
        ("What's", "whats"), ("what is", "what's"), ("48", "forty-eight"), ("Forty-eight", "48"), ("1,200", "1200"),
        ("do not know", "dunno"), ("tomorrow", "tmrw"), ("without", "w/o"), ("not", "NOT"), ("5  kg", "5 kg"),
    ],
)  # fmt: skip
def test_same_value(old: str, new: str) -> None:
    assert same_value(old, new) and same_value(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("48", "84"), ("48", "4 8"), ("48", "48.5"), ("$48", "48"), ("not", "now"), ("not", ""), ("5 kg", "5 g"),
        ("can", "can't"),
        ("How many", "How"), ("twenty-one", "twenty one hundred"), ("1.5", "15"), ("never", "ever"), ("-5", "5"),
        ("12:30", "1230"),
        ("5 pm", "5 am"), ("all", "al"), ("half", "halve"), ("1,5", "15 "), ("", "0"),
    ],
)  # fmt: skip
def test_another_value(old: str, new: str) -> None:
    assert not same_value(old, new)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Charleston", "Charelston", True), ("Charleston", "charleston", True), ("Ann", "An", True),
        ("Ann", "Bob", False),
        ("Natalia", "Natlia", True), ("Natalia", "", False), ("New York", "NewYork", True), ("O'Neil", "ONeil", True),
        ("Charleston", "Charles", False), ("Al", "Bo", False), ("Paris", "Pairs", True), ("Paris", "Parrots", False),
    ],
)  # fmt: skip
def test_same_name(old: str, new: str, same: bool) -> None:
    assert same_name(old, new) is same
