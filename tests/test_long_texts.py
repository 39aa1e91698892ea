"""Texts without end take time in proportion: counted in lines of Python, for what once took the square."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from perturb import Perturber
from perturb.items.detect import from_fields

PROFILE = from_fields("text", "category")


def lines(recipe: str, unit: str, size: int) -> int:
    """Count the lines of Python that a variant takes, each as often as it is run."""
    perturber = Perturber(recipe, 1, 3, PROFILE)
    count = 0

    def seen(frame: object, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return seen

    before = sys.gettrace()
    sys.settrace(seen)
    try:
        list(perturber([{"text": (unit * size)[:size], "category": "a"}]))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    ("recipe", "unit"),
    [
        ("clipped", "Dr "),
        ("ocr.scan", "Anna and Beth "),
        ("dictated", '"'),
        ("typo.misspell", "ab"),
        ("typo.omit", "ab"),
    ],
)
def test_twice_the_text_takes_about_twice_the_work(recipe: str, unit: str) -> None:
    lines(recipe, unit, 500)  # tables are read once
    assert lines(recipe, unit, 4000) < 3 * lines(recipe, unit, 2000)


def test_a_run_of_letters_that_nobody_types_is_not_misspelt() -> None:
    """Each letter would cost 53 edits that are weighed and kept."""
    run = "ab" * 50_000
    text = f"Where is my new card {run} because it has not arrived since Monday"
    for recipe in ("typo.misspell", "typo.omit", "typo.neighbor"):
        found = list(Perturber(recipe, 5, 3, PROFILE, intensity=5.0)([{"text": text, "category": "a"}]))
        assert found and all(run in v.item["text"] != text for v in found)
