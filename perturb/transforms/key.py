"""Slips of the fingers alone: a key missed, hit twice or mistaken, whatever the word.

People who retype a text do not misspell it, they miss keys: any letter, the first too, and short words nearly as often as
long ones. Kinds and places go by ``data/keys``, which word by its length (to the power 1.2 in the questions counted there).
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import SLOT, Proposals, Text
from perturb.language.lexicon import like_case, rows
from perturb.language.slips import is_word, unfit

_WEIGHTS = [0, 0, 23, 37, 53, 69, 86, 103, 121, 140, 158, 178, 197]  # by length
_TWICE = 0.13  # of the words hit: two keys wrong
_COMMON = "eeetttaaooiinnssrrhhldcum"
_TRIES = 8


@transform("key.slip", rate=0.02, reach="form", trait="typo")
def slip(text: Text, rng: Rng, *, keyboard: str = "qwerty") -> Proposals:
    """Miss a key, or hit a wrong one or one too many ("about what" -> "bout whar")."""
    mask = text.mask
    offered = [w for w in text.words if len(w[1]) > 1 and mask[w[0]] != SLOT and _plain(w[1])]
    sums = list(accumulate(_WEIGHTS[min(len(w), len(_WEIGHTS) - 1)] for _, w in offered))
    for start, word in rng.by_weight(offered, sums):
        written = _slipped(word.lower(), rng, keyboard)
        if written:
            yield start, start + len(word), like_case(word, written)


def _plain(word: str) -> bool:
    return word.isalpha() and word.isascii() and (word.islower() or word.istitle())


def _slipped(word: str, rng: Rng, keyboard: str) -> str:
    for _ in range(_TRIES):
        written = _once(word, rng, keyboard)
        if len(written) > 2 and rng.chance(_TWICE):
            written = _once(written, rng, keyboard)
        if written and written != word and not is_word(written) and not unfit(word, written):
            return written
    return ""


def _once(word: str, rng: Rng, keyboard: str) -> str:
    kinds, sums = _kinds(len(word))
    kind, zone = kinds[rng.pick(sums)]
    at = (0, 1 + rng.below(max(1, len(word) - 2)), len(word) - 1)[zone]
    letter, near = word[at], _beside(keyboard).get(word[at], "")
    head, tail = word[:at], word[at + 1 :]
    if kind == "lose":
        return head + tail
    if kind == "swap":
        return head + tail[:1] + letter + tail[1:]
    if kind in ("echo", "add"):
        new = letter if kind == "echo" else rng.choice(word + _COMMON)
        return head + letter + new + tail if rng.chance(0.6) else head + new + letter + tail
    if not near:
        return word
    key = rng.choice(near)
    if kind == "beside":
        return head + key + tail
    if kind == "beside_too":
        return head + letter + key + tail if rng.chance(0.5) else head + key + letter + tail
    return head + rng.choice(word + _COMMON) + tail


@cache
def _kinds(size: int) -> tuple[list[tuple[str, int]], list[int]]:
    """List (kind, zone) with running sums; short words have no inside."""
    zones = (0, 1, 2) if size > 2 else (0, 2)
    found = [((row[0], zone), int(row[1 + zone])) for row in rows("keys", "slips") for zone in zones]
    return [f[0] for f in found], list(accumulate(f[1] for f in found))


@cache
def _beside(keyboard: str) -> dict[str, str]:
    return {row[0]: (row[1] + row[1] + row[2]).replace("-", "") for row in rows("keyboards", keyboard)}
