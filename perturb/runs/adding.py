"""Finished runs added to a ledger: those that were made without one, or all of them where it was lost."""

from __future__ import annotations

import os
import tempfile
from typing import Any

from perturb.ledger import About, Ledger
from perturb.runs.ledgers import added
from perturb.runs.manifest import read_manifest
from perturb.runs.outputs import Progress
from perturb.runs.replay import replay, same_perturb


def add_run(path: str, manifest: str, *, jobs: int = 1, progress: Progress | None = None) -> dict[str, Any]:
    """Add what a finished run gave, found by doing it again (``add_run("seen.db", "out.jsonl.manifest.json")``).

    For runs that were made without a ledger, and for a ledger that was lost. Gives what was added, with ``there`` True
    where the ledger had that run already. Raises what ``replay`` raises.
    """
    found = read_manifest(manifest)
    same_perturb(manifest, found)
    about = About(", ".join(found["runs"]), found["job"]["n"], found["seed"], found.get("summary", {}).get("items", 0),
                  str(found["output"].get("path", "")), found["output"]["sha256"])  # fmt: skip
    with Ledger(path, hold=True) as ledger:
        there = ledger.run_of(about)
        if there:
            return {"path": path, "run": there, "variants": 0, "new": False, "there": True}
    with tempfile.TemporaryDirectory(prefix="perturb-") as folder:
        given = os.path.join(folder, "given")
        replay(manifest, jobs=jobs, progress=progress, given=given)
        with Ledger(path, hold=True) as ledger:
            return {**added(ledger, [given], about, apart=False), "there": False}
