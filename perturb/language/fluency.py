"""What is said: which part of a text somebody could say aloud, where a word may be put in, how beginnings go wrong."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.rng import Rng
from perturb.core.text import FREE, LOCKED, SLOT, Edit, Text, Word
from perturb.core.values import NUMBER_WORDS
from perturb.language.lexicon import rows
from perturb.language.lexicon import words as _words
from perturb.language.messages import put_before

_SMALL_I, _GREAT_I = re.compile(r"\bi\b"), re.compile(r"\bI\b")
_I = frozenset("i i'm i've i'd i'll".split())
LONGEST = 150  # words; what is longer is read, not said
FILLERS = frozenset("uh um er hmm like well so okay ok mean know no sorry wait rather actually oh".split())


def said(text: Text) -> int:
    """Give the end of what somebody could say: the first paragraph of a text that is no form and hardly code; else 0."""
    return text.once("speech.said", lambda: _said(text))


def _said(text: Text) -> int:
    raw = text.raw
    at = text.over_space(0)
    if at >= len(raw) or text.mask[at] == LOCKED or "|" in raw or "___" in raw or not text.words:
        return 0
    end = raw.find("\n", at)
    end = len(raw) if end < 0 else end
    if text.mask.count(LOCKED, at, end) * 2 > end - at or raw.count(" ", at, end) > LONGEST:
        return 0
    return end


def heard(text: Text) -> list[list[Word]]:
    """List the words on offer of each sentence that is said, where a word may be put before each.

    A word stands apart: space before it (or the text's start), and not inside a name or another protected run.
    """
    return text.once("speech.heard", lambda: _heard(text))


def _heard(text: Text) -> list[list[Word]]:
    raw, mask, end = text.raw, text.mask, said(text)
    found: list[list[Word]] = []
    words = iter(text.words)
    word = next(words, None)
    for start, stop in text.sentences():
        here: list[Word] = []
        while word is not None and word[0] < min(stop, end):
            at = word[0]
            apart = at == start or (at > start and raw[at - 1] == " ")
            if apart and not (at and mask[at - 1] and mask[at]):
                here.append(word)
            word = next(words, None)
        if here:
            found.append(here)
    return found


def begins(text: Text, at: int) -> bool:
    """Tell whether a sentence begins at ``at``."""
    return any(start == at for start, _ in text.sentences())


def before(text: Text, at: int, words: str) -> Edit:
    """Put words before the one at ``at``, in the text's casing ("What is", "um" -> "Um what is")."""
    if not text.raw.islower() and not (_SMALL_I.search(text.raw) and not _GREAT_I.search(text.raw)):
        words = " ".join("I" + w[1:] if w in _I else w for w in words.split())
    if not begins(text, at):
        return at, at, (words.upper() if text.raw.isupper() else words) + " "
    edit = put_before(text, at, words)
    head = re.match(r"[A-Z][a-z]+\b", text.raw[at:])
    if edit[1] == at and head and text.mask[at] in (FREE, SLOT) and head[0].lower() in _common():
        return at, at + 1, edit[2] + head[0][0].lower()
    return edit


@cache
def _common() -> frozenset[str]:
    return _words("words", "en") | _words("words", "en_wordnet") | _words("functions")


def along(text: Text, at: int, most: int) -> tuple[str, int]:
    """Read on over up to ``most`` words from the gap at ``at``: what a false start says of the sentence itself.

    Stops before a mark, a number, locked text; gives the words with their space in front, and where they end.
    """
    raw, mask, end = text.raw, text.mask, at
    while most and end < len(raw) and raw[end] == " ":
        stop = end + 1
        while stop < len(raw) and (raw[stop].isalnum() or raw[stop] in "'’-"):
            stop += 1
        word = raw[end + 1 : stop]
        if not word or not word[0].isalpha() or LOCKED in mask[end:stop] or is_number(word):
            break
        end, most = stop, most - 1
    return raw[at:end], end


def is_number(word: str) -> bool:
    """Tell whether a word is a number or has one in it."""
    low = word.lower()
    return any(c.isdigit() for c in low) or any(part in NUMBER_WORDS for part in low.split("-"))


def plain(text: Text, word: Word) -> bool:
    """Tell whether a word is neither slot nor number: what may be said twice without harm."""
    return text.level(word[0], word[0] + len(word[1])) < SLOT and not is_number(word[1])


def free(text: Text, word: Word) -> bool:
    """Tell whether a word is free text."""
    return text.level(word[0], word[0] + len(word[1])) == FREE


@cache
def openings() -> dict[str, list[tuple[tuple[str, bool], float]]]:
    """Read the beginnings that are dropped for another ("who did" -> [(("when did", True), 10.0), …])."""
    found: dict[str, list[tuple[tuple[str, bool], float]]] = {}
    for key, wrong, weight, on in rows("disfluency", "openings"):
        found.setdefault(key, []).append(((wrong, on == "on"), float(weight)))
    return found


@cache
def cues() -> dict[str, list[tuple[str, float]]]:
    """Read what people put things right with, for the onset of a question and for a value."""
    found: dict[str, list[tuple[str, float]]] = {"onset": [], "value": []}
    for cue, count, _, where in rows("disfluency", "cues"):
        for place in found:
            if where in (place, "any"):
                found[place].append((cue, float(count)))
    return found


def cue(rng: Rng, where: str, before_noun: bool = False) -> str:
    """Draw a cue; a bare "no" stands before no noun or number ("pears no apples" would deny the apples)."""
    if before_noun:
        return rng.weighted([c for c in cues()[where] if c[0].split()[-1] != "no"])
    return rng.weighted([(c, n * _ELSEWHERE if c == "no" else n) for c, n in cues()[where]])


_ELSEWHERE = 1.3  # how much commoner "no" is where it may stand, so that its share of all is people's
