"""Misspellings of a word as people make them: one on record for that word, or a draw from the typing model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import accumulate

from perturb.core.errors import UsageError, did_you_mean
from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.language.slips import is_word, unfit
from perturb.language.typing.documented import Listed, documented
from perturb.language.typing.model import Model, Slip, model, slip_at

TYPISTS = ("residual", "hasty", "learner", "poor_speller")
# What the model's word weighs beside what is on record: a misspelling seen once in our mining has 200. Who types in
# haste makes slips of the finger, which are on record for no word.
MODEL_COUNTS = {"residual": 400, "hasty": 2000, "learner": 400, "poor_speller": 400}
KEPT = 1 << 16  # words whose misspellings are kept
_TRIES = 60  # draws that may turn out to be words before all are looked through


class Spelling:
    """The misspellings of one lower-case word; ``draw`` gives one, made when it is first drawn.

    In ``sums`` stand the misspellings on record, then two draws for two and three edits, then the single edits.
    """

    __slots__ = ("first", "made", "singles", "sums", "word")

    def __init__(self, word: str, singles: list[int], counts: list[int], listed: Listed | None, weight: int) -> None:
        self.word, self.singles = word, singles
        total = singles[-1] if singles else 0
        several = [total * n // counts[0] for n in counts[1:]]
        whole = total + sum(several)
        on_record = [0, *listed[1]] if listed and whole else [0]
        weights = [(b - a) * whole // weight for a, b in zip(on_record, on_record[1:])]
        head = list(accumulate(weights + several))
        self.first = len(weights) + len(several)  # where the single edits begin
        base = head[-1]
        self.sums = head + [base + x for x in singles]
        self.made: list[str | None] = [None] * len(self.sums)  # "" for a word, or what is unfit
        if weights:
            assert listed is not None
            self.made[: len(weights)] = listed[0]

    def draw(self, rng: Rng) -> str:
        """Draw a misspelling ("their" -> "thier"), "" where the word has none."""
        sums, made = self.sums, self.made
        if sums[-1] <= 0:
            return ""
        for _ in range(_TRIES):
            at = rng.pick(sums)
            found = made[at]
            if found is None:
                found = self._make(at) if at >= self.first else self._several(rng, at - self.first + 4)
            if found:
                return found
        return self._any()

    def _make(self, at: int) -> str:
        found = self.made[at] = self._fit([slip_at(self.word, at - self.first)])
        return found

    def _several(self, rng: Rng, count: int) -> str:
        """Make several edits that do not meet."""
        slips: list[Slip] = []
        for _ in range(3 * count):
            i, j, new = slip_at(self.word, rng.pick(self.singles))
            if all(j < s or e < i or (i < j and s < e and (j == s or e == i)) for s, e, _ in slips):
                slips.append((i, j, new))
                if len(slips) == count:
                    return self._fit(slips)
        return ""

    def _any(self) -> str:
        """Look through all single edits for one that is no word."""
        before = self.sums[self.first - 1]
        for at in range(self.first, len(self.sums)):
            found = self._make(at) if self.sums[at] > before else ""
            if found:
                return found
            before = self.sums[at]
        return ""

    def _fit(self, slips: list[Slip]) -> str:
        """Write the word with its slips, "" where that is a word or should not be written."""
        written = self.word
        for i, j, new in sorted(slips, reverse=True):
            written = written[:i] + new + written[j:]
        return "" if written == self.word or is_word(written) or unfit(self.word, written) else written


class Speller(dict[str, Spelling]):
    """Words' misspellings by one typist at one keyboard (``speller("hasty")["because"].draw(rng)``)."""

    def __init__(self, typist: str, learnt: Model, known: Mapping[str, Listed]) -> None:
        super().__init__()
        self.model, self.known = learnt, known
        self.counts, self.weight = _counts(typist), MODEL_COUNTS[typist]

    def __missing__(self, word: str) -> Spelling:
        if len(self) > KEPT:
            self.clear()
        counts = self.counts[min(len(word), len(self.counts) - 1)]
        self[word] = found = Spelling(word, self.model.sums(word), counts, self.known.get(word), self.weight)
        return found


@cache
def _counts(typist: str) -> list[list[int]]:
    """Read by length of word the shares of one, two and three edits."""
    found = {int(row[1]): [*map(int, row[2:])] for row in rows("typing", "edits") if row[0] == typist}
    return [found[max(min(found), size)] for size in range(max(found) + 1)]


@cache
def speller(typist: str = "residual", keyboard: str = "qwerty") -> Speller:
    """Make a typist once; UsageError for one that is not known."""
    if typist not in TYPISTS:
        raise UsageError(f"no typist {typist!r}; known: {', '.join(TYPISTS)}{did_you_mean(typist, TYPISTS)}")
    return Speller(typist, model(typist, keyboard), documented())


def cased(word: str, written: str) -> str:
    """Write a lower-case misspelling with the capitals of the word ("The", "teh" -> "Teh"; "NASA", "naas" -> "NAAS").

    Capitals inside stay with the letters that the two begin and end with ("McDonald", "mcdnoald" -> "McDnoald").
    """
    if word.islower():
        return written
    if word.isupper():
        return written.upper() if len(word) > 1 else written.capitalize()
    if word[1:].islower():
        return written.capitalize()
    low, most = word.lower(), min(len(word), len(written))
    start = end = 0
    while start < most and low[start] == written[start]:
        start += 1
    while end < most - start and low[-1 - end] == written[-1 - end]:
        end += 1
    return word[:start] + written[start : len(written) - end] + word[len(word) - end :]
