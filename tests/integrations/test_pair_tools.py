"""Results of three tools over the same items by the same scripted model: perturb pair gives one table."""

from __future__ import annotations

import json

import pytest
from promptfoo_here import evaluate, installed
from shell import ITEMS, jsonl, perturb, read_jsonl

from perturb import Perturber

SEED, N = 11, 3
ROWS = [{"id": f"q{n}", **item} for n, item in enumerate(ITEMS)]


def gold(item):
    return item["answer"].split("#### ")[1]


def script():
    """Answer by the text: right for every clean item but one, wrong for every other variant."""
    known = {}
    for variant in Perturber("hurried", N, SEED, with_clean=True)(ROWS):
        right = variant.id != "q2" if not variant.number else variant.number % 2 == 1
        known.setdefault(variant.text, gold(variant.source) if right else "none")
    return known


def by_lm_eval(folder):
    pytest.importorskip("lm_eval")
    from test_lm_eval import SHOTS, Scripted, run

    test, train = jsonl(folder / "test.jsonl", ROWS), jsonl(folder / "train.jsonl", SHOTS)
    done = perturb("wrap", "lm-eval", "gsm8k", "-r", "hurried", "-n", N, "--data", f"test={test}", "--data", f"train={train}",
                   "-o", folder / "tasks")  # fmt: skip
    assert done.code == 0, done.err
    known = script()
    model = Scripted(
        lambda prompt: f" #### {known[prompt.rsplit('Question: ', 1)[1].removesuffix(chr(10) + 'Answer:')]}"
    )
    found = run(folder / "tasks", ["gsm8k_perturb"], model, SEED)
    for name, samples in found["samples"].items():
        jsonl(folder / f"samples_{name}.jsonl", samples)  # as --log_samples writes them
    return [*(folder / f"samples_gsm8k_{kind}.jsonl" for kind in ("clean", "perturbed")), "--filter", "strict-match"]


def by_inspect(folder):
    pytest.importorskip("inspect_ai")
    from inspect_ai import Task
    from inspect_ai.dataset import Sample, json_dataset
    from inspect_ai.scorer import match
    from inspect_ai.solver import generate
    from test_inspect import model

    from perturb.integrations.inspect_ai import record_to_sample

    def make(record):
        return Sample(input=record["question"], target=gold(record), id=record["id"])

    dataset = json_dataset(str(jsonl(folder / "items.jsonl", ROWS)), record_to_sample(make, "hurried", N, SEED))
    import inspect_ai

    known = script()
    task = Task(dataset=dataset, solver=generate(), scorer=match(location="exact"), name="sums")
    (log,) = inspect_ai.eval(task, model=model(known.__getitem__), log_dir=str(folder / "logs"), display="none")
    assert log.status == "success", log.error
    return [log.location.removeprefix("file://")]


def by_promptfoo(folder):
    source = str(jsonl(folder / "items.jsonl", ROWS))
    config = {"source": source, "n": N, "seed": SEED, "recipe": "hurried", "assert": "equals"}
    evaluate(folder, {"tests": [{"path": "file://perturbed.py:generate_tests", "config": config}]}, script())
    return [folder / "out.json"]


def by_hand(folder):
    """The table that all of them must give, from the script alone."""
    known = script()
    rows = [
        {**v.record, "correct": known[v.text] == gold(v.source)}
        for v in Perturber("hurried", N, SEED, with_clean=True)(ROWS)
    ]
    return [jsonl(folder / "plain.jsonl", [{**row, "orig_id": row["of"]} for row in rows])]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "tool", [by_lm_eval, by_inspect, pytest.param(by_promptfoo, marks=installed)], ids=lambda f: f.__name__
)
def test_each_tools_results_give_the_same_pairs(tmp_path, monkeypatch, tool):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    tables = []
    for how in (tool, by_hand):
        done = perturb("pair", *how(tmp_path), "-o", tmp_path / f"{how.__name__}.jsonl")
        assert done.code == 0, done.err
        tables.append((done.out, read_jsonl(tmp_path / f"{how.__name__}.jsonl")))
    assert tables[0] == tables[1]
    assert f"hurried: {len(tables[0][1])} pairs of {len(ROWS)} items; clean 0." in tables[0][0]
    assert {(p["clean"], p["perturbed"]) for p in tables[0][1]} > {(1.0, 0.0), (1.0, 1.0)}


@pytest.mark.filterwarnings("ignore")
def test_inspects_json_log_reads_like_its_packed_one(tmp_path):
    pytest.importorskip("inspect_ai")
    from inspect_ai.log import read_eval_log, write_eval_log

    (packed,) = by_inspect(tmp_path)
    write_eval_log(read_eval_log(packed), str(tmp_path / "log.json"), format="json")
    assert packed.endswith(".eval")
    assert perturb("pair", packed, "--json").out == perturb("pair", tmp_path / "log.json", "--json").out != ""
    assert "samples" in json.loads((tmp_path / "log.json").read_text("utf-8"))
