"""What a whole run costs: ``python bench/runs.py [FILE.jsonl] [--write]`` prints the table of docs/speed.md, or writes it.

Every row is a process of its own that reads the file, makes a record of each item and writes it: a plain loop that changes
nothing (the floor), loops with nlpaug's KeyboardAug and with typos as HELM makes them, and ours at -j 1 with manifest and
journal. CPU time of the process and its children, the least of several rounds taken in turns. Each row runs on one item, on
the file, and on the file four times over: "met" is what an item of the file costs, "again" what one costs in the further
rounds, when all words are known; the one item is the start. With --big N also -j 2 and Ray (where it is installed: make
test-integrations gets it) against -j 1 by the clock, on N items; with --memory the peak memory at 10,000 and 1,000,000
items (memory.py) and what ``perturb --help`` takes (hot.py). The whole goes wherever a page, or the README, has
``<!-- bench: runs -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIELDS = ("question", "text", "prompt", "instruction", "input")
TYPOS = "summary: typos\nsteps: [typo.omit: {times: 1}, typo.swap: {times: 1}, typo.neighbor: {times: 1}]\n"
NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wa qes wrd etf ryg tuh yij uok ipl o qsz awdx sefc drgv fthb gyjn hukm jil kop asx zdc xfv cgb vhn bjm nk".split()))  # fmt: skip
Change = Callable[[str], str]


def change_of(loop: str) -> Change:
    """Make what a loop does to a text ("floor" -> nothing, "typos" -> one letter in twenty to its neighbour)."""
    random.seed(1)
    if loop == "floor":
        return lambda text: text
    if loop == "typos":
        return lambda text: "".join(random.choice(NEAR[c]) if c in NEAR and random.random() < 0.05 else c for c in text)
    import nlpaug.augmenter.char as nac

    known: dict[str, Any] = {} if loop == "nlpaug" else {"aug_word_min": 3, "aug_word_max": 3, "aug_char_max": 1}
    augment = nac.KeyboardAug(**known).augment
    return lambda text: str(augment(text)[0])


def run_loop(loop: str, source: str, output: str, n: int) -> None:
    """Read, change and write, as one would without a tool."""
    change = change_of(loop)
    with open(source, encoding="utf-8") as lines, open(output, "w", encoding="utf-8") as out:
        for line in lines:
            item = json.loads(line)
            field = next(f for f in FIELDS if isinstance(item.get(f), str))
            for _ in range(n):
                out.write(json.dumps({**item, field: change(item[field])}, ensure_ascii=False) + "\n")


def spent(args: list[str], folder: str) -> tuple[float, float]:
    """Run a command: CPU seconds of it and its children, and seconds by the clock."""
    begun = time.perf_counter()
    process = subprocess.Popen(args, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(args)}: ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun


def ours(recipe: str, n: int, jobs: int = 1, engine: str = "processes") -> Callable[[str], list[str]]:
    """Make the command of a run of ours."""
    return lambda file: [sys.executable, "-m", "perturb", "run", file, "-r", recipe, "-n", str(n), "-s", "1", "-q", "-j", str(jobs),
                         "--engine", engine, "--unchanged", "keep", "-o", "out.jsonl", "--force"]  # fmt: skip


def loop(name: str, n: int) -> Callable[[str], list[str]]:
    """Make the command of a plain loop."""
    return lambda file: [sys.executable, str(Path(__file__).resolve()), file, "--loop", name, "-n", str(n)]


ROWS: tuple[tuple[str, int, Callable[[str], list[str]]], ...] = (
    ("read, parse, write (the floor)", 1, loop("floor", 1)),
    ("typos as HELM makes them", 1, loop("typos", 1)),
    ("nlpaug, three words, a letter each", 1, loop("nlpaug3", 1)),
    ("nlpaug as it comes", 1, loop("nlpaug", 1)),
    ("perturb, three typo steps, n = 1", 1, ours("typos3.yaml", 1)),
    ("perturb, three typo steps, n = 10", 10, ours("typos3.yaml", 10)),
    ("perturb, hurried, n = 1", 1, ours("hurried", 1)),
)


def made(items: list[dict[str, Any]], size: int, path: Path) -> None:
    """Write so many items, the file's over and over, each with an id of its own."""
    with path.open("w", encoding="utf-8") as out:
        for n, item in enumerate(islice(cycle(items), size)):
            out.write(json.dumps({**item, "id": f"q{n}"}, ensure_ascii=False) + "\n")


