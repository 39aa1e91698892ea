"""What a word says of itself wherever it stands: a slot's word, a number, a capital, a unit, a hint of a locked form."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from perturb.core.text import FREE, LOCKED, NAME, SLOT
from perturb.language.lexicon import rows, words
from perturb.language.locked import DIGIT, hints_of

T = TypeVar("T")

# What a word is by its letters alone: 0 for most.
SLOT_WORD, NUMBER_WORD, UNIT, NAMED, IDENTIFIED, MONTH, LOUD, CAPITAL, DIGITS = range(1, 10)
# Beside it bits say whether its place matters and whether it is a unit behind a number; then stand the hints of locked.py.
KIND, LOOK, MEASURE, KIND_BITS = 15, 16, 32, 6
HAS_DIGIT = DIGIT << KIND_BITS

_CAMEL = re.compile(r"[a-z]+[A-Z]|[A-Za-z]+\d|\d+[A-Za-z]")
_IDENTIFIER = re.compile(r"[a-z]{2,}\d*(?:[A-Z][a-z0-9]+)+")  # userName, not iPhone or macOS
_MONTHS = frozenset({"March", "May"})  # words too, unlike June


@cache
def slot_kinds(lang: str = "en") -> dict[str, str]:
    """Read the words a right answer may hang on ("never" -> "negation")."""
    return {row[0]: row[1] for row in rows("slots", lang)}


@cache
def _common(lang: str = "en") -> frozenset[str]:
    return words("functions", lang) | words("polite", lang) | frozenset(slot_kinds(lang))


@cache
def _known(lang: str = "en") -> frozenset[str]:
    return words("words", lang) | words("words", f"{lang}_wordnet")


def _unknown(low: str) -> bool:
    """Tell whether a short word at a sentence's start is in no list, so that it is likely a name ("Jamaar")."""
    return len(low) <= 8 and low not in _known() and not low.endswith(("ing", "ly", "ed", "s"))


@cache
def _first_names(lang: str = "en") -> frozenset[str]:
    return frozenset(w.lower() for w in words("names", lang))


def _says(word: str) -> int:
    """Give all that a word says, as one number."""
    kind, hints = _kind(word), hints_of(word)
    measure = word in _SHORT_UNITS or slot_kinds().get(word.lower()) == "unit"
    look = measure or kind in (UNIT, MONTH, LOUD, CAPITAL) or hints & DIGIT
    return hints << KIND_BITS | (MEASURE if measure else 0) | (LOOK if look else 0) | kind


def _level(piece: str) -> bytes:
    """Give the mask of a word that is the same wherever it stands."""
    kind = said_of[piece] & KIND if piece else 0
    level = {DIGITS: SLOT, SLOT_WORD: SLOT, NUMBER_WORD: SLOT, NAMED: NAME, IDENTIFIED: LOCKED}.get(kind, FREE)
    return bytes([level]) * len(piece)


def _kind(word: str) -> int:
    """Say what a word is ("never" -> a slot, "Rome" -> a capital, "card" -> 0)."""
    if word.isascii() and word.isdigit():
        return DIGITS
    low = word.lower()
    kinds = slot_kinds()
    kind = kinds.get(low)
    if kind is None and not low.isalpha():
        kind = _kind_of(low, kinds)
    if kind is not None:
        return {"number": NUMBER_WORD, "unit": UNIT}.get(kind, SLOT_WORD)
    if low == word:
        named = (low in _first_names() and low not in _WORDLIKE) or (not word.isalpha() and _CAMEL.match(word))
        return NAMED if named else 0
    if word[0].islower() and _CAMEL.match(word):
        return IDENTIFIED if _IDENTIFIER.fullmatch(word) else NAMED
    if word in _MONTHS:
        return MONTH
    if low == "i" or low[:2] in ("i'", "i’"):
        return 0
    if len(word) > 1 and word.isupper():
        return LOUD
    return CAPITAL if word[0].isupper() else 0


def _kind_of(low: str, kinds: dict[str, str]) -> str | None:
    """Give the kind of a slot word with an apostrophe ("don't", "what's", "friday's")."""
    low = low.replace("’", "'")
    if low.endswith("n't"):
        return "negation"
    base = low.split("'")[0]
    return "question" if base in _ASKING and base != low else kinds.get(low.removesuffix("'s"))


_ASKING = frozenset("what who where when how which why".split())
_WORDLIKE = frozenset("will may mark grace hope faith joy rose bill art jack drew pat sue ray dean grant chase rich frank "
                      "christian guy miles dale lane penny ruby amber violet iris ivy april june august summer autumn "
                      "melody harmony olive pearl jade crystal daisy lily misty sandy".split())  # fmt: skip
_SHORT_UNITS = frozenset(
    "m g l L h s ft am pm AM PM cm mm km kg mg ml mL lb lbs oz min sec hr hrs V W J N Hz K C F".split()
)


def _opener(word: str) -> tuple[str, bool] | None:
    """Say of a capital at a sentence's start what it would be the name of, and whether it is surely one; None for "The"."""
    low = word.lower()
    base = low.replace("’", "'").removesuffix("'s")
    if base in _common():
        return None
    return base, base in _first_names() or _unknown(base) or (base != low and base not in _ASKING)


class Kept(dict[str, T]):
    """What is known of words, each worked out when it is first met: a few hundred make up most texts."""

    def __init__(self, work_out: Callable[[str], T]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, word: str) -> T:
        if len(self) > 65536:
            self.clear()
        self[word] = found = self.work_out(word)
        return found


said_of, level_of, opener_of = Kept(_says), Kept(_level), Kept(_opener)
