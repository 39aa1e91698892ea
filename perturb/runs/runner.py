"""A run: items of a file in, variants and a manifest out, whole or not at all."""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

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
    first_reject: str = ""
    input_sha256: str = ""
    output_sha256: str = ""
    stats: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


class Feed:
    """Give a file's items to the Perturber and remember where each came from, so that a bad one can be named."""

    def __init__(
        self, path: str, rejects: Rejects | None = None, progress: Progress | None = None, *,
        limit: int | None = None, whole: bool = False,
    ) -> None:  # fmt: skip
        self.rejects, self.progress = rejects, progress
        self.hash, self.size, self.count, self.rejected, self.first = sha256(), 0, 0, 0, ""
        self.now: Record | None = None
        # With ``whole`` all bytes are read, also those behind the limit, so that the hash is the whole input's.
        tap = self._tap if whole or limit is None else None
        self.records = read(path, on_bad=self._bad_line if rejects else None, tap=tap, limit=limit)

    def _tap(self, data: bytes) -> None:
        self.hash.update(data)
        self.size += len(data)

    def _bad_line(self, bad: BadRecord, raw: str) -> None:
        assert self.rejects is not None
        self.rejected += 1
        self.first = self.first or str(bad)
        self.rejects(bad, raw)

    def bad_item(self, bad: BadRecord, item: dict[str, Any]) -> None:
        """Take an item that the Perturber could not use: to the rejects, or up with its file and line."""
        located = type(bad)(bad.reason, self.now.where if self.now else "")
        if self.rejects is None:
            raise located from None
        self._bad_line(located, dumps(item))

    def items(self) -> Iterator[dict[str, Any]]:
        """Yield the items in the file's order."""
        for record in self.records:
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
    keep: Iterable[str] = (),
    manifest_of: Callable[[Summary], str] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Write the variants of a file's items (``run(Perturber("hurried"), "items.jsonl", Outputs("out.jsonl"))``).

    ``sample`` takes that many items by a hash of their ids, the same ones whatever the seed or order. ``keep`` are
    files that no output may replace (the input is one in any case). The manifest is what ``manifest_of`` makes of the
    summary. Raises DataError, BadRecord, UsageError; nothing half-written stays.
    """
    _apart([outputs.output, outputs.manifest, outputs.rejects, outputs.sidecar])
    with ExitStack() as stack:

        def sink(path: str, kind: type[Sink] = Sink) -> Any:
            return stack.enter_context(kind(path, force=outputs.force, inputs=[source, *keep])) if path else None

        # Entered in this order, closed in the reverse: the output appears last, when all else is in place.
        out = sink(outputs.output or "-")
        side, rejects = sink(outputs.sidecar), sink(outputs.rejects, Rejects)
        manifest = sink(outputs.manifest)
        feed = Feed(source, rejects, progress, limit=limit, whole=manifest is not None)
        perturber.on_bad = feed.bad_item
        items = feed.items()
        variants = perturber(items) if sample is None else _sampled(perturber, feed, items, sample)
        for variant in variants:
            out.write(variant.bare if outputs.bare or side is not None else variant.item)
            if side is not None:
                side.write({"line": out.count, **variant.record})
        _found_fields(perturber, source)
        summary = Summary(out.count, feed.rejected, feed.first, feed.hash.hexdigest(), out.sha256,
                          dict(sorted(perturber.stats.items())), list(perturber.notices))  # fmt: skip
        if manifest is not None and manifest_of is not None:
            manifest.write_text(manifest_of(summary))
    return summary


def _found_fields(perturber: Perturber, source: str) -> None:
    """Refuse fields that the user named and no item has."""
    for path in perturber.wanted:
        if perturber.stats[f"no field: {path}"] == perturber.stats["items"] > 0:
            raise UsageError(f"{source}: no item has a field {path!r}; the --…field options name fields of the items")


def _apart(outputs: list[str]) -> None:
    """Refuse two outputs in one place."""
    seen: set[str] = set()
    for path in filter(None, outputs):
        real = path if path == "-" else os.path.realpath(path)
        if real in seen and not real.startswith("/dev/"):
            raise UsageError(f"{'stdout' if path == '-' else path}: named for two outputs; give each a file of its own")
        seen.add(real)


def _sampled(perturber: Perturber, feed: Feed, items: Iterator[dict[str, Any]], size: int) -> Iterator[Any]:
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
