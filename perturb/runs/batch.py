"""A batch of items in, a batch of records out: what a run's workers call, and what Ray, Spark or Dask can send about."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

from perturb.arguments import items_of
from perturb.core.errors import BadRecord, PerturbError, UsageError
from perturb.core.keys import item_key
from perturb.items.codec import dumps, loads
from perturb.items.ids import checked, item_id
from perturb.recall import Again, Fresh, Recall
from perturb.recipe import Recipe
from perturb.recipe_yaml import compose_recipes, parse_recipe
from perturb.record import bare_line_of, line_of, record_line_of
from perturb.runs.freshness import Row, Watch, items_for
from perturb.variant import Variant
from perturb.variants import Perturber

if TYPE_CHECKING:
    from perturb.ledger import Ledger

_PAIR = Struct(">qq").pack  # an item and a variant, as a run puts them by for a ledger


class Done(NamedTuple):
    """What became of a batch: lines of JSON, the added fields alone, counts, and the items that were bad."""

    lines: bytes
    side: list[bytes]
    records: int
    stats: dict[str, int]
    bad: list[tuple[int, str]]  # an item's place in the batch, and what is wrong with it
    error: Exception | None = None
    seconds: float = 0.0
    given: bytes = b""  # for a ledger: item and variant, eight bytes each
    told: list[list[str]] = []
    sample: list[tuple[int, list[Row]]] = []


class PerturbBatch:
    """Vary batches of items (``PerturbBatch("hurried", seed=7)([{"question": "Why?"}])`` -> its records).

    It can be pickled, and gives an item the same variants in whatever batch, process or order: they depend on seed,
    id and recipe alone. ``first`` is the item that an "auto" profile is read off; give it, or a profile, where batches
    may begin with different kinds of items. An item without an id of its own is named by a hash of its content, and
    one that comes twice is not told apart, as `perturb run` does it. ``options`` are Perturber's, but for ``ledger``: a
    batch cannot know when the whole of which it is a part is done.
    """

    def __init__(
        self, recipe: str | Recipe | Sequence[str | Recipe], seed: int, n: int = 1, *,
        first: dict[str, Any] | None = None, bare: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        if options.get("ledger") is not None:
            raise UsageError(
                "a batch takes no ledger, which is for whole runs: perturb run --ledger, or Perturber(ledger=…)"
            )
        made = Perturber(recipe, n, seed, **options)
        self._recipes = [(r.name, r.texts) for r in made.recipes]
        self._args = {"n": n, "seed": seed, **options}
        self._first, self._bare = first, bare
        self._stream: Perturber | None = made.stream(first)
        self._known: Ledger | None = None
        self._gives = False
        self._watch: Watch | None = None

    @classmethod
    def of(
        cls, perturber: Perturber, *, bare: bool = False, known: Ledger | None = None, gives: bool = False,
        again: bool = False,
    ) -> PerturbBatch:  # fmt: skip
        """Make one of a Perturber that stands on its items' profile already; it stays in this process.

        ``known`` is a ledger to look at, ``gives`` that hashes of all variants are wanted, to be added to one, ``again``
        that items come with the attempts to take.
        """
        new = cls.__new__(cls)
        new._recipes, new._args, new._first, new._bare, new._stream = [], {}, None, bare, perturber
        new._known, new._gives = known, gives
        names = [r.name for r in perturber.recipes]
        new._watch = Watch(names, items_for(perturber.n, len(names)))
        if known is not None:
            perturber.recall = Fresh(known, keep=perturber.unchanged == "keep")
        elif again:
            perturber.recall = Again()
        return new

    def __getstate__(self) -> dict[str, Any]:
        if not self._recipes:
            raise TypeError("made of a Perturber: make it of a recipe's name to pass it between processes")
        return {**self.__dict__, "_stream": None}

    @property
    def perturber(self) -> Perturber:
        """Give what varies the items, made again after unpickling."""
        if self._stream is None:
            recipes = [again(name, texts) for name, texts in self._recipes]
            self._stream = Perturber(recipes, **self._args).stream(self._first)
        return self._stream

    def __call__(self, batch: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give the records of a batch of items, in order. Raises BadRecord."""
        return [v.bare if self._bare else v.item for v in self.variants(batch)]

    def lines(self, lines: Iterable[str]) -> list[str]:
        """Give the records of items that are lines of JSON, as `perturb run` writes them (``batch.lines(open("x.jsonl"))``).

        What a data frame's types would change (ids like "007", long numbers) stays as it is. Raises BadRecord.
        """
        return [dumps(record) for record in self(map(_item, filter(str.strip, lines)))]

    def variants(self, batch: Iterable[dict[str, Any]]) -> Iterator[Variant]:
        """Yield the variants of a batch of items. Raises BadRecord."""
        own = self.perturber
        return own.named((item_id(item, own._profile_of(item)), item) for item in map(checked, items_of(batch)))

    def encoded(
        self, named: Iterable[tuple[str | list[str], dict[str, Any]]], *, sidecar: bool = False, skip: bool = False
    ) -> Done:
        """Give the records of items that have their names as lines of JSON; never raises what a user can cause.

        It ends at the first bad item, or goes on behind it (``skip``). Behind a name may stand which attempts to take,
        a text for each recipe, as a manifest lists them.
        """
        own = self.perturber
        before, begun = Counter(own.stats), time.monotonic()
        lines: list[str] = []
        side: list[bytes] = []
        given: list[bytes] = []
        error: Exception | None = None
        entries = _Entries(named, own.recall, skip)
        own.on_bad = entries.on_bad
        write = bare_line_of if self._bare or sidecar else line_of
        try:
            with nullcontext() if self._known is None else self._known.reading():
                for v in own.named(entries):
                    try:
                        lines.append(write(v))
                        if sidecar:
                            side.append(record_line_of(v).encode())
                    except (TypeError, ValueError, RecursionError) as e:
                        raise BadRecord(f"a variant cannot be written as JSON ({e})", f"item {v.id}") from None
                    if self._watch is not None:
                        self._watch.see(v)
                    if self._gives and own.given(v):
                        given.append(_PAIR(item_key(v.id), v.fingerprint))
        except _Enough:
            pass
        except PerturbError as e:
            error = e
        finally:
            own.on_bad = None
        lines.append("")
        stats = {key: n - before[key] for key, n in own.stats.items() if n != before[key]}
        told = _taken(own.recall)
        return Done("\n".join(lines).encode(), side, len(lines) - 1, stats, entries.bad, error, time.monotonic() - begun,
                    b"".join(given), told, [] if self._watch is None else self._watch.gathered())  # fmt: skip


