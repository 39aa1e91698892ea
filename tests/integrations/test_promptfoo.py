"""promptfoo: what the generator and the hook give, and the real tool over them with a scripted provider."""

from __future__ import annotations

import csv
import json

import pytest
from promptfoo_here import evaluate, installed
from shell import ITEMS, jsonl, perturb

from perturb.core.errors import BadRecord, PerturbError, UsageError
from perturb.integrations.promptfoo import generate_tests, whole_suite

GOLDS = {item["question"]: item["answer"].split("#### ")[1] for item in ITEMS}
SUITE = [{"vars": {"question": question}, "assert": [{"type": "contains", "value": gold}], "metadata": {"orig_id": f"q{n}"}}
         for n, (question, gold) in enumerate(GOLDS.items())]  # fmt: skip


@pytest.fixture(name="source")
def _source(tmp_path):
    return str(jsonl(tmp_path / "items.jsonl", ITEMS))


def texts(tests):
    return [t["vars"]["question"] for t in tests]


def test_clean_items_stand_beside_their_variants_with_the_answer_as_assert(source):
    tests = generate_tests({"source": source, "n": 2, "seed": 3})
    clean = [t for t in tests if t["metadata"]["variant"] == 0]
    assert texts(clean) == list(GOLDS)
    for test in tests:
        question = next(c for c in clean if c["metadata"]["orig_id"] == test["metadata"]["orig_id"])["vars"]["question"]
        (one,) = test["assert"]
        assert one["type"] == "regex" and f"(?:{GOLDS[question]})" in one["value"]
        assert test["metadata"]["expect"] == "same" and test["metadata"]["seed"] == 3


def test_every_call_differs_unless_a_seed_is_given(source):
    config = {"source": source, "n": 2, "keep": False}
    assert texts(generate_tests({**config, "seed": 1})) == texts(generate_tests({**config, "seed": 1}))
    assert len({tuple(texts(generate_tests(config))) for _ in range(3)}) == 3


def test_what_expects_a_question_is_left_out_and_said(tmp_path, capsys):
    rows = [{"question": f"Ann has {n} eggs and finds 12 more. How many eggs has Ann now?",
             "answer": f"{n}+12=<<{n}+12={n + 12}>>{n + 12}\n#### {n + 12}"} for n in range(30, 40)]  # fmt: skip
    tests = generate_tests({"source": str(jsonl(tmp_path / "eggs.jsonl", rows)), "recipe": "vague.number", "seed": 1})
    assert {t["metadata"]["expect"] for t in tests} == {"same"}
    assert f"perturb: {len(tests)} tests, seed 1; 10 left out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("item", "kind", "value"),
    [
        ({"question": "Which is a tree?", "choices": ["oak", "salt"], "answer": 0}, "equals", "A"),
        ({"text": "Where is my card, please?", "category": "card"}, "equals", "card"),
        ({"question": "Who wrote it in the end?", "answer": "Ann Lee"}, "icontains-any", ["Ann Lee"]),
        (
            {"question": "Is it open on Sunday?", "passage": "It is open.", "answer": True},
            "icontains-any",
            ["yes", "true"],
        ),
    ],
)
def test_the_assert_is_by_the_kind_of_answer(tmp_path, item, kind, value):
    (test, *_) = generate_tests({"source": str(jsonl(tmp_path / "one.jsonl", [item])), "seed": 1})
    assert test["assert"] == [{"type": kind, "value": value}]


def test_variables_and_asserts_can_be_said(source):
    judge = [{"type": "llm-rubric", "value": "says {gold}"}]
    test = generate_tests({"source": source, "seed": 1, "vars": {"question": "body"}, "assert": judge})[0]
    assert test["vars"] == {"body": ITEMS[0]["question"]} and test["assert"][0]["value"] == "says 72"
    (one,) = generate_tests({"source": source, "seed": 1, "assert": "contains", "limit": 1, "keep": False})[0]["assert"]
    assert one == {"type": "contains", "value": "72"}


@pytest.mark.parametrize("config", [None, {}, {"source": None}, {"source": "x.jsonl", "recpie": "hurried"}])
def test_a_wrong_config_is_said(config):
    with pytest.raises(UsageError, match="its config takes source, recipe"):
        generate_tests(config)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"recipe": "hurrid"}, "named 'hurrid'; did you mean 'hurried'"),
        ({"recipe": 3}, "recipe is 3; expected a recipe, or a list of them"),
        ({"n": "two"}, "n is 'two'; expected a whole number of 1 or more"),
        ({"n": 0}, "n is 0; expected a whole number of 1 or more"),
        ({"limit": "x"}, "limit is 'x'; expected a whole number"),
        ({"seed": "x"}, "seed is 'x'; expected a whole number"),
        ({"keep": "no"}, "keep is 'no'; expected true or false"),
        ({"profile": {"inputt": "question"}}, "profile does not know 'inputt'; it takes input, target"),
        ({"profile": {"input": "body"}}, "items.jsonl:1: no field 'body'"),
        ({"profile": "gsm9k"}, "gsm9k"),
        ({"expect": "sam"}, "expect takes same, .*not 'sam'"),
        ({"vars": {"questoin": "body"}}, "vars names 'questoin', which no item has; did you mean 'question'"),
        ({"vars": ["question"]}, "vars is .*; expected {NAME: OTHER NAME}"),
        ({"assert": 3}, "assert is 3; expected a type of assert, or a list of asserts"),
        ({"assert": ["equals"]}, "expected a type of assert, or a list of asserts"),
        ({"source": "nowhere.jsonl"}, "nowhere.jsonl: no such file"),
    ],
)
def test_a_value_that_cannot_be_meant_is_said(source, more, told):
    with pytest.raises(PerturbError, match=told):
        generate_tests({"source": source, **more})


