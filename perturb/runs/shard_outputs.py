"""What the shards of a run wrote: their manifests, checked to be of one run, and their lines, read in the order of that run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from itertools import islice
from typing import IO, Any, NamedTuple

from perturb.core.errors import DataError, UsageError
from perturb.items.file_access import why
from perturb.items.formats import form_of
from perturb.items.formats.packing import unpacked
from perturb.runs.freshness import sample_of
from perturb.runs.manifest import read_manifest
from perturb.runs.replay import same_perturb
from perturb.runs.shards import Shard, shard_of

_SAME = ("seed", "runs", "job", "recipes", "data", "files", "resources", "inputs", "bare", "notices", "ledger")


class ShardOutput(NamedTuple):
    """A shard's output: its path, its manifest, and which shard it is."""

    path: str
    manifest: dict[str, Any]
    shard: Shard


def shard_output(path: str) -> ShardOutput:
    """Read the manifest of a shard's output ("a.jsonl" -> that of a.jsonl.manifest.json); DataError where it is none."""
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
    return ShardOutput(path, found, shard)


def in_order(parts: list[ShardOutput]) -> list[ShardOutput]:
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
    return sorted(parts, key=lambda part: part.shard.number)


def _job(found: dict[str, Any]) -> dict[str, Any]:
    """Give what must be the same in all shards' jobs; a ledger may lie elsewhere on each machine."""
    return {**found["job"], "shard": "", "ledger": bool(found["job"]["ledger"])}


def _difference(key: str, ours: Any, theirs: Any) -> str:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return next((f"{key}.{k}" for k in {**ours, **theirs} if ours.get(k) != theirs.get(k)), key)
    return key


def blocks_of(parts: list[ShardOutput]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the blocks in the order of one run: of which shard, and how many records, rejects and attempts are in it."""
    count = len(parts)
    for n in range(max(len(part.manifest["shard"]["blocks"]) for part in parts) * count):
        blocks = parts[n % count].manifest["shard"]["blocks"]
        yield (n % count, *(blocks[n // count] if n // count < len(blocks) else (0, 0, 0)))


class ShardLines:
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
