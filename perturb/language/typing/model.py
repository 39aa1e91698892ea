"""The typing model: how likely each single edit of a word is, for one typist at one keyboard.

A log-linear model over all deletions, insertions, substitutions and transpositions of a word (some 53 a letter): a score
is a sum of whole weights, of the letters around (windows.py), of the place in the word, and of the typist's habits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import TypeVar

from perturb.language.lexicon import rows
from perturb.language.typing import shape
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.shape import CLASSES, EDGE, IS_VOWEL, KIND, LETTERS, OP_OF, OTHER
from perturb.language.typing.weights import DEPTH, Key, Weights, powers, weights
from perturb.language.typing.windows import BARRED, KEPT, Row, Windows

Slip = tuple[int, int, str]
T = TypeVar("T")

ALIKE = (-1, 1)  # a typist's weight for letters that sound alike, among those for classes and zones
_RANGE = {op: range(OP_OF.index(op), OP_OF.rindex(op) + 1) for op in "dist"}


class Model:
    """Score the edits of words (``Model("qwerty", weights(), habits("hasty")).sums("their")``)."""

    def __init__(self, layout: str, learnt: Weights, shift: dict[tuple[int, int], int]) -> None:
        self.w, self.shift = learnt, shift
        self.windows = Windows(keyboard(layout), learnt, shift.get(ALIKE, 0))
        self._kept: tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]], dict[str, Row], dict[str, Row]]
        self._kept = ({}, {}, {}, {})
        self._places: dict[tuple[str, int, int], Row] = {}
        self._manner: dict[Key, Row] = {}

    def sums(self, word: str) -> Row:
        """Give running sums of the edits' weights, in the order of ``scores``."""
        return list(accumulate(self.weights(word)))

    def weights(self, word: str) -> Row:
        """Give the edits' weights, in the order of ``scores``."""
        scores, power = self.scores(word), powers()
        base = max(scores, default=0) - DEPTH
        return [power[x - base] if x > base else 0 for x in scores]

    def scores(self, word: str) -> Row:
        """Score every edit: deletions by letter, insertions and substitutions by place and new letter, swaps."""
        plain = "".join([c if c in LETTERS else OTHER for c in word])
        s, size = f"..{plain}..", len(word)
        kinds = "".join([KIND[c] for c in s])
        losses, swaps, adds, puts = self._kept
        if max(len(losses), len(swaps), len(adds), len(puts), len(self._manner)) > KEPT:
            for kept in (losses, swaps, adds, puts, self._manner):
                kept.clear()
        windows = self.windows
        doubles = min(2, sum([a == b for a, b in zip(plain, plain[1:])]))
        traits = [(at, doubles) for at in _syllables(plain)]
        # Looked up, or scored and kept; written out at each of the four, since a call costs as much as a look.
        out: Row = []
        for i in range(size):
            window = s[i : i + 5]
            k, score = losses.get(window) or _kept(losses, window, windows.loss)
            out.append(score + self._offset("d", s, kinds, i, traits[i])[k] if size > 1 else BARRED)
        for i in range(size + 1):
            window = s[i : i + 4]
            row, offset = (
                adds.get(window) or _kept(adds, window, windows.added),
                self._offset("i", s, kinds, i, traits[i]),
            )
            out += [b + offset[k] for b, k in zip(row, windows.gaps[window[1:3]][1])]
        for i in range(size):
            window = s[i : i + 5]
            row, offset = (
                puts.get(window) or _kept(puts, window, windows.put),
                self._offset("s", s, kinds, i, traits[i]),
            )
            out += [b + offset[k] for b, k in zip(row, windows.letters[window[2]][1])]
        for i in range(size - 1):
            window = s[i : i + 6]
            k, score = swaps.get(window) or _kept(swaps, window, windows.swap)
            out.append(score + self._offset("t", s, kinds, i, traits[i])[k])
        return out

    def _offset(self, op: str, s: str, kinds: str, i: int, traits: tuple[int, int]) -> Row:
        """Sum for each class of an operation what place, vowels and consonants around, ending and syllable give."""
        after = i + 2 + _USED[op]
        rest = s[after:-2]
        key = (op, kinds[i : i + 2] + kinds[after : after + 2], rest if rest in shape.ENDINGS else "", *traits)
        place = self._places.get((op, i, len(s))) or self._place(op, i, len(s))
        manner = self._manner.get(key) or self._around(*key)
        return [a + b for a, b in zip(place, manner)]

    def _place(self, op: str, i: int, length: int) -> Row:
        """Sum what the place in a word of this length gives to each class of an operation."""
        size = length - 4
        where, long, get = shape.place(i, size), shape.size(size), self.w.get
        found = self._places[op, i, length] = [
            get("class", k) + get("place", k, where) + get("place_size", k, where, long) + get("size", k, long)
            + get("length", shape.OPS.index(op), min(size, 20)) + self.shift.get((k, _zone(i, size)), 0)
            + (get("echo", k, 0) if op in "is" else 0)
            for k in _RANGE[op]
        ]  # fmt: skip
        return found

    def _around(self, op: str, pattern: str, rest: str, syllable: int, doubles: int) -> Row:
        """Sum what vowels and consonants, the ending, the syllable and doubled letters give to each class."""
        get, vowel = self.w.get, int(pattern[2] == "v")
        found = self._manner[op, pattern, rest, syllable, doubles] = [
            get("around", k, pattern) + (get("ending", k, rest) if rest else 0)
            + get("syllable", k, syllable, vowel) + get("double", k, doubles)
            for k in _RANGE[op]
        ]  # fmt: skip
        return found


