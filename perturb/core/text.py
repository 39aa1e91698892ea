"""Text: a string, its mask, its words.

The mask is one byte a character: FREE, NAME, SLOT or LOCKED. Reach says who may touch what (DESIGN §2):
``free`` free text only; ``form`` also the form of names and slots; ``loss`` may remove names and slots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from perturb.core import breaks
from perturb.core.lazy_text import LEVELS_AS_BYTES, MAKERS, Lazy, level_of_new
from perturb.core.levels import FREE, LEVELS, LOCKED, NAME, REACHES, SLOT
from perturb.core.words import WORD, Edit, Word

Proposals = Iterator["Edit | list[Edit]"]
Propose = Callable[..., Proposals]
T = TypeVar("T")
_new = object.__new__


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
    _telling: Callable[[], frozenset[str]] | None = None
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
        return breaks.back_over_space(self.raw, at)

    def over_space(self, at: int) -> int:
        """Step forward over white space ("a  b", 1 -> 3)."""
        return breaks.over_space(self.raw, at)

    def level(self, start: int, end: int) -> int:
        """Give the highest level in a range (a name in it -> 1)."""
        return max(self.mask[start:end], default=FREE)

    def run(self, at: int) -> tuple[int, int]:
        """Give the run of equal level around ``at`` (inside "48" -> its start and end)."""
        mask = self.mask
        level = mask[at : at + 1]
        return len(mask[:at].rstrip(level)), len(mask) - len(mask[at:].lstrip(level))

    def sentences(self) -> list[tuple[int, int]]:
        """Split into sentences by rule ("It is. Is it?" -> [(0, 6), (7, 13)]); a locked run is never split."""
        return self._sentences if self._base is None else self._base._sentences

    # -- what the engine asks ----------------------------------------------------------------------------

    def view(self, reach: str) -> Text:
        """See the text with one reach ("free" -> only free words on offer); views are kept."""
        if reach == self.reach:
            return self
        found = self._views.get(reach)
        if found is None:
            found = _new(Text)
            found.raw, found.mask, found.simple = self.raw, self.mask, self.simple
            found._base, found.reach = self if self._base is None else self._base, reach
            if self._info is not None:
                found._info = self._info
            if self._telling is not None:
                found._telling = self._telling
            if self._before is not None:
                found._before = (self._before[0].view(reach), self._before[1])
            self._views[reach] = found
        return found

    def joins(self) -> frozenset[int]:
        """Give the positions where a cut would split a grapheme cluster ("e" + accent -> {1})."""
        return self._joins

    def spliced(self, edits: Sequence[Edit], reach: str = "loss") -> Text:
        """Apply ordered disjoint edits; changed words go off offer, the rest move along. ``reach`` is who asks next."""
        raw, mask = self.raw, self.mask
        strings: list[str] = []
        levels: list[bytes] = []
        at, kept, simple = 0, 0, self.simple
        for start, end, new in edits:
            strings += (raw[at:start], new)
            at = end
            simple = simple and new.isascii()
            size = end - start
            if 0 < size == len(new) and mask.count(mask[start], start, end) == size:
                continue  # as many characters of one level: no change
            level = LEVELS_AS_BYTES[level_of_new(mask, start, end)] * len(new)
            levels += (mask[kept:start], level)
            kept = end
        strings.append(raw[at:])
        text = _new(Text)
        if simple:
            text.simple = True
        text.raw = "".join(strings)
        if levels:
            levels.append(mask[kept:])
            mask = b"".join(levels)
        text.mask, text.reach, text._before = mask, reach, (self, edits)
        if self._info is not None:
            text._info = self._info
        if self._telling is not None:
            text._telling = self._telling
        return text

    def answers(self) -> frozenset[str]:
        """List the right answers and the options of the item, in lower case: what no insertion may say ({"paris", …})."""
        return self._telling() if self._telling is not None else frozenset()

    def passage(self) -> str:
        """Give the passage that the item's question is about, "" where there is none."""
        return str(getattr(self._telling, "passage", ""))

    def every_word(self) -> list[Word]:
        """List the words that no step has changed, whatever the reach."""
        return self._all


for _name, _make in MAKERS.items():
    setattr(Text, _name, Lazy(_name, _make))


__all__ = [
    "FREE",
    "LEVELS",
    "LOCKED",
    "NAME",
    "REACHES",
    "SLOT",
    "WORD",
    "Edit",
    "Proposals",
    "Propose",
    "Text",
    "Word",
]
