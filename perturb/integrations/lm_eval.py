"""lm-evaluation-harness: the data of a wrapped task, perturbed anew on every run (wrap with ``perturb wrap lm-eval``)."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from perturb.core.errors import DataError, UsageError
from perturb.integrations.hf_record import record_features
from perturb.integrations.host import fresh, host, left_out
from perturb.variants import Perturber

CLEAN = "perturb: the clean items"  # a split of its own beside the task's
_drawn: dict[str, int] = {}  # this run's seed, by task


def load(perturb: dict[str, Any], seed: int | None = None, **told: Any) -> Any:
    """Load what a task would, with its evaluated split perturbed (``load({"loader": {"path": "json", …}, "split": "test", …})``).

    lm-eval calls it once when it builds a task, with the task's ``dataset_kwargs`` (here under one name, since the run's
    ``--metadata`` and the model's arguments come as keywords too) and that metadata: without ``seed`` there, every run differs.
    The other splits stay as they are. Without a recipe the clean items come with the field ``perturb``, so that results can be
    paired. The rows are file-backed: an in-memory dataset would make tasks draw their shuffled choices anew for each look at a
    document. Raises DataError where there is no such split or nothing is left of it, UsageError where several processes would
    draw a seed each.
    """
    datasets = host("datasets", "lm-eval")
    task, split, recipe = perturb["task"], perturb["split"], perturb["recipe"]
    found = _loaded(datasets, perturb["loader"])
    if split not in found:
        raise DataError(f"no split {split!r} in {perturb['loader']}; it has {', '.join(map(repr, found))}")
    perturber = Perturber(recipe or "formal_control", perturb["n"], _seed(task, seed) if recipe else 0, perturb["profile"],
                          with_clean=True, expect=perturb["expect"].split(",") if recipe else "abstain")  # fmt: skip
    features = datasets.Features({**found[split].features, perturber.field: record_features()})
    folder = Path(tempfile.mkdtemp(prefix="perturb-lm-eval-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    new = {}
    for name, kept in _rows(perturber, found[split], bool(recipe), perturb["keep"]).items():
        if kept:
            datasets.Dataset.from_list(kept, features=features).save_to_disk(str(folder / name))
            new[name] = datasets.load_from_disk(str(folder / name))
    if recipe and "varied" in new:
        line = f"perturb: {task}: {recipe}, {len(new['varied'])} rows of {split}, seed {perturber.seed}; {left_out(perturber.stats)}"
        sys.stderr.write(f"{line} (repeat with --metadata '{{\"seed\": {perturber.seed}}}')\n")
    rows = new.get("varied" if recipe else "clean")
    if rows is None:
        raise DataError(
            f"{recipe} leaves no variant of {split!r} ({left_out(perturber.stats)}); try another recipe or more variants"
        )
    return datasets.DatasetDict({**found, split: rows, CLEAN: new["clean"]})


def _loaded(datasets: Any, loader: dict[str, Any]) -> Any:
    """Load the splits; of local files each by itself, since their fields may differ."""
    files = loader.get("data_files")
    if loader["path"] != "json" or not isinstance(files, dict):
        return datasets.load_dataset(**loader)
    return {
        split: datasets.load_dataset(**{**loader, "data_files": file}, split="train") for split, file in files.items()
    }


def _seed(task: str, seed: int | None) -> int:
    """Give the run's seed, one for all its tasks; a task that comes again begins another run in this process."""
    if seed is None and int(os.environ.get("WORLD_SIZE") or 1) > 1:
        raise UsageError(
            "lm-eval runs in several processes, which must agree on a seed; give one: --metadata '{\"seed\": 7}'"
        )
    if seed is not None:
        return fresh(seed)
    if task in _drawn or not _drawn:
        _drawn.clear()
        _drawn[task] = fresh(None)
    return _drawn.setdefault(task, next(iter(_drawn.values())))


def _rows(perturber: Perturber, items: Any, varied: bool, keep: bool) -> dict[str, list[dict[str, Any]]]:
    """Give the clean items and their variants."""
    rows: dict[str, list[dict[str, Any]]] = {"clean": [], "varied": []}
    for variant in perturber(items):
        if not variant.number:
            rows["clean"].append(variant.item)
        if varied and (variant.number or keep):
            rows["varied"].append(variant.item)
    return rows


def __getattr__(name: str) -> Any:
    if name == "PerturbedTask":
        from perturb.integrations.lm_eval_task import task_class

        return task_class()
    raise AttributeError(name)
