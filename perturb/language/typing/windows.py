"""What the letters around an edit say of it, two on each side: the greater part of the typing model.

English words share such windows ("tion"), so that each is scored once and kept. A row holds the 26 letters that may be
put into a gap or for a letter; sums that rows share (of a gap's two neighbours, of the old letter) are made once too.
"""

from __future__ import annotations

from perturb.language.typing import shape
from perturb.language.typing.keyboard import Keyboard
from perturb.language.typing.shape import CLASSES, EDGE, IS_VOWEL, LETTERS, OP_OF, OTHER
from perturb.language.typing.weights import BINS, SPAN, STEP, Weights, pairs, trigrams

Row = list[int]

BARRED = -(10**7)
KEPT = 20_000  # windows of a kind that are kept: 26 numbers at most, some ten megabytes in all
FIRST = {op: OP_OF.index(op) for op in "dist"}
_NUMBER = {c: n for n, c in enumerate(LETTERS + EDGE + OTHER)}
_SIDES = [(f"{x}{y}", x, y) for x in range(3) for y in range(3)]
_WIDE = [
    (t, x, y) for t, x, y in _SIDES if x > 1 or y > 1
]  # of put in, lost, swapped; the narrower are kept with the inner letters
_INNER = [(f"d{x}{y}", 1 - x, 2 + y) for x in range(2) for y in range(2)]
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
        self._middles: dict[str, Row] = {}
        self._inner: dict[str, tuple[int, int, int]] = {}
        self._turned: dict[str, tuple[int, int, int]] = {}
        every = LETTERS + EDGE + OTHER
        self._beside = {old: [board.touch.get((old, new), 0) for new in LETTERS] for old in every}
        self._hand = {old: [board.one_hand(old, new) for new in LETTERS] for old in every}
        self._keys = [[self._by_keys(k, same) for k in range(FIRST["i"], FIRST["s"])] for same in (0, 1)]
        echo = learnt.of.get("echo", {})
        self._echo: list[Row] = [
            [echo.get((k, e), 0) - echo.get((k, 0), 0) for e in range(16)] for k in range(len(CLASSES))
        ]
        # How each width of window is looked up, and from where to where it goes.
        one, many = learnt.one, learnt.many
        self._lost = [(one[f"d{t}"].get, 2 - x, 3 + y) for t, x, y in _WIDE]
        self._swapped = [(one[f"t{t}"].get, 2 - x, 4 + y) for t, x, y in _WIDE]
        self._added = [(many[f"i{t}"], 2 - x, 2 + y) for t, x, y in _WIDE]
        self._put = [(many[f"s{t}"], 2 - x, 3 + y) for t, x, y in _NARROW]

    def loss(self, window: str) -> tuple[int, int]:
        """Score the loss of the middle one of five letters: (class, score), or (0, BARRED)."""
        old, after = window[2], window[3]
        if old in (after, OTHER):
            return 0, BARRED
        inner = window[1:4]
        k, score, was = self._inner.get(inner) or self._lost_between(inner)
        t, no = self.natural, _NUMBER
        left, far = t[window[:2]], no[window[4]]
        change = left[no[after]] + t[window[1] + after][far] - left[no[old]] - was - t[old + after][far]
        score += self.change[k][change + SPAN] + self._echo[k][(old == window[0]) + 2 * (old == window[4])]
        for weight, x, y in self._lost:
            score += weight(window[x:y], 0)
        return k, score

    def _lost_between(self, inner: str) -> tuple[int, int, int]:
        """Sum what a letter lost and its neighbours give: class, score, and how natural the three are."""
        before, old, after = inner[0], inner[1], inner[2]
        vowel = IS_VOWEL[old]
        k = vowel if old == before else shape.OMIT_V if vowel else shape.OMIT_C
        get, rel = self.w.get, self.board.lost(before, old, after)
        score = get("keys", 0, rel) + get("keyclass", k, rel) + get("same", k, int(before == after)) + get("echo", k, 0)
        for template, x, y in _INNER:
            score += self.w.one[template].get(inner[x:y], 0)
        found = self._inner[inner] = k, score, self.natural[before + old][_NUMBER[after]]
        return found

    def swap(self, window: str) -> tuple[int, int]:
        """Score the swap of the middle two of six letters: (class, score), or (0, BARRED)."""
        first, second = window[2], window[3]
        if first == second or OTHER in (first, second):
            return 0, BARRED
        inner, after = window[1:5], window[4]
        k, score, change = self._turned.get(inner) or self._swapped_between(inner)
        t, no, n2 = self.natural, _NUMBER, _NUMBER[window[5]]
        left = t[window[:2]]
        change += left[no[second]] + t[first + after][n2] - left[no[first]] - t[second + after][n2]
        score += self.change[k][change + SPAN]
        for weight, x, y in self._swapped:
            score += weight(window[x:y], 0)
        return k - shape.SWAP, score

    def _swapped_between(self, inner: str) -> tuple[int, int, int]:
        """Sum what two letters swapped and their neighbours give: class, score, and change in naturalness within."""
        before, first, second, after = inner[0], inner[1], inner[2], inner[3]
        k = shape.SWAP + 2 * IS_VOWEL[first] + IS_VOWEL[second]
        get, t, no = self.w.get, self.natural, _NUMBER
        rel = self.board.swapped(before, first, second, after)
        score = (
            get("keys", 3, rel) + get("keyclass", k, rel) + get("echo", k, (first == after) + 2 * (second == before))
        )
        for template, x, y in _INNER:
            score += self.w.one["t" + template[1:]].get(inner[x : y + 1], 0)
        change = (
            t[before + second][no[first]] + t[second + first][no[after]]
            - t[before + first][no[second]] - t[first + second][no[after]]
        )  # fmt: skip
        found = self._turned[inner] = k, score, change
        return found

    def added(self, window: str) -> Row:
        """Score each letter put in the middle of four."""
        gap, after = window[1:3], window[2:]
        base, classes, changes, middle = self.gaps.get(gap) or self._gap(gap)
        left, right = self.natural[window[:2]], self._rights.get(after) or self._right(after)
        was = SPAN - left[_NUMBER[window[2]]] - self.natural[gap][_NUMBER[window[3]]]
        row = [b + change[x + y + z + was] for b, change, x, y, z in zip(base, changes, left, middle, right)]
        for many, x, y in self._added:
            context = window[x:y]
            if context in many:
                for letter, weight in pairs(many, context):
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
        middle = self._middles.get(around[1:3]) or self._middle(around[1:3])
        was = SPAN - left[_NUMBER[old]] - t[window[1:3]][_NUMBER[window[3]]] - t[window[2:4]][_NUMBER[window[4]]]
        row = [b + change[x + y + z + was] for b, change, x, y, z in zip(base, changes, left, middle, right)]
        for many, x, y in self._put:
            context = window[x:y]
            if context in many:
                for letter, weight in pairs(many, context):
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
        beside_p, beside_n, hand = self._beside[p], self._beside[n], self._hand[p]
        classes = [shape.inserted(p, new, bool(x or y)) - FIRST["i"] for new, x, y in zip(LETTERS, beside_p, beside_n)]
        # as Keyboard.inserted, written out
        of_keys = self._keys[p == n]
        base = [of_keys[k][x + 3 * y + 9 * z] for k, x, y, z in zip(classes, beside_p, beside_n, hand)]
        for template, context in (("i00", "-"), ("i10", p), ("i01", n), ("i11", gap)):
            for letter, weight in self.w.pairs(template, context):
                base[letter] += weight
        if n in LETTERS:
            base[_NUMBER[n]] = BARRED  # the same as putting it after the letter
        changes = [self.change[k + FIRST["i"]] for k in classes]
        found = self.gaps[gap] = (base, classes, changes, self._middles.get(gap) or self._middle(gap))
        return found

    def _middle(self, gap: str) -> Row:
        found = self._middles[gap] = [self.natural[gap[0] + new][_NUMBER[gap[1]]] for new in LETTERS]
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
        for letter, weight in self.w.pairs("s00", old):
            base[letter] += weight
        found = self.letters[old] = (base, classes, [self.change[k + FIRST["s"]] for k in classes])
        return found

    def _right(self, after: str) -> Row:
        found = self._rights[after] = [self.natural[new + after[0]][_NUMBER[after[1]]] for new in LETTERS]
        return found

    def _by_keys(self, k: int, same: int) -> Row:
        """Give for each way that a key put in lies to its neighbours what that gives to a class."""
        get = self.w.get
        return [get("keys", 1, rel) + get("keyclass", k, rel) + get("same", k, same) for rel in range(18)]

    def _changes(self, k: int) -> Row:
        """Give a class's weight for every change in naturalness, from -SPAN to SPAN."""
        get, op = self.w.get, shape.OPS.index(OP_OF[k])
        of_bin = [get("change", op, b) + get("changeclass", k, b // 2) for b in range(BINS)]
        low = of_bin[:1] * (SPAN - BINS * STEP // 2)
        return [*low, *(weight for weight in of_bin for _ in range(STEP)), *of_bin[-1:] * len(low)]
