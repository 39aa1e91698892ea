"""Files for tools that read files: what ``perturb run`` wrote, in the form of each."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from perturb.core.errors import BadRecord, DataError, UsageError
from perturb.integrations.host import host
from perturb.integrations.question import question_of
from perturb.integrations.writers import WRITERS, promptfoo_csv
from perturb.items.codec import dumps
from perturb.items.detect import detect
from perturb.items.formats.table import guarded
from perturb.items.profiles import Profile
from perturb.items.readers import read
from perturb.items.sinks import Sink

KEEPS_ALL = ("csv", "parquet")  # no scorer of its own that would hold a variant against the old answer


def export(
    path: str, tool: str, output: str, *, expect: frozenset[str] = frozenset(), profile: Profile | None = None,
    field: str = "perturb", sidecar: str = "", force: bool = False,
) -> tuple[int, Counter[str]]:  # fmt: skip
    """Write a file of variants for a tool (``export("out.jsonl", "deepeval", "goldens.jsonl")``); rows, and what was left out.

    What no answer is right for is left out unless ``expect`` names it (csv and parquet hold all). Raises DataError for a file without
    the field ``perturb``.
    """
    writer = promptfoo_csv if tool == "promptfoo" and output.endswith(".csv") else WRITERS[tool]
    wanted = expect or (frozenset() if tool in KEEPS_ALL else frozenset({"same"}))
    left: Counter[str] = Counter()
    rows = []
    for where, item, record in _records(path, field, sidecar):
        if wanted and record["variant"] and record["expect"] not in wanted:
            left[record["expect"]] += 1
            continue
        profile = profile or detect(item)
        try:
            row = writer(item, question_of(item, profile), record)
        except BadRecord as bad:
            raise BadRecord(bad.reason, where) from None
        rows.append({**row, field: json.dumps(record, ensure_ascii=False)} if tool == "parquet" else row)
    if not rows:
        raise DataError(
            f"{path}: nothing is left to export; of its variants, {sum(left.values())} expect something else"
        )
    _write(rows, tool, output, force, [path, *filter(None, [sidecar])])
    return len(rows), left


def _records(path: str, field: str, sidecar: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield each item without our field, and what that says."""
    beside = {r.item.get("line"): r.item for r in read(sidecar)} if sidecar else {}
    for n, record in enumerate(read(path), 1):
        told = beside.get(n) if sidecar else record.item.get(field)
        if not isinstance(told, dict) or not {"of", "variant", "recipe", "run", "expect"} <= set(told):
            raise DataError(
                f"{record.where}: no field {field!r} as perturb run writes it; export what it wrote without --bare"
            )
        yield record.where, {key: value for key, value in record.item.items() if key != field}, told


def _write(rows: list[dict[str, Any]], tool: str, output: str, force: bool, inputs: list[str]) -> None:
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
    table = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\r\n")
    table.writerow({key: guarded(key) for key in table.fieldnames})
    for row in rows:
        table.writerow({key: _cell(value) for key, value in row.items()})
    return file.getvalue()


def _cell(value: Any) -> Any:
    """Write a value so that no spreadsheet runs it."""
    return guarded(value) if isinstance(value, str) else value if isinstance(value, (int, float)) else dumps(value)


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
