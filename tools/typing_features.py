"""What the training of the typing model sees: every single edit of every word, and its features, as arrays.

Says the same as perturb/language/typing/model.py, which works on one word at a time without numpy;
``python tools/check_typing.py --agree`` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from perturb.language.typing import shape
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.shape import EDGE, IS_VOWEL, KIND, LETTERS, OTHER

Ints = NDArray[np.int64]
Edit = tuple[int, int, str, str]  # operation, place, old letter or letters, new letter

ALPHABET = LETTERS + EDGE + OTHER
NO = {c: n for n, c in enumerate(ALPHABET)}
ENDINGS = ["", *sorted(shape.ENDINGS)]
KINDS = "cv.~"
_BOARD = keyboard("qwerty")
_VOWEL = np.array([IS_VOWEL[c] for c in ALPHABET])
_KIND = np.array([KINDS.index(KIND[c]) for c in ALPHABET])


def edits_of(word: str) -> list[Edit]:
    """List the single edits of a word, each result once (a double letter is lost, and made, at its end)."""
    out: list[Edit] = []
    size = len(word)
    for i, c in enumerate(word):
        if not (i + 1 < size and word[i + 1] == c) and size > 1:
            out.append((0, i, c, EDGE))
    for i in range(size + 1):
        out += [(1, i, EDGE, new) for new in LETTERS if i == size or word[i] != new]
    for i, c in enumerate(word):
        out += [(2, i, c, new) for new in LETTERS if new != c]
    out += [(3, i, word[i : i + 2], EDGE) for i in range(size - 1) if word[i] != word[i + 1]]
    return out


def alignment(clean: str, noisy: str) -> list[Edit]:
    """Find the fewest edits between two words ("their", "thier" -> [(3, 2, "ei", ".")])."""
    n, m = len(clean), len(noisy)
    cost = [[0.0] * (m + 1) for _ in range(n + 1)]
    how = [[" "] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            if i or j:
                cost[i][j], how[i][j] = min(_ways(clean, noisy, cost, i, j))
    out: list[Edit] = []
    i, j = n, m
    while i or j:
        step = how[i][j]
        if step == "d":
            at = i - 1
            while at + 1 < n and clean[at + 1] == clean[at]:
                at += 1
            out.append((0, at, clean[at], EDGE))
        elif step == "i":
            at = i
            while at < n and clean[at] == noisy[j - 1]:
                at += 1
            out.append((1, at, EDGE, noisy[j - 1]))
        elif step == "s":
            out.append((2, i - 1, clean[i - 1], noisy[j - 1]))
        elif step == "t":
            out.append((3, i - 2, clean[i - 2 : i], EDGE))
        i -= {"t": 2, "i": 0}.get(step, 1)
        j -= {"t": 2, "d": 0}.get(step, 1)
    return out[::-1]


def _ways(a: str, b: str, cost: list[list[float]], i: int, j: int) -> Iterator[tuple[float, str]]:
    if i and j:
        x, y = a[i - 1], b[j - 1]
        both = IS_VOWEL.get(x, False) and IS_VOWEL.get(y, False)
        yield (cost[i - 1][j - 1], "=") if x == y else (cost[i - 1][j - 1] + (0.9 if both else 1.0), "s")
    if i:
        yield cost[i - 1][j] + 1, "d"
    if j:
        yield cost[i][j - 1] + 1, "i"
    if i > 1 and j > 1 and a[i - 1] == b[j - 2] != a[i - 2] == b[j - 1]:
        yield cost[i - 2][j - 2] + 0.95, "t"


class Candidates:
    """All edits of all words as arrays: operation, place, letters around, and what the word is like."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.start = [0]
        parts: list[Ints] = []
        for word in words:
            edits = edits_of(word)
            parts.append(_arrays(word, edits))
            self.start.append(self.start[-1] + len(edits))
        table = np.concatenate(parts, axis=1)
        names = "op i old new p2 p n n2 size doubles syllable ending".split()
        self.col: dict[str, Ints] = dict(zip(names, table))
        self.col["second"] = np.where(self.col["op"] == 3, self.col["new"], NO[EDGE])
        self.col["k"] = _classes(self.col)

    def choose(self, numbers: Ints) -> None:
        """Keep some candidates alone, every word having one at least."""
        self.col = {name: column[numbers] for name, column in self.col.items()}
        self.start = [int(x) for x in np.searchsorted(numbers, np.array(self.start))]


def _arrays(word: str, edits: list[Edit]) -> Ints:
    around = np.array([NO[c] if c in NO else NO[OTHER] for c in f"..{word}...."])
    size = len(word)
    op, i = (np.array([e[at] for e in edits]) for at in (0, 1))
    old = np.array([NO[e[2][0]] if e[2][0] in NO else NO[OTHER] for e in edits])
    new = np.array([NO[e[2][1]] if e[0] == 3 else NO[e[3]] for e in edits])
    after = i + np.array([1, 0, 1, 2])[op]  # where the rest of the word begins
    syllable, was, counts = 0, False, [0]
    for c in word:
        vowel = IS_VOWEL.get(c, False)
        syllable += vowel and not was and syllable < 3
        was = vowel
        counts.append(syllable)
    endings = np.array([ENDINGS.index(word[at:]) if word[at:] in shape.ENDINGS else 0 for at in range(size + 1)])
    doubles = min(2, sum(a == b for a, b in zip(word, word[1:])))
    full = np.full(len(edits), 1)
    return np.stack([
        op, i, old, new, around[i], around[i + 1], around[after + 2], around[after + 3],
        full * size, full * doubles, np.array(counts)[i], endings[after],
    ])  # fmt: skip


