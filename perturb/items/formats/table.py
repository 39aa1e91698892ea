r"""CSV and TSV: cells are texts; what is no text, or not in every record, stands in a column "NAME:json", as JSON.

A spreadsheet runs a cell that begins with =, +, -, @, a tab or a line end. Such a text is written with an apostrophe
before it, which a spreadsheet shows or hides but never runs; so is one that has apostrophes before such a character.
Reading takes one apostrophe away from these alone, so that any text comes back as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from perturb.core.errors import BadRecord, DataError
from perturb.items.codec import dumps, loads
from perturb.items.complaints import encoding
from perturb.items.file_access import why
from perturb.items.formats.lines import Lines, OnBad, Record

JSON = ":json"
_RUN = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"  # the wide forms too: some spreadsheets take them for the narrow
_dangerous = re.compile(f"'*[{_RUN}]").match
_guarded = re.compile(f"'+[{_RUN}]").match
_unwritable = re.compile("[\0\ud800-\udfff]").search  # no CSV reader takes NUL, no UTF-8 a lone surrogate
_LONGEST = (
    1 << 26
)  # characters of a cell (the module's own limit is 131,072): a quote left open takes in all that follows
_OTHERS = ",;\t|"  # what else stands between cells


def guarded(text: str) -> str:
    """Write a cell so that no spreadsheet runs it ("=1+1" -> "'=1+1")."""
    return "'" + text if _dangerous(text) else text


def unguarded(cell: str) -> str:
    """Read a cell as it was before ``guarded`` ("'=1+1" -> "=1+1", "'twas" -> "'twas")."""
    return cell[1:] if _guarded(cell) else cell


# -- reading ----------------------------------------------------------------------------------------------


class _Rows:
    """Give a table's lines as text to csv.reader, and remember those of the record that it is in."""

    def __init__(self, file: IO[bytes], label: str) -> None:
        self.lines, self.label = _Ended(file, label), label
        self.each = iter(self.lines)
        self.taken: list[str] = []
        self.first, self.bad = 0, ""

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> str:
        raw = next(self.each)
        if not self.taken:
            self.first = self.lines.line
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as e:
            text = raw.decode("utf-8", "backslashreplace")
            self.bad = self.bad or encoding(raw, e, self.lines.offset)
        self.taken.append(text)
        return text

    def clear(self) -> None:
        self.taken, self.bad = [], ""


class _Ended(Lines):
    """Lines with their ends, which matter inside quotes."""

    def __iter__(self) -> Iterator[bytes]:
        offset = 0
        try:
            for raw in self._file:
                self.line += 1
                mark = raw.startswith(b"\xef\xbb\xbf") and self.line == 1
                self.offset = offset + 3 * mark
                offset += len(raw)
                yield raw[3 * mark :]
        except OSError as e:
            raise DataError(f"{self.label}:{self.line + 1}: cannot be read ({why(e)})") from None


def records(file: IO[bytes], label: str, on_bad: OnBad | None, delimiter: str) -> Iterator[Record | None]:
    """Yield a record for each row under the header, None for a bad one that ``on_bad`` took."""
    csv.field_size_limit(_LONGEST)
    rows = _Rows(file, label)
    reader = csv.reader(rows, delimiter=delimiter, strict=True)
    columns: list[tuple[str, bool]] | None = None
    while True:
        rows.clear()
        bad = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            bad, cells = f"not {'TSV' if delimiter == chr(9) else 'CSV'}: {_plainly(str(e))}", []
        if not cells and not bad:
            continue  # an empty line
        where = f"{label}:{rows.first}"
        bad = rows.bad or bad
        if columns is None:
            if bad:
                raise DataError(f"{where}: {bad}")
            columns = _header(cells, where)
            if len(cells) == 1 and not rows.taken[0].startswith('"'):
                _one_column(cells[0], where, delimiter)
            continue
        item: dict[str, Any] = {}
        try:
            item = {} if bad else _item(cells, columns)
        except ValueError as e:
            bad = str(e)
        if not bad:
            yield Record(rows.first, item, where)
            continue
        if on_bad is None:
            raise BadRecord(bad, where)
        on_bad(BadRecord(bad, where), "".join(rows.taken).rstrip("\r\n"))
        yield None


def _header(cells: list[str], where: str) -> list[tuple[str, bool]]:
    names = [unguarded(c) for c in cells]
    columns = [(n.removesuffix(JSON), n.endswith(JSON)) for n in names]
    for n, (name, _) in enumerate(columns):
        if name in [other for other, _ in columns[:n]]:
            raise DataError(f"{where}: found the column {name!r} twice; expected each name once in the header")
    return columns


def _one_column(name: str, where: str, delimiter: str) -> None:
    """Refuse a header whose names have something else between them: all of a row would be taken for one text."""
    for other in _OTHERS.replace(delimiter, ""):
        if other in name:
            hint = "; name the file .tsv" if other == "\t" else ""
            raise DataError(f"{where}: found one column, {name[:60]!r}; expected {delimiter!r} between the names, "
                            f"not {other!r}{hint} (a name that holds it stands in quotes)")  # fmt: skip


def _plainly(said: str) -> str:
    """Say what csv.Error says in words that are not about Python."""
    if said.startswith("new-line character seen"):
        return "found a CR outside quotes; expected lines that end with LF or CR LF"
    if said.startswith("field larger than"):
        return f"found a cell of over {_LONGEST:,} characters; is a quote left open?"
    return said


def _item(cells: list[str], columns: list[tuple[str, bool]]) -> dict[str, Any]:
    if len(cells) != len(columns):
        cell, column = ("cell" if len(cells) == 1 else "cells"), ("column" if len(columns) == 1 else "columns")
        raise ValueError(f"found {len(cells)} {cell}; expected {len(columns)}: the header has {len(columns)} {column}")
    item: dict[str, Any] = {}
    for cell, (name, as_json) in zip(cells, columns):
        if not as_json:
            item[name] = unguarded(cell)
        elif cell:  # an empty one: the record has no such field
            try:
                item[name] = loads(cell)
            except ValueError as e:
                raise ValueError(f"column {name + JSON!r}: not JSON: {e}") from None
    return item


# -- writing ----------------------------------------------------------------------------------------------


def write(records: Callable[[], Iterable[dict[str, Any]]], out: IO[bytes], delimiter: str) -> None:
    """Write records as a table, read twice: for the columns (in order of first sight), then for the cells."""
    counts: dict[str, int] = {}
    texts: dict[str, bool] = {}
    total = 0
    for record in records():
        total += 1
        for name, value in record.items():
            counts[name] = counts.get(name, 0) + 1
            if texts.get(name, True):
                texts[name] = isinstance(value, str) and not _unwritable(value)
    columns = [(name, texts[name] and counts[name] == total) for name in counts]
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=False)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    try:
        if columns:
            # A plain name that looks like one of ours gets the ending, and its cells are JSON.
            columns = [(name, plain and not name.endswith(JSON)) for name, plain in columns]
            names = [guarded(name if plain else name + JSON) for name, plain in columns]
            # One name with another separator in it is quoted, so that it is seen to be meant.
            if len(names) == 1 and set(_OTHERS) & set(names[0]):
                csv.writer(text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(names)
            else:
                writer.writerow(names)
        for record in records():
            writer.writerow([guarded(record[name]) if plain else dumps(record[name]) if name in record else ""
                             for name, plain in columns])  # fmt: skip
        text.flush()
    except UnicodeEncodeError as e:
        raise DataError(f"a field's name cannot be written in a table ({e.object!r}); write .jsonl") from None
    finally:
        text.detach()
