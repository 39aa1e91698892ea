"""The command in a subprocess, and items to run it on, for the tests of the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

REPO = Path(__file__).resolve().parent.parent
PERTURB = [sys.executable, "-m", "perturb"]
ENV = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
ENV.pop("PERTURB_TRACEBACK", None)

_PROBLEMS = """\
Nadia sold 48 tickets on Monday because her friends helped, and then half as many on Tuesday. How many did she sell?|72
A scarf takes 2 balls of blue wool and half that much white wool. How many balls of wool does it take?|3
Please tell me how far it is from the station to the museum if the bus needs 15 minutes at 40 km per hour.|10
Martin wants to know how many pages are left. The book has 320 pages and he has already read 95 of them.|225
There are 12 people in the waiting room and 5 of them are going to leave. How many people are still there?|7
A baker bakes 60 rolls every morning and definitely sells 45 of them. How many rolls remain after a week?|105
"""
ITEMS: list[dict[str, Any]] = [
    {"question": question, "answer": f"{gold}={gold}\n#### {gold}"}
    for question, gold in (line.split("|") for line in _PROBLEMS.splitlines())
]


class Result(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Read stdout as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


RunCli = Callable[..., Result]


def perturb(
    *args: str | Path, input: bytes = b"", env: dict[str, str] | None = None, timeout: float = 240, **options: Any
) -> Result:
    """Run the command; no input ever ends in a traceback."""
    done = subprocess.run([*PERTURB, *map(str, args)], input=input, capture_output=True, timeout=timeout,
                          env={**ENV, **(env or {})}, **options)  # fmt: skip
    out, err = (data.decode("utf-8", "surrogateescape") for data in (done.stdout, done.stderr))
    assert "Traceback" not in err and "a bug in perturb" not in err, err
    return Result(done.returncode, out, err)


def jsonl(path: Path, rows: list[Any]) -> Path:
    """Write rows as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read the rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
