"""The real Inspect: its command line with a model that answers from a script, and the logs it wrote."""

from __future__ import annotations

import json
import subprocess
import sys

from shell import ENV

# Inspect's mock model counts tokens with a table from the net; this one says how many there were.
SCRIPTED = """
import json, os
from inspect_ai.model import ModelAPI, ModelOutput, ModelUsage, modelapi

KNOWN = json.loads(os.environ["SCRIPTED_ANSWERS"])

@modelapi("scripted")
class Scripted(ModelAPI):
    async def generate(self, input, tools, tool_choice, config):
        out = ModelOutput.from_content("scripted", KNOWN.get(input[-1].text, KNOWN.get("", "none")))
        out.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return out
"""
TASK = """
from inspect_ai import Task, task
from inspect_ai.dataset import Sample, json_dataset
from inspect_ai.scorer import match
from inspect_ai.solver import generate

def sample(record):
    return Sample(input=record["question"], target=record["answer"].split("#### ")[1], id=record["id"])

@task
def sums():
    return Task(dataset=json_dataset("items.jsonl", sample), solver=generate(), scorer=match(numeric=True))
"""


def inspect(folder, *args, answers, code=0):
    """Run ``inspect eval``; its log (None where it fails) and what it said."""
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "sitecustomize.py").write_text(SCRIPTED)
    logs = folder / f"logs{len(list(folder.glob('logs*')))}"
    # Inspect names what is installed, not what lies about on the path.
    env = {**ENV, "PYTHONPATH": str(folder / "site"), "SCRIPTED_ANSWERS": json.dumps(answers)}
    command = [sys.executable, "-c", "from inspect_ai._cli.main import main; main()", "eval", *args, "--model", "scripted/model",
               "--log-dir", str(logs), "--display", "plain"]  # fmt: skip
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=400)
    assert done.returncode == code, done.stdout + done.stderr
    return next(logs.glob("*.eval"), None), done.stdout + done.stderr
