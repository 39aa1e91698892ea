"""The same seed gives the same bytes: in any order, process and Python; no seed gives others every time."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest
from shell import ENV, ITEMS, REPO, RunCli, jsonl

RECIPES = [
    "phone_user",
    "hurried",
    "chat_customer",
    "truncated",
    "ambiguous",
    "learner",
    "sms",
    "shuffled_options",
    "slang+typo",
]
PURE = ("yaml", "jsonlines", "attr", "attrs")  # what the core needs besides Python itself

# Choices, a chat, texts with characters of every kind, numbers and names, so that every part of a run has its say.
MORE = [
    {"id": "c1", "question": "Which of these rivers is the longest one in the world, as far as people know?",
     "choices": ["Nile", "Rhine", "Danube", "Thames"], "answer": 0},
    {"id": "c2", "question": "Which of the following animals can definitely not fly because it is too heavy?",
     "choices": ["ostrich", "sparrow", "swallow", "none of these"], "answer": 0},
]  # fmt: skip

SCRIPT = f"""
import json, sys
from hashlib import sha256
from perturb import Perturber
h = sha256()
for path in sys.argv[1:]:
    items = [json.loads(line) for line in open(path, encoding="utf-8")]
    for v in Perturber({RECIPES!r}, n=3, seed=11, with_clean=True, unchanged="keep")(items):
        h.update(json.dumps(v.item, ensure_ascii=True).encode())
print(h.hexdigest())
"""


def sources(folder: Path) -> list[str]:
    odd = [{"question": f"{i['question']} – “café” 👨‍👩‍👧 e\u0301 \u2028 and \ud83d too"} for i in ITEMS]
    samples = sorted((REPO / "data" / "samples").glob("*.jsonl"))
    made = [jsonl(folder / name, rows) for name, rows in (("a.jsonl", ITEMS), ("b.jsonl", MORE), ("c.jsonl", odd))]
    return [str(p) for p in [*made, *samples]]


def digest(python: str, paths: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        [python, "-c", SCRIPT, *paths], capture_output=True, text=True, env={**ENV, **env}, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@cache
def pythons() -> dict[str, tuple[str, dict[str, str]]]:
    """Find every Python from 3.10 up that runs here (-> {"3.12": (path, what it needs in its environment)})."""
    found = {}
    for minor in range(10, 20):
        name = f"3.{minor}"
        path = shutil.which(f"python{name}")
        # A shim of pyenv stands for a Python that pyenv may have to be asked for.
        for env in ({}, {"PYENV_VERSION": name}):
            if path and name not in found:
                say = "import sys; print('%d.%d' % sys.version_info[:2])"
                try:
                    done = subprocess.run(
                        [path, "-c", say], capture_output=True, text=True, env={**ENV, **env}, timeout=30
                    )
                except OSError:
                    continue
                if done.returncode == 0 and done.stdout.strip() == name:
                    found[name] = (path, env)
    return found


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], str]:
    paths = sources(tmp_path_factory.mktemp("sources"))
    return paths, digest(sys.executable, paths, {"PYTHONHASHSEED": "0"})


def test_hash_seeds(here: tuple[list[str], str]) -> None:
    paths, known = here
    assert digest(sys.executable, paths, {"PYTHONHASHSEED": "12345", "LC_ALL": "C", "TZ": "Asia/Tokyo"}) == known


@pytest.mark.parametrize("name", [f"3.{minor}" for minor in range(10, 16)])
def test_every_python(here: tuple[list[str], str], tmp_path: Path, name: str) -> None:
    if name not in pythons():
        pytest.skip(f"Python {name} is not here")
    python, env = pythons()[name]
    for package in PURE:
        spec = find_spec(package)
        assert spec is not None and spec.origin is not None
        (tmp_path / package).symlink_to(Path(spec.origin).parent)
    paths, known = here
    assert digest(python, paths, {**env, "PYTHONPATH": f"{REPO}{os.pathsep}{tmp_path}"}) == known


def test_shuffled_input(run_cli: RunCli, tmp_path: Path) -> None:
    rows = [{"id": f"q{i}-{n}", **item} for n in range(5) for i, item in enumerate(ITEMS)]
    outs = []
    for name, order in (("a.jsonl", rows), ("b.jsonl", random.Random(3).sample(rows, len(rows)))):
        jsonl(tmp_path / name, order)
        done = run_cli(
            "run", name, *(part for r in RECIPES for part in ("-r", r)), "-n", "2", "-s", "5", "--unchanged", "keep"
        )
        assert done.code == 0, done.err
        outs.append(done.out.splitlines())
    assert outs[0] != outs[1]
    by_id = [sorted(out, key=lambda line: (json.loads(line)["id"], out.index(line))) for out in outs]
    assert by_id[0] == by_id[1]


def test_a_part_is_the_part_of_the_whole(run_cli: RunCli, items: Path, tmp_path: Path) -> None:
    whole = run_cli("run", items, "-r", "phone_user", "-n", "2", "-s", "5").out.splitlines()
    parts = []
    for n in range(3):
        jsonl(tmp_path / "part.jsonl", ITEMS[2 * n : 2 * n + 2])
        parts += run_cli("run", "part.jsonl", "-r", "phone_user", "-n", "2", "-s", "5").out.splitlines()
    assert parts == whole


def test_more_variants_keep_the_first(run_cli: RunCli, items: Path) -> None:
    few, many = (run_cli("run", items, "-r", "hurried", "-n", n, "-s", "5").records for n in ("1", "3"))
    assert [r for r in many if r["perturb"]["variant"] == 1] == few


def test_two_runs_without_a_seed_differ(run_cli: RunCli, items: Path) -> None:
    runs = [run_cli("run", items, "-r", "hurried", "-n", "2") for _ in range(2)]
    assert sha256(runs[0].out.encode()).digest() != sha256(runs[1].out.encode()).digest()
    seeds = [next(line for line in r.err.splitlines() if line.startswith("seed: ")) for r in runs]
    assert seeds[0] != seeds[1]
    assert run_cli("run", items, "-r", "hurried", "-n", "2", "-s", seeds[0][6:]).out == runs[0].out
