"""Which capitals a recogniser gets wrong: nouns taken for names, the ends of names taken for plain words."""

from __future__ import annotations

from functools import cache, lru_cache

from perturb.core.text import NAME, Text, Word
from perturb.language.grammar import begins_noun, is_verb
from perturb.language.lexicon import words
from perturb.language.places import behind, is_base_verb, is_participle
from perturb.language.speech.fits import helped
from perturb.language.speech.phones import known
from perturb.language.wordkinds import place_sorts

_SHORTEST = 4
_COMMON = 13  # cost of hearing; a word as common as "card" is taken for a name beside a name alone
_RARE, _RAREST = 15, 18  # from here on a word by itself is a surname or a club ("Khan", "Broncos")
# Ends of names that every recogniser has met ("United States", "White House").
_FIXED = frozenset("states house kingdom nations union bowl ocean league states".split())


def name_runs(text: Text) -> list[list[Word]]:
    """List the words of each name that stand side by side ("the [Laing] [Art] [Gallery]")."""
    found: list[list[Word]] = []
    end = -2
    for start, word in text.words:
        if text.mask[start] == NAME and word.istitle():
            if start == end + 1 and found and text.raw[end] == " ":
                found[-1].append((start, word))
            else:
                found.append([(start, word)])
            end = start + len(word)
    return [run for run in found if text.raw[run[0][0] : run[-1][0] + len(run[-1][1])] not in place_sorts()]


@lru_cache(maxsize=4096)
def common_in_name(word: str, size: int) -> bool:
    """Tell whether a word in a name of ``size`` words is a plain word too ("Gallery"); alone, a common one ("Church")."""
    low = word.lower()
    if low in _FIXED or word in words("names") or not _plain(low) or word in _of_places():
        return False
    return known()[low][1] < (_RARE if size == 1 else _RAREST)


@cache
def _of_places() -> frozenset[str]:
    return frozenset(word for place in place_sorts() if " " in place for word in place.split())


def _plain(low: str) -> bool:
    mine = known().get(low)
    return (
        mine is not None
        and not mine[2]
        and len(low) >= _SHORTEST
        and not low.endswith("ed")
        and low not in words("functions")
    )


def taken_for_name(text: Text, start: int, word: str) -> bool:
    """Tell whether a plain word may be taken for a name: a noun, or what stands before one; a common one beside a name alone."""
    raw, end = text.raw, start + len(word)
    if not _plain(word) or word.endswith(("ly", "ing")) or is_participle(word):
        return False
    verb, led = (
        is_base_verb(word) or is_verb(word),
        begins_noun(raw, start) and behind(raw, start)[1] not in ("to", "that"),
    )
    beside = text.mask[end + 1 : end + 2] == bytes((NAME,))  # "eastern Europe", never "Rome announced"
    verb = verb or helped(raw, start)
    return (beside and not verb) or (led and not verb and known()[word][1] >= _COMMON)
