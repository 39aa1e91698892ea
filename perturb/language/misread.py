"""What a scanner may not make of a word: another word, a number, nothing at all, anything coarse."""

from __future__ import annotations

from functools import cache

from perturb.core.edits import apply
from perturb.core.text import WORD, Edit, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.lexicon import words
from perturb.language.slips import NOTES, coarse


@cache
def _words() -> frozenset[str]:
    return words("words", "en") | words("words", "en_wordnet") | words("functions", "en") | words("slots", "en") | NOTES


def word_at(raw: str, start: int, end: int = -1) -> tuple[int, int]:
    """Give where the letters around an edit begin and end ("a car.", 3 -> (2, 5))."""
    a, b = start, max(start, end)
    while a and raw[a - 1].isalpha():
        a -= 1
    while b < len(raw) and raw[b].isalpha():
        b += 1
    return a, b


def possible(text: Text, start: int, end: int, new: str, numbered: bool) -> bool:
    """Tell whether an event makes no other word, no number, nothing coarse and not nothing at all ("corn" as "com": True)."""
    raw = text.raw
    a, b = word_at(raw, start, end)
    old, made = raw[a:b], raw[a:start] + new + raw[end:b]
    if not made.strip() and old.strip():
        return False
    if not all(c.isalpha() for c in new) and any(c.isdigit() for c in new):
        inside = a < start and end < b
        if numbered or (not inside and (start > a or b - end < 2 or made[1:].lower() in ("th", "st", "nd", "rd"))):
            return False  # beside numbers a digit would be read as one
    # Where only a capital went wrong the word is the same; where a mark or a space did, no word was misread.
    same_word = made.lower() == old.lower() or not old.isalpha()
    parts = _parts(made)
    return (same_word or not _another(old, made, parts)) and not _coarse(old, made, parts)


def possible_together(raw: str, edits: list[Edit]) -> bool:
    """Tell whether two events of one word make no other of it ("a nd" and "ano" of "and", together "a no" -> False)."""
    edits = sorted(edits)
    a, b = word_at(raw, edits[0][0])[0], word_at(raw, *edits[-1][:2])[1]
    if any(one[1] > two[0] for one, two in zip(edits, edits[1:])):
        return True  # they meet: the engine refuses the second
    old, made = raw[a:b], apply(raw[a:b], [(s - a, e - a, new) for s, e, new in edits])
    # Whatever they hit: two events that undo one another, or that join two words to a third, are refused too.
    parts = _parts(made)
    return not _another(old, made, parts) and not _coarse(old, made, parts)


def _parts(made: str) -> list[str]:
    return [m[0] for m in WORD.finditer(made.lower())]


def _coarse(old: str, made: str, parts: list[str]) -> bool:
    """Tell whether what was made of a word, or a part of it, is coarse."""
    return any(coarse(old.lower(), part) for part in (made.lower(), *parts))


def _another(old: str, made: str, parts: list[str]) -> bool:
    """Tell whether what was made of a word is a known word, or parts that say something else ("notable" -> "not able")."""
    slots = words("slots", "en")
    halves = any(p in slots or p in NUMBER_WORDS for p in parts) and old.lower() not in parts
    return halves or made.lower() in _words()
