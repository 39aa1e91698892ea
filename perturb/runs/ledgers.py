"""A run and its ledger: the hashes put by as it goes, and added when its output is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from struct import iter_unpack
from typing import Any

from perturb.core.errors import DataError, UsageError
from perturb.items.file_access import why
from perturb.items.sinks import Sink
from perturb.ledger import About, Ledger, Snapshot
from perturb.runs.job import Job
from perturb.runs.outputs import Summary
from perturb.variants import Perturber

_BLOCK = 16 * 4096


class Scratch(Sink):
    """Keep what a run needs until its end and no longer, written and taken up again as its output is."""

    @property
    def file(self) -> Path:
        """Give where it lies."""
        return self._temps[0]

    def moves(self) -> list[tuple[str, str]]:
        """Move nothing: it gets no name of its own."""
        return []

    def place(self) -> None:
        """Throw it away."""
        self._placed = True
        self._drop()


def opened(job: Job, at: list[Any] | None = None) -> Ledger | None:
    """Open a job's ledger, None where it names none; ``at`` is the snapshot that a stopped run began with.

    A whole run keeps it for itself. A shard only looks at it, beside others, and ``join`` adds what all gave.
    """
    if not job.ledger:
        return None
    snapshot = None if at is None else Snapshot(*at)
    path = job.ledger if snapshot is None else snapshot.path
    if not job.shard:
        return Ledger(path, hold=True, at=snapshot)
    if not os.path.exists(path):
        with Ledger(path, hold=True):
            pass  # makes it, so that all shards begin with the same
    return Ledger(path, at=snapshot)


def snapshot_of(ledger: Ledger | None) -> list[Any] | None:
    """Put down what a run may look at, for its journal and its processes."""
    return None if ledger is None else list(ledger.snapshot._replace(path=os.path.abspath(ledger.path)))


def entry_of(ledger: Ledger, perturber: Perturber, summary: Summary, output: str, given: Scratch) -> dict[str, Any]:
    """Put down what a run is to add, so that it can be added also where the run is killed while it ends."""
    about = About(", ".join(r.name for r in perturber.recipes), perturber.n, perturber.seed, summary.stats.get("items", 0),
                  output, summary.output_sha256)  # fmt: skip
    return {"snapshot": snapshot_of(ledger), "about": list(about), "given": str(given.file.absolute())}


def added(ledger: Ledger, given: list[str], about: About, *, apart: bool = True) -> dict[str, Any]:
    """Add what a run put by; says which run of the ledger it is, and how many variants it gave."""
    number, count = ledger.add((pair for path in given for pair in _pairs(path)), about, apart=apart)
    return {"path": ledger.path, "run": number, "variants": count, "new": number == 1}


def finished_ledger(entry: dict[str, Any]) -> dict[str, Any]:
    """Add what a run put by that was killed while it ended; once, whether it had come so far or not."""
    snapshot = Snapshot(*entry["snapshot"])
    with Ledger(snapshot.path, hold=True, at=snapshot) as ledger:
        return added(ledger, [entry["given"]], About(*entry["about"]))


def _pairs(path: str) -> Iterator[tuple[int, int]]:
    try:
        with open(path, "rb") as f:
            while block := f.read(_BLOCK):
                if len(block) % 16:
                    raise DataError(f"{path}: is cut; expected 16 bytes for each variant")
                yield from iter_unpack(">qq", block)
    except OSError as e:
        raise DataError(f"{path}: cannot be read ({why(e)})") from None


def needs_a_file(job: Job, output: str) -> None:
    """Refuse a shard with a ledger whose hashes would have no file to stand beside."""
    if job.ledger and job.shard and (output == "-" or output.startswith("/dev/")):
        raise UsageError(
            "--shard with --ledger needs an output file: its hashes are written beside it, for perturb join"
        )
