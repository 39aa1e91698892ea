"""What a variant says: its record, the clean item it can be rebuilt from, moves, offsets, fields."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from test_variants import EGGS, QUESTIONS, dumped

from perturb.core.edits import apply
from perturb.core.errors import BadRecord
from perturb.items.field_paths import get_path, set_path
from perturb.items.profiles import Profile
from perturb.variants import Perturber, vary

TREES = {"question": "Which of these trees keeps its leaves in the winter months?",
         "choices": ["the tall ash", "an old beech", "some cedar", "the dogwood"], "answer": 2}  # fmt: skip
CHAT = {"messages": [{"role": "system", "content": "You are a helpful assistant, please answer because people ask."},
                     {"role": "user", "content": "Could you please tell me what the weather will be tomorrow?"},
                     {"role": "assistant", "content": "Probably sunny, because it always is."},
                     {"role": "user", "content": "Thanks, and what about the people in the mountains?"}]}  # fmt: skip
BUILT = "The people of the valley built their bridge because the river was wide. It opened in Maple Falls, "
SQUAD = {
    "id": "s1",
    "context": BUILT + "and everybody thought that Maple Falls would grow very quickly.",
    "question": "Where did the bridge open?",
    "answers": {"text": ["Maple Falls"], "answer_start": [85]},
}


def rebuilt(item: dict[str, Any]) -> dict[str, Any]:
    """Rebuild the clean item from a variant's record alone: edits backwards, then moves backwards."""
    clean = copy.deepcopy(item)
    record = clean.pop("perturb")
    for path in dict.fromkeys(e["field"] for e in record["edits"]):
        shift, undo = 0, []
        for e in (e for e in record["edits"] if e["field"] == path):
            undo.append((e["start"] + shift, e["start"] + shift + len(e["new"]), e["old"]))
            shift += len(e["new"]) - (e["end"] - e["start"])
        set_path(clean, path, apply(get_path(clean, path), undo))
    for move in reversed(record["moves"]):
        set_path(clean, move["field"], json.loads(move["old"]))
    return clean


KEYS = {"of": str, "variant": int, "recipe": str, "run": str, "changed": bool, "expect": str, "target_changed": bool,
        "any_of": list, "missing": list, "target_if_answered": str, "moves": list, "edits": list}  # fmt: skip
EDIT = {"field": str, "start": int, "end": int, "old": str, "new": str, "step": str}
ALL = [
    "hurried",
    "phone_user",
    "vague_asker",
    "truncated",
    "shuffled_options",
    "slang+typos",
    "choices.shuffle+hurried",
]


@pytest.mark.parametrize("recipe", ALL)
@pytest.mark.parametrize(
    "item", [QUESTIONS[0], TREES, EGGS, CHAT, SQUAD], ids=["qa", "choice", "math", "chat", "squad"]
)
def test_a_record_is_whole_and_the_clean_item_can_be_rebuilt(recipe: str, item: dict[str, Any]) -> None:
    before = copy.deepcopy(item)
    for v in Perturber(recipe, 3, 11, with_clean=True, unchanged="keep")([item]):
        record = v.item["perturb"]
        assert {k: type(x) for k, x in record.items()} == KEYS
        assert all(set(m) == {"field", "text", "kind", "ask", "reply"} for m in record["missing"])
        assert all(type(x) is str for m in record["moves"] for x in m.values())
        assert all({k: type(x) for k, x in e.items()} == EDIT for e in record["edits"])
        assert list(v.item) == [*item, "perturb"] and rebuilt(json.loads(json.dumps(v.item))) == before == item
        assert all(e.step and e.old != e.new for e in v.edits) and record["changed"] == (v.bare != item)


def test_diff_and_repr() -> None:
    v = vary("How far is it?", "case.lower", seed=1)[0]
    assert v.diff() == "[-How-]{+how+} far is it?" and "\x1b[32mhow\x1b[0m" in v.diff(colour=True)
    assert repr(v).startswith("<Variant ") and v.steps and v.moves == []


def test_options_move_with_their_target() -> None:
    variants = list(Perturber("choices.shuffle", 6, 3)([TREES]))
    assert len(variants) > 3 and all(sorted(v.bare["choices"]) == sorted(TREES["choices"]) for v in variants)
    for v in variants:
        assert v.bare["choices"][v.bare["answer"]] == "some cedar" and v.expect == "same" and v.changed and v.moves
        assert v.target_changed is (v.bare["answer"] != 2)


def test_a_profile_is_named_found_or_made() -> None:
    found = Perturber("hurried", seed=1)
    list(found([EGGS]))
    assert found.detected == "gsm8k"
    assert dumped(Perturber("hurried", seed=1, profile="gsm8k")([EGGS])) == dumped(found([EGGS]))
    own = Perturber("case.caps", seed=1, profile=Profile("own", ("answer",)))
    assert own.one({"question": "a b?", "answer": "c d"}).bare == {"question": "a b?", "answer": "C D"}


def test_only_the_users_turns_change() -> None:
    v = Perturber("case.caps", seed=1).one(CHAT)
    assert [m["content"].isupper() for m in v.bare["messages"]] == [False, True, False, True]
    assert {e.field for e in v.edits} == {"messages[1].content", "messages[3].content"} and "\n" in v.text


def test_offsets_move_with_their_context() -> None:
    assert SQUAD["context"][85:96] == "Maple Falls"  # type: ignore[index]
    moved = 0
    for v in Perturber("slang+phone_user", 12, 2, fields=["context"])([SQUAD]):
        at, context = v.bare["answers"]["answer_start"][0], v.bare["context"]
        assert context[at : at + 11] == "Maple Falls"
        moved += at != 85
    assert moved > 3 and SQUAD["answers"]["answer_start"] == [85]  # type: ignore[index]


def test_protected_terms_and_the_fields_name() -> None:
    text = "Because people like the Really Good Card they ask about it"
    perturber = Perturber("case.caps", seed=1, protect=["really good card"], name_field="how")
    v = perturber.one({"text": text})
    assert (
        v.text == "BECAUSE PEOPLE LIKE THE Really Good Card THEY ASK ABOUT IT"
        and "perturb" not in v.item
        and v.item["how"]
    )
    with pytest.raises(BadRecord, match="has a field 'how' already"):
        perturber.one(v.item)


def test_bad_items_stop_or_are_handed_over() -> None:
    bad: list[Any] = [{"id": "x", "question": 5, "answer": "a"}, "no item", {"other": 1}]
    with pytest.raises(BadRecord, match="question"):
        list(Perturber("hurried", seed=1)([QUESTIONS[0], bad[0]]))
    seen: list[Any] = []
    perturber = Perturber("hurried", seed=1, on_bad=lambda e, item: seen.append(item))
    assert len(list(perturber([QUESTIONS[0], *bad, QUESTIONS[1]]))) == 2 and seen == bad
