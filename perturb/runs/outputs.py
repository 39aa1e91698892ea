"""Where a run writes, and what it says at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perturb.core.errors import UsageError
from perturb.items.file_access import same
from perturb.items.formats import form_of

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
    output_values: str = ""  # the hash of its values, of an output whose form promises no bytes
    compared: str = ""  # of a replay: the file that was found to be as the run writes it


def found_fields(wanted: Iterable[str], stats: dict[str, int], source: str) -> None:
    """Refuse fields that the user named and no item has."""
    for path in wanted:
        if stats.get(f"no field: {path}", 0) == stats.get("items", 0) > 0:
            raise UsageError(f"{source}: no item has a field {path!r}; the --…field options name fields of the items")


def as_lines(sidecar: str) -> None:
    """Refuse a sidecar whose name promises another form than the JSON Lines that it holds ("log.csv")."""
    form = form_of(sidecar)
    if form.packing or form.kind not in ("lines", "array"):  # lines of JSON are read as such in a .json, too
        raise UsageError(f"{sidecar}: a sidecar is JSON Lines as they are; name it .jsonl")


def apart(outputs: list[str]) -> None:
    """Refuse two outputs in one place."""
    seen: set[str] = set()
    for path in filter(None, outputs):
        real = path if path == "-" else os.path.realpath(path)
        if real in seen and not real.startswith("/dev/"):
            raise UsageError(f"{'stdout' if path == '-' else path}: named for two outputs; give each a file of its own")
        seen.add(real)


def room(journal: Path, parts: list[Path], others: Iterable[str], *, ours: bool) -> None:
    """Check that what a run keeps beside its outputs is no file of somebody else's; ``ours`` where they may lie there.

    A journal is there before any part is. So a part without one, and a journal that does not begin as ours do, are of
    another tool (a download's ``.part``). ``others`` are the run's inputs and outputs, which are never taken.
    """
    for path in (journal, *parts):
        for other in others:
            if other != "-" and same(path, other):
                raise UsageError(f"{other}: has the name that the run needs for what is half-written; rename it, or give "
                                 "the output another name")  # fmt: skip
    if ours:
        return
    try:
        with open(journal, "rb") as file:
            ours = b'{"journal": '.startswith(file.read(12))  # also one that was cut, at the latest behind it
        taken = [] if ours else [journal]
    except FileNotFoundError:
        taken = [path for path in parts if path.exists()]
    except OSError:
        return  # what is wrong there is said when it is opened
    if taken:
        raise UsageError(f"{taken[0]}: lies where the run keeps what is half-written, and is not of perturb; move it away, or "
                         "--force to replace it")  # fmt: skip
