"""What the typing model says of frequent words, worked out before: sums by place, so that a word met costs a look (docs/typing.md).

Nothing here is a fact of its own: every number is what ``Model`` gives, and words that are not in the table are scored. It is
written by tools/build_frequent.py; a row has

- the least score that counts in two digits, five of the weights' sum, and the scores above the least, two in three digits: of
  each letter lost, each two swapped, each key beside the right one (0 where the result is a word, or too seldom), each misspelling
  that codespell's list has;
- for each gap the sum of the weights of letters put in, for each letter that of those put for it, in four digits.

Digits are those to base 94, from "!" to "~".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

from perturb.language.typing.weights import DEPTH, powers
from perturb.resources import root

TABLES = {"residual": "frequent", "hasty": "frequent_hasty"}  # by typist, at a QWERTY keyboard
# What they are made of: the model, and what is no word.
SOURCES = (
    "typing/en", "typing/trigrams", "typing/typists", "keyboards/qwerty", "words/en", "words/en_wordnet", "words/coarse",
    "misspellings/en", "misspellings/en_sa", "misspellings/en_listed", "pronunciations/en", "names/en",
)  # fmt: skip
BASE = 94
NO_EDIT = DEPTH + 1  # stands for a listed misspelling that is no single edit
_FILL = DEPTH + 2  # makes the number of scores even
_LEVELS = DEPTH + 3  # of a score above the least
LOW = -4000  # the least base
_FIRST = 33
_PAIR = _FIRST * (BASE * BASE + BASE + 1)
_FOUR = _FIRST * (BASE**3 + BASE * BASE + BASE + 1)


class Known:
    """What the table has of a word; ``scores`` are above ``base``: losses, swaps, near keys, listed."""

    __slots__ = ("base", "scores", "sums", "total")

    def __init__(self, base: int, total: int, scores: list[int], sums: list[int]) -> None:
        self.base, self.total, self.scores, self.sums = base, total, scores, sums


class Frequent:
    """A table of words, each read when it is asked for (``Frequent("frequent").get("their")``)."""

    def __init__(self, name: str) -> None:
        self.lines = (root("data") / "typing" / f"{name}.tsv").read_bytes().rstrip(b"\n").split(b"\n")

    def get(self, word: str) -> Known | None:
        """Read a word's row, None where it has none."""
        if not word.isascii():
            return None
        key = word.encode() + b"\t"
        at = bisect_left(self.lines, key)
        if at == len(self.lines) or not self.lines[at].startswith(key):
            return None
        return unpack(*self.lines[at].split(b"\t")[1:])


@cache
def frequent(typist: str) -> Frequent | None:
    """Read a typist's table once, None where there is none."""
    name = TABLES.get(typist)
    return Frequent(name) if name and (root("data") / "typing" / f"{name}.tsv").is_file() else None


def unpack(head: bytes, tail: bytes) -> Known:
    """Read a row's two cells."""
    base, total = (head[0] - _FIRST) * BASE + head[1] - _FIRST + LOW, 0
    for digit in head[2:7]:
        total = total * BASE + digit - _FIRST
    rest = head[7:]
    pairs = [(a * BASE + b) * BASE + c - _PAIR for a, b, c in zip(rest[::3], rest[1::3], rest[2::3])]
    scores = [score for pair in pairs for score in (pair // _LEVELS, pair % _LEVELS)]
    if scores[-1] == _FILL:
        scores.pop()
    quads = zip(tail[::4], tail[1::4], tail[2::4], tail[3::4])
    return Known(base, total, scores, [((a * BASE + b) * BASE + c) * BASE + d - _FOUR for a, b, c, d in quads])


def pack(known: Known) -> tuple[str, str]:
    """Write a row's two cells."""
    scores = [*known.scores, _FILL]
    pairs = zip(scores[::2], scores[1::2])
    head = _digits(known.base - LOW, 2) + _digits(known.total, 5)
    return head + "".join(_digits(a * _LEVELS + b, 3) for a, b in pairs), "".join(_digits(x, 4) for x in known.sums)


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
