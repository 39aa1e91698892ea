"""Transforms and tables of the user's own, on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shell import RunCli

from perturb import parameters
from perturb.core.errors import RecipeError
from perturb.core.registry import transforms
from perturb.recipe import load_recipe
from perturb.resources import root

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
        ("x = 1\n", "my.py: registers no transform; expected a function under @transform("),
        (
            HEAD + "transform('my.x', rate=3)\n",
            "my.py:3: the plugin cannot be loaded: transform 'my.x': rate must be a number from 0 to 1",
        ),
        (
            HEAD + "@transform\ndef x(text, rng): ...\n",
            "my.py:3: the plugin cannot be loaded: transform is given a name and an amount",
        ),
        (
            HEAD + "@transform('my.x', times=1)\ndef x(text):\n    '''Do it (\"a\" -> \"b\").'''\n",
            "my.py:3: the plugin cannot be loaded: transform 'my.x': its function must take two arguments first",
        ),
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
         "the step my.x failed: it yielded ('a', None); expected (start, end, new)"),
        ("@transform('my.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    return None\n",
         "the step my.x failed: it returned None; a transform is a generator"),
        ("@transform('my.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    yield 0, 999999, 'x'\n",
         "the step my.x failed: it proposed to replace 0 to 999999 in a text of "),
        ("@transform('my.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    yield 0, 1, 5\n",
         "the step my.x failed: it yielded (0, 1, 5); expected (start, end, new)"),
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
        (
            "a\tb\tc\td\te\n",
            "mine.yaml:3: slang.texting: mine.tsv:1: found 'c' in column 3, expected a number; expected the columns of data/slang/en.tsv",
        ),
        (b"caf\xe9\tcaff\n", "mine.tsv: cannot be read as UTF-8"),
        ("you\tu\t5\nplease\tpls\tmany\n", "mine.tsv:2: found 'many' in column 3, expected a number"),
        ("you\tu\t5\tnonsense\n", "mine.tsv:1: no condition 'nonsense'; did you mean 'opens'?"),
        ("# nothing\n", "mine.tsv: has no rows"),
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


def test_what_a_plugin_prints_is_not_among_the_records(run_cli: RunCli, items: Path) -> None:
    (items.parent / "my.py").write_text(
        HEAD + "print('loaded')\n@transform('my.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n"
        "    print('at work')\n    yield 0, 1, 'X'\n"
    )
    done = run_cli("run", items, "-r", "my.x", "--plugin", "my.py", "-s", "1")
    assert done.code == 0 and "loaded" in done.err and "at work" in done.err, done.err
    assert all(record["perturb"]["recipe"] == "my.x" for record in done.records)


@pytest.mark.parametrize("name", sorted(parameters.TABLES))
def test_a_copy_of_a_shipped_table_is_a_table_of_one_s_own(tmp_path: Path, name: str) -> None:
    """What the docs call a step's table is one: the shipped file under another name reads as well."""
    head, key = name.split(": ")
    steps = [t for t in transforms().values() if key in t.params and head in (t.name, t.family)]
    steps = [t for t in steps if parameters.topic(t, key) == parameters.TABLES[name] != "reserved"]
    assert steps or parameters.TABLES[name] == "reserved"
    for n, t in enumerate(steps):
        mine, wrong = f"mine{n}.tsv", f"wrong{n}.tsv"  # a table is read once
        shipped = root("data") / parameters.topic(t, key) / f"{t.params[key].default}.tsv"
        (tmp_path / mine).write_bytes(shipped.read_bytes())
        text = f"summary: x\nsteps:\n  - {t.name}: {{{key}: {mine}}}\n"
        (tmp_path / "mine.yaml").write_text(text)
        assert load_recipe(str(tmp_path / "mine.yaml")).steps()[0].params == {key: str(tmp_path / mine)}
        assert parameters.columns(parameters.topic(t, key), str(t.params[key].default))
        (tmp_path / wrong).write_text("a\tb\n")
        (tmp_path / "mine.yaml").write_text(text.replace(mine, wrong))
        try:
            load_recipe(str(tmp_path / "mine.yaml"))
        except RecipeError as e:
            assert re.search(r"wrong\d\.tsv(:1)?: ", str(e)), e


def test_every_parameter_says_what_it_means() -> None:
    said = {
        f"{t.name}: {key}": parameters.meaning(t, key)
        for t in transforms().values()
        if not t.plugin
        for key in t.params
    }
    assert [name for name, meaning in said.items() if not meaning] == []
    families = {f"{t.family}: {key}" for t in transforms().values() for key in t.params} | {
        k.split(": ")[1] for k in said
    }
    assert [
        k for k in (*parameters.MEANINGS, *parameters.TABLES, *parameters.WORDS) if k not in said and k not in families
    ] == []
