"""Peak memory of runs of two sizes: ``python bench/memory.py`` (50,000 and 1,000,000 items, -j 1 and -j 2).

The recipe is a light one; items are made here. The figure is the sum of each process's own peak (VmHWM), so pages that
processes share count for each. Needs Linux's /proc.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Where is my new card, please? I have waited since Monday because it has not come."


def write_items(path: Path, count: int) -> None:
    with path.open("w") as f:
        for n in range(count):
            f.write(f'{{"id": "q{n}", "question": "{n} {TEXT}", "answer": "{n}"}}\n')


def peaks(pid: int) -> dict[int, int]:
    """Give a process and its children with their peaks so far, in kB."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, StopIteration):
            status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
            if int(folder.name) == pid or int(status["PPid"]) == pid:
                found[int(folder.name)] = int(status.get("VmHWM", "0 kB").split()[0])
    return found


def measured(items: Path, jobs: int, recipe: str) -> tuple[float, float, float]:
    """Run once: (sum of peaks in MB, seconds, CPU seconds)."""
    begun, cpu, most = time.monotonic(), os.times(), {}
    args = [sys.executable, "-m", "perturb", "run", str(items), "-r", recipe, "-s", "1", "-j", str(jobs), "-q",
            "-o", str(items.with_suffix(".out")), "--force"]  # fmt: skip
    with subprocess.Popen(args, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=items.parent) as run:
        while run.poll() is None:
            for pid, kb in peaks(run.pid).items():
                most[pid] = max(kb, most.get(pid, 0))
            time.sleep(0.2)
    assert run.returncode == 0
    now = os.times()
    used = now.children_user + now.children_system - cpu.children_user - cpu.children_system
    return sum(most.values()) / 1024, time.monotonic() - begun, used


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=[50_000, 1_000_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--recipe", default="case.lower")
    given = parser.parse_args()
    print("| -j | items | peak MB | times the smaller | s | CPU s |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="perturb-memory-") as name:
        for jobs in given.jobs:
            first = 0.0
            for size in given.sizes:
                items = Path(name) / "items.jsonl"
                write_items(items, size)
                mb, seconds, cpu = measured(items, jobs, given.recipe)
                first = first or mb
                print(f"| {jobs} | {size:,} | {mb:.0f} | {mb / first:.2f} | {seconds:.0f} | {cpu:.0f} |", flush=True)


if __name__ == "__main__":
    main()
