"""lm-evaluation-harness: the data of a wrapped task, perturbed anew on every run (wrap with ``perturb wrap lm-eval``)."""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from perturb.core.errors import DataError
from perturb.integrations.hf import record_features
from perturb.integrations.host import fresh, host
from perturb.items.codec import dumps
from perturb.variants import Perturber


def load(
    loader: dict[str, Any], eval_split: str, recipe: str = "", n: int = 1, keep: bool = False, seed: int | None = None,
    profile: str = "auto", expect: str = "same", **told: Any,
) -> Any:  # fmt: skip
    """Load what a task would, with its evaluated split perturbed (``load({"path": "json", …}, "test", "hurried")``).

    lm-eval calls it once when it builds a task, with the task's ``dataset_kwargs`` and the run's ``--metadata``: without ``seed``
    there, every run differs. The other splits, few-shot examples among them, stay as they are. Without a recipe the clean items
    come with the field ``perturb``, so that results can be paired. The rows are file-backed: an in-memory dataset would make
    tasks draw their shuffled choices anew for each look at a document. Raises DataError where there is no such split.
    """
    datasets = host("datasets", "lm-eval")
    found = datasets.load_dataset(**loader)
    if eval_split not in found:
        raise DataError(f"no split {eval_split!r} in {loader}; it has {', '.join(map(repr, found))}")
    seed = fresh(seed)
    perturber = Perturber(recipe or "formal_control", n if recipe else 1, seed, profile, with_clean=keep or not recipe,
                          expect=expect.split(",") if recipe else ("abstain",))  # fmt: skip
    source = found[eval_split]
    features = datasets.Features({**source.features, perturber.field: record_features()})
    folder = Path(tempfile.mkdtemp(prefix="perturb-lm-eval-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / f"{eval_split}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for variant in perturber(source):
            if recipe or variant.number == 0:
                out.write(dumps(variant.item) + "\n")
    if not file.stat().st_size:
        raise DataError(
            f"{recipe} leaves no variant of {eval_split!r} with expect {expect}; try another recipe or more variants"
        )
    new = datasets.load_dataset("json", data_files={eval_split: str(file)}, split=eval_split, features=features,
                                cache_dir=str(folder / "cache"))  # fmt: skip
    left = sum(count for what, count in perturber.stats.items() if what.startswith("left out"))
    if recipe:
        line = f"perturb: {recipe}, {len(new)} rows of {eval_split}, seed {seed}; {left} left out that this task cannot score"
        sys.stderr.write(f"{line} (repeat with --metadata '{{\"seed\": {seed}}}')\n")
    return datasets.DatasetDict({**found, eval_split: new})


def task_class() -> Any:
    """Give the class of wrapped tasks: lm-eval's own, whose requests are cached under this run's name.

    ``--cache_requests`` keys prompts by the task's name alone and would serve those of an earlier seed.
    """
    base = host("lm_eval.api.task", "lm-eval").ConfigurableTask

    class PerturbedTask(base):  # type: ignore[misc, valid-type]
        """A task over perturbed documents."""

        def __init__(self, config: dict[str, Any] | None = None) -> None:
            super().__init__(config={key: value for key, value in (config or {}).items() if key != "class"})

        def build_all_requests(self, **options: Any) -> None:
            """Build the requests, cached under a name that has recipe and seed in it."""
            name = self.config.task
            runs = {doc["perturb"]["run"] for doc in self.eval_docs if doc["perturb"]["run"]}
            self.config.task = "-".join([name, *sorted(runs)])
            try:
                super().build_all_requests(**options)
            finally:
                self.config.task = name

    return PerturbedTask


def __getattr__(name: str) -> Any:
    if name == "PerturbedTask":
        return task_class()
    raise AttributeError(name)
