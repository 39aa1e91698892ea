"""The Python names called wrongly: one clear UsageError (or BadRecord for an item), never what Python makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import perturb
from perturb import PerturbBatch, Perturber, Profile
from perturb.core.errors import BadRecord, StepFailed, UsageError

ITEM = {"question": "Where is my new card, and why has it not come?", "answer": "x"}
AN: Any = object()  # a thing of no use anywhere


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Perturber(5), "recipe is a name, a .yaml file, a Recipe or a list of these, not 5"),
        (lambda: Perturber(None), "recipe is a name"),
        (lambda: Perturber(b"hurried"), "recipe is a name"),
        (lambda: Perturber("hurried+"), "'hurried+': a name is missing beside '+'"),
        (
            lambda: Perturber("hurried", profile=5),
            "profile is 'auto', a profile's name, a .yaml file or a perturb.Profile",
        ),
        (lambda: Perturber("hurried", profile=None), "profile is 'auto'"),
        (lambda: Perturber("hurried", expect=3), "expect takes same, any_of, clarify, abstain, unsure"),
        (lambda: Perturber("hurried", fields=5), "fields is a list of fields' names"),
        (lambda: Perturber("hurried", protect=5), "protect is a list of terms, or a file of them"),
        (lambda: Perturber("hurried", protect=[5]), "protect is a list of terms"),
        (lambda: Perturber("hurried", ledger=5), "ledger is a file's name, not 5"),
        (lambda: Perturber("hurried", judge=5), "judge is a function, not 5"),
        (lambda: Perturber("hurried", on_bad="x"), "on_bad is a function"),
        (
            lambda: Perturber("hurried")(ITEM),
            "expected an iterable of items (dicts), found one item; for one item call .one(item)",
        ),
        (
            lambda: Perturber("hurried")("Where is it?"),
            "expected an iterable of items (dicts), found str; for one item call .one(item), for a text perturb.vary(",
        ),
        (lambda: Perturber("hurried")(None), "expected an iterable of items (dicts), found NoneType"),
        (lambda: PerturbBatch("hurried", 7)(ITEM), "expected an iterable of items (dicts), found one item"),
        (lambda: perturb.parse_recipe({"summary": "x"}), "parse_recipe takes a recipe's YAML as a text, not dict"),
        (
            lambda: perturb.load_recipe(5),
            "a recipe is the name of a recipe, transform or family, or a .yaml file; not 5",
        ),
        (lambda: perturb.replay(None), "a manifest is named by its file"),
        (lambda: perturb.misspell(5, seed=1), "misspell takes a word, not 5"),
        (lambda: perturb.transform(ITEM.get), "transform is given a name and an amount"),
        (lambda: Profile("mine", 5), "profile mine: input must be a tuple of texts, not 5"),
        (lambda: Profile("mine", ()), "profile mine: input must name a field"),
        (lambda: Profile("mine", ("a",), task="quiz"), "profile mine: task must be one of math, qa, choice"),
        (lambda: Profile("mine", ("a",), target_kind="x"), "profile mine: target_kind must be one of text, index"),
        (lambda: Profile("mine", ("a",), lock=("x",)), "profile mine: lock must be one of target, choices"),
    ],
)
def test_a_wrong_call(call: Callable[[], Any], says: str) -> None:
    with pytest.raises(UsageError, match="^" + re.escape(says)):
        call()


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("Where is it?", "an item is a JSON object, not str; for a text there is perturb.vary(text, recipe)"),
        (None, "an item is a JSON object, not NoneType"),
        ([ITEM], "an item is a JSON object, not list"),
        ({1: "a", "question": "Where is it?"}, "a JSON object's keys are texts, not 1"),
    ],
)
def test_what_is_no_item(item: Any, says: str) -> None:
    with pytest.raises(BadRecord, match="^" + re.escape(says)):
        Perturber("hurried", seed=1).one(item)
    if not isinstance(item, dict):
        with pytest.raises(BadRecord, match="an item is a JSON object"):
            PerturbBatch("hurried", 7)([item])


def test_what_may_be_said_in_several_ways(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("summary: x\nsteps: [case.lower]\n")
    path = tmp_path / "mine.yaml"
    assert Perturber(path, seed=1).one(ITEM).text == Perturber(str(path), seed=1).one(ITEM).text
    assert Profile("mine", "body") == Profile("mine", ("body",)) == Profile("mine", ["body"])
    both = {"question": "Where Is It?", "context": "The Cat Is Here."}
    for fields in ("context", ["context"]):
        found = Perturber("case.lower", seed=1, profile=Profile("mine", "question"), fields=fields).one(both).item
        assert found["context"] == "the cat is here."


def test_a_judge_that_fails_names_the_item_once() -> None:
    def judge(item: Any, text: str) -> None:
        raise KeyError("no")

    with pytest.raises(StepFailed, match="^item [0-9a-f]+: the judge failed: KeyError"):
        list(Perturber("cut.tail", seed=1, judge=judge)([ITEM]))
