"""Slips of the hand: a letter lost, doubled, added, mistaken or swapped, where people make them.

Which word is hit goes by its length (``text.misspellable``), which letter by the measured rates of
``data/slips``: slips per 100,000 chances in a context of letters. So "their" loses its order, "success" its second
letters, and hardly any word its first one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.language.slips import Slip, slips_of

# A word is taken at once where its chances add up to this; one less prone to the slip is often passed over.
_PRONE = {"omit": 30_000, "undouble": 30_000, "double": 8_000, "insert": 8_000, "swap": 15_000, "vowel": 4_000}


@transform("typo.omit", rate=0.02, reach="form", trait="typo")
def omit(text: Text, rng: Rng, *, longer_than: int = 3) -> Proposals:
    """Lose a letter that is easily lost ("different" -> "diffrent")."""
    return _slips(text, rng, "omit", longer_than)


@transform("typo.undouble", rate=0.02, reach="form", trait="typo")
def undouble(text: Text, rng: Rng, *, longer_than: int = 4) -> Proposals:
    """Write one letter where two belong ("tomorrow" -> "tomorow")."""
    return _slips(text, rng, "undouble", longer_than)


@transform("typo.double", rate=0.02, reach="form", trait="typo")
def double(text: Text, rng: Rng, *, longer_than: int = 3) -> Proposals:
    """Write two letters where one belongs ("amount" -> "ammount")."""
    return _slips(text, rng, "double", longer_than)


@transform("typo.insert", rate=0.02, reach="form", trait="typo")
def insert(text: Text, rng: Rng, *, longer_than: int = 3) -> Proposals:
    """Add a letter that does not belong ("argument" -> "arguement")."""
    return _slips(text, rng, "insert", longer_than)


@transform("typo.neighbor", rate=0.02, reach="form", trait="typo")
def neighbor(text: Text, rng: Rng, *, keyboard: str = "qwerty", longer_than: int = 3) -> Proposals:
    """Hit the key beside the right one ("money" -> "monwy")."""
    return _slips(text, rng, "neighbor", longer_than, keyboard)


@transform("typo.swap", rate=0.02, reach="form", trait="typo")
def swap(text: Text, rng: Rng, *, longer_than: int = 2) -> Proposals:
    """Write two letters in the wrong order ("their" -> "thier")."""
    return _slips(text, rng, "swap", longer_than)


@transform("typo.vowel", rate=0.02, reach="form", trait="typo")
def vowel(text: Text, rng: Rng, *, longer_than: int = 4) -> Proposals:
    """Take one vowel for another ("separate" -> "seperate")."""
    return _slips(text, rng, "vowel", longer_than)


@transform("typo.slip", rate=0.02, reach="form", trait="typo")
def slip(text: Text, rng: Rng, *, keyboard: str = "qwerty", longer_than: int = 2) -> Proposals:
    """Make any slip of one letter, each kind as often as people do ("because" -> "becuase")."""
    return _slips(text, rng, "slip", longer_than, keyboard)


def _slips(text: Text, rng: Rng, kind: str, longer_than: int, keyboard: str = "") -> Proposals:
    """Propose slips of a kind; rng.by_weight is written out here, since this loop is the hot path."""
    offered, sums = text.misspellable
    known = _written(kind, keyboard, longer_than, text.raw.isupper())
    prone, pick = _PRONE.get(kind, 0), rng.pick
    passed: list[tuple[int, Found]] = []
    seen: set[int] = set()
    for _ in range(4 * len(offered)):
        at = pick(sums)
        if at in seen:
            continue
        seen.add(at)
        start, word = offered[at]
        found = known[word]
        if found is None:
            continue
        # less prone words are passed over, and come again when nothing else is left
        if prone and found[1][-1] < prone and rng.below(prone) >= found[1][-1]:
            passed.append((start, found))
            continue
        i, j, new = found[0][pick(found[1])]
        yield start + i, start + j, new
    rest = [(offered[at][0], known[offered[at][1]]) for at in range(len(offered)) if at not in seen]
    for start, found in [*rng.shuffled(rest), *passed]:
        if found is not None:
            i, j, new = found[0][pick(found[1])]
            yield start + i, start + j, new


Found: TypeAlias = "tuple[list[Slip], list[int]] | None"


class _Written(dict[str, Found]):
    """Words' slips as they are written with their capitals, with running sums; None for DNA, iPhone, short words."""

    def __init__(self, kind: str, keyboard: str, longer_than: int, shouting: bool) -> None:
        super().__init__()
        self.kind, self.keyboard, self.longer_than, self.shouting = kind, keyboard, longer_than, shouting

    def __missing__(self, word: str) -> Found:
        if len(self) > 65536:
            self.clear()
        self[word] = found = self.of(word)
        return found

    def of(self, word: str) -> Found:
        if len(word) <= self.longer_than or not (word[1:].islower() or self.shouting):
            return None
        found = slips_of(self.kind, word.lower(), self.keyboard)
        if found is None or len(word) != found[2]:
            return None
        if word.islower():
            return found[0], found[1]
        return [_cased(word, *slip) for slip in found[0]], found[1]


_written = lru_cache(maxsize=256)(_Written)


def _cased(word: str, i: int, j: int, new: str) -> Slip:
    """Keep the capitals where they stood ("The", "ht" for "Th" -> "Ht"; a lost "T" -> "He")."""
    if word.isupper():
        return i, j, new.upper()
    if i == j == 0 and word[0].isupper():
        return 0, 1, new.upper() + word[0].lower()
    if i == 0 < j and word[0].isupper():
        if not new:
            j, new = 2, word[1]
        new = new[0].upper() + new[1:]
    return i, j, new
