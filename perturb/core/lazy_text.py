"""What a Text works out of itself, each when it is first asked for: most texts between steps are asked for little.

A text is one of three: made of a string, a view of another text (``_base``), or spliced from one (``_before``).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from perturb.core.breaks import joins, sentences
from perturb.core.levels import BARRED, FREE, SLOT
from perturb.core.words import Word, moved, moved_with_sums, spelled

if TYPE_CHECKING:
    from perturb.core.text import Text


class Lazy:
    """An attribute that is worked out when it is first asked for; then it stays with its text, as any other."""

    # With a __getattr__ of Text's own, Python goes through it for every attribute and words an error for each that is
    # not there yet: a fifth of all that the misspellable words behind an edit cost.
    def __init__(self, name: str, make: Callable[[Text], Any]) -> None:
        self.name, self.make = name, make

    def __get__(self, text: Text, owner: type[Text]) -> Any:
        value = self.make(text)
        setattr(text, self.name, value)
        return value


# Which word people misspell goes with length to the power 2.9 (research: shared by three corpora), and
# hardly ever a word of one or two letters. Integers, so that every machine adds up the same sums.
_CARE = [0, 0, 0, 24, 56, 106, 181, 282, 416, 585, 794, 1047, 1348, 1700, 2108, 2574, 3104, 3701, 4368, 5110, 5929]


LEVELS_AS_BYTES = tuple(bytes([level]) for level in range(4))


def level_of_new(mask: bytes, start: int, end: int) -> int:
    """Give the level of what an edit writes: the highest that it replaces, or what stands on both its sides."""
    if start < end:
        return max(mask[start:end])
    if 0 < start < len(mask):
        return min(mask[start - 1], mask[start])
    return FREE


def _make_all(text: Text) -> list[Word]:
    if text._base is not None:
        return text._base.every_word()
    if text._before is None:
        return spelled(text.raw)
    old, edits = text._before
    return moved(old.raw, old.every_word(), edits)


def _make_words(text: Text) -> list[Word]:
    if text._before is not None:
        old, edits = text._before
        return moved(old.raw, old.view(text.reach).words, edits)
    barred, every = text.mask.translate(BARRED[text.reach]), text.every_word()
    if 1 in barred:
        return [w for w in every if barred.find(1, w[0], w[0] + len(w[1])) < 0]
    return every


def _make_misspellable(text: Text) -> tuple[list[Word], list[int]]:
    if text._before is not None:
        old, edits = text._before
        return moved_with_sums(old.raw, *old.view(text.reach).misspellable, edits)
    # Slots are left out here once rather than offered and refused each time.
    mask = text.mask
    words = [w for w in text.words if len(w[1]) > 2 and w[1].isalpha() and mask[w[0]] != SLOT]
    try:
        return words, list(accumulate([_CARE[len(w)] for _, w in words]))
    except IndexError:
        return words, list(accumulate([_CARE[min(len(w), len(_CARE) - 1)] for _, w in words]))


def _make_origin(text: Text) -> dict[int, int] | None:
    """Map the starts of words to where they stood in the text that was analysed."""
    if text._base is not None:
        return text._base._origin
    if text._before is None:
        return None
    old, edits = text._before
    before, found = old._origin, {}
    for start, _ in text.every_word():
        at = start
        for s, e, new in edits:
            if at <= s:
                break
            at -= len(new) - e + s
        found[start] = at if before is None else before.get(at, -1)
    return found


def _make_joins(text: Text) -> frozenset[int]:
    return joins(text.raw) if text._base is None else text._base._joins


MAKERS: dict[str, Callable[[Text], Any]] = {
    "words": _make_words,
    "misspellable": _make_misspellable,
    "simple": lambda text: not text._joins,
    "_all": _make_all,
    "_origin": _make_origin,
    "_sentences": lambda text: sentences(text.raw, text.mask),
    "_views": lambda text: {},
    "_kept": lambda text: {},
    "_joins": _make_joins,
}
