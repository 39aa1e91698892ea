"""Marks."""

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
        ("punct.no_final", "Where is it? Here.", {"Where is it? Here"}),
        ("punct.no_final", "He asked “why?”", {"He asked “why”"}),
        ("punct.no_final", "Wait...", {"Wait..."}),
        ("punct.no_final", "Flour, eggs, etc.", {"Flour, eggs, etc."}),
        ("punct.no_question", "Is it late? I can wait. Is it?", {"Is it late. I can wait. Is it"}),
        ("punct.no_question", "see a.b/c?d=1", {"see a.b/c?d=1"}),
        ("punct.doubled", "Is it late?", {"Is it late??", "Is it late???", "Is it late????"}),
        ("punct.doubled", "Pi is 3.14. Fine.", {"Pi is 3.14. Fine."}),
        ("punct.ellipsis", "It was Dr. Who. Now", {"It was Dr. Who... Now", "It was Dr. Who.. Now"}),
        ("punct.no_comma", "If so, call me", {"If so call me"}),
        ("punct.no_comma", "red, green, and blue", {"red, green and blue"}),
        ("punct.no_comma", "red, green balls", {"red, green balls"}),
        ("punct.no_comma", "When did Honda, Toyota and Nissan open?", {"When did Honda, Toyota and Nissan open?"}),
        ("punct.no_comma", "What colour, if any, is it?", {"What colour, if any, is it?"}),
        ("punct.no_comma", "In June, how many came?", {"In June how many came?"}),
        ("punct.no_comma", "If it rains, the match is off", {"If it rains the match is off"}),
        ("punct.no_comma", "1,200 or 5, 6", {"1,200 or 5, 6"}),
        ("punct.no_apostrophe", "It's Anna's, isn’t it", {"Its Annas, isnt it"}),
        ("punct.no_apostrophe", "I'm sure I'll go, we're late", {"Im sure I'll go, we're late"}),
        ("punct.no_apostrophe", "the farmers' market", {"the farmers market"}),
        ("punct.no_apostrophe", "he said 'stay boys' to us", {"he said 'stay boys' to us"}),
        ("punct.no_apostrophe", "she'll see hell, who're they, O'Brien", {"she'll see hell, who're they, O'Brien"}),
        ("punct.apostrophe", "It's Anna's", {"Its Anna's", "It's Annas"}),
        ("punct.apostrophe", "it doesn't work", {"it doesnt work", "it does'nt work"}),
        ("punct.apostrophe", "I can't, she'll know", {"I cant, she'll know", "I ca'nt, she'll know"}),
        ("punct.hyphen", "a well-known song", {"a well known song"}),
        ("punct.hyphen", "a non-native", {"a nonnative"}),
        ("punct.hyphen", "Top up by email", {"Top-up by email", "Top up by e-mail"}),
        ("punct.hyphen", "1-2, x-y, mother-in-law", {"1-2, x-y, mother-in-law"}),
        ("punct.stray", "Who's she", {"Who;s she", "Who''s she"}),
        ("punct.stray", "yes, no", {"yes , no", "yes,, no", "yesm no"}),
        ("punct.stray", "3.5 a.b 5,6", {"3.5 a.b 5,6"}),
    ],
)
def test_marks(name: str, raw: str, written: set[str]) -> None:
    assert outcomes(name, raw) == written


def test_a_negation_may_lose_its_apostrophe_only() -> None:
    raw = "I don't know"
    mask = b"\0\0" + bytes([SLOT]) * 5 + b"\0" * 5
    assert outcomes("punct.no_apostrophe", raw, mask) == {"I dont know"}
