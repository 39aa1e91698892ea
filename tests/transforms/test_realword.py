"""Words taken for each other."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import SLOT, Text
from perturb.language.lexicon import words
from perturb.writer import typing_of


def outcomes(raw: str, mask: bytes | None = None) -> set[str]:
    step = get("realword.confuse")
    return {apply(raw, engine.run(Text(raw, mask), step, {}, Rng(s), rate=None, times=1)) for s in range(40)}


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("on its own", {"on it's own"}),
        ("Than what?", {"Then what?"}),
        ("I lose it", {"I loose it"}),
        ("you’re late", {"your late"}),
        ("they sold their car", {"they sold there car", "they sold they're car"}),
        ("your car’s late", {"you’re car’s late"}),
        ("too much", {"to much"}),
    ],
)
def test_confuses(raw: str, written: set[str]) -> None:
    assert outcomes(raw) == written


@pytest.mark.parametrize("raw", ["for two of four", "I know no one", "except this", "as long as it was used by them"])
def test_leaves_what_the_sense_hangs_on(raw: str) -> None:
    assert outcomes(raw) == {raw}


def test_never_touches_slots() -> None:
    assert outcomes("than", bytes([SLOT]) * 4) == {"than"}


def test_a_word_is_mistaken_once() -> None:
    assert outcomes("its end and its start") == {"it's end and its start", "its end and it's start"}
    step, raw = get("realword.confuse"), "its end and its start"
    assert len(engine.run(Text(raw), step, {}, Rng(1), rate=1.0, times=9)) == 1


def corrected(raw: str, mask: bytes | None = None) -> set[str]:
    step = get("realword.autocorrect")
    return {apply(raw, engine.run(Text(raw, mask), step, {}, Rng(s), rate=None, times=1)) for s in range(60)}


def test_a_phone_makes_words_of_slips() -> None:
    assert "too up" in corrected("top up") and "Or" in corrected("Of")
    assert corrected("please") == {"please"}, "what nothing is nearer to comes out right"


@pytest.mark.parametrize("raw", ["I sent the form to him for the card", "is it late or on time", "get cash and a car"])
def test_a_phone_writes_words_that_it_knows(raw: str) -> None:
    known = words("words", "en_wordnet") | words("functions") | {"hi", "hey", "hello", "ok"}
    written = {w for text in corrected(raw) for w in text.split()} - set(raw.split())
    assert written and written <= known and not written & words("slots")


def test_what_a_phone_made_can_be_read_for_what_was_meant() -> None:
    assert corrected("two feet of soil") <= {"two fee of soil", "two feet of soul", "two feet of oil", "two feet if soil", "two feet or soil",
                                             "two feet off soil", "too feet of soil", "to feet of soil"}  # fmt: skip
    assert corrected("grocery fee") <= {"grocery free", "grocery feed"}, 'no "we" for "fee"'


def test_a_phone_parts_words_that_were_run_together() -> None:
    assert "space.omit" in {name for name, _, _ in typing_of("hasty")}
    steps = {name: weight for name, weight, _ in typing_of("hasty", autocorrect=True)}
    assert "space.omit" not in steps and sum(steps.values()) == sum(w for _, w, _ in typing_of("hasty"))


def test_a_phone_leaves_slots_alone() -> None:
    assert corrected("of", bytes([SLOT]) * 2) == {"of"}


def test_a_phone_makes_no_other_question_of_it() -> None:
    step, raw = get("realword.autocorrect"), "is it the odd or the even one of them"
    made = {apply(raw, engine.run(Text(raw), step, {}, Rng(s), rate=None, times=5)) for s in range(80)}
    assert len(made) > 5 and all(" odd " in v and " even " in v for v in made)


def test_two_that_a_phone_made_stand_apart() -> None:
    step, raw = (
        get("realword.autocorrect"),
        "how do i send the money to my mum for the bill of the gas and the water that came in may",
    )
    for seed in range(40):
        starts = [start for start, _, _ in engine.run(Text(raw), step, {}, Rng(seed), rate=1.0, times=0)]
        assert starts and all(b - a > 50 for a, b in zip(starts, starts[1:])), starts
