"""Misspellings of a word as people make them: one on record for that word, or a draw from the typing model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from math import isqrt

from perturb.core.errors import UsageError, did_you_mean
from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.language.typing.documented import Listed, documented, listed, no_word
from perturb.language.typing.model import Model, model, number_of, slip_at
from perturb.language.typing.several import Several, several, spelt

TYPISTS = ("residual", "hasty", "learner", "poor_speller")
# What the model's word weighs beside what is on record: a misspelling seen once in our mining has 200. Who types in
# haste makes slips of the finger, which are on record for no word.
MODEL_COUNTS = {"residual": 500, "hasty": 2500, "learner": 500, "poor_speller": 1500}
LISTED = 35  # what a misspelling on a list without counts weighs, more or less by how likely the model finds it
KEPT = 1 << 16  # words whose misspellings are kept
_TRIES = 60  # draws that may turn out to be words before all are looked through


class Spelling:
    """The misspellings of one lower-case word; ``draw`` gives one, made when it is first drawn.

    In ``sums`` stand the misspellings on record, then two draws for two and three edits, then the single edits.
    """

    __slots__ = ("first", "made", "pools", "several", "singles", "sums", "word")

    def __init__(
        self, word: str, singles: list[int], counts: list[int], record: Listed | None, weight: int, learnt: Several
    ) -> None:
        self.word, self.singles, self.several = word, singles, learnt
        self.pools: dict[tuple[int, str], tuple[list[str], list[int]]] = {}
        total = singles[-1]
        more = [total * n // counts[0] for n in counts[1:]]
        whole = total + sum(more)
        written, seen = record if record else ([], [])
        head = list(accumulate([*[(b - a) * whole // weight for a, b in zip([0, *seen], seen)], *more]))
        self.first = len(head)  # where the single edits begin
        base = head[-1]
        self.sums = head + [base + x for x in singles]
        self.made: list[str | None] = [*written, *[None] * (len(self.sums) - len(written))]  # "": a word, or unfit

    def draw(self, rng: Rng) -> str:
        """Draw a misspelling ("their" -> "thier"), "" where the word has none."""
        if self.sums[-1] <= 0:
            return ""
        at = rng.pick(self.sums)
        return self.made[at] or self.finish(rng, at)

    def finish(self, rng: Rng, at: int) -> str:
        """Make the misspelling drawn as number ``at``; where it is none, draw on."""
        for _ in range(_TRIES):
            found = self.made[at]
            if found is None:
                found = self._make(at) if at >= self.first else self._several(rng, at - self.first + 4)
            if found:
                return found
            at = rng.pick(self.sums)
        return self._any()

    def _make(self, at: int) -> str:
        new = spelt(self.word, [slip_at(self.word, at - self.first)])
        found = self.made[at] = new if no_word(self.word, new) else ""
        return found

    def _several(self, rng: Rng, count: int) -> str:
        """Draw one with two or three edits, "" where it is a word or should not be written."""
        kind = self.several.kind(rng, self.word, count)
        pool = self.pools.get((count, kind))
        if pool is None:
            pool = self.pools[count, kind] = self.several.options(self.word, self.singles, count, kind)
        new = pool[0][rng.pick(pool[1])] if pool[0] else ""
        return new if new and no_word(self.word, new) else ""

    def _any(self) -> str:
        """Look through all single edits for one that is no word."""
        before = self.sums[self.first - 1]
        for at in range(self.first, len(self.sums)):
            found = self._make(at) if self.sums[at] > before else ""
            if found:
                return found
            before = self.sums[at]
        return ""


class Speller(dict[str, Spelling]):
    """Words' misspellings by one typist at one keyboard (``speller("hasty")["because"].draw(rng)``)."""

    def __init__(
        self, typist: str, learnt: Model, known: Mapping[str, Listed], lists: Mapping[str, str], pieces: Several
    ) -> None:
        super().__init__()
        self.model, self.known, self.lists, self.several = learnt, known, lists, pieces
        self.counts, self.weight = _counts(typist), MODEL_COUNTS[typist]

    def __missing__(self, word: str) -> Spelling:
        if len(self) > KEPT:
            self.clear()
        counts = self.counts[min(len(word), len(self.counts) - 1)]
        singles, record, more = self.model.sums(word), self.known.get(word), self.lists.get(word)
        if more:
            record = _with(word, singles, record, more.split(" "))
        self[word] = found = Spelling(word, singles or [0], counts, record, self.weight, self.several)
        return found


def _with(word: str, singles: list[int], record: Listed | None, more: list[str]) -> Listed:
    """Put what a list has to what is on record, by the square root of how likely the model finds each."""
    rest = singles[-1] // 1000  # what is more than one edit
    numbers = [number_of(word, written) for written in more]
    likely = [1 + isqrt(singles[n] - (singles[n - 1] if n else 0) if n >= 0 else rest) for n in numbers]
    names, sums = record if record else ([], [])
    base, total = sums[-1] if sums else 0, sum(likely)
    return names + more, sums + [base + LISTED * len(more) * x // total for x in accumulate(likely)]


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
    return Speller(typist, model(typist, keyboard), documented(), listed(), several(typist))


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
