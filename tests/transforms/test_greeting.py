"""Greetings and thanks: once, and only around a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perturb.core.text import LOCKED

Variants = Callable[..., "set[str]"]


def test_open(variants: Variants) -> None:
    made = variants("greeting.open", "Where is my card?")
    assert {"Hi, where is my card?", "Hi! Where is my card?"} <= made
    assert "hi where is my card" in variants("greeting.open", "where is my card")
    assert all("Will" in v for v in variants("greeting.open", "Will has six apples. How many has Will?"))
    assert any(v.endswith("will I pay?") for v in variants("greeting.open", "Will I pay?"))


def test_a_symbol_keeps_its_capital(variants: Variants) -> None:
    assert all("A is the father" in v for v in variants("greeting.open", "A is the father of B. Who is B?"))
    assert "Hi, a robe takes two. How many?" in variants("greeting.open", "A robe takes two. How many?")


def test_close(variants: Variants) -> None:
    made = variants("greeting.close", "Where is my card?")
    assert {"Where is my card? Thanks", "Where is my card? Thanks in advance"} <= made
    assert "where is my card, thanks" in variants("greeting.close", "where is my card")


@pytest.mark.parametrize(
    "raw", ["Hello sir where is it", "hii, where is my card", "The inverse of a is", "It is called", "Answer:"]
)
def test_open_leaves_alone(raw: str, variants: Variants) -> None:
    assert variants("greeting.open", raw) == {raw}


@pytest.mark.parametrize("raw", ["Where is my card? Thanks!", "no", "The inverse of a is"])
def test_close_leaves_alone(raw: str, variants: Variants) -> None:
    assert variants("greeting.close", raw) == {raw}


def test_no_greeting_before_locked_text(variants: Variants) -> None:
    raw = "print(1) fails, why does it?"
    mask = bytes([LOCKED] * 8 + [0] * (len(raw) - 8))
    assert variants("greeting.open", raw, mask) == {raw}


@pytest.mark.parametrize(
    "raw",
    [
        "Which of the following is a special feature of the rabies vaccine?",
        "This question refers to the following information. What did he do?",
        "For which of these does the speaker do wrong? Scenario 1 I ran. Scenario 2 I sat.",
    ],
)
def test_nobody_greets_an_exam(raw: str, variants: Variants) -> None:
    assert variants("greeting.open", raw) == variants("greeting.close", raw) == {raw}


def test_thanks_after_a_capital_are_set_off(variants: Variants) -> None:
    made = variants("greeting.close", "I was charged twice")
    assert {"I was charged twice. Thanks", "I was charged twice, thanks"} <= made
    assert not any(v.startswith("I was charged twice th") for v in made)


def test_the_careful_set_a_comma(variants: Variants) -> None:
    assert "Hi where is my card?" in variants("greeting.open", "Where is my card?")
    assert "Hi where is my card?" not in variants("greeting.open", "Where is my card?", register="customer")


def test_who_takes_care_gives_no_bare_order_behind_a_greeting(variants: Variants) -> None:
    assert variants("greeting.open", "Fix my card", register="customer") == {"Fix my card"}
    assert "Hi, please fix my card" in variants("greeting.open", "Please fix my card", register="customer")


def test_a_capital_that_stays_has_a_mark_before_it(variants: Variants) -> None:
    assert not any("Hi Want" in v for v in variants("greeting.open", "Want to buy a lamp, is it there?"))
