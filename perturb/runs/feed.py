"""From files to chunks of named items: read, named in the files' order, chosen, and counted out to shards."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from perturb.core.errors import BadRecord, CannotGoOn, DataError, PerturbError
from perturb.items.codec import dumps
from perturb.items.readers import Record, read
from perturb.items.rejects import reject
from perturb.runs.inputs import Inputs
from perturb.runs.shards import BLOCK, Shard
from perturb.variants import Perturber

ITEMS, BYTES = 256, 1 << 18  # of a chunk, at most
SECONDS = 0.25  # that a chunk should take, at most


class Pace:
    """Say how many items a chunk may have: fewer where they take long, so that what is done is soon known."""

    def __init__(self, limit: int) -> None:
        self.limit, self.most = limit, max(1, limit // 8)

    def took(self, items: int, seconds: float) -> None:
        """Learn from a chunk of so many items that took so long."""
        fitting = int(items * SECONDS / max(seconds, 1e-6))
        self.most = max(1, min(fitting, 2 * self.most, self.limit))


class Named(NamedTuple):
    """An item with its name and its JSON, ready for a batch."""

    name: str
    item: dict[str, Any]
    raw: bytes
    where: str
    file: str
    hint: tuple[str, ...] = ()  # attempts to take, of a replay

    @property
    def called(self) -> str | list[str]:
        """Give the name as a batch takes it, with the attempts where there are some."""
        return [self.name, *self.hint] if self.hint else self.name


class Bad(NamedTuple):
    """A record that cannot be used, with its text."""

    error: BadRecord
    raw: str
    file: str

    def line(self, several: bool) -> dict[str, Any]:
        """Give what the rejects say of it."""
        return reject(self.error.where, self.error.reason, self.raw, self.file if several else "")


@dataclass
class Chunk:
    """What one process does at a time: entries of the stream from ``start`` to before ``end``."""

    start: int
    end: int = 0
    chain: str = ""  # hash of all names and items up to the end
    full: bool = False  # not ended by an error or the stream's end
    entries: list[Named | Bad] = field(default_factory=list)

    @property
    def named(self) -> list[Named]:
        """Give the entries that are items."""
        return [e for e in self.entries if isinstance(e, Named)]

    def data(self) -> bytes:
        """Write the items as a worker takes them; their values are no longer needed here."""
        data = b"\n".join(part for e in self.named for part in (dumps(e.called).encode(), e.raw))
        self.entries = [e._replace(item={}) if isinstance(e, Named) else e for e in self.entries]
        return data


class Feed:
    """Read items from files (``Feed(["items.jsonl"]).items()``); with ``skip_bad`` the bad ones are entries too."""

    def __init__(
        self, paths: list[str], *, inputs: Inputs | None = None, skip_bad: bool = False, limit: int | None = None
    ) -> None:
        self.paths, self.skip_bad, self.limit = paths, skip_bad, limit
        self.inputs = inputs or Inputs(paths)
        self.size = self._lines = 0  # bytes read, and those of the lines among them that were given out
        self.now: Record | None = None
        self.first: dict[str, Any] | None = None  # the item that the profile was read off
        self._bad: list[Bad] = []

    def _records(self) -> Iterator[tuple[str, Record]]:
        left = self.limit
        for path in self.paths:
            if left == 0:
                return

            def tap(data: bytes, path: str = path) -> None:
                self.size += len(data)
                self.inputs.tap(path, data)

            def on_bad(bad: BadRecord, raw: str, path: str = path) -> None:
                self._bad.append(Bad(bad, raw, path))

            for record in _marked(read(path, on_bad=on_bad if self.skip_bad else None, tap=tap, limit=left)):
                left = None if left is None else left - 1
                self._lines += len(record.raw) + 1 if record.raw else 0  # only lines of JSON are known as they stood
                yield path, record

    def reached(self) -> int:
        """Tell how many bytes the entries so far took: what is read is a buffer ahead of them."""
        return min(self.size, self._lines or self.size)

    def items(self) -> Iterator[dict[str, Any]]:
        """Yield the items in the files' order."""
        for _, record in self._records():
            self.now = record
            yield record.item

    def bad_item(self, bad: BadRecord, item: dict[str, Any]) -> None:
        """Raise what is wrong with the item that was given last, with its file and line."""
        raise type(bad)(bad.reason, self.now.where if self.now else "") from None

    def entries(self, perturber: Perturber) -> Iterator[Named | Bad]:
        """Yield the items with their names, and the bad ones where they stand."""
        for path, record in self._records():
            yield from self._bad
            self._bad.clear()
            try:
                name = perturber.name(record.item)
            except BadRecord as bad:
                located = type(bad)(bad.reason, record.where)
                if not self.skip_bad:
                    raise located from None
                yield Bad(located, dumps(record.item), path)
                continue
            if self.first is None:
                self.first = record.item
            yield Named(name, record.item, record.raw or dumps(record.item).encode(), record.where, path)
        yield from self._bad
        self._bad.clear()


