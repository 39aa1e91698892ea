"""What people write, and what they never would: tables of text -> possible outputs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from perturb import Perturber
from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.errors import UsageError
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import SLOT, Text
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
        ("slang.initialism", "and to be honest I am late", {"and tbh I am late"}),
        ("slang.initialism", "Can you let me know?", {"Can you lmk?"}),
        ("slang.initialism", "I'm not going to lie, it broke", {"Ngl, it broke"}),
        ("slang.initialism", "I am not home right now", {"I am not home rn"}),
        ("slang.modern", "Does anyone know why it failed?", {"Anyone know why it failed?"}),
        ("slang.modern", "are there any fees for it", {"any fees for it"}),
        ("slang.modern", "Do you know why it failed?", {"Any idea why it failed?"}),
        ("slang.modern", "is there any way to stop it", {"any way to stop it"}),
        ("slang.modern", "I'm going to call you", {"Imma call you"}),
        ("slang.modern", "I don't think it works", {"Idt it works"}),
        ("slang.modern", "it is broken at the moment", {"it is broken atm", "it is broken rn"}),
        ("slang.modern", "my bank is shut at the moment", {"my bank is shut rn"}),
        ("slang.modern", "wait for two hours", {"wait for two hrs"}),
        ("slang.modern", "my little brother", {"my lil brother"}),
        ("slang.modern", "I have a question", {"Got a question"}),
        ("slang.modern", "thank you so much!", {"tysm!"}),
        ("slang.modern", "turn on the air conditioner", {"turn on the ac"}),
        ("slang.modern", "Turn on the air conditioner", {"Turn on the AC"}),
        ("slang.drop", "I tried taking out money", {"Tried taking out money"}),
        ("slang.drop", "I can't log in now", {"Can't log in now"}),
        ("slang.drop", "I have a problem with it", {"Have a problem with it"}),
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
        ("slang.clip", "take it into account"),
        ("slang.clip", "the ip address"),
        ("slang.modern", "I'm going to work"),
        ("slang.modern", "little of it is left"),
        ("slang.modern", "what does screenshot mean"),
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
        ("slang.drop", "I have a goat and a plum"),
        ("slang.drop", "I call them each day"),  # no order
        ("slang.drop", "I don't use it"),
        ("slang.drop", "I can pay"),
        ("slang.drop", "Did I lose it?"),
        ("slang.tag", "Where is my card?"),
        ("slang.tag", "I want to cancel my order"),
        ("slang.tag", "I need a new bill. My user ID is 12345."),
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
    assert variants("slang.reduce", raw, mask) == {raw, "I dunno him"}


def test_registers(variants: Variants) -> None:
    raw = "the manager is going now though"
    assert not any("goin " in v for v in variants("slang.register", raw, register="customer"))
    assert "the manager is goin now tho" in variants("slang.register", raw, register="social")
    with pytest.raises(UsageError, match="did you mean 'chat'"):
        variants("slang.texting", "you", register="chta")


CHAT = "Please call, because you said that your people don't know about me. I'm going to wait, though. Are you there?"


@pytest.mark.parametrize("register", REGISTERS)
def test_each_word_falls_as_often_as_its_table_says(register: str) -> None:
    made = [_written(CHAT, seed, register, 1.0) for seed in range(900)]
    asked = rates(register)
    for key in ("please", "because", "your", "people", "don't", "i'm", "though", "know"):
        wanted = sum(asked[key].values())
        got = 100 * sum(not re.search(rf"\b{key}\b", v.lower()) for v in made) / len(made)
        assert abs(got - wanted) < 4 + wanted / 10, (register, key, wanted, got)
    words = {form: sum(re.search(rf"\b{form}\b", v.lower()) is not None for v in made) for form in ("ur", "r u")}
    assert words["ur"] > 0 and words["r u"] > 0


def rates(register: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name in TABLES:
        for row in rows("slang", name):
            found.setdefault(row[0], {})[row[1]] = float(row[2 + REGISTERS.index(register)])
    return found


def _written(raw: str, seed: int, register: str, times: float) -> str:
    edits = engine.run(Text(raw), get("slang.register"), {"register": register}, Rng(seed), rate=None, times=times)
    return apply(raw, edits)


def test_people_write_so_or_do_not() -> None:
    """Words go together in one writer: more texts stay whole than if each fell by itself, and "r u" brings "u" along."""
    raw = "please tell your people about it though"
    whole = sum(_written(raw, seed, "social", 1.0) == raw for seed in range(600)) / 600
    alone = 1.0
    for key in ("please", "your", "people", "about", "though"):
        alone *= 1 - sum(rates("social")[key].values()) / 100
    assert whole > 2 * alone
    raw = "are you there? do you know"
    assert not any("r u there" in v and "you" in v for v in (_written(raw, s, "sms", 1.0) for s in range(300)))


def test_more_of_a_register_keeps_what_less_gave() -> None:
    share = []
    for times in (0.5, 1.0, 2.0):
        share.append(
            sum("ur" in _written("thanks a lot, your people", s, "customer", times).split() for s in range(800)) / 800
        )
    asked = rates("customer")["your"]["ur"] / 100
    assert all(abs(got - times * asked) < 0.05 for got, times in zip(share, (0.5, 1.0, 2.0), strict=True))


def test_what_a_lazy_version_never_writes() -> None:
    wanted = {
        "Where is my card?": "wheres my card at",
        "I tried taking out 30 pounds, the ATM gave me 10 pounds.": "tried taking out 30 quid, atm gave me a tenner",
        "Which of these is not part of a cell?": "which of these aint part of a cell",
        "What organ makes insulin?": "what organ even makes insulin",
    }
    for raw, text in wanted.items():
        assert text in {v.text for v in Perturber("slang", 400, 7)([{"id": raw, "question": raw}])}


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


@pytest.mark.parametrize("raw", ["A case dealt with at noon", "Whats wrong with not going", "A post with drawl fee"])
def test_with_is_short_only_before_a_thing(raw: str, variants: Callable[..., set[str]]) -> None:
    assert not any(re.search(r"\bw\b", v) for v in variants("slang.texting", raw))
    assert any(re.search(r"\bw\b", v) for v in variants("slang.texting", "Pay with my card"))
