"""What every text transform promises, a function each; and what protected text is compared by."""

from __future__ import annotations

import inspect
import random
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from perturb.core.edits import apply, compose
from perturb.core.registry import Transform, get
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, NAME, SLOT, Text
from perturb.core.values import same_value
from perturb.testing.cases import SEEDS, TEXTS, cases, edits_of, ordinary


def is_named_and_shown(t: Transform) -> None:
    """The name is family.verb, the family is its module's, the summary ends in an example."""
    module = t.fn.__module__.rsplit(".", 1)[-1].rstrip("_")
    assert t.plugin or t.family == module or t.kind == "item", f"{t.name} stands in module {module}"
    assert re.search(r"\(.+ -> .+\)\.?$", t.summary), f'{t.name}: its summary ends in no example like ("the" -> "teh")'


def is_lazy(t: Transform) -> None:
    """It gives an iterator, not a list: what is not read costs nothing."""
    made = t.fn(Text(TEXTS[0]).view(t.reach), Rng(0), **{k: p.default for k, p in t.params.items()})
    assert inspect.isgenerator(made), f"{t.name} gives a {type(made).__name__}: yield edits, do not return them"


def same_names_same_edits(t: Transform) -> None:
    """The same streams give the same edits, whatever ran before."""
    for text, seed in cases():
        first = edits_of(t, text, seed)
        edits_of(t, Text(TEXTS[seed % len(TEXTS)]), seed + 1)
        again = edits_of(t, Text(text.raw, text.mask, info=text._info), seed)
        assert first == again, (
            f"{t.name}: {first} and then {again} on {text.raw!r}, seed {seed}: it keeps state or draws elsewhere"
        )


def leaves_global_randomness(t: Transform) -> None:
    """Python's and NumPy's global generators stay where they were."""
    numpy: Any = sys.modules.get("numpy")
    edits_of(t, Text(TEXTS[0]), 0)  # whatever a first call imports may seed what it likes
    for seed in range(3):
        random.seed(f"nobody else's seed {seed}")
        before = random.getstate(), numpy.random.get_state()[1].tolist() if numpy else None
        for raw in TEXTS:
            edits_of(t, Text(raw), seed)
        after = random.getstate(), numpy.random.get_state()[1].tolist() if numpy else None
        assert before == after, f"{t.name} moves a global random generator; draw from rng alone"


def nothing_at_zero(t: Transform) -> None:
    """Intensity 0 is the identity."""
    for text, seed in cases():
        assert not edits_of(t, text, seed, 0.0), f"{t.name} changes {text.raw!r} at intensity 0"


def more_keeps_every_edit(t: Transform) -> None:
    """A greater amount reads the same stream further: no edit of a smaller one is lost."""
    for text, seed in cases():
        few, many = edits_of(t, text, seed, 0.5), edits_of(t, text, seed, 1.7)
        assert set(few) <= set(many), f"{t.name}: {few} at half is not kept in {many} on {text.raw!r}, seed {seed}"


def edits_are_sound(t: Transform) -> None:
    """Edits are ordered, disjoint, in range, each changes something, and the result is valid Unicode."""
    for text, seed in cases():
        edits = edits_of(t, text, seed)
        end = 0
        for s, e, new in edits:
            assert end <= s <= e <= len(text.raw), f"{t.name}: {edits} out of order or range on {text.raw!r}"
            assert text.raw[s:e] != new, f"{t.name}: {(s, e, new)} changes nothing in {text.raw!r}"
            end = e
        apply(text.raw, edits).encode()


