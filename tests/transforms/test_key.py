"""Fingers that miss, letters without accents, what is typed twice."""

from __future__ import annotations

from collections import Counter

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import SLOT, Text
from perturb.language.slips import is_word


def outcomes(name: str, raw: str, mask: bytes | None = None, n: int = 60) -> list[str]:
    step = get(name)
    return [apply(raw, engine.run(Text(raw, mask), step, {}, Rng(s), rate=None, times=1)) for s in range(n)]


def test_a_key_is_missed_more_often_than_not() -> None:
    found = outcomes("key.slip", "championship", n=600)
    sizes = Counter(len(w) - len("championship") for w in found)
    assert sizes[-1] > sizes[0] > 50 and sizes[1] > 50 and "hampionship" in found
    assert not any(is_word(w) for w in found)


@pytest.mark.parametrize(("raw", "mask"), [("DNA 42", None), ("a I", None), ("what", bytes([SLOT]) * 4)])
def test_fingers_leave_alone(raw: str, mask: bytes | None) -> None:
    assert set(outcomes("key.slip", raw, mask)) == {raw}


def test_capitals_stay_where_they_were() -> None:
    assert all(w[0].isupper() and w[1:].islower() for w in outcomes("key.slip", "Wednesday"))


@pytest.mark.parametrize(
    ("raw", "written"),
    [("café in Zürich", "cafe in Zurich"), ("plain", "plain"), ("5 €, ß, 東京", "5 €, ß, 東京"), ("Ø", "Ø")],
)
def test_accents_are_left_out(raw: str, written: str) -> None:
    assert set(outcomes("accent.omit", raw)) == {written}


def test_what_is_begun_twice_stands_twice() -> None:
    raw = "When did Anna leave the house?"
    for text in outcomes("repeat.start", raw):
        assert text.endswith(raw) and raw.startswith(text[: -len(raw)]) and 10 <= len(text) - len(raw) <= 20
    assert set(outcomes("repeat.start", "Is it so?")) == {"Is it so?"}
