"""Which edits lead from one word to another: optimal string alignment, a swap of neighbours being one edit."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from perturb.core.common_ends import common_ends

VOWELS = frozenset("aeiouy")


class Slip(NamedTuple):
    """One edit of a word ("their" -> "thier": ``Slip("trans", 2, "ei", "ie")``); ``at`` counts in the clean word.

    ``op`` is "del", "ins", "sub" or "trans"; an insertion stands before the letter at ``at``.
    """

    op: str
    at: int
    old: str
    new: str


@lru_cache(maxsize=65536)
def slips(clean: str, noisy: str) -> tuple[Slip, ...]:
    """List the fewest edits from ``clean`` to ``noisy``, case ignored ("because", "becuase" -> one transposition).

    Where letters stand twice, the later one counts as the lost or added one.
    """
    a, b = clean.lower(), noisy.lower()
    start, end = common_ends(a, b)
    old, new = a[start : len(a) - end], b[start : len(b) - end]
    if len(old) + len(new) == 1:
        return (Slip("del" if old else "ins", start, old, new),)
    if len(old) == len(new) == 1:
        return (Slip("sub", start, old, new),)
    if len(old) == 2 and old == new[::-1]:
        return (Slip("trans", start, old, new),)
    found = [Slip(s.op, s.at + start, s.old, s.new) for s in _aligned(old, new)]
    return tuple(_later(a, found))


def _later(word: str, found: list[Slip]) -> list[Slip]:
    """Move an edit of a letter that stands twice to the later one ("ll" -> "l": the second is lost)."""
    limit, out = len(word), []
    for s in reversed(found):
        at = s.at
        if s.op == "ins":
            while at < limit and word[at] == s.new:
                at += 1
        elif s.op == "del":
            while at + 1 < limit and word[at + 1] == s.old:
                at += 1
        out.append(Slip(s.op, at, s.old, s.new))
        limit = at
    return out[::-1]


def _aligned(a: str, b: str) -> list[Slip]:
    """Align by dynamic programming; a vowel for a consonant costs a little more, so that vowels meet vowels."""
    rows, columns = len(a) + 1, len(b) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    for i in range(1, rows):
        cost[i][0] = i
    for j in range(1, columns):
        cost[0][j] = j
    for i in range(1, rows):
        for j in range(1, columns):
            best = min(cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + _differ(a[i - 1], b[j - 1]))
            if _swapped(a, b, i, j):
                best = min(best, cost[i - 2][j - 2] + 1)
            cost[i][j] = best
    found: list[Slip] = []
    i, j = rows - 1, columns - 1
    while i or j:
        here = cost[i][j]
        if _swapped(a, b, i, j) and here == cost[i - 2][j - 2] + 1:
            i, j = i - 2, j - 2
            found.append(Slip("trans", i, a[i : i + 2], b[j : j + 2]))
        elif i and j and here == cost[i - 1][j - 1] + _differ(a[i - 1], b[j - 1]):
            i, j = i - 1, j - 1
            if a[i] != b[j]:
                found.append(Slip("sub", i, a[i], b[j]))
        elif i and here == cost[i - 1][j] + 1:
            i -= 1
            found.append(Slip("del", i, a[i], ""))
        else:
            j -= 1
            found.append(Slip("ins", i, "", b[j]))
    return found[::-1]


def _differ(x: str, y: str) -> float:
    if x == y:
        return 0.0
    return 1.0 if (x in VOWELS) == (y in VOWELS) else 1.125


def _swapped(a: str, b: str, i: int, j: int) -> bool:
    return i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1] and a[i - 1] != a[i - 2]