def protected_text_survives(t: Transform) -> None:
    """Locked characters stay in order under any reach; names and slots keep place and value unless it is a loss."""
    for text, seed in cases():
        after = text.spliced(edits_of(t, text, seed))
        assert _locked(text) == _locked(after), f"{t.name} touches locked text in {text.raw!r} -> {after.raw!r}"
        if t.reach == "free":
            assert _held(text, (NAME, SLOT)) == _held(after, (NAME, SLOT)), f"{t.name}: {text.raw!r} -> {after.raw!r}"
        elif t.reach == "form":
            olds, news = _runs(text, SLOT), [n[1] for n in _runs(after, SLOT)]
            kept = len(olds) == len(news) and all(any(_says(o, n) for o in old) for old, n in zip(olds, news))
            assert kept, f"{t.name}: slots {olds} became {news} in {text.raw!r} -> {after.raw!r}"


def log_replays(t: Transform) -> None:
    """Composed with a step before it, the log is flat and gives the text again."""
    before = get("case.lower")
    for text, seed in cases():
        first = edits_of(before, text, seed)
        between = text.spliced(first)
        second = edits_of(t, between, seed)
        log = compose(text.raw, [(*e, before.name) for e in first], [(*e, t.name) for e in second])
        assert apply(text.raw, log) == between.spliced(second).raw, (
            f"{t.name}: the log does not replay on {text.raw!r}, seed {seed}"
        )
        assert all(a[1] <= b[0] for a, b in zip(log, log[1:])), f"{t.name}: {log} is not flat"


def words_are_not_offered_twice(t: Transform) -> None:
    """After a step, the words on offer are whole words of the new text that it left alone."""
    for text, seed in cases():
        after = text.spliced(edits_of(t, text, seed))
        for start, word in after.words:
            assert after.raw[start : start + len(word)] == word, (
                f"{t.name}: {word!r} is not at {start} in {after.raw!r}"
            )


def keeps_to_single_words(t: Transform) -> None:
    """What is declared to be wordwise changes one misspellable word with each edit."""
    for text, seed in cases() if t.wordwise else ():
        words = text.view(t.reach).misspellable[0]
        for s, e, new in edits_of(t, text, seed):
            assert any(start <= s and e <= start + len(word) for start, word in words), (
                f"{t.name}: {(s, e, new)} lies in no one word of {text.raw!r} on offer, but it is declared wordwise"
            )


def does_something(t: Transform) -> None:
    """It fires on ordinary text."""
    for seed in range(SEEDS):
        if any(edits_of(t, ordinary(raw), seed, 3.0) for raw in TEXTS):
            return
    raise AssertionError(f"{t.name} does nothing on {len(TEXTS)} ordinary texts with {SEEDS} seeds")


TEXT_PROMISES: tuple[Callable[[Transform], None], ...] = (
    is_named_and_shown, is_lazy, same_names_same_edits, leaves_global_randomness, nothing_at_zero, more_keeps_every_edit,
    edits_are_sound, protected_text_survives, log_replays, words_are_not_offered_twice,
    keeps_to_single_words, does_something,
)  # fmt: skip


def _locked(text: Text) -> str:
    return "".join(c for c, m in zip(text.raw, text.mask) if m == LOCKED)


def _held(text: Text, levels: Sequence[int]) -> str:
    return "".join(c for c, m in zip(text.raw, text.mask) if m in levels)


def _says(old: str, new: str) -> bool:
    """Tell whether a slot's new text says the old value, words put before it apart ("Hey, what" says "What")."""
    return same_value(old, new) or same_value(old, " ".join(new.split()[-len(old.split()) :]))


def _runs(text: Text, level: int) -> list[tuple[str, str, str, str]]:
    """List the runs of a level: with the word before, alone, with the word after (a contraction takes one in), with both."""
    out = []
    for m in re.compile(rb"%c+" % level).finditer(text.mask):
        before = re.search(r"[^\W_]+ *\Z", text.raw[: m.start()])
        after = re.match(r" *[^\W_]+", text.raw[m.end() :])
        start, end = m.start() - len(before[0] if before else ""), m.end() + len(after[0] if after else "")
        raw = text.raw
        out.append((raw[start : m.end()], raw[m.start() : m.end()], raw[m.start() : end], raw[start:end]))
    return out
