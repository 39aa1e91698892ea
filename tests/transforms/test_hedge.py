"""Hedges: a question stays a question, an order becomes a request."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perturb import vary

Variants = Callable[..., "set[str]"]


def test_question(variants: Variants) -> None:
    made = variants("hedge.open", "Where is my card?")
    assert {"Quick question: Where is my card?", "I was wondering, where is my card?"} <= made
    assert all(v.lower().endswith("where is my card?") for v in made)


def test_order(variants: Variants) -> None:
    made = variants("hedge.open", "Write a short poem.")
    assert "Could you please write a short poem?" in made
    assert "I need you to write a short poem." in made
    assert not any("please please" in v.lower() for v in variants("hedge.open", "Show me the way please"))
    assert all(v.lower().count("please") == 1 for v in variants("hedge.open", "Show me the way please"))


def test_please_where_more_follows(variants: Variants) -> None:
    raw = "Rewrite your last answer. Start with the letter A."
    assert variants("hedge.open", raw) == {"Please rewrite your last answer. Start with the letter A."}
    assert variants("hedge.open", raw + " Be brief, please.") == {raw + " Be brief, please."}


def test_word(variants: Variants) -> None:
    assert "Can you please check it?" in variants("hedge.word", "Can you check it?")
    assert variants("hedge.word", "I need my money") == {"I just need my money"}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("hedge.open", "Return policy for shoes"),
        ("hedge.open", "Need fish oil now"),
        ("hedge.open", "The inverse of a is"),
        ("hedge.word", "if you were me, would you have them"),
        ("hedge.word", "Can you please check it?"),
        ("hedge.word", "a thing that I need to send"),
    ],
)
def test_leaves_alone(name: str, raw: str, variants: Variants) -> None:
    assert variants(name, raw) == {raw}


def test_a_question_without_its_mark_is_no_order(variants: Variants) -> None:
    assert not any("you do you" in v for v in variants("hedge.open", "do you know where my phone is"))


def test_going_on_from_a_message_before(variants: Variants) -> None:
    made = variants("hedge.open", "Where is my card?", words="on")
    assert {"And where is my card?", "Also where is my card?", "Ok but where is my card?"} <= made
    assert "Also rewrite your last answer. Be brief." in variants(
        "hedge.open", "Rewrite your last answer. Be brief.", words="on"
    )
    assert variants("hedge.open", "No i want the blue one, is it in?", words="on") == {
        "No i want the blue one, is it in?"
    }
    assert not any("uick" in v for v in variants("hedge.open", "Anna, where is my card?", words="on"))


def test_please(variants: Variants) -> None:
    assert "Could you please check it?" in variants("hedge.please", "Can you check it?")
    assert "I would like to cancel my order" in variants("hedge.please", "I want to cancel my order")
    made = variants("hedge.please", "Fix my card.")
    assert {"Please fix my card.", "Could you please fix my card?"} <= made
    assert "Could you please tell me how to pay by card?" in variants("hedge.please", "How do I pay by card?")
    assert "Could you tell me if I can pay by card?" in variants("hedge.please", "Can I pay by card?")
    assert "can you please tell me what the exchange rate is" in variants("hedge.please", "what is the exchange rate")
    assert "My card was declined. Please can you help?" in variants("hedge.please", "My card was declined.")
    assert "I need a new card, please." in variants("hedge.please", "I need a new card.")


@pytest.mark.parametrize(
    "raw",
    [
        "Can you see it from the street?",
        "Can you change your own rate?",
        "I like my new card.",
        "Please fix my card.",
        "The inverse of a is",
    ],
)
def test_no_favour_gets_a_please(raw: str, variants: Variants) -> None:
    assert not any("please " in v.lower().replace("please fix", "") for v in variants("hedge.please", raw))


def test_what_a_question_turns_round_stays_whole(variants: Variants) -> None:
    assert not any("what this is" in v for v in variants("hedge.please", "What is this $1 charge?"))
    assert any(v.endswith("where I need to go?") for v in variants("hedge.please", "Where do I need to go?"))
    assert all("could you do" not in v.lower() for v in variants("hedge.please", "do you know where my phone is"))


@pytest.mark.parametrize("raw", ["I need pounds not euros?", "The exchange rates are?", "Can you please tell me why?"])
def test_nobody_wonders_about_what_is_told_or_asked_already(raw: str, variants: Variants) -> None:
    assert variants("hedge.open", raw) == {raw}


def test_no_please_in_a_question_for_what_is_possible(variants: Variants) -> None:
    assert variants("hedge.word", "can you see a red wire") == {"can you see a red wire"}


def test_but_holds_against_something(variants: Variants) -> None:
    assert not any("but" in v.lower().split() for v in variants("hedge.open", "What is 4 times 5 plus 2?", words="on"))
    assert "Ok but why was it declined?" in variants("hedge.open", "Why was it declined?", words="on")


def test_nobody_asks_for_help_behind_an_end_that_is_locked() -> None:
    item = {
        "qID": "q",
        "sentence": "I never got my card because the _ was lost.",
        "option1": "letter",
        "option2": "parcel",
        "answer": "1",
    }
    found = [vary(item, "polite", seed=seed, profile="winogrande") for seed in range(12)]
    assert all(v.text.endswith("was lost.") for variants in found for v in variants)
