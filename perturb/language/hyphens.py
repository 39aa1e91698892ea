"""Where a printer divides a word at the end of a line, by rule ("interesting" -> in-ter-est-ing)."""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
# Two letters that stand for one sound, or that begin a syllable together, are not parted.
_PAIRS = frozenset("ch sh th ph wh gh ck qu bl br cl cr dr fl fr gl gr pl pr sc sk sl sm sn sp st sw tr tw".split())


@lru_cache(maxsize=16384)
def divisions(word: str) -> tuple[int, ...]:
    """List the places where a lower-case word may be divided, two letters before and three after at least.

    Between two consonants that a vowel stands before and behind ("num-ber"), else before the one consonant between two
    vowels ("re-main"). A rule of thumb: it knows no etymology.
    """
    found = []
    for i in range(2, len(word) - 2):
        before, a, b = word[i - 2] in _VOWELS, word[i - 1], word[i]
        if not (a.isalpha() and b.isalpha()):
            continue
        if a not in _VOWELS and b not in _VOWELS:
            if before and word[i + 1] in _VOWELS and a + b not in _PAIRS:
                found.append(i)
        elif a in _VOWELS and b not in _VOWELS and word[i + 1] in _VOWELS and _rest(word, i + 1):
            found.append(i)
    if word.endswith("ing") and len(word) - 4 in found and word[-4] != word[-5]:
        found[found.index(len(word) - 4)] = len(word) - 3  # "follow-ing"; but "run-ning"
    return tuple(found)


def _rest(word: str, at: int) -> bool:
    """Tell whether the vowel at ``at`` is sounded: not the e of an ending ("re-mote", "us-ing", "named")."""
    return word[at:] not in ("e", "ed", "es") and word[at] in _VOWELS
