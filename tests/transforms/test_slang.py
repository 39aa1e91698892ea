"""What people write, and what they never would: tables of text -> possible outputs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from perturb.core.errors import UsageError
from perturb.core.text import SLOT
from perturb.language.conditions import CONDITIONS
from perturb.language.lexicon import rows
from perturb.language.phrases import REGISTERS
from perturb.transforms.slang import TABLES


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
        ("slang.texting", "went home and slept", {"went home n slept"}),
        ("slang.texting", "how do you say please", {"how do u say please"}),
        ("slang.reduce", "I'm going to call a bank", {"I'm gonna call a bank", "I'm goin to call a bank"}),
        ("slang.reduce", "I have got to go", {"I have gotta go", "I gotta go"}),
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
        ("slang.reduce", "which of these isn't part of a cell", {"which of these aint part of a cell"}),
        ("slang.even", "what organ makes insulin", {"what organ even makes insulin"}),
        ("slang.even", "What is a covenant?", {"What even is a covenant?"}),
        ("slang.even", "how do I top up", {"how do I even top up"}),
        ("slang.at", "wheres my card", {"wheres my card at"}),
        ("slang.at", "Where is my card?", {"Where is my card at?"}),
        ("slang.money", "an ATM gave me 10 pounds", {"an ATM gave me a tenner"}),
        ("slang.money", "Can I pay £30?", {"Can I pay 30 quid?"}),
        ("slang.money", "I need thirty dollars", {"I need thirty bucks"}),
        ("slang.drop", "I tried taking out money", {"Tried taking out money"}),
        ("slang.drop", "I can't log in now", {"Can't log in now"}),
        ("slang.drop", "My card was declined in my shop", {"Card was declined in my shop"}),
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
        ("slang.texting", "5 weeks before 8"),  # no digit beside digits
        ("slang.register", "s and t are k"),  # no letter beside letters
        ("slang.texting", "about 5 of them"),
        ("slang.texting", "thanks to Natalia"),
        ("slang.texting", "bread for the state"),  # "4 me", but no "4 the state"
        ("slang.clip", "the trips amount to half"),
        ("slang.reduce", "what kind of car is it"),
        ("slang.reduce", "this kind of car"),
        ("slang.reduce", "I got to see it"),
        ("slang.reduce", "who do you want to win"),
        ("slang.clip", "Picture yourself as a tree"),
        ("slang.clip", "a loan application"),
        ("slang.initialism", "I want to be honest"),
        ("slang.initialism", "she was struck by the way he spoke"),
        ("slang.initialism", "what I don't know is why"),
        ("slang.reduce", "Isn't it late"),
        ("slang.reduce", "Why isn't it here"),
        ("slang.even", "what even number is it"),
        ("slang.even", "What books are sold here?"),
        ("slang.even", "Which of these makes insulin?"),
        ("slang.even", "can I top up"),
        ("slang.at", "Where is my card from?"),
        ("slang.at", "Where is the card that I ordered?"),
        ("slang.money", "I bought 10 pounds of flour at $1.50"),
        ("slang.money", "I lost ten pounds"),
        ("slang.money", "I need a $5 bill"),
        ("slang.money", "I owe her 10 pound notes"),
        ("slang.drop", "I call them each day"),  # no order
        ("slang.drop", "I don't use it"),
        ("slang.drop", "I can pay"),
        ("slang.drop", "Did I lose it?"),
        ("slang.tag", "Where is my card?"),
        ("slang.tag", "I want to cancel my order"),
        ("slang.tag", "My card was stolen last night"),
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
        *(f"{w} it rains, {w} it pours" for w in ("cuz", "bc", "cos", "coz", "cause")),
    }


def test_a_negation_keeps_its_value(variants: Variants) -> None:
    raw = "I don't know him"
    mask = bytes([0, 0] + [SLOT] * 5 + [0] * 9)
    assert variants("slang.reduce", raw, mask) == {"I dunno him"}


def test_registers(variants: Variants) -> None:
    raw = "the manager is going now though"
    assert not any("goin " in v for v in variants("slang.register", raw, register="customer"))
    assert "the manager is goin now tho" in variants("slang.register", raw, register="social")
    with pytest.raises(UsageError, match="did you mean 'chat'"):
        variants("slang.texting", "you", register="chta")


def test_tags_close_or_open_a_remark(variants: Variants) -> None:
    made = variants("slang.tag", "I lost my password again.", register="social")
    closed = {f"I lost my password again {tag}" for tag in ("lol", "haha", "smh", "ugh")}
    opened = {f"{tag} I lost my password again." for tag in ("Bruh", "Omg", "Ugh")}
    assert made <= closed | opened
    assert {"I lost my password again lol", "Ugh I lost my password again."} <= made


def test_lengthening_keeps_the_word(variants: Variants) -> None:
    made = variants("slang.lengthen", "please help me")
    assert "pleaseee help me" in made
    assert all(re.fullmatch(r"pl(e|e{3,10})as(e|e{3,10}) help me", v) for v in made)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_how_often_people_write_so(name: str) -> None:
    totals: Counter[tuple[str, int]] = Counter()
    for row in rows("slang", name):
        rates = [float(r) for r in row[2:6]]
        assert any(rates) and all(0 <= r <= 100 for r in rates), row
        totals.update({(row[0], i): round(10 * r) for i, r in enumerate(rates)})
        assert set(row[7].split("+")) <= {"", *REGISTERS}, row
        assert all(c in CONDITIONS for c in row[6].split("+") if c), row
    assert max(totals.values()) <= 970, "some people write every word in full"


@pytest.mark.parametrize(("topic", "name"), [("slang", "lengthen"), ("contractions", "en")])
def test_conditions_of_tables_are_known(topic: str, name: str) -> None:
    for row in rows(topic, name):
        assert float(row[2]) > 0
        assert all(c in CONDITIONS for c in row[3].split("+") if c), row