def _marked(records: Iterator[Record]) -> Iterator[Record]:
    """Mark an error of the reading: what it is of has to be mended, unlike an output that could not be written."""
    try:
        yield from records
    except DataError as e:
        e.unread = True  # type: ignore[attr-defined]
        raise


def sampled(entries: Iterator[Named | Bad], size: int) -> Iterator[Named | Bad]:
    """Keep the ``size`` items whose names hash lowest, the same ones whatever the order, and give them in order."""
    kept: list[tuple[int, int, Named]] = []
    for n, entry in enumerate(entries):
        if isinstance(entry, Bad):
            yield entry
            continue
        data = entry.name.encode("utf-8", "surrogatepass")
        key = -int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
        if len(kept) < size:
            heapq.heappush(kept, (key, n, entry))
        elif key > kept[0][0]:
            heapq.heapreplace(kept, (key, n, entry))
    kept.sort(key=lambda e: e[1])
    for _, _, entry in kept:
        yield entry


def hinted(entries: Iterator[Named | Bad], attempts: Iterable[list[str]], manifest: str) -> Iterator[Named | Bad]:
    """Give items the attempts that a manifest lists of them, in the items' order; DataError where it lists others."""
    listed = iter(attempts)
    line = next(listed, None)
    for entry in entries:
        if line is not None and isinstance(entry, Named) and entry.name == line[0]:
            entry, line = entry._replace(hint=tuple(line[1:])), next(listed, None)
        yield entry
    if line is not None:
        raise DataError(
            f"{manifest}: attempts: lists {line[0][:60]!r}, which is no item, or not there; was the file edited?"
        )


def chunks(
    entries: Iterator[Named | Bad], pace: Pace, shard: Shard | None, done: int = 0, chain: str = ""
) -> Iterator[Chunk]:
    """Gather entries in chunks of as many items as ``pace`` says, none across a shard's blocks; ``done`` entries are passed over.

    Raises CannotGoOn where those do not give ``chain``: then they are not what was read before. An error of the
    reading comes after the chunk of what stood before it.
    """
    h = blake2b(digest_size=16)
    at = size = 0
    chunk = Chunk(done)
    try:
        for entry in entries:
            at += 1
            h.update(f"{entry.name}\n".encode("utf-8", "surrogatepass") + entry.raw if isinstance(entry, Named)
                     else ascii(entry.error.reason).encode())  # fmt: skip
            h.update(b"\n")
            if at <= done:
                if at == done:
                    _agrees(h.hexdigest(), chain)
                continue
            if shard is None or shard.has(at - 1):
                chunk.entries.append(entry)
                size += len(entry.raw)
            full = len(chunk.entries) >= pace.most or size >= BYTES
            if full or (shard is not None and at % BLOCK == 0):
                chunk.end, chunk.chain, chunk.full = at, h.hexdigest(), True
                yield chunk
                chunk, size = Chunk(at), 0
    except PerturbError:
        if chunk.entries:
            chunk.end, chunk.chain = at, h.hexdigest()
            yield chunk
        raise
    if at < done:
        _agrees("", chain)
    if at > chunk.start:
        chunk.end, chunk.chain = at, h.hexdigest()
        yield chunk


def _agrees(found: str, chain: str) -> None:
    if found != chain:
        raise CannotGoOn("the input is not what was read before the run stopped; --force starts again")
