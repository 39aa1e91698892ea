"""Slips of the hand that a word invites, with how often people make them (``data/slips``, ``data/keyboards``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import accumulate

from perturb.language.lexicon import rows, words

Slip = tuple[int, int, str]
Candidates = Iterator[tuple[Slip, int]]

VOWELS = "aeiou"
DOUBLED = "lnrstmpcfdgbe"
CONFUSED = {"a": "ei", "e": "ai", "i": "ea", "o": "aeu", "u": "oa"}
ENDINGS = ("ing", "ed", "es")
LETTERS = "abcdefghijklmnopqrstuvwxyz"

# Adjacent keys are 3.5 % of residual edits, plain omissions 37 % at about 5,000 a letter (realism research).
_KEY = 470


@lru_cache(maxsize=65536)
def slips_of(kind: str, word: str, keyboard: str = "qwerty") -> tuple[list[Slip], list[int], int] | None:
    """List the slips of a kind that a lower-case word invites, with running sums of their weights, or None."""
    kinds = ("omit", "undouble", "double", "insert", "neighbor", "swap", "vowel") if kind == "slip" else (kind,)
    slips, weights = [], []
    for each in kinds:
        for (i, j, new), weight in _CANDIDATES[each](word, keyboard):
            written = word[:i] + new + word[j:]
            if len(written) > 1 and weight > 0 and not is_word(written) and not unfit(word, written):
                slips.append((i, j, new))
                weights.append(weight)
    return (slips, list(accumulate(weights)), len(word)) if slips else None


def _omissions(word: str, _: str) -> Candidates:
    for i, (a, b, c) in enumerate(_around(word)):
        if b in LETTERS and a != b != c:
            yield (i, i + 1, ""), _rate("omit", a + b + c)


def _undoublings(word: str, _: str) -> Candidates:
    for i, (_a, b, c) in enumerate(_around(word)):
        if b == c:
            yield (i + 1, i + 2, ""), _rate("undouble", b + c + (word + "$")[i + 2])


def _doublings(word: str, _: str) -> Candidates:
    for i, (a, b, c) in enumerate(_around(word)):
        # only letters that English doubles, unless someone did it right here
        if b in LETTERS and a != b != c and ((b in DOUBLED and i and c != "$") or _seen("double", a + b + c)):
            yield (i + 1, i + 1, b), _rate("double", a + b + c)


def _insertions(word: str, _: str) -> Candidates:
    """Add a letter that someone added there, an echo of one nearby, or a key beside its neighbours."""
    around, known, beside = f"^{word}$", _rates()["insert"], _keys("qwerty")
    for i in range(len(word) + 1):
        before, after = around[i], around[i + 1]
        echoes = around[max(i - 1, 0) : i + 3]
        near = {key for letter in (before, after) for key, _share in beside.get(letter, ())}
        for new in LETTERS:
            if new in (before, after):
                continue  # a doubled letter is another slip
            weight = known.get(before + new + after, 0)
            if not weight and 0 < i < len(word) and (new in echoes or new in near):
                weight = known.get(f"*{new}{after}", 0) // 2
            if weight:
                yield (i, i, new), weight


def _near_keys(word: str, keyboard: str) -> Candidates:
    beside = _keys(keyboard)
    for i, letter in enumerate(word):
        near = beside.get(letter)
        if near:
            letter_rate = _KEY * (15 if i == 0 else 100 if i < len(word) - 1 else 60) // 100
            for key, percent in near:
                yield (i, i + 1, key), max(1, letter_rate * percent // 100)


def _swaps(word: str, _: str) -> Candidates:
    for i, (a, b, c) in enumerate(_around(word)):
        if c != "$" and b != c:
            yield (i, i + 2, c + b), _rate("swap", a + b + c)


def _vowels(word: str, _: str) -> Candidates:
    """Confuse the vowels of weak syllables: not in words of one syllable, seldom in the first."""
    groups = 0
    for i, (a, b, c) in enumerate(_around(word)):
        if b not in VOWELS:
            continue
        groups += a not in VOWELS
        if i and a not in VOWELS and c not in VOWELS + "$" and _syllables(word) > 1 and word[i:] not in ENDINGS:
            for new in CONFUSED[b]:
                weight = _rate("vowel", a + b + new + c)
                yield (i, i + 1, new), weight if groups > 1 else weight // 4


def _syllables(word: str) -> int:
    """Count the vowel groups, a mute final e aside ("insurance" -> 3)."""
    body = word[:-1] if word.endswith("e") else word
    return sum(b in "aeiouy" and a not in "aeiouy" for a, b in zip("^" + body, body))


_CANDIDATES: dict[str, Callable[[str, str], Candidates]] = {
    "omit": _omissions,
    "undouble": _undoublings,
    "double": _doublings,
    "insert": _insertions,
    "neighbor": _near_keys,
    "swap": _swaps,
    "vowel": _vowels,
}


def _around(word: str) -> Iterator[tuple[str, str, str]]:
    """Give each letter between its neighbours ("at" -> ("^", "a", "t"), ("a", "t", "$"))."""
    return zip("^" + word, word, word[1:] + "$")


def _seen(kind: str, key: str) -> bool:
    """Tell whether a slip is on record in just this context, clearly above what any letter has."""
    known = _rates()[kind]
    return known.get(key, 0) > 4 * known["***"]


def _rate(kind: str, key: str) -> int:
    """Look a slip's rate up, in the nearest context that was seen."""
    known = _rates()[kind]
    at: str | None = key
    while at is not None and at not in known:
        at = coarser(kind, at)
    return 0 if at is None else known[at]


