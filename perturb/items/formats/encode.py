"""From the JSON Lines that a run writes to the form that its output's name asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from perturb.items.codec import encoder, loads
from perturb.items.formats import Form, form_of
from perturb.items.formats.packing import packed, zstd

_BLOCK = 1 << 20
_canonical = encoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def possible(form: Form) -> None:
    """Check that the packages are here that writing a form takes; MissingResource before any work is done."""
    if form.packing == "zstd":
        zstd()
    if form.kind == "parquet":
        from perturb.items.formats.parquet import arrow

        arrow()


def values_of(records: Iterable[dict[str, Any]]) -> str:
    """Hash records by their values, whatever the order of their keys ([{"b": 1, "a": 2}] -> 64 hex digits)."""
    h = sha256()
    for record in records:
        h.update(_line(record))
    return h.hexdigest()


def _line(record: dict[str, Any]) -> bytes:
    return _canonical(record).encode("utf-8", "surrogatepass") + b"\n"


class _Records:
    """Read the lines again and again; the first time through, their values are hashed."""

    def __init__(self, lines: Path) -> None:
        self.lines, self.values = lines, ""

    def __call__(self) -> Iterator[dict[str, Any]]:
        h = None if self.values else sha256()
        with open(self.lines, "rb") as f:
            for line in f:
                record = loads(line)
                if h is not None:
                    h.update(_line(record))
                yield record
        if h is not None:
            self.values = h.hexdigest()


def encode(lines: Path, out: IO[bytes], form: Form, inputs: list[str]) -> str:
    """Write a file of JSON Lines to ``out`` in another form; ``inputs`` may lend a Parquet file their types.

    Gives the hash of the values (``values_of``) of a form that promises those alone, "" for lines, which promise their bytes.
    """
    if not form.packing:
        return _write(lines, out, form, inputs)
    with packed(out, form.packing) as file:
        return _write(lines, file, form, inputs)


def _write(lines: Path, out: IO[bytes], form: Form, inputs: list[str]) -> str:
    records = _Records(lines)
    if form.kind == "parquet":
        from perturb.items.formats import parquet

        like = next((path for path in inputs if form_of(path) == ("parquet", "")), "")
        parquet.write(records, out, like)
    elif form.kind in ("csv", "tsv"):
        from perturb.items.formats import table

        table.write(records, out, "\t" if form.kind == "tsv" else ",")
    elif form.kind == "array":
        _array(lines, out)
        return values_of(records())
    else:
        with open(lines, "rb") as f:
            while block := f.read(_BLOCK):
                out.write(block)
    return records.values


def _array(lines: Path, out: IO[bytes]) -> None:
    mark = b"[\n"
    with open(lines, "rb") as f:
        for line in f:
            out.write(mark + line.rstrip(b"\n"))
            mark = b",\n"
    out.write(b"[]\n" if mark == b"[\n" else b"\n]\n")
