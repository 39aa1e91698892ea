"""perturb verify: a second opinion on finished files, ours and others'."""

from __future__ import annotations

import json

import pytest
from shell import jsonl, perturb

from perturb.items.profile_files import load_profile
from perturb.verify import Pair, verify
from perturb.verify.locked import locked_strings, out_of_place
from perturb.verify.values import misread, negations, numbers, undivided


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("48 and forty-eight", {48: 2}),
        ("1,200 of two thousand five hundred", {1200: 1, 2500: 1}),
        ("two hundred and five, then 3.5", {205: 1, 3.5: 1}),
        ("five six twenty one", {5: 1, 6: 1, 21: 1}),
        ("b4 gr8 H2O, which one", {}),
        ("10am, $20 each", {10: 1, 20: 1}),
        ("a fiver and a quid, the 2ND", {5: 1, 1: 1}),
        ("eight\nhundred", {800: 1}),
        ("5 m³", {5: 1}),
    ],
)
def test_numbers_are_read_in_digits_and_words(text, values):
    assert numbers(text) == values


def test_negations_are_read_however_they_are_written():
    text = "I don't know, isnt it, cannot, w/o it, never mind"
    assert [word for word, _, _ in negations(text)] == ["don't", "isnt", "cannot", "without", "never"]


def test_locked_strings_are_found_and_their_order_is_kept():
    text = "Run `ls -l` in {folder}, see https://example.com/a and $x^2$."
    assert [s for _, s in locked_strings(text)] == ["`ls -l`", "{folder}", "https://example.com/a", "$x^2$"]
    assert out_of_place(text, text.lower().replace("run ", "rn ")) == []
    assert out_of_place(text, "Run {folder} in `ls -l`, see https://example.com/a and $x^2$.") == [
        ("moved", "{folder}")
    ]
    assert out_of_place("It is Rome.", "it is Roma.", ["Rome"]) == [("lost", "Rome")]


def pair(clean, now, **log):
    log = (
        {
            "of": "q",
            "variant": 1,
            "recipe": "hurried",
            "run": "a1",
            "target_changed": False,
            "expect": "same",
            "any_of": [],
            "missing": [],
            "target_if_answered": "",
            "moves": [],
            "edits": [],
            "changed": False,
            **log,
        }
        if log
        else None
    )
    return Pair("f:1", "q", {"question": clean, "answer": "#### 3"}, {"question": now, "answer": "#### 3"}, log,
                load_profile("gsm8k"))  # fmt: skip


@pytest.mark.parametrize(
    ("clean", "now", "kind"),
    [
        ("Ann has 5 eggs.", "Ann has 6 eggs.", "number"),
        ("Ann has 5 eggs.", "Ann has some eggs.", "number"),
        ("Ann does not sell 5 eggs.", "Ann does sell 5 eggs.", "negation"),
        (
            "I can not pay the large bill my bank sent me, so please close it.",
            "I can pay the large bill my bank sent me, so please do not close it.",
            "negation",
        ),
        ("Ann sells only 5 eggs.", "Ann sells 5 eggs.", "limit"),
        ("What is `a`?", "What is `b`?", "locked"),
        ("What is this?", "What is th\ufffds?", "text"),
    ],
)
def test_what_changes_the_question_is_found(clean, now, kind):
    assert [v.kind for v in verify(pair(clean, now))][:1] == [kind]


@pytest.mark.parametrize(
    "now", ["ann doesnt sel five eggs", "Ann does not sell 5 egss.", "So um Ann does not sell her 5 eggs, thanks!"]
)
def test_what_a_careless_writer_does_is_not(now):
    assert verify(pair("Ann does not sell 5 eggs.", now)) == []


def test_digits_in_place_of_letters_are_no_numbers():
    assert misread("Play it on Spotify today", "Play it on 8potify 2day") == {8: 1, 2: 1}
    assert misread("Use L'Oreal now", "Use L'0real now") == {0: 1}
    assert misread("In Shakespeare's play", "In 8hakespeare's play") == {8: 1}
    assert misread("It takes 2 nights", "It takes 2nights") == {}


def test_words_divided_at_line_ends_are_whole():
    assert undivided("much tension", "much ten-\nsion") == "much tension"
    assert undivided("1 0 or 10", "1\n0 or 10") == "1\n0 or 10"


def test_two_values_that_are_told_alike_may_both_go_where_it_cannot_be_told():
    edits = [
        {"field": "question", "start": s, "end": s + 2, "old": "$5", "new": "some", "step": "vague.x"} for s in (0, 7)
    ]
    assert verify(pair("$5 and $5.", "some and some.", changed=True, expect="unsure", edits=edits)) == []


