"""The typing model: how likely each single edit of a word is, for one typist at one keyboard.

A log-linear model over all deletions, insertions, substitutions and transpositions of a word (some 53 a letter). A score
is a sum of whole weights; sums that candidates share are made once, a row of 26 letters at a time.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate

from perturb.language.lexicon import rows
from perturb.language.typing import shape
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.shape import CLASSES, EDGE, IS_VOWEL, KIND, LETTERS, OP_OF, OTHER
from perturb.language.typing.weights import BINS, DEPTH, SPAN, STEP, Key, Weights, powers, trigrams, weights

Slip = tuple[int, int, str]
Row = list[int]

BARRED = -(10**7)
_RANGE = {op: range(OP_OF.index(op), OP_OF.rindex(op) + 1) for op in "dist"}
_NUMBER = {c: n for n, c in enumerate(LETTERS + EDGE + OTHER)}
_FIRST = {op: classes[0] for op, classes in _RANGE.items()}
_VOWEL = [IS_VOWEL[c] for c in LETTERS]


class Model:
    """Score the edits of words (``Model("residual", "qwerty").edits("their")``)."""

    def __init__(self, layout: str, learnt: Weights, shift: dict[tuple[int, int], int]) -> None:
        self.w, self.board, self.natural, self.shift = learnt, keyboard(layout), trigrams(), shift
        self._places: dict[tuple[str, int, int], Row] = {}
        self._manner: dict[Key, Row] = {}
        self._gaps: dict[str, tuple[Row, list[int], list[Row], Row]] = {}
        self._keys: dict[str, tuple[Row, list[int], list[Row]]] = {}
        self._after: dict[str, Row] = {}
        self._change = [self._changes(k) for k in range(len(CLASSES))]

    def scores(self, word: str) -> Row:
        """Score every edit: deletions by letter, insertions and substitutions by gap and letter by new letter, swaps."""
        plain = "".join([c if c in IS_VOWEL else OTHER for c in word]) if not word.isascii() or not word.isalpha() else word
        s = f"..{plain}.."
        kinds = "".join([KIND[c] for c in s])
        doubles = min(2, sum([a == b for a, b in zip(plain, plain[1:])]))
        syllables = _syllables(plain)
        out: Row = []
        size = len(word)
        for i in range(size):
            out.append(self._delete(s, kinds, i, size, syllables[i], doubles))
        for i in range(size + 1):
            out += self._insert(s, kinds, i, size, syllables[i], doubles)
        for i in range(size):
            out += self._substitute(s, kinds, i, size, syllables[i], doubles)
        for i in range(size - 1):
            out.append(self._swap(s, kinds, i, size, syllables[i], doubles))
        return out

    def sums(self, word: str) -> Row:
        """Give running sums of the edits' weights, in the order of ``scores``."""
        scores, power = self.scores(word), powers()
        base = max(scores, default=0) - DEPTH
        return list(accumulate([power[x - base] if x > base else 0 for x in scores]))

    # -- one place of the word ----------------------------------------------------------------------------

    def _delete(self, s: str, kinds: str, i: int, size: int, syllable: int, doubles: int) -> int:
        a = i + 2
        before, old, after = s[a - 1], s[a], s[a + 1]
        if old == after or old == OTHER or size < 2:
            return BARRED
        vowel = IS_VOWEL[old]
        k = vowel if old == before else shape.OMIT_V if vowel else shape.OMIT_C
        of, get, one = self.w.of, self.w.get, self.w.one
        rel = self.board.lost(before, old, after)
        t = self.natural
        change = (
            t[s[a - 2 : a]][_NUMBER[after]] + t[before + after][_NUMBER[s[a + 2]]]
            - t[s[a - 2 : a]][_NUMBER[old]] - t[before + old][_NUMBER[after]] - t[old + after][_NUMBER[s[a + 2]]]
        )  # fmt: skip
        score = self._place("d", i, size)[k] + self._around("d", kinds, a, 1, syllable, doubles, s)[k]
        score += get("keys", 0, rel) + get("keyclass", k, rel) + self._change[k][change + SPAN]
        score += get("echo", k, shape.echo(old, s[a - 2], before, after, s[a + 2]) & 7) + get("same", k, int(before == after))
        for template, x, y in _WINDOWS:
            score += one["d" + template].get(s[a - x : a + 1 + y], 0)
        return score

    def _swap(self, s: str, kinds: str, i: int, size: int, syllable: int, doubles: int) -> int:
        a = i + 2
        first, second = s[a], s[a + 1]
        if first == second or OTHER in (first, second):
            return BARRED
        before, after, p2, n2 = s[a - 1], s[a + 2], s[a - 2], s[a + 3]
        k = shape.SWAP + 2 * IS_VOWEL[first] + IS_VOWEL[second]
        get, one, t, no = self.w.get, self.w.one, self.natural, _NUMBER
        rel = self.board.swapped(before, first, second, after)
        change = (
            t[p2 + before][no[second]] + t[before + second][no[first]] + t[second + first][no[after]] + t[first + after][no[n2]]
            - t[p2 + before][no[first]] - t[before + first][no[second]] - t[first + second][no[after]]
            - t[second + after][no[n2]]
        )  # fmt: skip
        score = self._place("t", i, size)[k - 16] + self._around("t", kinds, a, 2, syllable, doubles, s)[k - 16]
        score += get("keys", 3, rel) + get("keyclass", k, rel) + self._change[k][change + SPAN]
        score += get("echo", k, (first == after) + 2 * (second == before))
        for template, x, y in _WINDOWS:
            score += one["t" + template].get(s[a - x : a + 2 + y], 0)
        return score

    def _insert(self, s: str, kinds: str, i: int, size: int, syllable: int, doubles: int) -> Row:
        a = i + 2
        gap = s[a - 1 : a + 1]
        base, classes, changes, middle = self._gaps.get(gap) or self._gap(gap)
        t, after, p2, n2 = self.natural, s[a : a + 2], s[a - 2], s[a + 1]
        place, manner = self._place("i", i, size), self._around("i", kinds, a, 0, syllable, doubles, s)
        offset = [x + y for x, y in zip(place, manner)]
        left = t[s[a - 2 : a]]
        right = self._after.get(after) or self._rights(after)
        was = SPAN - left[_NUMBER[s[a]]] - t[gap][_NUMBER[n2]]
        row = [
            b + offset[k] + change[x + y + z + was]
            for b, k, change, x, y, z in zip(base, classes, changes, left, middle, right)
        ]
        many = self.w.many
        for template, x, y in _WIDE:
            for letter, weight in many["i" + template].get(s[a - x : a + y], ()):
                row[letter] += weight
        self._echoes(row, classes, 4, p2, s[a - 1], s[a], n2)
        return row

    def _substitute(self, s: str, kinds: str, i: int, size: int, syllable: int, doubles: int) -> Row:
        a = i + 2
        old = s[a]
        if old == OTHER:
            return [BARRED] * 26
        base, classes, changes = self._keys.get(old) or self._key(old)
        t, after, p2, n2 = self.natural, s[a + 1 : a + 3], s[a - 2], s[a + 2]
        place, manner = self._place("s", i, size), self._around("s", kinds, a, 1, syllable, doubles, s)
        offset = [x + y for x, y in zip(place, manner)]
        left = t[s[a - 2 : a]]
        middle = self._gaps.get(s[a - 1] + s[a + 1]) or self._gap(s[a - 1] + s[a + 1])
        right = self._after.get(after) or self._rights(after)
        was = SPAN - left[_NUMBER[old]] - t[s[a - 1 : a + 1]][_NUMBER[s[a + 1]]] - t[s[a : a + 2]][_NUMBER[n2]]
        row = [
            b + offset[k] + change[x + y + z + was]
            for b, k, change, x, y, z in zip(base, classes, changes, left, middle[3], right)
        ]
        many = self.w.many
        for template, x, y in _NARROW:
            for letter, weight in many["s" + template].get(s[a - x : a + 1 + y], ()):
                row[letter] += weight
        self._echoes(row, classes, 10, p2, s[a - 1], s[a + 1], n2)
        return row

    def _echoes(self, row: Row, classes: list[int], first: int, p2: str, p: str, n: str, n2: str) -> None:
        """Add what it is worth that the new letter stands nearby already."""
        echo = self.w.of.get("echo", {})
        for new in {p2: 0, p: 0, n: 0, n2: 0}:
            letter = _NUMBER[new]
            if letter < 26:
                k, bits = first + classes[letter], shape.echo(new, p2, p, n, n2)
                row[letter] += echo.get((k, bits), 0) - echo.get((k, 0), 0)

    # -- sums that candidates share, each made when first asked for -----------------------------------------

    def _place(self, op: str, i: int, size: int) -> Row:
        """Sum what the place in a word of this length gives to each class of an operation."""
        found = self._places.get((op, i, size))
        if found is None:
            where, long, get = shape.place(i, size), shape.size(size), self.w.get
            found = self._places[op, i, size] = [
                get("class", k) + get("place", k, where) + get("place_size", k, where, long) + get("size", k, long)
                + get("length", shape.OPS.index(op), min(size, 20)) + self.shift.get((k, _zone(i, size)), 0)
                + (get("echo", k, 0) if op in "is" else 0)
                for k in _RANGE[op]
            ]  # fmt: skip
        return found

    def _around(self, op: str, kinds: str, a: int, used: int, syllable: int, doubles: int, s: str) -> Row:
        """Sum what vowels and consonants around, the ending, the syllable and doubled letters give to each class."""
        pattern = kinds[a - 2 : a] + kinds[a + used : a + used + 2]
        rest = s[a + used : -2]
        if rest not in shape.ENDINGS:
            rest = ""
        key = (op, pattern, rest, syllable, doubles)
        found = self._manner.get(key)
        if found is None:
            if len(self._manner) > 65536:
                self._manner.clear()
            get, vowel = self.w.get, int(pattern[2] == "v")
            found = self._manner[key] = [
                get("around", k, pattern) + (get("ending", k, rest) if rest else 0)
                + get("syllable", k, syllable, vowel) + get("double", k, doubles)
                for k in _RANGE[op]
            ]  # fmt: skip
        return found

    def _gap(self, gap: str) -> tuple[Row, list[int], list[Row], Row]:
        """Sum what two neighbours alone give to each letter put between them."""
        p, n = gap
        get, many, board = self.w.get, self.w.many, self.board
        base, classes = [0] * 26, []
        for letter, new in enumerate(LETTERS):
            near = board.near(new, p, n)
            k = shape.inserted(p, new, n, near)
            rel = board.inserted(p, new, n)
            base[letter] = get("keys", 1, rel) + get("keyclass", k, rel) + get("same", k, int(p == n))
            classes.append(k - _FIRST["i"])
        for template, context in (("i00", ""), ("i10", p), ("i01", n), ("i11", gap)):
            for letter, weight in many[template].get(context or "-", ()):
                base[letter] += weight
        if n in LETTERS:
            base[_NUMBER[n]] = BARRED  # the same as putting it after the letter
        changes = [self._change[k + _FIRST["i"]] for k in classes]
        middle = [self.natural[p + new][_NUMBER[n]] for new in LETTERS]
        found = self._gaps[gap] = (base, classes, changes, middle)
        return found

    def _key(self, old: str) -> tuple[Row, list[int], list[Row]]:
        """Sum what a letter alone gives to each letter put for it."""
        get, many, board = self.w.get, self.w.many, self.board
        base, classes = [0] * 26, []
        for letter, new in enumerate(LETTERS):
            k = shape.substituted(old, new, board.near(new, old))
            rel = board.substituted(old, new)
            base[letter] = get("keys", 2, rel) + get("keyclass", k, rel) + get("alike", k, int((old, new) in shape.ALIKE))
            classes.append(k - _FIRST["s"])
        for letter, weight in many["s00"].get(old, ()):
            base[letter] += weight
        base[_NUMBER[old]] = BARRED
        found = self._keys[old] = (base, classes, [self._change[k + _FIRST["s"]] for k in classes])
        return found

    def _rights(self, after: str) -> Row:
        found = self._after[after] = [self.natural[new + after[0]][_NUMBER[after[1]]] for new in LETTERS]
        return found

    def _changes(self, k: int) -> Row:
        """Give a class's weight for every change in naturalness, from -SPAN to SPAN."""
        get, op = self.w.get, shape.OPS.index(OP_OF[k])
        bins = [min(max((d + 160) // STEP, 0), BINS - 1) for d in range(-SPAN, SPAN)]
        return [get("change", op, b) + get("changeclass", k, b // 2) for b in bins]


_WINDOWS = [(f"{x}{y}", x, y) for x in range(3) for y in range(3)]
_WIDE = [(t, x, y) for t, x, y in _WINDOWS if x > 1 or y > 1]  # of insertions; the narrower are in the gap's row
_NARROW = [(t, x, y) for t, x, y in _WINDOWS if x or y]


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
    number = {name: n for n, name in enumerate(CLASSES)}
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


def class_of(word: str, slip: Slip, layout: str = "qwerty") -> int:
    """Name the class of an edit ("their", (2, 4, "ie") -> 19, of two vowels swapped)."""
    i, j, new = slip
    before, after, board = (word[i - 1] if i else EDGE), (word[j] if j < len(word) else EDGE), keyboard(layout)
    if not new:
        vowel = IS_VOWEL[word[i]]
        return vowel if word[i] == before else shape.OMIT_V if vowel else shape.OMIT_C
    if i == j:
        return shape.inserted(before, new, after, board.near(new, before, after))
    if j - i == 1:
        return shape.substituted(word[i], new, board.near(new, word[i]))
    return shape.SWAP + 2 * IS_VOWEL[word[i]] + IS_VOWEL[word[i + 1]]


@cache
def model(typist: str, layout: str) -> Model:
    """Make a model once."""
    return Model(layout, weights(), habits(typist))
