"""The engine: reads proposals as far as the amount says, refuses what may not be, logs the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.errors import PerturbError
from perturb.core.registry import Transform, transforms
from perturb.core.rng import Rng
from perturb.core.text import FREE, LOCKED, NAME, SLOT, Edit, Text

MARK = {"·": FREE, "n": NAME, "s": SLOT, "#": LOCKED}
LIGHT = [t for t in transforms().values() if t.kind == "text" and not t.needs]


def proposing(*proposals: Any, reach: str = "free", ordered: bool = False) -> Transform:
    def fn(text: Text, rng: Rng) -> Iterator[Any]:
        yield from proposals

    return Transform("test.fixed", fn, "x", "text", reach, times=1, ordered=ordered)


def done(
    raw: str, *proposals: Any, marks: str = "", reach: str = "free", times: float = 9, ordered: bool = False
) -> str:
    text = Text(raw, bytes(MARK[m] for m in marks.ljust(len(raw), "·")))
    return apply(
        raw, engine.run(text, proposing(*proposals, reach=reach, ordered=ordered), {}, Rng(1), rate=None, times=times)
    )


@pytest.mark.parametrize("edit", [(-1, 1, "x"), (0, 99, ""), (3, 2, "x")])
def test_out_of_range_is_a_bug_of_the_transform(edit: Edit) -> None:
    with pytest.raises(PerturbError, match=r"test\.fixed.*a bug in it"):
        done("abcd", edit)


@pytest.mark.parametrize(
    ("proposals", "after"),
    [
        ([(0, 1, "x"), (0, 1, "y")], "xbcd"), ([(0, 2, "x"), (1, 3, "y")], "xcd"), ([(0, 1, "x"), (1, 2, "y")], "xycd"),
        ([(1, 1, "x"), (1, 1, "y")], "axbcd"), ([(1, 2, ""), (2, 2, "y")], "acd"), ([(2, 2, "y"), (0, 4, "")], "abycd"),
        ([(0, 1, "a"), (1, 2, "x")], "axcd"),  # what changes nothing is no edit
    ],
)  # fmt: skip
def test_edits_never_overlap(proposals: list[Edit], after: str) -> None:
    assert done("abcd", *proposals) == after


REACH: list[tuple[str, str, Edit, dict[str, bool]]] = [
    ("a cat", "·····", (2, 5, "dog"), {"free": True, "form": True, "loss": True}),
    ("I saw Natalia", "······nnnnnnn", (6, 13, "Nataila"), {"free": False, "form": True, "loss": True}),
    ("I saw Natalia", "······nnnnnnn", (6, 13, "her"), {"free": False, "form": False, "loss": True}),
    ("I saw Natalia", "······nnnnnnn", (5, 13, ""), {"free": False, "form": False, "loss": True}),
    ("How far", "sss·sss", (0, 1, "h"), {"free": False, "form": True, "loss": True}),
    ("How far", "sss·sss", (0, 3, "Hwo"), {"free": False, "form": False, "loss": True}),
    ("buy 48", "····ss", (4, 6, "forty-eight"), {"free": False, "form": True, "loss": True}),
    ("buy 48", "····ss", (4, 6, "84"), {"free": False, "form": False, "loss": True}),
    ("buy 48", "····ss", (5, 5, " "), {"free": False, "form": False, "loss": True}),
    ("buy 48", "····ss", (4, 4, "about "), {"free": True, "form": True, "loss": True}),
    ("buy x.y", "····###", (4, 7, ""), {"free": False, "form": False, "loss": False}),
    ("buy x.y", "····###", (5, 5, "q"), {"free": False, "form": False, "loss": False}),
    ("buy x.y", "····###", (0, 7, "q"), {"free": False, "form": False, "loss": False}),
    ("What is", "ssss·ss", (0, 4, "So what"), {"free": False, "form": True, "loss": True}),
    ("What is", "ssss·ss", (0, 7, "whats"), {"free": False, "form": True, "loss": True}),
    ("not 5", "sss·s", (0, 5, ""), {"free": False, "form": False, "loss": True}),
    ("Ann met Bob", "nnn·····nnn"[:11], (0, 11, "Bob met Ann"), {"free": False, "form": False, "loss": True}),
]


@pytest.mark.parametrize("reach", ["free", "form", "loss"])
@pytest.mark.parametrize(("raw", "marks", "edit", "may"), REACH)
def test_reach(raw: str, marks: str, edit: Edit, may: dict[str, bool], reach: str) -> None:
    assert (done(raw, edit, marks=marks, reach=reach) != raw) is may[reach]


@pytest.mark.parametrize(
    ("raw", "marks", "edit", "may"),
    [
        ("at 5 pm", "···ssss", (2, 3, ""), False),  # at5
        ("at 5 now", "···s····", (4, 5, ""), False),  # 5now
        ("at 5 now", "···s····", (0, 3, ""), True),
        ("at 5 now", "···s····", (0, 2, "by"), True),
        ("at 5, now", "···s·····", (4, 5, ""), True),
        ("cost 5 6", "·····s·s", (6, 7, ""), False),
        ("cost 5 6", "·····s·s", (6, 7, "-"), False),
        ("cost 5 6", "·····s·s", (6, 7, "."), False),
        ("x 5", "··s", (1, 2, "-"), False),  # -5
        ("x 5", "··s", (1, 2, "."), False),
        ("x 5", "··s", (2, 2, "$"), False),
        ("x 5", "··s", (3, 3, "s"), False),
        ("x 5", "··s", (3, 3, "%"), False),
        ("x 5", "··s", (3, 3, "0"), False),
        ("x 5", "··s", (3, 3, "!"), True),
        ("x 5", "··s", (3, 3, " or so"), True),
        ("so `f` is", "···###···", (6, 7, ""), True),  # a mark parts them
        ("it is not so", "······sss···", (9, 10, ""), False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reach", ["free", "form", "loss"])
def test_nothing_is_glued_to_a_slot(raw: str, marks: str, edit: Edit, may: bool, reach: str) -> None:
    assert (done(raw, edit, marks=marks, reach=reach) != raw) is may


def test_ordered_streams_end_at_the_first_refusal() -> None:
    cut = [(3, 4, ""), (2, 3, ""), (1, 2, ""), (0, 1, "")]
    assert done("abcd", *cut, marks="··#·", reach="loss", ordered=True) == "abc"
    assert done("abcd", *cut, marks="··#·", reach="loss") == "c"


def test_a_list_is_one_proposal_that_loses_its_refused_members() -> None:
    both = [(0, 1, "x"), (2, 3, "y"), (2, 3, "z"), (3, 4, "w")]
    assert done("abcd", both, (1, 2, "q"), times=1) == "xbyw"
    assert done("abcd", both, marks="··#·", times=1) == "xbcw"
    assert done("abcd", [], [(2, 3, "y")], (1, 2, "q"), marks="··#·", times=1) == "aqcd", "an empty one does not count"


def test_in_an_ordered_stream_an_empty_list_counts() -> None:
    assert done("abcd", [], [(1, 2, "q")], ordered=True, times=1) == "abcd"
    assert done("abcd", [], [(1, 2, "q")], ordered=True, times=2) == "aqcd"


def test_a_stream_of_refusals_is_given_up() -> None:
    def fn(text: Text, rng: Rng) -> Iterator[Edit]:
        while True:
            yield 0, 1, "x"

    endless = Transform("test.endless", fn, "x", "text", times=1)
    assert engine.run(Text("a", b"\3"), endless, {}, Rng(1), rate=None, times=1) == []
    assert engine.run(Text("a"), endless, {}, Rng(1), rate=None, times=5) == [(0, 1, "x")]


def test_no_lone_surrogate_is_brought_in() -> None:
    assert done("ab", (0, 1, "\ud800")) == "ab" and done("a\ud800b", (0, 1, "x")) == "x\ud800b"


@pytest.mark.parametrize("amount", [0.25, 1.5, 3.0])
def test_the_amount_is_right_on_average(amount: float) -> None:
    each = proposing(*[(i, i + 1, "x") for i in range(10)])
    counts = [len(engine.run(Text("a" * 10), each, {}, Rng(s), rate=None, times=amount)) for s in range(3000)]
    assert abs(sum(counts) / 3000 - amount) < 0.04 and max(counts) - min(counts) <= 1


def test_a_rate_is_of_words_on_offer() -> None:
    each = proposing(*[(i, i + 1, "x") for i in range(0, 20, 2)])
    text = Text("a " * 10, bytes([0, 0] * 5 + [3, 3] * 5))
    assert len(engine.run(text, each, {}, Rng(1), rate=1.0, times=0)) == 5


TEXTS = [
    "How many clips did Natalia sell altogether in April and May, and why don't we know because of them?",
    "👩‍👩‍👧 Thanks, people! 👍🏽 e\u0301tude about the 🇩🇪🇫🇷 flags\r\nand more\r\n❤️ please because 1️⃣ is there",
    "Please מה שלומך today مرحبا بالعالم because you should know it, right?",
    "a", "", " ", "\x00", "'", "I", "e\u0301", "👍🏽", "\ud800 probably because of it\ud800", "İstanbul ǅ ﬁne straße ŉ",
]  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    st.one_of(st.sampled_from(TEXTS), st.text(max_size=40)), st.integers(0, 10**6), st.randoms(use_true_random=False)
)
@example(TEXTS[1], 3, None)
def test_every_transform_on_any_text(raw: str, seed: int, random: Any) -> None:
    mask = bytes(random.choice([0, 0, 0, 1, 2, 3]) if random else 0 for _ in raw)
    text = Text(raw, mask)
    for t in LIGHT:
        edits = engine.run(text, t, {}, Rng(seed), rate=None, times=6)
        after = apply(raw, edits)
        assert all(not mask[s:e].count(LOCKED) for s, e, _ in edits), t.name
        joins = text.joins()
        assert not any(s in joins or e in joins for s, e, _ in edits), f"{t.name} split a cluster: {after!r}"
        if t.reach == "free":
            assert all(not any(mask[s:e]) for s, e, _ in edits), t.name


@pytest.mark.parametrize("t", LIGHT, ids=[t.name for t in LIGHT])
def test_more_keeps_every_edit_of_less(t: Transform) -> None:
    for raw in TEXTS[:3]:
        for seed in range(4):
            text, before = Text(raw), set[Edit]()
            for amount in (0, 0.1, 0.5, 1, 2, 5, 12):
                edits = engine.run(text, t, {}, Rng(seed), rate=None, times=amount)
                assert before <= set(edits) and (amount or not edits)
                before = set(edits)
