"""PerturbBatch: batches in any order and process, the same variants by id."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from shell import ENV, ITEMS, RunCli, jsonl

from perturb import PerturbBatch, Perturber
from perturb.core.errors import BadRecord, UsageError
from perturb.items.detect import from_fields
from perturb.recipe import load_recipe

ROWS: list[dict[str, Any]] = [{"id": f"q{n}", **item} for n, item in enumerate(ITEMS)]


def test_records_as_a_run_writes_them(run_cli: RunCli, tmp_path: Path) -> None:
    jsonl(tmp_path / "x.jsonl", ROWS)
    whole = run_cli("run", "x.jsonl", "-r", "hurried", "-r", "slang+typos", "-n", "2", "-s", "5").records
    batch = PerturbBatch(["hurried", "slang+typos"], 5, 2)
    assert batch(ROWS) == whole
    assert [r for n in (4, 0, 2) for r in batch(ROWS[n : n + 2])] == [
        r for n in (4, 0, 2) for r in whole if r["id"] in (f"q{n}", f"q{n + 1}")
    ]  # fmt: skip


def test_it_is_pickled_and_makes_itself_again_without_files(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("summary: x\nsteps: [case.lower, {use: typos}]\n")
    batch = PerturbBatch(str(tmp_path / "mine.yaml"), 5, first=ROWS[0], bare=True)
    known = batch(ROWS)
    data = pickle.dumps(batch)
    (tmp_path / "mine.yaml").unlink()
    assert pickle.loads(data)(ROWS) == known
    code = "import pickle, sys, json; b = pickle.load(sys.stdin.buffer); print(json.dumps(b(json.loads(sys.argv[1]))))"
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(ROWS)], input=data, capture_output=True, env=ENV, timeout=60
    )
    assert json.loads(done.stdout) == known


@pytest.mark.parametrize(
    "recipe", ["hurried", "typo.omit", "typo", "slang+typo.omit", load_recipe("polite"), ["hurried", "sms"]]
)
def test_any_recipe_is_made_again(recipe: Any) -> None:
    batch = PerturbBatch(recipe, 5, 2)
    again = pickle.loads(pickle.dumps(batch))
    assert again.perturber.runs == batch.perturber.runs and again(ROWS[:3]) == batch(ROWS[:3])


def test_the_first_item_settles_the_profile() -> None:
    other = {"question": "Where is my card?", "answer": "here"}
    assert PerturbBatch("case.lower", 1, first=ITEMS[0]).perturber.detected == "gsm8k"
    batch = PerturbBatch("case.lower", 1)
    batch([other])
    assert batch.perturber.detected != "gsm8k"


def test_mistakes() -> None:
    with pytest.raises(UsageError):
        PerturbBatch("huried", 1)
    with pytest.raises(BadRecord):
        PerturbBatch("hurried", 1, profile="gsm8k")([{"question": 5, "answer": "#### 1"}])
    with pytest.raises(TypeError, match="make it of a recipe's name"):
        pickle.dumps(PerturbBatch.of(Perturber("hurried", seed=1).stream(ITEMS[0])))


def test_a_batch_that_is_encoded_says_what_was_bad() -> None:
    batch = PerturbBatch("case.lower", 1, profile="gsm8k")
    named = [("a", ITEMS[0]), ("b", {"question": 5, "answer": ""}), ("c", ITEMS[1])]
    done = batch.encoded(named, skip=True)
    assert (
        done.records == done.lines.count(b"\n") == 2 and [at for at, _ in done.bad] == [1] and done.stats["items"] == 2
    )
    assert batch.encoded(named).records == 1
    side = batch.encoded(named[:1], sidecar=True)
    assert json.loads(side.side[0])["of"] == "a" and b"perturb" not in side.lines


def test_lines_as_a_run_writes_them(run_cli: RunCli, tmp_path: Path) -> None:
    lines = ['{"id": "007", "question": "Where is my card, please?", "cost": 0.10}\n', "\n",
             '{"id": "8", "question": "Why is it late?", "cost": 123456789012345678901234567890}']  # fmt: skip
    (tmp_path / "x.jsonl").write_text("".join(lines))
    whole = run_cli("run", "x.jsonl", "-r", "typo.omit", "-s", "5", "--input-field", "question").out
    batch = PerturbBatch("typo.omit", 5, profile=from_fields("question"))
    assert batch.lines(lines) == whole.splitlines() and '"cost": 0.10, ' in whole
    assert batch.lines([]) == []
    for bad, says in (("{", "not JSON"), ("[1]", "expected a JSON object"), ('{"a": 1, "a": 2}', "twice")):
        with pytest.raises(BadRecord, match=says):
            batch.lines([lines[0], bad])
