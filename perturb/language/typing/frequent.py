"""What the typing model says of frequent words, worked out before: sums by place, so that a word met costs a look (docs/typing.md).

Nothing here is a fact of its own: every number is what ``Model`` gives, and words that are not in the table are scored. It is
written by tools/build_frequent.py; a row has

- the least score that counts in two digits, five of the weights' sum, and the scores above the least, two in three digits: of
  each letter lost, each two swapped, each key beside the right one (0 where the result is a word), each misspelling that codespell's
  list has;
- for each gap the sum of the weights of letters put in, for each letter that of those put for it, in four digits; then, a digit each,
  which of the letters lost and swapped may not be written.

Rarer words have no sums of places ("~"), or the sum of all alone.
Digits are those to base 94, from "!" to "~".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

from perturb.language.typing.weights import DEPTH, powers
from perturb.resources import root

TABLES = {"residual": "frequent", "hasty": "frequent_hasty"}  # by typist, at a QWERTY keyboard
# What they are made of: the model, and what is no word.
SOURCES = (
    "typing/en", "typing/trigrams", "typing/typists", "keyboards/qwerty", "words/en", "words/en_wordnet", "words/coarse",
    "misspellings/en", "misspellings/en_sa", "misspellings/en_listed", "pronunciations/en", "names/en", "functions/en",
)  # fmt: skip
BASE = 94
NO_EDIT = DEPTH + 1  # stands for a listed misspelling that is no single edit
_FILL = DEPTH + 2  # makes the number of scores even
_LEVELS = DEPTH + 3  # of a score above the least
LOW = -4000  # the least base
_FIRST = 33
_HEAD = 7  # digits before the scores
_NONE = b"~"  # stands for the sums of places, of which none begins so
# Read as they stand, digits are 33 too much each: so much is taken off a number of three and four.
_THREE, _FOUR = (_FIRST * sum(BASE**n for n in range(count)) for count in (3, 4))


class Known:
    """A word's row, read as far as it is asked for: scores are above ``base``."""

    __slots__ = ("_head", "_tail")

    def __init__(self, head: bytes, tail: bytes) -> None:
        self._head, self._tail = head, tail

    @property
    def scored(self) -> bool:
        """Tell whether there are scores, or only the sum of all."""
        return len(self._head) > _HEAD

    @property
    def summed(self) -> bool:
        """Tell whether there are sums of places."""
        return self._tail[:1] != _NONE

    @property
    def base(self) -> int:
        """Give the least score that counts."""
        return _number(self._head[:2]) + LOW

    @property
    def total(self) -> int:
        """Give what all edits weigh together."""
        return _number(self._head[2:_HEAD])

    def scores(self, first: int, end: int) -> list[int]:
        """Read some scores: losses, swaps, near keys, listed."""
        part = self._head[_HEAD + first // 2 * 3 : _HEAD + (end + 1) // 2 * 3]
        found: list[int] = []
        for a, b, c in zip(part[::3], part[1::3], part[2::3]):
            found += divmod((a * BASE + b) * BASE + c - _THREE, _LEVELS)
        return found[first % 2 : first % 2 + end - first]

    def last(self, count: int) -> list[int]:
        """Read the last scores."""
        end = (len(self._head) - _HEAD) // 3 * 2
        end -= self.scores(end - 1, end) == [_FILL]
        return self.scores(end - count, end)

    def barred(self, size: int) -> list[int]:
        """Read which losses and swaps of a word of this size may not be written."""
        return [digit - _FIRST for digit in self._tail[8 * size + 4 if self.summed else 1 :]]

    def sums(self, size: int) -> list[int]:
        """Read the sums of gaps, then those of letters."""
        cells = self._tail[: 8 * size + 4]
        quads = zip(cells[::4], cells[1::4], cells[2::4], cells[3::4])
        return [((a * BASE + b) * BASE + c) * BASE + d - _FOUR for a, b, c, d in quads]


class Frequent:
    """A table of words, each read when it is asked for (``Frequent("frequent").get("their")``)."""

    def __init__(self, name: str) -> None:
        self.lines = (root("data") / "typing" / f"{name}.tsv").read_bytes().rstrip(b"\n").split(b"\n")

    def get(self, word: str) -> Known | None:
        """Find a word's row, None where it has none."""
        if not word.isascii():
            return None
        key = word.encode() + b"\t"
        at = bisect_left(self.lines, key)
        if at == len(self.lines) or not self.lines[at].startswith(key):
            return None
        return Known(*self.lines[at].split(b"\t")[1:])


@cache
def frequent(typist: str) -> Frequent | None:
    """Read a typist's table once, None where there is none."""
    name = TABLES.get(typist)
    return Frequent(name) if name and (root("data") / "typing" / f"{name}.tsv").is_file() else None


def pack(
    base: int, total: int, scores: Sequence[int] = (), barred: Sequence[int] = (), sums: Sequence[int] = ()
) -> tuple[str, str]:
    """Write a row's two cells; an odd number of scores is filled up."""
    filled = [*scores, _FILL]
    pairs = zip(filled[::2], filled[1::2])
    head = _digits(base - LOW, 2) + _digits(total, 5) + "".join(_digits(a * _LEVELS + b, 3) for a, b in pairs)
    tail = "".join(_digits(x, 4) for x in sums) or _NONE.decode()
    return head, tail + "".join(_digits(at, 1) for at in barred)


def _number(digits: bytes) -> int:
    number = 0
    for digit in digits:
        number = number * BASE + digit - _FIRST
    return number


def _digits(number: int, count: int) -> str:
    if not 0 <= number < BASE**count:
        raise ValueError(f"{number} has no {count} digits")
    return "".join(chr(_FIRST + number // BASE**n % BASE) for n in reversed(range(count)))


def weights_of(scores: Iterable[int]) -> list[int]:
    """Turn scores above the least into weights."""
    power = powers()
    return [power[x] if 0 < x <= DEPTH else 0 for x in scores]


def digest() -> str:
    """Hash what the tables are made of (-> 16 hex digits)."""
    h = blake2b(digest_size=8)
    for name in SOURCES:
        h.update((root("data") / f"{name}.tsv").read_bytes())
    return h.hexdigest()
