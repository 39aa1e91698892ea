"""The sounds of English, one character each: how a word sounds, from the dictionary or letter by letter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import accumulate

from perturb.language.lexicon import rows

# The 39 sounds of the CMU Pronouncing Dictionary; consonants by their letters where they have one.
CODES = {
    "AA": "A", "AE": "3", "AH": "U", "AO": "O", "AW": "9", "AY": "I", "B": "B", "CH": "C", "D": "D", "DH": "8",
    "EH": "E", "ER": "2", "EY": "4", "F": "F", "G": "G", "HH": "H", "IH": "1", "IY": "6", "JH": "J", "K": "K",
    "L": "L", "M": "M", "N": "N", "NG": "Q", "OW": "0", "OY": "@", "P": "P", "R": "R", "S": "S", "SH": "5",
    "T": "T", "TH": "X", "UH": "&", "UW": "+", "V": "V", "W": "W", "Y": "Y", "Z": "Z", "ZH": "7",
}  # fmt: skip
VOWELS = frozenset("A3UO9IE2416@&+0")
READ_ONLY = 99

# The letters' names, for what is spelt out ("BBC").
_SPELT = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    "4 B6 S6 D6 6 EF J6 4C I J4 K4 EL EM EN 0 P6 KY+ AR ES T6 Y+ V6 DUBULY+ EKS WI Z6").split()))  # fmt: skip
_SIBILANT, _VOICELESS = frozenset("SZ57CJ"), frozenset("PTKFX")
_PIECE = re.compile(r"[A-Z]{2,5}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


class Known(dict[str, tuple[str, int, bool]]):
    """Words of the dictionary: sounds, cost of hearing them, whether they are names ("rome" -> ("R0M", 13, True))."""


@cache
def known() -> Known:
    """Read the pronunciations that are shipped."""
    return Known((word, (sounds, int(cost), kind == "n")) for word, sounds, cost, kind in rows("pronunciations"))


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """Give a word's sounds ("night" -> "NIT"), those of an unknown one by rule; "" where it has no letters."""
    plain = word.replace("’", "'")
    found = known().get(plain.lower())
    if found is not None and not (plain.isupper() and 1 < len(plain) < 4):
        return found[0]
    base, mark, tail = plain.rpartition("'")
    if mark and tail.lower() == "s":
        return _with_s(sounds(base))
    folded = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return "".join(_piece(m[0]) for m in _PIECE.finditer(folded.replace("'", "")))


def _with_s(stem: str) -> str:
    if stem[-1:] in _SIBILANT:
        return stem + "1Z"
    return stem + ("S" if stem[-1:] in _VOICELESS else "Z")


def _piece(piece: str) -> str:
    low = piece.lower()
    if piece.isdigit():
        return ""  # said by numbers.py where at all
    if len(piece) > 1 and piece.isupper() and (len(piece) < 4 or not any(c in "AEIOUY" for c in piece)):
        return "".join(_SPELT.get(c, "") for c in low)
    found = known().get(low)
    return found[0] if found is not None else read(low)


def read(word: str) -> str:
    """Read letters aloud by rule ("kuechly" -> "K+6CL6"-like sounds); the longest letters that fit go first."""
    rules, out, at = _letters(), [], 0
    while at < len(word):
        for size in range(min(_LONGEST, len(word) - at), 0, -1):
            part = word[at : at + size]
            ends = at + size == len(word)
            found = (rules.get(f"^{part}") if not at else None) or (rules.get(f"{part}$") if ends and at else None)
            found = found or rules.get(part)
            if found is not None:
                out.append(found.strip("-"))
                at += size
                break
        else:
            at += 1
    return re.sub(r"([^A-Za-z0-9]|.)\1+", r"\1", "".join(out))


_LONGEST = 7


@cache
def _letters() -> dict[str, str]:
    return dict(rows("pronunciations", "letters"))  # type: ignore[arg-type]


@cache
def confusion_costs() -> dict[str, int]:
    """Read what hearing one sound for another costs ("ZS" -> 14; "-" stands for nothing)."""
    return {said + heard: int(cost) for said, heard, cost in rows("asr", "phones")}


@cache
def taken_for(sound: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """List the sounds that one is taken for, with running sums of their weights ("Z" -> (("S", …), …))."""
    ways = [(key[1], cost) for key, cost in confusion_costs().items() if key[0] == sound and key[1] != "-"]
    return tuple(heard for heard, _ in ways), tuple(accumulate(10_000 // (cost * cost) for _, cost in ways))
