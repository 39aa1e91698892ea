"""The ledger: hashes of all variants that runs gave, by item, in one SQLite file. No text, only hashes.

Runs are numbered, and each hash stands with its run's number: what a run may look at is all up to the number that was
the last when it began, its snapshot, whatever is added meanwhile. A snapshot is known by a chain of the runs' keys.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, NamedTuple

from perturb.core.errors import CannotGoOn
from perturb.ledger_file import must_be_ledger, opened, said, take

_HELD = 60_000  # ms to wait for readers when a run is added
Pair = tuple[int, int]


class Snapshot(NamedTuple):
    """What a run may look at: the ledger's runs up to number ``after``, whose keys give ``chain``."""

    path: str
    after: int
    chain: str


class About(NamedTuple):
    """What a ledger says of a run."""

    recipes: str
    n: int
    seed: int
    items: int
    output: str
    sha256: str


class Ledger:
    """Open a ledger (``with Ledger("seen.db", hold=True) as known: known.has(item, variant)``).

    ``hold`` keeps it for one run: it is made where there is none, others may read it and none may add to it until it is
    closed, however this process ends. Without, it is only read. ``at`` is the snapshot to look at, the last run's where
    None. Raises UsageError where it is held by another run or cannot be opened, DataError where it is no ledger,
    CannotGoOn where it does not have that snapshot.
    """

    def __init__(self, path: str | os.PathLike[str], *, hold: bool = False, at: Snapshot | None = None) -> None:
        self.path, self.hold = os.fspath(path), hold
        if at is not None and at.after and not os.path.exists(self.path):
            raise CannotGoOn(f"{self.path}: the ledger is not there; put it back as it was")
        self._base = opened(self.path, make=hold)
        try:
            with said(self.path):
                if hold:
                    take(self._base)
                self.snapshot = self._last()
            if at is not None:
                self._go_to(at)
        except BaseException:
            self._base.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    # -- opening -----------------------------------------------------------------------------------------

    def _last(self) -> Snapshot:
        must_be_ledger(self._base, self.path)
        found = self._base.execute("SELECT run, chain FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        return Snapshot(self.path, *(found or (0, "")))

    def _go_to(self, at: Snapshot) -> None:
        """Look at what stood there at a snapshot."""
        with said(self.path):
            found = self._base.execute("SELECT chain FROM runs WHERE run = ?", (at.after,)).fetchone()
        if (found[0] if found else "") != at.chain or (at.after and not found):
            raise CannotGoOn(f"{self.path}: is not the ledger that the run began with (its run {at.after} is "
                             f"{'another' if found else 'not there'}); --force starts again")  # fmt: skip
        self.snapshot = at._replace(path=self.path)

    # -- looking -----------------------------------------------------------------------------------------

    def has(self, item: int, variant: int) -> bool:
        """Tell whether a variant of an item was given up to the snapshot."""
        if not self.snapshot.after:
            return False
        found = self._base.execute("SELECT 1 FROM given WHERE item = ? AND variant = ? AND run <= ? LIMIT 1",
                                   (item, variant, self.snapshot.after))  # fmt: skip
        return found.fetchone() is not None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Look many times for the price of one lock, and let others write again afterwards."""
        with said(self.path):
            if self.hold or not self.snapshot.after:
                yield
                return
            self._base.execute("BEGIN")
            try:
                yield
            finally:
                self._base.execute("COMMIT")

    # -- adding ------------------------------------------------------------------------------------------

    def add(self, given: Iterable[Pair], about: About, *, apart: bool = True) -> tuple[int, int]:
        """Add a run: its number, and how many variants it gave; a run that is there already is not added again.

        ``apart`` refuses (CannotGoOn) where a run that was added since the snapshot gave some of them too.
        """
        key = blake2b(ascii((self.snapshot.chain, about.sha256, about.seed, about.recipes)).encode(), digest_size=16)
        run = self._base.execute
        with said(self.path):
            run(f"PRAGMA busy_timeout = {_HELD}")
            there = run("SELECT run, variants FROM runs WHERE key = ?", (key.hexdigest(),)).fetchone()
            if there is not None:
                return int(there[0]), int(there[1])
            last = self._last()
            self._gather(given)
            if apart and last.after > self.snapshot.after:
                self._check(last.after)
            number = last.after + 1
            run("INSERT OR IGNORE INTO given SELECT item, variant, ? FROM temp.fresh ORDER BY item, variant", (number,))
            count = run("SELECT count(*) FROM (SELECT DISTINCT item, variant FROM temp.fresh)").fetchone()[0]
            chain = blake2b(f"{last.chain} {key.hexdigest()}".encode(), digest_size=16).hexdigest()
            run("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, key.hexdigest(), chain, about.recipes, about.n, str(about.seed), about.items, count,
                 about.output, about.sha256))  # fmt: skip
            run("COMMIT")
        return number, count

    def gather(self, item: int, variant: int) -> None:
        """Put a variant by, to be added at the end with an ``add`` of nothing more."""
        with said(self.path):
            self._gather(((item, variant),))

    def _gather(self, given: Iterable[Pair]) -> None:
        # In a database of this process, which spills to a file of its own: the ledger's readers are not kept waiting.
        self._base.execute("CREATE TEMP TABLE IF NOT EXISTS fresh (item INTEGER, variant INTEGER)")
        self._base.executemany("INSERT INTO temp.fresh VALUES (?, ?)", given)

    def _check(self, last: int) -> None:
        n, first = self._base.execute("SELECT count(DISTINCT f.rowid), min(g.run) FROM temp.fresh f JOIN given g USING (item, variant) "
                                      "WHERE g.run > ?", (self.snapshot.after,)).fetchone()  # fmt: skip
        if n:
            what = "variant" if n == 1 else "variants"
            raise CannotGoOn(f"{self.path}: {n} {what} that run {first} of the ledger gave too, which was added since this run "
                             f"began (it looked at {self.snapshot.after} of {last} runs); --force starts again")  # fmt: skip

    def run_of(self, about: About) -> int:
        """Give the number of the run that gave this output, 0 where none did."""
        with said(self.path):
            found = self._base.execute("SELECT run FROM runs WHERE sha256 = ? AND seed = ? AND recipes = ?",
                                       (about.sha256, str(about.seed), about.recipes)).fetchone()  # fmt: skip
        return int(found[0]) if found else 0

    # -- what it holds -----------------------------------------------------------------------------------

    def runs(self) -> list[dict[str, Any]]:
        """List the runs, each with how many of its variants an earlier one gave too."""
        names = ("run", "recipes", "n", "seed", "items", "variants", "output", "sha256")
        with said(self.path):
            found = self._base.execute(f"SELECT {', '.join(names)} FROM runs ORDER BY run").fetchall()
            again = dict(self._base.execute(
                "SELECT run, count(*) FROM given g WHERE run > (SELECT min(run) FROM given h WHERE h.item = g.item AND h.variant = "
                "g.variant) GROUP BY run").fetchall())  # fmt: skip
        return [{**dict(zip(names, row)), "seed": int(row[3]), "again": again.get(row[0], 0)} for row in found]

    def overlaps(self) -> list[tuple[int, int, int]]:
        """List the pairs of runs that gave the same variants, and how many."""
        with said(self.path):
            return self._base.execute(
                "SELECT a.run, b.run, count(*) FROM given a JOIN given b USING (item, variant) WHERE a.run < b.run "
                "GROUP BY a.run, b.run ORDER BY a.run, b.run").fetchall()  # fmt: skip

    def counts(self) -> tuple[int, int]:
        """Count the items, and the variants of them that are different."""
        with said(self.path):
            found = self._base.execute("SELECT count(DISTINCT item), (SELECT count(*) FROM (SELECT DISTINCT item, variant FROM given)) "
                                       "FROM given").fetchone()  # fmt: skip
        return int(found[0]), int(found[1])


__all__ = ["About", "Ledger", "Snapshot"]
