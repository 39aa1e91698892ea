"""How two texts differ: Levenshtein distance, and the edits of letters or words that lead from one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perturb.core.common_ends import common_ends

_EDIT = 10_000  # what an edit costs; the smaller parts only choose among alignments of equally many edits


class Change(NamedTuple):
    """One edit: ``kind`` "delete", "insert", "substitute" or "transpose" at ``at`` of the clean text."""

    kind: str
    at: int
    old: str
    new: str


def distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Give the Levenshtein distance of two texts or lists of words ("kitten", "sitting" -> 3).

    Bit-parallel (Myers 1999): whole numbers hold a column of the table, so that it takes a step a character.
    """
    if not a or not b:
        return len(a) + len(b)
    places: dict[str, int] = {}
    for i, c in enumerate(a):
        places[c] = places.get(c, 0) | 1 << i
    full, last = (1 << len(a)) - 1, 1 << len(a) - 1
    up, down, score = full, 0, len(a)
    for c in b:
        same = places.get(c, 0)
        v = same | down
        h = (((same & up) + up) ^ up) | same
        more, less = down | ~(h | up) & full, up & h
        score += bool(more & last) - bool(less & last)
        more = more << 1 & full | 1
        less = less << 1 & full
        up, down = less | ~(v | more) & full, more & v
    return score


def changes(a: Sequence[str], b: Sequence[str], *, swaps: bool = False) -> list[Change]:
    """List the fewest edits from ``a`` to ``b`` ("Is it?", "is it" -> a substitution and a deletion).

    With ``swaps`` two neighbours in the other order are one edit (optimal string alignment). Among alignments of
    equally many edits, letters that differ in case meet, and letters rather than a letter and a mark.
    """
    start, end = common_ends(a, b)
    old, new = a[start : len(a) - end], b[start : len(b) - end]
    if not old or not new:
        found = [Change("delete", i, c, "") for i, c in enumerate(old)] + [Change("insert", 0, "", c) for c in new]
    else:
        found = _aligned(old, new, swaps)
    return [Change(c.kind, c.at + start, c.old, c.new) for c in found]


def _aligned(a: Sequence[str], b: Sequence[str], swaps: bool) -> list[Change]:
    """Align within the band that as many edits as the distance can reach."""
    band = distance(a, b)
    far = _EDIT * (len(a) + len(b) + 1)
    cost = [[far] * (len(b) + 1) for _ in range(len(a) + 1)]
    cost[0][: band + 1] = [_EDIT * j for j in range(min(band, len(b)) + 1)]
    for i in range(1, len(a) + 1):
        row, above, x = cost[i], cost[i - 1], a[i - 1]
        if i <= band:
            row[0] = _EDIT * i
        for j in range(max(1, i - band), min(len(b), i + band) + 1):
            y = b[j - 1]
            best = above[j - 1] + (0 if x == y else _price(x, y))
            best = min(best, above[j] + _EDIT, row[j - 1] + _EDIT)
            if swaps and i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2] and x != y:
                best = min(best, cost[i - 2][j - 2] + _EDIT)
            row[j] = best
    return _traced(a, b, cost, swaps)


def _traced(a: Sequence[str], b: Sequence[str], cost: list[list[int]], swaps: bool) -> list[Change]:
    found: list[Change] = []
    i, j = len(a), len(b)
    while i or j:
        here = cost[i][j]
        if i and j and here == cost[i - 1][j - 1] + (0 if a[i - 1] == b[j - 1] else _price(a[i - 1], b[j - 1])):
            i, j = i - 1, j - 1
            if a[i] != b[j]:
                found.append(Change("substitute", i, a[i], b[j]))
        elif (
            swaps and i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]
            and here == cost[i - 2][j - 2] + _EDIT
        ):  # fmt: skip
            i, j = i - 2, j - 2
            found.append(Change("transpose", i, a[i] + a[i + 1], b[j] + b[j + 1]))
        elif i and here == cost[i - 1][j] + _EDIT:
            i -= 1
            found.append(Change("delete", i, a[i], ""))
        else:
            j -= 1
            found.append(Change("insert", i, "", b[j]))
    return found[::-1]


def _price(x: str, y: str) -> int:
    if x.lower() == y.lower():
        return _EDIT - 10
    return _EDIT if x.isalnum() == y.isalnum() else _EDIT + 10
