"""The regular part of English inflection, and "a" or "an": enough to put one word in another's place."""

from __future__ import annotations

import re
from functools import lru_cache

from perturb.core.text import LOCKED, Edit, Text
from perturb.language.lexicon import like_case

_VOWEL = re.compile(r"[aeiou]|hour|hono|honest|heir|8|11(?!\d)|18(?!\d)", re.IGNORECASE)
_NOT_VOWEL = re.compile(r"uni(?![nm])|us[aeu]|uti|uri|eu|ewe|one\b|once\b", re.IGNORECASE)
_ODD = {
    "child": "children", "foot": "feet", "goose": "geese", "half": "halves", "knife": "knives", "leaf": "leaves",
    "life": "lives", "loaf": "loaves", "man": "men", "mouse": "mice", "person": "people", "potato": "potatoes",
    "shelf": "shelves", "tomato": "tomatoes", "tooth": "teeth", "wife": "wives", "wolf": "wolves", "woman": "women",
    "hero": "heroes", "thief": "thieves", "fish": "fish", "sheep": "sheep", "deer": "deer", "species": "species",
}  # fmt: skip
ODD_PLURALS = frozenset(_ODD.values())
_NO_DOUBLE = frozenset("visit offer open cancel order enter answer listen happen consider deliver travel".split())


def plural(noun: str) -> str:
    """Give a noun's plural ("box" -> "boxes", "place to eat" -> "places to eat", "child" -> "children")."""
    for link in (" of ", " to "):
        if link in noun:
            first, rest = noun.split(link, 1)
            return plural(first) + link + rest
    head, _, last = noun.rpartition(" ")
    if last in _ODD:
        new = _ODD[last]
    elif re.search(r"[^aeiou]y$", last):
        new = last[:-1] + "ies"
    elif last.endswith(("man",)) and last not in ("human", "german", "roman"):
        new = last[:-3] + "men"
    else:
        new = last + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return f"{head} {new}" if head else new


@lru_cache(maxsize=4096)
def verb_forms(verb: str) -> tuple[str, str, str]:
    """Give a regular verb's -s, -ed and -ing ("stop" -> stops, stopped, stopping)."""
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if verb.endswith("ie"):
        return third, verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return third, verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) and verb not in _NO_DOUBLE:
        return third, verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    return third, verb + "ed", verb + "ing"


def begins_with_vowel(word: str) -> bool:
    """Tell whether "an" goes before a word ("hour": yes, "university": no)."""
    return bool(_VOWEL.match(word)) and not _NOT_VOWEL.match(word)


def replace_word(text: Text, start: int, end: int, new: str) -> list[Edit]:
    """Edit a word, and the "a" or "an" before it where the sound changes; [] where that article may not change.

    ("an old car", "old" -> "new": "a" for "an" and "new" for "old".) With ``new`` empty the word's space goes too.
    """
    raw = text.raw
    edits = [(start, end, like_case(raw[start:end], new))]
    after = new
    if not new:
        stop = text.over_space(end)
        edits, after = [(start, stop, "")], raw[stop : stop + 12]
    at = text.back_over_space(start)
    low = raw[max(at - 3, 0) : at].lower()
    for article in ("an", "a"):
        if low == article or (low.endswith(article) and not low[-len(article) - 1].isalnum()):
            right = "an" if begins_with_vowel(after) else "a"
            if right != article:
                first = at - len(article)
                if text.level(first, at) >= (LOCKED if text.reach == "loss" else 1):
                    return []
                # Only the "n" comes or goes: "An" stays a capital, "A" is no shouting.
                edits.insert(0, (first, at, raw[first] + right[1:]))
            break
    return edits
