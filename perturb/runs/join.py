"""Put the shards of one run together: the bytes that one process would have written."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from perturb.core.errors import DataError, UsageError
from perturb.items.codec import dumps
from perturb.items.sinks import Sink
from perturb.runs.freshness import Sample, freshness, items_for, sample_of
from perturb.runs.listed import with_attempts
from perturb.runs.outputs import as_lines, found_fields
from perturb.runs.same import file_sha256
from perturb.runs.shard_outputs import ShardLines, ShardOutput, blocks_of, in_order, shard_output
from perturb.slipping import severity_of

if TYPE_CHECKING:
    from perturb.ledger import Ledger


def join(
    shards: list[str], output: str, *, manifest: str = "", sidecar: str = "", rejects: str = "", ledger: str = "",
    force: bool = False,
) -> tuple[dict[str, Any], dict[str, Any]]:  # fmt: skip
    """Join shards' outputs (``join(["a.jsonl", "b.jsonl"], "all.jsonl")``); their manifests lie beside them.

    Where they looked at a ledger, what they gave is added to it, or to ``ledger`` where it lies elsewhere now. Gives the
    manifest of the whole, and what was added. Raises DataError, and writes nothing, where a shard is missing, stands twice, is of
    another run, or is not what its manifest says.
    """
    if "-" in shards:
        raise UsageError("shards are files, with their manifests beside them")
    parts = in_order([shard_output(path) for path in shards])
    first = parts[0].manifest
    whole = _whole([part.manifest for part in parts], output)
    kept = [*shards, *(f"{p}.manifest.json" for p in shards)]
    said: dict[str, Any] = {}
    with ExitStack() as stack:
        known = _ledger(first, ledger, stack)
        kept += [known.path] if known else []

        def sink(path: str, lines: bool = True) -> Any:
            return stack.enter_context(Sink(path, force=force, inputs=kept, as_lines=lines)) if path else None

        out = sink(output, False)
        side, bad = _also(parts, "sidecar", sidecar, sink), _also(parts, "rejects", rejects, sink)
        last = sink(manifest)
        attempts = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        _write_blocks(parts, out, side, bad, attempts)
        found_fields(_fields(first), whole["summary"], ", ".join(first["inputs"]))
        out.settle()
        whole["output"] = {"path": output, "sha256": out.sha256, "records": out.count}
        whole["output"] |= {"values": out.values} if out.values else {}
        whole["output"] |= {"sidecar": sidecar} if sidecar else {}
        if last is not None:
            _write_manifest(last, whole, attempts if known is not None else None)
        if known is not None:
            for one in filter(None, (bad, side, out, last)):
                one.settle()
            said = _added(known, whole, [(f"{part.path}.given", part.manifest["shard"]["given"]) for part in parts])
    return whole, said


def _write_blocks(parts: list[ShardOutput], out: Sink, side: Sink | None, bad: Sink | None, attempts: IO[str]) -> None:
    """Write the shards' lines in the order of one run, a sidecar's numbered anew, and list their ``attempts``."""
    with ExitStack() as stack:
        lines = ShardLines([part.path for part in parts], stack)
        sides = ShardLines([part.manifest["shard"]["sidecar"] for part in parts], stack) if side else None
        bads = ShardLines([part.manifest["shard"]["rejects"] for part in parts], stack) if bad else None
        told = [iter(part.manifest.get("attempts", ())) for part in parts]
        for which, records, rejected, tried in blocks_of(parts):
            for line in islice(told[which], tried):
                attempts.write(dumps(line) + "\n")
            if side is not None and sides is not None:
                for k, data in enumerate(sides.take(which, records), out.count + 1):
                    side.write_bytes(b'{"line": %d, %b' % (k, data[data.index(b",") + 2 :]), 1)
            out.write_bytes(b"".join(lines.take(which, records)), records)
            if bad is not None and bads is not None:
                bad.write_bytes(b"".join(bads.take(which, rejected)), rejected)
        lines.ended([part.manifest["output"]["sha256"] for part in parts])
        for more in filter(None, (sides, bads)):
            more.ended([])


def _write_manifest(last: Any, whole: dict[str, Any], listed: IO[str] | None) -> None:
    """Write the manifest of the whole, with the attempts that were listed where a ledger chose among them."""
    lines = None
    if listed is not None:
        listed.seek(0)
        lines = (line[:-1] for line in listed)
    for text in with_attempts(json.dumps(whole, indent=1, ensure_ascii=True) + "\n", lines):
        last.write_text(text)


def _ledger(found: dict[str, Any], path: str, stack: ExitStack) -> Ledger | None:
    """Keep the ledger that shards looked at, as it was then."""
    if not found["job"]["ledger"]:
        if path:
            raise UsageError(
                "--ledger: the shards were made without --ledger; perturb ledger FILE --add adds finished runs"
            )
        return None
    from perturb.ledger import Ledger, Snapshot

    where = path or os.path.join(found["folder"], found["job"]["ledger"])
    at = Snapshot(where, found["ledger"]["runs"], found["ledger"]["chain"])
    if at.after and not os.path.exists(where):
        raise UsageError(
            f"{where}: the shards were made with this ledger, and it is not there; say with --ledger FILE where it is"
        )
    return stack.enter_context(Ledger(where, hold=True, at=at))


def _added(known: Ledger, whole: dict[str, Any], given: list[tuple[str, str]]) -> dict[str, Any]:
    from perturb.ledger import About
    from perturb.runs.ledgers import added

    for path, sha in given:
        if not os.path.isfile(path):
            raise DataError(f"{path}: is not there; the shard wrote its hashes there, for the ledger")
        if file_sha256(path) != sha:
            raise DataError(f"{path}: is not what its shard's manifest says")
    about = About(", ".join(whole["runs"]), whole["job"]["n"], whole["seed"], whole["summary"].get("items", 0),
                  whole["output"]["path"], whole["output"]["sha256"])  # fmt: skip
    return added(known, [path for path, _ in given], about)


def _whole(found: list[dict[str, Any]], output: str) -> dict[str, Any]:
    """Make the manifest of the whole, as one process would have written it."""
    stats: Counter[str] = Counter()
    for one in found:
        stats.update(one["summary"])
    whole = {k: v for k, v in found[0].items() if k not in ("shard", "attempts")}
    sample = Sample(items_for(whole["job"]["n"], len(whole["runs"])))
    for one in found:
        for rank, rows in sample_of(one["shard"]["sample"]):
            sample.take(rank, rows)
    return {**whole, "job": {**whole["job"], "shard": ""}, "rejected": sum(f["rejected"] for f in found),
            "summary": dict(sorted(stats.items())), "severity": severity_of(stats),
            "freshness": freshness(sample, list(whole["runs"]), stats)}  # fmt: skip


def _fields(found: dict[str, Any]) -> list[str]:
    return [k.removeprefix("no field: ") for k in found["summary"] if k.startswith("no field: ")]


def _also(parts: list[ShardOutput], what: str, path: str, sink: Callable[[str], Any]) -> Any:
    """Open the joined sidecar or rejects; each shard must have written one, or none."""
    have = [what in found["shard"] for _, found, _ in parts]
    if path and not all(have):
        raise UsageError(f"--{what}: the shards were made without --{what}")
    if what == "sidecar":
        as_lines(path)
    return sink(path) if path else None
