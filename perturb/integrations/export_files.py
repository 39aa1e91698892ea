"""Rows as a tool's file: JSON Lines, one JSON array, CSV or parquet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from perturb.core.errors import DataError, UsageError
from perturb.integrations.host import host
from perturb.items.codec import dumps
from perturb.items.formats.table import guarded
from perturb.items.sinks import Sink


def write(rows: list[dict[str, Any]], tool: str, output: str, force: bool, inputs: list[str]) -> None:
    """Write rows in the form that a tool reads; whole or not at all."""
    if tool == "parquet" and output == "-":
        raise UsageError("parquet is no text; name a file with -o")
    with Sink(output, force=force, inputs=inputs, as_lines=True) as out:
        if tool == "parquet":
            out.write_bytes(_parquet(rows))
        elif tool == "csv" or "__description" in rows[0]:
            out.write_text(_csv(rows, guard=tool == "csv"))  # promptfoo sends what stands there
        elif tool == "helm":
            out.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
        else:
            for row in rows:
                out.write(row)


def _csv(rows: list[dict[str, Any]], guard: bool) -> str:
    file = io.StringIO()
    table = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\r\n")
    table.writerow({key: guarded(key) if guard else key for key in table.fieldnames})
    for row in rows:
        table.writerow({key: _cell(value, guard) for key, value in row.items()})
    return file.getvalue()


def _cell(value: Any, guard: bool) -> Any:
    """Write a value, with ``guard`` so that no spreadsheet runs it."""
    if isinstance(value, str):
        return guarded(value) if guard else value
    return value if isinstance(value, (int, float)) else dumps(value)


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    arrow, parquet = host("pyarrow", "frames"), host("pyarrow.parquet", "frames")
    keys = list(dict.fromkeys(key for row in rows for key in row))
    try:
        table = arrow.table({key: [row.get(key) for row in rows] for key in keys})
    except (arrow.ArrowInvalid, arrow.ArrowTypeError) as e:
        raise DataError(
            f"a column holds values of several types, which parquet refuses ({e}); export csv instead"
        ) from None
    out = io.BytesIO()
    parquet.write_table(table, out)
    return out.getvalue()
