"""The edits of one word with what each weighs: sums by place at once, the letters of a place when one of them is asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from perturb.language.typing.frequent import Known, weights_of
from perturb.language.typing.model import Model, Seen, model, weighed
from perturb.language.typing.weights import DEPTH


class Edits:
    """The edits of a word, numbered as ``Model.scores`` has them (``Edits(model, "their").number(12345)``).

    A cell is a letter lost, a gap, a letter put for another, or a swap: 4 for a letter. ``sums`` are the running sums of what they
    weigh. Where the model knows the word, that is looked up; a cell's 26 letters are then scored when one is drawn.
    """

    __slots__ = ("_flat", "_learnt", "_rows", "_seen", "base", "size", "sums", "total", "word")

    def __init__(self, learnt: Model, word: str, known: Known | None) -> None:
        self.word, self.size, self._learnt = word, len(word), learnt
        self._rows: dict[int, list[int]] = {}
        self._flat: array[int] | None = None
        self._seen: Seen | None = None
        n = self.size
        if known:
            self.base = known.base
            ones = weights_of(known.scores(0, 2 * n - 1))
            cells = ones[:n] + known.sums(n) + ones[n:]
        else:
            scores = learnt.scores(word)
            self.base = max(scores, default=0) - DEPTH
            self._flat = flat = array("I", weighed(scores, self.base))
            rows = range(n, n + 26 * (2 * n + 1), 26)
            cells = [*flat[:n], *[sum(flat[at : at + 26]) for at in rows], *flat[n + 26 * (2 * n + 1) :]]
        self.sums = list(accumulate(cells))
        self.total = self.sums[-1]

    @property
    def count(self) -> int:
        """Count the edits, those that cannot be made with them."""
        return 26 * (2 * self.size + 1) + max(2 * self.size - 1, 0)

    def number(self, drawn: int) -> int:
        """Give the number of the edit on which a draw below ``total`` falls."""
        cell, n = bisect_right(self.sums, drawn), self.size
        if cell < n:
            return cell
        if cell > 3 * n:
            return cell + 25 * (2 * n + 1)
        return n + 26 * (cell - n) + bisect_right(self._row(cell), drawn - (self.sums[cell - 1] if cell else 0))

    def weight(self, number: int) -> int:
        """Say what the edit with a number weighs."""
        if self._flat is not None:
            return self._flat[number]
        n, sums = self.size, self.sums
        cell, letter = number, 0
        if number >= n:
            cell, letter = divmod(number - n, 26)
            cell += n
            if cell <= 3 * n:
                row = self._row(cell)
                return row[letter] - (row[letter - 1] if letter else 0)
            cell = number - 25 * (2 * n + 1)
        return sums[cell] - (sums[cell - 1] if cell else 0)

    def weights(self, numbers: Iterable[int]) -> list[int]:
        """Say what some edits weigh."""
        return [self.weight(number) for number in numbers]

    def _row(self, cell: int) -> list[int]:
        """Give the running sums of a gap's or a letter's 26."""
        row = self._rows.get(cell)
        if row is None:
            n = self.size
            at = n + 26 * (cell - n)
            weights = self._flat[at : at + 26] if self._flat is not None else self._scored(cell - n)
            row = self._rows[cell] = list(accumulate(weights))
        return row

    def _scored(self, at: int) -> list[int]:
        seen = self._seen = self._seen or Seen(self.word)
        learnt, n = self._learnt, self.size
        scores = learnt.added(seen, at) if at <= n else learnt.put(seen, at - n - 1)
        return weighed(scores, self.base)


@lru_cache(maxsize=16384)
def edits_of(word: str, typist: str = "residual", layout: str = "qwerty") -> Edits:
    """Give a word's edits, kept."""
    learnt = model(typist, layout)
    return Edits(learnt, word, learnt.known(word))
