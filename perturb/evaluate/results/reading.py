"""Which tool wrote a file of results, and its rows."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from perturb.core.errors import DataError, UsageError
from perturb.evaluate.results import harness, helm, inspect_log, openai_evals, plain, promptfoo
from perturb.evaluate.results.rows import Result
from perturb.items.readers import read

TOOLS = {
    "lm-eval": harness.rows,
    "inspect": inspect_log.rows,
    "promptfoo": promptfoo.rows,
    "helm": helm.rows,
    "openai-evals": openai_evals.rows,
    "plain": plain.rows,
}


def read_results(
    paths: Iterable[str], *, tool: str = "", metric: str = "", filter: str = "", samples: str = ""
) -> list[Result]:
    """Read the scored samples of several files as one table (``read_results(["samples_gsm8k_clean_….jsonl", …])``).

    ``metric`` and ``filter`` choose where a tool scores a sample more than once (filter is promptfoo's provider); ``samples`` is the
    exported file, for tools that keep its line numbers alone. Raises DataError for what is no such file, for a sample without id,
    and for one that stands twice.
    """
    found: list[Result] = []
    for path in paths:
        data = load(path)
        name = tool or tool_of(data, path)
        try:
            rows = list(TOOLS[name](data, path, metric=metric, filter=filter, samples=samples))
        except (AttributeError, IndexError, KeyError, TypeError) as e:
            raise DataError(
                f"{path}: is not as {name} writes it ({type(e).__name__}: {e}); --from names another tool"
            ) from None
        if not rows:
            raise DataError(f"{path}: holds no scored samples ({name})")
        found += rows
    if not found:
        raise UsageError("no results were given")
    return unique(found)


def load(path: str) -> Any:
    """Read a file: a list of its lines' objects, or the one value of a .json or .eval file."""
    if path.endswith(".eval"):
        return inspect_log.opened(path)
    if path.endswith(".csv"):
        return plain.table(path)
    if path.endswith(".json") and os.path.isfile(path):
        try:
            with open(path, encoding="utf-8") as f:
                return json.load(f)
        except ValueError as e:
            raise DataError(f"{path}: is not JSON ({e})") from None
    return [record.item for record in read(path)]


def tool_of(data: Any, path: str) -> str:
    """Tell which tool wrote it, by its first row or its keys; DataError where none did."""
    if isinstance(data, dict):
        if "eval" in data:
            return "inspect"
        if isinstance(data.get("results"), dict) and "results" in data["results"]:
            return "promptfoo"
        raise DataError(f"{path}: is no file of results that is known; --from takes {', '.join(TOOLS)}")
    first = data[0] if data else {}
    if not isinstance(first, dict):
        return "plain"
    marks = {"lm-eval": {"doc_id", "doc"}, "promptfoo": {"testCase", "success"}, "helm": {"instance_id", "stats"}}
    for tool, keys in marks.items():
        if keys <= set(first):
            return tool
    return "openai-evals" if "spec" in first or {"event_id", "sample_id"} <= set(first) else "plain"


def unique(rows: list[Result]) -> list[Result]:
    """Give the rows as they are; DataError where one stands twice."""
    seen: dict[Any, str] = {}
    for row in rows:
        if row.key in seen:
            what = f"variant {row.variant} of {row.orig_id!r}" if row.variant else f"the clean {row.orig_id!r}"
            raise DataError(
                f"{row.where}: {what} is scored twice, first in {seen[row.key]}; give one file of each, of one model and one run"
            )
        seen[row.key] = row.where
    return rows
