"""Where a text may be divided: between sentences, by rule, and never inside a grapheme cluster."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from perturb.core.levels import LOCKED

_SPACE = " \t\n\r\xa0"


def back_over_space(raw: str, at: int) -> int:
    """Step back over white space ("a  b", 3 -> 1)."""
    while at > 0 and raw[at - 1] in _SPACE:
        at -= 1
    return at


def over_space(raw: str, at: int) -> int:
    """Step forward over white space ("a  b", 1 -> 3)."""
    while at < len(raw) and raw[at] in _SPACE:
        at += 1
    return at


# One mark and no run of marks or of white space to try again from each of its characters: linear on any text.
_SENTENCE_END = re.compile(r"([.!?…](?![.!?…])[\"'”’)\]]{0,4})\s+(?=[\"'“‘(\[]{0,4}[^\Wa-z_])|(\n)\s*")
# Most texts are one line; without the other branch the engine leaps from mark to mark, at a third of the cost.
_END_IN_LINE = re.compile(_SENTENCE_END.pattern.rpartition("|")[0])
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|v|etc|e\.g|i\.e|No|Inc|Jr|Sr|U\.S|[A-Z])\.$")
_ABBREVIATION_ENDS = frozenset("rsftvcgeoABCDEFGHIJKLMNOPQRSTUVWXYZ")  # most sentences end in another letter


def sentences(raw: str, mask: bytes) -> list[tuple[int, int]]:
    """Split into sentences ("It is. Is it?" -> [(0, 6), (7, 13)]); a locked run is never split."""
    spans, start = [], over_space(raw, 0)
    for end, following in _cuts(raw, mask):
        spans.append((start, end))
        start = following
    end = back_over_space(raw, len(raw))
    if start < end:
        spans.append((start, end))
    return spans


def _cuts(raw: str, mask: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a sentence ends and the next begins."""
    lines = "\n" in raw
    for m in (_SENTENCE_END if lines else _END_IN_LINE).finditer(raw):
        mark = 2 if lines and m[1] is None else 1  # the end of a line, or an end mark
        start, at = m.span(mark)
        at = at if mark == 1 else back_over_space(raw, start)
        if m.end() >= len(raw) or (mark == 2 and not raw[:at]):
            continue
        if at < len(mask) and mask[start] == LOCKED and mask[at] == LOCKED:
            continue
        if mark == 1 and raw[at - 2 : at - 1] in _ABBREVIATION_ENDS and _ABBREVIATION.search(raw, max(0, at - 6), at):
            continue
        yield at, m.end()


# No character below U+0300 joins another, nor typographic marks, arrows, letterlike or mathematical symbols.
_MAY_JOIN = re.compile("[\u0300-\u1fff\u200c\u200d\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\U0010ffff]|\r\n")


def joins(raw: str) -> frozenset[int]:
    """Give the positions where a cut would split a grapheme cluster ("e" + accent -> {1})."""
    if (raw.isascii() and "\r" not in raw) or not _MAY_JOIN.search(raw):
        return frozenset()
    return frozenset(_joins(raw))


def _joins(raw: str) -> Iterator[int]:
    flags = 0
    for i, c in enumerate(raw):
        o = ord(c)
        flag = 0x1F1E6 <= o <= 0x1F1FF
        flags = flags + 1 if flag else 0
        if i and (
            o > 0x2FF and (unicodedata.category(c)[0] == "M" or o in (0x200D, 0x200C) or 0x1F3FB <= o <= 0x1F3FF
                           or 0xE0020 <= o <= 0xE007F)
            or raw[i - 1] == "\u200d"
            or (flag and flags % 2 == 0)
            or (c == "\n" and raw[i - 1] == "\r")
        ):  # fmt: skip
            yield i
