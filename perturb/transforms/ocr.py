"""Scans: what a machine reads off a printed page (docs/scans.md).

Which character is taken for which, and how pages differ, is counted in ICDAR 2017's English texts (tools/build_ocr.py).
Digits are slots: ``ocr.scan`` leaves them, ``ocr.digits`` misreads them and says that the answer is not sure any more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, chain, islice
from typing import NamedTuple

from perturb.core.errors import UsageError
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import FREE, LOCKED, NAME, SLOT, Edit, Proposals, Text
from perturb.language.hyphens import divisions
from perturb.language.lexicon import rows
from perturb.language.misread import possible, possible_together, word_at
from perturb.language.places import has_numbers

MOST = 10  # events in 100 characters
LONGER = 8  # characters by which a line that ends nowhere else may be longer
SHORT = 3  # letters; a name of so many or fewer would not be known again


class Readings(NamedTuple):
    """What may be seen in one place, with running sums of whole weights."""

    seen: tuple[str, ...]
    sums: tuple[int, ...]


def kind_of(printed: str, seen: str) -> str:
    """Name the kind of an event ("rn", "m" -> "multi"; "c", "o" -> "sub"; "", "-" -> "ins")."""
    if not printed:
        return "ins"
    return "del" if not seen else "sub" if len(printed) == len(seen) else "multi"


def side_of(char: str) -> str:
    """Name what kind of character stands beside a place: L letter, S space or nothing, P mark, D digit."""
    if not char or char.isspace():
        return "S"
    return "L" if char.isalpha() else "D" if char.isdigit() else "P"


@cache
def _readings() -> dict[tuple[str, str], Readings]:
    """Read the confusions by what is printed and between what it stands ("rn", "*" -> m, …)."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for printed, seen, between, weight in rows("ocr", "confusions"):
        key = ("" if printed == "∅" else printed.replace("_", " "), between)
        found.setdefault(key, []).append(("" if seen == "∅" else seen.replace("_", " "), int(weight)))
    return {key: Readings(tuple(s for s, _ in v), tuple(accumulate(w for _, w in v))) for key, v in found.items()}


@cache
def _by_size() -> tuple[dict[str, Readings], ...]:
    """Sort what is printed in letters by how many there are (index 1, 2, 3), for one look-up each."""
    return tuple({k: r for (k, where), r in _readings().items() if where == "*" and len(k) == n} for n in range(4))


@cache
def _pages() -> tuple[float, ...]:
    return tuple(int(row[1]) / 1000 for row in rows("ocr", "pages"))


class Spot(NamedTuple):
    """A stretch of the text that may be misread, and as what."""

    start: int
    end: int
    readings: Readings


def _spots(text: Text) -> tuple[list[Spot], list[int]]:
    """List what may be misread in a text, with running sums of weights; one pass, a few look-ups a character."""
    raw, known, sizes = text.raw, _readings(), _by_size()
    spots: list[Spot] = []
    readable = bytearray(len(raw))
    for start, end in _open(text):
        readable[start:end] = b"\1" * (end - start)
        for at in range(start, end):
            for n in (1, 2, 3):
                found = sizes[n].get(raw[at : at + n]) if at + n <= end else None
                if found is not None:
                    spots.append(Spot(at, at + n, found))
        low = raw[start:end].lower()
        if low.isalpha() and len(low) > 4 and ("", "h") in known:
            spots += [Spot(start + i, start + i, known["", "h"]) for i in divisions(low)]
    spots += _between(text, known, readable)
    spots.sort(key=lambda s: (s.start, s.end))
    return spots, list(accumulate(s.readings.sums[-1] for s in spots))


def _open(text: Text) -> Iterator[tuple[int, int]]:
    """List the words whose letters may be misread: no slots, no lone letters that may be a variable, no short names."""
    mask, raw = text.mask, text.raw
    for start, word in text.words:
        end = start + len(word)
        if SLOT in mask[start:end] or any(c.isdigit() for c in word) or (len(word) == 1 and word not in "aI"):
            continue
        if NAME in mask[start:end]:
            a, b = text.run(start)
            if len(list(islice(filter(str.isalpha, raw[a:b]), SHORT + 1))) <= SHORT:
                continue
        yield start, end


def _between(text: Text, known: dict[tuple[str, str], Readings], readable: bytearray) -> Iterator[Spot]:
    """List the marks and spaces that may be lost or misread, and where some may be found, beside free text alone."""
    raw, mask = text.raw, text.mask
    sides = [side_of(c) for c in raw]
    for i in range(1, len(raw)):
        before, here = sides[i - 1], sides[i]
        if mask[i] > NAME or mask[i - 1] > NAME:
            continue
        found = known.get(("", before + here))
        if found is not None and (before + here != "LL" or (readable[i - 1] and readable[i])):
            yield Spot(i, i, found)
        if here in "SP" and (i + 1 == len(raw) or mask[i + 1] <= NAME):
            found = known.get((raw[i], before + (sides[i + 1] if i + 1 < len(raw) else "S")))
            if found is not None:
                yield Spot(i, i + 1, found)


