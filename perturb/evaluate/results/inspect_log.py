"""Results of Inspect AI: a log as JSON, or the packed .eval where inspect_ai is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perturb.core.errors import DataError, MissingResource
from perturb.evaluate.results.rows import Result, choose, result, scored

UNSCORED = ("abstain", "unsure")  # asks_or_answers scores none of these


def opened(path: str) -> Any:
    """Read a packed log."""
    try:
        from inspect_ai.log import read_eval_log
    except ImportError:
        raise MissingResource(
            f"{path}: reading .eval needs inspect_ai (pip install 'perturb[inspect]'); or turn it into JSON where it is "
            f"installed: inspect log convert --to json --output-dir DIR {path}"
        ) from None
    return read_eval_log(path).model_dump(mode="json")


def rows(data: Any, path: str, *, metric: str = "", filter: str = "", samples: str = "") -> Iterator[Result]:
    """Yield the rows of a log, a sample's epochs as their mean; ids are in the samples' metadata."""
    if not data.get("samples"):
        raise DataError(f"{path}: the log holds no samples; was it written with --no-log-samples, or did the run fail?")
    epochs: dict[Any, list[Result]] = {}
    for sample in data["samples"]:
        where = f"{path}: sample {sample.get('id')!r}"
        if not sample.get("scores"):
            if (sample.get("metadata") or {}).get("expect") in UNSCORED:
                continue
            raise DataError(f"{where}: has no score")
        name = choose("scorer", list(sample["scores"]), metric, "--metric", path)
        row = result(sample.get("metadata"), _value(sample["scores"][name]["value"], filter, where), where)
        epochs.setdefault((row.key, sample.get("id")), []).append(row)
    for several in epochs.values():
        yield several[0]._replace(score=sum(r.score for r in several) / len(several))


def _value(value: Any, key: str, where: str) -> float:
    """Read a score that may have several parts."""
    if isinstance(value, dict):
        value = value[choose("part of the score", list(value), key, "--filter", where)]
    return scored(value, where)
