"""Fitting of the typing model: maximum likelihood of people's edits among all edits of the words they misspelt.

The model is log-linear: a softmax over the edits of a word, with an L2 penalty, fitted by L-BFGS. Lists of misspellings
without counts (codespell, Wikipedia) have weights of their own for what lists distort (kinds and places of edits) and share
the rest with running text. Needs numpy and scipy, which the shipped model does not.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.sparse
from numpy.typing import NDArray
from typing_features import ALPHABET, ENDINGS, KINDS, Candidates, Ints, alignment, edits_of, features

from perturb.language.lexicon import rows
from perturb.language.typing.model import Model
from perturb.language.typing.shape import CLASSES, OPS
from perturb.language.typing.weights import FLOOR, UNIT
from perturb.language.typing.windows import BARRED

Pairs = dict[tuple[str, str], float]
Row = tuple[str, str, str]

WORD = re.compile(r"[a-z]{2,}")
L2 = 4.0
ROUNDS = 80
AGAIN = 0.8  # a pair that was written n times counts n ** 0.8
SAMPLED = 0.15  # of the edits that no list has, so many are looked at
LATER = 0.7  # an edit of a word with several counts so much
LISTED, LISTED_VALUE, WIKIPEDIA_VALUE = (
    8000,
    0.3,
    0.5,
)  # pairs of codespell that are drawn, and what a listed pair counts
SEED = 20
# Templates whose weights a list has copies of: what it says of kinds and places of edits stays its own.
OWN = ("class", "place", "size", "change", "place_size", "keys", "echo")
# Templates of which every key has a weight; of the others those that people's edits have.
WHOLE = ("class", "place", "size", "change", "changeclass", "keys", "length")


def read(path: Path, corpora: tuple[str, ...]) -> list[tuple[str, str, str, int]]:
    """Read non-word misspellings: corpus, word, misspelling, count."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        corpus, kind, clean, noisy, count, _ = line.split("\t")
        clean, noisy = clean.lower(), noisy.lower()
        if corpus in corpora and kind == "nonword" and clean != noisy:
            if WORD.fullmatch(clean) and WORD.fullmatch(noisy):
                out.append((corpus, clean, noisy, int(count)))
    return out


def weighed(counts: Counter[tuple[str, str]]) -> Pairs:
    """Turn counts into what pairs count for."""
    return {pair: n**AGAIN for pair, n in sorted(counts.items())}


def listed(pairs: list[tuple[str, str, str, int]]) -> Pairs:
    """Draw from the lists what is trained on."""
    codespell = sorted(p for p in pairs if p[0] == "codespell")
    drawn = random.Random(SEED).sample(codespell, min(LISTED, len(codespell)))
    out: Pairs = {}
    for corpus, clean, noisy, _ in [*drawn, *sorted(p for p in pairs if p[0] == "wikipedia")]:
        value = LISTED_VALUE if corpus == "codespell" else WIKIPEDIA_VALUE
        out[clean, noisy] = out.get((clean, noisy), 0.0) + value
    return out


def natural() -> Ints:
    """Measure letter trigrams on the shipped word lists, each word once: log-probabilities in eighths of a bit."""
    n = np.zeros((27, 27, 27))
    for word in sorted({w for name in ("en", "en_wordnet") for w, _ in rows("words", name)}):
        if word.isascii() and word.isalpha():
            letters = [26, 26, *(ord(c) - 97 for c in word), 26, 26]
            for a, b, c in zip(letters, letters[1:], letters[2:]):
                n[a, b, c] += 1
    one = n.sum((0, 1)) + 1
    one /= one.sum()
    two = n.sum(0)
    two = (two + 5 * one) / (two.sum(1, keepdims=True) + 5)
    three = (n + 3 * two) / (n.sum(2, keepdims=True) + 3)
    out = np.full((28, 28, 28), FLOOR)
    out[:27, :27, :27] = np.round(8 * np.log2(three))
    return out


@dataclass
class Table:
    """The learnt weights by template and key; ``keys`` are columns of the numbers that the features have."""

    template: str
    keys: list[Ints]
    first: int