class _Entries:
    """The items of a batch with their names, as they come; a bad one is noted with its place, and ends it unless ``skip``."""

    def __init__(
        self, named: Iterable[tuple[str | list[str], dict[str, Any]]], recall: Recall | None, skip: bool
    ) -> None:
        self.named, self.recall, self.skip = named, recall, skip
        self.at, self.bad = -1, list[tuple[int, str]]()

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for at, (name, item) in enumerate(self.named):
            self.at = at
            if isinstance(name, list):
                name, *hint = name
                if isinstance(self.recall, Again):
                    self.recall.hints = {name: hint}
            yield name, item

    def on_bad(self, what: BadRecord, item: dict[str, Any]) -> None:
        """Note a bad item."""
        self.bad.append((self.at, what.reason))
        if not self.skip:
            raise _Enough


def _taken(recall: Recall | None) -> list[list[str]]:
    """Take what a ledger has to tell of a batch, so that the next begins with none."""
    if not isinstance(recall, Fresh):
        return []
    told, recall.told = recall.told, []
    return told


def _item(line: str) -> dict[str, Any]:
    try:
        item: dict[str, Any] = loads(line)
    except ValueError as e:
        raise BadRecord(f"not JSON: {e}", f"the line {line[:60]!r}") from None
    if type(item) is not dict:
        raise BadRecord("expected a JSON object, {…}", f"the line {line[:60]!r}")
    return item


class _Enough(Exception):
    pass


def again(name: str, texts: dict[str, str]) -> Recipe:
    """Make a recipe again of the texts that it was made of, wherever this is."""
    if name in texts:
        return parse_recipe(texts[name], name=name, texts=texts)
    parts = [Path(part).stem if part.endswith((".yaml", ".yml")) else part for part in name.split("+")]
    return compose_recipes(name, [parse_recipe(texts[part], name=part, texts=texts) for part in parts])
