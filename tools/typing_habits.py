"""What typists are given to: how many edits they make, of which classes, and where in the word."""

from __future__ import annotations

import math
from collections import Counter

from typing_features import alignment

from perturb.language.typing import model
from perturb.language.typing.documented import no_word
from perturb.language.typing.model import Model, class_of, slip_at
from perturb.language.typing.several import spelt
from perturb.language.typing.shape import CLASSES
from perturb.language.typing.weights import UNIT, Weights

LONGEST = 20
LEAN = 40.0  # words of a length lean on the next shorter by so many

# Shares of words with one, two and three edits, where pairs are too few or may not be used (research: chat
# self-corrections; Holbrook's poor spellers), beside the shares of running text that they shift.
FEW = {"hasty": (0.901, 0.084, 0.015), "poor_speller": (0.627, 0.278, 0.095)}
# How long their misspelt words are: of 10,000, those of three letters, four, … to sixteen (research, word_length).
LENGTHS = {
    "hasty": (806, 2491, 2271, 1648, 1245, 586, 366, 220, 183, 0, 0, 0, 0, 0),
    "learner": (116, 402, 825, 1160, 1531, 1375, 1426, 1359, 892, 271, 326, 228, 24, 36),
    "poor_speller": (424, 1639, 1851, 2584, 1803, 762, 473, 260, 106, 0, 10, 77, 0, 0),
}


def edit_lines(pairs: list[tuple[str, str, str, int]]) -> list[tuple[str, ...]]:
    """Count edits by length of word."""
    out = []
    for typist, corpora in (("residual", ("gh", "irc", "toefl")), ("learner", ("toefl",))):
        for size, shares in _by_length(pairs, corpora).items():
            out.append((typist, str(size), *(str(round(10_000 * share)) for share in shares)))
    base = _by_length(pairs, ("gh", "irc", "toefl"))
    for typist, wanted in FEW.items():
        whole = _mean(base, LENGTHS[typist])
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


def _mean(base: dict[int, list[float]], lengths: tuple[int, ...]) -> list[float]:
    """Average the shares over words as long as such people's misspelt ones."""
    sums = [0.0, 0.0, 0.0]
    for size, n in enumerate(lengths, 3):
        sums = [s + n * share for s, share in zip(sums, base[size])]
    return [s / sum(lengths) for s in sums]


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
        words = words[:: max(1, len(words) // MOST_WORDS)]
        cells = [(_cells(plain, word), weight) for word, weight in _as_long(words, LENGTHS[typist]) if weight]
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


def _as_long(words: list[str], lengths: tuple[int, ...]) -> list[tuple[str, float]]:
    """Weigh words so that together they are as long as such people's misspelt ones; weights sum up to one."""
    shares = dict(enumerate(lengths, 3))
    known = Counter(map(len, words))
    total = sum(shares.get(size, 0) for size in known)
    return [(word, shares.get(len(word), 0) / known[len(word)] / total) for word in words]


def _cells(plain: Model, word: str) -> dict[Cell, float]:
    """Sum a word's chances by group of edits and place; what is a word is drawn again, and so is none of them."""
    out = Counter[Cell]()
    for at, weight in enumerate(plain.weights(word)):
        slip = slip_at(word, at)
        if weight and no_word(word, spelt(word, [slip])):
            i = slip[0]
            out[GROUP[class_of(word, slip)], 0 if i == 0 else 2 if i >= len(word) - 1 else 1] += weight
    total = sum(out.values())
    return {cell: n / total for cell, n in out.items()}


def _expected(
    cells: list[tuple[dict[Cell, float], float]], groups: dict[str, float], places: dict[int, float]
) -> Counter[Cell]:
    out = Counter[Cell]()
    for one, weight in cells:
        raised = {cell: p * 2 ** (groups[cell[0]] + places[cell[1]]) for cell, p in one.items()}
        total = sum(raised.values())
        for cell, p in raised.items():
            out[cell] += weight * p / total
    return out