class Problem:
    """The softmax over the edits of every word: features, what people did, and where each word's edits begin."""

    def __init__(self, pairs: Pairs, extra: Pairs, table: Ints) -> None:
        main, lists = Candidates(_words(pairs)), Candidates(_words(extra))
        done = [_done(main, pairs), _done(lists, extra)]
        chosen, offset = _sampled(done[1])
        lists.choose(chosen)
        done[1] = done[1][chosen]
        self.offset = np.concatenate([np.zeros(main.start[-1]), offset])
        self.done: NDArray[np.float64] = np.concatenate(done)
        self.start = np.concatenate([main.start[:-1], np.array(lists.start) + main.start[-1]])
        self.tables: list[Table] = []
        blocks, own, size = [], [], 0
        for (name, a), (_, b) in zip(features(main, table), features(lists, table)):
            keys = [np.concatenate(both) for both in zip(a, b)]
            code = np.zeros_like(keys[0])
            for key in keys[1:]:
                code = code * 64 + key
            code = np.where(keys[0] < 0, -1, code + (keys[0] << 40))
            seen = code if name in WHOLE else code[self.done > 0]
            kept, where = np.unique(seen[seen >= 0], return_index=True)
            there = np.arange(len(code)) if name in WHOLE else np.nonzero(self.done > 0)[0]
            there = there[seen >= 0][where]
            self.tables.append(Table(name, [key[there] for key in keys], size))
            column = np.minimum(np.searchsorted(kept, code), len(kept) - 1)
            rows_ = np.nonzero(kept[column] == code)[0]
            shape = (len(code), len(kept))
            block = scipy.sparse.csr_matrix(
                (np.ones(len(rows_), np.float32), (rows_, column[rows_])), shape, dtype=np.float32
            )
            blocks.append(block)
            size += len(kept)
            if name in OWN:
                mask = np.arange(len(code)) >= main.start[-1]
                own.append(scipy.sparse.diags(mask.astype(np.float32)) @ block)
        self.size = size
        self.x = scipy.sparse.hstack([*blocks, *own]).tocsr()

    def fit(self, rounds: int = ROUNDS) -> NDArray[np.float64]:
        """Find the weights."""
        start, lengths = self.start[:-1], np.diff(self.start)
        total = np.add.reduceat(self.done, start)
        back = self.x.T.tocsr()

        def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            score = self.x @ w + self.offset
            top = np.maximum.reduceat(score, start)
            power = np.exp(score - np.repeat(top, lengths))
            sums = np.add.reduceat(power, start)
            value = total @ (top + np.log(sums)) - self.done @ score + L2 / 2 * (w @ w)
            slope = back @ (power * np.repeat(total / sums, lengths) - self.done) + L2 * w
            return float(value), slope

        found = scipy.optimize.minimize(
            loss, np.zeros(self.x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}
        )
        result: NDArray[np.float64] = found.x[: self.size]
        return result

    def lines(self, w: NDArray[np.float64], least: int) -> list[tuple[str, str, str]]:
        """Write the weights as rows of the shipped table, leaving out those below ``least``."""
        whole = np.round(w * UNIT / math.log(2)).astype(int)
        many: dict[tuple[str, str], list[str]] = {}
        for table in self.tables:
            size = len(table.keys[0])
            for at, keys in enumerate(zip(*(key.tolist() for key in table.keys))):
                weight = int(whole[table.first + at])
                if abs(weight) >= (1 if table.template in WHOLE else least) and size:
                    template, context, cell = _named(table.template, keys, weight)
                    many.setdefault((template, context), []).append(cell)
        return [(t, c, " ".join(sorted(cells))) for (t, c), cells in sorted(many.items())]


def _named(template: str, keys: tuple[int, ...], weight: int) -> tuple[str, str, str]:
    if template.isdigit():
        op = OPS[keys[0]]
        letters = [ALPHABET[key] for key in keys[1:]]
        if op == "i":
            del letters[int(template[0])]  # no old letter
        if op in "is":
            return op + template, "".join(letters[:-1]) or "-", f"{letters[-1]}{weight}"
        if op == "t":
            letters.insert(int(template[0]) + 1, letters.pop())
        else:
            letters.pop()
        return op + template, "".join(letters), str(weight)
    head = OPS[keys[0]] if template in ("keys", "change", "length") else CLASSES[keys[0]]
    cells = [str(key) for key in keys[1:]]
    if template == "ending":
        cells = [ENDINGS[keys[1]]]
    elif template == "around":
        cells = ["".join(KINDS[key] for key in keys[1:])]
    return template, " ".join([head, *cells]), str(weight)


def _sampled(done: NDArray[np.float64]) -> tuple[Ints, NDArray[np.float64]]:
    """Choose of lists' edits those that were made and a share of the rest, which stand for all: (numbers, log weights)."""
    lot = np.random.RandomState(SEED).random_sample(len(done))
    chosen = np.nonzero((done > 0) | (lot < SAMPLED))[0]
    return chosen, np.where(done[chosen] > 0, 0.0, -math.log(SAMPLED))


def _words(pairs: Pairs) -> list[str]:
    return sorted({clean for clean, _ in pairs})


def _done(candidates: Candidates, pairs: Pairs) -> NDArray[np.float64]:
    out = np.zeros(candidates.start[-1])
    number = {word: n for n, word in enumerate(candidates.words)}
    for (clean, noisy), value in pairs.items():
        edits = alignment(clean, noisy)
        if len(edits) <= 3:
            possible = edits_of(clean)
            for edit in edits:
                if edit in possible:
                    at = candidates.start[number[clean]] + possible.index(edit)
                    out[at] += value * (1 if len(edits) == 1 else LATER)
    return out


def disagreement(words: list[str], model: Model) -> int:
    """Give the greatest difference between the model's scores and sums of its weights over these features."""
    candidates = Candidates(words)
    table = np.full((28, 28, 28), FLOOR)
    for i, a in enumerate(ALPHABET):
        for j, b in enumerate(ALPHABET):
            table[i, j] = model.windows.natural[a + b]
    sums = np.zeros(candidates.start[-1], np.int64)
    for template, keys in features(candidates, table):
        for at, key in enumerate(zip(*(k.tolist() for k in keys))):
            if key[0] >= 0:
                sums[at] += _weight(model, template, key)
    worst = 0
    for n, word in enumerate(words):
        mine = iter(sums[candidates.start[n] : candidates.start[n + 1]].tolist())
        scores = [score for score in model.scores(word) if score > BARRED // 2]
        worst = max(worst, max(abs(a - b) for a, b in zip(scores, mine, strict=True)))
    return worst


def _weight(model: Model, template: str, key: tuple[int, ...]) -> int:
    name, context, cell = _named(template, key, 0)
    if name in model.w.one:
        return model.w.one[name].get(context, 0)
    if name in model.w.many:
        return dict(model.w.pairs(name, context)).get(ord(cell[0]) - 97, 0)
    head, *rest = context.split(" ")
    number = CLASSES.index(head) if head in CLASSES else OPS.index(head)
    return model.w.get(name, number, *(int(c) if c.isdigit() else c for c in rest))
