"""Misspellings of a word as people make them: one on record for that word, or a draw from the typing model."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from math import isqrt

from perturb.core.common_ends import common_ends
from perturb.core.errors import UsageError, did_you_mean
from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.language.typing.documented import Listed, documented, listed, no_word
from perturb.language.typing.edits import Edits
from perturb.language.typing.frequent import NO_EDIT, Known, weights_of
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

    __slots__ = ("edits", "first", "made", "pools", "several", "singles", "sums", "word")

    def __init__(self, edits: Edits, counts: list[int], record: Listed | None, weight: int, learnt: Several) -> None:
        self.word, self.edits, self.several = edits.word, edits, learnt
        self.pools: dict[tuple[int, str], tuple[list[str], list[int]]] = {}
        total = edits.total
        more = [total * n // counts[0] for n in counts[1:]]
        whole = total + sum(more)
        written, seen = record if record else ([], [])
        head = list(accumulate([*[(b - a) * whole // weight for a, b in zip([0, *seen], seen)], *more]))
        self.first = len(head)  # where the single edits begin
        base = head[-1]
        self.sums = head + [base + x for x in edits.sums]
        self.made: list[str | None] = [*written, *[None] * (len(self.sums) - len(written))]
        self.singles: dict[int, str] = {}  # by number of the edit; "": a word, or unfit

    def draw(self, rng: Rng) -> str:
        """Draw a misspelling ("their" -> "thier"), "" where the word has none."""
        if self.sums[-1] <= 0:
            return ""
        drawn = rng.below(self.sums[-1])
        at = bisect_right(self.sums, drawn)
        return self.made[at] or self.finish(rng, at, drawn)

    def finish(self, rng: Rng, at: int, drawn: int) -> str:
        """Make the misspelling drawn as number ``at``; where it is none, draw on."""
        for _ in range(_TRIES):
            found = self.made[at]
            if found is None:
                single = at >= self.first
                found = self._single(drawn) if single else self._several(rng, at - self.first + 4)
            if found:
                return found
            drawn = rng.below(self.sums[-1])
            at = bisect_right(self.sums, drawn)
        return self._any()

    def _single(self, drawn: int) -> str:
        number = self.edits.number(drawn - self.sums[self.first - 1])
        found = self.singles.get(number)
        if found is None:
            found = self.singles[number] = self._fit(number)
        return found

    def _several(self, rng: Rng, count: int) -> str:
        """Draw one with two or three edits, "" where it is a word or should not be written."""
        kind = self.several.kind(rng, self.word, count)
        pool = self.pools.get((count, kind))
        if pool is None:
            pool = self.pools[count, kind] = self.several.options(self.edits, count, kind)
        new = pool[0][rng.pick(pool[1])] if pool[0] else ""
        return new if new and no_word(self.word, new) else ""

    def _any(self) -> str:
        """Look through all single edits for one that is no word."""
        for number in range(self.edits.count):
            if self.edits.weight(number) and (found := self._fit(number)):
                return found
        return ""

    def _fit(self, number: int) -> str:
        """Write the word with a single edit, "" where that is a word or should not be written."""
        new = spelt(self.word, [slip_at(self.word, number)])
        return new if no_word(self.word, new) else ""


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
        known, record, more = self.model.known(word), self.known.get(word), self.lists.get(word)
        edits = Edits(self.model, word, known)
        if more:
            names = more.split(" ")
            record = _with(record, names, self._likely(edits, names, known))
        self[word] = found = Spelling(edits, counts, record, self.weight, self.several)
        return found

    def _likely(self, edits: Edits, names: list[str], known: Known | None) -> list[int]:
        """Give what misspellings on a list weigh in the model; one of several edits a thousandth of all."""
        rest = edits.total // 1000
        if known and known.summed and self.lists is listed():  # those that the table was made with
            scores = known.last(len(names))
            return [rest if s == NO_EDIT else w for s, w in zip(scores, weights_of(scores))]
        return [rest if n < 0 else edits.weight(n) for n in (number_of(edits.word, name) for name in names)]


def _with(record: Listed | None, more: list[str], weights: list[int]) -> Listed:
    """Put what a list has to what is on record, by the square root of how likely the model finds each."""
    likely = [1 + isqrt(weight) for weight in weights]
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
    start, end = common_ends(word.lower(), written)
    return word[:start] + written[start : len(written) - end] + word[len(word) - end :]