def measured(items: list[dict[str, Any]], rounds: int, folder: str) -> list[str]:
    """Give the table's lines."""
    size, best = len(items), dict[tuple[str, str], float]()
    for name, n in (("one", 1), ("once", size), ("four", 4 * size)):
        made(items, n, Path(folder) / f"{name}.jsonl")
    (Path(folder) / "typos3.yaml").write_text(TYPOS)
    for _ in range(rounds):
        for row, _, command in ROWS:
            for file in ("one", "once", "four"):
                cpu, _ = spent(command(f"{file}.jsonl"), folder)
                best[row, file] = min(cpu, best.get((row, file), cpu))
    out = []
    costs = {}
    for row, n, _ in ROWS:
        one, once, four = (best[row, file] for file in ("one", "once", "four"))
        costs[row] = ((once - one) / size / n * 1e6, (four - once) / size / n / 3 * 1e6, one)
    for row, (met, again, start) in costs.items():
        ratios = [f"{costs[peer][1] / again:.1f}" for peer in (ROWS[2][0], ROWS[3][0])]
        out.append(f"| {row} | {met:.0f} | {again:.0f} | {' | '.join(ratios)} | {start:.2f} |")
    return out


HEAD = [
    "| a record | µs, met | µs, again | speed, nlpaug with three words = 1 | speed, nlpaug as it comes = 1 | start, s |",
    "|---|---|---|---|---|---|",
]


def by_the_clock(items: list[dict[str, Any]], size: int, folder: str) -> str:
    """Say how long a large run takes in one process, in two, and in Ray's."""
    made(items, size, Path(folder) / "big.jsonl")
    ways = {"`-j 1`": (1, "processes"), "`-j 2`": (2, "processes")}
    if find_spec("ray") is not None:
        ways["Ray with two workers"] = (2, "ray")
    clock = {
        name: min(spent(ours("hurried", 1, *way)("big.jsonl"), folder)[1] for _ in range(2))
        for name, way in ways.items()
    }
    first = clock["`-j 1`"]
    said = [f"{name} {seconds:.0f} s" + (f" ({first / seconds:.2f} times as fast)" if seconds != first else "")
            for name, seconds in clock.items()]  # fmt: skip
    return f"By the clock, hurried over {size:,} items: {', '.join(said)}."


def in_memory(folder: str) -> str:
    """Say how much memory runs of two sizes take at most, and how long the command takes to start."""
    import hot  # here, since the loops that are measured are processes of this file, too
    import memory

    items, said = Path(folder) / "items.jsonl", []
    for jobs in (1, 2):
        peak = {}
        for size in (10_000, 1_000_000):
            memory.write_items(items, size)
            peak[size] = memory.measured(items, jobs, "case.lower")[0]
        said.append(f"`-j {jobs}` {peak[10_000]:.0f} MB for 10,000 items, {peak[1_000_000]:.0f} MB for 1,000,000")
    return f"Peak memory, all processes: {'; '.join(said)}. `perturb --help` takes {hot.start_up():.0f} ms more than starting Python."


def written(table: str) -> None:
    """Put the table into the pages that have a place for it."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text("utf-8")
        new = re.sub(r"(<!-- bench: runs -->\n).*?(<!-- end -->)", lambda m: m[1] + table + m[2], text, flags=re.S)
        if new != text:
            page.write_text(new, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", nargs="?", default="")
    parser.add_argument("--limit", type=int, default=1000, help="items of the file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--big", type=int, default=0, metavar="N", help="also -j 2 and Ray against -j 1 on N items")
    parser.add_argument("--memory", action="store_true", help="also peak memory, and the start")
    parser.add_argument("--write", action="store_true", help="put the table into the docs")
    parser.add_argument("--loop", default="", help=argparse.SUPPRESS)
    parser.add_argument("-n", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.loop:
        run_loop(given.loop, given.file, "loop.jsonl", given.n)
        return
    files = [Path(given.file)] if given.file else sorted((ROOT / "data" / "samples").glob("*.jsonl"))
    lines = [line for f in files for line in f.read_text("utf-8").split("\n") if line]
    items = [item for item in map(json.loads, lines) if any(isinstance(item.get(f), str) for f in FIELDS)]
    items = items[: given.limit] if given.file else [{"text": next(i[f] for f in FIELDS if f in i)} for i in items]
    with tempfile.TemporaryDirectory(prefix="perturb-runs-") as folder:
        table = HEAD + measured(items, given.rounds, folder)
        print("\n".join(table), flush=True)
        said = [by_the_clock(items, given.big, folder)] if given.big else []
        said += [in_memory(folder)] if given.memory else []
        table += ["", " ".join(said)] if said else []
        print("\n".join(said))
    if given.write:
        written("\n".join(table) + "\n")


if __name__ == "__main__":
    main()
