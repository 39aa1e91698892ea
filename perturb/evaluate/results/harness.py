"""Results of lm-evaluation-harness: ``samples_TASK_TIME.jsonl`` (``--log_samples``), a line for each document and filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perturb.evaluate.results.rows import Result, choose, result


def rows(data: Any, path: str, *, metric: str = "", filter: str = "", samples: str = "") -> Iterator[Result]:
    """Yield the rows of a log; ids are in the document's field ``perturb``."""
    filters = list(dict.fromkeys(str(row.get("filter", "none")) for row in data))
    chosen = choose("filter", filters, filter, "--filter", path)
    metrics = [m for m in data[0].get("metrics", []) if isinstance(data[0].get(m), (int, float))]
    name = choose("metric", metrics, metric, "--metric", path)
    for n, row in enumerate(data, 1):
        if row.get("filter", "none") == chosen:
            yield result(row["doc"], row.get(name), f"{path}:{n}")
