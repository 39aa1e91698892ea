"""The same items, answered in three tools by the same scripted model: perturb pair gives one table."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from promptfoo_here import evaluate, installed
from shell import ENV, ITEMS, jsonl, perturb, read_jsonl

from perturb import Perturber

pytestmark = pytest.mark.filterwarnings("ignore")
SEED, N = 11, 3
ROWS = [{"id": f"q{n}", **item} for n, item in enumerate(ITEMS)]
TASK = f"""
from inspect_ai import Task, task
from inspect_ai.dataset import Sample, json_dataset
from inspect_ai.scorer import match
from inspect_ai.solver import generate
from perturb.integrations.inspect_ai import record_to_sample

def sample(record):
    return Sample(input=record["question"], target=record["answer"].split("#### ")[1], id=record["id"])

@task
def sums():
    dataset = json_dataset("items.jsonl", record_to_sample(sample, "hurried", {N}, {SEED}))
    return Task(dataset=dataset, solver=generate(), scorer=match(location="exact"))
"""


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
    from lm_eval.loggers import EvaluationTracker
    from lm_eval_here import Scripted, run, sums

    known = script()
    model = Scripted(
        lambda prompt: f" #### {known[prompt.rsplit('Question: ', 1)[1].removesuffix(chr(10) + 'Answer:')]}"
    )
    tracker = EvaluationTracker(output_path=str(folder / "out"))
    found = run(sums(folder, items=ROWS, n=N), "gsm8k_perturb", model, SEED, evaluation_tracker=tracker)
    samples = found.pop("samples")
    tracker.save_results_aggregated(results=found, samples=samples)  # as the command line does with --log_samples
    for name in found["configs"]:
        tracker.save_results_samples(task_name=name, samples=samples[name])
    return [*sorted((folder / "out").rglob("samples_*.jsonl")), "--filter", "strict-match"]


def by_inspect(folder):
    pytest.importorskip("inspect_ai")
    from inspect_here import inspect

    jsonl(folder / "items.jsonl", ROWS)
    (folder / "sums.py").write_text(TASK)
    return [inspect(folder, "sums.py", answers=script())[0]]


def by_promptfoo(folder):
    source = str(jsonl(folder / "items.jsonl", ROWS))
    config = {"source": source, "n": N, "seed": SEED, "recipe": "hurried", "assert": "equals"}
    evaluate(folder, {"tests": [{"path": "file://perturbed.py:generate_tests", "config": config}]}, script())
    return [folder / "out.json"]


def by_hand(folder):
    """The table that all of them must give, from the script alone."""
    known = script()
    rows = [
        {**v.record, "orig_id": v.id, "correct": known[v.text] == gold(v.source)}
        for v in Perturber("hurried", N, SEED, with_clean=True)(ROWS)
    ]
    return [jsonl(folder / "plain.jsonl", rows)]


@pytest.mark.parametrize(
    "tool", [by_lm_eval, by_inspect, pytest.param(by_promptfoo, marks=installed)], ids=lambda f: f.__name__
)
def test_each_tools_results_give_the_same_table(tmp_path, monkeypatch, tool):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    tables = []
    for how in (tool, by_hand):
        done = perturb("pair", *how(tmp_path), "-o", tmp_path / f"{how.__name__}.jsonl")
        assert done.code == 0, done.err
        tables.append((done.out, (tmp_path / f"{how.__name__}.jsonl").read_bytes()))
    assert tables[0] == tables[1]
    told = re.fullmatch(
        r"hurried: (\d+) pairs of 6 items; clean 0\.833, perturbed 0\.\d+; lost (\d+), won (\d+); p .*\n", tables[0][0]
    )
    pairs = read_jsonl(tmp_path / "by_hand.jsonl")
    assert told and int(told[1]) == len(pairs) == N * len(ROWS)
    flips = [(p["clean"], p["perturbed"]) for p in pairs if p["clean"] != p["perturbed"]]
    assert (flips.count((1.0, 0.0)), flips.count((0.0, 1.0))) == (int(told[2]), int(told[3])) and 0 not in (
        int(told[2]),
        int(told[3]),
    )


def test_inspects_json_log_reads_like_its_packed_one(tmp_path):
    (packed,) = by_inspect(tmp_path)
    convert = ["log", "convert", "--to", "json", "--output-dir", str(tmp_path / "json"), str(packed)]
    start = "from inspect_ai._cli.main import main; main()"
    subprocess.run([sys.executable, "-c", start, *convert], check=True, env=ENV, capture_output=True, timeout=240)
    (plain,) = (tmp_path / "json").glob("*.json")
    assert packed.suffix == ".eval"
    assert perturb("pair", packed, "--json").out == perturb("pair", plain, "--json").out != ""
