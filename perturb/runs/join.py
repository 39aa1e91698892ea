"""Put the shards of one run together: the bytes that one process would have written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from itertools import islice
from typing import IO, Any

from perturb.core.errors import DataError, UsageError
from perturb.items.formats import form_of
from perturb.items.formats.packing import unpacked
from perturb.items.places import why
from perturb.items.sinks import Sink
from perturb.runs.manifest import read_manifest
from perturb.runs.outputs import found_fields
from perturb.runs.replay import same_perturb
from perturb.runs.shards import Shard, shard_of
from perturb.slipping import severity_of

_SAME = ("seed", "runs", "job", "recipes", "data", "files", "resources", "inputs", "bare", "notices")


def join(
    shards: list[str], output: str, *, manifest: str = "", sidecar: str = "", rejects: str = "", force: bool = False
) -> dict[str, Any]:
    """Join shards' outputs (``join(["a.jsonl", "b.jsonl"], "all.jsonl")``); their manifests lie beside them.

    Gives the manifest of the whole. Raises DataError, and writes nothing, where a shard is missing, stands twice, is of
    another run, or is not what its manifest says.
    """
    if "-" in shards:
        raise UsageError("shards are files, with their manifests beside them")
    parts = _in_order([(path, *_known(path)) for path in shards])
    first = parts[0][1]
    count = len(parts)
    whole = _whole([found for _, found, _ in parts], output)
    kept = [*shards, *(f"{p}.manifest.json" for p in shards)]
    with ExitStack() as stack:

        def sink(path: str, lines: bool = True) -> Any:
            return stack.enter_context(Sink(path, force=force, inputs=kept, as_lines=lines)) if path else None

        out = sink(output, False)
        side, bad = _also(parts, "sidecar", sidecar, sink), _also(parts, "rejects", rejects, sink)
        last = sink(manifest)
        main = _Lines([path for path, _, _ in parts], stack)
        sides = _Lines([found["shard"]["sidecar"] for _, found, _ in parts], stack) if side else None
        bads = _Lines([found["shard"]["rejects"] for _, found, _ in parts], stack) if bad else None
        for n in range(max(len(found["shard"]["blocks"]) for _, found, _ in parts) * count):
            blocks = parts[n % count][1]["shard"]["blocks"]
            records, rejected = blocks[n // count] if n // count < len(blocks) else (0, 0)
            if sides is not None:
                for k, line in enumerate(sides.take(n % count, records), out.count + 1):
                    side.write_bytes(b'{"line": %d, %b' % (k, line[line.index(b",") + 2 :]), 1)
            out.write_bytes(b"".join(main.take(n % count, records)), records)
            if bads is not None:
                bad.write_bytes(b"".join(bads.take(n % count, rejected)), rejected)
        main.ended([found["output"]["sha256"] for _, found, _ in parts])
        for more in filter(None, (sides, bads)):
            more.ended([])
        found_fields(_fields(first), whole["summary"], ", ".join(first["inputs"]))
        whole["output"] = {"path": output, "sha256": out.sha256, "records": out.count}
        if last is not None:
            last.write_text(json.dumps(whole, indent=1, ensure_ascii=True) + "\n")
    return whole


def _known(path: str) -> tuple[dict[str, Any], Shard]:
    if form_of(path).kind != "lines":
        raise UsageError(f"{path}: shards are joined as JSON Lines: write them as .jsonl, .jsonl.gz or .jsonl.zst")
    manifest = f"{path}.manifest.json"
    found = read_manifest(manifest)
    same_perturb(manifest, found)
    shard = shard_of(found["job"]["shard"])
    try:
        if shard is None or not all(isinstance(n, int) for pair in found["shard"]["blocks"] for n in pair):
            raise ValueError
        counts = [sum(column) for column in zip(*found["shard"]["blocks"])] or [0, 0]
        if counts != [found["output"]["records"], found["rejected"]]:
            raise ValueError
    except (KeyError, TypeError, ValueError):
        raise DataError(f"{manifest}: not of a shard; expected what perturb run --shard wrote") from None
    return found, shard


def _in_order(parts: list[tuple[str, dict[str, Any], Shard]]) -> list[tuple[str, dict[str, Any], Shard]]:
    """Check that the parts are those of one run, each once, and put them in order."""
    path, first, shard = parts[0]
    for other, found, its in parts[1:]:
        for key in _SAME:
            ours, theirs = ({**p["job"], "shard": ""} if key == "job" else p[key] for p in (first, found))
            if ours != theirs:
                raise DataError(f"{other}: is of another run than {path}: {_difference(key, ours, theirs)} differs")
        if its.of != shard.of:
            raise DataError(f"{other}: is shard {its.number}/{its.of}, but {path} is {shard.number}/{shard.of}")
    there = {its.number: p for p, _, its in parts}
    missing = [f"{n}/{shard.of}" for n in range(1, shard.of + 1) if n not in there]
    if missing:
        raise DataError(f"shard {', '.join(missing[:8])}{' …' if len(missing) > 8 else ''} is missing")
    if len(parts) > shard.of:
        numbers = [its.number for _, _, its in parts]
        twice = next(n for n in numbers if numbers.count(n) > 1)
        raise DataError(f"shard {twice}/{shard.of} is given twice")
    return sorted(parts, key=lambda part: part[2].number)


def _difference(key: str, ours: Any, theirs: Any) -> str:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return next((f"{key}.{k}" for k in {**ours, **theirs} if ours.get(k) != theirs.get(k)), key)
    return key


def _whole(found: list[dict[str, Any]], output: str) -> dict[str, Any]:
    """Make the manifest of the whole, as one process would have written it."""
    stats: Counter[str] = Counter()
    for one in found:
        stats.update(one["summary"])
    whole = {k: v for k, v in found[0].items() if k != "shard"}
    return {**whole, "job": {**whole["job"], "shard": ""}, "rejected": sum(f["rejected"] for f in found),
            "summary": dict(sorted(stats.items())), "severity": severity_of(stats)}  # fmt: skip


def _fields(found: dict[str, Any]) -> list[str]:
    return [k.removeprefix("no field: ") for k in found["summary"] if k.startswith("no field: ")]


def _also(parts: list[tuple[str, dict[str, Any], Shard]], what: str, path: str, sink: Callable[[str], Any]) -> Any:
    """Open the joined sidecar or rejects; each shard must have written one, or none."""
    have = [what in found["shard"] for _, found, _ in parts]
    if path and not all(have):
        raise UsageError(f"--{what}: the shards were made without --{what}")
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
