"""Which attempt at a variant is taken where a ledger knows what was given before, and again from a manifest.

A manifest lists only what a ledger decided: "2:3 7+" says that variant 2 is its fourth draw (attempt 3), and that from
variant 7 on there is nothing that had not been given. What it does not list was taken as without a ledger.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from perturb.core.errors import DataError
from perturb.core.keys import item_key
from perturb.variant import Variant

REDRAWS = 8  # of a variant that is unchanged or a repetition, where nothing else is known
TRIES = 41  # draws, all of them given before or repetitions, after which an item has no variant left
GONE = "dropped: given before"
Draw = Callable[[int], Variant]
_LISTED = re.compile(r"(?:(?:[1-9][0-9]{0,8}:[1-9][0-9]{0,3} )*[1-9][0-9]{0,8}(?::[1-9][0-9]{0,3}|\+))?")


class Known(Protocol):
    """What knows the variants that were given: a ledger."""

    def has(self, item: int, variant: int) -> bool:
        """Tell whether a variant of an item was given."""


class Recall(Protocol):
    """Choose among the attempts at the variants of one item after the other."""

    def begin(self, name: str) -> None:
        """Come to the next item."""

    def recipe(self) -> None:
        """Come to the item's next recipe."""

    def end(self) -> None:
        """Leave the item."""

    def past(self, number: int) -> bool:
        """Tell whether there is nothing from this number on."""

    def drawn(self, draw: Draw, number: int, policy: str, stats: Counter[str]) -> Variant | None:
        """Draw until a variant may be taken; None, and the reason counted, where none is."""


def distinct(draw: Draw, policy: str, seen: set[Any], stats: Counter[str]) -> Variant | None:
    """Draw a variant, again where it is unchanged or a repetition and the policy says so; None, counted, where none is."""
    variant = None
    for attempt in range(REDRAWS + 1):
        variant = draw(attempt)
        if not variant.changed:
            if policy == "keep":
                return variant
            if policy == "drop":
                stats["dropped: unchanged"] += 1
                return None
        elif variant.key not in seen:
            seen.add(variant.key)
            return variant
    what = "unchanged" if variant is None or not variant.changed else "no further distinct variant"
    stats[f"dropped: {what}"] += 1
    return None


class Fresh:
    """Take what neither the ledger nor the item has had (``Fresh(ledger)``); ``told`` is for the manifest.

    A variant that came out equal to its item is one like the others, given once, unless ``keep`` exempts it.
    """

    def __init__(self, known: Known, *, keep: bool = False) -> None:
        self.known, self.keep = known, keep
        self.told: list[list[str]] = []  # of each item with something to tell: its id, and a text for each recipe
        self._item, self._given = 0, set[int]()
        self._lines: list[list[str]] = []
        self._over = self._gone = False  # whether the recipe, or any of the item's, has no variant left
        self._name = ""

    def begin(self, name: str) -> None:
        """Come to the next item."""
        self._name, self._item, self._given, self._lines, self._gone = name, item_key(name), set(), [], False

    def recipe(self) -> None:
        """Come to the item's next recipe."""
        self._lines.append([])
        self._over = False

    def end(self) -> None:
        """Leave the item."""
        if any(self._lines):
            self.told.append([self._name, *map(" ".join, self._lines)])

    def past(self, number: int) -> bool:
        """Tell whether the item's space is exhausted for this recipe."""
        return self._over

    def drawn(self, draw: Draw, number: int, policy: str, stats: Counter[str]) -> Variant | None:
        """Draw until a variant is new; None where none was, or none had a change."""
        before = 0  # draws that had been given
        for attempt in range(TRIES):
            if attempt > REDRAWS and not before:
                break
            variant = draw(attempt)
            if not variant.changed:
                if policy == "drop":
                    self._tell(number, attempt, before, stats)
                    stats["dropped: unchanged"] += 1
                    return None
                if policy == "redraw":
                    continue
                if self.keep:
                    self._tell(number, attempt, before, stats)
                    return variant
            key = variant.fingerprint
            if key not in self._given and not self._had(key, attempt, stats):
                self._given.add(key)
                self._tell(number, attempt, before, stats)
                return variant
            before += 1
        if not before:
            stats["dropped: unchanged"] += 1
            return None
        self._lines[-1].append(f"{number}+")
        self._over = True
        stats["exhausted"] += not self._gone
        stats[GONE] += 1
        self._gone = True
        return None

    def _had(self, key: int, attempt: int, stats: Counter[str]) -> bool:
        if not self.known.has(self._item, key):
            return False
        if not attempt:
            stats["given before"] += 1
        return True

    def _tell(self, number: int, attempt: int, before: int, stats: Counter[str]) -> None:
        if before:
            self._lines[-1].append(f"{number}:{attempt}")
            stats["drawn again"] += 1


class Again:
    """Take the attempts that a manifest lists (``hints`` by item: a text for each recipe, "2:3 7+")."""

    def __init__(self) -> None:
        self.hints: dict[str, list[str]] = {}
        self._lines: Iterator[str] = iter(())
        self._attempts: dict[int, int] = {}
        self._end = 0

    def begin(self, name: str) -> None:
        """Come to the next item."""
        self._lines = iter(self.hints.get(name, ()))

    def recipe(self) -> None:
        """Come to the item's next recipe."""
        self._attempts, self._end = {}, 0
        for part in next(self._lines, "").split():
            number, _, attempt = part.partition(":")
            if attempt:
                self._attempts[int(number)] = int(attempt)
            else:
                self._end = int(number[:-1])

    def end(self) -> None:
        """Leave the item."""

    def past(self, number: int) -> bool:
        """Tell whether the manifest says that there is nothing from this number on."""
        return 0 < self._end <= number

    def drawn(self, draw: Draw, number: int, policy: str, stats: Counter[str]) -> Variant | None:
        """Draw the attempt that is listed, or the first that the policy takes."""
        attempt = self._attempts.get(number)
        if attempt is None:
            return distinct(draw, policy, set(), stats)
        variant = draw(attempt)
        if not variant.changed and policy == "drop":
            stats["dropped: unchanged"] += 1
            return None
        return variant


def remembered(own: Any, path: Path, variants: Iterator[Variant]) -> Iterator[Variant]:
    """Give the variants of a Perturber that a ledger does not have, and add them to it however the stream ends."""
    from perturb.ledger import About, Ledger

    with Ledger(path, hold=True) as ledger:
        own.recall = Fresh(ledger, keep=own.unchanged == "keep")
        h, items, last = blake2b(digest_size=32), 0, ""
        try:
            for variant in variants:
                if own.given(variant):
                    items, last = items + (variant.id != last), variant.id
                    h.update(ascii((last, variant.fingerprint)).encode())
                    ledger.gather(item_key(last), variant.fingerprint)
                yield variant
        finally:
            if last:
                names = ", ".join(r.name for r in own.recipes)
                ledger.add((), About(names, own.n, own.seed, items, "", h.hexdigest()))


def checked(line: object, where: str) -> list[str]:
    """Check what a manifest lists of an item (["q7", "2:3 7+"]); DataError where it is not as a run wrote it."""
    if (
        isinstance(line, list)
        and len(line) > 1
        and all(isinstance(part, str) for part in line)
        and all(_LISTED.fullmatch(part) for part in line[1:])
    ):
        return line
    raise DataError(
        f'{where}: attempts: {ascii(line)[:60]}; expected the item\'s id and a text like "2:3 7+" for each recipe'
    )