@pytest.mark.parametrize(("expect", "found"), [("unsure", []), ("same", ["number"])])
def test_a_number_put_beside_another_is_owned_up_to(expect, found):
    clean, added = "Ann has 5 eggs. How many are left?", " (it says 6)"
    edit = {"field": "question", "start": 14, "end": 14, "old": "", "new": added, "step": "contradict.amount"}
    one = pair(clean, clean[:14] + added + clean[14:], expect=expect, edits=[edit], changed=True)
    assert [v.kind for v in verify(one)] == found


def test_a_number_in_words_is_one_thing():
    edit = {"field": "question", "start": 13, "end": 16, "old": "six", "new": "sick", "step": "asr.mishear"}
    open_ = pair("about ninety-six", "about ninety-sick", changed=True, expect="unsure", edits=[edit])
    assert not [v for v in verify(open_) if v.kind == "number"]
    assert [v for v in verify(open_._replace(log={**open_.log, "expect": "same"})) if v.kind == "number"]


def test_a_log_must_lead_from_the_clean_text_to_this_one():
    edit = {"field": "question", "start": 0, "end": 3, "old": "Ann", "new": "ann", "step": "case.lower"}
    good = pair("Ann ran.", "ann ran.", changed=True, edits=[edit])
    assert verify(good) == []
    assert [v.kind for v in verify(good._replace(item={"question": "anna ran.", "answer": "#### 3"}))] == ["log"]
    asked = pair("Ann ran.", "ann ran.", changed=True, edits=[edit], expect="clarify",
                 target_if_answered="3")  # fmt: skip
    assert [v.what for v in verify(asked)] == ["clarify, but nothing is missing"]


def test_the_command_checks_our_own_file_and_another_tools(tmp_path):
    items = [
        {"id": i, "question": f"How many of the {i} eggs are not broken?", "answer": f"#### {i}"} for i in range(2, 9)
    ]
    source = jsonl(tmp_path / "items.jsonl", items)
    done = perturb("run", source, "-r", "hurried", "-n", "2", "--seed", "1", "-o", tmp_path / "out.jsonl")
    assert done.code == 0, done.err
    done = perturb("verify", tmp_path / "out.jsonl")
    assert (done.code, done.err) == (0, "14 variants checked, 0 with violations\n")
    theirs = [{**item, "question": item["question"].replace("not ", "")} for item in items]
    done = perturb("verify", jsonl(tmp_path / "theirs.jsonl", theirs), "--source", source)
    assert done.code == 1 and done.out.count(": negation: ") == 7, done.out
    done = perturb("verify", tmp_path / "theirs.jsonl", "--source", source, "--json")
    assert {json.loads(line)["kind"] for line in done.out.splitlines()} == {"negation"}


@pytest.mark.parametrize(
    ("rows", "source", "told"),
    [
        ([{"question": "a"}], [], "is empty"),
        ([{"question": "a b", "answer": "#### 1"}] * 3, [{"question": "a b", "answer": "#### 1"}] * 2, "do not go into each other"),
        ([{"question": "a b", "answer": "#### 1", "perturb": {"of": "x"}}], [{"question": "a b", "answer": "#### 1"}],
         "which"),
    ],
)  # fmt: skip
def test_what_cannot_be_paired_is_said(tmp_path, rows, source, told):
    done = perturb("verify", jsonl(tmp_path / "v.jsonl", rows), "--source", jsonl(tmp_path / "s.jsonl", source))
    assert done.code in (1, 2) and told in done.err and "Traceback" not in done.err


def test_without_a_source_the_command_says_what_to_do(tmp_path):
    done = perturb("verify", jsonl(tmp_path / "v.jsonl", [{"question": "a"}]))
    assert done.code == 2 and "--source FILE" in done.err


def test_strings_of_a_call_are_kept() -> None:
    clean = {"id": "1", "question": [[{"role": "user", "content": "Find sushi in Boston."}]], "function": [{"name": "find"}],
             "ground_truth": [{"find": {"food": ["sushi"], "city": ["Boston, MA", "Boston"], "unit": [""]}}]}  # fmt: skip
    item = {**clean, "question": [[{"role": "user", "content": "Find shushi in Boston."}]]}
    profile = load_profile("bfcl")
    assert [v.kind for v in verify(Pair("", "1", clean, item, None, profile))] == ["locked"]
    assert verify(Pair("", "1", clean, clean, None, profile)) == []
