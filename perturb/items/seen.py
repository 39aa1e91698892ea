"""The names that a stream has had, exactly: the first thousands in memory, all of them on disk once they are more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perturb.core.errors import DataError

if TYPE_CHECKING:
    import sqlite3

MOST = 20_000  # names kept in memory, about 4 MB


class Seen:
    """Remember names, each with what it stands for (``seen.add("q7", "3f9c…")`` -> True where it is new).

    On disk they lie in a database without a name that the system removes however this process ends.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._names: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._base: sqlite3.Connection | None = None

    def add(self, name: str, content: str) -> bool:
        """Take a name in; False, and nothing changed, where it is there already."""
        if self._base is not None:
            return self._run("INSERT OR IGNORE INTO seen VALUES (?, ?, 1)", _key(name), content).rowcount == 1
        if name in self._names:
            return False
        self._names[name] = content
        if len(self._names) > self._most:
            self._to_disk()
        return True

    def of(self, name: str) -> tuple[str, int]:
        """Give what a name stands for and how often it came."""
        if self._base is not None:
            content, n = self._run("SELECT content, n FROM seen WHERE name = ?", _key(name)).fetchone()
            return content, n
        return self._names[name], self._counts.get(name, 1)

    def count(self, name: str, n: int) -> None:
        """Remember how often a name came."""
        if self._base is not None:
            self._run("UPDATE seen SET n = ? WHERE name = ?", n, _key(name))
        else:
            self._counts[name] = n

    def _run(self, what: str, *values: object) -> sqlite3.Cursor:
        assert self._base is not None
        try:
            return self._base.execute(what, values)
        except self._base.Error as e:
            said = f"the index of the items' ids cannot be written ({e}); TMPDIR=FOLDER puts it elsewhere"
            raise DataError(said) from None

    def _to_disk(self) -> None:
        import sqlite3

        base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA cache_size = -3000")
        base.execute("CREATE TABLE seen (name BLOB PRIMARY KEY, content TEXT, n INTEGER) WITHOUT ROWID")
        base.execute("BEGIN")
        base.executemany(
            "INSERT INTO seen VALUES (?, ?, ?)",
            ((_key(name), content, self._counts.get(name, 1)) for name, content in self._names.items()),
        )
        self._base, self._names, self._counts = base, {}, {}

    def __reduce__(self) -> Any:
        raise TypeError("the names of a stream are not passed between processes")


def _key(name: str) -> bytes:
    """Write a name as bytes; a long one as its hash, so that the index stays small."""
    data = name.encode("utf-8", "surrogatepass")
    if len(data) <= 40:
        return data
    from hashlib import blake2b

    return b"\0" + blake2b(data, digest_size=32).digest() + b"\0" * 8
