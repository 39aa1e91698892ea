"""Items in, variants out: lazily, repeatably, explained."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import perturb
from perturb.core.errors import UsageError
from perturb.recipe_yaml import parse_recipe
from perturb.variant import Variant
from perturb.variants import Perturber, run_name, vary

QUESTIONS = [
    {"id": f"q{n}", "question": q, "answer": a}
    for n, (q, a) in enumerate(
        [
            ("What is the name of the largest lake in the country, and how deep is it?", "Ladoga"),
            ("Because nobody answered, could you please tell me when the office opens?", "at nine"),
            ("Which people live around the mountain where the river begins?", "herders"),
            ("I don't know why my card was declined; what should I do about it?", "call us"),
            ("How do you say thank you very much in the language of your neighbours?", "tak"),
        ]
    )
]
EGGS = {"question": "Maya has 24 eggs and 30 rabbits. She buys 12 eggs. How many eggs does Maya have now?",
        "answer": "She has 24+12=<<24+12=36>>36 eggs.\n#### 36"}  # fmt: skip


def dumped(variants: Iterator[Variant] | list[Variant]) -> list[str]:
    return [json.dumps(v.item, ensure_ascii=False) for v in variants]


# -- the calls -----------------------------------------------------------------------------------------------


def test_variants_come_lazily() -> None:
    read = []

    def items() -> Iterator[dict[str, Any]]:
        for item in QUESTIONS:
            read.append(item["id"])
            yield item

    flow = Perturber("hurried", 2, 1)(items())
    assert read == []
    assert next(flow).id == "q0" and next(flow).id == "q0" and read == ["q0"]
    assert next(flow).id == "q1" and read == ["q0", "q1"]


def test_one_and_vary() -> None:
    perturber = Perturber("hurried", 1, 7)
    assert perturber.one(QUESTIONS[0]).text == next(perturber(QUESTIONS)).text
    assert vary(QUESTIONS[0], "hurried", 3, 7)[0].text == perturber.one(QUESTIONS[0]).text
    texts = vary("Could you tell me because I don't know?", "hurried", n=4, seed=1)
    assert len(texts) == 4 and all(isinstance(v, Variant) and v.source == {"text": v.clean_text} for v in texts)
    assert perturb.vary is vary and isinstance(vary("x", "formal_control", seed=1), list)
    with pytest.raises(UsageError, match="no variant"):
        Perturber("case.lower", seed=1).one({"text": "nothing to lower"})


def test_streams_of_one_perturber_may_be_read_in_turns() -> None:
    perturber = Perturber("hurried", 1, 7)
    alone = dumped(perturber(QUESTIONS))
    first, second, mixed = perturber(QUESTIONS), perturber(QUESTIONS), []
    for a, b in zip(first, second):
        perturber.one(QUESTIONS[2])
        mixed.append(json.dumps(a.item, ensure_ascii=False))
        assert json.dumps(b.item, ensure_ascii=False) == mixed[-1]
    assert mixed == alone and perturber.notices == [] and perturber.detected


def test_variants_are_distinct() -> None:
    for v in (Perturber("hurried", 8, 3)(QUESTIONS), Perturber("typos", 8, 3, unchanged="redraw")(QUESTIONS)):
        counts = Counter((x.id, x.text) for x in v)
        assert len(counts) >= 28 and set(counts.values()) == {1}
    few = Perturber("punct.no_final", 5, 1)
    assert len(list(few(QUESTIONS[:1]))) == 1 and few.stats["dropped: no further distinct variant"] == 4


@pytest.mark.parametrize(
    ("policy", "changed", "unchanged"),
    [("keep", (15, 45), True), ("drop", (15, 45), False), ("redraw", (58, 60), False)],
)
def test_what_becomes_of_unchanged_variants(policy: str, changed: tuple[int, int], unchanged: bool) -> None:
    recipe = parse_recipe("summary: x\nsteps: [case.caps: {p: 0.5}, typo.swap: {times: 0.1}]")
    perturber = Perturber(recipe, 1, 5, unchanged=policy)
    variants = list(perturber({"text": f"Where is my order number {n} today?"} for n in range(60)))
    assert changed[0] <= sum(v.changed for v in variants) <= changed[1]
    assert any(not v.changed for v in variants) is unchanged
    assert len(variants) + perturber.stats["dropped: unchanged"] == 60
    assert all(v.changed or v.text == v.clean_text for v in variants)


def test_with_clean_gives_the_item_first() -> None:
    perturber = Perturber("hurried", 2, 1, with_clean=True)
    variants = list(perturber(QUESTIONS))
    assert [v.number for v in variants] == [0, 1, 2] * 5 and perturber.stats["clean"] == 5
    clean = variants[0]
    assert (
        clean.bare == QUESTIONS[0]
        and not clean.changed
        and clean.expect == "same"
        and clean.recipe == clean.record["run"] == ""
    )
    assert perturber.one(QUESTIONS[0]).number == 1


def test_expect_keeps_only_these_and_counts_the_rest() -> None:
    every = list(Perturber("vague.number", 8, 2)([EGGS]))
    kinds = Counter(v.expect for v in every)
    assert kinds["clarify"] and kinds["same"], "24 and 12 are needed, 30 is not"
    for v in every:
        lost = {e.old for e in v.edits} & {"24", "12"}
        assert (v.expect == "clarify") is bool(lost) and {m["text"].split()[0] for m in v.missing} == lost
    perturber = Perturber("vague.number", 8, 2, expect="clarify,any_of")
    kept = list(perturber([EGGS]))
    assert {v.expect for v in kept} == {"clarify"} and perturber.stats["left out: same"] == kinds["same"]
    assert dumped(kept) == dumped([v for v in every if v.expect == "clarify"]), "the rest is not renumbered"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 0}, "n must be a whole number of 1 or more, not 0"), ({"n": True}, "n must be"),
        ({"n": 1.5}, "n must be"),
        ({"seed": "7"}, "seed must be a whole number"), ({"intensity": -1}, "intensity must be"),
        ({"intensity": float("nan")}, "intensity"),
        ({"unchanged": "retry"}, "keep, redraw or drop, not 'retry'"),
        ({"expect": "sane"}, "expect takes same, any_of"),
        ({"recipe": []}, "no recipe is given"), ({"recipe": "hurired"}, "did you mean 'hurried'"),
        ({"profile": "mlu"}, "mlu"),
        ({"analysis": "nltk"}, "rules or spacy"), ({"protect": "/nowhere/terms.txt"}, "expected a list of terms"),
        ({"recipe": ["slang", "slang"]}, "the recipe 'slang' is given twice"),
    ],
)  # fmt: skip
def test_wrong_arguments(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Perturber(**{"recipe": "hurried", **options})


# -- repeatable ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("recipe", ["hurried", "phone_user", "truncated", "vague_asker", "slang+typos"])
def test_the_same_seed_gives_the_same_bytes_in_any_order(recipe: str) -> None:
    shuffled = random.Random(1).sample(QUESTIONS, len(QUESTIONS))
    one, other = (dumped(Perturber(recipe, 3, 9)(items)) for items in (QUESTIONS, shuffled))
    assert one == dumped(Perturber(recipe, 3, 9)(QUESTIONS)) and sorted(one) == sorted(other)
    alone = [d for q in QUESTIONS for d in dumped(Perturber(recipe, 3, 9)([q]))]
    assert alone == one, "an item's variants do not depend on its neighbours"


def test_fewer_variants_are_the_first_of_more() -> None:
    few, many = (Perturber("hurried", n, 4)(QUESTIONS) for n in (2, 5))
    assert dumped(few) == dumped(v for v in many if v.number <= 2)


def test_without_a_seed_every_run_is_new() -> None:
    one, other = Perturber("hurried", 3), Perturber("hurried", 3)
    assert one.seed != other.seed and dumped(one(QUESTIONS)) != dumped(other(QUESTIONS))
    assert dumped(Perturber("hurried", 3, one.seed)(QUESTIONS)) == dumped(one(QUESTIONS))


def test_several_recipes_are_several_sets() -> None:
    variants = list(Perturber(["hurried", "slang"], 2, 1)(QUESTIONS))
    assert [v.recipe for v in variants if v.id == "q1"] == ["hurried", "hurried", "slang", "slang"]
    assert dumped(v for v in variants if v.recipe == "slang") == dumped(Perturber("slang", 2, 1)(QUESTIONS))
    assert len({v.run for v in variants}) == 2
    recipe = perturb.load_recipe("hurried")
    assert run_name(1, recipe, 1.0) == variants[0].run != run_name(2, recipe, 1.0) != run_name(1, recipe, 0.5)


def test_intensity_0_changes_nothing() -> None:
    for recipe in ("hurried", "phone_user", "truncated", "shuffled_options"):
        variants = list(Perturber(recipe, 1, 1, intensity=0, unchanged="keep")(QUESTIONS))
        assert len(variants) == 5 and not any(v.changed for v in variants)


def test_an_item_ends_when_nothing_new_comes_but_not_because_the_user_drops_what_is_unchanged() -> None:
    few = Perturber("case.lower", n=500, seed=1)
    assert len(list(few([{"question": "Where is it?", "answer": "x"}]))) == 1
    assert few.stats["dropped: no further distinct variant"] == 499
    rare = Perturber("punct.no_final", n=500, seed=1, intensity=0.01, unchanged="drop")
    list(rare([{"question": "Where is it?", "answer": "x"}]))
    assert rare.stats["dropped: unchanged"] > 450


# -- several texts of an item, and what a recipe is for ----------------------------------------------------------


def test_what_is_done_once_is_done_once_an_item() -> None:
    """Nobody greets in the middle of a message or again in the next turn; half a message has no end to cut or to bare."""
    recipe = "summary: x\nsteps: [greeting.open, punct.no_final, greeting.close]"
    sums = {"Body": "I have 3 cats.", "Question": "How many cats do I have now?", "Equation": "3", "Answer": 3.0}
    chat = {"question_id": 1, "turns": ["What is the name of a lake?", "How deep is it, do you know?"], "reference": []}
    for item, ends in ((sums, 1), (chat, 2)):
        for variant in Perturber(parse_recipe(recipe, name="r"), 12, 5)([item]):
            steps = [e.step for e in variant.edits]
            first, last = (t.strip() for t in variant.texts)
            assert steps.count("greeting.open") <= 1 and not last.startswith(("Hi", "Hey", "Hello"))
            assert steps.count("greeting.close") <= 1 and "hank" not in first
            assert first.endswith((".", "?")) == (ends == 1)


def test_a_later_field_of_the_users_own_is_a_text_of_its_own() -> None:
    item = {"question": "Where is the old office?", "answer": "here", "context": "The office is here. It is old."}
    made = vary(
        item, "punct.no_final", fields=["context"], profile=perturb.Profile("q", ("question",), target="answer")
    )
    assert made[0].texts == ["Where is the old office", "The office is here. It is old"]


@pytest.mark.parametrize(("policy", "given"), [(None, 0), ("redraw", 0), ("drop", 0), ("keep", 2)])
def test_a_variant_without_what_the_recipe_is_for_is_none(policy: str | None, given: int) -> None:
    recipe = parse_recipe(
        "summary: x\nwriter: {style: sloppy}\nsteps: [case.lower_start, punct.doubled: {must: true}]", name="r"
    )
    assert all("??" in v.text for v in Perturber(recipe, 4, 3, unchanged=policy)([QUESTIONS[0]]))
    bare = Perturber(recipe, 2, 3, unchanged=policy)
    made = list(bare([{"id": "a", "question": "Name the lake", "answer": "x"}]))
    assert len(made) == given and not any(v.changed or v.edits for v in made)
