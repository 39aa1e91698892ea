"""The question for a lost number is understood by somebody who sees only what is left, and its reply brings all back."""

from __future__ import annotations

from typing import Any

import pytest

from perturb import Perturber, vary

SHELVES = {"ID": "1", "Body": "Ann could fit 11 toy cars on each shelf in her room. Her room has 4 shelves and 40 drawers.",
           "Question": "How many toy cars could her shelves hold?", "Equation": "( 11.0 * 4.0 )", "Answer": 44.0,
           "Type": "Multiplication"}  # fmt: skip
WINDOWS = {"question": "A street has 64 students' cars with 4 windows each and 32 teachers' cars with 2 windows each. How many windows are there?",
           "answer": "<<64*4=256>>256 <<32*2=64>>64 <<256+64=320>>320\n#### 320"}  # fmt: skip
PRIMES = {"problem": "Al and Bo each choose a number at random from the first six primes. What is the chance that the sum is even?",
          "answer": "13/18", "solution": "It is \\boxed{13/18}.", "subject": "x", "level": 1, "unique_id": "1"}  # fmt: skip


def asked(item: dict[str, Any], recipe: str, profile: str, said: str) -> list[tuple[str, str]]:
    variants = Perturber(recipe, n=8, seed=1, profile=profile)([item])
    return [(m["ask"], m["reply"]) for v in variants if said in v.text for m in v.missing][:1]


def test_what_the_text_itself_asks_is_not_asked_back() -> None:
    (variant,) = vary(SHELVES, "cut.sentence", seed=1, profile="svamp")
    assert variant.text.startswith("Her room has 4 shelves")
    assert [m["reply"] for m in variant.missing] == ["Ann could fit 11 toy cars on each shelf in her room."]
    assert "How many" not in variant.missing[0]["ask"]


def test_what_belongs_to_somebody_is_counted_by_its_own_name() -> None:
    assert asked(WINDOWS, "vague.number", "gsm8k", "of teachers' cars") == [
        ("How many teachers' cars?", "32 teachers' cars.")
    ]


def test_what_went_along_is_not_asked_for_by_a_name_that_nobody_sees() -> None:
    ((ask, reply),) = asked(PRIMES, "cut.constraint", "math_500", "at random.")
    assert reply == "From the first six primes." and "primes" not in ask


def test_what_money_was_for_is_told_by_its_place() -> None:
    jars = {"question": "Jo makes jam for $10 a jar. She sells each jar for $50. How much does she earn with 2 jars?",
            "answer": "<<50-10=40>>40 <<40*2=80>>80\n#### 80"}  # fmt: skip
    ((ask, reply),) = asked(jars, "cut.constraint", "gsm8k", "sells each jar.")
    assert "sells each jar" in ask and reply == "For $50."


def test_what_was_said_roughly_is_asked_for_as_it_was_said() -> None:
    pens = {"ID": "1", "Body": "Jo made 81 pens. Then she sold 46 of them.", "Question": "How many pens has she now?",
            "Equation": "( 81.0 - 46.0 )", "Answer": 35.0, "Type": "Subtraction"}  # fmt: skip
    assert asked(pens, "vague.number", "svamp", "some of them") == [
        ("How many are meant by “Then she sold some of them”?", "46.")
    ]
    ((ask, reply),) = asked(pens, "vague.number", "svamp", "46 of them")
    assert (ask[:14], ask[-6:], reply) == ("How many are “", "pens”?", "81 pens.")


@pytest.mark.parametrize(
    ("amount", "said", "outcome"), [(100, "a hundred or so", "unsure"), (150, "over a hundred", "clarify")]
)
def test_a_round_number_that_is_said_is_taken(amount: int, said: str, outcome: str) -> None:
    call = {"id": "1", "question": [[{"role": "user", "content": f"Convert {amount} Euros to dollars."}]],
            "function": [{"name": "convert", "description": "Convert.", "parameters": {
                "type": "dict", "required": ["amount"],
                "properties": {"amount": {"type": "integer", "description": "How much."}}}}]}  # fmt: skip
    (variant,) = vary(call, "vague.number", seed=1)
    assert said in variant.text and variant.expect == outcome


@pytest.mark.parametrize(("asks", "outcome"), [("How much longer is her room?", "unsure"), ("How long is it?", "same")])
def test_a_pronoun_that_belies_the_other_field_is_in_doubt(asks: str, outcome: str) -> None:
    room = {"ID": "1", "Body": "Jesse's room is 12 feet long and 11 feet wide.", "Question": asks,
            "Equation": "( 12.0 - 11.0 )", "Answer": 1.0, "Type": "Subtraction"}  # fmt: skip
    (variant,) = vary(room, "vague.entity", seed=1, profile="svamp")
    assert (variant.text.split()[0], variant.expect) == ("His", outcome)


def test_a_name_on_s_is_replied_whole() -> None:
    order = {"id": "1", "question": [[{"role": "user", "content": "I want to order five burgers from McDonald's."}]],
             "function": [{"name": "order", "description": "Order food.", "parameters": {
                 "type": "dict", "required": ["restaurants"],
                 "properties": {"restaurants": {"type": "string", "description": "The name."}}}}]}  # fmt: skip
    (variant,) = vary(order, "vague.entity", seed=1)
    assert [m["reply"] for m in variant.missing] == ["McDonald's."]
    where = {"question": "What is the weather for London in the UK?", "answer": ["x"]}
    assert not any("London there" in v.text for v in Perturber("vague.entity", n=4, seed=1, profile="nq_open")([where]))
