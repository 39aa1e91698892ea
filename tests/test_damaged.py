"""Records that were damaged after the run: one message that names record and field, never a traceback."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from shell import jsonl, perturb

from perturb.cli import main
from perturb.core.errors import PerturbError
from perturb.items.ids import Ids
from perturb.items.profile_files import load_profile
from perturb.items.shape import misfit

CLEAN = {"question": "Ann has 5 red hats. How many hats are red?", "answer": "She has 5 of them. #### 5"}
MOVED = CLEAN["question"].replace("Ann", "Bea")
LOG: dict[str, Any] = {
    "of": Ids(load_profile("gsm8k")).name(CLEAN), "variant": 1, "recipe": "mine", "run": "a1", "changed": True, "expect": "clarify",
    "target_changed": False, "any_of": [],
    "missing": [{"field": "question", "text": "5", "kind": "number", "ask": "How many are “some”?", "reply": "5."}],
    "target_if_answered": "5",
    "moves": [{"step": "people.rename", "field": "question", "old": json.dumps(CLEAN["question"]), "new": json.dumps(MOVED)}],
    "edits": [{"field": "question", "start": 8, "end": 9, "old": "5", "new": "some", "step": "vague.number"}],
}  # fmt: skip
ROW = {**CLEAN, "question": MOVED.replace("5", "some"), "perturb": LOG}
NONSENSE: list[Any] = [None, True, -1, 7, 1.5, "", "x", "answer[7].x", [], [5], [[]], [{}], {}, {"a": 1}, "GONE"]


def damaged() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the record once for each key of its log, also of the log's rows, and each wrong value."""
    rows = [(key, 0, inner) for key in ("missing", "moves", "edits") for inner in LOG[key][0]]
    for place in [("perturb",), *((key,) for key in LOG), *((key, 0) for key in ("missing", "moves", "edits")), *rows]:
        for value in NONSENSE:
            row = copy.deepcopy(ROW)
            way = place if place == ("perturb",) else ("perturb", *place)
            at: Any = row
            for key in way[:-1]:
                at = at[key]
            at[way[-1]] = value
            if value == "GONE":
                del at[way[-1]]
            yield str(place[0]), row


def called(*args: object) -> tuple[int, str, str]:
    """Run a command in this process; what is raised must be an error that a user can act on."""
    done = CliRunner().invoke(main, [str(a) for a in args])
    if isinstance(done.exception, PerturbError):
        return done.exception.exit_code, done.stdout, str(done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit), (args, repr(done.exception))
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(name="source")
def _source(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "items.jsonl", [CLEAN])


def test_every_damage_is_told(source: Path, tmp_path: Path) -> None:
    file, told = tmp_path / "v.jsonl", 0
    commands: tuple[tuple[object, ...], ...] = (
        ("verify", file, "--source", source),
        ("audit", file, "--source", source, "-o", tmp_path / "sheet.csv", "--force"),
        ("explain", file),
        ("export", file, "--to", "csv", "-o", tmp_path / "e.csv", "--force"),
        ("export", file, "--to", "deepeval", "--expect", "clarify", "-o", tmp_path / "e.jsonl", "--force"),
    )
    for key, row in damaged():
        jsonl(file, [row])
        for command in commands:
            code, out, err = called(*command)
            told += code
            if code and command[0] != "export":
                assert f"{file}:1: " in out + err, (row, command, out, err)
            if row.get("perturb") is not None and misfit(row["perturb"]):
                assert code == 1 and (repr(key) in out + err or key == "perturb"), (row, command, out, err)
    assert told > 1000


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("edits", "GONE", "has no 'edits'"),
        ("moves", "GONE", "has no 'moves'"),
        ("missing", None, "has 'missing' that is null; expected a list of objects"),
        ("edits", [5], "has 'edits' whose entry 1 is 5; expected an object"),
        ("of", ["q1"], "has 'of' that is [\"q1\"]; expected a text"),
        ("any_of", [5], "has 'any_of' that is [5]; expected a list of texts"),
        ("missing", [{}], "has 'missing' whose entry 1 has no 'field'"),
    ],
)
def test_the_record_and_its_field_are_named(source: Path, tmp_path: Path, key: str, value: Any, says: str) -> None:
    log = {k: v for k, v in {**LOG, key: value}.items() if v != "GONE"}
    file = jsonl(tmp_path / "v.jsonl", [{**ROW, "perturb": log}, {**ROW, "perturb": {**LOG, "variant": 2}}])
    code, out, err = called("verify", file, "--source", source)
    assert code == 1 and out.count("\n") == 1 and f"{file}:1: " in out and f": log: the record's log {says}" in out
    assert err == "2 variants checked, 1 with violations (1 log)\n"
    assert called("explain", file)[2].startswith(f"{file}:1: field 'perturb' {says}")
    assert called("export", file, "--to", "csv", "-o", tmp_path / "e.csv")[2].startswith(
        f"{file}:1: field 'perturb' {says}"
    )
    code, _, err = called("audit", file, "--source", source, "-o", tmp_path / "sheet.csv")
    assert code == 1 and err.startswith(f"{file}:1: the record's log {says}")


def test_a_log_without_edits_is_held_to_the_rest_of_it(source: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "v.jsonl", [{**ROW, "perturb": {**LOG, "edits": []}}])
    done = perturb("verify", file, "--source", source)
    assert done.code == 1 and "question differs, and no edit says so" in done.out
    record = {**ROW, "perturb": json.loads(json.dumps(LOG))}
    assert perturb("verify", jsonl(file, [record]), "--source", source).err == "1 variant checked, 0 with violations\n"
