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
        h.update(_canonical(record).encode("utf-8", "surrogatepass") + b"\n")
    return h.hexdigest()


def encode(lines: Path, out: IO[bytes], form: Form, inputs: list[str]) -> str:
    """Write a file of JSON Lines to ``out`` in another form; ``inputs`` may lend a Parquet file their types.

    Gives the hash of the values (``values_of``) of a form that promises those alone, "" for lines, which promise their bytes.
    """
    if not form.packing:
        _write(lines, out, form, inputs)
    else:
        with packed(out, form.packing) as file:
            _write(lines, file, form, inputs)
    return "" if form.kind == "lines" else values_of(_records(lines))


def _records(lines: Path) -> Iterator[dict[str, Any]]:
    with open(lines, "rb") as f:
        for line in f:
            yield loads(line)


def _write(lines: Path, out: IO[bytes], form: Form, inputs: list[str]) -> None:
    if form.kind == "parquet":
        from perturb.items.formats import parquet

        like = next((path for path in inputs if form_of(path) == ("parquet", "")), "")
        parquet.write(lambda: _records(lines), out, like)
    elif form.kind in ("csv", "tsv"):
        from perturb.items.formats import table

        table.write(lambda: _records(lines), out, "\t" if form.kind == "tsv" else ",")
    elif form.kind == "array":
        _array(lines, out)
    else:
        with open(lines, "rb") as f:
            while block := f.read(_BLOCK):
                out.write(block)


def _array(lines: Path, out: IO[bytes]) -> None:
    mark = b"[\n"
    with open(lines, "rb") as f:
        for line in f:
            out.write(mark + line.rstrip(b"\n"))
            mark = b",\n"
    out.write(b"[]\n" if mark == b"[\n" else b"\n]\n")
