"""lm-evaluation-harness: the few-shot examples of a wrapped task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


class Shots:
    """A task's few-shot examples, drawn once for each clean item, as the stock task draws them; its variants are shown the same."""

    def __init__(self, sampler: Any, order: list[str]) -> None:
        self.sampler, self.item = sampler, ""
        self.place = {name: i for i, name in enumerate(order)}
        self.clean = {doc["perturb"]["of"]: doc for doc in sampler.df if isinstance(doc, dict) and "perturb" in doc}
        self.drawn: list[Sequence[Any]] = []

    def sample(self, n: int, eval_doc: Any = None, **more: Any) -> Sequence[Any]:
        """Give the examples of ``item``; where they come from the split that is evaluated, never that item itself."""
        names = list(self.place)
        while len(self.drawn) <= self.place[self.item]:
            own = eval_doc and self.clean.get(names[len(self.drawn)], eval_doc)
            self.drawn.append(self.sampler.sample(n, eval_doc=own, **more))
        return self.drawn[self.place[self.item]]

    def set_rnd(self, seed: int | None) -> Shots:
        """Begin anew with a seed."""
        self.drawn.clear()
        self.sampler.set_rnd(seed)
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(self.sampler.df)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sampler, name)
