"""The pages on other tools: their files are written, their commands run, with the real tools."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from inspect_here import SCRIPTED
from promptfoo_here import ENTRY, HOME
from shell import ENV, REPO

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"# ([\w.-]+\.(?:py|yaml))\n")
NEEDS = {"lm_eval": ["lm_eval"], "inspect": ["inspect_ai"], "promptfoo": [], "datasets": ["datasets"], "pytest": [],
         "frames": ["pandas", "polars", "pyarrow"]}  # fmt: skip


def shimmed(folder):
    """Put the commands that a page names first on the path: this Python's, and promptfoo's."""
    bin_ = folder / "bin"
    bin_.mkdir()
    own = sorted(HOME.glob("node_modules/node-*/bin/node"))
    lines = {"python": f'{sys.executable} "$@"', "perturb": f'{sys.executable} -m perturb "$@"', "pip": "true",
             "pytest": f'{sys.executable} -m pytest -p no:cacheprovider "$@"', "lm_eval": f'{sys.executable} -m lm_eval "$@"',
             "inspect": f'PYTHONPATH={folder}/site {sys.executable} -c "from inspect_ai._cli.main import main; main()" "$@"',
             "npx": f'shift; exec {own[0] if own else "node"} {ENTRY} "$@"'}  # fmt: skip
    for name, line in lines.items():
        (bin_ / name).write_text(f"#!/bin/sh\n{line}\n")
        (bin_ / name).chmod(0o755)
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text(SCRIPTED)
    return bin_


@pytest.mark.parametrize("page", NEEDS)
def test_the_commands_of_a_page_run(tmp_path, page):
    for host in NEEDS[page]:
        pytest.importorskip(host, reason="make test-integrations gets it")
    if page == "promptfoo" and not ENTRY.exists():
        pytest.skip(f"promptfoo is not in {HOME}; make test-integrations gets it")
    text = (REPO / "docs" / f"{page}.md").read_text("utf-8")
    blocks = [(m[1], m[2]) for m in FENCE.finditer(text)]
    for _, block in blocks:
        if named := FILE.match(block):
            (tmp_path / named[1]).write_text(block, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "samples").symlink_to(REPO / "data" / "samples")
    env = {**ENV, "PATH": f"{shimmed(tmp_path)}{os.pathsep}{ENV['PATH']}", "HF_HUB_OFFLINE": "1", "PROMPTFOO_PYTHON": sys.executable,
           "HF_DATASETS_CACHE": str(tmp_path / "hf"), "PROMPTFOO_CONFIG_DIR": str(tmp_path / ".promptfoo"),
           "SCRIPTED_ANSWERS": '{"": "73"}', "PROMPTFOO_DISABLE_TELEMETRY": "1", "PROMPTFOO_DISABLE_UPDATE": "1"}  # fmt: skip
    script = "".join(block for kind, block in blocks if kind == "sh").replace("openai/gpt-4o-mini", "scripted/model")
    assert script
    done = subprocess.run(["sh", "-ec", script], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    if "perturb pair" in script:
        assert re.search(r"hurried: \d+ pairs of 16 items; clean \d\.\d+, perturbed \d\.\d+", done.stdout), done.stdout
        assert (tmp_path / "pairs.jsonl").exists()


@pytest.mark.parametrize("page", NEEDS)
def test_a_page_is_one_screen(page):
    assert len((REPO / "docs" / f"{page}.md").read_text("utf-8").splitlines()) < 60
