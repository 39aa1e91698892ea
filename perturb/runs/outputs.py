"""Where a run writes, and what it says at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from perturb.core.errors import UsageError

Progress = Callable[[int, int], None]  # items done, bytes read


@dataclass
class Outputs:
    """Say where a run writes ("-" is stdout; "" is nowhere)."""

    output: str = "-"
    manifest: str = ""
    rejects: str = ""
    sidecar: str = ""
    bare: bool = False
    force: bool = False
    given: str = ""  # hashes of what was given, of a shard with a ledger


@dataclass
class Summary:
    """What a run did: counts, hashes, notices."""

    records: int = 0
    rejected: int = 0
    first_reject: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    output_sha256: str = ""
    stats: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    blocks: list[list[int]] = field(default_factory=list)
    freshness: dict[str, Any] = field(default_factory=dict)
    sample: list[Any] = field(default_factory=list)  # of a shard: what the freshness of the whole is made of
    given: str = ""  # of a shard with a ledger: the SHA-256 of its file of hashes
    ledger: dict[str, Any] = field(default_factory=dict)  # path, number of this run there, variants added


def found_fields(wanted: Iterable[str], stats: dict[str, int], source: str) -> None:
    """Refuse fields that the user named and no item has."""
    for path in wanted:
        if stats.get(f"no field: {path}", 0) == stats.get("items", 0) > 0:
            raise UsageError(f"{source}: no item has a field {path!r}; the --…field options name fields of the items")


def apart(outputs: list[str]) -> None:
    """Refuse two outputs in one place."""
    seen: set[str] = set()
    for path in filter(None, outputs):
        real = path if path == "-" else os.path.realpath(path)
        if real in seen and not real.startswith("/dev/"):
            raise UsageError(f"{'stdout' if path == '-' else path}: named for two outputs; give each a file of its own")
        seen.add(real)
