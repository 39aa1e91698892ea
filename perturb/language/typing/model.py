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
from perturb.language.typing.frequent import Known, frequent
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.shape import CLASSES, EDGE, IS_VOWEL, LETTERS, OP_OF, Seen
from perturb.language.typing.weights import DEPTH, Weights, powers, weights
from perturb.language.typing.windows import BARRED, KEPT, Row, Windows

Slip = tuple[int, int, str]
T = TypeVar("T")
Manner = tuple[str, str, str, int, int]

ALIKE = (-1, 1)  # a typist's weight for letters that sound alike, among those for classes and zones
_RANGE = {op: range(OP_OF.index(op), OP_OF.rindex(op) + 1) for op in "dist"}
_BY_CLASS = ("class", "place", "size", "place_size", "echo", "around", "ending", "syllable", "double")


class Model:
    """Score the edits of words (``Model("qwerty", weights(), habits("hasty")).sums("their")``)."""

    def __init__(self, layout: str, learnt: Weights, shift: dict[tuple[int, int], int], typist: str = "") -> None:
        self.typist = typist if layout == "qwerty" else ""  # whose table of frequent words holds
        self.w, self.shift, self.layout = learnt, shift, layout
        self.windows = Windows(keyboard(layout), learnt, shift.get(ALIKE, 0))
        self._kept: tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]], dict[str, Row], dict[str, Row]]
        self._kept = ({}, {}, {}, {})
        self._places: dict[tuple[str, int, int], Row] = {}
        self._manner: dict[Manner, Row] = {}
        self._of = {t: _by_class(learnt, t) for t in _BY_CLASS}

    def sums(self, word: str) -> Row:
        """Give running sums of the edits' weights, in the order of ``scores``."""
        return list(accumulate(self.weights(word)))

    def weights(self, word: str) -> Row:
        """Give the edits' weights, in the order of ``scores``."""
        scores = self.scores(word)
        return weighed(scores, max(scores, default=0) - DEPTH)

    def scores(self, word: str) -> Row:
        """Score every edit: deletions by letter, insertions and substitutions by place and new letter, swaps."""
        seen = Seen(word)
        out = self.losses(seen)
        for i in range(seen.size + 1):
            out += self.added(seen, i)
        for i in range(seen.size):
            out += self.put(seen, i)
        return out + self.swaps(seen)

    def known(self, word: str) -> Known | None:
        """Look a frequent word up, None where it must be scored."""
        table = frequent(self.typist)
        return table.get(word) if table else None

    def losses(self, seen: Seen) -> Row:
        """Score the loss of each letter."""
        kept, make, out = self._kept[0], self.windows.loss, []
        if seen.size == 1:
            return [BARRED]
        for i in range(seen.size):
            window = seen.s[i : i + 5]
            k, score = kept.get(window) or _keep(kept, window, make)
            place, manner = self._offsets("d", seen, i)
            out.append(score + place[k] + manner[k])
        return out

    def added(self, seen: Seen, i: int) -> Row:
        """Score each letter put in before the one at a place."""
        kept, window, windows = self._kept[2], seen.s[i : i + 4], self.windows
        row = kept.get(window) or _keep(kept, window, windows.added)
        offset = [a + b for a, b in zip(*self._offsets("i", seen, i))]
        return [b + offset[k] for b, k in zip(row, windows.gaps[window[1:3]][1])]

    def put(self, seen: Seen, i: int) -> Row:
        """Score each letter put for the one at a place."""
        kept, window, windows = self._kept[3], seen.s[i : i + 5], self.windows
        row = kept.get(window) or _keep(kept, window, windows.put)
        offset = [a + b for a, b in zip(*self._offsets("s", seen, i))]
        return [b + offset[k] for b, k in zip(row, windows.letters[window[2]][1])]

    def swaps(self, seen: Seen) -> Row:
        """Score the swap of each letter with the next."""
        kept, make, out = self._kept[1], self.windows.swap, []
        for i in range(seen.size - 1):
            window = seen.s[i : i + 6]
            k, score = kept.get(window) or _keep(kept, window, make)
            place, manner = self._offsets("t", seen, i)
            out.append(score + place[k] + manner[k])
        return out

    def _offsets(self, op: str, seen: Seen, i: int) -> tuple[Row, Row]:
        """Give for each class of an operation what the place gives, and vowels around, ending, and syllable."""
        after = i + 2 + _USED[op]
        kinds, rest = seen.kinds, seen.s[after:-2]
        key = (
            op,
            kinds[i : i + 2] + kinds[after : after + 2],
            rest if rest in shape.ENDINGS else "",
            seen.at[i],
            seen.doubles,
        )
        return self._places.get((op, i, seen.size)) or self._place(op, i, seen.size), self._manner.get(
            key
        ) or self._sum(key)

    def _place(self, op: str, i: int, size: int) -> Row:
        """Sum what the place in a word of this length gives to each class of an operation."""
        of, none = self._of, [0] * len(_RANGE[op])
        where, long = shape.place(i, size), shape.size(size)
        shift = self.shift
        rows = (
            of["class"].get((op,), none), of["place"].get((op, where), none), of["size"].get((op, long), none),
            of["place_size"].get((op, where, long), none),
            of["echo"].get((op, 0), none) if op in "is" else none,
            [shift.get((k, _zone(i, size)), 0) for k in _RANGE[op]],
        )  # fmt: skip
        every = self.w.get("length", shape.OPS.index(op), min(size, 20))
        found = self._places[op, i, size] = [every + sum(row) for row in zip(*rows)]
        return found

    def _sum(self, key: Manner) -> Row:
        """Sum what vowels and consonants, the ending, the syllable and doubled letters give to each class."""
        op, pattern, rest, syllable, doubles = key
        of, none = self._of, [0] * len(_RANGE[op])
        rows = (
            of["around"].get((op, pattern), none), of["ending"].get((op, rest), none),
            of["syllable"].get((op, syllable, int(pattern[2] == "v")), none), of["double"].get((op, doubles), none),
        )  # fmt: skip
        if len(self._manner) > KEPT:
            self._manner.clear()
        found = self._manner[key] = [a + b + c + d for a, b, c, d in zip(*rows)]
        return found


def weighed(scores: Row, base: int) -> Row:
    """Turn scores into weights, 0 for what is a million times less likely than the likeliest."""
    power = powers()
    return [power[x - base] if x > base else 0 for x in scores]


def _by_class(learnt: Weights, template: str) -> dict[tuple[str | int, ...], Row]:
    """Give a template's weights as rows, a number for each class of the operation ("around", "cvcc" -> …)."""
    found: dict[tuple[str | int, ...], Row] = {}
    for key, weight in learnt.of.get(template, {}).items():
        k = int(key[0])
        op = OP_OF[k]
        row = found.setdefault((op, *key[1:]), [0] * len(_RANGE[op]))
        row[k - _RANGE[op].start] += weight
    return found


_USED = {"d": 1, "i": 0, "s": 1, "t": 2}  # letters of the word that an edit takes


def _keep(found: dict[str, T], window: str, make: Callable[[str], T]) -> T:
    """Score a window and keep it."""
    if len(found) > KEPT:
        found.clear()
    score = found[window] = make(window)
    return score


def _zone(i: int, size: int) -> int:
    """Say for a typist's habits where an edit falls: 0 first letter, 1 inside, 2 last letter or after it."""
    return 0 if i == 0 else 2 if i >= size - 1 else 1


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
    return Model(layout, weights(), habits(typist), typist)
