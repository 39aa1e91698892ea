"""The log: one flat list of disjoint edits of the source. Replay, offsets and diffs are a few lines over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perturb.core.text import Edit

Labelled = tuple[int, int, str, str]


class FlatEdit(NamedTuple):
    """One edit of a variant's source, as the record shows it (How -> how, by case.lower)."""

    field: str
    start: int
    end: int
    old: str
    new: str
    step: str


def apply(source: str, edits: Sequence[Sequence[object]]) -> str:
    """Apply ordered disjoint edits to ``source`` ("a b", [(0, 1, "c")] -> "c b"); ValueError where they are not."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        start, end, new = edit[0], edit[1], edit[2]
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(new, str)):
            raise ValueError(f"not an edit: {edit!r}")
        if not at <= start <= end <= len(source):
            raise ValueError(f"edit {start}–{end} is out of order or beyond the text ({len(source)} characters)")
        parts += (source[at:start], new)
        at = end
    parts.append(source[at:])
    return "".join(parts)


def splice(raw: str, edits: Sequence[Edit | Labelled]) -> str:
    """Apply the engine's edits, which are ordered and disjoint ("a b", [(0, 1, "c")] -> "c b"); ``apply`` checks."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (raw[at : edit[0]], edit[2])
        at = edit[1]
    parts.append(raw[at:])
    return "".join(parts)


def compose(source: str, first: list[Labelled], second: Sequence[Labelled]) -> list[Labelled]:
    """Add edits of the changed text, with the steps that made them, to the flat log of the source.

    ``first`` turns ``source`` into the text that ``second`` edits. Edits that meet become one, labelled with
    both steps ("case.lower+typo.omit"); edits that undo each other vanish.
    """
    out: list[Labelled] = []
    i, n, shift, done = 0, len(first), 0, -1  # shift: text position minus source position, behind first[:i]
    for edit in second:
        start, end, new, label = edit
        # Most steps touch what no other did: their edits are put between the earlier ones.
        while i < n and first[i][0] + shift + len(first[i][2]) < start:
            out.append(first[i])
            shift += len(first[i][2]) - first[i][1] + first[i][0]
            i += 1
        if start <= done or (i < n and first[i][0] + shift <= end):
            return _composed(source, first, second)
        out.append((start - shift, end - shift, new, label) if shift else edit)
        done = end
    return out + first[i:] if i < n else out


def _composed(source: str, first: list[Labelled], second: Sequence[Labelled]) -> list[Labelled]:
    """Compose edits of which some meet."""
    if not first:
        return _joined(list(second))
    out: list[Labelled] = []
    i, n, shift = 0, len(first), 0
    j, m = 0, len(second)
    while i < n or j < m:
        if i < n:
            a = first[i]
            a_start = a[0] + shift
            a_end = a_start + len(a[2])
        if j < m:
            b = second[j]
        if i < n and (j >= m or _before(a_start, a_end, a[0] == a[1], b[0], b[1])):
            out.append(a)
            shift += len(a[2]) - (a[1] - a[0])
            i += 1
        elif j < m and (i >= n or _before(b[0], b[1], b[0] == b[1], a_start, a_end, a[0] == a[1])):
            out.append((b[0] - shift, b[1] - shift, b[2], b[3]))
            j += 1
        else:
            i, j, shift, merged = _merge(source, first, i, second, j, shift)
            if merged is not None:
                out.append(merged)
    return _joined(out)


def _joined(edits: list[Labelled]) -> list[Labelled]:
    """Make one edit of a step's neighbouring deletions (a tail lost word by word)."""
    out: list[Labelled] = []
    for edit in edits:
        if out and not edit[2]:
            start, end, new, label = out[-1]
            if end == edit[0] and not new and label == edit[3] and start < end:
                out[-1] = (start, edit[1], "", label)
                continue
        out.append(edit)
    return out


def _before(start: int, end: int, inserts: bool, start2: int, end2: int, inserts2: bool = False) -> bool:
    """Tell whether one range lies wholly before another; ranges that meet at an insertion belong together."""
    if end < start2:
        return True
    zero = inserts or inserts2 or start == end or start2 == end2
    return end == start2 and not zero


def _merge(
    source: str, first: list[Labelled], i: int, second: Sequence[Labelled], j: int, shift: int
) -> tuple[int, int, int, Labelled | None]:
    """Join the group of meeting edits that starts at first[i] and second[j] into one edit of the source."""
    low = min(first[i][0] + shift, second[j][0])  # in text coordinates
    src_low = low - shift
    high, i0, j0, reach = low, i, j, shift
    grown = True
    while grown:
        grown = False
        while i < len(first) and not _before(low, high, False, first[i][0] + reach, first[i][0] + reach + len(first[i][2]), first[i][0] == first[i][1]):  # fmt: skip
            high = max(high, first[i][0] + reach + len(first[i][2]))
            reach += len(first[i][2]) - (first[i][1] - first[i][0])
            i, grown = i + 1, True
        while j < len(second) and not _before(low, high, False, second[j][0], second[j][1], second[j][0] == second[j][1]):  # fmt: skip
            high = max(high, second[j][1])
            j, grown = j + 1, True
    src_high = high - reach
    inner = apply(source[src_low:src_high], [(s - src_low, e - src_low, new) for s, e, new, _ in first[i0:i]])
    new = apply(inner, [(s - low, e - low, text) for s, e, text, _ in second[j0:j]])
    if new == source[src_low:src_high]:
        return i, j, reach, None
    steps: list[str] = []
    for edit in (*first[i0:i], *second[j0:j]):
        steps += [s for s in edit[3].split("+") if s not in steps]
    return i, j, reach, (src_low, src_high, new, "+".join(steps))


def locate(edits: Sequence[Sequence[object]], at: int) -> int:
    """Move a position of the source into the variant (inside a replaced range: to its start)."""
    shift = 0
    for edit in edits:
        start, end, new = edit[0], edit[1], edit[2]
        assert isinstance(start, int) and isinstance(end, int) and isinstance(new, str)
        if at < start or (at == start and start < end):
            break
        if at < end:
            return start + shift
        shift += len(new) - (end - start)
    return at + shift


def locate_span(edits: Sequence[Sequence[object]], start: int, end: int) -> tuple[int, int]:
    """Move a span that no edit touches into the variant; an insertion at its edge stays outside."""
    new_start = locate(edits, start)
    return new_start, new_start + end - start
