"""The log: flat, ordered, disjoint; what it says of the source is what was done to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturb.core.edits import Labelled, apply, compose, locate, locate_span
from perturb.core.text import Edit

LETTERS = "ab c"


@st.composite
def edits_of(draw: st.DrawFn, size: int) -> list[Edit]:
    """Draw ordered disjoint edits of a text, as the engine gives them: insertions never touch another edit."""
    marks = sorted(draw(st.lists(st.integers(0, size), max_size=8)))
    found: list[Edit] = []
    for start, end in zip(marks[::2], marks[1::2]):
        new = draw(st.text(LETTERS, max_size=3))
        last = found[-1] if found else (-2, -1, "")
        meets = start <= last[1] and (start == end or last[0] == last[1])
        if (start < end or new) and start >= last[1] and not meets:
            found.append((start, end, new))
    return found


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """Draw a source and the edits of several steps, each of the text that the step before left."""
    source = text = draw(st.text(LETTERS, max_size=14))
    steps = []
    for _ in range(draw(st.integers(1, 4))):
        steps.append(draw(edits_of(len(text))))
        text = apply(text, steps[-1])
    return source, steps


def composed(source: str, steps: list[list[Edit]]) -> list[Labelled]:
    log: list[Labelled] = []
    for n, edits in enumerate(steps):
        log = compose(source, log, [(*e, f"s{n}") for e in edits])
    return log


@settings(max_examples=1500, deadline=None)
@given(chains())
def test_the_log_does_what_the_steps_did(chain: tuple[str, list[list[Edit]]]) -> None:
    source, steps = chain
    text = source
    for edits in steps:
        text = apply(text, edits)
    log = composed(source, steps)
    assert apply(source, log) == text
    for (_, end, _, _), (start, *_) in pairwise(log):
        assert end <= start, "out of order or overlapping"
    assert all(0 <= s <= e <= len(source) and (s < e or new) for s, e, new, _ in log), "an empty edit stayed"


@settings(max_examples=500, deadline=None)
@given(chains())
def test_every_edit_names_the_steps_that_made_it(chain: tuple[str, list[list[Edit]]]) -> None:
    source, steps = chain
    known = {f"s{n}" for n, edits in enumerate(steps) if edits}
    for _, _, _, label in composed(source, steps):
        names = label.split("+")
        assert set(names) <= known and len(set(names)) == len(names)


@settings(max_examples=500, deadline=None)
@given(chains())
def test_untouched_characters_are_where_locate_says(chain: tuple[str, list[list[Edit]]]) -> None:
    source, steps = chain
    log = composed(source, steps)
    after = apply(source, log)
    for at, c in enumerate(source):
        if not any(s <= at < e for s, e, _, _ in log):
            assert after[locate(log, at)] == c
    places = [locate(log, at) for at in range(len(source) + 1)]
    assert places == sorted(places) and all(0 <= p <= len(after) for p in places)


@pytest.mark.parametrize(
    ("source", "steps", "log"),
    [
        ("How far", [[(0, 1, "h")], [(4, 5, "")]], [(0, 1, "h", "s0"), (4, 5, "", "s1")]),
        ("How far", [[(0, 1, "h")], [(0, 3, "hw")]], [(0, 3, "hw", "s0+s1")]),
        ("How far", [[(0, 1, "h")], [(0, 1, "H")]], []),  # undone
        ("ab", [[(1, 1, "x")], [(1, 2, "")]], []),  # put in and taken out
        ("a b", [[(0, 1, "xyz")], [(4, 5, "c")]], [(0, 1, "xyz", "s0"), (2, 3, "c", "s1")]),
        ("one two six", [[(0, 3, "1")], [(2, 5, "2")], [(0, 7, "")]], [(0, 11, "", "s0+s1+s2")]),
        ("abc", [[(1, 2, "")], [(1, 1, "q")]], [(1, 2, "q", "s0+s1")]),
        ("", [[(0, 0, "hi")], [(2, 2, "!")]], [(0, 0, "hi!", "s0+s1")]),
    ],
)
def test_compose(source: str, steps: list[list[Edit]], log: list[Labelled]) -> None:
    assert composed(source, steps) == log


@pytest.mark.parametrize(
    "edits",
    [
        [(3, 2, "x")], [(0, 9, "")], [(-1, 1, "")], [(2, 3, ""), (0, 1, "")], [(0, 2, ""), (1, 3, "")],
        [("0", 1, "x")], [(0, 1, None)],
    ],
)  # fmt: skip
def test_apply_refuses_what_is_no_log(edits: list[tuple[object, ...]]) -> None:
    with pytest.raises(ValueError, match="edit"):
        apply("abcd", edits)


def test_locate_span_leaves_an_insertion_at_its_edge_outside() -> None:
    edits = [(0, 0, "Hi, "), (3, 3, "very "), (13, 13, "!!")]
    after = apply("on a plain day", edits)
    assert after == "Hi, on very a plain da!!y"
    assert after[slice(*locate_span(edits, 3, 13))] == "a plain da"
