"""Chunks of items done, in this process or by several, in order; and the entries of a chunk that came to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from perturb import __version__
from perturb.core.errors import BadRecord
from perturb.items.codec import dumps, loads
from perturb.language.lexicon import own_tables
from perturb.ledger import Ledger
from perturb.resources import data_digest
from perturb.runs.batch import Done, PerturbBatch
from perturb.runs.feed import Bad, Chunk, Feed
from perturb.runs.job import Job, files_of
from perturb.runs.ledgers import snapshot_of
from perturb.runs.pool import Pool, ordered
from perturb.runs.same import file_sha256
from perturb.runs.worker import packed, unpacked
from perturb.variants import Perturber

_NOTHING = Done(b"", [], 0, {}, [])


class Wanted(NamedTuple):
    """What a run wants of each chunk."""

    bare: bool  # no added field
    sidecar: bool  # the added field alone
    skip: bool  # bad items are passed over
    gives: bool  # hashes of all variants, for a ledger
    again: bool  # the attempts that stand with the items
    ledger: Ledger | None  # nothing that it has


def each_done(
    pieces: Iterator[Chunk], feed: Feed, stream: Perturber, wanted: Wanted, job: Job | None, jobs: int, engine: str,
    stack: ExitStack,
) -> Iterator[tuple[Chunk, Done]]:  # fmt: skip
    """Yield the chunks with what became of them, in order."""
    if (jobs == 1 and not engine) or job is None:
        return _here(pieces, stream, wanted)
    return _by_several(pieces, feed, stream, wanted, job, jobs, engine, stack)


def _here(pieces: Iterator[Chunk], stream: Perturber, wanted: Wanted) -> Iterator[tuple[Chunk, Done]]:
    how = {"sidecar": wanted.sidecar, "skip": wanted.skip}
    batch = PerturbBatch.of(stream, bare=wanted.bare, known=wanted.ledger, gives=wanted.gives, again=wanted.again)
    for chunk in pieces:
        yield chunk, batch.encoded(((e.called, e.item) for e in chunk.named), **how)


def _by_several(
    pieces: Iterator[Chunk], feed: Feed, stream: Perturber, wanted: Wanted, job: Job, jobs: int, engine: str,
    stack: ExitStack,
) -> Iterator[tuple[Chunk, Done]]:  # fmt: skip
    begun: Chunk | None = None
    for begun in pieces:
        if begun.named:
            break  # now the profile is known
        yield begun, _NOTHING
    if begun is None or not begun.named:
        return
    pool = stack.enter_context(_pool(engine, jobs, _hello(feed, stream, wanted, job)))

    def every() -> Iterator[tuple[Chunk, bytes]]:
        yield begun, begun.data()
        for chunk in pieces:
            yield chunk, chunk.data()

    def submit(piece: tuple[Chunk, bytes]) -> Future[bytes]:
        return pool.submit(piece[1]) if piece[1] else nothing

    nothing: Future[bytes] = Future()
    nothing.set_result(packed(_NOTHING))
    for (chunk, _), answer in ordered(submit, pool.fed(every()), pool.ahead):
        yield chunk, unpacked(answer)


def _hello(feed: Feed, stream: Perturber, wanted: Wanted, job: Job) -> dict[str, Any]:
    """Put down what a new process must know to do a chunk as this one would."""
    return {"job": asdict(replace(job, seed=stream.seed)), "first": None if feed.first is None else dumps(feed.first),
            "bare": wanted.bare, "sidecar": wanted.sidecar, "skip": wanted.skip,
            "recipes": [[r.name, r.texts] for r in stream.recipes], "runs": stream.runs, "tables": own_tables(),
            "perturb": [__version__, data_digest()], "gives": wanted.gives, "again": wanted.again,
            "ledger": None if wanted.ledger is None else snapshot_of(wanted.ledger),
            "files": {f: file_sha256(f) for f in files_of(job)}}  # fmt: skip


def _pool(engine: str, jobs: int, hello: dict[str, Any]) -> Any:
    if engine == "ray":
        from perturb.runs.on_ray import RayPool

        return RayPool(jobs, hello)
    return Pool(jobs, hello)


def bad_of(chunk: Chunk, done: Done) -> list[Bad]:
    """List the bad entries of a chunk in order: those that were read so, and those that no variant could be made of."""
    reasons = dict(done.bad)
    out: list[Bad] = []
    n = 0
    for e in chunk.entries:
        if isinstance(e, Bad):
            out.append(e)
            continue
        if n in reasons:
            out.append(Bad(BadRecord(reasons[n], e.where), dumps(loads(e.raw)), e.file))
        n += 1
    return out
