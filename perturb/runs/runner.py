"""A run: items of a file in, variants and a manifest out, whole or not at all."""

from __future__ import annotations

import heapq
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, Callable, Iterator

from perturb.core.errors import BadRecord, UsageError
from perturb.items.codec import dumps
from perturb.items.readers import Record, read
from perturb.items.sinks import Rejects, Sink
from perturb.variants import Perturber

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


@dataclass
class Summary:
    """What a run did: counts, hashes, notices."""

    records: int = 0
    rejected: int = 0
    input_sha256: str = ""
    output_sha256: str = ""
    stats: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


class _Feed:
    """Give items to the Perturber and remember where each came from, so that a bad one can be named."""

    def __init__(self, path: str, rejects: Rejects | None, progress: Progress | None) -> None:
        self.rejects, self.progress = rejects, progress
        self.hash, self.size, self.count, self.rejected = sha256(), 0, 0, 0
        self.now: Record | None = None
        self.records = read(path, on_bad=self._bad_line if rejects else None, tap=self._tap)

    def _tap(self, data: bytes) -> None:
        self.hash.update(data)
        self.size += len(data)

    def _bad_line(self, bad: BadRecord, raw: str) -> None:
        assert self.rejects is not None
        self.rejected += 1
        self.rejects(bad, raw)

    def bad_item(self, bad: BadRecord, item: dict[str, Any]) -> None:
        """Take an item that the Perturber could not use: to the rejects, or up with its file and line."""
        where = self.now.where if self.now else ""
        located = BadRecord(bad.reason, where)
        if self.rejects is None:
            raise located
        self._bad_line(located, dumps(item))

    def items(self, limit: int | None) -> Iterator[dict[str, Any]]:
        """Yield the items, at most ``limit``; all bytes are read in any case, so that the input's hash is whole."""
        for record in self.records:
            if limit is None or self.count < limit:
                self.count += 1
                self.now = record
                yield record.item
                if self.progress is not None:
                    self.progress(self.count, self.size)


def run(
    perturber: Perturber,
    source: str,
    outputs: Outputs,
    *,
    limit: int | None = None,
    sample: int | None = None,
    manifest_of: Callable[[Summary], str] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Write the variants of a file's items (``run(Perturber("hurried"), "items.jsonl", Outputs("out.jsonl"))``).

    ``sample`` takes that many items by a hash of their ids, the same ones whatever the seed or order. The manifest is
    what ``manifest_of`` makes of the summary. Raises DataError, BadRecord, UsageError; nothing half-written stays.
    """
    inputs = [] if source == "-" else [source]
    taken = [p for p in (outputs.output, outputs.manifest, outputs.rejects, outputs.sidecar) if p and p != "-"]
    real = [os.path.realpath(p) for p in taken]
    for i, path in enumerate(real):
        if path in real[:i] and not path.startswith("/dev/"):
            raise UsageError(f"{taken[i]}: named for two outputs; give each a file of its own")
    with ExitStack() as stack:

        def sink(path: str, kind: type[Sink] = Sink) -> Any:
            return stack.enter_context(kind(path, force=outputs.force, inputs=inputs)) if path else None

        # Entered in this order, closed in the reverse: the output appears last, when all else is in place.
        out = sink(outputs.output)
        side, rejects = sink(outputs.sidecar), sink(outputs.rejects, Rejects)
        manifest = sink(outputs.manifest)
        feed = _Feed(source, rejects, progress)
        perturber.on_bad = feed.bad_item
        items = feed.items(limit)
        variants = perturber(items) if sample is None else _sampled(perturber, feed, items, sample)
        for variant in variants:
            plain = outputs.bare or side is not None
            out.write(variant.bare if plain else variant.item)
            if side is not None:
                side.write({"line": out.count, **variant.record})
        summary = Summary(out.count, feed.rejected, feed.hash.hexdigest(), out.sha256, dict(sorted(perturber.stats.items())),
                          list(perturber.notices))  # fmt: skip
        if manifest is not None and manifest_of is not None:
            manifest.write_text(manifest_of(summary))
    return summary


def _sampled(perturber: Perturber, feed: _Feed, items: Iterator[dict[str, Any]], size: int) -> Iterator[Any]:
    """Keep the ``size`` items whose ids hash lowest, then go on with them in the input's order."""
    kept: list[tuple[int, int, str, dict[str, Any], Record | None]] = []
    for n, item in enumerate(items):
        try:
            name = perturber.name(item)
        except BadRecord as bad:
            feed.bad_item(bad, item)
            continue
        key = -int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        entry = (key, n, name, item, feed.now)
        if len(kept) < size:
            heapq.heappush(kept, entry)
        elif key > kept[0][0]:
            heapq.heapreplace(kept, entry)
    kept.sort(key=lambda e: e[1])

    def chosen() -> Iterator[tuple[str, dict[str, Any]]]:
        for _, _, name, item, record in kept:
            feed.now = record
            yield name, item

    yield from perturber.named(chosen())


def file_sha256(path: str | Path) -> str:
    """Hash a file (-> 64 hex digits)."""
    with open(path, "rb") as f:
        h = sha256()
        while block := f.read(1 << 20):
            h.update(block)
    return h.hexdigest()
