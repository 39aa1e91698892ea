"""Kill runs at random moments, go on with them, and compare: ``python tools/kill_test.py --times 40``.

Each time a run is started in a folder of its own, with two processes, and after a random part of the time that an
undisturbed run takes, the run itself or one of its workers gets SIGKILL. A run that was killed is started again with
--resume, and may be killed again. At the end the output's SHA-256 must be that of the undisturbed run, its manifest the
same, nothing else may lie in the folder, and no process may be left over. With --ledger each run has a ledger with a run
in it, and its variants must stand there once. Needs Linux's /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
OUT = "out.jsonl"
WORDS = "where is my new card because it has not arrived since monday and nobody there could tell me anything".split()


class Told(NamedTuple):
    """What became of one run: how often it was killed, and what is wrong at the end ("" where nothing is)."""

    kills: int
    wrong: str


def write_items(path: Path, count: int) -> None:
    """Write items of six to twenty words, cheaply; each 97th has an id that others have."""
    rng = random.Random(1)
    with path.open("w") as f:
        for n in range(count):
            text = " ".join(rng.choices(WORDS, k=rng.randint(6, 20)))
            f.write(json.dumps({"id": f"q{n}" if n % 97 else "same", "question": text + "?"}) + "\n")


def command(folder: Path, jobs: int, *more: str) -> list[str]:
    """Give the command of the run; with a ledger where one lies beside the folder."""
    ledger = folder.with_suffix(".db")
    return [sys.executable, "-m", "perturb", "run", str(folder.parent / "items.jsonl"), "-r", "hurried", "-n", "2", "-s", "7",
            "-j", str(jobs), "-o", OUT, "-q", *(["--ledger", str(ledger)] if ledger.exists() else []), *more]  # fmt: skip


def remembered(folder: Path) -> list[tuple[object, ...]]:
    """Give the runs and the hashes of a folder's ledger."""
    found = [tuple(row) for row in sqlite3.connect(folder.with_suffix(".db")).execute("SELECT * FROM runs")]
    return found + [tuple(row) for row in sqlite3.connect(folder.with_suffix(".db")).execute("SELECT * FROM given")]


def children(pid: int) -> list[int]:
    """List the processes that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return found


def alive(pid: int) -> bool:
    """Tell whether a process runs still."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def killed(folder: Path, known: str, duration: float, rng: random.Random, jobs: int = 2) -> Told:
    """Kill one run, one to three times, and tell how it ended."""
    kills, seen = 0, set[int]()
    for turn in range(20):
        started = subprocess.Popen(command(folder, jobs, *(["--resume"] if turn else [])), cwd=folder, env=ENV,
                                   stderr=subprocess.PIPE)  # fmt: skip
        if kills < 3 and (turn == 0 or rng.random() < 0.5):
            time.sleep(rng.random() * duration)
            workers = children(started.pid)
            seen.update(workers)
            victim = rng.choice(workers) if workers and rng.random() < 0.5 else started.pid
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                kills += 1
        err = (started.communicate(timeout=120)[1] or b"").decode()
        if started.returncode == 0:
            return Told(kills, _wrong(folder, known, seen))
        if started.returncode != -signal.SIGKILL:
            return Told(kills, f"exit code {started.returncode}: {err}")
        if (folder / OUT).exists() and sha256((folder / OUT).read_bytes()).hexdigest() != known:
            return Told(kills, "an output that is not whole stood under its name")
    return Told(kills, "did not end")


def _wrong(folder: Path, known: str, seen: set[int]) -> str:
    left = sorted(p.name for p in folder.iterdir())
    if left != [OUT, f"{OUT}.manifest.json"]:
        return f"the folder holds {', '.join(left)}"
    if sha256((folder / OUT).read_bytes()).hexdigest() != known:
        return "other bytes"
    whole = folder.with_name("undisturbed")
    if whole.with_suffix(".db").exists() and remembered(folder) != remembered(whole):
        return "another ledger"
    end = time.monotonic() + 10
    while any(map(alive, seen)):
        if time.monotonic() > end:
            return "a worker is left over"
        time.sleep(0.05)
    return ""


def undisturbed(base: Path, items: int, jobs: int = 2, ledger: bool = False) -> tuple[str, float]:
    """Make the input and one run that nobody kills: (SHA-256 of its output, seconds); with a ledger "first.db" before it."""
    write_items(base / "items.jsonl", items)
    folder = base / "undisturbed"
    folder.mkdir()
    if ledger:
        subprocess.run([*command(folder, jobs), "-s", "6", "--ledger", "../first.db", "-o", os.devnull], cwd=folder, env=ENV,
                       check=True)  # fmt: skip
        shutil.copy(base / "first.db", folder.with_suffix(".db"))
    begun = time.monotonic()
    subprocess.run(command(folder, jobs), cwd=folder, env=ENV, check=True)
    return sha256((folder / OUT).read_bytes()).hexdigest(), time.monotonic() - begun


def main() -> None:
    """Kill so many runs and print the tally."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--items", type=int, default=4000)
    parser.add_argument("--ledger", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    rng = random.Random(given.seed)
    good = kills = 0
    with tempfile.TemporaryDirectory(prefix="perturb-kill-") as name:
        base = Path(name)
        known, duration = undisturbed(base, given.items, ledger=given.ledger)
        print(f"seed {given.seed}; undisturbed: {duration:.1f} s, sha256 {known[:12]}…")
        for n in range(1, given.times + 1):
            folder = base / f"run{n}"
            folder.mkdir()
            if given.ledger:
                shutil.copy(base / "first.db", folder.with_suffix(".db"))
            told = killed(folder, known, duration, rng)
            good, kills = good + (not told.wrong), kills + told.kills
            if told.wrong:
                print(f"run {n}: {told.wrong}")
    print(f"{good} of {given.times} the same bytes after {kills} kills")
    sys.exit(good != given.times)


if __name__ == "__main__":
    main()
