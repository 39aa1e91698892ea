"""Places and times said vaguely: is one to ask back, and for the whole of what is gone?"""

from __future__ import annotations

from typing import Any

import pytest
from test_expect import judged

from perturb import Perturber
from perturb.core.verdict import Evidence
from perturb.variant import Variant


def first(recipe: str, text: str, profile: str) -> Variant:
    item: dict[str, Any] = {"question": text, "answer": "x"} if profile == "qa" else {"text": text, "label": "x"}
    found = [v for seed in range(30) for v in Perturber(recipe, seed=seed, profile=profile)([item]) if v.changed]
    return found[0]


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("where do the glass stairs of moseley stand in italy", "unsure"),
        ("which painter ran the school that moseley visited in manchester", "unsure"),
        ("how many people live in italy", "clarify"),
    ],
)
def test_a_place_that_a_name_in_small_letters_may_tell_is_in_doubt(text: str, expect: str) -> None:
    assert first("vague.entity", text, "qa").expect == expect


def test_a_place_of_two_words_is_named_once() -> None:
    found = first("vague.entity", "where do the hawks play in san jose", "qa")
    assert found.expect != "clarify" or [m["text"] for m in found.missing] == ["in san jose"]


@pytest.mark.parametrize("date", ["on March 17, 1915", "on the 17th of March 1915"])
def test_the_whole_of_a_date_is_missing(date: str) -> None:
    found = judged(
        f"Get the minutes of sun in Oslo [{date}>a while back], please.", Evidence("chat", all_slots=True), "vague"
    )
    assert [(m["ask"], m["reply"]) for m in found.missing] == [("When?", f"O{date[1:]}.")]


def test_an_hour_that_is_gone_is_never_passed_over() -> None:
    found = first("vague.date", "wake me up with an alarm at 6am", "intent")
    assert "6am" in found.diff() and found.expect == "unsure"
    found = first("vague.date", "Three months ago I sent money and it is not there", "intent")
    assert "Three months" in found.diff() and found.expect == "unsure"


CALL, MATH = Evidence("chat", all_slots=True), Evidence("math", frozenset({93.0, 60.0}))


@pytest.mark.parametrize(
    ("marked", "evidence", "expect"),
    [
        ("Find [5>a few] restaurants near the old mill.", CALL, "unsure"),
        ("What did the stock do over the last [2>few] weeks?", CALL, "unsure"),
        ("Order [5>some] blankets for my office.", CALL, "clarify"),
        ("When does the Vasa Museum [in Stockholm>there] open?", CALL, "unsure"),
        ("Is it raining [in Stockholm>there]?", CALL, "clarify"),
        ("A book has [2>some] chapters and 93 pages. The first chapter has 60. How many has the second?", MATH, "unsure"),
        ("A book that is [2>some] years old has 93 pages. I read 60 of them. How many are left?", MATH, "same"),
    ],
)  # fmt: skip
def test_what_one_would_do_anyhow_and_what_a_row_counts(marked: str, evidence: Evidence, expect: str) -> None:
    assert judged(marked, evidence, "vague").settle() == expect


def test_of_several_kinds_that_are_counted_none_is_pointed_at() -> None:
    text = "Ann has two boxes with four pens each and three cases with six pens each. Bo steals one of the boxes. How many pens are left?"
    assert all(
        "of them" not in v.text
        for n in range(20)
        for v in Perturber("refer.it", seed=n, profile="qa")([{"question": text, "answer": "x"}])
    )
