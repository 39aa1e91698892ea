"""Grammar of learners."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import Text


def outcomes(name: str, raw: str) -> set[str]:
    return {apply(raw, engine.run(Text(raw), get(name), {}, Rng(s), rate=None, times=1)) for s in range(40)}


@pytest.mark.parametrize(
    ("name", "raw", "written"),
    [
        ("learner.article", "What is the name of a river?", {"What is name of a river?", "What is the name of river?"}),
        ("learner.article", "a lot, the same, the best, the 5th", {"a lot, the same, the best, the 5th"}),
        ("learner.verb", "He gives her two.", {"He give her two."}),
        ("learner.verb", "If she has it", {"If she have it"}),
        ("learner.verb", "it is his; it was", {"it is his; it was"}),
        ("learner.verb", "When did Anna buy it?", {"When did Anna bought it?"}),
        ("learner.verb", "How much does she need?", {"How much does she needs?"}),
        ("learner.verb", "Why did it rain?", {"Why did it rain?"}),
        (
            "learner.noun",
            "the information on 12 apples",
            {"the informations on 12 apples", "the information on 12 apple"},
        ),
        ("learner.noun", "in 2010 news", {"in 2010 news"}),
        ("learner.verb", "The bank charges a fee", {"The bank charge a fee"}),
        ("learner.verb", "Maria sells 3 pens", {"Maria sell 3 pens"}),
        ("learner.verb", "Will buys 3 pens", {"Will buys 3 pens"}),
        ("learner.verb", "They have it", {"They has it"}),
        ("learner.verb", "My card is not working", {"My card not working"}),
        ("learner.verb", "I want to buy it", {"I want buy it"}),
        ("learner.verb", "the need to pay", {"the need to pay"}),
        ("learner.verb", "You must pay", {"You must to pay"}),
        ("learner.verb", "I lost my card yesterday", {"I have lost my card yesterday"}),
        ("learner.verb", "I have a problem", {"I am having a problem"}),
        ("learner.noun", "How many planets are there", {"How many planet are there"}),
        ("learner.preposition", "Ann pays on Monday", {"Ann pays in Monday", "Ann pays at Monday"}),
        ("learner.preposition", "I wait for the bus", {"I wait the bus"}),
        ("learner.preposition", "a long wait for the bus", {"a long wait for the bus"}),
        ("learner.preposition", "he waits for 3 hours a day", {"he waits for 3 hours a day"}),
        ("learner.preposition", "it took her for 3 days", {"it took her since 3 days", "it took her during 3 days"}),
        ("learner.noun", "there are two zeros", {"there are two zeros"}),
        ("learner.noun", "one of my cards", {"one of my card"}),
        ("learner.noun", "a software engineer", {"a software engineer"}),
        ("learner.article", "$5 a day", {"$5 a day"}),
        ("learner.article", "an apple", {"a apple", "apple"}),
        ("learner.question", "How can I pay?", {"How I can pay?", "How to pay?"}),
        ("learner.question", "how do i top it up", {"how i top it up", "how to top it up"}),
        ("learner.question", "Why is my card not working?", {"Why my card is not working?"}),
        ("learner.question", "Where is my card?", {"Where my card is?"}),
        ("learner.question", "Where did she buy it?", {"Where she bought it?"}),
        ("learner.question", "When did Denmark join?", {"When Denmark joined?"}),
        ("learner.question", "How much does it cost?", {"How much it cost?", "How much it costs?"}),
        ("learner.question", "What does tare mean?", {"What means tare?"}),
        ("learner.question", "What does it mean?", {"What means it?", "What it mean?", "What it means?"}),
        ("learner.question", "What do you mean?", {"What you mean?"}),
        ("learner.question", "What was the total cost of it?", {"What was the total cost of it?"}),
        ("learner.question", "What will her delivery order cost?", {"What will her delivery order cost?"}),
        ("learner.question", "Who is it?", {"Who is it?"}),
        ("learner.word", "I made a payment", {"I did a payment"}),
        ("learner.word", "Can you tell me why?", {"Can you say me why?", "Can you tell to me why?"}),
        ("learner.preposition", "it depends on me", {"it depends of me"}),
        ("learner.preposition", "on the table", {"on the table"}),
    ],
)
def test_learners_write(name: str, raw: str, written: set[str]) -> None:
    assert outcomes(name, raw) == written