_USED = {"d": 1, "i": 0, "s": 1, "t": 2}  # letters of the word that an edit takes


def _kept(found: dict[str, T], window: str, make: Callable[[str], T]) -> T:
    """Score a window and keep it."""
    score = found[window] = make(window)
    return score


def _zone(i: int, size: int) -> int:
    """Say for a typist's habits where an edit falls: 0 first letter, 1 inside, 2 last letter or after it."""
    return 0 if i == 0 else 2 if i >= size - 1 else 1


def _syllables(word: str) -> list[int]:
    """Count the vowel groups begun before each place, up to three ("about" -> [0, 1, 1, 2, 2, 2])."""
    out, n, was = [0], 0, False
    for c in word:
        vowel = IS_VOWEL[c]
        n += vowel and not was and n < 3
        was = vowel
        out.append(n)
    return out


def habits(typist: str) -> dict[tuple[int, int], int]:
    """Read a typist's habits: what is added for a class of edits in a zone of the word."""
    number = {**{name: n for n, name in enumerate(CLASSES)}, "alike": ALIKE[0]}
    return {(number[r[1]], int(r[2])): int(r[3]) for r in rows("typing", "typists") if r[0] == typist}


def slip_at(word: str, at: int) -> Slip:
    """Give the edit of a word with a number, in the order of ``Model.scores`` ("at", 0 -> (0, 1, ""))."""
    size = len(word)
    if at < size:
        return at, at + 1, ""
    at -= size
    if at < 26 * (size + 1):
        return at // 26, at // 26, LETTERS[at % 26]
    at -= 26 * (size + 1)
    if at < 26 * size:
        return at // 26, at // 26 + 1, LETTERS[at % 26]
    at -= 26 * size
    return at, at + 2, word[at + 1] + word[at]


def number_of(word: str, written: str) -> int:
    """Give the number of the single edit between two words ("their", "thier" -> 325), -1 where there is none."""
    size, new = len(word), len(written)
    if abs(size - new) > 1 or word == written:
        return -1
    i, most = 0, min(size, new)
    while i < most and word[i] == written[i]:
        i += 1
    if new < size:  # the last of a run is lost
        return i if word[i + 1 :] == written[i:] else -1
    letter = LETTERS.find(written[i])
    if new > size:  # and added to
        return size + 26 * i + letter if word[i:] == written[i + 1 :] and letter >= 0 else -1
    if word[i + 1 :] == written[i + 1 :]:
        return size + 26 * (size + 1) + 26 * i + letter if letter >= 0 else -1
    swapped = word[i : i + 2] == written[i + 1 : i - 1 : -1] if i else word[:2] == written[1::-1]
    return size + 26 * (2 * size + 1) + i if swapped and word[i + 2 :] == written[i + 2 :] else -1


def class_of(word: str, slip: Slip, layout: str = "qwerty") -> int:
    """Name the class of an edit ("their", (2, 4, "ie") -> 19, of two vowels swapped)."""
    i, j, new = slip
    before, after, board = (word[i - 1] if i else EDGE), (word[j] if j < len(word) else EDGE), keyboard(layout)
    if not new:
        vowel = IS_VOWEL[word[i]]
        return vowel if word[i] == before else shape.OMIT_V if vowel else shape.OMIT_C
    if i == j:
        return shape.inserted(before, new, board.near(new, before, after))
    if j - i == 1:
        return shape.substituted(word[i], new, board.near(new, word[i]))
    return shape.SWAP + 2 * IS_VOWEL[word[i]] + IS_VOWEL[word[i + 1]]


@cache
def model(typist: str, layout: str) -> Model:
    """Make a model once."""
    return Model(layout, weights(), habits(typist))
