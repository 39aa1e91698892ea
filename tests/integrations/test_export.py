"""Files for other tools: ids ride along, what cannot be scored is left out and said."""

from __future__ import annotations

import csv
import json
import re

import pytest
from hosts_here import host
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
    sent = {"openai-evals": ("ideal", lambda row: row["input"][0]["content"]), "deepeval": ("expected_output", lambda row: row["input"]),
            "ragas": ("reference", lambda row: row["user_input"]), "langfuse": ("expected_output", lambda row: row["input"]),
            "langsmith": ("outputs", lambda row: "\n".join(row["inputs"].values())),
            "promptfoo": ("assert", lambda row: "\n".join(row["vars"].values()))}  # fmt: skip
    for tool, (gold, text_of) in sent.items():
        exported(tmp_path / "out.jsonl", tool, tmp_path / tool)
        rows = read_jsonl(tmp_path / tool)
        assert len(rows) == len(read_jsonl(tmp_path / "out.jsonl"))
        for row in rows:
            text = text_of(row)
            number = next(item["choices"][1] for item in QUIZ if text.startswith(item["question"]))
            letter = re.search(r"\b[A-D]\b", json.dumps(row[gold]))[0]
            assert f"{letter}. {number}" in text.split("\n"), row
    exported(tmp_path / "out.jsonl", "helm", tmp_path / "helm")
    assert all("\nA. " in row["input"]["text"] for row in json.loads((tmp_path / "helm").read_text("utf-8")))


def test_where_no_answer_is_known_none_is_written(tmp_path):
    items = jsonl(
        tmp_path / "chat.jsonl",
        [{"id": "c", "messages": [{"role": "user", "content": "How long may I keep a book, please?"}]}],
    )
    assert perturb("run", items, "-r", "hurried", "-o", tmp_path / "out.jsonl").code == 0
    exported(tmp_path / "out.jsonl", "openai-evals", tmp_path / "rows.jsonl")
    (row,) = read_jsonl(tmp_path / "rows.jsonl")
    assert "ideal" not in row and row["orig_id"] == "c" and row["input"][0]["role"] == "user"


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


def test_a_variant_that_expects_a_question_never_carries_the_old_answer(eggs, tmp_path):
    said = exported(eggs, "deepeval", tmp_path / "deepeval", "--expect", "clarify")
    rows = read_jsonl(tmp_path / "deepeval")
    records = [row["perturb"] for row in read_jsonl(eggs)]
    asks = {record["of"]: record["missing"][0]["ask"] for record in records if record["missing"]}
    kinds = {(row["additional_metadata"]["expect"], row["additional_metadata"]["variant"] > 0) for row in rows}
    assert kinds == {("same", False), ("clarify", True)} and "6 same" in said
    for tool, gold in {"deepeval": "expected_output", "ragas": "reference", "langfuse": "expected_output", "openai-evals": "ideal",
                       "langsmith": "outputs", "promptfoo": "assert"}.items():  # fmt: skip
        exported(eggs, tool, tmp_path / tool, "--expect", "clarify", "--force")
        for row in read_jsonl(tmp_path / tool):
            about = WHERE[tool](row)
            answer = next(item["answer"].split("#### ")[1] for item in EGGS if item["id"] == about["orig_id"])
            assert (answer in json.dumps(row[gold])) == (not about["variant"]), row
            assert not about["variant"] or asks[about["orig_id"]] in json.dumps(row[gold], ensure_ascii=False), row
    exported(eggs, "promptfoo", tmp_path / "tests.csv", "--expect", "clarify")
    with open(tmp_path / "tests.csv", encoding="utf-8", newline="") as f:
        told = {row["__expected"].split(":")[0] for row in csv.DictReader(f)}
    assert told == {"regex", "llm-rubric"}


def test_where_several_answers_are_right_all_are_given(tmp_path):
    record = {
        "of": "a",
        "variant": 1,
        "recipe": "r",
        "run": "k",
        "expect": "any_of",
        "any_of": ["tea", "coffee"],
        "missing": [],
        "changed": True,
        "target_changed": False,
        "target_if_answered": "",
        "moves": [],
        "edits": [],
    }
    row = {"text": "I want a hot drink, please", "category": "tea", "perturb": record}
    path = jsonl(tmp_path / "v.jsonl", [row])
    for tool, gold in {"openai-evals": ["tea", "coffee"], "deepeval": "any of: tea; coffee"}.items():
        exported(path, tool, tmp_path / tool, "--expect", "any_of")
        assert read_jsonl(tmp_path / tool)[0][{"openai-evals": "ideal"}.get(tool, "expected_output")] == gold
    exported(path, "promptfoo", tmp_path / "p.jsonl", "--expect", "any_of")
    assert read_jsonl(tmp_path / "p.jsonl")[0]["assert"] == [{"type": "icontains-any", "value": ["tea", "coffee"]}]
    done = perturb("export", path, "--to", "deepeval")
    assert done.code == 1 and "nothing is left to export" in done.err


def test_deepeval_loads_the_goldens(eggs, tmp_path, monkeypatch):
    monkeypatch.setenv("DEEPEVAL_TELEMETRY_OPT_OUT", "YES")
    monkeypatch.chdir(tmp_path)
    dataset = host("deepeval.dataset")
    exported(eggs, "deepeval", tmp_path / "rows.jsonl")
    loaded = dataset.EvaluationDataset()
    loaded.add_goldens_from_jsonl_file(str(tmp_path / "rows.jsonl"))
    rows = read_jsonl(tmp_path / "rows.jsonl")
    told = [(g.input, g.expected_output, g.name, g.additional_metadata) for g in loaded.goldens]
    assert (
        told == [(r["input"], r["expected_output"], r["name"], r["additional_metadata"]) for r in rows]
        and len(rows) == 12
    )


@pytest.mark.parametrize(
    ("rows", "tool", "told"),
    [
        ([{"question": "What is it?", "answer": "x"}], "deepeval", "field 'perturb' is not there"),
        ([{"question": "What is it?", "perturb": {"of": "a"}}], "csv", "field 'perturb' has no 'variant'; expected"),
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
