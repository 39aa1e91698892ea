"""Files of human pairs: tables (tabs or commas) with or without a first line of names, or JSON Lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perturb.core.errors import BadRecord, DataError
from perturb.evaluate.realism.halves import in_half
from perturb.items.readers import read

Pair = tuple[str, str]
MOST = 10_000  # a pair's count counts no further: one slip is not the whole corpus


@dataclass(frozen=True)
class Columns:
    """Which fields hold what: ``count`` (how often a pair was written), ``corpus`` and ``id`` where the file has them."""

    clean: str = "clean"
    noisy: str = "noisy"
    count: str = "count"
    corpus: str = "corpus"
    id: str = "id"


def read_pairs(path: str, columns: Columns | None = None, *, half: str | None = None, only: str = "") -> list[Pair]:
    """Read (clean, noisy) pairs, each as often as its count says ("human.tsv" -> [("their", "thier"), …]).

    ``.jsonl`` and ``.json`` hold objects, ``.csv`` commas, all else tabs; a table without names in its first line has two
    columns. Lines that begin with "# " are passed over. ``half`` keeps the pairs whose id (or clean text) hashes into
    "tune" or "test", ``only`` those of one corpus. Raises DataError, with the line, for what cannot be read.
    """
    names = columns or Columns()
    rows = _objects(path, names) if path.endswith((".jsonl", ".json")) else _table(path, names)
    found: list[Pair] = []
    for where, row in rows:
        clean, noisy = row.get(names.clean), row.get(names.noisy)
        for name, value in ((names.clean, clean), (names.noisy, noisy)):
            if not isinstance(value, str) or not value.strip():
                what = "nothing" if value in (None, "") else repr(value)
                raise BadRecord(f"{name!r} holds {what}; expected text", where)
        if only and row.get(names.corpus) != only:
            continue
        if in_half(str(row.get(names.id) or clean), half):
            found += [(str(clean), str(noisy))] * _count(row.get(names.count), where)
    if not found:
        kept = " that fit" if half or only else ""
        raise DataError(f"{path}: holds no pairs{kept}; expected {names.clean} and {names.noisy} on each line")
    return found


def _count(value: Any, where: str) -> int:
    if value in (None, ""):
        return 1
    try:
        count = int(value)
    except (TypeError, ValueError):
        count = 0
    if count < 1:
        raise BadRecord(f"the count is {value!r}; expected a whole number of 1 or more", where)
    return min(count, MOST)


def _objects(path: str, names: Columns) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in read(path):
        for name in (names.clean, names.noisy):
            if name not in record.item:
                there = ", ".join(map(repr, record.item)) or "none"
                raise BadRecord(f"no field {name!r} (there: {there}); --clean-field and --noisy-field name them",
                                record.where)  # fmt: skip
        yield record.where, record.item


def _table(path: str, names: Columns) -> Iterator[tuple[str, dict[str, Any]]]:
    commas = path.endswith(".csv")
    lines = [(n, line) for n, line in enumerate(_text(path).split("\n"), 1) if line.strip() and line[:2] != "# "]
    if commas:
        reader = csv.reader(line for _, line in lines)
        split = [(f"{path}:{lines[i][0]}", row) for i, row in enumerate(reader) if i < len(lines)]
    else:
        split = [(f"{path}:{n}", line.rstrip("\r").split("\t")) for n, line in lines]
    if not split:
        raise DataError(f"{path}: is empty; expected {names.clean} and {names.noisy} on each line")
    first = [cell.strip() for cell in split[0][1]]
    if names.clean in first and names.noisy in first:
        header, split = first, split[1:]
    elif len(first) == 2 and (names.clean, names.noisy) == ("clean", "noisy"):
        header = [names.clean, names.noisy]
    else:
        raise DataError(f"{split[0][0]}: found {len(first)} columns ({', '.join(first)[:60]}); expected a first line with "
                        f"{names.clean!r} and {names.noisy!r}, or two columns{'' if commas else ' with a tab between'}")  # fmt: skip
    for where, row in split:
        if len(row) != len(header):
            raise BadRecord(f"found {len(row)} columns; expected {len(header)} ({', '.join(header)})", where)
        yield where, dict(zip(header, row))


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = e.object.count(b"\n", 0, e.start) + 1
        raise DataError(f"{path}:{line}: not UTF-8 ({e.object[e.start]:#04x}); save it as UTF-8") from None
    except OSError as e:
        raise DataError(f"{path}: {(e.strerror or str(e)).lower()}; expected a file of human pairs") from None
