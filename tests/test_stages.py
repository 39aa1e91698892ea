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


def slipping(draws: list[int]) -> tuple[Transform, list[str]]:
    """Make a wordwise transform that puts an x into the words of these numbers, in turn, and a list of the texts it read."""
    seen: list[str] = []

    def fn(text: Text, rng: Rng, **params: Any) -> Iterator[tuple[int, int, str]]:
        seen.append(text.raw)
        rng.random()
        for n in draws:
            start = text.misspellable[0][n][0]
            yield start + 1, start + 1, "x"

    return Transform("any.slip", fn, "", "text", reach="form", times=1, wordwise=True), seen


def test_slips_in_a_row_read_the_text_before_them_and_hit_no_word_twice() -> None:
    step, seen = slipping([1, 0, 2])
    last = stage()
    for label in "abc":
        last = last.after(step, label, {}, Rng(1).stream(label), None, 1.0)
    assert seen == [RAW] * 3
    assert last.raw == "oxne txwo txhree four"
    assert last.log == [(1, 1, "x", "b"), (5, 5, "x", "a"), (9, 9, "x", "c")]
    assert last.after(step, "d", {}, Rng(1).stream("d"), None, 1.0).log == last.log, (
        "each of its words is changed already"
    )


def test_a_step_of_another_kind_behind_slips_reads_their_text() -> None:
    slip, _ = slipping([1])
    other, seen = counted(lambda rng: None)
    slipped = stage().after(slip, "a", {}, Rng(1).stream("a"), None, 1.0)
    last = slipped.after(other, "b", {}, Rng(1).stream("b"), None, 1.0)
    assert seen == ["one txwo three four"] and last.raw == "ONE txwo three four"
    again, read = slipping([1])
    last = last.after(again, "c", {}, Rng(1).stream("c"), None, 1.0)
    assert read == ["ONE txwo three four"], "what slipped is off offer now: the third word is the second"
    assert last.raw == "ONE txwo txhree four"


def test_a_misspelling_of_every_place_leaves_a_word_that_slipped() -> None:
    def everywhere(text: Text, rng: Rng, **params: Any) -> Iterator[list[tuple[int, int, str]]]:
        rng.random()
        yield [(s, s + len(w), "toe") for s, w in text.misspellable[0] if w == "two"]

    both = Transform("any.both", everywhere, "", "text", reach="form", times=1, wordwise=True)
    slip, _ = slipping([1])
    slipped = stage("one two three two").after(slip, "a", {}, Rng(1).stream("a"), None, 1.0)
    assert slipped.after(both, "b", {}, Rng(1).stream("b"), None, 1.0).raw == "one txwo three toe"
