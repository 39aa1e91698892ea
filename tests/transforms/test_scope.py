"""Readings left open: of or off, each or altogether, more than whom."""

from __future__ import annotations

import pytest

from perturb.core.readings import counted, rest_of_total, scopes
from perturb.core.registry import get
from perturb.variants import vary

GLASSES = "One glass costs $5, but every second glass costs only 60% of the price. Tom wants 16 glasses. How much does he pay?"
GOLD = "The second costs 5*.6=<<5*.6=3>>3.\n#### 64"


@pytest.mark.parametrize(
    ("name", "raw", "made"),
    [
        ("scope.percent", "Every second glass costs only 60% of the price.", {"Every second glass is at 60%."}),
        ("scope.percent", "The shoes are 40% off the original price.", {"The shoes are 40%."}),
        ("scope.percent", "She ate 60% of the cake.", {"She ate 60% of the cake."}),
        ("scope.percent", "He returns it with an additional 10% of the price.", {"He returns it with an additional 10% of the price."}),
        ("scope.share", "They each bought 3 pens.", {"They bought 3 pens."}),
        ("scope.share", "Ten stalls have 20 cows each.", {"Ten stalls have 20 cows."}),
        ("scope.share", "Pears are $2 each.", {"Pears are $2 each."}),
        ("scope.share", "He makes 2 pots a day for 3 weeks.", {"He makes 2 pots for 3 weeks."}),
        ("scope.share", "He makes 600 pots a day and sells 20.", {"He makes 600 pots a day and sells 20."}),
        ("scope.both", "He saw old men and old women.", {"He saw old men and women."}),
        ("scope.both", "He saw old dogs and old dogs.", {"He saw old dogs and old dogs."}),
        ("scope.both", "The ants and the bees", {"The ants and the bees"}),
    ],
)  # fmt: skip
def test_scope(variants, name: str, raw: str, made: set[str]) -> None:
    assert variants(name, raw) == made


def test_a_comparison_is_left_open_only_between_two_who_were_named() -> None:
    lily = "Together Lily, David, and Bodhi have 43. Lily has 7 more than David. David has half of what Bodhi has."
    assert [r.ask for r in scopes(lily, "than")] == ["More than whom: David or Bodhi?"]
    assert not list(scopes("Lamar has 5. Stacy has 2 more than Lamar.", "than")), "everyone takes it to be Lamar"
    told = "Tom, Jim and Ann met. Jim has 27, 5 more than Tom has. Tom has twice as many as Ann. How many has Ann?"
    assert not list(scopes(told, "than")), "Tom was compared with Jim already"


def test_it_asks_for_the_reading() -> None:
    (variant,) = vary({"question": GLASSES, "answer": GOLD}, "scope.percent", seed=1)
    assert "every second glass is at 60%. Tom" in variant.text
    (missing,) = variant.missing
    assert (variant.expect, missing["text"], missing["kind"]) == ("clarify", "of the price", "scope")
    assert missing["ask"] == "Is it 60% of the price, or 60% off it?"


def test_what_the_answer_does_without_is_not_asked_for() -> None:
    item = {"question": GLASSES, "answer": "He pays 16*5=<<16*5=80>>80.\n#### 80"}
    assert {v.expect for v in vary(item, "scope.percent", seed=1)} == {"unsure"}


@pytest.mark.parametrize(
    ("raw", "told"),
    [("A class of 30 pupils: 20 pupils got 8, 8 pupils got 9, 2 pupils got 7.", True),
     ("A class of 31 pupils: 20 pupils got 8, 8 pupils got 9, 2 pupils got 7.", False),
     ("A class of 30 pupils: 20 pupils got 8, the rest 9.", False)],
)  # fmt: skip
def test_what_a_total_and_its_other_parts_tell(raw: str, told: bool) -> None:
    assert rest_of_total(raw, raw.index("20") + 2, 20.0) == told


def test_things_counted_side_by_side() -> None:
    assert counted("He has 3 red apples and 4 pears.") == ("apples", "pears")
    assert counted("He ran 3 miles and 4 hours.") == counted("He has 3 apples.") == ()


def test_roles() -> None:
    assert {get(n).role for n in ("scope.percent", "scope.share", "scope.than", "scope.both")} == {"scope"}


@pytest.mark.parametrize(("fed", "expect"), [("every day", "unsure"), ("well", "clarify")])
def test_each_beside_a_rate_that_is_said_is_in_doubt(fed: str, expect: str) -> None:
    told = f"Ten stalls have 20 cows each. A farmer feeds them {fed}. How many cows are in the stalls?"
    item = {"question": told, "answer": "There are 10*20=<<10*20=200>>200 cows.\n#### 200"}
    assert [v.expect for v in vary(item, "scope.share", seed=1, profile="gsm8k")] == [expect]
