"""What a slip may not make of a word: another word, three of a letter, anything coarse."""

from __future__ import annotations

import re
from functools import cache

from perturb.language.lexicon import words


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
    """Tell whether nobody should write this for a word: three of a letter, a coarse string, a "not" that was not there."""
    if _TRIPLE.search(written) or (written.endswith("nt") and _NOT.fullmatch(written) and not _NOT.fullmatch(word)):
        return True
    if written in _NO and word not in _NO:
        return True
    coarse = _coarse()
    return coarse.search(written) is not None and any(stem not in word for stem in coarse.findall(written))


# "doesnt" for "does" stands in lists of misspellings, and says the opposite.
_NOT = re.compile(
    r"(?:ca|wo|sha|do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need|ai)n['’]?t"
)
_NO = frozenset("no not nor none never without cannot".split())  # "no" for "do", "not" for "note"
_TRIPLE = re.compile(r"(.)\1\1")
