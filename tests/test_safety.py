"""Files that mean harm: recipes and profiles without end, data that names places or runs in a spreadsheet; and what perturb itself never does."""

from __future__ import annotations

import ast
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ENV, PERTURB, RunCli, jsonl

import perturb
from perturb.core.errors import RecipeError, UsageError
from perturb.items.profile_files import load_profile
from perturb.items.readers import read
from perturb.recipe import load_recipe
from perturb.recipe_yaml import parse_recipe

PACKAGE = Path(perturb.__file__).parent
BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB + "steps: *i\n", "anchors and aliases are not part of a recipe"),
        ("summary: x\nsteps: !!python/object/apply:os.system [touch here]\n", "tags such as"),
        ("summary: x\nsteps: !!python/name:os.system ''\n", "tags such as"),
        ("summary: x\nsteps: " + "[" * 100_000, "nested deeper than 24"),
        ("summary: x\nsteps: " + "{a: " * 50_000, "nested deeper than 24"),
        ("summary: x\nsteps:\n" + "- " * 100_000 + "a", "nested deeper than 24|not YAML"),
        ("summary: " + "x" * 300_000, "at most 256000 bytes"),
        ("summary: x\nsteps:\n" + "- typo.omit: {rate: 1}\n" * 20_000, "at most 256000 bytes"),
        ("summary: x\nsteps: [os.system]\n", "no transform named 'os.system'"),
        ("summary: x\nsteps: [{use: ../../../etc/passwd}]\n", "no recipe named '../../../etc/passwd'"),
    ],
)
def test_recipes_are_data(text: str, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        parse_recipe(text)


def test_recipes_that_use_recipes_many_times_over(tmp_path: Path) -> None:
    """Twenty files, each using all that follow: a million steps, if they were read to the end."""
    for n in range(20):
        uses = "".join(f"  - use: r{m}.yaml\n" for m in range(n + 1, 20))
        (tmp_path / f"r{n}.yaml").write_text(f"summary: x\nsteps:\n  - case.lower\n{uses}")
    with pytest.raises(RecipeError, match=r"r\d+\.yaml:\d+: the recipes used have more than 4096 steps together$"):
        load_recipe(str(tmp_path / "r0.yaml"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("input: &a [x]\ntarget: *a\n", r"p\.yaml:2: aliases are not part of a profile"),
        ("input: " + "[" * 100_000, r"nested deeper than 24"),
        ("input: " + "x" * 300_000, "at most 256000"),
        ("input: !!python/object/apply:os.system [x]\n", "not YAML"),
        ("input: 2024-13-45\n", "cannot be read"),
        ("input: x\ndetect: {x: 'like ('}\n", "detect must be a form"),
        ("input: x\nskip: [{field: x, like: '(a)\\1', reason: y}]\n", "no reference back"),
        ("input: x\nskip: [{field: x, like: '(', reason: y}]\n", "not a regular expression"),
        ("input: x\nskip: [{field: [x], reason: y}]\n", "as texts"),
    ],
)
def test_profiles(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "p.yaml").write_text(text)
    with pytest.raises(UsageError, match=says):
        load_profile(str(tmp_path / "p.yaml"))


def test_names_in_the_data_are_no_places(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    rows = [
        {"id": name, "question": "Where is my card?", "file": name}
        for name in ("../out", "/etc/passwd", "a\0b", "o.jsonl")
    ]
    jsonl(tmp_path / "x.jsonl", rows)
    assert run_cli("run", "../x.jsonl", "-r", "case.lower", "-j", "2", "-o", "o.csv", cwd=tmp_path / "sub").code == 0
    assert sorted(p.name for p in (tmp_path / "sub").iterdir()) == ["o.csv", "o.csv.manifest.json"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["sub", "x.jsonl"]


def test_a_form_that_would_run_away(run_cli: RunCli, tmp_path: Path) -> None:
    """Python's own engine would need 2 to the 60th steps for each of these."""
    (tmp_path / "p.yaml").write_text(
        "input: question\ndetect: {question: 'like (a+)+=$'}\nskip: [{field: question, like: '(a|aa)+=$', reason: x}]\n"
    )
    jsonl(tmp_path / "x.jsonl", [{"question": "a" * 60 + " is my card there?"}])
    assert run_cli("run", "x.jsonl", "-r", "typo.omit", "-p", "p.yaml", "-o", "o.jsonl", timeout=60).code == 0


RUNS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    '=HYPERLINK("http://x")',
    "'=1",
    "-2+3+cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_a_spreadsheet_runs_nothing(run_cli: RunCli, tmp_path: Path, ending: str) -> None:
    """In what run writes, and export and audit make of it; reading gives the texts back."""
    rows = [
        {"id": str(n), "=id": t, "question": f"{t} Where is my new card, please?", "answer": t}
        for n, t in enumerate(RUNS)
    ]
    jsonl(tmp_path / "x.jsonl", rows)
    args = [
        "run",
        "x.jsonl",
        "-r",
        "space.extra",
        "-s",
        "1",
        "--input-field",
        "question",
        "--id-field",
        "id",
        "-q",
        "-o",
    ]
    assert run_cli(*args, f"o.{ending}").code == 0
    assert run_cli(*args, "o.jsonl").code == 0
    made = [f"o.{ending}"]
    if ending == "csv":
        assert run_cli("export", "o.jsonl", "--to", "csv", "-o", "e.csv").code == 0
        assert run_cli("audit", "o.jsonl", "--source", "x.jsonl", "-o", "a.csv").code == 0
        made += ["e.csv", "a.csv"]
    for name in made:
        with (tmp_path / name).open(encoding="utf-8", newline="") as f:
            cells = [c for row in csv.reader(f, delimiter="\t" if ending == "tsv" else ",") for c in row]
        assert len(cells) > 20
        assert not [c for c in cells if c[:1] in tuple("=+-@\t\r\n＝＋－＠")], (name, cells)
    for record, text in zip(read(tmp_path / f"o.{ending}"), RUNS):
        assert (record.item["=id"], record.item["answer"]) == (text, text)
        assert record.item["question"].startswith(text[:1])


# -- what perturb itself never does --------------------------------------------------------------------------

FORBIDDEN = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "socket", "ssl", "urllib", "http", "ftplib", "smtplib", "requests",
             "httpx", "aiohttp", "webbrowser", "xmlrpc"}  # fmt: skip


def test_no_module_unpickles_or_asks_the_net() -> None:
    """Nothing is unpickled, evaluated or fetched; a plugin is run, and a worker reads JSON (runs/worker.py)."""
    calls = {"eval", "exec", "compile", "__import__"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {n.split(".")[0] for n in names} & FORBIDDEN, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in calls, f"{path}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in ("system", "popen", "getoutput") and node.func.attr != "unsafe_load", path
                shell = [k for k in node.keywords if k.arg == "shell"]
                assert not shell, f"{path}:{node.lineno}"


HOOK = """
import sys
def seen(event, args):
    if event.startswith(("socket.", "pickle.", "urllib.", "http.", "ftplib.", "smtplib.", "os.system", "os.exec", "webbrowser.")):
        sys.stderr.write(f"DID {event} {args!r}\\n")
    if event == "open" and isinstance(args[0], str) and args[1] and set(args[1]) & set("wax+"):
        sys.stderr.write(f"WROTE {args[0]}\\n")
sys.addaudithook(seen)
"""


def hooked(folder: Path, *args: str) -> str:
    """Run a command whose interpreter tells of sockets, pickles and shells, its workers' too."""
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "sitecustomize.py").write_text(HOOK.replace("\\\\n", "\\n"))
    env = {**ENV, "PYTHONPATH": f"{folder / 'site'}{os.pathsep}{ENV['PYTHONPATH']}"}
    done = subprocess.run([*PERTURB, *args], cwd=folder, env=env, capture_output=True, timeout=120)
    err = done.stderr.decode()
    assert done.returncode == 0, err
    return err


@pytest.mark.parametrize(
    "args",
    [
        ["run", "items.jsonl", "-r", "hurried", "-n", "2", "-s", "1", "-j", "2", "-o", "o.csv.gz"],
        ["preview", "Where is my card?", "-r", "slang+typos"],
        ["list"],
        ["show", "hurried"],
    ],
    ids=lambda a: a[0],
)
def test_no_command_opens_a_socket_or_a_pickle(items: Path, args: list[str]) -> None:
    err = hooked(items.parent, *args)
    assert "DID " not in err, err
    wrote = {Path(line.removeprefix("WROTE ")).name for line in err.splitlines() if line.startswith("WROTE ")}
    assert {n for n in wrote if not n.startswith("o.csv.gz")} <= {"null"}, wrote


def test_the_hook_would_tell(items: Path) -> None:
    (items.parent / "net.py").write_text(
        "import pickle, socket\nsocket.socket().close()\npickle.loads(b'cos\\ngetcwd\\n.')\n"
        "from perturb import transform\n@transform('net.x', times=1)\ndef x(text, rng):\n    '''Do it (\"a\" -> \"b\").'''\n    yield 0, 1, 'x'\n"
    )
    err = hooked(items.parent, "preview", "Where?", "-r", "typos", "--plugin", "net.py")
    assert "DID socket.__new__" in err and "DID pickle.find_class" in err


def test_what_a_run_imports(items: Path) -> None:
    """Of other people's code only what reads arguments, YAML and lines; nlpaug, spaCy, pyarrow and the rest where they are asked for."""
    code = ("import sys, json; sys.argv = ['perturb', 'run', 'items.jsonl', '-r', 'hurried', '-q', '-o', 'o.jsonl']; import perturb.cli as c\n"
            "try: c.entry()\nexcept SystemExit as e: assert not e.code\n"
            "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names))))")  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import site; site.main()\n{code}"],
        cwd=items.parent,
        env=ENV,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    found = {name for name in json.loads(done.stdout) if not name.startswith(("_", "__editable__"))}
    assert found <= {
        "perturb",
        "click",
        "yaml",
        "jsonlines",
        "attr",
        "attrs",
        "orjson",
        "ujson",
        "rapidjson",
        "cython_runtime",
        "sitecustomize",
        "typing_extensions",
    }, found
