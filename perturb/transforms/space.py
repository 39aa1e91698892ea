"""Spaces: missing, or one too many."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.lexicon import like_case, rows
from perturb.language.slips import is_word

_AFTER_MARK = re.compile(r"(?<=[^\W\d_][,.?!;])[ ](?=[^\W\d_])")
_BETWEEN = re.compile(r"(?<=[^\W\d_])[ ](?=[^\W\d_])")
_BEFORE_MARK = re.compile(r"(?<=[^\W\d_])(?=[,?!](?:\s|\Z))")
_RUN = re.compile(r"(?<=[.?!]) {2,}(?=\S)")
_SENTENCE_GAP = re.compile(r"(?<=[^\W_][.?!]) (?=[^\Wa-z_])")
_SHORT = frozenset(
    "a an and are as at be by can do for from have he i if in is it my of on or she so that the they this to was we "
    "were will with you your".split()
)


@transform("space.omit", times=1)
def omit(text: Text, rng: Rng, *, table: str = "en") -> Proposals:
    """Forget a space ("I like it a lot" -> "I like it alot")."""
    known = _pairs(table)
    offered = text.words
    pairs: list[Edit] = []
    weights: list[int] = []
    small: list[Edit] = []
    loose: list[Edit] = []
    for (start, one), (after, two) in zip(offered, offered[1:]):
        end = start + len(one)
        if after != end + 1 or text.raw[end] != " ":
            continue
        weight = known.get(f"{one.lower()} {two.lower()}", 0)
        if weight:
            pairs.append((end, after, ""))
            weights.append(weight)
        elif one.lower() in _SHORT and two.islower() and len(one) + len(two) < 10 and not is_word(one + two):
            (small if two in _SHORT else loose).append((end, after, ""))
    yield from rng.by_weight(pairs, list(accumulate(weights)))
    marks = [(m.start(), m.end(), "") for m in _AFTER_MARK.finditer(text.raw)]
    done: set[str] = set()
    for group in (marks, small, loose) if rng.chance(0.4) else (small, marks, loose):
        for edit in rng.shuffled(group):
            around = _around(text.raw, edit)
            if around not in done:  # nobody runs the same two words together twice by accident
                done.add(around)
                yield edit


def _around(raw: str, edit: Edit) -> str:
    """Give the two words that an edit would join ("the mouse")."""
    before, after = raw[max(0, edit[0] - 40) : edit[0]].split()[-1:], raw[edit[1] : edit[1] + 40].split(None, 1)[:1]
    return " ".join([*before, *after]).lower()


@transform("space.split", times=1)
def split(text: Text, rng: Rng, *, table: str = "splits") -> Proposals:
    """Write one word as two ("it went into it" -> "it went in to it")."""
    known = _splits(table)
    found: list[Edit] = []
    weights: list[int] = []
    for start, word in text.words:
        for written, weight in known.get(word.lower(), ()):
            if written.replace(" ", "") == word.lower():
                at = start + written.index(" ")
                found.append((at, at, " "))
            else:  # heard as two words ("cash with drawl")
                found.append((start, start + len(word), like_case(word, written)))
            weights.append(weight)
    yield from rng.by_weight(found, list(accumulate(weights)))


@transform("space.extra", times=1)
def extra(text: Text, rng: Rng) -> Proposals:
    """Set a space too many ("Is it late?" -> "Is it late ?")."""
    double = [(m.end(), m.end(), " ") for m in _BETWEEN.finditer(text.raw)]
    before = [(m.start(), m.start(), " ") for m in _BEFORE_MARK.finditer(text.raw)]
    for group in (before, double) if rng.chance(0.4) else (double, before):
        yield from rng.shuffled(group)


@transform("space.tidy", times=1)
def tidy(text: Text, rng: Rng) -> Proposals:
    """Space sentences the other way, one space or two, else end on a space ("So? Yes." -> "So?  Yes.")."""
    raw = text.raw
    runs: list[Edit] = [(m.start(), m.end(), " ") for m in _RUN.finditer(raw)]
    yield runs
    if not runs:
        yield [(m.end(), m.end(), " ") for m in _SENTENCE_GAP.finditer(raw)]
    if raw[-1:].strip():
        yield len(raw), len(raw), " "


@cache
def _pairs(table: str) -> dict[str, int]:
    found = {}
    for row in rows("space", table):
        found[row[0]] = int(row[2]) if len(row) > 2 else 1
    return found


@cache
def _splits(table: str) -> dict[str, list[tuple[str, int]]]:
    """Read word -> how it is written as two, with weights."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows("space", table):
        if " " in row[1]:
            found.setdefault(row[0], []).append((row[1], int(row[2]) if len(row) > 2 else 1))
    return found
