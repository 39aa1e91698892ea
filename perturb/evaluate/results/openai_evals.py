"""Results of OpenAI Evals: a record of events; samples are named by eval, split and line, so their file says whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perturb.core.errors import DataError
from perturb.evaluate.results.rows import Result, choose, result
from perturb.items.readers import read


def rows(data: Any, path: str, *, metric: str = "", filter: str = "", samples: str = "") -> Iterator[Result]:
    """Yield the rows of a record: of events ``match`` their ``correct``, of ``metrics`` the one that was chosen."""
    known: dict[str, Any] = {e["sample_id"]: e["data"] for e in data if e.get("type") == "perturb_meta"}
    lines = [record.item for record in read(samples)] if samples else []
    for n, event in enumerate(data, 1):
        kind, where = event.get("type"), f"{path}:{n}"
        if kind not in ("match", "metrics"):
            continue
        told = event["data"]
        score = (
            told.get("correct") if kind == "match" else told[choose("metric", list(told), metric, "--metric", where)]
        )
        yield result(known.get(event["sample_id"]) or _line(event["sample_id"], lines, where), score, where)


def _line(sample_id: str, lines: list[Any], where: str) -> Any:
    number = sample_id.rpartition(".")[2]
    if not lines:
        raise DataError(
            f"{where}: sample {sample_id!r} is named by its line alone; give the exported file with --samples"
        )
    if not number.isdigit() or int(number) >= len(lines):
        raise DataError(
            f"{where}: sample {sample_id!r} is no line of the file given with --samples, which has {len(lines)}"
        )
    return lines[int(number)]
