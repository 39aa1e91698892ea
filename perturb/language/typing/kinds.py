"""Slips of one kind that a word invites, with how often people make them: the typing model restricted to the kind."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from operator import eq

from perturb.language.typing.documented import no_word
from perturb.language.typing.edits import edits_of
from perturb.language.typing.frequent import Known, weights_of
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.model import Slip, model, slip_at
from perturb.language.typing.shape import LETTERS

KINDS = ("omit", "undouble", "double", "insert", "neighbor", "swap", "vowel", "slip")
WHOLE = 1_000_000  # what all edits of a word weigh together
_SELDOM = 20  # in a million: what is made more seldom is left out
_KNOWN = ("omit", "undouble", "swap", "neighbor")  # of a frequent word these are looked up


# One tuple for the same slip of all words: what is drawn from stays in the processor's cache.
_one: dict[Slip, Slip] = {}


@lru_cache(maxsize=65536)
def slips_of(kind: str, word: str, layout: str = "qwerty") -> tuple[list[Slip], Sequence[int], int] | None:
    """List the slips of a kind that a lower-case word invites, with running sums of weights in a million, or None."""
    known = model("residual", layout).known(word) if kind in _KNOWN else None
    if known and not known.scored:
        known = None
    if known:
        slips, weights, total = *_known(kind, word, known), known.total
    else:
        edits, numbers = edits_of(word, layout=layout), numbers_of(kind, word, layout)
        slips, weights, total = [slip_at(word, at) for at in numbers], edits.weights(numbers), edits.total
    if not total:
        return None
    fit, kept = [], []
    least = -(-(_SELDOM + 1) * total // WHOLE)  # below it a weight in a million is not over _SELDOM
    for slip, weight in zip(slips, weights):
        if weight >= least and (known or fits(kind, word, slip, layout)):
            fit.append(_one.setdefault(slip, slip))
            kept.append(weight * WHOLE // total)
    return (fit, array("I", accumulate(kept)), len(word)) if fit else None


def fits(kind: str, word: str, slip: Slip, layout: str = "qwerty") -> bool:
    """Tell whether a slip is of a kind, and may be written."""
    i, j, new = slip
    if kind not in ("slip", "swap", "neighbor", "vowel") and kind_of(word, slip, layout) != kind:
        return False
    written = word[:i] + new + word[j:]
    return len(written) > 1 and no_word(word, written)


def _known(kind: str, word: str, known: Known) -> tuple[list[Slip], list[int]]:
    """Look up a frequent word's slips of a kind: what they weigh, nothing where they may not be written."""
    size = len(word)
    if kind == "neighbor":
        put_for = _put_for(kind, "qwerty")
        near: list[Slip] = [(i, i + 1, new) for i, old in enumerate(word) for new in put_for[old]]
        return near, weights_of(known.scores(2 * size - 1, 2 * size - 1 + len(near)))
    first, end = (size, 2 * size - 1) if kind == "swap" else (0, size)
    weights = weights_of(known.scores(first, end))
    for at in known.barred(size):
        if first <= at < end:
            weights[at - first] = 0
    if kind == "swap":
        return [(i, i + 2, word[i + 1] + word[i]) for i in range(size - 1)], weights
    slips: list[Slip] = [(i, i + 1, "") for i in range(size)]
    if kind == "undouble" or any(map(eq, word, word[1:])):
        weights = [w if kind_of(word, slip) == kind else 0 for slip, w in zip(slips, weights)]
    return slips, weights


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
        return [gaps + 26 * i + ord(new) - 97 for i, old in enumerate(word) for new in put_for.get(old, ())]
    return range(letters, letters + size - 1) if kind == "swap" else range(letters + size - 1)


@cache
def _put_for(kind: str, layout: str) -> dict[str, str]:
    """Give for each letter those that are put for it in slips of a kind ("a" by vowels -> "eiou")."""
    board = {key for pair in keyboard(layout).touch for key in pair} | set(LETTERS)
    return {old: "".join(new for new in LETTERS if kind_of(old, (0, 1, new), layout) == kind) for old in sorted(board)}


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
