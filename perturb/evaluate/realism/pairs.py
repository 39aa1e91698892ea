"""Misspelt words against people's: ``measure_pairs`` and its card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from perturb.core.errors import DataError
from perturb.core.rng import Rng
from perturb.evaluate.realism.compare import divergence, separation, sklearn
from perturb.evaluate.realism.features import FEATURES, categories, grams, numbers
from perturb.evaluate.realism.letters import known, natural

Draw = Callable[[str, int], str]
TRIES = 12  # draws until a word is misspelt, as the published figures allow


@dataclass(frozen=True)
class PairCard:
    """What was measured of a generator of misspellings; shares from 0 to 1, ``realism`` from 0 to 100.

    ``jsd`` is the mean of ``jsd_by``; ``auc`` the greatest of ``auc_by``; ``auc_adj`` counts the ``unusable`` words
    (left as they were, or made words or phrases) as told apart. ``n`` pairs of ``words`` words were sampled.
    """

    realism: float
    jsd: float
    auc: float
    auc_adj: float
    unusable: float
    coverage: float
    hit: float
    n: int
    words: int
    distinct: int
    seeds: int
    jsd_by: dict[str, float] = field(default_factory=dict)
    auc_by: dict[str, float] = field(default_factory=dict)


def measure_pairs(
    pairs: Sequence[tuple[str, str]],
    draw: Draw,
    *,
    seeds: int = 2,
    sample: int = 3280,
    distinct: int = 500,
    draws: int = 100,
) -> PairCard:
    """Compare a generator with people who misspelt the same words (``draw("receive", 7)`` -> "recieve").

    ``pairs`` are (clean, noisy), repeated as often as people wrote them; of those that are one word of letters made
    into a non-word, ``sample`` are drawn at random, ``distinct`` different ones for coverage: the share that is among
    ``draws`` draws of their word. ``draw(word, seed)`` is asked up to twelve times for a non-word. Raises DataError
    where fewer than fifty pairs fit, MissingResource without scikit-learn.
    """
    sklearn("metrics")  # said at once where it is not here
    good = usable_pairs(pairs)
    if len(good) < 50:
        raise DataError(f"only {len(good)} of {len(pairs)} pairs are a word of letters and a misspelling of it that is "
                        "no word; at least 50 are needed")  # fmt: skip
    words = known() | {clean for clean, _ in good}
    source = _Source(draw, words)
    human = _sampled(good, sample)
    rounds = [_round(human, source, s) for s in range(seeds)]
    jsd_by = {name: sum(r[0][name] for r in rounds) / seeds for name in FEATURES}
    auc_by = {name: sum(r[1][name] for r in rounds) / seeds for name in rounds[0][1]}
    unusable = sum(r[2] for r in rounds) / seeds
    auc = max(0.5, *auc_by.values())
    auc_adj = (1 - unusable) * auc + unusable
    kinds = list(dict.fromkeys(_sampled(good, len(good))))[:distinct]  # the commoner, the likelier to be among them
    coverage, hit = _covered(kinds, source, draws)
    jsd = sum(jsd_by.values()) / len(jsd_by)
    realism = 100 * ((1 - jsd) * min(1.0, 2 * (1 - auc_adj)) * coverage) ** (1 / 3)
    return PairCard(realism, jsd, auc, auc_adj, unusable, coverage, hit, len(human), len({c for c, _ in human}),
                    len(kinds), seeds, jsd_by, auc_by)  # fmt: skip


def usable_pairs(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep the pairs of a word in lower case and another string of letters that is no word."""
    words = known() | {clean.lower() for clean, _ in pairs}
    found = []
    for clean, noisy in pairs:
        clean, noisy = clean.lower(), noisy.lower()
        if clean.isascii() and clean.isalpha() and noisy.isascii() and noisy.isalpha() and noisy not in words:
            found.append((clean, noisy))
    return found


def _sampled(pairs: list[tuple[str, str]], n: int) -> list[tuple[str, str]]:
    """Draw ``n`` of the pairs, the same ones for the same pairs whatever their order."""
    stream = Rng("realism", "sample", n).shuffled(sorted(pairs))
    return [pair for pair, _ in zip(stream, range(n))]


class _Source:
    """Draws of a generator, again where what came is no misspelling; a word that never comes misspelt is given up."""

    def __init__(self, draw: Draw, words: frozenset[str]) -> None:
        self.draw, self.words = draw, words
        self.failed: dict[str, int] = {}

    def __call__(self, word: str, number: int) -> str | None:
        if self.failed.get(word, 0) >= 2:
            return None
        for n in range(number * TRIES, number * TRIES + TRIES):
            new = self.draw(word, n).strip()
            low = new.lower()
            if low != word and low not in self.words and new and not any(c.isspace() for c in new):
                self.failed[word] = -1_000_000
                return new
        self.failed[word] = self.failed.get(word, 0) + 1
        return None


def _round(
    human: list[tuple[str, str]], source: _Source, seed: int
) -> tuple[dict[str, float], dict[str, float], float]:
    """Draw once for every human pair and compare; divergences, AUCs, the share of words that gave nothing."""
    made = [source(clean, seed * 1_000_000 + k) for k, (clean, _) in enumerate(human)]
    theirs = [pair for pair, new in zip(human, made) if new is not None]
    ours = [(clean, new) for (clean, _), new in zip(human, made) if new is not None]
    unusable = 1 - len(ours) / len(human)
    if len(ours) < 50:
        return dict.fromkeys(FEATURES, 1.0), {"boosting": 1.0, "ngrams": 1.0, "both": 1.0}, unusable
    changes = sorted(natural(noisy)[0] - natural(clean)[0] for clean, noisy in theirs)
    deciles = [changes[len(changes) * d // 10] for d in range(1, 10)]
    jsd = {}
    seen = [[categories(c, n, deciles) for c, n in side] for side in (theirs, ours)]
    for name in FEATURES:
        a, b = ([value for one in side for value in one[name]] for side in seen)
        jsd[name] = divergence(a, b)
    both = theirs + ours
    real = [1] * len(theirs) + [0] * len(ours)
    auc = separation([numbers(c, n) for c, n in both], [grams(c, n) for c, n in both], real, [c for c, _ in both])
    return jsd, auc, unusable


def _covered(kinds: list[tuple[str, str]], source: _Source, draws: int) -> tuple[float, float]:
    """Give the share of misspellings found among the draws of their words, and the mean share of draws that hit."""
    found: dict[str, list[str]] = {}
    covered = hits = 0.0
    for clean, noisy in kinds:
        if clean not in found:
            made = (source(clean, 10_000_000 + n) for n in range(draws))
            found[clean] = [new.lower() for new in made if new is not None]
        hit = found[clean].count(noisy)
        covered += hit > 0
        hits += hit / draws
    return covered / len(kinds), hits / len(kinds)
