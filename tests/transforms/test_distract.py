"""What has no bearing stands beside the problem and leaves it as it is."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected

PROBLEM = "Maria baked 12 cakes and sold 5 of them. How many cakes are left?"
MAIL = "My card has not arrived. When will the bank send a new one?"


def written(name: str, raw: str, seed: int = 1, **params: object) -> str:
    text = protected(raw)
    return text.spliced(engine.run(text, get(name), dict(params), Rng(seed), rate=None, times=1)).raw


@pytest.mark.parametrize("raw", [PROBLEM, MAIL])
def test_a_sentence_comes_before_the_question(raw: str) -> None:
    first, question = raw.split(". ")
    for seed in range(20):
        new = written("distract.sentence", raw, seed)
        assert new.startswith(f"{first}. ") and new.endswith(f" {question}") and new != raw
        assert not any(c.isdigit() for c in new.removeprefix(first).removesuffix(question))


def test_numbers_come_only_where_they_are_asked_for() -> None:
    assert any(c.isdigit() for c in written("distract.sentence", MAIL, numbers=True).removesuffix("?"))


@pytest.mark.parametrize(
    "raw",
    [
        "Bacteria use iron to guide their movement. What triggers it?",
        "Which of these is a mammal? It is warm.",
        "Cells divide. What is this called?",
        "What is 2 + 2?",
        "",
    ],
)
def test_an_exam_gets_none(raw: str) -> None:
    assert written("distract.sentence", raw) == raw


def test_who_flies_has_no_car() -> None:
    raw = "Jo's plane travels 1200 miles in 3 hours. How far does she travel in 4 hours?"
    assert not any(
        w in written("distract.sentence", raw, seed) for seed in range(60) for w in (" car ", "traffic", "road")
    )


def test_mail_programs_add_their_lines_below() -> None:
    assert written("distract.signature", MAIL).startswith(MAIL + "\n\n")
    assert written("distract.thread", MAIL).startswith(MAIL + "\n\n> ")
    assert written("distract.signature", "What is the capital of France?") == "What is the capital of France?"
