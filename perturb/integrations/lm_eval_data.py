"""lm-evaluation-harness: what a wrapper is given, checked when it is written, before a run of hours meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perturb.core.errors import BadRecord, UsageError
from perturb.items.readers import read
from perturb.variants import Perturber


def absolute(name: str) -> str:
    """Give a recipe or profile as it can be found from anywhere ("mine.yaml+typos" -> "/home/…/mine.yaml+typos")."""
    return "+".join(str(Path(p).resolve()) if p.endswith((".yaml", ".yml")) else p for p in name.split("+"))


def checked(given: dict[str, Any], data: dict[str, str], include: str) -> Perturber:
    """Make the Perturber of a wrapper; UsageError or DataError for a recipe, option, file or folder that is not there."""
    if include and not Path(include).is_dir():
        raise UsageError(f"{include}: no such folder; expected one with more tasks of lm-eval's")
    for file in data.values():
        next(read(file, limit=1))
    return Perturber(given["recipe"], given["n"], 0, given["profile"], expect=given["expect"])


def needs(config: dict[str, Any], split: str) -> list[str]:
    """List the splits that a task looks at ("test", and "train" where its examples come from)."""
    shown = config.get("fewshot_config") or {}
    own = config.get("fewshot_split") or shown.get("split")
    if not own and not shown.get("samples"):
        own = config.get("training_split") or config.get("validation_split")
    return [split, own] if own and own != split else [split]


def fitting(files: dict[str, dict[str, Any]], data: dict[str, str], perturber: Perturber) -> None:
    """Read the first item of each local file that a task evaluates; BadRecord where its fields are none that can be perturbed."""
    told = [config["dataset_kwargs"]["perturb"]["split"] for config in files.values() if "dataset_kwargs" in config]
    for split in dict.fromkeys(told if data else ()):
        first = next(read(data[split], limit=1))
        try:
            perturber.stream(first.item).prepare(first.item, "first")
        except BadRecord as bad:
            raise type(bad)(bad.reason, first.where) from None
