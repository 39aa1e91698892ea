"""What words with two or three edits look like: shares of kinds, and weights within each (data/typing/several.tsv).

Pieces lost, written twice or moved are a softmax over all such pieces of the word. Two slips apart are what tells people's
from pairs of slips that the model draws one by one: a logistic regression, whose odds are what a drawn pair is weighed by.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import scipy.optimize
from numpy.typing import NDArray
from typing_features import Edit, alignment

from perturb.core.rng import Rng
from perturb.language.typing import shape
from perturb.language.typing.edits import Edits
from perturb.language.typing.model import Model, Slip
from perturb.language.typing.several import BITS, KINDS, natural, slips_apart, sound, spelt, together, whole_pieces
from perturb.language.typing.weights import UNIT

AGAIN = 0.8  # a pair that was written n times counts n ** 0.8
L2 = 2.0
DRAWN = 30  # pairs of slips that the model draws for each of people's
LEAN = 10.0  # shares of a size of words lean on all words' by so many

Features = dict[str, float]
Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]


def several_lines(counts: Counter[tuple[str, str]], model: Model) -> list[tuple[str, ...]]:
    """Learn from pairs with counts and the model of single edits; rows of the table."""
    pairs = [(a, b, len(alignment(a, b)), n**AGAIN) for (a, b), n in sorted(counts.items())]
    pairs = [p for p in pairs if p[2] in (2, 3)]
    named = {(a, b): _kind(a, b, count) for a, b, count, _ in pairs}
    out = _share_lines([(named[a, b], count, len(a), value) for a, b, count, value in pairs])
    for kind in KINDS[:-1]:
        out += _lines(kind, _pieces(kind, [p for p in pairs if named[p[:2]] == kind]))
    return out + _lines("apart", _apart([p for p in pairs if named[p[:2]] == "apart" and p[2] == 2], model))


def _kind(clean: str, noisy: str, count: int) -> str:
    return next((k for k in KINDS if any(new == noisy for new, _ in whole_pieces(clean, count, k))), "apart")


def _share_lines(seen: list[tuple[str, int, int, float]]) -> list[tuple[str, ...]]:
    out: list[tuple[str, ...]] = []
    for count in (2, 3):
        whole = {kind: sum(v for k, c, _, v in seen if (k, c) == (kind, count)) for kind in KINDS}
        for size in range(5):
            here = {
                kind: sum(v for k, c, s, v in seen if (k, c, shape.size(s)) == (kind, count, size)) for kind in KINDS
            }
            total = sum(here.values()) + LEAN
            for kind in KINDS:
                share = (here[kind] + LEAN * whole[kind] / sum(whole.values())) / total
                out.append((kind, f"share {count} {size}", str(round(10_000 * share))))
    return out


def _features(clean: str, noisy: str, told: list[str]) -> Features:
    change = max(-8 * BITS, min(0, natural(noisy) - natural(clean)))
    heard = float(sound(noisy) == sound(clean))
    return {"natural": change / 8, "heard": heard, **{f: float(n) for f, n in Counter(t for t in told if t).items()}}


def _pieces(kind: str, pairs: list[tuple[str, str, int, float]]) -> tuple[list[str], NDArray[np.float64]]:
    """Fit a softmax over the pieces of each word."""
    told = [
        ({new: _features(a, new, t) for new, t in whole_pieces(a, count, kind) if new != a}, b, value)
        for a, b, count, value in pairs
    ]
    names = sorted({name for options, _, _ in told for f in options.values() for name in f})
    tables = [(_matrix(list(o.values()), names), list(o).index(b), value) for o, b, value in told]

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = L2 / 2 * float(w @ w), L2 * w
        for x, at, value in tables:
            score = x @ w
            p = np.exp(score - score.max())
            p /= p.sum()
            total -= value * math.log(p[at])
            slope = slope - value * (x[at] - p @ x)
        return total, slope

    return names, _least(loss, len(names))


def _apart(pairs: list[tuple[str, str, int, float]], model: Model) -> tuple[list[str], NDArray[np.float64]]:
    """Fit what tells people's pairs of slips from drawn ones."""
    seen: list[tuple[Features, float, float]] = []
    for clean, noisy, _, value in pairs:
        slips = [_slip(e) for e in alignment(clean, noisy)]
        seen.append((_features(clean, noisy, together(clean, *sorted(slips))), 1.0, value))
        edits, rng = Edits(model, clean, None), Rng("apart", clean, noisy)
        for _ in range(DRAWN):
            drawn = slips_apart(edits, rng)
            if len(drawn) == 2:
                new = spelt(clean, drawn)
                seen.append((_features(clean, new, together(clean, *drawn)), 0.0, value / DRAWN))
    names = sorted({name for f, _, _ in seen for name in f})
    x, y = _matrix([f for f, _, _ in seen], names), np.array([t for _, t, _ in seen])
    value = np.array([v for _, _, v in seen])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = x @ w
        p = 1 / (1 + np.exp(-score))
        lost = np.logaddexp(0, score) - y * score
        return float(value @ lost + L2 / 2 * (w @ w)), x.T @ (value * (p - y)) + L2 * w

    return names, _least(loss, len(names))


def _slip(edit: Edit) -> Slip:
    op, at, old, new = edit
    if op == 3:
        return at, at + 2, old[::-1]
    return (at, at, new) if op == 1 else (at, at + 1, "" if op == 0 else new)


def _matrix(told: list[Features], names: list[str]) -> NDArray[np.float64]:
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(told), len(names)))
    for row, features in enumerate(told):
        for name, value in features.items():
            x[row, column[name]] = value
    return x


def _least(loss: Loss, size: int) -> NDArray[np.float64]:
    found: NDArray[np.float64] = scipy.optimize.minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x
    return found


def _lines(kind: str, fitted: tuple[list[str], NDArray[np.float64]]) -> list[tuple[str, ...]]:
    whole = np.round(fitted[1] * UNIT / math.log(2)).astype(int).tolist()
    return [(kind, name, str(weight)) for name, weight in zip(fitted[0], whole) if weight]
