"""What is wrong with a variant, each thing in a line: locked text, numbers, negations, options, offsets, log, verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from perturb.items.field_paths import get_path
from perturb.items.shape import misfit
from perturb.verify import record, structure
from perturb.verify.locked import out_of_place
from perturb.verify.pairs import Pair, shown
from perturb.verify.values import limits, misread, negations, numbers, ones, undivided


class Violation(NamedTuple):
    """One thing that is wrong (kind "number", "q7: 48 is gone, though expect is same")."""

    where: str
    of: str
    kind: str
    what: str


Found = Iterator[tuple[str, str]]


def verify(pair: Pair, terms: tuple[str, ...] = ()) -> list[Violation]:
    """List what is wrong with a variant beside its clean item (``verify(pair)`` -> [] where nothing is).

    Kinds: locked, number, negation, limit, options, target, offset, field, log, verdict, text. A variant without a log is held to
    ``same``: everything that bears the answer must stand. One whose log is not as perturb run writes it has that violation alone.
    """
    wrong = pair.misfit or (misfit(pair.log) if pair.log is not None else "")
    if wrong:
        return [Violation(pair.where, pair.of, "log", f"the record's log {wrong}")]
    checks: tuple[Callable[[], Found], ...] = (
        lambda: _locked(pair, terms),
        lambda: _values(pair),
        lambda: structure.ending(pair),
        lambda: structure.options(pair),
        lambda: structure.offsets(pair),
        lambda: structure.fields(pair),
        lambda: record.log(pair),
        lambda: record.verdict(pair),
    )
    return [Violation(pair.where, pair.of, kind, what) for check in checks for kind, what in check()]


def again(pair: Pair, seen: dict[tuple[str, ...], str]) -> list[Violation]:
    """Say where the same variant stood before (``again(pair, seen)`` -> [] at first); ``seen`` is what was met, empty to begin with."""
    if pair.log is None:
        return []
    log = pair.log
    name = tuple(str(log.get(key)) for key in ("of", "recipe", "run", "variant"))
    first = seen.setdefault(name, pair.where)
    if first == pair.where:
        return []
    what = f"variant {name[3]} of {name[1]}" if name[1] else "the clean item"
    return [Violation(pair.where, pair.of, "twice", f"{what} stands in {first} already")]


def texts(item: dict[str, Any], pair: Pair) -> str:
    """Give all of an item's input as one text; what a move put into several places reads on."""
    found: list[str] = []
    for path in pair.profile.input:
        places = pair.profile.expand(item, path)
        found += [v for place in places if isinstance(v := get_path(item, place), str)]
        if pair.profile.pick == "first" and found:
            break
    return "\n".join(found)


def _locked(pair: Pair, terms: tuple[str, ...]) -> Found:
    clean, now = texts(pair.clean, pair), texts(pair.item, pair)
    if any(0xD800 <= ord(c) < 0xE000 or c == "\ufffd" for c in now) and "\ufffd" not in clean:
        yield "text", "a character was broken"
    for how, string in out_of_place(clean, now, [*terms, *structure.kept_terms(pair)]):
        yield "locked", f"{shown(string)} {'is gone or changed' if how == 'lost' else 'stands in another order'}"


def _values(pair: Pair) -> Found:
    clean = texts(pair.clean, pair)
    now = undivided(clean, texts(pair.item, pair))
    cut = record.removed(pair)
    before, after = numbers(clean), numbers(now)
    gone, new = before - after, after - before
    spare = ones(now) - ones(clean)
    for value in list(gone):
        if value == 1 and spare >= 0:
            del gone[value]  # "1" became "one"
    new.pop(1.0, None)
    if pair.log is not None:
        new -= misread(clean, now)  # a scan or a chat form that the record owns up to
    allowed = numbers(cut.lost)
    new -= numbers(cut.added)
    for value, n in (gone - allowed).items():
        yield "number", f"{value:g} is gone{f' {n} times' if n > 1 else ''}, though {record.promise(pair)}"
    for value in new if not record.said_aloud(pair) else ():
        if not (value in (2.0, 4.0) and not before and record.said_by_digit(pair)):
            yield "number", f"{value:g} was not there"
    yield from _negated(clean, now, cut, pair.log is not None and pair.log.get("expect") != "same")
    for word, n in (limits(clean) - limits(now) - limits(cut.lost)).items():
        if not _slipped(word, now):
            yield "limit", f"{word!r} is gone{f' {n} times' if n > 1 else ''}, though {record.promise(pair)}"


def _slipped(word: str, now: str) -> bool:
    """Tell whether a word may stand there with a slip in it."""
    return any(word[0] == w[:1] and SequenceMatcher(None, word, w).ratio() > 0.7 for w in now.lower().split())


def _negated(clean: str, now: str, known: record.Removed, open_: bool) -> Found:
    before, after, cut = negations(clean), negations(now), negations(known.lost)
    if len(after) > len(before) + len(negations(known.added)):
        yield "negation", f"{len(after)} negations, {len(before)} in the clean text: {shown([a[0] for a in after])}"
        return
    if len(after) + len(cut) < len(before):
        yield "negation", f"{len(before) - len(after)} of {len(before)} negations gone: {shown([b[0] for b in before])}"
        return
    if len(after) == len(before) and not open_:  # else the words beside it may be others
        for (word, left, right), (_, here_left, here_right) in zip(before, after):
            if not (_near(left, here_left) or _near(right, here_right)) and (left or right):
                yield "negation", f"{word!r} stood in “{left} {word} {right}”, now in “{here_left} … {here_right}”"


def _near(a: str, b: str) -> bool:
    """Tell whether two stretches share a word, give or take a slip."""
    return any(x == y or SequenceMatcher(None, x, y).ratio() > 0.6 for x in a.split() for y in b.split()) or not (
        a or b
    )
