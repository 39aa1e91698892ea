"""The real promptfoo, where ``make test-integrations`` put it, with a provider that answers from a script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ENV

HOME = Path(os.environ.get("PERTURB_PROMPTFOO") or ".venv-integrations/promptfoo").resolve()
ENTRY = HOME / "node_modules" / "promptfoo" / "dist" / "src" / "entrypoint.js"
installed = pytest.mark.skipif(not ENTRY.exists(), reason=f"promptfoo is not in {HOME}; make test-integrations gets it")

PERTURBED = "from perturb.integrations.promptfoo import generate_tests, whole_suite\n\nhook = whole_suite({})\n"
PROVIDER = """
import json
from pathlib import Path

KNOWN = json.loads((Path(__file__).parent / "answers.json").read_text("utf-8"))

def call_api(prompt, options, context):
    with open(Path(__file__).parent / "sent.jsonl", "a") as f:
        f.write(json.dumps(prompt) + "\\n")
    return {"output": KNOWN.get(prompt, KNOWN.get("", "none"))}
"""


def evaluate(folder, config, answers, hook='"hurried"', output="out.json"):
    """Run ``promptfoo eval`` over a config; its exit code, results and what it said."""
    (folder / "perturbed.py").write_text(PERTURBED.format(hook))
    (folder / "provider.py").write_text(PROVIDER)
    (folder / "answers.json").write_text(json.dumps(answers), "utf-8")
    given = {"prompts": ["{{question}}"], "providers": ["file://provider.py"], **config}
    (folder / "promptfooconfig.json").write_text(json.dumps(given), "utf-8")
    (folder / output).unlink(missing_ok=True)
    done = promptfoo(folder, "eval", "-c", "promptfooconfig.json", "-o", output, "--no-cache", "-j", "2")
    found = json.loads((folder / output).read_text("utf-8")) if (folder / output).exists() else None
    return done.returncode, found and found["results"]["results"], done.stdout + done.stderr


def promptfoo(folder, *args):
    """Run promptfoo as its users do, with this Python and nothing of the network."""
    own = sorted(HOME.glob("node_modules/node-*/bin/node"))
    env = {**ENV, "PROMPTFOO_PYTHON": sys.executable, "PROMPTFOO_CONFIG_DIR": str(folder / ".promptfoo"), "PROMPTFOO_DISABLE_UPDATE": "1",
           "PROMPTFOO_DISABLE_TELEMETRY": "1", "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1"}  # fmt: skip
    command = [str(own[0]) if own else "node", str(ENTRY), *args]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=400)
