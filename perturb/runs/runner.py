"""A run: items of files in, variants and a manifest out, whole or not at all; the same bytes by any number of processes."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from perturb.core.errors import BadRecord, DataError, PerturbError, StepFailed, UsageError
from perturb.items.sinks import Rejects, Sink
from perturb.language.lexicon import own_tables
from perturb.runs.batch import Done, PerturbBatch
from perturb.runs.feed import ITEMS, Bad, Chunk, Feed, Named, chunks, sampled
from perturb.runs.inputs import Inputs
from perturb.runs.job import Job, files_of
from perturb.runs.journal import Journal, State
from perturb.runs.pool import Pool, ordered
from perturb.runs.same import file_sha256
from perturb.runs.shards import Shard
from perturb.runs.worker import packed, unpacked
from perturb.variants import Perturber

Progress = Callable[[int, int], None]  # items done, bytes read
_NOTHING = Done(b"", [], 0, {}, [])
_HOPELESS = (UsageError, StepFailed)  # to go on would end in the same again


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
    inputs: dict[str, str] = field(default_factory=dict)
    output_sha256: str = ""
    stats: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    blocks: list[list[int]] = field(default_factory=list)


def run(
    perturber: Perturber,
    source: str | list[str],
    outputs: Outputs,
    *,
    limit: int | None = None,
    sample: int | None = None,
    keep: Iterable[str] = (),
    manifest_of: Callable[[Summary], str] | None = None,
    progress: Progress | None = None,
    job: Job | None = None,
    jobs: int = 1,
    journal: Journal | None = None,
    head: Callable[[dict[str, str]], dict[str, Any]] | None = None,
    shard: Shard | None = None,
) -> Summary:
    """Write the variants of files' items (``run(Perturber("hurried"), "items.jsonl", Outputs("out.jsonl"))``).

    ``sample`` takes that many items by a hash of their ids, the same ones whatever the seed or order. ``keep`` are
    files that no output may replace (the inputs are some in any case). The manifest is what ``manifest_of`` makes of the
    summary. ``jobs`` processes work on it, each made of ``job``. With a ``journal``, what is done when an error or a
    Ctrl-C comes is left beside the output, to go on from: one that has a head is gone on with, else ``head`` gives it.
    Raises DataError, BadRecord, UsageError; nothing half-written stands under an output's name.
    """
    paths = [source] if isinstance(source, str) else source
    _apart([outputs.output, outputs.manifest, outputs.rejects, outputs.sidecar])
    with ExitStack() as stack:
        work = _Work(perturber, Inputs(paths, hashed=manifest_of is not None or journal is not None), outputs, journal,
                     [*paths, *keep])  # fmt: skip
        work.open(stack, head)
        feed = Feed(paths, inputs=work.inputs, skip_bad=bool(work.rejects), limit=limit)
        stream = perturber.stream()
        entries = feed.entries(stream) if sample is None else sampled(feed.entries(stream), sample)
        most = max(1, ITEMS // (perturber.n * len(perturber.recipes)))
        pieces = chunks(entries, most, shard, work.state.at, work.state.chain)
        try:
            for chunk, done in work.done(pieces, feed, stream, job, jobs, stack):
                work.take(chunk, done, shard)
                if progress is not None:
                    progress(chunk.end, feed.size)
            work.inputs.unchanged()
        except DataError:
            work.inputs.unchanged()
            raise
        summary = work.summary(perturber, stream)
        if shard is None:
            found_fields(perturber.wanted, summary.stats, ", ".join(paths))
        work.close(manifest_of(summary) if manifest_of is not None else "", summary)
    return summary


class _Work:
    """The files that a run writes, and how far it is."""

    def __init__(
        self, perturber: Perturber, inputs: Inputs, outputs: Outputs, journal: Journal | None, kept: list[str]
    ) -> None:
        def sink(path: str, kind: type[Sink] = Sink, lines: bool = True) -> Any:
            return kind(path, force=outputs.force, inputs=kept, part=journal is not None, as_lines=lines)

        self.perturber, self.inputs, self.outputs, self.journal = perturber, inputs, outputs, journal
        self.out: Sink = sink(outputs.output or "-", lines=False)
        self.side: Sink | None = sink(outputs.sidecar) if outputs.sidecar else None
        self.rejects: Rejects | None = sink(outputs.rejects, Rejects) if outputs.rejects else None
        self.manifest: Sink | None = sink(outputs.manifest) if outputs.manifest else None
        self.state = State()
        self.worth = False  # whether a whole chunk was done: less is sooner done again than cleaned up
        self.left = False  # whether something lies there that a run can go on from

    # In this order: the output appears last, when all else is in place.
    @property
    def sinks(self) -> list[tuple[str, Sink]]:
        named = (("rejects", self.rejects), ("sidecar", self.side), ("output", self.out))
        return [(name, s) for name, s in named if s is not None]

    def open(self, stack: ExitStack, head: Callable[[dict[str, str]], dict[str, Any]] | None) -> None:
        """Open all files, new or where the journal says that they were left."""
        journal = self.journal
        again = journal is not None and bool(journal.head)
        if journal is not None:
            if again:
                journal.go_on()
                self.state = replace(journal.state)
            else:
                assert head is not None
                journal.begin(head(self.inputs.hashes))
            self.left = again
            stack.push(self._let_go)
        for name, s in self.sinks:
            s.keep = again
            stack.enter_context(s)
            size, count, known = self.state.files.get(name, [0, 0, ""])
            if again:
                s.go_on(size, count)
                if (size, known or s.sha256) != (s.size, s.sha256):
                    raise DataError(f"{s.part}: is not what the journal says ({size} bytes were done); "
                                    "--force starts the run again")  # fmt: skip
        if self.manifest is not None:
            stack.enter_context(self.manifest)
        if journal is not None:
            stack.push(self._leave)

    def done(
        self, pieces: Iterator[Chunk], feed: Feed, stream: Perturber, job: Job | None, jobs: int, stack: ExitStack
    ) -> Iterator[tuple[Chunk, Done]]:
        """Yield the chunks with what became of them, in order."""
        how = {"sidecar": self.side is not None, "skip": self.rejects is not None}
        bare = self.outputs.bare
        if jobs == 1 or job is None:
            batch = PerturbBatch.of(stream, bare=bare)
            for chunk in pieces:
                yield chunk, batch.encoded(((e.name, e.item) for e in chunk.named), **how)
            return
        begun: Chunk | None = None
        for begun in pieces:
            if begun.named:
                break  # now the profile is known
            yield begun, _NOTHING
        if begun is None or not begun.named:
            return
        hello = {"job": asdict(replace(job, seed=stream.seed)), "first": _text(feed.first), "bare": bare, **how,
                 "runs": stream.runs, "tables": own_tables(),
                 "files": {f: file_sha256(f) for f in files_of(job)}}  # fmt: skip
        pool = stack.enter_context(Pool(jobs, hello))

        def every() -> Iterator[tuple[Chunk, bytes]]:
            yield begun, begun.data()
            for chunk in pieces:
                yield chunk, chunk.data()

        def submit(piece: tuple[Chunk, bytes]) -> Future[bytes]:
            return pool.submit(piece[1]) if piece[1] else nothing

        nothing: Future[bytes] = Future()
        nothing.set_result(packed(_NOTHING))
        for (chunk, _), answer in ordered(submit, every(), 2 * jobs + 2):
            yield chunk, unpacked(answer)

    def take(self, chunk: Chunk, done: Done, shard: Shard | None) -> None:
        """Write what became of a chunk; raise what stopped it."""
        if self.side is not None:
            self.side.write_bytes(b"".join(b'{"line": %d, %b\n' % (n, line[1:])
                                           for n, line in enumerate(done.side, self.out.count + 1)), done.records)  # fmt: skip
        self.out.write_bytes(done.lines, done.records)
        if self.out.direct:
            self.out.flush()
        bad = self._bad(chunk, done)
        if bad and self.rejects is None:
            raise bad[0].error
        if done.error is not None:
            raise done.error
        several = len(self.inputs.paths) > 1
        for one in bad:
            assert self.rejects is not None
            self.rejects.write(one.line(several))
        old = self.state
        stats = Counter(old.stats)
        stats.update(done.stats)
        if shard is not None and chunk.entries:
            block = shard.block(chunk.start)
            old.blocks.extend([0, 0] for _ in range(block + 1 - len(old.blocks)))
            old.blocks[block][0] += done.records
            old.blocks[block][1] += len(bad)
        files = {name: [s.size, s.count, s.sha256] for name, s in self.sinks}
        # At once, so that a Ctrl-C finds either the old state or the new one.
        self.state = State(chunk.end, chunk.chain, files, old.rejected + len(bad),
                           old.first_reject or (str(bad[0].error) if bad else ""), dict(stats), old.blocks)  # fmt: skip
        self.worth = self.worth or chunk.full
        if self.journal is not None and self.journal.due():
            self.note()

    def _bad(self, chunk: Chunk, done: Done) -> list[Bad]:
        """List the bad entries of a chunk in order: those that were read so, and those that no variant could be made of."""
        reasons = dict(done.bad)
        out: list[Bad] = []
        n = 0
        for e in chunk.entries:
            if isinstance(e, Bad):
                out.append(e)
                continue
            if n in reasons:
                out.append(Bad(BadRecord(reasons[n], e.where), _again(e), e.file))
            n += 1
        return out

    def note(self) -> None:
        """Bring what is done down to the disk and say so in the journal."""
        assert self.journal is not None
        for _, s in self.sinks:
            s.flush(surely=True)
        self.journal.note(self.state)
        self.left = self.left or self.worth
        if not self.journal.there():
            self.left = False
            raise DataError(f"{self.out.label}: its folder, or the files in it, were taken away while it was written")

    def summary(self, perturber: Perturber, stream: Perturber) -> Summary:
        """Sum the run up."""
        perturber.stats.clear()
        perturber.stats.update(self.state.stats)
        return Summary(self.out.count, self.state.rejected, self.state.first_reject, self.inputs.hashes, self.out.sha256,
                       dict(sorted(self.state.stats.items())), list(stream.notices), self.state.blocks)  # fmt: skip

    def close(self, manifest: str, summary: Summary) -> None:
        """Give all files their names."""
        if self.journal is not None:
            self.note()
        if self.manifest is not None:
            self.manifest.write_text(manifest)
        sinks = [*([self.manifest] if self.manifest else []), *(s for _, s in self.sinks)]
        for s in sinks:
            s.settle()
        if self.journal is not None:
            moves = [move for s in sinks for move in s.moves()]
            drop = [str(s.part) for s in sinks if not s.form.plain]
            self.journal.finishing(moves, drop, asdict(replace(summary, blocks=[])))
        for s in sinks:
            s.place()
        self.left = False

    def _leave(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        """Bring what is done down to the disk for the next to go on from, or nothing at all."""
        assert self.journal is not None
        if kind is None:
            return
        if self.journal.finish or not self.journal.there() or issubclass(kind, _HOPELESS):
            self.left = bool(self.journal.finish)
        elif self.state.at > self.journal.state.at:
            with contextlib.suppress(PerturbError):
                self.note()
        if self.left and error is not None:
            error.left = self.journal.state.at  # type: ignore[attr-defined]
        for s in (self.manifest, *(s for _, s in self.sinks)):
            if s is not None and self.journal.finish:
                s.forget()
            elif s is not None:
                s.keep = self.left and s is not self.manifest

    def _let_go(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        assert self.journal is not None
        if kind is not None and self.left:
            self.journal.close()
        else:
            self.journal.remove()


def _again(e: Named) -> str:
    from perturb.items.codec import dumps, loads

    return dumps(loads(e.raw))


def _text(item: dict[str, Any] | None) -> str | None:
    from perturb.items.codec import dumps

    return None if item is None else dumps(item)


def found_fields(wanted: Iterable[str], stats: dict[str, int], source: str) -> None:
    """Refuse fields that the user named and no item has."""
    for path in wanted:
        if stats.get(f"no field: {path}", 0) == stats.get("items", 0) > 0:
            raise UsageError(f"{source}: no item has a field {path!r}; the --…field options name fields of the items")


def _apart(outputs: list[str]) -> None:
    """Refuse two outputs in one place."""
    seen: set[str] = set()
    for path in filter(None, outputs):
        real = path if path == "-" else os.path.realpath(path)
        if real in seen and not real.startswith("/dev/"):
            raise UsageError(f"{'stdout' if path == '-' else path}: named for two outputs; give each a file of its own")
        seen.add(real)
