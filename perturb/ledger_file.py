"""A ledger's file: found or made, held for one run, and what SQLite complains of as a user can act on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from perturb.core.errors import DataError, UsageError

if TYPE_CHECKING:
    import sqlite3

_MARK = 0x70657274  # "pert": what says in a SQLite file that it is a ledger
_VERSION = 1
_TABLES = (
    "CREATE TABLE runs (run INTEGER PRIMARY KEY, key TEXT UNIQUE, chain TEXT, recipes TEXT, n INTEGER, seed TEXT, items INTEGER, "
    "variants INTEGER, output TEXT, sha256 TEXT)",
    "CREATE TABLE given (item INTEGER, variant INTEGER, run INTEGER, PRIMARY KEY (item, variant, run)) WITHOUT ROWID",
)  # fmt: skip


def opened(path: str, *, make: bool) -> sqlite3.Connection:
    """Open the file, or ``make`` one; UsageError where it cannot be."""
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


@contextmanager
def said(path: str) -> Iterator[None]:
    """Say what SQLite complains of as a user can act on it."""
    import sqlite3

    try:
        yield
    except sqlite3.OperationalError as e:
        if "locked" in str(e) or "busy" in str(e):
            raise UsageError(f"{path}: another run works with this ledger now; wait for its end, or give "
                             "another ledger") from None  # fmt: skip
        raise DataError(f"{path}: the ledger cannot be used ({e})") from None
    except sqlite3.DatabaseError as e:
        raise DataError(f"{path}: not a ledger ({e}); expected a file that perturb run --ledger made") from None


def take(base: sqlite3.Connection) -> None:
    """Keep the ledger for this run: its transaction begins here and ends when the run is added."""
    base.execute("BEGIN IMMEDIATE")
    if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        base.execute(f"PRAGMA application_id = {_MARK}")
        base.execute(f"PRAGMA user_version = {_VERSION}")
        for table in _TABLES:
            base.execute(table)
        base.execute("COMMIT")  # for the run's other processes to read
        base.execute("BEGIN IMMEDIATE")


def must_be_ledger(base: sqlite3.Connection, path: str) -> None:
    """Check that the file is a ledger, of the kind that is read here; DataError where it is not."""
    mark, version = (base.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version"))
    if mark != _MARK:
        raise DataError(f"{path}: not a ledger; expected a file that perturb run --ledger made")
    if version != _VERSION:
        raise DataError(f"{path}: a ledger of another perturb (version {version}; this one reads {_VERSION})")
