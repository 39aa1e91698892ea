"""Whether a misspelling is a slip of the finger or the spelling of somebody who does not know better."""

from __future__ import annotations

from functools import lru_cache

from perturb.core.common_ends import common_ends
from perturb.language.typing.documented import documented
from perturb.language.typing.keyboard import keyboard
from perturb.language.typing.shape import ALIKE

_VOWELS = "aeiouy"


def _heard(lost: bool, beside: str) -> bool:
    """Tell whether a vowel is lost that is hardly heard ("diffrent"), or added to one ("arguement")."""
    return lost != any(c in _VOWELS for c in beside)


@lru_cache(maxsize=16384)
def unknown(word: str, written: str, *, name: bool = False) -> bool:
    """Tell whether somebody who writes this does not know the spelling, and writes it every time ("seperate": True; "teh", "becuase": False).

    In words of five letters or more, a vowel mistaken, one lost between consonants or added to another vowel, a doubled
    letter, a letter that sounds alike, "ie" for "ei" and what is on record are not known better; nor is how a ``name`` is
    written. Other letters swapped, a key beside the right one, and a letter lost or added for no reason that one could
    hear ("poinets", "cherres") are slips.
    """
    if name:
        return True
    if len(word) < 5:
        return False
    i, j = common_ends(word, written)
    old, new = word[i : len(word) - j], written[i : len(written) - j]
    if len(old) == len(new) == 2 and old == new[::-1]:
        return old in ("ie", "ei")
    if len(old) == len(new) == 1:
        if old in _VOWELS and new in _VOWELS:
            return True
        if keyboard("qwerty").near(new, old):
            return False
        if (old, new) in ALIKE:
            return True
    elif (new and new == word[:1] and i == 1) or (new == word[-1] and i == len(word) and new not in "lsf"):
        return False  # a key held too long ("mmissed", "rightt"), and not "untill"
    elif len(old + new) == 1:
        around = word[max(i - 1, 0) : i + len(old) + 1]
        beside = around.replace(old, "", 1) if old else around
        if (old + new) in beside or ((old + new) in _VOWELS and _heard(bool(old), beside)):
            return True
    listed = documented().get(word)
    return listed is not None and written in listed[0]
