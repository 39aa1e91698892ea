"""Words, and how they move over edits: what a step has changed goes off offer, the rest stays.

A word is its start and itself ("It was" -> (0, "It"), (3, "was")).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

Edit = tuple[int, int, str]
Word = tuple[int, str]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What may stand in a word of ASCII stays, all else becomes a space.
_SPACED = bytes(c if chr(c).isalnum() or c == 39 else 32 for c in range(128)) + bytes(128)
_APART = re.compile(r"[^\w'’]|_|['’](?![^\W_])|(?<![^\W_])['’]")


def pieces(raw: str) -> list[str]:
    """Split a string at each character that is in no word ("It's 5." -> "It's", "5", ""): one stands behind each piece.

    ASCII is split without a regular expression, at a fifth of the cost.
    """
    if not raw.isascii():
        return _APART.split(raw)
    spaced = raw.encode().translate(_SPACED).decode()
    return (_apostrophes_apart(spaced) if "'" in spaced else spaced).split(" ")


def _apostrophes_apart(spaced: str) -> str:
    """Make spaces of the apostrophes that join no two letters ("'is' it's" -> " is  it's")."""
    spaced = f" {spaced.replace(chr(39) * 2, '  ')} "
    while "' " in spaced or " '" in spaced:
        spaced = spaced.replace("' ", "  ").replace(" '", "  ")
    return spaced[1:-1]


def spelled(raw: str) -> list[Word]:
    """List the words of a string as ``WORD`` finds them ("It's 5." -> (0, "It's"), (5, "5"))."""
    out: list[Word] = []
    at = 0
    for piece in pieces(raw):
        if piece:
            out.append((at, piece))
            at += len(piece)
        at += 1
    return out


def moved(raw: str, words: list[Word], edits: Sequence[Edit]) -> list[Word]:
    """Carry words over edits: untouched ones move, ones whose case alone changed stay on offer, the rest go."""
    return moved_with_sums(raw, words, (), edits)[0]


def moved_with_sums(
    raw: str, words: list[Word], sums: Sequence[int], edits: Sequence[Edit]
) -> tuple[list[Word], list[int]]:
    """Carry words over edits, with the running sums of their weights less the weights of the words that go."""
    end = -1
    for edit in edits:
        if edit[0] == end:
            edits = _touching_joined(edits)  # what one of them deletes, the next may glue
            break
        end = edit[1]
    out: list[Word] = []
    totals: list[int] = []
    i, shift, lost, kept = 0, 0, 0, False  # kept: the word before i had its case changed and stays
    for s, e, new in edits:
        j = bisect_left(words, (s + 1,), i) - 1
        if j >= i and _spoils(words[j], s, e, new, raw):  # a slip inside a word: most edits
            out += [(a + shift, w) for a, w in words[i:j]] if shift else words[i:j]
            if sums:
                totals += [t - lost for t in sums[i:j]] if lost else sums[i:j]
                lost = sums[j] - (totals[-1] if totals else 0)
            i, kept = j + 1, False
            shift += len(new) - e + s
            continue
        j = bisect_left(words, (s,), i)
        if j > i:
            start, word = words[j - 1]
            end = start + len(word)
            if end > s or (end == s and _glues(new[:1], raw, e)):
                j -= 1
            out += [(a + shift, w) for a, w in words[i:j]] if shift else words[i:j]
            totals += [t - lost for t in sums[i:j]] if lost else sums[i:j]
            kept = False
        elif kept and _touches(words[i - 1], s, e, new, raw):
            i, j = i - 1, i - 1
            words = [*words[:i], (words[i][0], out.pop()[1]), *words[i + 1 :]]
            del totals[-1:]
        size = len(words)
        while j < size and words[j][0] <= e and _touches(words[j], s, e, new, raw):
            start, word = words[j]
            kept = start <= s < e <= start + len(word) and len(new) == e - s and new.lower() == raw[s:e].lower()
            if kept:
                out.append((start + shift, word[: s - start] + new + word[e - start :]))
                totals += [t - lost for t in sums[j : j + 1]]
            elif sums:
                lost = sums[j] - (totals[-1] if totals else 0)
            j += 1
        i = j
        shift += len(new) - e + s
    out += [(a + shift, w) for a, w in words[i:]] if shift else words[i:]
    totals += [t - lost for t in sums[i:]] if lost else sums[i:]
    return out, totals


def _touching_joined(edits: Sequence[Edit]) -> list[Edit]:
    """Make one edit of those that touch ((0, 1, "a"), (1, 2, "") -> (0, 2, "a"))."""
    out: list[Edit] = []
    for s, e, new in edits:
        if out and out[-1][1] == s:
            out[-1] = (out[-1][0], e, out[-1][2] + new)
        else:
            out.append((s, e, new))
    return out


def _spoils(word: Word, s: int, e: int, new: str, raw: str) -> bool:
    """Tell whether an edit lies within a word and changes more than its case."""
    start, end = word[0], word[0] + len(word[1])
    if e > end or s >= end or (s == e and s == start):
        return False
    return len(new) != e - s or new.lower() != raw[s:e].lower()


def _touches(word: Word, s: int, e: int, new: str, raw: str) -> bool:
    """Tell whether an edit changes a word or glues something to it."""
    start, end = word[0], word[0] + len(word[1])
    if s < end and start < e:
        return True
    if s == e and start < s < end:
        return True
    if e == start:
        return new[-1:].isalnum() if new else s > 0 and raw[s - 1].isalnum()
    return end == s and _glues(new[:1], raw, e)


def _glues(first: str, raw: str, e: int) -> bool:
    return first.isalnum() if first else e < len(raw) and raw[e].isalnum()
