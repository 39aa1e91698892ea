"""What a recogniser, which has read a lot, would and would not write."""

from __future__ import annotations

import re

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected
from perturb.language.speech.near import near


def said(name: str, raw: str, seed: int = 1, **params: object) -> str:
    """Give what a transform makes of a text that is masked by rule, as much of it as it can."""
    text, step = protected(raw), get(name)
    return apply(raw, engine.run(text, step, params, Rng(seed), rate=None if step.rate is None else 1.0, times=1))


def heard_in(name: str, raw: str, seeds: int = 200, **params: object) -> set[str]:
    return {said(name, raw, seed, **params) for seed in range(seeds)}


@pytest.mark.parametrize("raw", ["How can I tell the exchange rate, and do I change it?", "You are the master of half an hour.",
                                 "How long does it take to see all the angles of medicines?", "Should he have received a new credit card?",
                                 "Can they write to the right person?"])  # fmt: skip
def test_a_recogniser_writes_what_could_stand_there(raw: str) -> None:
    for made in heard_in("asr.slip", raw) | heard_in("asr.mishear", raw, 300, wer=0.3, values=False):
        wrong = re.search(r"\b(?:[Yy]ou is|does they|a (?:[aeio]\w+|angles|medicines)|an [bcdfgjklmnpqrstvwxz]|half an? the|I tells|"
                          r"should \w+ has|credits card|the write|do it take)\b", made)  # fmt: skip
        assert not wrong, made
    assert not any("to sea" in m or "I changed" in m for m in heard_in("asr.slip", raw))


def test_careful_dictation_keeps_articles_and_endings_that_are_heard() -> None:
    made = heard_in("asr.slip", "A nurse asked to see the games since the waist of a lone man hurt.")
    assert any("ask to" in m for m in made) and any("game since" in m for m in made) and any("waste" in m for m in made)
    assert not any("hurts" in m or "nurses" in m for m in made)
    assert not any(re.search(r"\bThe nurse|see a game|of the lone", m) for m in made)
    kept = "If Ann sells eggs, calculate the sum."
    assert not any("calculated" in m or "cells" in m for m in heard_in("asr.slip", kept.replace(",", "")))
    assert near("do") == () and "pen ding" not in dict(near("pending")) and "would" not in dict(near("wood"))


def test_capitals_are_put_on_nouns_and_taken_from_the_ends_of_names() -> None:
    raw = "Did the White House and the Royal Gallery announce what they found in the pharmacy of the United States?"
    made = heard_in("asr.capitals", raw, 300)
    assert any("Royal gallery" in m for m in made) and any("the Pharmacy" in m for m in made)
    assert not any(
        re.search(r"white House|White house|royal Gallery|united|states|Found|Announce|What", m) for m in made
    )


@pytest.mark.parametrize(
    ("raw", "new"),
    [
        ("how do u activate ths card, i dont know", "how do you activate this card, I don't know"),
        ("if r is 3, what is u?", "if r is 3, what is u?"),
        ("Does vitamin u exist in R?", "Does vitamin u exist in R?"),
        ("Is Teh his name, and can he recieve it?", "Is Teh his name, and can he receive it?"),
    ],
)
def test_what_was_typed_short_or_wrong_is_written_as_it_is_said(raw: str, new: str) -> None:
    assert said("asr.respell", raw) == new


def test_who_speaks_to_a_voice_line_stays_small() -> None:
    assert said("asr.respell", "i think im late", names=False) == "i think i'm late"
