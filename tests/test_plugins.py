"""Transforms and tables of the user's own, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shell import RunCli

HEAD = "from perturb import item_transform, transform\n\n"
GOOD = (
    HEAD
    + '''@transform("my.bang", times=1)
def bang(text, rng, *, mark: str = "!"):
    """Put a bang at the end ("Hi" -> "Hi!")."""
    yield len(text.raw), len(text.raw), mark
'''
)
NO_DOC = HEAD + '@transform("my.x", rate=1)\ndef x(text, rng):\n    yield 0, 0, "x"\n'
TAKEN = (
    HEAD + '@transform("typo.omit", rate=1)\ndef x(text, rng):\n    """Do it ("a" -> "b")."""\n    yield 0, 0, "x"\n'
)


def test_a_plugin_s_transforms_are_like_all_others(run_cli: RunCli, items: Path, tmp_path: Path) -> None:
    (tmp_path / "my.py").write_text(GOOD)
    (tmp_path / "mine.yaml").write_text("summary: x\nsteps:\n  - my.bang: {mark: '?!'}\n")
    plugin = ["--plugin", "my.py"]
    assert run_cli("preview", "-r", "my.bang", *plugin, "Hi there", "-s", "1").out == "Hi there!\n"
    assert run_cli("preview", "-r", "my", *plugin, "Hi there", "-s", "1").out == "Hi there!\n"
    listed = run_cli("list", "transforms", *plugin).out
    assert 'my.bang Put a bang at the end ("Hi" -> "Hi!").' in " ".join(listed.split())
    assert "mark: '!'" in run_cli("show", "my.bang", *plugin).out
    assert run_cli("lint", "mine.yaml", *plugin).code == 0 and run_cli("lint", "mine.yaml").code == 2
    assert run_cli("run", items, "-r", "mine.yaml", *plugin, "-o", "o.jsonl").code == 0
    assert all(json.loads(line)["question"].endswith("?!") for line in (tmp_path / "o.jsonl").open())
    manifest = json.loads((tmp_path / "o.jsonl.manifest.json").read_text())
    assert list(manifest["files"]) == ["my.py"] and len(manifest["files"]["my.py"]) == 64
    assert run_cli("replay", "o.jsonl.manifest.json", "--check").code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\nraise RuntimeError('no')\n", "my.py:2: the plugin cannot be loaded: RuntimeError: no"),
        ("x = (\n", "my.py:1: the plugin cannot be loaded: SyntaxError"),
        ("import sys\nsys.exit(3)\n", "my.py:2: the plugin cannot be loaded: SystemExit: 3"),
        ("import nonesuch\n", "my.py:1: the plugin cannot be loaded: ModuleNotFoundError"),
        (NO_DOC, "my.py:3: the plugin cannot be loaded: transform 'my.x' needs a docstring"),
        (TAKEN, "my.py:3: the plugin cannot be loaded: transform 'typo.omit' is registered already, by perturb."),
        (HEAD + "transform('x', rate=1, reach='all')\n", "my.py:3: "),
        (None, "my.py: no such file; expected a Python file that registers transforms"),
    ],
)
def test_a_plugin_that_cannot_be_loaded(run_cli: RunCli, items: Path, text: str | None, says: str) -> None:
    if text is not None:
        (items.parent / "my.py").write_text(text)
    for args in (["run", "items.jsonl", "-r", "typo"], ["list", "transforms"], ["lint", "x.yaml"]):
        done = run_cli(*args, "--plugin", "my.py")
        assert (done.code, done.out) == (2, "") and done.err.startswith(f"Error: {says}"), done.err


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("@transform('my.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    yield {}['x']\n",
         "the step my.x failed: KeyError: 'x' ("),
        ("@transform('my.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    yield 'a', None\n",
         "the step my.x failed: ValueError"),
        ("@transform('my.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    return None\n",
         "the step my.x failed: TypeError"),
        ("@item_transform('my.x')\ndef x(item, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    item.set('question', 1 / 0)\n",
         "the step my.x failed: ZeroDivisionError: division by zero ("),
    ],
)  # fmt: skip
def test_a_step_that_fails(run_cli: RunCli, items: Path, body: str, says: str) -> None:
    (items.parent / "my.py").write_text(HEAD + body)
    done = run_cli("run", items, "-r", "my.x", "--plugin", "my.py", "-o", "o.jsonl")
    assert done.code == 1 and done.err.startswith("Error: item ") and says in done.err
    assert sorted(p.name for p in items.parent.glob("[!_]*")) == ["items.jsonl", "my.py"]


def test_a_table_of_one_s_own(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text("# source: me\nbecause\tcozz\n")
    (tmp_path / "mine.yaml").write_text("summary: x\nsteps:\n  - slang.texting: {words: mine.tsv, rate: 1}\n")
    text = "I want it because I need my new card now."
    assert run_cli("preview", "-r", "mine.yaml", "-s", "1", text).out == text.replace("because", "cozz") + "\n"
    (tmp_path / "sub").mkdir()
    beside = run_cli("preview", "-r", "../mine.yaml", "-s", "1", text, cwd=tmp_path / "sub")
    assert "cozz" in beside.out


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (None, "mine.yaml:3: slang.texting: no table 'mine.tsv' for slang; shipped: "),
        ("a\tb\nc\n", "mine.tsv:2: found 'c'; expected 2 columns"),
        ("only\n", "mine.tsv:1: found 'only'; expected at least two columns"),
        ("a\tb\tc\td\te\n", "mine.yaml:3: slang.texting: mine.tsv is no table for this step"),
        (b"caf\xe9\tcaff\n", "mine.tsv: cannot be read as UTF-8"),
    ],
)
def test_a_wrong_table_is_said_before_the_run(
    run_cli: RunCli, items: Path, table: str | bytes | None, says: str
) -> None:
    if table is not None:
        (items.parent / "mine.tsv").write_bytes(table.encode() if isinstance(table, str) else table)
    (items.parent / "mine.yaml").write_text("summary: x\nsteps:\n  - slang.texting: {words: mine.tsv, rate: 1}\n")
    for args in (["lint", "mine.yaml"], ["run", "none.jsonl", "-r", "mine.yaml"]):
        done = run_cli(*args)
        assert (done.code, done.out) == (2, "") and says in done.err