def _classes(c: dict[str, Ints]) -> Ints:
    op, old, new, p, n = (c[name] for name in ("op", "old", "new", "p", "n"))
    touch = np.zeros((28, 28), bool)
    for a, b in _BOARD.touch:
        if a in NO and b in NO:
            touch[NO[a], NO[b]] = True
    vowel, was = _VOWEL[new], _VOWEL[old]
    k = np.where(old == p, was, np.where(was, shape.OMIT_V, shape.OMIT_C))
    near = touch[p, new] | touch[n, new]
    added = np.where(vowel, shape.ADD_V, shape.ADD_C)
    near_by = np.where(vowel, shape.NEAR_V, shape.NEAR_C)
    k = np.where(op == 1, np.where(new == p, shape.DOUBLE + vowel, np.where(near, near_by, added)), k)
    other = np.where(vowel, shape.CV, np.where(was, shape.VC, shape.CC))
    put = np.where(vowel & was, shape.VV, np.where(touch[old, new], shape.NEAR_TO + vowel, other))
    k = np.where(op == 2, put, k)
    result: Ints = np.where(op == 3, shape.SWAP + 2 * was + vowel, k)
    return result


def features(c: Candidates, natural: Ints) -> Iterator[tuple[str, tuple[Ints, ...]]]:
    """Yield each template with the keys of all candidates; a key of -1 at the front where it does not apply."""
    col = c.col
    op, k, i, size = col["op"], col["k"], col["i"], col["size"]
    pairs, number = np.unique(i * 64 + size, return_inverse=True)
    place = np.array([shape.place(int(u) // 64, int(u) % 64) for u in pairs])[number]
    long = np.array([shape.size(n) for n in range(64)])[size]
    same = np.where(op < 2, col["p"] == col["n"], False).astype(np.int64)
    yield "class", (k,)
    yield "place", (k, place)
    yield "place_size", (k, place, long)
    yield "size", (k, long)
    yield "length", (op, np.minimum(size, 20))
    yield "syllable", (k, col["syllable"], (_KIND[col["n"]] == 1).astype(np.int64))
    yield "double", (k, col["doubles"])
    yield "ending", (np.where(col["ending"] > 0, k, -1), col["ending"])
    yield "around", (k, *(_KIND[col[name]] for name in ("p2", "p", "n", "n2")))
    yield "echo", (k, _echo(col))
    yield "same", (np.where(op < 2, k, -1), same)
    rel = _keys(col)
    yield "keys", (op, rel)
    yield "keyclass", (k, rel)
    alike = np.zeros((28, 28), np.int64)
    for a, b in shape.ALIKE:
        alike[NO[a], NO[b]] = 1
    yield "alike", (np.where(op == 2, k, -1), alike[col["old"], col["new"]])
    change = np.clip((_change(col, natural) + 160) // 16, 0, 19)
    yield "change", (op, change)
    yield "changeclass", (k, change // 2)
    for x in range(3):
        for y in range(3):
            left = [col[name] for name in ("p2", "p")[2 - x :]]
            right = [col[name] for name in ("n", "n2")[:y]]
            yield f"{x}{y}", (op, *left, col["old"], *right, col["new"])


def _echo(col: dict[str, Ints]) -> Ints:
    op, old, new, p2, p, n, n2 = (col[name] for name in ("op", "old", "new", "p2", "p", "n", "n2"))
    letter = np.where(op == 0, old, new)
    bits = (letter == p2) + 2 * (letter == n2) + 4 * (letter == n) + 8 * (letter == p)
    bits = np.where(op == 0, bits & 7, bits)
    result: Ints = np.where(op == 3, (old == n) + 2 * (new == p), bits)
    return result


def _keys(col: dict[str, Ints]) -> Ints:
    """Say how the keys concerned lie, by the layout's own words for each distinct case."""
    op, old, new, p, n = (col[name] for name in ("op", "old", "new", "p", "n"))
    ways = (
        lambda p, old, new, n: _BOARD.lost(p, old, n),
        lambda p, old, new, n: _BOARD.inserted(p, new, n),
        lambda p, old, new, n: _BOARD.substituted(old, new),
        lambda p, old, new, n: _BOARD.swapped(p, old, new, n),
    )
    cases, number = np.unique((((op * 32 + p) * 32 + old) * 32 + new) * 32 + n, return_inverse=True)
    out = []
    for case in cases.tolist():
        letters = [ALPHABET[(case >> shift) % 32] for shift in (15, 10, 5, 0)]
        out.append(ways[case >> 20](*letters))
    return np.array(out, np.int64)[number]


def _change(col: dict[str, Ints], natural: Ints) -> Ints:
    """Give the change in the sum of trigram log-probabilities, in eighths of a bit."""
    op, old, new, p2, p, n, n2 = (col[name] for name in ("op", "old", "new", "p2", "p", "n", "n2"))

    def run(*letters: Ints) -> Ints:
        total: Ints = sum(natural[a, b, c] for a, b, c in zip(letters, letters[1:], letters[2:]))
        return total

    one = run(p2, p, old, n, n2)
    cases = (
        run(p2, p, n, n2) - one,
        run(p2, p, new, n, n2) - run(p2, p, n, n2),
        run(p2, p, new, n, n2) - one,
        run(p2, p, new, old, n, n2) - run(p2, p, old, new, n, n2),
    )
    return np.choose(op, cases)
