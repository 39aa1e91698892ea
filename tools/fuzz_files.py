"""Files for tools/fuzz.py: written in every form and packing, at times damaged, and read back with other parsers than perturb's."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
from pathlib import Path
from typing import Any

import fuzz_grammar as grammar
import pyarrow
import pyarrow.parquet
import zstandard

from perturb.items.field_paths import get_path

RUN = "=+-@\t\r\n＝＋－＠"  # what a spreadsheet runs a cell for that begins with it


class Wrong(Exception):
    """An output is not as it should be."""


def written(rng: random.Random, path: Path, like: str, count: int) -> int:
    """Write a file of records in its form, at times damaged; give how many there are."""
    kind = path.suffixes[0]
    records = [grammar.record(rng, like) for _ in range(count)]
    if kind == ".jsonl":
        end = rng.choice([b"\n", b"\n", b"\r\n"])
        data = end.join(grammar.line(rng, r) for r in records) + rng.choice([end, b""])
        data = rng.choice([b"", b"", b"\xef\xbb\xbf", b"\xff\xfe"]) + data if rng.random() < 0.05 else data
    elif kind == ".json":
        parts = (
            [grammar.line(rng, r) for r in records] if rng.random() < 0.1 else [json.dumps(r).encode() for r in records]
        )
        data = b"[" + rng.choice([b", ", b",\n"]).join(parts) + b"]"
    else:
        plain = [{k: v for k, v in r.items() if column(k)} for r in records if isinstance(r, dict)]
        data = _table(rng, plain, "\t" if kind == ".tsv" else ",") if kind != ".parquet" else _parquet(rng, plain)
    if kind != ".jsonl" and rng.random() < 0.1:
        data = grammar.broken(rng, data)
    if path.suffix == ".gz":
        data = gzip.compress(data, 1)
    elif path.suffix == ".zst":
        data = zstandard.compress(data, 1)
    if path.suffix in (".gz", ".zst") and rng.random() < 0.1:
        data = grammar.broken(rng, data)
    path.write_bytes(data)
    return count


def column(key: str) -> bool:
    """Tell whether a field's name can be a column's."""
    return key.isprintable() and not key.endswith(":json")


def _table(rng: random.Random, records: list[dict[str, Any]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    columns = list(dict.fromkeys(key for r in records for key in r)) or ["question"]
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=rng.choice(["\r\n", "\n"]),
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    writer.writerow(columns)
    for r in records:
        cells = [v if isinstance(v, str) else json.dumps(v) for v in (r.get(c, "") for c in columns)]
        writer.writerow(cells if rng.random() > 0.01 else cells[1:])
    return out.getvalue().encode("utf-8", "replace")


def _parquet(rng: random.Random, records: list[dict[str, Any]]) -> bytes:
    names = list(dict.fromkeys(key for r in records for key in r)) or ["question"]
    columns = {}
    for name in names:
        values = [r.get(name) for r in records]
        try:
            columns[name] = pyarrow.array(values)
        except (pyarrow.ArrowException, OverflowError, UnicodeError):
            columns[name] = pyarrow.array(
                [json.dumps(v) if not isinstance(v, str) else v.encode("utf-8", "replace").decode() for v in values]
            )
    out = io.BytesIO()
    try:
        pyarrow.parquet.write_table(pyarrow.table(columns), out)
    except pyarrow.ArrowNotImplementedError:  # objects without fields
        return _parquet(rng, [{k: json.dumps(v) for k, v in r.items()} for r in records])
    return out.getvalue()


def strict(data: bytes | str) -> Any:
    """Parse JSON with the standard library's own parser, NaN refused."""

    def constant(name: str) -> Any:
        raise Wrong(f"{name} in an output")

    return json.loads(data.decode("utf-8") if isinstance(data, bytes) else data, parse_constant=constant)


def parsed(path: Path, about: str) -> list[dict[str, Any]]:
    """Read an output with other parsers than ours."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    elif path.suffix == ".zst":
        data = zstandard.ZstdDecompressor().decompressobj().decompress(data)
    kind = path.suffixes[0]
    if kind == ".jsonl":
        return [strict(line) for line in data.split(b"\n")[:-1]]
    if kind == ".json":
        return list(strict(data))
    if kind == ".parquet":
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        marked = [f.name for f in table.schema if f.metadata]
        return [
            {k: strict(v) if k in marked and v is not None else v for k, v in row.items() if v is not None}
            for row in table.to_pylist()
        ]
    rows = list(
        csv.reader(
            io.StringIO(data.decode("utf-8"), newline=""), delimiter="\t" if kind == ".tsv" else ",", strict=True
        )
    )
    if any(len(row) != len(rows[0]) for row in rows):
        raise Wrong(f"{about}: rows of different lengths")
    names = rows[0] if rows else []
    return [{n.removesuffix(":json"): _cell(n, c, about) for n, c in zip(names, row)} for row in rows[1:]]


def _cell(name: str, cell: str, about: str) -> Any:
    """Read a cell; one that a spreadsheet would run is wrong, and the apostrophe that keeps it from that goes."""
    if name.endswith(":json") and cell:
        found = strict(cell)
        if cell[0] in RUN and not isinstance(found, (int, float)):  # a number below nothing is a number there too
            raise Wrong(f"{about}: a cell that a spreadsheet runs: {cell[:40]!r}")
        return found
    if cell[:1] and cell[0] in RUN:
        raise Wrong(f"{about}: a cell that a spreadsheet runs: {cell[:40]!r}")
    return cell[1:] if re.match(f"'+[{re.escape(RUN)}]", cell) else cell


def logged(log: dict[str, Any], record: dict[str, Any], about: str) -> None:
    """Check a record's log: every key is there, and the edits of a field lie in order and say what they did."""
    if not {
        "of",
        "variant",
        "recipe",
        "run",
        "changed",
        "expect",
        "target_changed",
        "missing",
        "moves",
        "edits",
    } <= set(log):
        raise Wrong(f"{about}: a log without {log}")
    fields: dict[str, list[dict[str, Any]]] = {}
    for edit in log["edits"]:
        fields.setdefault(edit["field"], []).append(edit)
    for field, edits in fields.items():
        text, shift = get_path(record, field), 0
        if not isinstance(text, str):
            continue  # a table's cell holds the field as text
        for e in edits:
            at = e["start"] + shift
            if text[at : at + len(e["new"])] != e["new"] or e["end"] - e["start"] != len(e["old"]):
                raise Wrong(f"{about}: an edit that is not there: {e} in {text[:300]!r}")
            shift += len(e["new"]) - len(e["old"])
