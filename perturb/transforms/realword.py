"""Another word than the one meant, of those that people confuse and readers see through."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.autocorrect import corrected
from perturb.language.lexicon import like_case, rows

_BEFORE = re.compile(r"([^\W_]+)\s$")
_DECIDES = frozenset("odd even left right yes true false".split())  # words that another one turns into another question
_PRONE = 40  # a word whose chances of being taken for another add up to this is taken at once
_APART = 50  # characters
_AFTER = re.compile(r"\s([^\W_]+)")


@transform("realword.confuse", rate=0.02)
def confuse(text: Text, rng: Rng, *, table: str = "en") -> Proposals:
    """Write a word for one that it is often taken for ("than" -> "then")."""
    known = _known(table)
    found, weights = [], []
    for start, word in text.words:
        for written, weight, following, not_behind in known.get(word.lower().replace("’", "'"), ()):
            end = start + len(word)
            if following and not _is(_AFTER.match(text.raw, end), following):
                continue
            if not_behind and _is(_BEFORE.search(text.raw, max(0, start - 20), start), not_behind):
                continue
            if "'" in written and "’" in text.raw:
                written = written.replace("'", "’")
            found.append((start, end, like_case(word, written)))
            weights.append(weight)
    done: set[str] = set()
    for start, end, new in rng.by_weight(found, list(accumulate(weights))):
        word = text.raw[start:end].lower()
        if word not in done:  # the same slip time and again is no slip
            done.add(word)
            yield start, end, new


@transform("realword.autocorrect", rate=0.02, trait="typo")
def autocorrect(text: Text, rng: Rng, *, keyboard: str = "phone") -> Proposals:
    """Let a phone make another word of a slip ("top up failed" -> "too up failed")."""
    passed: list[Edit] = []
    done: list[int] = []
    for start, word in rng.shuffled(text.words):
        if len(word) < 2 or word.lower() in _DECIDES or not word.isalpha() or not (word.islower() or word.istitle()):
            continue
        found = corrected(word.lower(), keyboard)
        if found is not None:
            edit = (start, start + len(word), like_case(word, found[0][rng.pick(found[1])]))
            if rng.below(_PRONE) >= found[1][-1]:
                passed.append(edit)  # comes where nothing else is left
            elif _far(start, done):
                done.append(start)
                yield edit
    for edit in passed:
        if _far(edit[0], done):
            done.append(edit[0])
            yield edit


def _far(start: int, done: list[int]) -> bool:
    """Tell whether a word is so far from those that a phone made that both are overlooked: two side by side are seen."""
    return all(abs(start - other) > _APART for other in done)


def _is(match: re.Match[str] | None, words: frozenset[str]) -> bool:
    return match is not None and match[1].lower() in words


@cache
def _known(table: str) -> dict[str, list[tuple[str, int, frozenset[str], frozenset[str]]]]:
    """Read meant word -> what is written for it, its weight, and the neighbours it asks for."""
    found: dict[str, list[tuple[str, int, frozenset[str], frozenset[str]]]] = {}
    for row in rows("realword", table):
        weight, following, not_behind = (*row[2:], "100", "-", "-")[:3] if len(row) < 5 else row[2:5]
        found.setdefault(row[0], []).append((row[1], int(weight), _words(following), _words(not_behind)))
    return found


def _words(cell: str) -> frozenset[str]:
    return frozenset(cell.split()) - {"-"}
