"""What typists are given to: how many edits they make, of which classes, and where in the word."""

from __future__ import annotations

import math
from collections import Counter

from typing_features import alignment

from perturb.language.typing import model
from perturb.language.typing.model import Model, class_of, slip_at
from perturb.language.typing.shape import CLASSES
from perturb.language.typing.weights import UNIT, Weights

LONGEST = 20
LEAN = 40.0  # words of a length lean on the next shorter by so many

# Shares of words with one, two and three edits, where pairs are too few or may not be used (research: chat
# self-corrections; Holbrook's poor spellers), beside the shares of running text that they shift.
FEW = {"hasty": (0.901, 0.084, 0.015), "poor_speller": (0.627, 0.278, 0.095)}


def edit_lines(pairs: list[tuple[str, str, str, int]]) -> list[tuple[str, ...]]:
    """Count edits by length of word."""
    out = []
    for typist, corpora in (("residual", ("gh", "irc", "toefl")), ("learner", ("toefl",))):
        for size, shares in _by_length(pairs, corpora).items():
            out.append((typist, str(size), *(str(round(10_000 * share)) for share in shares)))
    base = _by_length(pairs, ("gh", "irc", "toefl"))
    whole = _mean(base, pairs)
    for typist, wanted in FEW.items():
        for size, shares in base.items():
            odds = [share * want / have for share, want, have in zip(shares, wanted, whole)]
            out.append((typist, str(size), *(str(round(10_000 * x / sum(odds))) for x in odds)))
    return out


def _by_length(pairs: list[tuple[str, str, str, int]], corpora: tuple[str, ...]) -> dict[int, list[float]]:
    counts: dict[int, Counter[int]] = {}
    for corpus, clean, noisy, n in pairs:
        edits = len(alignment(clean, noisy))
        if corpus in corpora and 1 <= edits <= 3:
            counts.setdefault(min(len(clean), LONGEST), Counter())[edits] += n
    last, out = [0.95, 0.045, 0.005], {}
    for size in range(2, LONGEST + 1):
        seen = counts.get(size, Counter[int]())
        total = sum(seen.values())
        last = [(seen[k] + LEAN * last[k - 1]) / (total + LEAN) for k in (1, 2, 3)]
        out[size] = last
    return out


def _mean(base: dict[int, list[float]], pairs: list[tuple[str, str, str, int]]) -> list[float]:
    total, sums = 0, [0.0, 0.0, 0.0]
    for _, clean, _, n in pairs:
        total += n
        sums = [s + n * share for s, share in zip(sums, base[min(len(clean), LONGEST)])]
    return [s / total for s in sums]


GROUPS = {
    "omit": "omit-V omit-C", "undouble": "undouble-V undouble-C", "double": "double-V double-C", "add": "add-V add-C",
    "near": "near-V near-C", "vowel": "VV", "touch": "near-to-V near-to-C", "other": "CC CV VC",
    "swap": "swap-CC swap-CV swap-VC swap-VV",
}  # fmt: skip
GROUP = [next(g for g, names in GROUPS.items() if name in names.split()) for name in CLASSES]
# Shares of edits by group, and of single edits in the first letter and in or after the last (research, tables 2.2, 2.3).
# In haste: chat self-corrections; poor spellers: Holbrook's.
SHARES = {
    "hasty": ((28.9, 1.6, 1.0, 6.2, 8.2, 9.5, 18.7, 10.8, 15.1), (0.114, 0.329)),
    "learner": ((31.5, 6.6, 8.0, 11.5, 5.4, 13.1, 4.9, 9.2, 9.5), (0.020, 0.146)),
    "poor_speller": ((34.8, 5.0, 2.6, 10.8, 2.9, 14.0, 2.6, 19.6, 6.0), (0.035, 0.246)),
}
WORDS_OF = {"hasty": "irc", "learner": "toefl", "poor_speller": "toefl"}
SOUND = {"poor_speller": 96}  # who spells by ear takes letters that sound alike eight times as often for each other
MOST_WORDS = 400
ROUNDS = 40

Cell = tuple[str, int]


def typist_lines(pairs: list[tuple[str, str, str, int]], learnt: Weights) -> list[tuple[str, ...]]:
    """Find what to add to the model's weights so that a typist's edits have the shares that are known of such people."""
    out = [("residual", CLASSES[0], "0", "0")]
    for typist, (shares, (first, last)) in SHARES.items():
        plain = Model("qwerty", learnt, {model.ALIKE: SOUND.get(typist, 0)})
        out.append((typist, "alike", str(model.ALIKE[1]), str(SOUND.get(typist, 0))))
        words = sorted({clean for corpus, clean, _, _ in pairs if corpus == WORDS_OF[typist] and len(clean) > 2})
        cells = [_cells(plain, word) for word in words[:: max(1, len(words) // MOST_WORDS)]]
        wanted = {g: s / sum(shares) for g, s in zip(GROUPS, shares)}
        places = {0: first, 1: 1 - first - last, 2: last}
        by_group, by_place = dict.fromkeys(wanted, 0.0), dict.fromkeys(places, 0.0)
        for _ in range(ROUNDS):
            have = _expected(cells, by_group, by_place)
            for g, want in wanted.items():
                by_group[g] += math.log2(want / sum(p for (h, _), p in have.items() if h == g))
            have = _expected(cells, by_group, by_place)
            for z, want in places.items():
                by_place[z] += math.log2(want / sum(p for (_, y), p in have.items() if y == z))
        for name, group in zip(CLASSES, GROUP):
            for z in places:
                out.append((typist, name, str(z), str(round(UNIT * (by_group[group] + by_place[z])))))
    return out


def _cells(plain: Model, word: str) -> dict[Cell, float]:
    """Sum a word's chances by group of edits and place."""
    sums, out = plain.sums(word), Counter[Cell]()
    before = 0
    for at, total in enumerate(sums):
        if total > before:
            i, _, _ = slip = slip_at(word, at)
            out[GROUP[class_of(word, slip)], 0 if i == 0 else 2 if i >= len(word) - 1 else 1] += total - before
        before = total
    return {cell: n / before for cell, n in out.items()}


def _expected(cells: list[dict[Cell, float]], groups: dict[str, float], places: dict[int, float]) -> Counter[Cell]:
    out = Counter[Cell]()
    for one in cells:
        raised = {cell: p * 2 ** (groups[cell[0]] + places[cell[1]]) for cell, p in one.items()}
        total = sum(raised.values())
        for cell, p in raised.items():
            out[cell] += p / total / len(cells)
    return out