@transform("ocr.scan", rate=0.065, reach="form", spread=_pages)
def scan(text: Text, rng: Rng) -> Proposals:
    """Misread letters and marks as a scanner does ("the modern car" -> "tbe modem oar").

    Rate 0.065 is one event in 100 characters on average (0.033: half of one, 0.2: three); pages differ, so one text has
    more and another none. Letters take each other's place, flow together and part, hyphens of line ends stay behind,
    spaces are lost and found. Digits and other slots stay; what would make another word of a word is left out.
    """
    spots, sums = text.once("ocr.scan", lambda: _spots(text))
    numbered = has_numbers(text.raw)
    named: list[int] = []
    seen_in: dict[int, list[Edit]] = {}  # by where a word starts
    left = 1 + MOST * len(text.raw) // 100
    for spot in rng.by_weight(spots, sums):
        start, end, (seen, weights) = spot
        new = seen[rng.pick(weights)]
        if not possible(text, start, end, new, numbered):
            continue
        if text.level(start, end) == NAME or (start == end and text.mask[start - 1] == text.mask[start] == NAME):
            run = text.run(start)[0]
            if run in named:
                continue  # two slips in one name, and it may be another
            named.append(run)
        word = seen_in.setdefault(word_at(text.raw, start)[0], [])
        if word and not possible_together(text.raw, [*word, (start, end, new)]):
            continue
        word.append((start, end, new))
        yield start, end, new
        left -= 1
        if not left:
            return  # nobody could read more


@transform("ocr.lines", times=1, reach="form")
def lines(text: Text, rng: Rng, *, width: int = 62, hyphens: float = 0.3) -> Proposals:
    """Keep the page's line ends, with its divided words ("most interesting" -> "most inter-\\nesting").

    ``width`` is how many characters a line has; ``hyphens`` how often a word that could be divided at its end is (of the
    line ends in the corpus, one in fourteen). Lines that the text has already stay, and short texts have one line, as have
    those that cannot be broken (a long formula).
    """
    if width < 12:
        raise UsageError(f"ocr.lines: width is {width}; at least 12 characters a line are expected, like 62")
    raw, at = text.raw, 0
    edits: list[Edit] = []
    starts = [start for start, _ in text.words]
    while len(raw) - at > width:
        own = raw.find("\n", at)
        if 0 <= own <= at + width:
            at = own + 1
            continue
        limit = at + width - rng.below(6)
        gap = _gap(text, at, limit)
        if gap < 0:
            return  # no page has a line as long as that
        i = bisect_left(starts, gap + 1)
        if i < len(starts) and starts[i] == gap + 1 and rng.chance(hyphens):
            word = text.words[i][1]
            fits = [d for d in divisions(word.lower()) if gap + 1 + d < limit]
            if fits and text.level(gap + 1, gap + 1 + len(word)) == FREE:
                at = gap + 1 + fits[-1]
                edits.append((at, at, "-\n"))
                continue
        if raw[gap] == " ":
            edits.append((gap, gap + 1, "\n"))
        at = gap + 1
    if edits:
        yield edits


def _gap(text: Text, at: int, limit: int) -> int:
    """Find where a line that begins at ``at`` may end, at the latest a word's length behind ``limit``; -1: nowhere."""
    raw, mask = text.raw, text.mask
    places: Iterator[int] = chain(range(limit, at + 1, -1), range(limit + 1, min(limit + LONGER, len(raw))))
    for i in places:
        if raw[i] == "\n" or (raw[i] == " " and mask[i] != LOCKED):
            return i
    return -1


@cache
def _digits() -> dict[str, Readings]:
    found: dict[str, list[tuple[str, int]]] = {}
    for printed, seen, weight in rows("ocr", "digits"):
        found.setdefault(printed, []).append((seen, int(weight)))
    return {key: Readings(tuple(s for s, _ in v), tuple(accumulate(w for _, w in v))) for key, v in found.items()}


@transform("ocr.digits", times=1, reach="loss", role="misread")
def digits(text: Text, rng: Rng) -> Proposals:
    """Misread a digit, which nobody can see ("16 eggs" -> "19 eggs").

    What was printed is lost, so whether the old answer holds is ``unsure`` where the number may enter it.
    """
    raw, mask = text.raw, text.mask
    for at in rng.shuffled([i for i, c in enumerate(raw) if c in "0123456789" and mask[i] != LOCKED]):
        found = _digits()[raw[at]]
        yield at, at + 1, found.seen[rng.pick(found.sums)]
