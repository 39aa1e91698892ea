"""What a phone makes of a slip: the nearest word that it knows, which may not be the word that was meant.

A slip that is a word already stays ("top" -> "too"). One that is none becomes the word nearest to it by keys and
letters, the commoner the sooner; where that is the word that was meant, nothing is amiss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import accumulate

from perturb.language.lexicon import rows, words
from perturb.language.slips import unfit

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# How much likelier a corrector takes a letter for a key beside it, or two for swapped, than anything else.
_BESIDE, _SWAPPED, _LOST, _ADDED = 6, 6, 3, 2
_SHORT = 6  # letters; two of them off make another word of it
_USUAL = 8  # occurrences in WordNet's texts above which a word is one that a phone offers unasked
# Words that no phone offers by itself.
_UNOFFERED = frozenset(
    "ass cock damn dick die dead devil fat gay god hell jap jew kill nude rape sex shit slut tit".split()
)


@lru_cache(maxsize=16384)
def corrected(word: str, keyboard: str = "phone") -> tuple[list[str], list[int]] | None:
    """List the words that a phone may write for a lower-case word, with running sums of weights ("top" -> "too", …)."""
    known, near_enough = _offered(), _within_reach(word, keyboard)
    found: dict[str, int] = {}
    for slip, weight in sorted(_slips(word, keyboard)):
        if slip in known:
            written, near = slip, 8 * weight
        else:
            written, near = _nearest(slip, word, keyboard), weight
        if written and written != word and near_enough(written) and not unfit(word, written):
            found[written] = found.get(written, 0) + near
    return (list(found), list(accumulate(found.values()))) if found else None


def _within_reach(word: str, keyboard: str) -> Callable[[str], bool]:
    """Tell whether a phone's word may still be read for the one that was meant ("us" for "is", not "test" for "feet").

    In a short word one letter is off. A longer one keeps its first letter and, but for one, its length.
    """
    if len(word) > _SHORT:
        return lambda written: written[0] == word[0] and abs(len(written) - len(word)) <= 1
    one_off = {found for found, _ in _edits(word, keyboard)}
    return one_off.__contains__


def _slips(word: str, keyboard: str) -> set[tuple[str, int]]:
    beside = _beside(keyboard)
    out: set[tuple[str, int]] = set()
    for i, letter in enumerate(word):
        head, tail = word[:i], word[i + 1 :]
        out.update((head + key + tail, _BESIDE) for key in beside.get(letter, ""))
        out.update((head + key + word[i:], 1) for key in beside.get(letter, ""))
        out.add((head + tail, 1))
        out.add((head + letter + word[i:], 1))
        if tail and tail[0] != letter:
            out.add((head + tail[0] + letter + tail[1:], 2))
    return {(slip, weight) for slip, weight in out if len(slip) > 1 and slip != word}


def _nearest(slip: str, meant: str, keyboard: str) -> str:
    """Give the known word that is nearest to a slip, "" where none is; ties go by the alphabet."""
    known = _offered()
    best = max(
        ((score * known.get(found, 0), found) for found, score in _edits(slip, keyboard) if found in known),
        default=(0, ""),
    )
    own = max((s for f, s in _edits(slip, keyboard) if f == meant), default=0) * known.get(meant, 0)
    return best[1] if best[0] > own else ""


def _edits(slip: str, keyboard: str) -> Iterator[tuple[str, int]]:
    beside = _beside(keyboard)
    for i in range(len(slip) + 1):
        head, tail = slip[:i], slip[i + 1 :]
        for letter in _LETTERS:
            yield head + letter + slip[i:], _LOST
        if i < len(slip):
            yield head + tail, _ADDED
            for key in beside.get(slip[i], ""):
                yield head + key + tail, _BESIDE
            if tail:
                yield head + tail[0] + slip[i] + tail[1:], _SWAPPED


@cache
def _beside(keyboard: str) -> dict[str, str]:
    return {row[0]: (row[1] + row[2]).replace("-", "") for row in rows("keyboards", keyboard)}


@cache
def _offered() -> dict[str, int]:
    """Give the words that a phone knows, with how common they are: small words and the commoner others."""
    small = words("functions") | frozenset("hello hey hi ok okay please thanks yes".split())
    barred = words("slots") | _UNOFFERED
    counts = {row[0]: int(row[1]) for row in rows("words", "en_wordnet") if int(row[1]) >= _USUAL}
    counts.update((word, 4096) for word in sorted(small))
    return {
        word: n.bit_length() for word, n in counts.items() if word.isalpha() and word not in barred and len(word) > 1
    }
