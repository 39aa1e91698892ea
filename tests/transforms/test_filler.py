"""Fillers: before a clause, in somebody's own words, never in an exam's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perturb.core.text import SLOT

Variants = Callable[..., "set[str]"]


def test_opening_takes_the_casing_of_the_text(variants: Variants) -> None:
    raw = "What is my limit?"
    made = variants("filler.word", raw, bytes([SLOT] * 4 + [0] * 13))
    assert {"So what is my limit?", "Um, what is my limit?"} <= made
    assert all(v.lower().endswith("what is my limit?") for v in made)
    assert "um what is my limit" in variants("filler.word", "what is my limit")


def test_names_keep_their_capital(variants: Variants) -> None:
    assert all("Natalia" in v for v in variants("filler.word", "Natalia sold two. How many did Natalia sell?"))


def test_between_clauses(variants: Variants) -> None:
    assert any("but like I" in v for v in variants("filler.word", "I ordered it but I never got it"))


@pytest.mark.parametrize(
    "raw",
    [
        "The inverse of a is",
        "Statement 1 | Some group is abelian. Statement 2 | I is a field.",
        "So what is my limit?",
        "When a plate sinks below another it is called",
    ],
)
def test_leaves_alone(raw: str, variants: Variants) -> None:
    assert variants("filler.word", raw) == {raw}
