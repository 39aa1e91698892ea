"""A little of tools/fuzz.py (which does a million records); and that what it looks for, it would find."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from shell import REPO

pytest.importorskip("pyarrow")
pytest.importorskip("zstandard")


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    sys.path.insert(0, str(REPO / "tools"))
    try:
        return importlib.import_module("fuzz")
    finally:
        sys.path.remove(str(REPO / "tools"))


def test_broken_records_and_recipes(fuzz: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    told = fuzz.fuzz(records=4000, recipes_=400, seed=20, each=100)
    assert told["WRONG"] == told["HANGS"] == 0, capsys.readouterr().out
    assert min(told[key] for key in ("files", "files refused", "read", "rejected", "written")) > 0
    assert min(told[key] for key in ("refused", "accepted", "variants")) > 0


def test_the_same_number_gives_the_same_file(fuzz: ModuleType, tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        fuzz.a_file(7 if folder == "c" else 6, 1, 20, tmp_path / folder, Counter())
    made = {folder: sorted(p.name for p in (tmp_path / folder).iterdir()) for folder in "abc"}
    assert made["a"] == made["b"] != made["c"]
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in made["a"])


def test_what_is_wrong_is_found(fuzz: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def lost(*_: object) -> None:
        edit = {"field": "q", "start": 0, "end": 1, "old": "x", "new": "y"}
        log = dict.fromkeys(
            ("of", "variant", "recipe", "run", "changed", "expect", "target_changed", "missing", "moves")
        )
        fuzz.logged({**log, "edits": [edit]}, {"q": "x"}, "here")

    def tables(*_: object) -> None:
        (tmp_path / "x.csv").write_text("question\r\n=1+1\r\n")
        fuzz.parsed(tmp_path / "x.csv", "here")

    told: Counter[str] = Counter()
    for fn in (lost, tables, lambda *_: fuzz.strict("NaN"), lambda *_: 1 / 0):
        fuzz.attempt("this", told, fn)
    assert told["WRONG"] == 4
    out = capsys.readouterr().out
    for what in (
        "an edit that is not there",
        "a cell that a spreadsheet runs",
        "NaN in an output",
        "ZeroDivisionError",
    ):
        assert what in out


def test_a_hang_is_found(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(fuzz, "SECONDS", 0.2)

    def for_ever(*_: object) -> None:
        while True:
            pass

    told: Counter[str] = Counter()
    fuzz.attempt("this", told, for_ever)
    assert told["HANGS"] == 1 and "for_ever" in capsys.readouterr().out
