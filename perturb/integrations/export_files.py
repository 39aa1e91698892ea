"""Rows as a tool's file: JSON Lines, one JSON array, CSV or parquet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from perturb.core.errors import DataError, UsageError
from perturb.integrations.host import host
from perturb.items.sinks import Sink


def write(rows: list[dict[str, Any]], tool: str, output: str, force: bool, inputs: list[str]) -> None:
    """Write rows in the form that a tool reads; whole or not at all."""
    if tool == "parquet" and output == "-":
        raise UsageError("parquet is no text; name a file with -o")
    with Sink(output, force=force, inputs=inputs, as_lines=True) as out:
        if tool == "parquet":
            out.write_bytes(_parquet(rows))
        elif tool == "csv" or "__description" in rows[0]:
            out.write_text(_csv(rows))
        elif tool == "helm":
            out.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
        else:
            for row in rows:
                out.write(row)


def _csv(rows: list[dict[str, Any]]) -> str:
    file = io.StringIO()
    table = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow(
            {k: v if isinstance(v, (str, int, float)) else json.dumps(v, ensure_ascii=False) for k, v in row.items()}
        )
    return file.getvalue()


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
