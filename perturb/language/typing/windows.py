"""What the letters around an edit say of it, two on each side: the greater part of the typing model.

English words share such windows ("tion"), so that each is scored once and kept. A row holds the 26 letters that may be
put into a gap or for a letter; sums that rows share (of a gap's two neighbours, of the old letter) are made once too.
"""

from __future__ import annotations

from perturb.language.typing import shape
from perturb.language.typing.keyboard import Keyboard
from perturb.language.typing.shape import CLASSES, EDGE, IS_VOWEL, LETTERS, OP_OF, OTHER
from perturb.language.typing.weights import BINS, SPAN, STEP, Weights, trigrams

Row = list[int]

BARRED = -(10**7)
KEPT = 20_000  # windows of a kind that are kept: 26 numbers at most, some ten megabytes in all
FIRST = {op: OP_OF.index(op) for op in "dist"}
_NUMBER = {c: n for n, c in enumerate(LETTERS + EDGE + OTHER)}
_SIDES = [(f"{x}{y}", x, y) for x in range(3) for y in range(3)]
_WIDE = [(t, x, y) for t, x, y in _SIDES if x > 1 or y > 1]  # of insertions; the narrower are in the gap's row
_NARROW = [(t, x, y) for t, x, y in _SIDES if x or y]


class Windows:
    """Score edits by the letters around them; classes are numbers within their operation."""

    def __init__(self, board: Keyboard, learnt: Weights, alike: int = 0) -> None:
        self.w, self.board, self.natural = learnt, board, trigrams()
        self.alike = alike  # what a typist gives to letters that can stand for one sound
        self.change = [self._changes(k) for k in range(len(CLASSES))]
        self.gaps: dict[str, tuple[Row, list[int], list[Row], Row]] = {}
        self.letters: dict[str, tuple[Row, list[int], list[Row]]] = {}
        self._rights: dict[str, Row] = {}
        echo = learnt.of.get("echo", {})
        self._echo: list[Row] = [
            [echo.get((k, e), 0) - echo.get((k, 0), 0) for e in range(16)] for k in range(len(CLASSES))
        ]
        # How each width of window is looked up, and from where to where it goes.
        one, many = learnt.one, learnt.many
        self._lost = [(one[f"d{t}"].get, 2 - x, 3 + y) for t, x, y in _SIDES]
        self._swapped = [(one[f"t{t}"].get, 2 - x, 4 + y) for t, x, y in _SIDES]
        self._added = [(many[f"i{t}"].get, 2 - x, 2 + y) for t, x, y in _WIDE]
        self._put = [(many[f"s{t}"].get, 2 - x, 3 + y) for t, x, y in _NARROW]

    def loss(self, window: str) -> tuple[int, int]:
        """Score the loss of the middle one of five letters: (class, score), or (0, BARRED)."""
        old, after = window[2], window[3]
        if old in (after, OTHER):
            return 0, BARRED
        p2, before, n2 = window[0], window[1], window[4]
        vowel = IS_VOWEL[old]
        k = vowel if old == before else shape.OMIT_V if vowel else shape.OMIT_C
        get, t, no = self.w.get, self.natural, _NUMBER
        rel = self.board.lost(before, old, after)
        change = (
            t[p2 + before][no[after]] + t[before + after][no[n2]]
            - t[p2 + before][no[old]] - t[before + old][no[after]] - t[old + after][no[n2]]
        )  # fmt: skip
        score = get("keys", 0, rel) + get("keyclass", k, rel) + self.change[k][change + SPAN]
        score += get("echo", k, shape.echo(old, p2, before, after, n2) & 7) + get("same", k, int(before == after))
        for weight, x, y in self._lost:
            score += weight(window[x:y], 0)
        return k, score

    def swap(self, window: str) -> tuple[int, int]:
        """Score the swap of the middle two of six letters: (class, score), or (0, BARRED)."""
        first, second = window[2], window[3]
        if first == second or OTHER in (first, second):
            return 0, BARRED
        p2, before, after, n2 = window[0], window[1], window[4], window[5]
        k = shape.SWAP + 2 * IS_VOWEL[first] + IS_VOWEL[second]
        get, t, no = self.w.get, self.natural, _NUMBER
        rel = self.board.swapped(before, first, second, after)
        change = (
            t[p2 + before][no[second]] + t[before + second][no[first]]
            + t[second + first][no[after]] + t[first + after][no[n2]]
            - t[p2 + before][no[first]] - t[before + first][no[second]]
            - t[first + second][no[after]] - t[second + after][no[n2]]
        )  # fmt: skip
        score = get("keys", 3, rel) + get("keyclass", k, rel) + self.change[k][change + SPAN]
        score += get("echo", k, (first == after) + 2 * (second == before))
        for weight, x, y in self._swapped:
            score += weight(window[x:y], 0)
        return k - shape.SWAP, score

    def added(self, window: str) -> Row:
        """Score each letter put in the middle of four."""
        gap, after = window[1:3], window[2:]
        base, classes, changes, middle = self.gaps.get(gap) or self._gap(gap)
        left, right = self.natural[window[:2]], self._rights.get(after) or self._right(after)
        was = SPAN - left[_NUMBER[window[2]]] - self.natural[gap][_NUMBER[window[3]]]
        row = [b + change[x + y + z + was] for b, change, x, y, z in zip(base, changes, left, middle, right)]
        for weights, x, y in self._added:
            for letter, weight in weights(window[x:y], ()):
                row[letter] += weight
        self._echoes(row, classes, FIRST["i"], window)
        return row

    def put(self, window: str) -> Row:
        """Score each letter put for the middle one of five."""
        old, around, after = window[2], window[:2] + window[3:], window[3:]
        base, classes, changes = self.letters.get(old) or self._letter(old)
        if old == OTHER:
            return base
        t = self.natural
        left, right = t[window[:2]], self._rights.get(after) or self._right(after)
        middle = (self.gaps.get(around[1:3]) or self._gap(around[1:3]))[3]
        was = SPAN - left[_NUMBER[old]] - t[window[1:3]][_NUMBER[window[3]]] - t[window[2:4]][_NUMBER[window[4]]]
        row = [b + change[x + y + z + was] for b, change, x, y, z in zip(base, changes, left, middle, right)]
        for weights, x, y in self._put:
            for letter, weight in weights(window[x:y], ()):
                row[letter] += weight
        self._echoes(row, classes, FIRST["s"], around)
        return row

    def _echoes(self, row: Row, classes: list[int], first: int, around: str) -> None:
        """Add what it is worth that the new letter stands nearby already (no echo is in the place's sum)."""
        before2, before, after, after2 = list(around)
        for new in dict.fromkeys(around):
            letter = _NUMBER[new]
            if letter < 26:  # shape.echo, written out
                bits = (new == before2) + 2 * (new == after2) + 4 * (new == after) + 8 * (new == before)
                row[letter] += self._echo[first + classes[letter]][bits]

    def _gap(self, gap: str) -> tuple[Row, list[int], list[Row], Row]:
        """Sum what two neighbours alone give to each letter put between them; with its class."""
        p, n = gap[0], gap[1]
        get, many, board = self.w.get, self.w.many, self.board
        base, classes = [0] * 26, []
        for letter, new in enumerate(LETTERS):
            k = shape.inserted(p, new, board.near(new, p, n))
            rel = board.inserted(p, new, n)
            base[letter] = get("keys", 1, rel) + get("keyclass", k, rel) + get("same", k, int(p == n))
            classes.append(k - FIRST["i"])
        for template, context in (("i00", "-"), ("i10", p), ("i01", n), ("i11", gap)):
            for letter, weight in many[template].get(context, ()):
                base[letter] += weight
        if n in LETTERS:
            base[_NUMBER[n]] = BARRED  # the same as putting it after the letter
        changes = [self.change[k + FIRST["i"]] for k in classes]
        middle = [self.natural[p + new][_NUMBER[n]] for new in LETTERS]
        found = self.gaps[gap] = (base, classes, changes, middle)
        return found

    def _letter(self, old: str) -> tuple[Row, list[int], list[Row]]:
        """Sum what a letter alone gives to each letter put for it; with its class."""
        get, board = self.w.get, self.board
        base, classes = [BARRED] * 26, [0] * 26
        for letter, new in enumerate(LETTERS):
            if new != old != OTHER:
                k = shape.substituted(old, new, board.near(new, old))
                rel = board.substituted(old, new)
                alike = (old, new) in shape.ALIKE
                base[letter] = get("keys", 2, rel) + get("keyclass", k, rel) + get("alike", k, int(alike))
                base[letter] += self.alike * alike
                classes[letter] = k - FIRST["s"]
        for letter, weight in self.w.many["s00"].get(old, ()):
            base[letter] += weight
        found = self.letters[old] = (base, classes, [self.change[k + FIRST["s"]] for k in classes])
        return found

    def _right(self, after: str) -> Row:
        found = self._rights[after] = [self.natural[new + after[0]][_NUMBER[after[1]]] for new in LETTERS]
        return found

    def _changes(self, k: int) -> Row:
        """Give a class's weight for every change in naturalness, from -SPAN to SPAN."""
        get, op = self.w.get, shape.OPS.index(OP_OF[k])
        of_bin = [get("change", op, b) + get("changeclass", k, b // 2) for b in range(BINS)]
        low = of_bin[:1] * (SPAN - BINS * STEP // 2)
        return [*low, *(weight for weight in of_bin for _ in range(STEP)), *of_bin[-1:] * len(low)]
