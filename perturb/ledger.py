"""The ledger: hashes of all variants that runs gave, by item, in one SQLite file. No text, only hashes.

Runs are numbered, and each hash stands with its run's number: what a run may look at is all up to the number that was
the last when it began, its snapshot, whatever is added meanwhile. A snapshot is known by a chain of the runs' keys.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from perturb.core.errors import CannotGoOn, DataError, UsageError

if TYPE_CHECKING:
    import sqlite3

_MARK = 0x70657274  # "pert": what says in a SQLite file that it is a ledger
_VERSION = 1
_TABLES = (
    "CREATE TABLE runs (run INTEGER PRIMARY KEY, key TEXT UNIQUE, chain TEXT, recipes TEXT, n INTEGER, seed TEXT, items INTEGER, "
    "variants INTEGER, output TEXT, sha256 TEXT)",
    "CREATE TABLE given (item INTEGER, variant INTEGER, run INTEGER, PRIMARY KEY (item, variant, run)) WITHOUT ROWID",
)  # fmt: skip
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
        self._base = _opened(self.path, make=hold)
        try:
            with self._said():
                if hold:
                    self._take()
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

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say what SQLite complains of as a user can act on it."""
        import sqlite3

        try:
            yield
        except sqlite3.OperationalError as e:
            if "locked" in str(e) or "busy" in str(e):
                raise UsageError(f"{self.path}: another run works with this ledger now; wait for its end, or give "
                                 "another ledger") from None  # fmt: skip
            raise DataError(f"{self.path}: the ledger cannot be used ({e})") from None
        except sqlite3.DatabaseError as e:
            raise DataError(
                f"{self.path}: not a ledger ({e}); expected a file that perturb run --ledger made"
            ) from None

    def _take(self) -> None:
        """Keep the ledger for this run: its transaction begins here and ends when the run is added."""
        self._base.execute("BEGIN IMMEDIATE")
        if not self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self._base.execute(f"PRAGMA application_id = {_MARK}")
            self._base.execute(f"PRAGMA user_version = {_VERSION}")
            for table in _TABLES:
                self._base.execute(table)
            self._base.execute("COMMIT")  # for the run's other processes to read
            self._base.execute("BEGIN IMMEDIATE")

    def _last(self) -> Snapshot:
        mark, version = (self._base.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version"))
        if mark != _MARK:
            raise DataError(f"{self.path}: not a ledger; expected a file that perturb run --ledger made")
        if version != _VERSION:
            raise DataError(f"{self.path}: a ledger of another perturb (version {version}; this one reads {_VERSION})")
        found = self._base.execute("SELECT run, chain FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        return Snapshot(self.path, *(found or (0, "")))

    def _go_to(self, at: Snapshot) -> None:
        """Look at what stood there at a snapshot."""
        with self._said():
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
        with self._said():
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
        with self._said():
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
        with self._said():
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
        with self._said():
            found = self._base.execute("SELECT run FROM runs WHERE sha256 = ? AND seed = ? AND recipes = ?",
                                       (about.sha256, str(about.seed), about.recipes)).fetchone()  # fmt: skip
        return int(found[0]) if found else 0

    # -- what it holds -----------------------------------------------------------------------------------

    def runs(self) -> list[dict[str, Any]]:
        """List the runs, each with how many of its variants an earlier one gave too."""
        names = ("run", "recipes", "n", "seed", "items", "variants", "output", "sha256")
        with self._said():
            found = self._base.execute(f"SELECT {', '.join(names)} FROM runs ORDER BY run").fetchall()
            again = dict(self._base.execute(
                "SELECT run, count(*) FROM given g WHERE run > (SELECT min(run) FROM given h WHERE h.item = g.item AND h.variant = "
                "g.variant) GROUP BY run").fetchall())  # fmt: skip
        return [{**dict(zip(names, row)), "seed": int(row[3]), "again": again.get(row[0], 0)} for row in found]

    def overlaps(self) -> list[tuple[int, int, int]]:
        """List the pairs of runs that gave the same variants, and how many."""
        with self._said():
            return self._base.execute(
                "SELECT a.run, b.run, count(*) FROM given a JOIN given b USING (item, variant) WHERE a.run < b.run "
                "GROUP BY a.run, b.run ORDER BY a.run, b.run").fetchall()  # fmt: skip

    def counts(self) -> tuple[int, int]:
        """Count the items, and the variants of them that are different."""
        with self._said():
            found = self._base.execute("SELECT count(DISTINCT item), (SELECT count(*) FROM (SELECT DISTINCT item, variant FROM given)) "
                                       "FROM given").fetchone()  # fmt: skip
        return int(found[0]), int(found[1])


def _opened(path: str, *, make: bool) -> sqlite3.Connection:
    import sqlite3

    if not path:
        raise UsageError("--ledger needs the name of a file")
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path):
        raise UsageError(f"{path}: is a directory; a ledger is a file in it")
    if make and not os.path.isdir(folder):
        raise UsageError(f"{path}: no folder {os.path.dirname(path)!r} for the ledger; make it first")
    if not make and not os.path.isfile(path):
        raise UsageError(f"{path}: no such ledger; perturb run --ledger makes one")
    if make and os.path.exists(path) and not os.access(path, os.W_OK):
        raise UsageError(f"{path}: the ledger cannot be written (permission denied)")
    mode = "rwc" if make else "rw"
    with suppress(ValueError):
        try:
            return sqlite3.connect(f"{Path(os.path.abspath(path)).as_uri()}?mode={mode}", 2.0, isolation_level=None, uri=True,
                                   check_same_thread=False)  # fmt: skip
        except sqlite3.Error as e:
            raise UsageError(f"{path}: the ledger cannot be opened ({e})") from None
    raise UsageError(f"{path!r}: not a file name")


__all__ = ["About", "Ledger", "Snapshot"]
