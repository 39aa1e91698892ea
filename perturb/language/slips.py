"""What a slip may not make of a word: another word, three of a letter, anything coarse."""

from __future__ import annotations

import re
from functools import cache

from perturb.language.lexicon import rows, words


def is_word(written: str) -> bool:
    """Tell whether a lower-case string is a word that a reader would take it for ("form" -> True)."""
    return written in _known() or (written[-1:] in ("s", "d") and written[:-1] in _listed())


# The 22,000 words that have a pronunciation are the commonest, but of so short ones half are abbreviations.
_FEW = (
    "thou thee thy a i ad ah am an as at ax be by do ed eh er go ha he hi ho id if in is it ma me mr my no of oh ok on or "
    "ow ox pa pi re so to tv uh um up us we"
)
NOTES = frozenset(("fiver", "tenner"))  # "river" with a slip or misread is no amount of money


@cache
def _listed() -> frozenset[str]:
    return words("words") | words("words", "en_wordnet")


@cache
def _known() -> frozenset[str]:
    said = [row[0] for row in rows("pronunciations") if row[3] == "w" and len(row[0]) > 2]
    names = [name.lower() for name in words("names")]
    few = words("functions") | frozenset(_FEW.split()) | NOTES
    return frozenset([*_listed(), *few, *said, *names])


def coarse(word: str, written: str) -> bool:
    """Tell whether something coarse stands in what is written that did not stand in the word ("gold", "gook" -> True)."""
    if written in _kind("whole") and word != written:
        return True
    found = _stems().findall(written)
    return bool(found) and any(stem not in word for stem in found)


@cache
def _kind(kind: str) -> frozenset[str]:
    return frozenset(row[0] for row in rows("words", "coarse") if row[1] == kind)


@cache
def _stems() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_kind("coarse")))))


def unfit(word: str, written: str) -> bool:
    """Tell whether nobody should write this for a word: three of a letter, a coarse string, a "not" that was not there."""
    if _TRIPLE.search(written) or (written.endswith("nt") and _NOT.fullmatch(written) and not _NOT.fullmatch(word)):
        return True
    if written in _NO and word not in _NO:
        return True
    return coarse(word, written)


# "doesnt" for "does" stands in lists of misspellings, and says the opposite.
_NOT = re.compile(
    r"(?:ca|wo|sha|do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need|ai)n['’]?t"
)
_NO = frozenset("no not nor none never without cannot".split())  # "no" for "do", "not" for "note"
_TRIPLE = re.compile(r"(.)\1\1")
