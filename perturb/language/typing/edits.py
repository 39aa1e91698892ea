"""The edits of one word with what each weighs: sums by place at once, the letters of a place when one of them is asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from perturb.language.typing.frequent import Known, weights_of
from perturb.language.typing.model import Model, model, weighed
from perturb.language.typing.shape import Seen
from perturb.language.typing.weights import DEPTH
from perturb.language.typing.windows import Row


class Edits:
    """The edits of a word, numbered as ``Model.scores`` has them (``Edits(model, "their").number(12345)``).

    A cell is a letter lost, a gap, a letter put for another, or a swap: 4 for a letter. ``sums`` are the running sums of what they
    weigh. What the model knows of the word is looked up; the rest, and the 26 letters of a cell, are scored when they are asked for.
    """

    __slots__ = (
        "_flat",
        "_known",
        "_learnt",
        "_losses",
        "_rows",
        "_seen",
        "_sums",
        "_swaps",
        "base",
        "size",
        "total",
        "word",
    )

    def __init__(self, learnt: Model, word: str, known: Known | None) -> None:
        self.word, self.size, self._learnt, self._known = word, len(word), learnt, known
        self._flat: Row | array[int] | None = None
        self._seen: Seen | None = None
        self._rows: dict[int, Row] = {}
        self._losses: Row = []
        self._swaps: Row = []
        self._sums: Row = []
        if known:
            self.base, self.total = known.base, known.total
        else:
            self._score()

    def _score(self) -> None:
        """Score all that can be made of the word."""
        scores = self._learnt.scores(self.word)
        self.base = max(scores, default=0) - DEPTH
        self._flat = array("I", weighed(scores, self.base))
        self.total = sum(self._flat)

    @property
    def count(self) -> int:
        """Count the edits, those that cannot be made with them."""
        return 26 * (2 * self.size + 1) + max(2 * self.size - 1, 0)

    @property
    def sums(self) -> Row:
        """Give the running sums of the cells."""
        if not self._sums:
            n, known, flat = self.size, self._known, self._flat
            if known and known.summed:
                rows = known.sums(n)
            else:
                if flat is None:
                    self._score()
                    flat = self._flat or []
                rows = [sum(flat[at : at + 26]) for at in range(n, n + 26 * (2 * n + 1), 26)]
            self._sums = list(accumulate([*self.losses, *rows, *self.swaps]))
        return self._sums

    @property
    def losses(self) -> Row:
        """Give what each letter lost weighs."""
        if not self._losses:
            n, known, flat = self.size, self._known, self._flat
            if known and known.scored:
                self._losses = weights_of(known.scores(0, n))
            elif flat is not None:
                self._losses = [*flat[:n]]
            else:
                self._losses = weighed(self._learnt.losses(self._see()), self.base)
        return self._losses

    @property
    def swaps(self) -> Row:
        """Give what each two letters swapped weigh."""
        if not self._swaps:
            n, known, flat = self.size, self._known, self._flat
            if known and known.scored:
                self._swaps = weights_of(known.scores(n, 2 * n - 1))
            elif flat is not None:
                self._swaps = [*flat[n + 26 * (2 * n + 1) :]]
            else:
                self._swaps = weighed(self._learnt.swaps(self._see()), self.base)
        return self._swaps

    def number(self, drawn: int) -> int:
        """Give the number of the edit on which a draw below ``total`` falls."""
        sums, n = self.sums, self.size
        cell = bisect_right(sums, drawn)
        if cell < n:
            return cell
        if cell > 3 * n:
            return cell + 25 * (2 * n + 1)
        return n + 26 * (cell - n) + bisect_right(self._row(cell), drawn - (sums[cell - 1] if cell else 0))

    def weight(self, number: int) -> int:
        """Say what the edit with a number weighs."""
        if self._flat is not None:
            return self._flat[number]
        n = self.size
        if number < n:
            return self.losses[number]
        cell, letter = divmod(number - n, 26)
        if cell > 2 * n:
            return self.swaps[number - n - 26 * (2 * n + 1)]
        row = self._row(n + cell)
        return row[letter] - (row[letter - 1] if letter else 0)

    def weights(self, numbers: Iterable[int]) -> Row:
        """Say what some edits weigh."""
        return [self.weight(number) for number in numbers]

    def _row(self, cell: int) -> Row:
        """Give the running sums of a gap's or a letter's 26."""
        row = self._rows.get(cell)
        if row is None:
            n = self.size
            at = n + 26 * (cell - n)
            weights = self._flat[at : at + 26] if self._flat is not None else self._scored(cell - n)
            row = self._rows[cell] = list(accumulate(weights))
        return row

    def _scored(self, at: int) -> Row:
        learnt, n, seen = self._learnt, self.size, self._see()
        return weighed(learnt.added(seen, at) if at <= n else learnt.put(seen, at - n - 1), self.base)

    def _see(self) -> Seen:
        self._seen = seen = self._seen or Seen(self.word)
        return seen


@lru_cache(maxsize=16384)
def edits_of(word: str, typist: str = "residual", layout: str = "qwerty") -> Edits:
    """Give a word's edits, kept."""
    learnt = model(typist, layout)
    return Edits(learnt, word, learnt.known(word))
