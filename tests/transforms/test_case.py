"""Capitals."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, NAME, Text


def run(name: str, raw: str, names: str = "", locked: str = "", seed: int = 0, **params: object) -> str:
    mask = bytearray(len(raw))
    for part, level in ((names, NAME), (locked, LOCKED)):
        if part:
            at = raw.index(part)
            mask[at : at + len(part)] = bytes([level]) * len(part)
    return apply(raw, engine.run(Text(raw, bytes(mask)), get(name), params, Rng(seed), rate=None, times=1))


@pytest.mark.parametrize(
    ("name", "raw", "written"),
    [
        ("case.lower", "Is Rome in Italy?", "is rome in italy?"),
        ("case.lower", "Does DNA bind in the US?", "does dna bind in the US?"),
        ("case.lower", "A 5 MW plant. At 5 PM?", "a 5 MW plant. at 5 pm?"),
        ("case.lower", "Cross AA with Aa and aa", "cross AA with Aa and aa"),
        ("case.lower", "Let S_n and X be sets; is X in x?", "let S_n and X be sets; is X in x?"),
        ("case.lower", "All are true EXCEPT", "all are true except"),
        ("case.lower_start", "How far is it? A mile. I know.", "how far is it? a mile. I know."),
        ("case.lower_start", "DNA is long. “Why?” A. Yes", "DNA is long. “why?” A. Yes"),
        ("case.lower_i", "I think I'm late and I’d go, can I?", "i think i'm late and i’d go, can i?"),
        ("case.lower_i", "World War I and Type I errors", "World War I and Type I errors"),
        ("case.lower_i", "Which holds? I and II, or II only", "Which holds? I and II, or II only"),
        ("case.lower_i", "Let I = 2 in the WG I report", "Let I = 2 in the WG I report"),
        ("case.lower_i", "WHAT AM I? I AM FUN", "WHAT AM I? I AM FUN"),
        ("case.lower_names", "When did Anna leave NASA?", "When did anna leave NASA?"),
        ("case.caps", "Where is it?", "WHERE IS IT?"),
        ("case.caps", "Straße x and X", "Straße x AND X"),
    ],
)
def test_recases(name: str, raw: str, written: str) -> None:
    assert run(name, raw) == written


def test_names_at_the_start() -> None:
    assert run("case.lower_start", "Anna left. She ran.", names="Anna") == "Anna left. she ran."
    assert run("case.lower_names", "Anna left. She ran.", names="Anna") == "anna left. She ran."


def test_locked_text_stays() -> None:
    assert run("case.lower", "Is Rome big?", locked="Rome") == "is Rome big?"


def test_shouts_one_word() -> None:
    assert run("case.caps", "please send the card", scope="word") == "PLEASE send the card"
    assert run("case.caps", "i still can't pay", scope="word") in ("i STILL can't pay", "i still CAN'T pay")
    assert run("case.caps", "how many in all", scope="word") == "how many in all"
    assert run("case.caps", "how do you say fast in Spanish", scope="word") == "how do you say fast in Spanish"


def test_misses_or_holds_shift() -> None:
    raw = "Who is Anna Li at NASA?"
    outcomes = {run("case.shift", raw, names="Anna", seed=s) for s in range(60)}
    assert outcomes == {
        "WHo is Anna Li at NASA?",
        "who is Anna Li at NASA?",
        "Who is anna Li at NASA?",
        "Who is ANna Li at NASA?",
    }
    assert {run("case.shift", raw, names="Anna", seed=s, held=0.0) for s in range(60)} == {
        "who is Anna Li at NASA?",
        "Who is anna Li at NASA?",
    }


def test_half_a_message_is_not_typed_small() -> None:
    raw = "Write about Rome. Your answer must have two parts. Please be brief."
    assert run("case.lower", raw, locked="Your answer must have two parts.") == raw
    assert run("case.lower", raw) == raw.lower()
