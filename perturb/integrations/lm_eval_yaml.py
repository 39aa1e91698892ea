"""lm-evaluation-harness: the file of a wrapped task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from perturb.core.errors import UsageError
from perturb.integrations.lm_eval_data import needs


class _Function(str):
    """A reference that lm-eval resolves (``!function module.name``)."""


class _Dumper(yaml.SafeDumper):
    """Write references as lm-eval's own tag."""


_Dumper.add_representer(_Function, lambda dumper, value: dumper.represent_scalar("!function", value))


def dump(config: dict[str, Any]) -> str:
    """Write a task or group as YAML."""
    return "# written by perturb wrap lm-eval\n" + yaml.dump(config, Dumper=_Dumper, sort_keys=False)


def task_file(
    new: str, kind: str, entry: Any, config: dict[str, Any], given: dict[str, Any], data: dict[str, str]
) -> dict[str, Any]:
    """Give the wrapper of a stock task, which includes it and puts our class and our data in; UsageError where that cannot be."""
    for key in ("class", "custom_dataset"):
        if config.get(key):
            raise UsageError(
                f"task {entry.name!r} brings a {key} of its own, which a wrapper would replace; wrap its data instead"
            )
    split = config.get("test_split") or config.get("validation_split")
    if not split:
        raise UsageError(f"task {entry.name!r} names no split to evaluate")
    loader: dict[str, Any] = {"path": config.get("dataset_path")}
    if config.get("dataset_name"):
        loader["name"] = config["dataset_name"]
    loader.update({k: v for k, v in (config.get("dataset_kwargs") or {}).items() if k != "metadata"})
    lacking = [one for one in needs(config, split) if data and one not in data]
    if lacking:
        what = "evaluates" if lacking[0] == split else "shows examples from"
        raise UsageError(f"task {entry.name!r} {what} its split {lacking[0]!r}; give it too: --data {lacking[0]}=FILE")
    if data:
        loader = {"path": "json", "data_files": {s: str(Path(p).resolve()) for s, p in data.items()}}
    alias = config.get("task_alias")
    return {
        "include": str(entry.yaml_path), "task": new, "tag": "perturb", **({"task_alias": f"{alias} ({kind})"} if alias else {}),
        "class": _Function("perturb.integrations.lm_eval.PerturbedTask"),
        "custom_dataset": _Function("perturb.integrations.lm_eval.load"),
        "dataset_kwargs": {"perturb": {"task": new, "loader": loader, "split": split, **given}},
    }  # fmt: skip
