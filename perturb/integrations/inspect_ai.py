"""Inspect AI: perturbed datasets and tasks (noise at run time and a scorer that knows when to ask are in inspect_registry)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from perturb.integrations.host import fresh, host
from perturb.integrations.inspect_samples import Samples, marked
from perturb.variants import Perturber


def perturb_dataset(
    dataset: Any, recipe: Any, n: int = 1, seed: int | None = None, keep_clean: bool = True, **options: Any
) -> Any:  # fmt: skip
    """Give an Inspect dataset's variants (``task_with(t, dataset=perturb_dataset(t.dataset, "hurried"))``).

    Ids are the clean sample's, with ``#recipe.variant``; ``metadata`` has ``orig_id``, ``variant``, ``expect`` and the record
    (docs/records.md). With ``keep_clean`` each clean sample comes first, as variant 0. Variants for which the target no longer holds
    are left out and counted on stderr, unless ``expect="same,clarify"`` keeps them, for a scorer that knows. Texts that an item's
    template put together are perturbed as they stand: for those, perturb the record with ``record_to_sample``. A new seed on every
    call unless one is given. ``options`` are Perturber's.
    """
    made = host("inspect_ai.dataset", "inspect")
    samples = Samples(recipe, n, seed, keep_clean, **options)
    rows = [s for i, one in enumerate(dataset, 1) for s in samples.of(one, str(i if one.id is None else one.id))]
    sys.stderr.write(f"perturb: {dataset.name or 'dataset'}: {recipe}, {samples.told}\n")
    return made.MemoryDataset(rows, name=f"{dataset.name or 'dataset'}-perturbed", location=dataset.location)


def record_to_sample(
    make: Callable[[dict[str, Any]], Any], recipe: Any, n: int = 1, seed: int | None = None, keep_clean: bool = True, **options: Any
) -> Callable[[dict[str, Any]], list[Any]]:  # fmt: skip
    """Perturb records before samples are made of them: the second argument of Inspect's ``json_dataset``.

    The id comes from the clean record, so that ids made by hashing the text still pair. What is left out is as in
    ``perturb_dataset``; the function's ``stats`` count it.
    """
    perturber = Perturber(recipe, n, fresh(seed), with_clean=keep_clean, **{"expect": "same", **options})
    stream = perturber.stream()

    def made(record: dict[str, Any]) -> list[Any]:
        clean = make(record)
        name = stream.name(record) if clean.id is None else str(clean.id)
        return [marked(make(variant.bare), variant) for variant in stream.named([(name, record)])]

    made.stats = perturber.stats  # type: ignore[attr-defined]
    return made


def with_perturbation(
    task: Any, recipe: Any, n: int = 1, seed: int | None = None, keep_clean: bool = True, **options: Any
) -> Any:
    """Give a task over perturbed samples, everything else as it is (``eval(with_perturbation(gsm8k(), "hurried"))``).

    Recipe and seed are in the task's metadata, and so in the log.
    """
    inspect = host("inspect_ai", "inspect")
    seed = fresh(seed)
    dataset = perturb_dataset(task.dataset, recipe, n, seed, keep_clean, **options)
    metadata = {**(task.metadata or {}), "perturb": {"recipe": str(recipe), "n": n, "seed": seed}}
    return inspect.task_with(task, dataset=dataset, name=f"{task.name}-perturbed", metadata=metadata)
