"""The files that a run writes, and how far it is."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import Any

from perturb.core.errors import CannotGoOn, DataError, PerturbError, StepFailed, UsageError
from perturb.items.file_access import beside
from perturb.items.rejects import Rejects
from perturb.items.sinks import Sink
from perturb.ledger import About, Ledger
from perturb.runs.batch import Done
from perturb.runs.doing import Wanted, bad_of
from perturb.runs.feed import Chunk
from perturb.runs.freshness import Sample, freshness, items_for
from perturb.runs.inputs import Inputs
from perturb.runs.journal import Journal, State
from perturb.runs.ledgers import Scratch, added, entry_of
from perturb.runs.listed import lines_of, with_attempts
from perturb.runs.outputs import Outputs, Summary, as_lines, room
from perturb.runs.shards import Shard
from perturb.variants import Perturber

_HOPELESS = (UsageError, StepFailed)  # to go on would end in the same again


class Work:
    """The files that a run writes, and how far it is."""

    def __init__(
        self, perturber: Perturber, inputs: Inputs, outputs: Outputs, journal: Journal | None, kept: list[str],
        ledger: Ledger | None = None,
    ) -> None:  # fmt: skip
        def sink(path: str, kind: type[Sink] = Sink, lines: bool = True) -> Any:
            return kind(path, force=outputs.force, inputs=kept, part=journal is not None, as_lines=lines)

        self.perturber, self.inputs, self.outputs, self.journal = perturber, inputs, outputs, journal
        self._kept = kept
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.out: Sink = sink(outputs.output or "-", lines=False)
        as_lines(outputs.sidecar)
        self.side: Sink | None = sink(outputs.sidecar) if outputs.sidecar else None
        self.rejects: Rejects | None = sink(outputs.rejects, Rejects) if outputs.rejects else None
        self.manifest: Sink | None = sink(outputs.manifest) if outputs.manifest else None
        self.ledger = ledger
        self.given: Sink | None = sink(outputs.given) if outputs.given else None
        self.told: Scratch | None = None
        if ledger is not None:
            self.told = self._scratch("attempts")
            self.given = self.given or self._scratch("given")
        self.sample = Sample(items_for(perturber.n, len(perturber.recipes)))
        self.state = State()
        self.worth = False  # whether a whole chunk was done: less is sooner done again than cleaned up
        self.left = False  # whether something lies there that a run can go on from

    @property
    def sinks(self) -> list[tuple[str, Sink]]:
        """List what is written, in the order in which it appears: the output last, when all else is in place."""
        named = (("attempts", self.told), ("given", self.given), ("rejects", self.rejects), ("sidecar", self.side),
                 ("output", self.out))  # fmt: skip
        return [(name, s) for name, s in named if s is not None]

    def _scratch(self, what: str) -> Scratch:
        """Make a file that lies beside the output until the end, somewhere else where the output is no file."""
        if self.journal is not None:
            return Scratch(f"{self.outputs.output}.{what}", force=True, part=True, as_lines=True)
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="perturb-")
        return Scratch(os.path.join(self._folder.name, what), as_lines=True)

    def open(self, stack: ExitStack, head: Callable[[dict[str, str]], dict[str, Any]] | None) -> None:
        """Open all files, new or where the journal says that they were left."""
        if self._folder is not None:
            stack.enter_context(self._folder)
        journal = self.journal
        again = journal is not None and bool(journal.head)
        if journal is not None:
            self._room(journal, again)
            self.left = again
            stack.push(self._let_go)  # before the file is there: a Ctrl-C just behind that leaves none
            if again:
                journal.go_on()
                self.state = replace(journal.state)
                for rank, rows in journal.sample:
                    self.sample.take(rank, rows)
            else:
                assert head is not None
                journal.begin(head(self.inputs.hashes))
        for name, s in self.sinks:
            s.keep = again
            stack.enter_context(s)
            size, count, known = self.state.files.get(name, [0, 0, ""])
            if again:
                s.go_on(size, count)
                if (size, known or s.sha256) != (s.size, s.sha256):
                    raise CannotGoOn(f"{s.part}: is not what the journal says ({size} bytes were done); "
                                    "--force starts the run again")  # fmt: skip
        if self.manifest is not None:
            stack.enter_context(self.manifest)
        stack.push(self._leave if journal is not None else self._stop)

    def _room(self, journal: Journal, again: bool) -> None:
        sinks = [s for s in (self.manifest, *(s for _, s in self.sinks)) if s is not None]
        parts = [s.part for s in sinks if s.part is not None]
        made = [beside(s.part, "made") for s in sinks if s.part is not None and not s.form.plain]
        finals = [str(s.final) for s in sinks if s.final is not None and not isinstance(s, Scratch)]
        room(journal.path, parts + made, [*self._kept, *finals], ours=again or self.outputs.force)

    def wanted(self, *, again: bool) -> Wanted:
        """Say what is wanted of each chunk; ``again`` where items come with the attempts to take."""
        return Wanted(self.outputs.bare, self.side is not None, self.rejects is not None, self.given is not None, again,
                      self.ledger)  # fmt: skip

    def take(self, chunk: Chunk, done: Done, shard: Shard | None) -> None:
        """Write what became of a chunk; raise what stopped it."""
        if self.side is not None:
            self.side.write_bytes(b"".join(b'{"line": %d, %b\n' % (n, line[1:])
                                           for n, line in enumerate(done.side, self.out.count + 1)), done.records)  # fmt: skip
        self.out.write_bytes(done.lines, done.records)
        if self.given is not None:
            self.given.write_bytes(done.given, len(done.given) // 16)
        if self.told is not None:
            for line in done.told:
                self.told.write(line)
        if self.out.direct:
            self.out.flush()
        bad = bad_of(chunk, done)
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
            old.blocks.extend([0, 0, 0] for _ in range(block + 1 - len(old.blocks)))
            for k, n in enumerate((done.records, len(bad), len(done.told))):
                old.blocks[block][k] += n
        for rank, rows in done.sample:
            self.sample.take(rank, rows)
        files = {name: [s.size, s.count, s.sha256] for name, s in self.sinks}
        # At once, so that a Ctrl-C finds either the old state or the new one.
        self.state = State(chunk.end, chunk.chain, files, old.rejected + len(bad),
                           old.first_reject or (str(bad[0].error) if bad else ""), dict(stats), old.blocks)  # fmt: skip
        self.worth = self.worth or chunk.full
        if self.journal is not None and self.journal.due():
            self.note()

    def note(self) -> None:
        """Bring what is done down to the disk and say so in the journal, if it is of inputs that have not changed."""
        assert self.journal is not None
        self.inputs.unchanged()
        for _, s in self.sinks:
            s.flush(surely=True)
        self.left = self.left or self.worth  # before the line: a Ctrl-C behind it would take away what it speaks of
        self.journal.note(self.state, self.sample.noted())
        self.sample.new = []
        if not self.journal.there():
            self.left = False
            raise DataError(f"{self.out.label}: its folder, or the files in it, were taken away while it was written")

    def summary(self, perturber: Perturber, stream: Perturber, before: dict[str, Any] | None = None) -> Summary:
        """Sum the run up; ``before`` is the freshness of the run whose place it takes."""
        perturber.stats.clear()
        perturber.stats.update(self.state.stats)
        stats = dict(sorted(self.state.stats.items()))
        fresh = freshness(self.sample, [r.name for r in perturber.recipes], stats, before)
        return Summary(self.out.count, self.state.rejected, self.state.first_reject, self.inputs.hashes, self.out.sha256,
                       stats, list(stream.notices), self.state.blocks, fresh)  # fmt: skip

    def close(self, manifest_of: Callable[[Summary], str] | None, summary: Summary, shard: Shard | None) -> None:
        """Add to the ledger, and give all files their names."""
        if self.journal is not None:
            self.note()
        if shard is not None:
            summary.sample = self.sample.all()
            if self.given is not None:
                summary.given = self.given.sha256
        sinks = [s for _, s in self.sinks]
        for s in sinks:
            s.settle()
        summary.output_values = self.out.values
        if self.manifest is not None and manifest_of is not None:
            lines = None if self.told is None else lines_of(self.told.file)
            for part in with_attempts(manifest_of(summary), lines):
                self.manifest.write_text(part)
            self.manifest.settle()
            sinks = [self.manifest, *sinks]
        adding = None
        if self.ledger is not None and isinstance(self.given, Scratch):
            adding = entry_of(self.ledger, self.perturber, summary, self.outputs.output, self.given)
        if self.journal is not None:
            moves = [move for s in sinks for move in s.moves()]
            drop = [str(s.part) for s in sinks if not s.form.plain or isinstance(s, Scratch)]
            kept = asdict(replace(summary, blocks=[], sample=[]))
            self.journal.finishing(moves, drop, kept, adding)
        if adding is not None and self.ledger is not None:
            summary.ledger = added(self.ledger, [adding["given"]], About(*adding["about"]))
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
        if self.left and error is not None and not isinstance(error, CannotGoOn):
            error.left = self.journal.state.at  # type: ignore[attr-defined]
        for s in (self.manifest, *(s for _, s in self.sinks)):
            if s is not None and self.journal.finish:
                s.forget()
            elif s is not None:
                s.keep = self.left and s is not self.manifest

    def _stop(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        """Say of a run that was stopped that a part of it went to stdout, a device or a pipe."""
        if error is not None and self.out.direct and self.out.size:
            error.partial = self.out.label.strip("<>")  # type: ignore[attr-defined]

    def _let_go(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        assert self.journal is not None
        if kind is not None and self.left:
            self.journal.close()
        else:
            self.journal.remove()
