"""Words as a recogniser writes them, however they were typed: it never saw the keys ("how r u", "ths" -> "how are you", "this")."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.text import NAME, Edit, Text
from perturb.language.lexicon import like_case, rows, words
from perturb.language.places import ahead, behind, has_letters
from perturb.language.speech.phones import known


def respelt(text: Text, names: bool = True) -> list[Edit]:
    """List the words that were typed short, wrong or without a mark, each with the word that was meant."""
    found: list[Edit] = []
    for start, word in text.words:
        raw, end = text.raw, start + len(word)
        if raw[start - 1 : start] in _TIED or raw[end : end + 1] in _TIED or text.mask[start] == NAME:
            continue
        new = meant(word, names)
        if new and (len(word) > 1 or word in "iI" or _stands_for_word(raw, start, end)):
            found.append((start, end, new))
    return found


_TIED = frozenset("'’-/.=+*^_&@#")
_BESIDE = frozenset("u you we they i it my the a how what where when can do did will if to so and".split())


def _stands_for_word(raw: str, start: int, end: int) -> bool:
    """Tell whether a single letter is a word there ("how r u"), and no quantity ("if r is 3")."""
    beside = {behind(raw, start)[1], ahead(raw, end)[1]}
    return not has_letters(raw) and not _named(raw) and bool(beside & _BESIDE)


def _named(raw: str) -> bool:
    """Tell whether letters have values in a text ("r is 3", "r = 3")."""
    return re.search(r"\b[a-z] (?:is|=|equals|be) ", raw) is not None


def meant(word: str, names: bool) -> str:
    """Give the word that somebody meant who typed another, "" where it stands right ("u" -> "you", "ths" -> "this")."""
    low = word.lower().replace("’", "'")
    if low == "i" or re.fullmatch(r"i'(?:m|ve|ll|d)", low):
        return "I" + word[1:] if names and word[0] == "i" else ""
    if not word.isascii() or (word.isupper() and len(word) > 1):
        return ""
    new = _short().get(low, "")
    if not new and len(low) > 2 and low.isalpha() and low not in known() and low not in _dictionary():
        new = _wrong().get(low, "")
    return (new if new[:1] == "I" and names else like_case(word, new.lower())) if new else ""


@cache
def _short() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("asr", "typed")}


@cache
def _dictionary() -> frozenset[str]:
    return words("words", "en") | words("words", "en_wordnet") | words("functions") | words("slots")


@cache
def _wrong() -> dict[str, str]:
    """Give what misspellings stand for, where it is one word alone ("recieve" -> receive)."""
    found: dict[str, tuple[int, str]] = {}
    for part in ("en", "en_sa"):
        for row in rows("misspellings", part):
            right, wrong, weight = row[0].lower(), row[1].lower(), int(row[2])
            if weight > found.get(wrong, (0, ""))[0]:
                found[wrong] = weight, right
    listed = [(wrong, right) for right, many in rows("misspellings", "en_listed") for wrong in many.split()]
    return {**dict(listed), **{wrong: right for wrong, (_, right) in found.items()}}
