"""What people write, and what they never would: tables of text -> possible outputs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from perturb.core.errors import UsageError
from perturb.core.text import SLOT
from perturb.language.lexicon import rows
from perturb.language.places import CONDITIONS


@pytest.mark.parametrize(
    ("name", "raw", "wanted"),
    [
        ("slang.texting", "please call", {"pls call", "plz call"}),
        ("slang.texting", "Please call", {"Pls call", "Plz call"}),
        ("slang.texting", "PLEASE CALL", {"PLS CALL", "PLZ CALL"}),
        ("slang.texting", "it is your card", {"it is ur card"}),
        ("slang.texting", "bread and butter", {"bread & butter", "bread n butter"}),
        ("slang.texting", "do it for me", {"do it 4 me"}),
        ("slang.texting", "are you there", {"r u there", "are u there"}),
        ("slang.texting", "how do you say please", {"how do u say please"}),
        ("slang.reduce", "I'm going to call a bank", {"I'm gonna call a bank"}),
        ("slang.reduce", "I have got to go", {"I have gotta go"}),
        ("slang.reduce", "it is kind of slow", {"it is kinda slow"}),
        ("slang.reduce", "i want to know", {"i wanna know"}),
        ("slang.reduce", "I don't know him", {"I dunno him"}),
        ("slang.clip", "an airplane lands", {"a plane lands"}),
        ("slang.clip", "more information", {"more info"}),
        ("slang.clip", "Television is nice", {"TV is nice"}),
        ("slang.initialism", "call me as soon as possible", {"call me asap"}),
        ("slang.initialism", "so I don't know how", {"so idk how"}),
        ("slang.initialism", "I don't know how", {"Idk how"}),
        ("slang.initialism", "By the way, it broke", {"Btw, it broke"}),
    ],
)
def test_writes(name: str, raw: str, wanted: set[str], variants: Variants) -> None:
    made = variants(name, raw)
    assert wanted <= made
    assert made <= wanted | {raw}


Variants = Callable[..., "set[str]"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("slang.texting", "it is hard to please him"),
        ("slang.texting", "all but one of them"),
        ("slang.texting", "5 minutes before 8"),  # no digit beside digits
        ("slang.texting", "about 5 of them"),
        ("slang.texting", "thanks to Natalia"),
        ("slang.texting", "bread for the state"),  # "4 me", but no "4 the state"
        ("slang.texting", "he was armed and went home"),  # "salt & pepper", but no clauses
        ("slang.texting", "she retired and the new one came"),
        ("slang.clip", "the trips amount to half"),
        ("slang.reduce", "I am going to Phoenix"),
        ("slang.reduce", "I am going to work"),
        ("slang.reduce", "I am going to the bank"),
        ("slang.reduce", "what kind of car is it"),
        ("slang.reduce", "this kind of car"),
        ("slang.reduce", "I got to see it"),
        ("slang.reduce", "who do you want to win"),
        ("slang.clip", "Picture yourself as a tree"),
        ("slang.clip", "a loan application"),
        ("slang.initialism", "I want to be honest"),
        ("slang.initialism", "she was struck by the way he spoke"),
        ("slang.initialism", "what I don't know is why"),
        ("slang.tag", "Where is my card?"),
        ("slang.tag", "I want to cancel my order"),
        ("slang.tag", "The sum of the angles is one half turn"),
        ("slang.lengthen", "Very hot air rises so that clouds form."),
        ("slang.lengthen", "why not"),
    ],
)
def test_leaves_alone(name: str, raw: str, variants: Variants) -> None:
    assert variants(name, raw) == {raw}


def test_digits_come_only_where_there_are_none(variants: Variants) -> None:
    assert any("b4" in v for v in variants("slang.texting", "call me before lunch"))
    for raw in ("call me before lunch on day 3", "how many came before lunch", "two came before lunch"):
        assert not any("b4" in v for v in variants("slang.texting", raw))


def test_a_word_is_written_one_way_all_over(variants: Variants) -> None:
    assert variants("slang.texting", "because it rains, because it pours") <= {
        "because it rains, because it pours",
        *(f"{w} it rains, {w} it pours" for w in ("cuz", "bc", "cos", "coz")),
    }


def test_a_negation_keeps_its_value(variants: Variants) -> None:
    raw = "I don't know him"
    mask = bytes([0, 0] + [SLOT] * 5 + [0] * 9)
    assert variants("slang.reduce", raw, mask) == {"I dunno him"}


def test_registers(variants: Variants) -> None:
    assert variants("slang.texting", "are you sure", register="customer") <= {"are you sure", "are u sure"}
    with pytest.raises(UsageError, match="did you mean 'chat'"):
        variants("slang.texting", "you", register="chta")


def test_tags_close_a_remark(variants: Variants) -> None:
    made = variants("slang.tag", "I lost my password again.")
    assert made <= {f"I lost my password again {tag}" for tag in ("lol", "haha", "smh", "ugh")}
    assert "I lost my password again lol" in made


def test_lengthening_keeps_the_word(variants: Variants) -> None:
    made = variants("slang.lengthen", "please help me")
    assert "pleaseee help me" in made
    assert all(re.fullmatch(r"pl(e|e{3,7})as(e|e{3,7}) help me", v) for v in made)


@pytest.mark.parametrize(
    ("topic", "name"),
    [("slang", "en"), ("slang", "reductions"), ("slang", "clips"), ("slang", "initialisms"), ("slang", "lengthen"),
     ("contractions", "en")],
)  # fmt: skip
def test_conditions_of_tables_are_known(topic: str, name: str) -> None:
    for row in rows(topic, name):
        assert float(row[2]) > 0
        assert all(c in CONDITIONS for c in row[4].split("+") if c), row
