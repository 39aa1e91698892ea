"""The sample items are right: the arithmetic, the answers' places, the options, and the profile that is found."""

import ast
import json
import operator
import re
from collections import Counter
from pathlib import Path

import pytest

from perturb.items.detect import detect
from perturb.items.gold import gold_texts
from perturb.resources import root
from perturb.variants import Perturber

SIZES = {"support": 24, "math": 16, "choice": 20, "reading": 10, "chat": 12}
PROFILES = {"support": "intent_category", "math": "gsm8k", "choice": "mmlu", "reading": "squad", "chat": "chat"}
SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def items(name):
    text = (root("data") / "samples" / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def value(formula):
    def of(node):
        if isinstance(node, ast.BinOp):
            return SIGNS[type(node.op)](of(node.left), of(node.right))
        assert isinstance(node, ast.Constant)
        return node.value

    return of(ast.parse(formula, mode="eval").body)


def test_all_files_are_known_here_and_described():
    files = {p.name for p in (root("data") / "samples").iterdir()}
    assert files == {f"{name}.jsonl" for name in SIZES}
    page = (Path(__file__).parent.parent / "docs" / "samples.md").read_text("utf-8")
    for name, size in SIZES.items():
        assert f"| `{name}.jsonl` | {size} " in page and f"`{PROFILES[name]}`" in page


@pytest.mark.parametrize("name", SIZES)
def test_size_and_no_item_twice(name):
    found = [json.dumps(i, sort_keys=True) for i in items(name)]
    assert len(found) == len(set(found)) == SIZES[name]


@pytest.mark.parametrize("name", SIZES)
def test_the_profile_is_found_for_every_item(name):
    assert {detect(item).name for item in items(name)} == {PROFILES[name]}


@pytest.mark.parametrize("name", SIZES)
def test_every_item_gives_a_variant(name):
    made = list(Perturber("hurried", seed=1)(items(name)))
    assert len(made) >= SIZES[name] * 0.9
    assert {v.expect for v in made} == {"same"}


@pytest.mark.parametrize("item", items("math"), ids=lambda i: i["question"][:30])
def test_the_arithmetic_is_right(item):
    steps = re.findall(r"<<([^=<>]+)=([^<>]+)>>(\d+(?:\.\d+)?)", item["answer"])
    assert len(steps) == item["answer"].count("<<") >= 1
    for formula, result, after in steps:
        assert value(formula) == pytest.approx(float(result)) and result == after
    for left, formula in re.findall(r"([\d.+*/ -]+) = \$?<<([^=<>]+)=", item["answer"]):
        assert left.replace(" ", "") == formula.replace(" ", "")
    assert float(item["answer"].split("#### ")[1]) == float(steps[-1][1])


@pytest.mark.parametrize("item", items("math"), ids=lambda i: i["question"][:30])
def test_every_number_of_a_step_is_in_the_question_or_worked_out_before(item):
    known = {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", item["question"])}
    words = {"twice": 2, "half": 2, "third": 3, "year": 12, "%": 100, "back": 2, "equal parts": 2, "one shirt": 1}
    known |= {float(n) for word, n in words.items() if word in item["question"]}
    for formula, result in re.findall(r"<<([^=<>]+)=([^<>]+)>>", item["answer"]):
        assert {float(n) for n in re.findall(r"\d+(?:\.\d+)?", formula)} <= known
        known.add(float(result))


def test_answers_stand_where_the_reading_items_say():
    for item in items("reading"):
        for text, start in zip(item["answers"]["text"], item["answers"]["answer_start"], strict=True):
            assert item["context"][start : start + len(text)] == text and item["context"].count(text) == 1
    assert len({i["context"] for i in items("reading")}) == 4


def test_options_are_four_different_ones_and_the_answer_is_one_of_them():
    for item in items("choice"):
        assert len(set(item["choices"])) == 4 and 0 <= item["answer"] < 4
        assert gold_texts(item, detect(item)) == [item["choices"][item["answer"]]]
    places = Counter(i["answer"] for i in items("choice"))
    assert set(places) == {0, 1, 2, 3} and max(places.values()) <= 8
    options = [o for i in items("choice") for o in i["choices"]]
    assert "Both A and B" in options and "None of these" in options


@pytest.mark.parametrize("seed", range(8))
def test_shuffled_options_keep_the_answer_and_the_special_ones_their_sense(seed):
    for v in Perturber("shuffled_options", seed=seed)(items("choice")):
        clean, new = v.source, v.item
        assert new["choices"][new["answer"]] == clean["choices"][clean["answer"]]
        if "None of these" in clean["choices"]:
            assert new["choices"][-1] == "None of these"
        if "Both A and B" in clean["choices"]:
            assert new["choices"][2] == "Both A and B" and set(new["choices"][:2]) == {"Python", "Ruby"}


def test_intents_come_more_than_once_and_chats_end_with_the_user():
    counts = Counter(i["category"] for i in items("support"))
    assert min(counts.values()) >= 1 and len(counts) >= 8
    for item in items("chat"):
        assert item["messages"][-1]["role"] == "user"
        roles = [m["role"] for m in item["messages"] if m["role"] != "system"]
        assert roles == ["user", "assistant"] * (len(roles) // 2) + ["user"]
