"""tools/measure_recipes.py: which variants count as light, and what it says where the benchmarks' files are not there."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from perturb import load_recipe, vary

ROOT = Path(__file__).parent.parent
_spec = importlib.util.spec_from_file_location("measure_recipes", ROOT / "tools" / "measure_recipes.py")
measure = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measure)


@pytest.mark.parametrize(
    ("raw", "step", "light"),
    [
        ("The dog ate the key to my flat on a Friday. Who can open the door?", "cut.functions", True),
        ("Ann baked 12 rolls. She sold 5 of them. How many are left?", "cut.sentence", False),
    ],
)
def test_a_variant_is_light_that_lost_small_words_alone(raw: str, step: str, light: bool) -> None:
    variants = [v for seed in range(40) for v in vary(raw, step, seed=seed)]
    assert any(measure.is_light(v) is light for v in variants)
    for v in variants:
        lost = [e.old.strip(" .").lower() for e in v.edits if not e.new]
        assert measure.is_light(v) is all(word in measure.LIGHT for word in lost)


def test_without_the_files_nothing_is_measured(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "argv", ["measure_recipes.py", str(tmp_path)])
    monkeypatch.setattr(measure, "MEASURED", tmp_path / "recipes.json")
    assert measure.main() == 2
    assert f"nothing measured: {tmp_path} has no banking77_test.jsonl" in capsys.readouterr().err
    assert not (tmp_path / "recipes.json").exists()


def test_every_step_of_truncated_has_a_kind() -> None:
    assert {step.transform.name for step in load_recipe("truncated").steps()} == set(measure.KINDS)
    known = json.loads((ROOT / "bench" / "recipes.json").read_text("utf-8"))["truncated"]
    assert set(known["kinds"]["per cent"]) == set(measure.KINDS.values())
