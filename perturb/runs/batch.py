"""A batch of items in, a batch of records out: what a run's workers call, and what Ray, Spark or Dask can send about."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from perturb.core.errors import BadRecord, PerturbError
from perturb.items.ids import item_id
from perturb.recipe import Recipe
from perturb.recipe_yaml import compose_recipes, parse_recipe
from perturb.record import bare_line_of, line_of, record_line_of
from perturb.variant import Variant
from perturb.variants import Perturber


class Done(NamedTuple):
    """What became of a batch: lines of JSON, the added fields alone, counts, and the items that were bad."""

    lines: bytes
    side: list[bytes]
    records: int
    stats: dict[str, int]
    bad: list[tuple[int, str]]  # an item's place in the batch, and what is wrong with it
    error: Exception | None = None
    seconds: float = 0.0


class PerturbBatch:
    """Vary batches of items (``PerturbBatch("hurried", seed=7)([{"question": "Why?"}])`` -> its records).

    It can be pickled, and gives an item the same variants in whatever batch, process or order: they depend on seed,
    id and recipe alone. ``first`` is the item that an "auto" profile is read off; give it, or a profile, where batches
    may begin with different kinds of items. An item without an id of its own is named by a hash of its content, and
    one that comes twice is not told apart, as `perturb run` does it. ``options`` are Perturber's.
    """

    def __init__(
        self, recipe: str | Recipe | Sequence[str | Recipe], seed: int, n: int = 1, *,
        first: dict[str, Any] | None = None, bare: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        made = Perturber(recipe, n, seed, **options)
        self._recipes = [(r.name, r.texts) for r in made.recipes]
        self._args = {"n": n, "seed": seed, **options}
        self._first, self._bare = first, bare
        self._stream: Perturber | None = made.stream(first)

    @classmethod
    def of(cls, perturber: Perturber, *, bare: bool = False) -> PerturbBatch:
        """Make one of a Perturber that stands on its items' profile already; it stays in this process."""
        new = cls.__new__(cls)
        new._recipes, new._args, new._first, new._bare, new._stream = [], {}, None, bare, perturber
        return new

    def __getstate__(self) -> dict[str, Any]:
        if not self._recipes:
            raise TypeError("made of a Perturber: make it of a recipe's name to pass it between processes")
        return {**self.__dict__, "_stream": None}

    @property
    def perturber(self) -> Perturber:
        """Give what varies the items, made again after unpickling."""
        if self._stream is None:
            recipes = [_again(name, texts) for name, texts in self._recipes]
            self._stream = Perturber(recipes, **self._args).stream(self._first)
        return self._stream

    def __call__(self, batch: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give the records of a batch of items, in order. Raises BadRecord."""
        return [v.bare if self._bare else v.item for v in self.variants(batch)]

    def variants(self, batch: Iterable[dict[str, Any]]) -> Iterator[Variant]:
        """Yield the variants of a batch of items. Raises BadRecord."""
        own = self.perturber
        return own.named((item_id(item, own._profile_of(item)), item) for item in batch)

    def encoded(
        self, named: Iterable[tuple[str, dict[str, Any]]], *, sidecar: bool = False, skip: bool = False
    ) -> Done:
        """Give the records of items that have their names as lines of JSON; never raises what a user can cause.

        It ends at the first bad item, or goes on behind it (``skip``).
        """
        own, at = self.perturber, -1
        before, begun = Counter(own.stats), time.monotonic()
        lines: list[str] = []
        side: list[bytes] = []
        bad: list[tuple[int, str]] = []
        error: Exception | None = None

        def pairs() -> Iterator[tuple[str, dict[str, Any]]]:
            nonlocal at
            for at, pair in enumerate(named):  # noqa: B007
                yield pair

        def on_bad(what: BadRecord, item: dict[str, Any]) -> None:
            bad.append((at, what.reason))
            if not skip:
                raise _Enough

        own.on_bad = on_bad
        write = bare_line_of if self._bare or sidecar else line_of
        try:
            for v in own.named(pairs()):
                try:
                    lines.append(write(v))
                    if sidecar:
                        side.append(record_line_of(v).encode())
                except (TypeError, ValueError, RecursionError) as e:
                    raise BadRecord(f"a variant cannot be written as JSON ({e})", f"item {v.id}") from None
        except _Enough:
            pass
        except PerturbError as e:
            error = e
        finally:
            own.on_bad = None
        lines.append("")
        stats = {key: n - before[key] for key, n in own.stats.items() if n != before[key]}
        return Done("\n".join(lines).encode(), side, len(lines) - 1, stats, bad, error, time.monotonic() - begun)


class _Enough(Exception):
    pass


def _again(name: str, texts: dict[str, str]) -> Recipe:
    """Make a recipe again of the texts that it was made of, wherever this is."""
    if name in texts:
        return parse_recipe(texts[name], name=name, texts=texts)
    parts = [Path(part).stem if part.endswith((".yaml", ".yml")) else part for part in name.split("+")]
    return compose_recipes(name, [parse_recipe(texts[part], name=part, texts=texts) for part in parts])
