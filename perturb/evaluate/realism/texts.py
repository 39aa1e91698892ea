"""Whole texts against people's: ``measure_texts`` and its card."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from perturb.core.errors import DataError
from perturb.evaluate.realism.compare import separation, sklearn
from perturb.evaluate.realism.counting import KINDS, Counts, count, figures
from perturb.evaluate.realism.letters import known, natural

Generate = Callable[[str, int], str]
TOLERANCE = 0.15
AUC_SEEDS = 5


@dataclass(frozen=True)
class Figure:
    """One figure: of people's texts, of ours (mean of the seeds), and two standard errors of people's."""

    name: str
    human: float
    ours: float
    two_se: float

    @property
    def near(self) -> bool:
        """Tell whether ours is within the larger of 15 % and two standard errors of people's."""
        return abs(self.ours - self.human) <= max(TOLERANCE * self.human, self.two_se)


@dataclass(frozen=True)
class TextCard:
    """What was measured of a generator on whole texts; shares from 0 to 1.

    ``auc`` is the greatest of ``auc_by``: how well classifiers that see a clean text and a noisy one tell people's
    from ours (0.5: not at all). ``n`` texts, ``seeds`` draws of each.
    """

    n: int
    seeds: int
    figures: tuple[Figure, ...]
    auc: float
    auc_by: dict[str, float] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Figure:
        """Look a figure up (``card["word error rate"].ours``)."""
        return next(f for f in self.figures if f.name == name)


def measure_texts(pairs: Sequence[tuple[str, str]], generate: Generate, *, seeds: int = 20) -> TextCard:
    """Compare a generator with people who wrote the same texts (``generate("Is it far?", 7)`` -> "is it far").

    ``pairs`` are (clean, noisy). Error rates are as jiwer has them: Levenshtein edits over the clean text's characters,
    or words between white space, summed over all texts; case and marks count. Shares of kinds of edits are of
    optimal string alignments, where a transposition is one edit. Raises DataError where fewer than 20 pairs are
    given, MissingResource without scikit-learn.
    """
    sklearn("metrics")  # said at once where it is not here
    if len(pairs) < 20:
        raise DataError(f"only {len(pairs)} pairs of texts; at least 20 are needed")
    theirs = [count(clean, noisy) for clean, noisy in pairs]
    human = {name: _ratio([figures(c)[name] for c in theirs]) for name in figures(theirs[0])}
    sums: dict[str, float] = dict.fromkeys(human, 0.0)
    aucs: list[dict[str, float]] = []
    for seed in range(seeds):
        ours = [count(clean, generate(clean, seed)) for clean, _ in pairs]
        counted = [figures(c) for c in ours]
        for name in sums:
            sums[name] += _ratio([f[name] for f in counted])[0] / seeds
        if seed < AUC_SEEDS:
            aucs.append(_auc(theirs, ours))
    auc_by = {name: sum(a[name] for a in aucs) / len(aucs) for name in aucs[0]}
    found = tuple(Figure(name, value, sums[name], 2 * error) for name, (value, error) in human.items())
    return TextCard(len(pairs), seeds, found, max(0.5, *auc_by.values()), auc_by)


def _ratio(parts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Give a ratio of sums over texts and its standard error, linearised (texts being drawn, not characters).

    Where nothing or everything was counted, two errors are 3 in the whole (the rule of three).
    """
    whole = sum(n for _, n in parts)
    if not whole:
        return 0.0, 0.0
    value = sum(x for x, _ in parts) / whole
    if value in (0.0, 1.0):
        return value, min(0.5, 1.5 / whole)
    spread = sum((x - value * n) ** 2 for x, n in parts)
    return value, math.sqrt(spread * len(parts) / max(1, len(parts) - 1)) / whole


def _auc(theirs: list[Counts], ours: list[Counts]) -> dict[str, float]:
    both = theirs + ours
    real = [1] * len(theirs) + [0] * len(ours)
    return separation([_numbers(c) for c in both], [_grams(c) for c in both], real, [c.clean for c in both])


def _numbers(c: Counts) -> list[float]:
    """Give the numbers that the boosted trees see of a text (27 of them)."""
    words, noisy = known(), c.noisy
    new = [w.new.strip(".,?!\"'").lower() for w in c.words if w.new]
    letters = [w for w in new if w.isalpha()]
    return [
        c.distance / max(1, c.size), len(c.words) / max(1, c.length), len(c.letters), len(c.words), c.size, c.length,
        *(c.kinds(kind) for kind in KINDS), *(c.word_kinds(kind) for kind in KINDS[:3]), c.casing, c.marks,
        len(noisy) - c.size, float(noisy[:1].islower()), float(noisy.rstrip()[-1:] in ".?!"),
        sum(ch.isupper() for ch in noisy), sum(ch.isdigit() for ch in noisy), noisy.count(","),
        noisy.count("'"), sum(w in words for w in letters), sum(w not in words for w in letters),
        min((natural(w)[0] for w in letters), default=0.0), sum(map(len, new)) / max(1, len(new)),
        c.letters[0].at / max(1, c.size) if c.letters else -1.0,
    ]  # fmt: skip


def _grams(c: Counts) -> list[str]:
    """Name the edits in their contexts: letters with two on each side, words old and new, and the new ones' trigrams."""
    padded = f"^^{c.clean}$$"
    out = [f"letters {min(9, len(c.letters))}", f"words {min(9, len(c.words))}", f"ends {c.noisy[-1:]}"]
    for e in c.letters:
        at = e.at + 2
        after = at + len(e.old)
        what = f"{e.kind} {e.old}>{e.new}"
        l1, l2, r1, r2 = padded[at - 1], padded[at - 2 : at], padded[after], padded[after : after + 2]
        out += [e.kind, what, f"{l1}<{what}", f"{what}<{r1}", f"{l1}<{what}<{r1}", f"{l2}<{what}", f"{what}<{r2}"]
    for w in c.words:
        out += [f"word {w.kind}", f"old {w.old}", f"new {w.new}", f"word {w.old}>{w.new}"]
        written = f"^{w.new}$"
        out += [f"tri {written[i : i + 3]}" for i in range(len(written) - 2)]
    return out
