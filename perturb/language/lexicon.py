"""Word tables: tab-separated files in ``data/<topic>/<lang>.tsv``, or a user's own.

The first lines begin with "# " and say source, licence and columns. Rows are ``key<TAB>value<TAB>…``; a key may
stand in several rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from perturb.core.errors import UsageError
from perturb.resources import root

_own: dict[str, str] = {}


@cache
def rows(topic: str, name: str = "en") -> tuple[tuple[str, ...], ...]:
    """Read a table's rows ("keyboards", "qwerty" -> (("q", "wa"), …)); a name ending in .tsv is a user's file.

    Raises UsageError where the file is not there, not UTF-8, or a row has another number of columns than the first.
    """
    if "\0" in name:
        raise UsageError(f"no file can be called {name!r}; expected a table's name, or a .tsv file")
    path = Path(name) if name.endswith(".tsv") else root("data") / topic / f"{name}.tsv"
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        here = sorted(p.stem for p in (root("data") / topic).glob("*.tsv"))
        raise UsageError(f"no table {name!r} for {topic}; shipped: {', '.join(here)}; or give a .tsv file") from None
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(
            f"{path}: cannot be read as UTF-8 text ({e}); a table is key<TAB>value, a pair a line"
        ) from None
    if name.endswith(".tsv"):
        _own[str(path)] = sha256(data).hexdigest()
    if "\r" not in text:
        found = [tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("# ")]
        if len(set(map(len, found))) == 1 and len(found[0]) > 1 and all(map(str.strip, [row[0] for row in found])):
            return tuple(found)
    return _checked(path, text)


def _checked(path: Path, text: str) -> tuple[tuple[str, ...], ...]:
    """Read rows line by line, to say which one is wrong."""
    out: list[tuple[str, ...]] = []
    for n, row in _rows_of(text):
        if len(row) < 2 or not row[0] or (out and len(row) != len(out[0])):
            expected = f"{len(out[0])} columns" if out else "at least two columns: key<TAB>value"
            raise UsageError(f"{path}:{n}: found {chr(9).join(row)[:60]!r}; expected {expected}")
        out.append(row)
    if not out:
        raise UsageError(f"{path}: has no rows; a table is key<TAB>value, a pair a line")
    return tuple(out)


def _rows_of(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for n, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if line.strip() and not line.startswith("# "):
            yield n, tuple(line.split("\t"))


def numbered(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """List a table's rows with their lines ("mine.tsv" -> [(3, ("you", "u")), …]), for messages."""
    return list(_rows_of(path.read_text("utf-8-sig")))


def place_of(topic: str, name: str, row: tuple[str, ...]) -> str:
    """Say where a row stands ("mine.tsv:3"); of a shipped table, its name."""
    if not name.endswith(".tsv"):
        return f"table {name} of {topic}"
    return f"{name}:{next((n for n, one in numbered(Path(name)) if one == row), 1)}"


@cache
def table(topic: str, name: str = "en") -> dict[str, tuple[str, ...]]:
    """Read a table as key -> values ("contractions" -> {"do not": ("don't",), …})."""
    found: dict[str, list[str]] = {}
    for row in rows(topic, name):
        found.setdefault(row[0], []).append(row[1])
    return {key: tuple(values) for key, values in found.items()}


@cache
def words(topic: str, name: str = "en") -> frozenset[str]:
    """Read a word list: the first columns of a table ("functions" -> {"a", "about", …})."""
    return frozenset(row[0] for row in rows(topic, name))


def own_tables() -> dict[str, str]:
    """Give the user's tables read so far with their SHA-256, for the manifest."""
    return dict(sorted(_own.items()))


def like_case(old: str, new: str) -> str:
    """Write ``new`` with the capitals of ``old`` ("Because", "cuz" -> "Cuz"; "BECAUSE" -> "CUZ")."""
    if old[:1].isupper():
        if len(old) > 1 and old.isupper() and old != "I":
            return new.upper()
        return new[:1].upper() + new[1:]
    return new