def coarser(kind: str, key: str) -> str | None:
    """Give the commoner context that a key leans on ("rre" -> "*re" -> "*r*" -> "***"), None for the commonest."""
    if not key.strip("*"):
        return None
    if kind == "vowel":
        return "*" + key[1:] if key[0] != "*" else key[:3] + "*" if key[3] != "*" else "****"
    if kind == "swap":  # the first pair of a word is a case of its own
        head = "^" if key[0] == "^" else "*"
        return head + key[1:] if key[0] != head else head + "**" if key[1:] != "**" else "***"
    if key[0] not in "*^":
        return "*" + key[1:]
    if key[2] not in "*$":
        return key[:2] + "*"
    return f"{key[0]}*{key[2]}" if key[1] != "*" else "***"


@cache
def _rates() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for kind, key, rate in rows("slips"):
        found.setdefault(kind, {})[key] = int(rate)
    return found


@cache
def _keys(keyboard: str) -> dict[str, list[tuple[str, int]]]:
    """Read a keyboard: each key's neighbours in percent; one in the same row is hit twice as often."""
    found = {}
    for key, same_row, other_rows, *_ in rows("keyboards", keyboard):
        near = [(k, 2) for k in same_row] + [(k, 1) for k in other_rows.strip("-")]
        total = sum(weight for _, weight in near)
        found[key] = [(k, 100 * weight // total) for k, weight in near]
    return found


def is_word(written: str) -> bool:
    """Tell whether a lower-case string is a word that a reader would take it for ("form" -> True)."""
    known = _known()
    return written in known or (written[-1:] in ("s", "d") and written[:-1] in known)


@cache
def _known() -> frozenset[str]:
    return words("words", "en") | words("words", "en_wordnet")


@cache
def _coarse() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words("words", "coarse")))))


def unfit(word: str, written: str) -> bool:
    """Tell whether nobody should write this for a word: three of a letter, or a coarse string that was not there."""
    if _TRIPLE.search(written):
        return True
    coarse = _coarse()
    return coarse.search(written) is not None and any(stem not in word for stem in coarse.findall(written))


_TRIPLE = re.compile(r"(.)\1\1")
