"""Misspellings on record: what people wrote for that very word, as often as they wrote it (``data/misspellings``)."""

from __future__ import annotations

from functools import cache
from itertools import accumulate

from perturb.language.lexicon import rows
from perturb.language.slips import is_word, unfit

Listed = tuple[list[str], list[int]]

# Shipped as one file per licence, used as one table.
PARTS = {"en": ("en", "en_sa")}
_VOWELS = frozenset("aeiouy")
_SOUND_ALIKE = frozenset("cksqz")


@cache
def documented(table: str = "en") -> dict[str, Listed]:
    """Read word -> its misspellings with running sums; a user's own file needs no third column."""
    found: dict[str, dict[str, int]] = {}
    for part in PARTS.get(table, (table,)):
        for row in rows("misspellings", part):
            word = row[0].lower()
            if table in PARTS and not likely(word, row[1]):
                continue
            by = found.setdefault(word, {})
            weight = int(row[2]) if len(row) > 2 and row[2].isdigit() else 100
            by[row[1]] = by.get(row[1], 0) + weight
    return {word: (list(by), list(accumulate(by.values()))) for word, by in found.items()}


@cache
def listed() -> dict[str, str]:
    """Read word -> misspellings that a list has of it, without counts ("bayou" -> "biyou")."""
    return {row[0]: row[1] for row in rows("misspellings", "en_listed")}


def no_word(word: str, written: str) -> bool:
    """Tell whether one may write this for a word: no other word, nothing coarse ("form", "from" -> False)."""
    if written == word or is_word(written) or unfit(word, written):
        return False
    return written not in documented() and written not in listed()


def likely(word: str, written: str) -> bool:
    """Tell whether a writer could leave this standing: the first letter is right, and the end is not missing.

    On record are also slips that everybody sees at once ("xou", "atatus", "compa"). A first letter swapped
    ("hte"), a vowel for a vowel ("inough") or a mute one lost ("nowledge") do stay.
    """
    if len(written) + 1 < len(word) and word.startswith(written):
        return False
    if written[0] == word[0] or written[:2] == word[1::-1]:
        return True
    if (word[:2] == "ph" and written[0] == "f") or {word[0], written[0]} <= _SOUND_ALIKE:
        return True
    return (word[0] in _VOWELS and written[0] in _VOWELS) or (word[0] in "kpwh" and written[0] == word[1])
