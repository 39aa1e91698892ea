"""Words without their commonest endings."""

from __future__ import annotations


def stem(word: str) -> str:
    """Take the commonest endings off a word ("cards" -> "card", "ordering" -> "order")."""
    word = word.replace("’", "'").removesuffix("'s")
    for ending in ("ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")
