"""What no person would have written: each text is left as it is, and one beside it shows that the transform still works."""

from __future__ import annotations

import pytest

from perturb.variants import vary

UNTOUCHED = [
    ("attach.instead", "Please show me how to read a file and explain the code."),
    ("attach.instead", "Who first solved the same problem?"),
    ("attach.instead", "What class is ascribed to the knapsack problem?"),
    ("attach.instead", "Write a script that takes the text."),
    ("attach.instead", "Tom walked 3 miles on Monday. Then, on Tuesday, he did the same. How many miles did he walk?"),
    ("attach.instead", 'def best(names):\n    """Find the best name of all. (It has 2 parts.) Take it.\n    How many are there?"""'),
    ("contradict.amount", "A boy has 5 cards and no box. How many cards are there?"),
    ("contradict.amount", "Ann has a pack of 20 gums. How many gums has she?"),
    ("contradict.amount", "48 people are riding a bus. How many feet are there?"),
    ("contradict.amount", "Ann is downloading a 200 GB file. How long does it take?"),
    ("contradict.amount", "Ten stalls have 20 cows each. How many cows are there?"),
    ("contradict.amount", "There are 6 baskets of plums. How many plums are there?"),
    ("contradict.amount", "Ann has 3 packs of gum and 4 packs of mints. There are 9 pieces in each pack. How many pieces?"),
    ("refer.it", "Who bought the rights?"),
    ("refer.it", "What is rare on the coast of the state?"),
    ("refer.it", "How do I retrieve documents with a tool for storing the embeddings?"),
    ("refer.it", "Write a function to join the tuples if they have similar parts."),
    ("refer.it", "Who visits the springs for the baths?"),
    ("refer.turn", "The region is a leader in what?"),
    ("scope", "There is a 50% off deal on hats. Then he takes shoes at 40% of the price."),
    ("scope", "Ann was told that all was 20% off."),
    ("scope", "She took shoes that cost 40% of the price."),
    ("scope", "He picks for 3 hours. He can collect 2 peaches a minute. How many a day?"),
    ("scope", "He walks 20 miles a day. Except on weekends, he rests. How far does he walk a week?"),
    ("scope", "They each have 2 fewer sofas than chairs."),
    ("vague.date", "Find all games released in 2019 with a high rating."),
    ("vague.date", "Find the air quality index for Rome tomorrow."),
    ("vague.date", "Confirm my reservation for march 12 at 9:00 am"),
    ("vague.date", "My bill should be paid today"),
    ("vague.date", "She played with 11 kids on monday and 9 kids on wednesday."),
    ("vague.number", "What time is it 1 hour and 23 minutes from now?"),
    ("vague.number", "Each pack of pens costs 76 dollars."),
    ("vague.number", "How many sacks are there after 25 days of harvest?"),
    ("vague.number", "How much is it if there are 28 days in the month?"),
    ("vague.number", "She wears 4 inch heels."),
    ("vague.number", "can xbox 360 games be played here"),
    ("vague.number", "What lies at 30 degrees, 36 minutes?"),
    ("vague.date", "Many cars today are designed to last. They were not."),
    ("vague.date", "Sales were 20 in 2014 and 30 units were sold in 2015."),
    ("vague.date", "How many more did she find the next day than she had on monday?"),
    ("vague.word", "He used 11 blocks to build a house."),
    ("vague.word", "How long did she sleep on her couch?"),
    ("vague.word", "when was the last time the ducks won the cup"),
    ("vague.word", "How many ounces are in 2 pounds of butter?"),
    ("vague.qualifier", "She eats two packs of her favorite flavor, strawberry."),
    ("vague.qualifier", "He is a long lost uncle of the king."),
    ("vague.entity", "Find concerts near me in Seattle that play jazz."),
    ("vague.entity", "what is the most common drink in Europe is"),
    ("vague.entity", "the lab that he went to in Paris"),
    ("vague.entity", "where is the tower located in Paris"),
    ("vague.number", "It makes $ 23 dollars off each hat."),
    ("vague.number", "He is rich after spending the $8 at once."),
    ("vague.number", "Write 29 in base 7 and base 8 representations."),
    ("vague.date", "remove the dinner with june on saturday the 4th from my calendar"),
    ("vague.date", "do i have any meetings scheduled today"),
    ("vague.date", "I really need money from my card today, but my card was declined."),
    ("vague.date", "set an alarm for 6 am tomorrow"),
    ("vague.date", "set an alarm for eleven tomorrow"),
    ("vague.date", "book a car for friday, tomorrow"),
    ("vague.date", "how much has the price changed today"),
    ("vague.date", "tell me what the date is tomorrow"),
    ("vague.date", "i need to rent an suv for the first week in june"),
    ("vague.word", "My transfer is pending but the payment is due."),
    ("vague.word", "I am a customer and need help."),
    ("vague.qualifier", "i wish to cancel a table for fred at red robin"),
    ("refer.it", "What can I do in Oslo during my trip?"),
    ("vague.entity", "They agree to split it with Harry getting 9 feet more."),
    ("number.words", "Do this:\n1. Make a plan.\n2. Follow it.\n3. Rest."),
    ("distract.sentence", "I want that product, are they authentic?? On your platform??"),
    ("distract.sentence", "I would like my MATLAB script to wait. Can you write it?"),
    ("slang.tag", "I've just made a purchase of $59.99. How much is the tax?"),
    ("slang.tag", "i have to use the phone to make a call"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "raw"), UNTOUCHED)
