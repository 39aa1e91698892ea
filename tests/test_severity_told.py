"""What a run, its manifest and ``show --on`` say of a writer's severity; the writer that a phone corrects."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shell import RunCli, read_jsonl

from perturb.core.errors import RecipeError
from perturb.language.lexicon import words
from perturb.recipe_yaml import parse_recipe
from perturb.variants import Perturber

TEXT = "Could somebody from the bank tell me whether the top up of my account should have been on the card by now?"


def file_of(folder: Path, n: int) -> Path:
    path = folder / "messages.jsonl"
    path.write_text("".join(json.dumps({"id": f"m{i}", "text": TEXT}) + "\n" for i in range(n)), "utf-8")
    return path


def test_a_run_says_what_was_asked_and_made(run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli("run", file_of(tmp_path, 400), "-r", "typos", "-s", "1", "-o", "o.jsonl")
    told = re.search(
        r"severity: 2\.20 misspelt words per 100 asked for, ([\d.]+) made \((\d+) of ([\d,]+) words\)", done.err
    )
    assert told and float(told[1]) == pytest.approx(2.2, abs=0.3)
    severity = json.loads((tmp_path / "o.jsonl.manifest.json").read_text("utf-8"))["severity"]
    assert severity["requested"] == 2.2 and severity["misspelt"] == int(told[2])
    edits = sum(len(r["perturb"]["edits"]) for r in read_jsonl(tmp_path / "o.jsonl"))
    assert severity["misspelt"] == edits


def test_a_run_in_which_nobody_slips_says_so(run_cli: RunCli, tmp_path: Path) -> None:
    """Most short runs at ordinary severity are such."""
    recipe = tmp_path / "careful.yaml"
    recipe.write_text("summary: hardly ever slips\nwriter: {severity: 0.0001}\nsteps: [typo]\n", "utf-8")
    done = run_cli("run", file_of(tmp_path, 3), "-r", recipe, "-s", "1", "-o", "o.jsonl")
    assert done.code == 0 and re.search(r" 0\.00 made \(0 of \d+ words\)", done.err)
    assert json.loads((tmp_path / "o.jsonl.manifest.json").read_text("utf-8"))["severity"]["misspelt"] == 0
    assert " 0.00 made" in run_cli("run", file_of(tmp_path, 3), "-r", recipe, "-s", "1", "-j", "2", "-o", "p.jsonl").err


def test_a_run_without_a_writer_says_nothing_of_severity(run_cli: RunCli, tmp_path: Path) -> None:
    assert "severity" not in run_cli("run", file_of(tmp_path, 3), "-r", "hurried", "-s", "1").err


def test_show_says_how_many_items_change(run_cli: RunCli, tmp_path: Path) -> None:
    path = file_of(tmp_path, 500)
    out = run_cli("show", "typos", "--on", path).out
    assert (
        "(one variant of each of 500 items drawn; an unchanged one is kept)" in out
        and "carry a misspelt word at 2.2 misspelt words per 100" in out
    )
    found = json.loads(run_cli("show", "typos", "--on", path, "--json").out)
    assert found["share"] == pytest.approx(found["misspelt"], abs=0.06) and found["items"] == 500
    assert "computed" not in run_cli("show", "hurried", "--on", path).out


def test_a_phone_writes_no_non_words() -> None:
    recipe = parse_recipe("summary: x\nwriter: {severity: 20, typist: hasty, autocorrect: true}\nsteps: [typo]")
    variants = list(Perturber(recipe, 1, 1)({"id": f"m{i}", "text": TEXT} for i in range(100)))
    corrected = [e for v in variants for e in v.edits if "autocorrect" in e.step]
    known = words("words", "en_wordnet") | words("functions") | {"hi", "hey", "hello", "ok"}
    assert len(corrected) > 50 and {e.new.lower() for e in corrected} <= known
    assert not any(e.step.startswith("typo.") for v in variants for e in v.edits)


def test_autocorrect_is_true_or_false() -> None:
    with pytest.raises(RecipeError, match="autocorrect is true or false, not 'often'"):
        parse_recipe("summary: x\nwriter: {autocorrect: often}\nsteps: [typo]", name="r")
