"""Slips of one kind that a word invites, with how often people make them: the typing model restricted to the kind."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from perturb.language.typing.documented import no_word
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.model import Slip, model, slip_at

KINDS = ("omit", "undouble", "double", "insert", "neighbor", "swap", "vowel", "slip")
WHOLE = 1_000_000  # what all edits of a word weigh together
_SELDOM = 20  # in a million: what is made more seldom is left out


@lru_cache(maxsize=65536)
def slips_of(kind: str, word: str, layout: str = "qwerty") -> tuple[list[Slip], list[int], int] | None:
    """List the slips of a kind that a lower-case word invites, with running sums of weights in a million, or None."""
    sums = _sums(word, layout)
    if not sums or not sums[-1]:
        return None
    slips, weights, before, total = [], [], 0, sums[-1]
    for at in _numbers(kind, len(word)):
        before = sums[at - 1] if at else 0
        weight = (sums[at] - before) * WHOLE // total
        if weight > _SELDOM:
            slip = i, j, new = slip_at(word, at)
            if kind == "slip" or kind_of(word, slip, layout) == kind:
                written = word[:i] + new + word[j:]
                if len(written) > 1 and no_word(word, written):
                    slips.append(slip)
                    weights.append(weight)
    return (slips, list(accumulate(weights)), len(word)) if slips else None


@lru_cache(maxsize=4096)
def _sums(word: str, layout: str) -> list[int]:
    return model("residual", layout).sums(word)


def _numbers(kind: str, size: int) -> range:
    """Give which numbers of edits may be of a kind."""
    gaps, letters = size + 26 * (size + 1), size + 26 * (size + 1) + 26 * size
    if kind in ("omit", "undouble"):
        return range(size)
    if kind in ("double", "insert"):
        return range(size, gaps)
    if kind in ("neighbor", "vowel"):
        return range(gaps, letters)
    return range(letters, letters + size - 1) if kind == "swap" else range(letters + size - 1)


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
