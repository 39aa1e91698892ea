"""Contractions both ways, and where neither is English."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Variants = Callable[..., "set[str]"]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("I do not know.", "I don't know."),
        ("It is late now", "It's late now"),
        ("I have ordered a card", "I've ordered a card"),
        ("he said I am late", "he said I'm late"),
        ("What is the sum?", "What's the sum?"),
        ("They cannot pay", "They can't pay"),
        ("I will call", "I'll call"),
        ("Let us assume it", "Let's assume it"),
    ],
)
def test_join(raw: str, wanted: str, variants: Variants) -> None:
    assert variants("contraction.join", raw) <= {raw, wanted}
    assert wanted in variants("contraction.join", raw)


@pytest.mark.parametrize(
    "raw",
    [
        "Yes, I am.", "tell me what it is", "tell me how old I am now", "What is it?", "I have a card",
        "I have fixed income", "Which is NOT true", "Let us know", "he has dilated veins", "you can not only win",
        "who they are and why",
    ],
)  # fmt: skip
def test_join_leaves_alone(raw: str, variants: Variants) -> None:
    assert variants("contraction.join", raw) == {raw}


def test_split_takes_no_possessive_for_two_words(variants: Variants) -> None:
    raw = "I know the name of it's owner"
    assert variants("contraction.split", raw) == {raw}


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("I don't know", "I do not know"),
        ("My card doesn't work", "My card does not work"),
        ("Don't worry", "Do not worry"),
        ("I can't pay", "I cannot pay"),
        ("They won't pay", "They will not pay"),
        ("It's late", "It is late"),
        ("I'm late", "I am late"),
        ("i’ve paid", "i have paid"),
        ("I'd like one", "I would like one"),
        ("what's the sum", "what is the sum"),
    ],
)
def test_split(raw: str, wanted: str, variants: Variants) -> None:
    assert variants("contraction.split", raw) == {wanted}


@pytest.mark.parametrize(
    "raw",
    [
        "Don't you think so?", "Why doesn't it work?", "It works, doesn't it?", "Isn't the card here?", "It's gone",
        "The dog's bone", "he'd gone", "It ain't so", "What's he want", "let's go",
    ],
)  # fmt: skip
def test_split_leaves_alone(raw: str, variants: Variants) -> None:
    assert variants("contraction.split", raw) == {raw}


def test_the_mark_follows_the_text(variants: Variants) -> None:
    assert "She’s here and it’s late" in variants("contraction.join", "She’s here and it is late")


def test_a_question_keeps_its_verb(variants: Variants) -> None:
    raw = "how many loaves did they have left"
    assert variants("contraction.join", raw) == {raw}
