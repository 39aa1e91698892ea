"""Spaces."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import SLOT, Text


def outcomes(name: str, raw: str, mask: bytes | None = None) -> set[str]:
    return {apply(raw, engine.run(Text(raw, mask), get(name), {}, Rng(s), rate=None, times=1)) for s in range(40)}


@pytest.mark.parametrize(
    ("name", "raw", "written"),
    [
        ("space.omit", "I like it a lot", {"I like it alot"}),
        ("space.omit", "Well, fine", {"Well,fine"}),
        ("space.omit", "5, 6", {"5, 6"}),
        ("space.split", "I went into it", {"I went in to it"}),
        ("space.split", "Another day", {"An other day"}),
        ("space.split", "a long day", {"a long day"}),
        ("space.split", "My withdrawal", {"My with drawl", "My with drawal"}),
        ("space.extra", "late?", {"late ?"}),
        ("space.extra", "so late", {"so  late"}),
        ("space.tidy", "So? Yes. No.", {"So?  Yes.  No."}),
        ("space.tidy", "So?  Yes.  No.", {"So? Yes. No."}),
        ("space.tidy", "a    b", {"a    b "}),
        ("space.tidy", "So?", {"So? "}),
    ],
)
def test_spaces(name: str, raw: str, written: set[str]) -> None:
    assert outcomes(name, raw) == written


def test_the_same_two_words_are_run_together_once() -> None:
    raw = "The cat and the dog and the cow sat by the hut and the barn."
    for seed in range(30):
        edits = engine.run(Text(raw), get("space.omit"), {}, Rng(seed), rate=None, times=9)
        assert apply(raw, edits).count("andthe") <= 1


def test_numbers_are_not_glued() -> None:
    raw = "a lot at least 5 cats"
    mask = bytearray(len(raw))
    mask[raw.index("at least") : raw.index(" cats")] = bytes([SLOT]) * len("at least 5")
    assert outcomes("space.omit", raw, bytes(mask)) == {"alot at least 5 cats"}
