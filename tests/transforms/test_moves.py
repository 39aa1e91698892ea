"""Items arranged otherwise: options fewer, more, relabelled; people renamed; passages cut down. The gold goes along."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from perturb.core.errors import UsageError
from perturb.core.rng import Rng
from perturb.items.detect import load_profile
from perturb.items.gold import gold_texts
from perturb.items.moves.options import drop, none_of_these, relabel
from perturb.items.moves.passage import trim
from perturb.items.moves.people import rename
from perturb.items.view import ItemView

ABC = ["ash", "beech", "cedar", "dogwood"]
MMLU = ("mmlu", {"question": "Which tree?", "choices": ABC, "answer": 2})
ARC = ("arc", {"question": "Which tree?", "choices": {"text": ABC, "label": list("ABCD")}, "answerKey": "C"})
PRO = ("mmlu_pro", {"question": "Which tree?", "options": ABC, "answer": "C", "answer_index": 2})


def moved(move: Any, name: str, item: dict[str, Any], seed: int = 1, **params: Any) -> dict[str, Any]:
    view = ItemView(item, load_profile(name), "move")
    move(view, Rng(seed, "item"), **params)
    return view.item


@pytest.mark.parametrize("name,item", [MMLU, ARC, PRO], ids=["mmlu", "arc", "mmlu_pro"])
@pytest.mark.parametrize("move,count", [(drop, 3), (none_of_these, 5), (relabel, 4)])
def test_the_right_option_stays_right(move: Any, count: int, name: str, item: dict[str, Any]) -> None:
    profile = load_profile(name)
    for seed in range(20):
        new = moved(move, name, item, seed)
        assert gold_texts(new, profile) == ["cedar"]
        texts = new["choices"]["text"] if name == "arc" else new.get("choices") or new["options"]
        assert len(texts) == count
        if name == "arc":
            assert len(new["choices"]["label"]) == count and new["answerKey"] in new["choices"]["label"]
            assert (new["choices"]["label"] != list("ABCD")) is (count != 4 or move is relabel)


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        ("(A)", ["(A)", "(B)", "(C)", "(D)"]),
        ("1.", ["1.", "2.", "3.", "4."]),
        ("a)", ["a)", "b)", "c)", "d)"]),
        ("A", list("ABCD")),
    ],
)
def test_labels_in_a_style(style: str, labels: list[str]) -> None:
    new = moved(relabel, *ARC, style=style)
    assert new["choices"]["label"] == labels and new["answerKey"] == labels[2]
    assert gold_texts(new, load_profile("arc")) == ["cedar"]


def test_no_labels_where_none_is_named() -> None:
    assert moved(relabel, *ARC, style="none") == ARC[1], "the key names a label"
    item = {**ARC[1], "answerKey": "cedar"}
    view = ItemView(item, replace(load_profile("arc"), target_kind="option"), "move")
    relabel(view, Rng(1, "item"), style="none")
    assert view.item == {**item, "choices": {"text": ABC, "label": [""] * 4}}
    with pytest.raises(UsageError, match="style must be"):
        moved(relabel, *ARC, style="x")


@pytest.mark.parametrize("last", ["All of the above", "Both A and C", "None of these"])
@pytest.mark.parametrize("move", [drop, none_of_these])
def test_options_that_speak_of_others_are_left_alone(move: Any, last: str) -> None:
    item = {"question": "Which tree?", "choices": [*ABC[:3], last], "answer": 1}
    assert moved(move, "mmlu", item) == item


def gsm(question: str, answer: str = "It is <<3=3>>3.\n#### 3") -> dict[str, Any]:
    return {"question": question, "answer": answer}


def test_people_are_renamed_everywhere_and_keep_their_gender() -> None:
    item = gsm("Natalie met Carlos. She took Carlos' 3 eggs. How many has Natalie?", "Natalie has <<3=3>>3.\n#### 3")
    for seed in range(30):
        new = moved(rename, "gsm8k", item, seed)
        names = re.fullmatch(r"(\w+) met (\w+)\. She took (\w+)['’]s? 3 eggs\. How many has (\w+)\?", new["question"])
        assert names and names[1] == names[4] != "Natalie" and names[2] != "Carlos"
        assert new["answer"] == f"{names[1]} has <<3=3>>3.\n#### 3" and names[1] != names[2]


@pytest.mark.parametrize(
    "question",
    [
        "Natalie sells 3 eggs. How many did natalie sell?",
        "How far is Lake Natalie from 3 towns?",
        "Will 3 eggs do in May?",
        "How old is Natalie Portman in 3 years?",
        "Natalie has 3 eggs. Nathalie buys 2 more. How many has she?",
        "Peter and Anna are 50 together. How old is Peter, if Pierre is 20?",
        "Natalies bag costs $3. How much has Natalie left of $5?",
        'Who ran 3 miles, Natalie or Carlos? [asy]label("Natalie", (0,1));[/asy]',
    ],
)
def test_who_cannot_be_renamed_everywhere_is_not(question: str) -> None:
    assert moved(rename, "gsm8k", gsm(question)) == gsm(question)


def test_questions_about_the_world_keep_their_people() -> None:
    item = {"question": "When did Natalie win?", "answer": ["1999"]}
    assert moved(rename, "nq_open", item) == item


def test_a_passage_is_cut_down_around_its_answer() -> None:
    context = " ".join(f"Sentence {n} says that town {n} has a river." for n in range(20)) + " Rome has a lake."
    start = context.index("town 9")
    item = {"id": "1", "question": "Which town is it?", "context": context,
            "answers": {"text": ["town 9"], "answer_start": [start]}}  # fmt: skip
    for seed in range(20):
        new = moved(trim, "squad", item, seed)
        at = new["answers"]["answer_start"][0]
        assert new["context"][at : at + 6] == "town 9" and new["context"] in context
        assert 5 <= new["context"].count("Sentence") <= 7
    asked = {**item, "question": "Which town is as large as Rome?"}
    assert moved(trim, "squad", asked) == asked, "what the question names is in the rest"
