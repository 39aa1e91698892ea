"""Edits digested in other processes, which share neither memory nor hash seed with this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from perturb.core.registry import get
from perturb.testing.cases import ITEMS, cases, edits_of, moved


def digests(names: Sequence[str], *, hash_seed: int, plugin: str | None = None) -> dict[str, str]:
    """Ask another process, with its own PYTHONHASHSEED, for a digest of each transform's edits."""
    command = [sys.executable, "-m", "perturb.testing", plugin or "", *names]
    path = os.pathsep.join([p for p in sys.path if p])
    env = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": path}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def digest(name: str) -> str:
    """Digest one transform's edits or moves of all cases (-> 64 hex digits)."""
    t = get(name)
    if t.kind == "item":
        made: Any = [moved(t, profile, item, seed).moves for profile, item in ITEMS for seed in range(5)]
    else:
        made = [edits_of(t, text, seed) for text, seed in cases()]
    return sha256(repr(made).encode("utf-8", "surrogatepass")).hexdigest()
