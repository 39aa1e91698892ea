"""What is known of letters: keys, hands and fingers, how a word sounds, how natural its letters look."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from perturb.evaluate.realism.align import VOWELS
from perturb.language.lexicon import words

_ROWS = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))
_PLACES = {c: (x + shift, float(y)) for y, (row, shift) in enumerate(_ROWS) for x, c in enumerate(row)}
_FINGERS = {c: n for n, keys in enumerate("qaz wsx edc rfvtgb yhnujm ik ol p".split()) for c in keys}
ADJACENT = 1.26  # key widths: keys that touch each other


@lru_cache(maxsize=4096)
def distance(a: str, b: str) -> float:
    """Give how far two keys of a QWERTY keyboard are apart, in key widths ("a", "s" -> 1.0); 9 where one has none."""
    if a not in _PLACES or b not in _PLACES:
        return 9.0
    (x, y), (u, v) = _PLACES[a], _PLACES[b]
    return math.sqrt((x - u) ** 2 + (y - v) ** 2)


def finger(c: str) -> int:
    """Number the finger that hits a key, 0 to 3 the left hand's, 4 to 7 the right hand's; -1 for other keys."""
    return _FINGERS.get(c, -1)


def hand(c: str) -> int:
    """Tell the hand that hits a key ("a" -> 0, "k" -> 1); -1 for other keys."""
    return _FINGERS.get(c, -4) // 4


_SOUNDS = [
    (re.compile(old), new)
    for old, new in (
        ("^(?:kn|gn|pn)", "n"), ("^wr", "r"), ("^x", "s"), ("^wh", "w"), ("mb$", "m"), ("ph", "f"), ("tch", "C"),
        ("(?:ti|ci|si|ssi|sci)(?=o|a|e[nd])", "S"), ("sh", "S"), ("sch", "sk"), ("ch", "C"), ("gh(?=[^aeiouy]|$)", ""),
        ("gh", "g"), ("dg(?=[eiy])", "j"), ("g(?=[eiy])", "j"), ("sc(?=[eiy])", "s"), ("c(?=[eiy])", "s"), ("ck", "k"),
        ("[cq]", "k"), ("x", "ks"), ("z", "s"), ("th", "T"), ("v", "f"), ("d(?=t)", ""),
    )
]  # fmt: skip


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Spell roughly how a word sounds, inner vowels left out ("recieve", "receive" -> the same)."""
    for old, new in _SOUNDS:
        word = old.sub(new, word)
    head = "A" if word[:1] in VOWELS else word[:1]
    rest = re.sub("[aeiouyhw]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", head + rest)


@cache
def known() -> frozenset[str]:
    """Give the words that a misspelling must not be (``data/words``)."""
    return words("words", "en") | words("words", "en_wordnet")


@cache
def _trigrams() -> tuple[dict[str, int], dict[str, int]]:
    three: dict[str, int] = {}
    two: dict[str, int] = {}
    for word in sorted(known()):
        padded = f"^^{word}$"
        for i in range(len(padded) - 2):
            three[padded[i : i + 3]] = three.get(padded[i : i + 3], 0) + 1
            two[padded[i : i + 2]] = two.get(padded[i : i + 2], 0) + 1
    return three, two


@lru_cache(maxsize=65536)
def natural(word: str) -> tuple[float, float]:
    """Give the mean and the least log-probability of a word's letters, each after the two before it (trigrams)."""
    three, two = _trigrams()
    padded = f"^^{word}$"
    logs = [
        math.log((three.get(padded[i : i + 3], 0) + 0.1) / (two.get(padded[i : i + 2], 0) + 2.7))
        for i in range(len(padded) - 2)
    ]
    return sum(logs) / len(logs), min(logs)
