"""Files for other tools: ids ride along, what cannot be scored is left out and said."""

from __future__ import annotations

import csv
import json

import pytest
from shell import jsonl, perturb, read_jsonl

EGGS = [{"id": f"e{n}", "question": f"Ann has {n} eggs and finds 12 more. How many eggs has Ann now?",
         "answer": f"{n}+12=<<{n}+12={n + 12}>>{n + 12}\n#### {n + 12}"} for n in range(30, 36)]  # fmt: skip
QUIZ = [{"question": f"Which of these is the number {n}, written as people write it?", "choices": ["none", str(n), "some", "all"],
         "answer": 1} for n in range(5)]  # fmt: skip


@pytest.fixture(name="eggs")
def _eggs(tmp_path):
    items = jsonl(tmp_path / "eggs.jsonl", EGGS)
    done = perturb(
        "run", items, "-r", "hurried", "-r", "vague.number", "--with-clean", "--seed", "2", "-o", tmp_path / "out.jsonl"
    )
    assert done.code == 0, done.err
    return tmp_path / "out.jsonl"


def exported(path, tool, out, *options):
    done = perturb("export", path, "--to", tool, "-o", out, *options)
    assert done.code == 0, done.err
    return done.err


WHERE = {
    "openai-evals": lambda row: row, "deepeval": lambda row: row["additional_metadata"], "ragas": lambda row: row,
    "langsmith": lambda row: row["metadata"], "langfuse": lambda row: row["metadata"], "promptfoo": lambda row: row["metadata"],
}  # fmt: skip


@pytest.mark.parametrize("tool", WHERE)
def test_ids_ride_where_the_tool_keeps_them(eggs, tmp_path, tool):
    said = exported(eggs, tool, tmp_path / "rows.jsonl")
    rows = [WHERE[tool](row) for row in read_jsonl(tmp_path / "rows.jsonl")]
    assert "left out: 6 clarify" in said and {row["expect"] for row in rows} == {"same"}
    assert [row["orig_id"] for row in rows if row["variant"] == 0] == [item["id"] for item in EGGS]
    assert {row["recipe"] for row in rows if row["variant"]} == {"hurried"}


def test_each_tool_gets_its_own_keys(eggs, tmp_path):
    first = {}
    for tool in WHERE:
        exported(eggs, tool, tmp_path / tool)
        first[tool] = json.loads((tmp_path / tool).read_text("utf-8").splitlines()[0])
    question = EGGS[0]["question"]
    assert (
        first["openai-evals"]["input"] == [{"role": "user", "content": question}]
        and first["openai-evals"]["ideal"] == "42"
    )
    assert (first["deepeval"]["input"], first["deepeval"]["expected_output"], first["deepeval"]["name"]) == (
        question,
        "42",
        "e30",
    )
    assert (first["ragas"]["user_input"], first["ragas"]["reference"]) == (question, "42")
    assert (first["langsmith"]["inputs"], first["langsmith"]["outputs"]) == ({"question": question}, {"answer": "42"})
    assert (first["langfuse"]["input"], first["langfuse"]["id"]) == (question, "e30")


def test_helm_gets_instances_with_the_clean_id_and_a_perturbation(eggs, tmp_path):
    exported(eggs, "helm", tmp_path / "instances.json")
    rows = json.loads((tmp_path / "instances.json").read_text("utf-8"))
    clean = [row for row in rows if "perturbation" not in row]
    assert [row["id"] for row in clean] == [item["id"] for item in EGGS]
    varied = next(row for row in rows if "perturbation" in row)
    assert varied["id"] in {item["id"] for item in EGGS} and varied["perturbation"]["name"] == "hurried"
    assert varied["references"] == [{"output": {"text": "42"}, "tags": ["correct"]}]


def test_options_are_listed_and_the_gold_is_the_letter_of_the_variant(tmp_path):
    items = jsonl(tmp_path / "quiz.jsonl", QUIZ)
    assert perturb("run", items, "-r", "shuffled_options", "-n", "3", "-o", tmp_path / "out.jsonl").code == 0
    exported(tmp_path / "out.jsonl", "openai-evals", tmp_path / "rows.jsonl")
    for row in read_jsonl(tmp_path / "rows.jsonl"):
        text = row["input"][0]["content"]
        number = next(item["choices"][1] for item in QUIZ if text.startswith(item["question"]))
        assert f"{row['ideal']}. {number}" in text.split("\n")


def test_csv_and_parquet_keep_all_and_say_what_is_expected(eggs, tmp_path):
    exported(eggs, "csv", tmp_path / "rows.csv")
    with open(tmp_path / "rows.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert {row["expect"] for row in rows} == {"same", "clarify"} and [r["question"] for r in rows[:1]] == [
        EGGS[0]["question"]
    ]
    parquet = pytest.importorskip("pyarrow.parquet")
    exported(eggs, "parquet", tmp_path / "rows.parquet")
    table = parquet.read_table(tmp_path / "rows.parquet").to_pylist()
    assert len(table) == len(rows) and json.loads(table[0]["perturb"])["of"] == "e30"


def test_expect_says_what_to_keep(eggs, tmp_path):
    said = exported(eggs, "deepeval", tmp_path / "rows.jsonl", "--expect", "clarify")
    rows = [row["additional_metadata"] for row in read_jsonl(tmp_path / "rows.jsonl")]
    assert {(row["expect"], row["variant"] > 0) for row in rows} == {
        ("same", False),
        ("clarify", True),
    } and "6 same" in said


def test_deepeval_loads_the_goldens(eggs, tmp_path):
    dataset = pytest.importorskip("deepeval.dataset")
    exported(eggs, "deepeval", tmp_path / "rows.jsonl")
    loaded = dataset.EvaluationDataset()
    loaded.add_goldens_from_jsonl_file(str(tmp_path / "rows.jsonl"))
    assert loaded.goldens[0].additional_metadata["orig_id"] == "e30"


@pytest.mark.parametrize(
    ("rows", "tool", "told"),
    [
        ([{"question": "What is it?", "answer": "x"}], "deepeval", "no field 'perturb'"),
        ([{"question": "What is it?", "perturb": {"of": "a"}}], "csv", "no field 'perturb' as perturb run writes it"),
    ],
)
def test_what_cannot_be_exported_is_said(tmp_path, rows, tool, told):
    done = perturb("export", jsonl(tmp_path / "rows.jsonl", rows), "--to", tool)
    assert done.code == 1 and told in done.err and "rows.jsonl:1" in done.err


def test_a_file_of_questions_to_ask_leaves_nothing(tmp_path):
    items = jsonl(tmp_path / "eggs.jsonl", EGGS)
    assert perturb("run", items, "-r", "vague.number", "-o", tmp_path / "out.jsonl").code == 0
    done = perturb("export", tmp_path / "out.jsonl", "--to", "helm")
    assert done.code == 1 and "nothing is left to export" in done.err
