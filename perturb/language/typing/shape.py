"""What the model sees of an edit: its class, where in the word it falls, what stands around it.

Read by the model and by the tool that trains it (tools/build_typing.py), so that both speak of the same thing.
"""

from __future__ import annotations

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OPS = "dist"  # deletion, insertion, substitution, transposition of neighbours
EDGE = "."  # stands before and after a word
OTHER = "~"  # any character but a to z

# Classes of edits, by operation; C a consonant, V a vowel (y is one), "near" a key beside its neighbour's or the right one.
CLASSES = (
    "undouble-C", "undouble-V", "omit-V", "omit-C",
    "double-C", "double-V", "near-C", "add-C", "near-V", "add-V",
    "VV", "near-to-C", "near-to-V", "CC", "CV", "VC",
    "swap-CC", "swap-CV", "swap-VC", "swap-VV",
)  # fmt: skip
UNDOUBLE, OMIT_V, OMIT_C, DOUBLE, NEAR_C, ADD_C, NEAR_V, ADD_V = 0, 2, 3, 4, 6, 7, 8, 9
VV, NEAR_TO, CC, CV, VC, SWAP = 10, 11, 13, 14, 15, 16
OP_OF = "dddd" + "iiiiii" + "ssssss" + "tttt"

IS_VOWEL = {c: c in "aeiouy" for c in LETTERS + EDGE + OTHER}
KIND = {c: "v" if c in "aeiouy" else "." if c == EDGE else "~" if c == OTHER else "c" for c in LETTERS + EDGE + OTHER}

# What may be left of a word after an edit: endings that people know as one piece, or do not.
ENDINGS = frozenset(
    "ing ings ed ly ally ely ment ments tion tions sion ssion ation ness ful fully less able ible ance ence ent ant er "
    "ers or s es e y t d al ially ity ities ies ive ous ate ated ating ion ions ary ory ery ism ist ic ical ship ure "
    "age ch th ght cy ise ised ize ized".split()
)

# Letters that can stand for one sound.
_ALIKE = "ckq cs sz gj fv td bp mn iy ei ae ou kg vw lr".split()
ALIKE = frozenset((a, b) for group in _ALIKE for a in group for b in group if a != b)


def place(i: int, length: int) -> int:
    """Say where in a word an edit falls: 0 first, 1 second, 2 to 4 thirds of the middle, 5 last but one, 6 last, 7 after."""
    if i < 2:
        return i
    if i >= length - 1:
        return 7 if i == length else 6
    if i == length - 2:
        return 5
    return 2 + min((i - 2) * 3 // max(1, length - 4), 2)


def size(length: int) -> int:
    """Class a word's length (0: up to 4, 1: 5 or 6, 2: 7 or 8, 3: 9 to 11, 4: more)."""
    return 0 if length <= 4 else 1 if length <= 6 else 2 if length <= 8 else 3 if length <= 11 else 4


def inserted(before: str, new: str, near: bool) -> int:
    """Class a letter put in ("c", "c" -> double-C); ``near``: its key is beside a neighbour's."""
    vowel = IS_VOWEL[new]
    if new == before:
        return DOUBLE + vowel
    if near:
        return NEAR_V if vowel else NEAR_C
    return ADD_V if vowel else ADD_C


def substituted(old: str, new: str, near: bool) -> int:
    """Class a letter put for another ("a", "e" -> VV)."""
    vowel = IS_VOWEL[new]
    if vowel and IS_VOWEL[old]:
        return VV
    if near:
        return NEAR_TO + vowel
    return CV if vowel else VC if IS_VOWEL[old] else CC


def echo(new: str, before2: str, before: str, after: str, after2: str) -> int:
    """Say of which letters nearby the letter in question is an echo, as bits."""
    return (new == before2) + 2 * (new == after2) + 4 * (new == after) + 8 * (new == before)


class Seen:
    """A word as the model sees it: only letters, edges around, vowels and consonants, where in it syllables begin."""

    __slots__ = ("at", "doubles", "kinds", "s", "size")

    def __init__(self, word: str) -> None:
        plain = "".join([c if c in LETTERS else OTHER for c in word])
        self.s, self.size = f"..{plain}..", len(word)
        self.kinds = "".join([KIND[c] for c in self.s])
        self.at, self.doubles = _syllables(plain), min(2, sum([a == b for a, b in zip(plain, plain[1:])]))


def _syllables(word: str) -> list[int]:
    """Count the vowel groups begun before each place, up to three ("about" -> [0, 1, 1, 2, 2, 2])."""
    out, n, was = [0], 0, False
    for c in word:
        vowel = IS_VOWEL[c]
        n += vowel and not was and n < 3
        was = vowel
        out.append(n)
    return out
