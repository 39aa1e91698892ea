"""What people really send, each with what a right answer to it is: none of it is a chopped string."""

from __future__ import annotations

import pytest

from perturb import Perturber
from perturb.items.witness import Witness
from perturb.prepare import lexis

FORMS = (
    "my {} {}",
    "the {} {} and I need it",
    "hello, why is it that the {} {}",
    "so my {} {} today",
    "{1}: my {0}",
    "what of my {} {}",
    "your {} {}",
    "and the {} {} again",
    "a {} {}",
)
SAID = [
    ("my card is not working", "card_not_working"), ("new card not working", "card_not_working"),
    ("card not working at all", "card_not_working"), ("card not working why", "card_not_working"),
    *((form.format(thing, "still pending"), label) for form in FORMS
      for thing, label in (("card payment", "pending_card_payment"), ("top up", "pending_top_up"), ("transfer", "pending_transfer"))),
    *((form.format(thing, "exchange rates"), label) for form in FORMS
      for thing, label in (("best", "exchange_rate"), ("dollars", "fiat_currency_support"))),
    *((form.format(thing, "still hasnt shown up"), label) for form in FORMS
      for thing, label in (("card", "card_arrival"), ("money", "transfer_not_received"))),
]  # fmt: skip
GOATS = {
    "question": "Ulm has twice as many goats as Bern. Bern has 4 times as many goats as Linz. "
    "How many goats do Ulm, Bern, and Linz have together if Linz has 20 goats?",
    "answer": "Bern has <<20*4=80>>80, Ulm <<80*2=160>>160, together <<160+80+20=260>>260.\n#### 260",
}
MUGS = {
    "question": "One mug costs $5, but every second mug costs only 60% of the price. What do 16 mugs cost?",
    "answer": "5*60/100 = <<5*60/100=3>>3\n8*3 = <<8*3=24>>24\n8*5 = <<8*5=40>>40\n24+40 = <<24+40=64>>64\n#### 64",
}
ORGAN = {"question": "Which organ secretes insulin?", "choices": ["stomach", "pancreas", "liver"], "answer": 1}


def bank(text: str, category: str) -> dict[str, str]:
    return {"text": text, "category": category}


@pytest.mark.parametrize(
    ("recipe", "item", "said", "expect", "told"),
    [
        ("refer.turn", bank("my card payment is still pending", "pending_card_payment"), "its still pending", "any_of",
         ["pending_card_payment", "pending_top_up"]),
        ("cut.topic", bank("Where can I find your exchange rates?", "exchange_rate"), "exchange rates", "any_of",
         ["exchange_rate", "fiat_currency_support"]),
        ("send.parts", bank("i still havent got my new card", "card_arrival"), "i still havent got\nmy new card", "same", []),
        ("cut.constraint", GOATS, "How many goats do Ulm, Bern, and Linz have together?", "clarify", ["20"]),
        ("cut.keywords+mild", ORGAN, "organ secretes insulin", "same", []),
        ("cut.state", bank("Why is my card not working?", "card_not_working"), "card not working", "same", []),
        ("cut.subject+mild", bank("My card still hasn't shown up.", "card_arrival"), "still hasnt shown up", "any_of",
         ["card_arrival", "transfer_not_received"]),
        ("scope.percent", MUGS, "every second mug is at 60%.", "clarify", ["of the price"]),
        ("premise.option+mild", ORGAN, "why does the stomach secrete insulin", "abstain", []),
    ],
)  # fmt: skip
def test_what_people_send(recipe: str, item: dict, said: str, expect: str, told: list[str]) -> None:  # type: ignore[type-arg]
    witness = Witness(SAID, lexis())
    recipe = recipe.replace("mild", "case.lower+punct.no_apostrophe+punct.no_final")
    found = [Perturber(recipe, seed=seed, witness=witness).one(item) for seed in range(30)]
    (variant, *_) = [v for v in found if said in v.text]
    assert variant.expect == expect
    assert (list(variant.any_of) or [m["text"] for m in variant.missing])[: len(told)] == told


def test_what_the_last_line_adds_up_in_words_was_needed_too() -> None:
    pens = {"question": "A pen costs $2 and a pad costs $3. How much do 6 pens and 8 pads cost?",
            "answer": "Pens cost <<2*6=12>>12.\nPads cost <<3*8=24>>24.\nSo they cost 12 + 24 = $36.\n#### 36"}  # fmt: skip
    variant = Perturber("cut.sentence", seed=1, profile="gsm8k").one(pens)
    assert variant.expect == "clarify" and variant.missing[0]["reply"] == "A pen costs $2 and a pad costs $3."


def test_a_line_of_a_formula_says_something() -> None:
    logic = {
        "question": "Is this set consistent? Choose one.\nP ≡ Q\nR ∨ P",
        "choices": ["yes", "no", "unknown"],
        "answer": 0,
    }
    for v in Perturber("cut.sentence", n=4, seed=1, profile="mmlu")([logic]):
        assert ("P ≡ Q" in v.text and "R ∨ P" in v.text) or v.expect == "unsure"


def test_a_number_of_a_fraction_is_no_number_that_was_told() -> None:
    bells = {"question": "Jo had 4 friends on one day. The first rang 20 times, the second 1/4 times more. How often was that?",
             "answer": "The second rang <<1/4*20=5>>5 times more, <<20+5=25>>25 times. <<25+20=45>>45\n#### 45"}  # fmt: skip
    expects = {v.text: v.expect for v in Perturber("vague.number", n=6, seed=1, profile="gsm8k")([bells])}
    assert {e for t, e in expects.items() if "4 friends" not in t} == {"unsure"}


@pytest.mark.parametrize(
    ("raw", "recipe", "left", "expect"),
    [
        (
            "Is there a drink that all sailors take at sea?",
            "cut.functions+punct.no_final",
            "Drink that all sailors take at sea",
            "unsure",
        ),
        (
            "Is there a drink that all sailors take at sea?",
            "cut.functions",
            "Drink that all sailors take at sea?",
            "same",
        ),
        ("What's the name of the old harbour in Oslo?", "cut.keywords", "name of the old harbour in Oslo", "same"),
    ],
)
def test_a_question_without_its_frame(raw: str, recipe: str, left: str, expect: str) -> None:
    found = {
        (v.text, v.expect)
        for seed in range(30)
        for v in Perturber(recipe, 1, seed, "auto")([{"question": raw, "answer": "grog"}])
    }
    assert (left, expect) in found and not {(left, e) for e in ("same", "unsure") if e != expect} & found
