"""Put the shards of one run together: the bytes that one process would have written."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from perturb.core.errors import DataError, UsageError
from perturb.items.codec import dumps
from perturb.items.formats import form_of
from perturb.items.formats.packing import unpacked
from perturb.items.places import why
from perturb.items.sinks import Sink
from perturb.runs.freshness import Sample, freshness, items_for, sample_of
from perturb.runs.listed import with_attempts
from perturb.runs.manifest import read_manifest
from perturb.runs.outputs import as_lines, found_fields
from perturb.runs.replay import same_perturb
from perturb.runs.same import file_sha256
from perturb.runs.shards import Shard, shard_of
from perturb.slipping import severity_of

if TYPE_CHECKING:
    from perturb.ledger import Ledger

_SAME = ("seed", "runs", "job", "recipes", "data", "files", "resources", "inputs", "bare", "notices", "ledger")


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
    parts = _in_order([(path, *_known(path)) for path in shards])
    first = parts[0][1]
    whole = _whole([found for _, found, _ in parts], output)
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
        main = _Lines([path for path, _, _ in parts], stack)
        sides = _Lines([found["shard"]["sidecar"] for _, found, _ in parts], stack) if side else None
        bads = _Lines([found["shard"]["rejects"] for _, found, _ in parts], stack) if bad else None
        listed = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        told = [chain(found.get("attempts", ())) for _, found, _ in parts]
        for part, records, rejected, attempts in _blocks(parts):
            for line in islice(told[part], attempts):
                listed.write(dumps(line) + "\n")
            if sides is not None:
                for k, line in enumerate(sides.take(part, records), out.count + 1):
                    side.write_bytes(b'{"line": %d, %b' % (k, line[line.index(b",") + 2 :]), 1)
            out.write_bytes(b"".join(main.take(part, records)), records)
            if bads is not None:
                bad.write_bytes(b"".join(bads.take(part, rejected)), rejected)
        main.ended([found["output"]["sha256"] for _, found, _ in parts])
        for more in filter(None, (sides, bads)):
            more.ended([])
        found_fields(_fields(first), whole["summary"], ", ".join(first["inputs"]))
        out.settle()
        whole["output"] = {"path": output, "sha256": out.sha256, "records": out.count}
        whole["output"] |= {"values": out.values} if out.values else {}
        whole["output"] |= {"sidecar": sidecar} if sidecar else {}
        if last is not None:
            _write_manifest(last, whole, listed if known is not None else None)
        if known is not None:
            for one in filter(None, (bad, side, out, last)):
                one.settle()
            said = _added(known, whole, [(f"{path}.given", found["shard"]["given"]) for path, found, _ in parts])
    return whole, said


def _blocks(parts: list[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the blocks in the order of one run: of which shard, and how many records, rejects and attempts are in it."""
    count = len(parts)
    for n in range(max(len(found["shard"]["blocks"]) for _, found, _ in parts) * count):
        blocks = parts[n % count][1]["shard"]["blocks"]
        yield (n % count, *(blocks[n // count] if n // count < len(blocks) else (0, 0, 0)))


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


def _known(path: str) -> tuple[dict[str, Any], Shard]:
    if path.endswith(".manifest.json"):
        raise UsageError(
            f"{path}: is a shard's manifest, which is found by itself; name the shard, {path.removesuffix('.manifest.json')}"
        )
    if form_of(path).kind != "lines":
        raise UsageError(f"{path}: shards are joined as JSON Lines: write them as .jsonl, .jsonl.gz or .jsonl.zst")
    manifest = f"{path}.manifest.json"
    if not os.path.isfile(manifest):
        what = "its manifest does not lie beside it" if os.path.isfile(path) else "no such file"
        raise DataError(f"{path}: {what}; expected a shard with its manifest, as perturb run --shard wrote them")
    found = read_manifest(manifest)
    same_perturb(manifest, found)
    shard = shard_of(found["job"]["shard"])
    try:
        blocks = found["shard"]["blocks"]
        if shard is None or not all(isinstance(n, int) for block in blocks for n in block) or {*map(len, blocks)} - {3}:
            raise ValueError
        sample_of(found["shard"]["sample"])
        if found["job"]["ledger"] and not isinstance(found["ledger"]["runs"] + len(found["ledger"]["chain"]), int):
            raise ValueError
        counts = [sum(column) for column in zip(*blocks)] or [0, 0, 0]
        if counts[:2] != [found["output"]["records"], found["rejected"]]:
            raise ValueError
    except (KeyError, TypeError, ValueError):
        raise DataError(f"{manifest}: not of a shard; expected what perturb run --shard wrote") from None
    return found, shard


def _in_order(parts: list[tuple[str, dict[str, Any], Shard]]) -> list[tuple[str, dict[str, Any], Shard]]:
    """Check that the parts are those of one run, each once, and put them in order."""
    path, first, shard = parts[0]
    for other, found, its in parts[1:]:
        for key in _SAME:
            ours, theirs = (_job(p) if key == "job" else p[key] for p in (first, found))
            if ours != theirs:
                raise DataError(f"{other}: is of another run than {path}: {_difference(key, ours, theirs)} differs")
        if its.of != shard.of:
            raise DataError(f"{other}: is shard {its.number}/{its.of}, but {path} is {shard.number}/{shard.of}")
    there = {its.number: p for p, _, its in parts}
    missing = [f"{n}/{shard.of}" for n in range(1, shard.of + 1) if n not in there]
    if missing:
        raise DataError(
            f"shard {', '.join(missing[:8])}{' …' if len(missing) > 8 else ''} is missing; name all parts of the run"
        )
    if len(parts) > shard.of:
        numbers = [its.number for _, _, its in parts]
        twice = next(n for n in numbers if numbers.count(n) > 1)
        raise DataError(f"shard {twice}/{shard.of} is given twice")
    return sorted(parts, key=lambda part: part[2].number)


def _job(found: dict[str, Any]) -> dict[str, Any]:
    """Give what must be the same in all shards' jobs; a ledger may lie elsewhere on each machine."""
    return {**found["job"], "shard": "", "ledger": bool(found["job"]["ledger"])}


def _difference(key: str, ours: Any, theirs: Any) -> str:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return next((f"{key}.{k}" for k in {**ours, **theirs} if ours.get(k) != theirs.get(k)), key)
    return key


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


def _also(parts: list[tuple[str, dict[str, Any], Shard]], what: str, path: str, sink: Callable[[str], Any]) -> Any:
    """Open the joined sidecar or rejects; each shard must have written one, or none."""
    have = [what in found["shard"] for _, found, _ in parts]
    if path and not all(have):
        raise UsageError(f"--{what}: the shards were made without --{what}")
    if what == "sidecar":
        as_lines(path)
    return sink(path) if path else None


class _Lines:
    """Read several files of lines by turns, and know their hashes at the end."""

    def __init__(self, paths: list[str], stack: ExitStack) -> None:
        self.paths, self.hashes = paths, [sha256() for _ in paths]
        self.files: list[IO[bytes]] = []
        for path in paths:
            try:
                file = stack.enter_context(open(path, "rb"))  # noqa: SIM115
            except OSError as e:
                raise DataError(f"{path}: cannot be read ({why(e)})") from None
            self.files.append(unpacked(file, form_of(path).packing))

    def take(self, which: int, count: int) -> Iterator[bytes]:
        """Yield the next lines of a file."""
        given = 0
        try:
            for line in islice(self.files[which], count):
                self.hashes[which].update(line)
                given += 1
                yield line
        except OSError as e:
            raise DataError(f"{self.paths[which]}: cannot be read ({why(e)})") from None
        if given < count:
            raise DataError(f"{self.paths[which]}: ends too early; it is not what its manifest says")

    def ended(self, known: list[str]) -> None:
        """Check that nothing is left, and that the bytes were those that the manifests know."""
        for path, file in zip(self.paths, self.files):
            if file.read(1):
                raise DataError(f"{path}: has more lines than its manifest says")
        for path, h, sha in zip(self.paths, self.hashes, known):
            if h.hexdigest() != sha:
                raise DataError(f"{path}: is not what its manifest says (its sha256 is not {sha[:12]}…)")