def test_left_as_it_is(name: str, raw: str) -> None:
    assert {v.text for seed in range(12) for v in vary(raw, name, seed=seed)} == set()


@pytest.mark.parametrize(
    ("name", "raw", "part"),
    [
        ("attach.instead", "Please check the code for me.", "check this for me"),
        ("attach.instead", "Tom lives 3 miles from town. Ann lives 5 miles from town. How many miles are that?", "How many miles are that?"),
        ("contradict.amount", "The bag has 5 red cards. How many cards are there?", "The bag has 5 red cards ("),
        ("contradict.amount", "A red pen costs $5 there. How much are two pens?", "). How much are two pens?"),
        ("refer.it", "How do I track my card?", "track it"),
        ("refer.it", "Can I pay for the tickets?", "for them"),
        ("refer.it", "What is this $1 charge on my statement?", "charge on it"),
        ("refer.turn", "My card is not working.", "not working"),
        ("scope", "Every second glass costs only 60% of the price.", "glass is at 60%."),
        ("vague.date", "I paid on Monday", "I paid "),
        ("vague.date", "Who was king of France in 1510?", "back then"),
        ("vague.date", "Tell me what I have to do tomorrow", "soon"),
        ("vague.number", "He drove 45 miles.", "quite a few miles"),
        ("vague.entity", "Who lives in Paris?", "lives there"),
        ("vague.word", "I lost my wallet", "thing"),
        ("number.words", "1. Take 2 eggs. 2. Beat them.", "1. Take two eggs. 2. Beat"),
        ("learner.question", "He did not get paid. Why is this bad?", "Why this is bad?"),
        ("slang.tag", "i left my card at home", "my card at home"),
    ],
)  # fmt: skip
def test_made_all_the_same(name: str, raw: str, part: str) -> None:
    found = {v.text for seed in range(12) for v in vary(raw, name, seed=seed)}
    assert found and all(part in text for text in found)


def test_nobody_has_apps_on_a_thing() -> None:
    said = {v.text for seed in range(12) for v in vary("Dave had 21 apps on his phone.", "vague.word", seed=seed)}
    assert said == {"Dave had 21 apps on his device."}


def test_a_contradiction_stands_before_the_question() -> None:
    raw = "Stones are sent to Ann. Each stone weighs 75 pounds. If a cart takes 2000 pounds, how many carts are needed?"
    said = {v.text for seed in range(6) for v in vary(raw, "contradict.amount", seed=seed)}
    assert said and all(t.endswith("how many carts are needed?") for t in said)
