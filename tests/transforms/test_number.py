"""Numbers in another notation keep their value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.values import number_value
from perturb.language.protect import protected
from perturb.transforms.number import spelt


def written(name: str, raw: str) -> str:
    text = protected(raw)
    return text.spliced(engine.run(text, get(name), {}, Rng(1), rate=1.0, times=0)).raw


@pytest.mark.parametrize(
    ("name", "raw", "new"),
    [
        ("number.words", "She has 12 eggs and 3 pans.", "She has twelve eggs and three pans."),
        ("number.words", "6 birds sat there.", "Six birds sat there."),
        ("number.words", "On page 12 of chapter 3, see Henry 8.", "On page 12 of chapter 3, see Henry 8."),
        ("number.words", "It costs $5, 3.5 kg or 20%, at 5:30.", "It costs $5, 3.5 kg or 20%, at 5:30."),
        ("number.words", "There are 500 of them.", "There are 500 of them."),
        ("number.digits", "She has twelve eggs and two hundred pans.", "She has 12 eggs and 200 pans."),
        ("number.digits", "Twelve eggs, one of them broken.", "Twelve eggs, one of them broken."),
        ("number.digits", "the two of them met", "the two of them met"),
        ("number.commas", "It is 1,200 miles and 12,000,000 feet.", "It is 1200 miles and 12000000 feet."),
        ("number.words", "The store is at (–5, 7) and has 7 doors.", "The store is at (–5, 7) and has seven doors."),
        ("number.words", "Statement 2 | Digits are 1, 2, and 3.", "Statement 2 | Digits are 1, 2, and 3."),
        ("number.commas", "My user ID is 12345 and I ran 20000 steps.", "My user ID is 12345 and I ran 20,000 steps."),
        ("number.commas", "There are 25000 of them.", "There are 25,000 of them."),
    ],
)
def test_values_stay(name: str, raw: str, new: str) -> None:
    assert written(name, raw) == new


@given(st.integers(0, 999_999))
def test_what_is_spelt_is_read_again(n: int) -> None:
    assert number_value(spelt(n)) == n
