"""Text: a string, its mask, its words.

The mask is one byte a character: FREE, NAME, SLOT or LOCKED. Reach says who may touch what (DESIGN §2):
``free`` free text only; ``form`` also the form of names and slots; ``loss`` may remove names and slots.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any, TypeVar

FREE, NAME, SLOT, LOCKED = 0, 1, 2, 3
LEVELS = ("free", "name", "slot", "locked")
REACHES = ("free", "form", "loss")

Edit = tuple[int, int, str]
Word = tuple[int, str]
T = TypeVar("T")

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_SPACE = " \t\n\r\xa0"
# Which characters a word of this reach may not have (1).
_BARRED = {
    "free": bytes([0, 1, 1, 1]).ljust(256, b"\1"),
    "form": bytes([0, 0, 0, 1]).ljust(256, b"\1"),
    "loss": bytes([0, 0, 0, 1]).ljust(256, b"\1"),
}

# Which word people misspell goes with length to the power 2.9 (research: shared by three corpora), and
# hardly ever a word of one or two letters. Integers, so that every machine adds up the same sums.
_CARE = [0, 0, 0, 24, 56, 106, 181, 282, 416, 585, 794, 1047, 1348, 1700, 2108, 2574, 3104, 3701, 4368, 5110, 5929]


class Text:
    """Hold a string with its mask and words ("It was 48." -> words It, was, 48).

    ``raw`` is the string, ``mask`` its levels, ``words`` the ``(start, word)`` pairs on offer: those that the reach of
    this view may touch and that no earlier step has changed (a change of case excepted). ``misspellable`` are the words
    that people misspell, with running sums of their weights (length to the power 2.9). ``reach`` is the view's.
    """

    raw: str
    mask: bytes
    words: list[Word]
    misspellable: tuple[list[Word], list[int]]
    simple: bool  # whether no grapheme cluster has two characters, so that none can be split
    reach = "loss"
    _info: Any = None
    _before: tuple[Text, Sequence[Edit]] | None = None
    _base: Text | None = None  # of a view: the text that it sees
    _origin: dict[int, int] | None
    _all: list[Word]
    _sentences: list[tuple[int, int]]
    _views: dict[str, Text]
    _kept: dict[str, Any]
    _joins: frozenset[int]

    def __init__(self, raw: str, mask: bytes | None = None, *, info: Any = None) -> None:
        self.raw = raw
        self.mask = bytes(len(raw)) if mask is None else mask
        self._info = info
        if len(self.mask) != len(raw):
            raise ValueError(f"mask has {len(self.mask)} levels for {len(raw)} characters")

    def __getattr__(self, name: str) -> Any:
        # Whatever can be worked out is, when it is first asked for: most texts between steps are asked for little.
        make = _MAKERS.get(name)
        if make is None:
            raise AttributeError(f"a Text has no {name!r}")
        value = make(self)
        self.__dict__[name] = value
        return value

    # -- what the author of a transform reads ------------------------------------------------------------

    def tag(self, start: int) -> str:
        """Give the part of speech of the word on offer at ``start``, "" where no analysis was made."""
        info = self._info
        if info is None:
            return ""
        origin = start if self._origin is None else self._origin.get(start, -1)
        return str(info.tags.get(origin, ""))

    def spans(self, kind: str) -> list[tuple[int, int, str]]:
        """List the analysis' spans of a kind whose words are all untouched ("ents" -> [(0, 5, "GPE")])."""
        if self._info is None:
            return []
        found: list[tuple[int, int, str]] = getattr(self._info, kind)
        if self._origin is None:
            return found
        here = {o: s for s, o in self._origin.items()}
        moved = []
        for start, end, label in found:
            at = here.get(start)
            if at is not None and self._info.raw[start:end] == self.raw[at : at + end - start]:
                moved.append((at, at + end - start, label))
        return moved

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Work something out once for a text that all variants of an item share ("case.lower", …); name it well.

        Only what depends on nothing but the text may be kept so, never what was drawn.
        """
        kept = self._kept
        if key not in kept:
            kept[key] = make()
        found: T = kept[key]
        return found

    def back_over_space(self, at: int) -> int:
        """Step back over white space ("a  b", 3 -> 1)."""
        while at > 0 and self.raw[at - 1] in _SPACE:
            at -= 1
        return at

    def over_space(self, at: int) -> int:
        """Step forward over white space ("a  b", 1 -> 3)."""
        while at < len(self.raw) and self.raw[at] in _SPACE:
            at += 1
        return at

    def level(self, start: int, end: int) -> int:
        """Give the highest level in a range (a name in it -> 1)."""
        return max(self.mask[start:end], default=FREE)

    def run(self, at: int) -> tuple[int, int]:
        """Give the run of equal level around ``at`` (inside "48" -> its start and end)."""
        mask, level = self.mask, self.mask[at]
        start, end = at, at + 1
        while start > 0 and mask[start - 1] == level:
            start -= 1
        while end < len(mask) and mask[end] == level:
            end += 1
        return start, end

    def sentences(self) -> list[tuple[int, int]]:
        """Split into sentences by rule ("It is. Is it?" -> [(0, 6), (7, 13)]); a locked run is never split."""
        return self._sentences if self._base is None else self._base._sentences

    def _split(self) -> list[tuple[int, int]]:
        cuts, mask = [], self.mask
        for m in _SENTENCE_END.finditer(self.raw):
            mark = 1 if m[1] is not None else 2  # an end mark, or the end of a line
            start, at = m.span(mark)
            at = at if mark == 1 else self.back_over_space(start)
            if m.end() >= len(self.raw) or (mark == 2 and not self.raw[:at]):
                continue
            if at < len(mask) and mask[start] == LOCKED and mask[at] == LOCKED:
                continue
            if mark == 1 and _ABBREVIATION.search(self.raw, max(0, at - 6), at):
                continue
            cuts.append((at, m.end()))
        spans, start = [], self.over_space(0)
        for end, following in cuts:
            spans.append((start, end))
            start = following
        end = self.back_over_space(len(self.raw))
        if start < end:
            spans.append((start, end))
        return spans

    # -- what the engine asks ----------------------------------------------------------------------------

    def view(self, reach: str) -> Text:
        """See the text with one reach ("free" -> only free words on offer); views are kept."""
        found = self._views.get(reach)
        if found is None:
            found = _new(Text)
            found.raw, found.mask, found.simple = self.raw, self.mask, self.simple
            found._base, found.reach = self, reach
            if self._info is not None:
                found._info = self._info
            if self._before is not None:
                found._before = (self._before[0].view(reach), self._before[1])
            self._views[reach] = found
        return found

    def joins(self) -> frozenset[int]:
        """Give the positions where a cut would split a grapheme cluster ("e" + accent -> {1})."""
        return self._joins

    def spliced(self, edits: Sequence[Edit]) -> Text:
        """Apply ordered disjoint edits; changed words go off offer, the rest move along."""
        raw = self.raw
        parts: list[str] = []
        at, simple = 0, self.simple
        for start, end, new in edits:
            parts += (raw[at:start], new)
            at = end
            simple = simple and new.isascii()
        parts.append(raw[at:])
        text = _new(Text)
        if simple:
            text.simple = True
        text.raw = "".join(parts)
        text._before = (self, edits)
        if self._info is not None:
            text._info = self._info
        return text

    def _level_of_new(self, start: int, end: int) -> int:
        mask = self.mask
        if start < end:
            return max(mask[start:end])
        if 0 < start < len(mask):
            return min(mask[start - 1], mask[start])
        return FREE

    def every_word(self) -> list[Word]:
        """List the words that no step has changed, whatever the reach."""
        return self._all


def _make_mask(text: Text) -> bytes:
    if text._base is not None:
        return text._base.mask
    assert text._before is not None
    old, edits = text._before
    mask, at = old.mask, 0
    for start, end, new in edits:
        size = end - start
        if not size or len(new) != size or mask.count(mask[start], start, end) != size:
            break
    else:
        return mask  # a change of case: the same levels, and the same object
    parts: list[bytes] = []
    for start, end, new in edits:
        parts += (mask[at:start], bytes([old._level_of_new(start, end)]) * len(new))
        at = end
    parts.append(mask[at:])
    return b"".join(parts)


def _make_all(text: Text) -> list[Word]:
    if text._base is not None:
        return text._base.every_word()
    if text._before is None:
        return [(m.start(), m[0]) for m in WORD.finditer(text.raw)]
    old, edits = text._before
    return _moved(old.raw, old.every_word(), edits)


def _make_words(text: Text) -> list[Word]:
    if text._before is not None:
        old, edits = text._before
        return _moved(old.raw, old.words, edits)
    barred, every = text.mask.translate(_BARRED[text.reach]), text.every_word()
    if 1 in barred:
        return [w for w in every if barred.find(1, w[0], w[0] + len(w[1])) < 0]
    return every


def _make_misspellable(text: Text) -> tuple[list[Word], list[int]]:
    if text._before is not None:
        old, edits = text._before
        before, sums = old.misspellable
        words = _moved(old.raw, before, edits)
        if len(words) == len(before):
            return words, sums  # none was dropped, and none changes its length while it is on offer
    else:
        # Slots are left out here once rather than offered and refused each time.
        mask = text.mask
        words = [w for w in text.words if len(w[1]) > 2 and mask[w[0]] != SLOT and w[1].isalpha()]
    try:
        return words, list(accumulate([_CARE[len(w)] for _, w in words]))
    except IndexError:
        return words, list(accumulate([_CARE[min(len(w), len(_CARE) - 1)] for _, w in words]))


def _make_origin(text: Text) -> dict[int, int] | None:
    """Map the starts of words to where they stood in the text that was analysed."""
    if text._base is not None:
        return text._base._origin
    if text._before is None:
        return None
    old, edits = text._before
    before, found = old._origin, {}
    for start, _ in text.every_word():
        at = start
        for s, e, new in edits:
            if at <= s:
                break
            at -= len(new) - e + s
        found[start] = at if before is None else before.get(at, -1)
    return found


# No character below U+0300 joins another, nor typographic marks, arrows, letterlike or mathematical symbols.
_MAY_JOIN = re.compile("[\u0300-\u1fff\u200c\u200d\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\U0010ffff]|\r\n")


def _make_joins(text: Text) -> frozenset[int]:
    if text._base is not None:
        return text._base._joins
    raw = text.raw
    if (raw.isascii() and "\r" not in raw) or not _MAY_JOIN.search(raw):
        return frozenset()
    return frozenset(_joins(raw))


_MAKERS: dict[str, Callable[[Text], Any]] = {
    "mask": _make_mask,
    "words": _make_words,
    "misspellable": _make_misspellable,
    "simple": lambda text: not text._joins,
    "_all": _make_all,
    "_origin": _make_origin,
    "_sentences": lambda text: text._split(),
    "_views": lambda text: {},
    "_kept": lambda text: {},
    "_joins": _make_joins,
}
_new = object.__new__


def _moved(raw: str, words: list[Word], edits: Sequence[Edit]) -> list[Word]:
    """Carry words over edits: untouched ones move, ones whose case alone changed stay on offer, the rest go."""
    end = -1
    for edit in edits:
        if edit[0] == end:
            edits = _touching_joined(edits)  # what one of them deletes, the next may glue
            break
        end = edit[1]
    out: list[Word] = []
    i, shift, kept = 0, 0, False  # kept: the word before i had its case changed and stays
    for s, e, new in edits:
        j = bisect_left(words, (s,), i)
        if j > i:
            start, word = words[j - 1]
            end = start + len(word)
            if end > s or (end == s and _glues(new[:1], raw, e)):
                j -= 1
            out += [(a + shift, w) for a, w in words[i:j]] if shift else words[i:j]
            kept = False
        elif kept and _touches(words[i - 1], s, e, new, raw):
            i, j = i - 1, i - 1
            words = [*words[:i], (words[i][0], out.pop()[1]), *words[i + 1 :]]
        size = len(words)
        while j < size and _touches(words[j], s, e, new, raw):
            start, word = words[j]
            kept = start <= s < e <= start + len(word) and len(new) == e - s and new.lower() == raw[s:e].lower()
            if kept:
                out.append((start + shift, word[: s - start] + new + word[e - start :]))
            j += 1
        i = j
        shift += len(new) - e + s
    out += [(a + shift, w) for a, w in words[i:]] if shift else words[i:]
    return out


def _touching_joined(edits: Sequence[Edit]) -> list[Edit]:
    """Make one edit of those that touch ((0, 1, "a"), (1, 2, "") -> (0, 2, "a"))."""
    out: list[Edit] = []
    for s, e, new in edits:
        if out and out[-1][1] == s:
            out[-1] = (out[-1][0], e, out[-1][2] + new)
        else:
            out.append((s, e, new))
    return out


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


# One mark and no run of marks or of white space to try again from each of its characters: linear on any text.
_SENTENCE_END = re.compile(r"([.!?…](?![.!?…])[\"'”’)\]]{0,4})\s+(?=[\"'“‘(\[]{0,4}[^\Wa-z_])|(\n)\s*")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|No|Inc|Jr|Sr|U\.S|[A-Z])\.$")


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


Proposals = Iterator["Edit | list[Edit]"]
Propose = Callable[..., Proposals]
