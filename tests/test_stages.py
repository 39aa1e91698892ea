"""Stages: what needs no draw is done once for all variants of an item, and what draws is done each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from perturb import Perturber
from perturb.core.registry import Transform
from perturb.core.rng import Rng
from perturb.core.stages import Stage
from perturb.core.text import Text

RAW = "one two three four"


def counted(draw: Callable[[Rng], object]) -> tuple[Transform, list[str]]:
    """Make a transform that upper-cases the first word, and a list of the texts that it was run on."""
    seen: list[str] = []

    def fn(text: Text, rng: Rng, **params: Any) -> Iterator[tuple[int, int, str]]:
        seen.append(text.raw)
        draw(rng)
        yield 0, 3, "ONE"

    return Transform("any.thing", fn, "", "text", times=1), seen


def stage(raw: str = RAW) -> Stage:
    return Stage(raw, Text(raw))


@pytest.mark.parametrize(
    ("draw", "runs"),
    [(lambda rng: None, 1), (lambda rng: rng.random(), 3), (lambda rng: rng.below(3), 3), (lambda rng: rng.stream("a"), 3)],
)  # fmt: skip
def test_only_what_draws_nothing_is_kept(draw: Callable[[Rng], object], runs: int) -> None:
    step, seen = counted(draw)
    first, params = stage(), {}
    lasts = [first.after(step, "x", params, Rng(n).stream("x"), None, 1.0) for n in range(3)]
    assert len(seen) == runs and {s.raw for s in lasts} == {"ONE two three four"}
    assert all(s.log == [(0, 3, "ONE", "x")] for s in lasts)


def test_another_recipes_step_of_that_name_is_another() -> None:
    step, seen = counted(lambda rng: None)
    first = stage()
    for params in ({}, {}):
        first.after(step, "x", params, Rng(1).stream("x"), None, 1.0)
    assert len(seen) == 2


def test_a_stage_after_nothing_is_the_same() -> None:
    step, seen = counted(lambda rng: None)
    first = stage()
    assert first.after(step, "x", {}, Rng(1), None, 0.0) is first and not seen
    second = first.after(step, "x", {}, Rng(1), None, 1.0)
    assert second.after(step, "x", {}, Rng(1), None, 1.0) is second, "nothing is left to change"


def test_a_variant_is_the_same_whatever_came_before_it() -> None:
    """The stages that variants share change no byte of them."""
    items = [{"id": str(n), "question": raw, "answer": ""} for n, raw in enumerate((RAW + "?", "How far is it, Ann?"))]
    recipe = "case.lower+punct.no_final+typo.slip+typo.swap"
    together = {(v.id, v.number): v.item for v in Perturber(recipe, n=4, seed=3, profile="qa", unchanged="keep")(items)}
    for item in items:
        alone = Perturber(recipe, n=1, seed=3, profile="qa", unchanged="keep").one(item)
        assert alone.item == together[alone.id, 1]