def test_a_bad_item_is_named_by_its_line(tmp_path):
    rows = [*ITEMS[:2], {"question": 3, "answer": "#### 3"}]
    with pytest.raises(BadRecord, match=r"bad\.jsonl:3: "):
        generate_tests({"source": str(jsonl(tmp_path / "bad.jsonl", rows))})


def test_the_hook_multiplies_a_suite_and_keeps_its_asserts():
    context = {"suite": {"tests": json.loads(json.dumps(SUITE)), "prompts": []}}
    tests = whole_suite("hurried", n=2, seed=4)("beforeAll", context)["suite"]["tests"]
    asserted = {t["metadata"]["orig_id"]: t["assert"] for t in SUITE}
    assert [t["vars"] for t in tests if not t["metadata"]["variant"]] == [t["vars"] for t in SUITE]
    assert all(t["assert"] == asserted[t["metadata"]["orig_id"]] for t in tests)
    assert whole_suite()("afterAll", context) is None


def clean_and_perturbed(results):
    rows = [(r["testCase"]["metadata"], r) for r in results]
    return [r for m, r in rows if not m["variant"]], [r for m, r in rows if m["variant"]]


@installed
def test_the_generator_in_promptfoo_is_fresh_on_every_run(tmp_path, source):
    tests = [{"path": "file://perturbed.py:generate_tests", "config": {"source": source, "n": 2}}]
    seen = []
    for _ in range(2):
        code, results, said = evaluate(tmp_path, {"tests": tests}, GOLDS)
        clean, varied = clean_and_perturbed(results)
        assert code == 100, said  # promptfoo's code where tests fail
        assert len(clean) == len(ITEMS) and all(r["success"] for r in clean)
        for result in results:
            told = result["testCase"]["metadata"]
            assert told.keys() >= {"orig_id", "variant", "recipe", "run", "expect", "seed"} and told["expect"] == "same"
            assert told["recipe"] == ("hurried" if told["variant"] else "")
        assert {r["testCase"]["metadata"]["orig_id"] for r in varied} == {
            r["testCase"]["metadata"]["orig_id"] for r in clean
        }
        assert f"perturb: {len(results)} tests, seed " in said and "; 0 left out" in said
        assert all(r["success"] == (r["prompt"]["raw"] in GOLDS) for r in varied)
        seen.append([r["prompt"]["raw"] for r in varied])
    assert sorted(seen[0]) != sorted(seen[1])


@installed
def test_the_hook_in_promptfoo_expands_a_suite(tmp_path):
    config = {"tests": SUITE, "extensions": ["file://perturbed.py:hook"]}
    code, results, said = evaluate(
        tmp_path, config, {**GOLDS, "": "72 3 10 225 7 105"}, 'n=2, seed=5, recipe="hurried"'
    )
    assert code == 0, said
    clean, varied = clean_and_perturbed(results)
    assert len(clean) == len(SUITE) and varied and all(r["success"] for r in results)
    assert {r["testCase"]["metadata"]["orig_id"] for r in varied} <= {f"q{n}" for n in range(len(SUITE))}


@installed
def test_the_hook_in_promptfoo_is_fresh_and_fails_where_a_variant_fails(tmp_path):
    config = {"tests": SUITE, "extensions": ["file://perturbed.py:hook"]}
    seen = []
    for _ in range(2):
        code, results, said = evaluate(tmp_path, config, GOLDS, '"hurried", n=2')
        clean, varied = clean_and_perturbed(results)
        assert code == 100, said
        assert all(r["success"] for r in clean) and any(not r["success"] for r in varied)
        assert all(r["success"] == (r["prompt"]["raw"] in GOLDS) for r in varied)
        assert {r["testCase"]["metadata"]["expect"] for r in varied} == {"same"}
        seen.append(sorted(r["prompt"]["raw"] for r in varied))
    assert seen[0] != seen[1]


@installed
def test_promptfoo_ends_with_the_message_of_a_wrong_config(tmp_path, source):
    tests = [{"path": "file://perturbed.py:generate_tests", "config": {"source": source, "recpie": "hurried"}}]
    code, results, said = evaluate(tmp_path, {"tests": tests}, GOLDS)
    assert code == 1 and results is None and "does not know 'recpie'" in said


@installed
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_exported_tests_run_in_promptfoo(tmp_path, source, form):
    out, tests = tmp_path / "out.jsonl", tmp_path / f"tests.{form}"
    assert perturb("run", source, "-r", "hurried", "-o", out, "--with-clean").code == 0
    done = perturb("export", out, "--to", "promptfoo", "-o", tests)
    assert done.code == 0, done.err
    code, results, said = evaluate(tmp_path, {"tests": f"file://{tests.name}"}, {"": "72 3 10 225 7 105"})
    assert code == 0, said
    assert {str(r["testCase"]["metadata"]["variant"]) for r in results} == {"0", "1"}


def test_the_csv_is_as_promptfoo_reads_it(tmp_path, source):
    out = tmp_path / "out.jsonl"
    assert perturb("run", source, "-r", "hurried", "-o", out).code == 0
    assert perturb("export", out, "--to", "promptfoo", "-o", tmp_path / "t.csv").code == 0
    with open(tmp_path / "t.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert len(rows) == len(ITEMS)
    for row in rows:
        assert (
            row["__expected"].startswith("regex: ") and row["__metadata:variant"] == "1" and row["__metadata:orig_id"]
        )
