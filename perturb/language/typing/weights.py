"""The learnt weights, as they are shipped (``data/typing``): whole numbers, in 32nds of a bit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import isqrt

from perturb.language.lexicon import rows
from perturb.language.typing.shape import CLASSES, EDGE, LETTERS, OPS, OTHER

UNIT = 32  # of a score: 32 more make an edit twice as likely
DEPTH = 20 * UNIT  # an edit a million times less likely than the likeliest is never made
FLOOR = -128  # a trigram with a character that is no letter, in eighths of a bit
SPAN = 1024  # of changes in trigram naturalness, eighths of a bit, both ways
STEP, BINS = 16, 20  # a change is binned by two bits

Key = tuple[int | str, ...]
Pairs = tuple[tuple[int, int], ...]  # letters' numbers with weights


class Weights:
    """Hold what was learnt: ``spelled[op + letters before + after][context]`` and ``of[template][key]``.

    Contexts of insertions and substitutions give ((letter's number, weight), …), the others one weight.
    """

    def __init__(self, learnt: Iterable[tuple[str, ...]]) -> None:
        self.one: dict[str, dict[str, int]] = {f"{op}{a}{b}": {} for op in "dt" for a in range(3) for b in range(3)}
        # As they stand in the file: a run sees one context in four, and pairs() reads those.
        self.many: dict[str, dict[str, str | Pairs]] = {
            f"{op}{a}{b}": {} for op in "is" for a in range(3) for b in range(3)
        }
        self.of: dict[str, dict[Key, int]] = {}
        number = {name: n for n, name in enumerate(CLASSES)}
        for template, context, weights in learnt:
            if template in self.one:
                self.one[template][context] = int(weights)
            elif template in self.many:
                self.many[template][context] = weights
            else:
                cells = context.split(" ")
                head = number[cells[0]] if cells[0] in number else OPS.index(cells[0])
                key = (head, *(int(c) if c.isdigit() else c for c in cells[1:]))
                self.of.setdefault(template, {})[key] = int(weights)

    def pairs(self, template: str, context: str) -> Pairs:
        """Look up what a context gives to each letter put there ("i10", "c" -> ((7, 31), …))."""
        return pairs(self.many[template], context)

    def get(self, template: str, *key: int | str) -> int:
        """Look a weight up, 0 where none was learnt ("place", 2, 5)."""
        found = self.of.get(template)
        return found.get(key, 0) if found else 0


def pairs(many: dict[str, str | Pairs], context: str) -> Pairs:
    """Read a template's context once."""
    found = many.get(context, ())
    if isinstance(found, str):
        found = many[context] = tuple([(ord(w[0]) - 97, int(w[1:])) for w in found.split(" ")])
    return found


@cache
def weights() -> Weights:
    """Read the weights once."""
    return Weights(rows("typing"))


@cache
def trigrams() -> dict[str, list[int]]:
    """Give for two letters how natural each third is: eighths of a bit, for a to z, the word's end, any other."""
    table = {pair: [*map(int, row.split(" ")), FLOOR] for pair, row in rows("typing", "trigrams")}
    alphabet = LETTERS + EDGE + OTHER
    blank = [FLOOR] * len(alphabet)
    return {a + b: table.get(a + b, blank) for a in alphabet for b in alphabet}


@cache
def powers() -> list[int]:
    """Give 2 ** (k / 32) for k from 0 to 640, as whole numbers from 1 up: by square roots of integers, so exact."""
    low = []
    for k in range(UNIT):
        root = 1 << (k + 16 * UNIT)
        for _ in range(5):
            root = isqrt(root)
        low.append(root)
    return [low[k % UNIT] << (k // UNIT) >> 16 for k in range(DEPTH + 1)]
