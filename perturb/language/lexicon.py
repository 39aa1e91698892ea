"""Word tables: tab-separated files in ``data/<topic>/<lang>.tsv``, or a user's own.

The first lines begin with "# " and say source, licence and columns. Rows are ``key<TAB>value<TAB>…``; a key may
stand in several rows.
"""

from __future__ import annotations

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
    for n, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("# "):
            continue
        row = tuple(line.split("\t"))
        if len(row) < 2 or not row[0] or (out and len(row) != len(out[0])):
            expected = f"{len(out[0])} columns" if out else "at least two columns: key<TAB>value"
            raise UsageError(f"{path}:{n}: found {line[:60]!r}; expected {expected}")
        out.append(row)
    return tuple(out)


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
