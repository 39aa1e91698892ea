"""Misspellings on record: what people wrote for that very word, as often as they wrote it."""

from __future__ import annotations

from functools import cache
from itertools import accumulate

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.language.lexicon import rows

# Shipped as one file per licence, used as one table.
_PARTS = {"en": ("en", "en_sa")}


@transform("misspelling.attested", rate=0.02, reach="form", trait="typo")
def attested(text: Text, rng: Rng, *, table: str = "en", longer_than: int = 2) -> Proposals:
    """Misspell a word in a way that people have ("separate" -> "seperate")."""
    known = _known(table)
    offered, sums = text.misspellable
    for start, word in rng.by_weight(offered, sums):
        found = known.get(word.lower()) if len(word) > longer_than else None
        if found is None:
            continue
        new = found[0][rng.pick(found[1])]
        if word[0].isupper():
            new = new.upper() if word.isupper() else new.capitalize()
        yield start, start + len(word), new


_VOWELS = frozenset("aeiouy")
_SOUND_ALIKE = frozenset("cksqz")


def _likely(word: str, written: str) -> bool:
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


@cache
def _known(table: str) -> dict[str, tuple[list[str], list[int]]]:
    """Read word -> its misspellings with running sums; a user's own file needs no third column."""
    found: dict[str, dict[str, int]] = {}
    for part in _PARTS.get(table, (table,)):
        for row in rows("misspellings", part):
            if table in _PARTS and not _likely(row[0].lower(), row[1]):
                continue
            by = found.setdefault(row[0].lower(), {})
            weight = int(row[2]) if len(row) > 2 and row[2].isdigit() else 100
            by[row[1]] = by.get(row[1], 0) + weight
    return {word: (list(by), list(accumulate(by.values()))) for word, by in found.items()}
