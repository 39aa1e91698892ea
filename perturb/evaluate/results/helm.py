"""Results of HELM: ``per_instance_stats.json``; clean instances have no perturbation, variants the id of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perturb.core.errors import DataError
from perturb.evaluate.results.rows import Result, choose, result


def rows(data: Any, path: str, *, metric: str = "", filter: str = "", samples: str = "") -> Iterator[Result]:
    """Yield the rows of a run; HELM numbers variants by the perturbation's seed (none: the first)."""
    for n, row in enumerate(data, 1):
        where = f"{path}: instance {row.get('instance_id')!r} ({n})"
        by_name: dict[str, list[float]] = {}
        for stat in row.get("stats") or []:
            if stat.get("count") and "mean" in stat:
                by_name.setdefault(stat["name"]["name"], []).append(stat["mean"])
        name = choose("metric", list(by_name), metric, "--metric", where)
        if len(by_name[name]) > 1:
            raise DataError(f"{where}: metric {name!r} stands there {len(by_name[name])} times")
        yield result(_about(row), by_name[name][0], where)


def _about(row: Any) -> dict[str, Any]:
    told = row.get("perturbation") or {}
    number = int(told.get("seed") or 0) if "recipe" not in told else int(told.get("seed") or 0) + 1
    return {"orig_id": row.get("instance_id"), "variant": (number or 1) if told else 0, "run": told.get("run", ""),
            "recipe": told.get("recipe") or told.get("name"), "expect": told.get("expect", "same")}  # fmt: skip
