"""Results of promptfoo: ``-o out.json``, or ``-o out.jsonl`` with a result a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perturb.core.errors import DataError
from perturb.evaluate.results.rows import Result, choose, result


def rows(data: Any, path: str, *, metric: str = "", filter: str = "", samples: str = "") -> Iterator[Result]:
    """Yield the rows of an output; ids are in the tests' metadata. ``metric``: "success", "score" or a named score."""
    results = data.get("results", {}).get("results", []) if isinstance(data, dict) else data
    several = [_maker(row) for row in results]
    by_prompt = len(set(several)) < len({(m, p) for m, (p) in zip(several, map(_prompt, results))})
    names = [f"{m} | {_prompt(row)}" if by_prompt else m for m, row in zip(several, results)]
    chosen = choose("provider", list(dict.fromkeys(names)), filter, "--filter", path)
    for n, (name, row) in enumerate(zip(names, results), 1):
        if name != chosen:
            continue
        where = f"{path}: result {n}"
        if row.get("error") and row.get("response") is None:
            raise DataError(f"{where}: the provider failed ({str(row['error'])[:80]}); repeat it before pairing")
        test = row.get("testCase") or {}
        scores = {"success": row.get("success"), "score": row.get("score"), **(row.get("namedScores") or {})}
        score = scores[choose("metric", list(scores), metric or "success", "--metric", path)]
        yield result(test.get("metadata"), score, where)


def _maker(row: Any) -> str:
    provider = row.get("provider") or {}
    return str(provider.get("label") or provider.get("id") or "") if isinstance(provider, dict) else str(provider)


def _prompt(row: Any) -> str:
    prompt = row.get("prompt") or {}
    return str(row.get("promptIdx", prompt.get("label", "")))
