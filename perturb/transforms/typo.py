"""Slips of the hand and words spelt wrong, where people make them and as they make them.

Which word is hit goes by its length (``text.misspellable``), what becomes of it by the typing model learnt from people
(perturb/language/typing). So "their" loses its order, "success" its second letters, and hardly any word its first one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import NAME, Proposals, Text
from perturb.core.words import Word
from perturb.language.typing.kinds import slips_of
from perturb.language.typing.knowledge import unknown
from perturb.language.typing.model import Slip
from perturb.language.typing.spelling import Spelling, cased, speller

# Letters of a word that somebody types. A longer one is a run of letters, for which 53 edits a letter are not weighed.
LONGEST = 64
# A word is taken at once where so much of what befalls it, in a million, is of the kind; others are often passed over.
_PRONE = {"omit": 400_000, "undouble": 200_000, "double": 100_000, "insert": 200_000, "swap": 200_000, "vowel": 120_000}


@transform("typo.misspell", rate=0.02, reach="form", trait="typo", wordwise=True)
def misspell(text: Text, rng: Rng, *, typist: str = "residual", keyboard: str = "qwerty") -> Proposals:
    """Misspell a word as a person might, every time where they do not know better ("withdrawal" -> "withdrawl")."""
    offered, sums = text.misspellable if typist != "hasty" else text.once("typo.hasty", lambda: _evenly(text))
    known = _spellings(typist, keyboard, text.raw.isupper())
    raw, mask, pick, below = text.raw, text.mask, rng.pick, rng.below
    done: set[str] = set()  # nobody misspells a word in two ways
    seen: set[int] = set()
    for n in range(5 * len(offered)):
        # as rng.by_weight, written out since this is the hot path; at last those that were not drawn
        at = pick(sums) if n < 4 * len(offered) else n - 4 * len(offered)
        if at in seen:
            continue
        seen.add(at)
        start, word = offered[at]
        spelling = known[word]
        if spelling is None or spelling.word in done:
            continue
        drawn = below(spelling.sums[-1])
        at = bisect_right(spelling.sums, drawn)
        written = spelling.made[at] or spelling.finish(rng, at, drawn)
        if not written:
            continue
        edit = (start, start + len(word), written if word == spelling.word else cased(word, written))
        if _twice(raw, word[1:]) and unknown(spelling.word, written, name=mask[start] == NAME and len(word) > 3):
            same = text.once("typo.same", lambda: _same(text))[word.lower(), len(word)]
            # a word that stands here n times is drawn n times as often
            if len(same) > 1 and rng.below(len(same)):
                continue
            done.add(spelling.word)
            others = [(s, s + len(w), cased(w, written)) for s, w in same if s != start]
            yield [edit, *others] if others else edit
        else:
            done.add(spelling.word)
            yield edit


def _twice(raw: str, part: str) -> bool:
    """Tell whether a part stands there twice, without counting them all."""
    return raw.find(part, raw.find(part) + len(part)) >= 0


def _same(text: Text) -> dict[tuple[str, int], list[Word]]:
    """List where a word stands, whatever its case."""
    found: dict[tuple[str, int], list[Word]] = {}
    for word in text.misspellable[0]:
        found.setdefault((word[1].lower(), len(word[1])), []).append(word)
    return found


def _evenly(text: Text) -> tuple[list[Word], Sequence[int]]:
    """Weigh words for haste: by length to the power 0.9, as in chat, rather than 2.9."""
    offered, _ = text.misspellable
    return offered, list(accumulate([_EVEN[min(len(w), len(_EVEN) - 1)] for _, w in offered]))


_EVEN = [0, 10, 19, 27, 35, 43, 50, 58, 65, 72, 79, 87, 94, 101, 107, 114, 121, 128, 135, 142, 148]


class _Spellings(dict[str, "Spelling | None"]):
    """Words' misspellings as they are written with their capitals; None for DNA, iPhone, and words of two letters."""

    def __init__(self, typist: str, keyboard: str, shouting: bool) -> None:
        super().__init__()
        self.speller, self.shouting = speller(typist, keyboard), shouting

    def __missing__(self, word: str) -> Spelling | None:
        if len(self) > 65536:
            self.clear()
        low = word.lower()
        fit = 2 < len(word) <= LONGEST and (word[1:].islower() or self.shouting) and len(low) == len(word)
        fit = fit and (word.isascii() or 4 * sum("a" <= c <= "z" for c in low) >= 3 * len(low))  # no other script
        found = self[word] = self.speller[low] if fit else None
        return found


_spellings = lru_cache(maxsize=64)(_Spellings)


@transform("typo.omit", rate=0.02, reach="form", trait="typo", wordwise=True)
def omit(text: Text, rng: Rng, *, longer_than: int = 3) -> Proposals:
    """Lose a letter that is easily lost ("different" -> "diffrent")."""
    return _slips(text, rng, "omit", longer_than)


@transform("typo.undouble", rate=0.02, reach="form", trait="typo", wordwise=True)
def undouble(text: Text, rng: Rng, *, longer_than: int = 4) -> Proposals:
    """Write one letter where two belong ("tomorrow" -> "tomorow")."""
    return _slips(text, rng, "undouble", longer_than)


@transform("typo.double", rate=0.02, reach="form", trait="typo", wordwise=True)
def double(text: Text, rng: Rng, *, longer_than: int = 3) -> Proposals:
    """Write two letters where one belongs ("amount" -> "ammount")."""
    return _slips(text, rng, "double", longer_than)


@transform("typo.insert", rate=0.02, reach="form", trait="typo", wordwise=True)
def insert(text: Text, rng: Rng, *, longer_than: int = 3) -> Proposals:
    """Add a letter that does not belong ("argument" -> "arguement")."""
    return _slips(text, rng, "insert", longer_than)


@transform("typo.neighbor", rate=0.02, reach="form", trait="typo", wordwise=True)
def neighbor(text: Text, rng: Rng, *, keyboard: str = "qwerty", longer_than: int = 3) -> Proposals:
    """Hit the key beside the right one ("money" -> "monwy")."""
    return _slips(text, rng, "neighbor", longer_than, keyboard)


@transform("typo.swap", rate=0.02, reach="form", trait="typo", wordwise=True)
def swap(text: Text, rng: Rng, *, longer_than: int = 2) -> Proposals:
    """Write two letters in the wrong order ("their" -> "thier")."""
    return _slips(text, rng, "swap", longer_than)


@transform("typo.vowel", rate=0.02, reach="form", trait="typo", wordwise=True)
def vowel(text: Text, rng: Rng, *, longer_than: int = 4) -> Proposals:
    """Take one vowel for another ("separate" -> "seperate")."""
    return _slips(text, rng, "vowel", longer_than)


@transform("typo.slip", rate=0.02, reach="form", trait="typo", wordwise=True)
def slip(text: Text, rng: Rng, *, keyboard: str = "qwerty", longer_than: int = 2) -> Proposals:
    """Make any slip of one letter, each kind as often as people do ("because" -> "becuase")."""
    return _slips(text, rng, "slip", longer_than, keyboard)


def _slips(text: Text, rng: Rng, kind: str, longer_than: int, keyboard: str = "qwerty") -> Proposals:
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


Found: TypeAlias = "tuple[list[Slip], Sequence[int]] | None"


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
        if not self.longer_than < len(word) <= LONGEST or not (word[1:].islower() or self.shouting):
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
