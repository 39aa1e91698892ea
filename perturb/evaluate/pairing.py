"""Clean and perturbed results side by side: accuracies, flips both ways, and whether their difference is chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import comb
from typing import Any, NamedTuple

from perturb.core.errors import DataError
from perturb.evaluate.results.rows import Result

SCORABLE = ("same", "any_of")  # what the clean item's scorer can score


class Pair(NamedTuple):
    """A variant's score beside that of its clean item."""

    orig_id: str
    variant: int
    recipe: str
    expect: str
    clean: float
    perturbed: float
    run: str = ""


class Summary(NamedTuple):
    """Pairs counted: ``n`` of ``items``; ``lost`` were scored higher clean (b), ``won`` higher perturbed (c); exact p."""

    recipe: str
    n: int
    items: int
    clean: float
    perturbed: float
    lost: int
    won: int
    p: float


def pair(rows: Iterable[Result], expect: Sequence[str] = SCORABLE) -> tuple[list[Pair], Counter[str]]:
    """Pair each variant with its clean item by id, sorted; and count what was left out for its expectation.

    A variant that expects a question is never held against the old answer. Raises DataError where clean items are missing.
    """
    rows = list(rows)
    clean = {row.orig_id: row for row in rows if not row.variant}
    left = Counter(row.expect for row in rows if row.variant and row.expect not in expect)
    kept = [row for row in rows if row.variant and row.expect in expect]
    missing = sorted({row.orig_id for row in kept if row.orig_id not in clean})
    if missing:
        few = ", ".join(map(repr, missing[:3])) + (" …" if len(missing) > 3 else "")
        first = next(row.where for row in kept if row.orig_id in missing)
        have = "1 item has" if len(missing) == 1 else f"{len(missing)} items have"
        raise DataError(
            f"{have} scored variants and no clean result ({few}; first in {first}): give the results over the clean items too"
        )
    if not kept:
        raise DataError(
            f"no variant to pair: {len(clean)} clean results, {sum(left.values())} variants left out for what they expect"
        )
    pairs = [Pair(r.orig_id, r.variant, r.recipe, r.expect, clean[r.orig_id].score, r.score, r.run) for r in kept]
    return sorted(pairs), left


def summaries(pairs: Sequence[Pair]) -> list[Summary]:
    """Summarise the pairs of each recipe, in the order of their names."""
    by: dict[str, list[Pair]] = {}
    for one in pairs:
        by.setdefault(one.recipe, []).append(one)
    return [summary(recipe, by[recipe]) for recipe in sorted(by)]


def summary(recipe: str, pairs: Sequence[Pair]) -> Summary:
    """Count the pairs; p is McNemar's exact test over items, each once, by the mean of its variants."""
    n = len(pairs)
    mean: dict[str, float] = {}
    for one in pairs:
        mean[one.orig_id] = mean.get(one.orig_id, 0.0) + one.perturbed - one.clean
    worse, better = sum(d < 0 for d in mean.values()), sum(d > 0 for d in mean.values())
    return Summary(
        recipe, n, len(mean), sum(p.clean for p in pairs) / n, sum(p.perturbed for p in pairs) / n,
        sum(p.perturbed < p.clean for p in pairs), sum(p.perturbed > p.clean for p in pairs), mcnemar(worse, better),
    )  # fmt: skip


def mcnemar(b: int, c: int) -> float:
    """Give the exact two-sided p of so many changes one way and the other (McNemar 1947; 5 and 0 -> 0.0625)."""
    n = b + c
    tail = sum(comb(n, k) for k in range(min(b, c) + 1))
    return min(1.0, 2 * tail / (1 << n))


def reruns(rows: Iterable[Result], again: Iterable[Result]) -> tuple[int, int]:
    """Count clean items scored in both of two runs, and those scored otherwise: flips that no perturbation made."""
    first = {row.orig_id: row.score for row in rows if not row.variant}
    both = [(first[row.orig_id], row.score) for row in again if not row.variant and row.orig_id in first]
    if not both:
        raise DataError("the repetition has no clean item of the first run; was it made over the same items?")
    return len(both), sum(one != two for one, two in both)


def as_record(what: Pair | Summary) -> dict[str, Any]:
    """Give a row of the table as JSON has it."""
    return dict(what._asdict())
