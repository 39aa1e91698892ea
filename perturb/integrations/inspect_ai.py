"""Inspect AI: perturbed datasets and tasks, noise at run time, and a scorer that knows when to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perturb.integrations.host import fresh, host
from perturb.items.profiles import Profile
from perturb.variants import Perturber

# A sample's text and a message's content; choices and target are its own.
_SAMPLE = Profile("inspect_sample", ("input",), target="target", target_kind="auto", choices="choices", task="qa",
                  lock=("choices", "target", "options_block"))  # fmt: skip
_CHAT = Profile("inspect_chat", ("input[*].content",), role="user", task="chat", lock=("options_block",))


def perturb_dataset(
    dataset: Any, recipe: Any, n: int = 1, seed: int | None = None, keep_clean: bool = True, **options: Any
) -> Any:  # fmt: skip
    """Give an Inspect dataset's variants (``task_with(t, dataset=perturb_dataset(t.dataset, "hurried"))``).

    Ids are the clean sample's, with ``#recipe.variant``; ``metadata`` has ``orig_id``, ``variant`` and the record (docs/records.md).
    With ``keep_clean`` each clean sample comes first, as variant 0. Texts that an item's template put together are perturbed as they
    stand: for those, perturb the record with ``record_to_sample``. A new seed on every call unless one is given.
    """
    made = host("inspect_ai.dataset", "inspect")
    seed = fresh(seed)
    samples = [
        s for i, sample in enumerate(dataset, 1) for s in _varied(sample, i, recipe, n, seed, keep_clean, options)
    ]
    return made.MemoryDataset(samples, name=f"{dataset.name or 'dataset'}-perturbed", location=dataset.location)


def _varied(sample: Any, number: int, recipe: Any, n: int, seed: int, keep: bool, options: dict[str, Any]) -> list[Any]:
    name = str(number if sample.id is None else sample.id)
    item = {"input": sample.input, "target": sample.target, "choices": sample.choices}
    if not isinstance(sample.input, str):
        item["input"] = [{"role": m.role, "content": m.text} for m in sample.input]
    profile = options.pop("profile", None) or (_SAMPLE if isinstance(sample.input, str) else _CHAT)
    perturber = Perturber(recipe, n, seed, profile, with_clean=keep, **options)
    out = []
    for variant in perturber.named([(name, item)]):
        new = sample.model_copy(deep=True)
        new.id = f"{name}#{variant.recipe}.{variant.number}" if variant.number else name
        new.metadata = {**(sample.metadata or {}), **_about(variant)}
        if variant.number:
            bare = variant.bare
            new.target, new.choices = bare["target"], bare["choices"]
            if isinstance(sample.input, str):
                new.input = bare["input"]
            else:
                for message, changed in zip(new.input, bare["input"], strict=True):
                    if message.text != changed["content"]:
                        message.text = changed["content"]
        out.append(new)
    return out


def _about(variant: Any) -> dict[str, Any]:
    return {"orig_id": variant.id, "variant": variant.number, "expect": variant.expect, "perturb": variant.record}


def record_to_sample(
    make: Callable[[dict[str, Any]], Any],
    recipe: Any,
    n: int = 1,
    seed: int | None = None,
    keep_clean: bool = True,
    **options: Any,
) -> Callable[[dict[str, Any]], list[Any]]:
    """Perturb records before samples are made of them: the second argument of Inspect's ``json_dataset``.

    The id comes from the clean record, so that ids made by hashing the text still pair.
    """
    perturber = Perturber(recipe, n, fresh(seed), with_clean=keep_clean, **options)

    def made(record: dict[str, Any]) -> list[Any]:
        clean = make(record)
        name = perturber.name(record) if clean.id is None else str(clean.id)
        out = []
        for variant in perturber.named([(name, record)]):
            sample = make(variant.bare)
            sample.id = f"{name}#{variant.recipe}.{variant.number}" if variant.number else name
            sample.metadata = {**(sample.metadata or {}), **_about(variant)}
            out.append(sample)
        return out

    return made


def with_perturbation(
    task: Any, recipe: Any, n: int = 1, seed: int | None = None, keep_clean: bool = True, **options: Any
) -> Any:
    """Give a task over perturbed samples, everything else as it is (``eval(with_perturbation(gsm8k(), "hurried"))``)."""
    inspect = host("inspect_ai", "inspect")
    dataset = perturb_dataset(task.dataset, recipe, n, seed, keep_clean, **options)
    return inspect.task_with(task, dataset=dataset, name=f"{task.name}-perturbed")
