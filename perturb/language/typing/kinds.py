"""Slips of one kind that a word invites, with how often people make them: the typing model restricted to the kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate

from perturb.language.typing.documented import no_word
from perturb.language.typing.edits import edits_of
from perturb.language.typing.frequent import weights_of
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.model import Slip, model, slip_at
from perturb.language.typing.shape import LETTERS

KINDS = ("omit", "undouble", "double", "insert", "neighbor", "swap", "vowel", "slip")
WHOLE = 1_000_000  # what all edits of a word weigh together
_SELDOM = 20  # in a million: what is made more seldom is left out


@lru_cache(maxsize=65536)
def slips_of(kind: str, word: str, layout: str = "qwerty") -> tuple[list[Slip], list[int], int] | None:
    """List the slips of a kind that a lower-case word invites, with running sums of weights in a million, or None."""
    numbers, weights, total = _weighed(kind, word, layout)
    if not total:
        return None
    slips, kept = [], []
    least = -(-(_SELDOM + 1) * total // WHOLE)  # below it a weight in a million is not over _SELDOM
    for at, weight in zip(numbers, weights):
        if weight < least:
            continue
        slip = i, j, new = slip_at(word, at)
        if kind == "slip" or kind_of(word, slip, layout) == kind:
            written = word[:i] + new + word[j:]
            if len(written) > 1 and no_word(word, written):
                slips.append(slip)
                kept.append(weight * WHOLE // total)
    return (slips, list(accumulate(kept)), len(word)) if slips else None


def _weighed(kind: str, word: str, layout: str) -> tuple[Sequence[int], list[int], int]:
    """Give the numbers of edits that may be of a kind, what each weighs, and what all edits weigh together."""
    numbers, known, size = numbers_of(kind, word, layout), None, len(word)
    if kind in ("omit", "undouble", "swap", "neighbor"):
        known = model("residual", layout).known(word)
    if not known:
        edits = edits_of(word, layout=layout)
        return numbers, edits.weights(numbers), edits.total
    start = size if kind == "swap" else 2 * size - 1 if kind == "neighbor" else 0
    return numbers, weights_of(known.scores[start : start + len(numbers)]), known.total


def numbers_of(kind: str, word: str, layout: str) -> Sequence[int]:
    """Give which numbers of edits may be of a kind, in order."""
    size = len(word)
    gaps, letters = size + 26 * (size + 1), size + 26 * (size + 1) + 26 * size
    if kind in ("omit", "undouble"):
        return range(size)
    if kind in ("double", "insert"):
        return range(size, gaps)
    if kind in ("neighbor", "vowel"):
        put_for = _put_for(kind, layout)
        return [gaps + 26 * i + new for i, old in enumerate(word) for new in put_for.get(old, ())]
    return range(letters, letters + size - 1) if kind == "swap" else range(letters + size - 1)


@cache
def _put_for(kind: str, layout: str) -> dict[str, list[int]]:
    """Give for each letter the numbers of those that are put for it in slips of a kind ("a" by vowels -> e, i, o, u)."""
    board = {key for pair in keyboard(layout).touch for key in pair} | set(LETTERS)
    return {
        old: [n for n, new in enumerate(LETTERS) if kind_of(old, (0, 1, new), layout) == kind] for old in sorted(board)
    }


def kind_of(word: str, slip: Slip, layout: str = "qwerty") -> str:
    """Name a slip's kind ("their", (2, 4, "ie") -> "swap"), "other" for a letter put for one far away."""
    i, j, new = slip
    before = word[i - 1 : i]
    if not new:
        return "undouble" if word[i] in (before, word[i + 1 : i + 2]) else "omit"
    if i == j:
        return "double" if new in (before, word[i : i + 1]) else "insert"
    if len(new) == 2:
        return "swap"
    if new in "aeiou" and word[i] in "aeiou":
        return "vowel"
    return "neighbor" if keyboard(layout).near(new, word[i]) else "other"
