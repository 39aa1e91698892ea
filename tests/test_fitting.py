"""A recipe says which texts it is for; the others are left as they are, counted, and the reason told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from perturb import Perturber, Profile, load_recipe, parse_recipe, vary
from perturb.cli import main
from perturb.core.text import Text
from perturb.fitting import Fit
from perturb.variant import Variant

CODE = "Why does this print 3?\nimport os\nx = len(os.sep)\nprint(x + 2)"
LONG = "The train to the coast was late again, so we waited on the platform and talked about the garden. " * 6
CHAT = Profile("two", ("one", "two"), task="chat")


def of(recipe: str, texts: Sequence[str], unchanged: str | None = None) -> tuple[list[Variant], Counter[str]]:
    made = Perturber(recipe, 1, 1, profile=Profile("text", ("text",), task="chat"), unchanged=unchanged)
    return list(made([{"text": t} for t in texts])), made.stats


@pytest.mark.parametrize("recipe", ["spoken", "dictated", "voice_line", "thinking_aloud"])
@pytest.mark.parametrize("raw", [CODE, LONG * 2, "Simplify $x^2 + 3x$ for me.", "Find $n$ for me", "Which is it? A. a cat B. a dog", "Look at https://example.org/a now",
                                 "Why does util.doSomething fail?", "Set max_size to ten"])  # fmt: skip
def test_nobody_says_code_nor_pages_aloud(recipe: str, raw: str) -> None:
    found, stats = of(recipe, [raw, "How many sheep does the farmer in the valley have?"])
    assert [v.source["text"] for v in found] == ["How many sheep does the farmer in the valley have?"]
    assert any(k.startswith(f"left as they are: {recipe} is for texts of at most") and n == 1 for k, n in stats.items())


@pytest.mark.parametrize("raw", [
    "I paid $5 on Monday and $10 a day later, not $20k.",
    "Who shot James A. Garfield in B. F. Lane's time?",
    "Is 3/4 more than 70% (or not)?",
    "what's the news, e.g. on FIFA.com or the U.S. site",
])  # fmt: skip
def test_sums_of_money_and_initials_are_said(raw: str) -> None:
    assert Fit(60, "sayable").holds(Text(raw))


@pytest.mark.parametrize("raw", [
    "What is the most likely cause of a slow pulse?",
    "Ann has 5 hens. Bob has 3 more. How many hens do they have?",
    "Type I errors are errors of which kind?",
    'The guard said, "I lost my keys." What did he lose?',
])  # fmt: skip
def test_nobody_is_upset_over_an_exam(raw: str) -> None:
    assert not Fit(kind="own").holds(Text(raw))
    assert vary(raw, "upset_customer", n=3, seed=1) == []


@pytest.mark.parametrize(
    "raw", ["I still have no answer from you.", "when does my parcel arrive", "i've lost it, help"]
)
def test_who_wants_something_may_be_upset(raw: str) -> None:
    assert Fit(kind="own").holds(Text(raw))


def test_unchanged_items_are_kept_where_they_are_asked_for() -> None:
    found, _ = of("upset_customer", ["What is a prime number?"], unchanged="keep")
    assert [v.changed for v in found] == [False]


def test_of_two_texts_only_the_one_that_fits_is_said_aloud() -> None:
    item = {"one": LONG, "two": "Where is the station, Anna?"}
    found = [v.item for v in Perturber("asr.plain+voice_line", 1, 2, profile=CHAT)([item])]
    assert found and found[0]["one"] != LONG  # asr.plain is for any text
    alone = [v.item for v in Perturber("voice_line", 1, 2, profile=CHAT)([item])]
    assert alone[0]["one"] == LONG and alone[0]["two"] != item["two"]


def test_a_recipe_that_uses_another_asks_for_what_both_ask_for() -> None:
    inner = "summary: x\nfor: {words: 5}\nsteps: [case.lower]"
    outer = parse_recipe("summary: y\nfor: {kind: own}\nsteps:\n- use: inner\n- punct.no_final", texts={"inner": inner})
    assert set(outer.limits) == {Fit(words=5), Fit(kind="own")}
    assert vary("My dog is very old and tired.", outer, seed=1)[0].text == "My dog is very old and tired"
    assert vary("My dog is old.", outer, seed=1)[0].text == "my dog is old"
    assert load_recipe("typos").limits == ()


def test_the_reason_is_told() -> None:
    said = CliRunner().invoke(main, ["preview", "-r", "spoken", "--seed", "1", CODE]).output
    assert "; left as they are: 1 (spoken is for texts of at most 60 words that can be said aloud)\n" in said


def test_list_and_show_say_what_a_recipe_is_for(tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    file.write_text('{"text": "What is a prime number?"}\n{"text": "I want my money back now."}\n')
    listed = CliRunner().invoke(main, ["list"]).output
    assert "[for texts of at most 25 words that somebody could have sent]" in listed
    said = CliRunner().invoke(main, ["show", "upset_customer", "--on", str(file)]).output
    assert "left as they are: 1 (upset_customer is for texts in which somebody speaks of himself" in said


def test_all_variants_of_an_item_that_does_not_fit_are_counted_as_dropped(tmp_path: Path) -> None:
    ledger = tmp_path / "seen.db"
    made = Perturber("spoken", 7, 1, profile=Profile("text", ("text",), task="chat"), ledger=ledger)
    found = list(made([{"text": CODE}, {"text": "How many sheep does the farmer in the valley have?"}]))
    assert {v.source["text"][:8] for v in found} == {"How many"}
    assert made.stats["dropped: unchanged"] == 7
    assert sum(n for k, n in made.stats.items() if k.startswith("left as they are")) == 1
