"""From the JSON Lines that a run writes to the form that its output's name asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from perturb.items.codec import loads
from perturb.items.formats import Form, form_of
from perturb.items.formats.packing import packed, zstd

_BLOCK = 1 << 20


def possible(form: Form) -> None:
    """Check that the packages are here that writing a form takes; MissingResource before any work is done."""
    if form.packing == "zstd":
        zstd()
    if form.kind == "parquet":
        from perturb.items.formats.parquet import arrow

        arrow()


def encode(lines: Path, out: IO[bytes], form: Form, inputs: list[str]) -> None:
    """Write a file of JSON Lines to ``out`` in another form; ``inputs`` may lend a Parquet file their types."""
    if not form.packing:
        _write(lines, out, form, inputs)
        return
    with packed(out, form.packing) as file:
        _write(lines, file, form, inputs)


def _write(lines: Path, out: IO[bytes], form: Form, inputs: list[str]) -> None:
    def records() -> Iterator[dict[str, Any]]:
        with open(lines, "rb") as f:
            for line in f:
                yield loads(line)

    if form.kind == "parquet":
        from perturb.items.formats import parquet

        like = next((path for path in inputs if form_of(path) == ("parquet", "")), "")
        parquet.write(records, out, like)
    elif form.kind in ("csv", "tsv"):
        from perturb.items.formats import table

        table.write(records, out, "\t" if form.kind == "tsv" else ",")
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
