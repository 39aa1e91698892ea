"""Pointing at things, and saying the opposite."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected
from perturb.variants import vary


def found(name: str, raw: str, info: object = None) -> set[str]:
    t, text = get(name), protected(raw, info=info)
    runs = (engine.run(text, t, {}, Rng(seed), rate=None, times=1) for seed in range(12))
    return {text.spliced(edits).raw for edits in runs if edits}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("How do I track my card?", {"How do I track it?"}),
        ("how can i change my details", {"how can i change them"}),
        ("Why is my top-up still pending?", {"Why is it still pending?"}),
        ("I lost my phone, can you help?", {"I lost it, can you help?"}),
        ("What is the capital of France?", set()),  # not an object
        ("I need to call my friend", set()),  # nobody is an it
        ("The bids on the desk rise by $50", set()),  # the phrase goes on
        ("What is the best way to pay?", set()),
        ("How much did she give the cashier?", set()),
        ("Cars lined up on the motorway. How many left?", set()),  # told, not asked: a reader has nothing to go by
        (
            "The lamp blinks. How long does it take the lamp to blink?",
            {"The lamp blinks. How long does it take it to blink?"},
        ),
        ("She gets half of the average and difficult questions. How many are the average and easy ones?", set()),
        ('I know the phrase, "Programs as data". What is it?', set()),
        ("I lost my phone and I need help", {"I lost it and I need help"}),
        ("I lost my phone and need help", {"I lost it and need help"}),
        ("Why is my app loading so slowly?", {"Why is it loading so slowly?"}),
        ("How long are the costs of the hat and jacket?", set()),
        ("How long does it take to get the answer to a problem?", set()),
        ("What is the original meaning of the word?", set()),
        ("Are laws written for the rich and the old?", set()),
        ("Get me a recipe including the steps for preparation", set()),
        ("Find me shows that I could attend this summer.", set()),
        ("Find the quotient when 9 is divided by 3.", set()),
        (
            "On the path, I walk faster than I ever did on the beach.",
            {"On it, I walk faster than I ever did on the beach."},
        ),
        ("She lost half of the red balloons. How many of the blue balloons burst?", set()),
        ("She likes the run. How much longer than for the swim does she take to finish the run?", set()),
        ("Find the upper and lower bounds of the time", set()),
        ("Please keep the email short and friendly", set()),
        ("What is the size of the circle with centre Q?", set()),
        ("Summarize the causes and effects of the flood.", {"Summarize the causes and effects of it."}),
        ("Who had the nerve to break into it?", set()),
        ("I lost my phone and I need help, please", {"I lost it and I need help, please"}),
        ("Find a bot for my team with 3 seats, or show my bot with 2.", set()),
        ("Can I talk to my spouse?", set()),
        ("Outline the steps to write a novel.", set()),
        ("Tell me the weather, including the temperature, wind, and rain.", set()),
        ("Who sang of my life in it?", set()),
        ("Describe it going by the question, 'What is it for?'", set()),
        ("What is the expression not used to denote?", set()),
        ("When does the current billing cycle end?", set()),
        ("The defendant shot at the car. Which of the following is right?", set()),
    ],
)
def test_it(raw: str, said: set[str]) -> None:
    assert found("refer.it", raw) == said


@pytest.mark.parametrize(
    ("body", "question", "outcome"),
    [
        ("Jake has 8 fewer figs and 10 more dates than Steven. Steven has 11 dates and 18 figs.", "How many more figs than dates does Ann have?", "clarify"),
        ("Jake has 8 fewer figs and 90 more dates than Steven. Steven has 11 dates and 18 figs.", "How many more figs than dates does Ann have?", "unsure"),
        ("Allan bought 2 kites and Jake bought 6 kites. Jake then bought 3 more kites.", "How many more kites did Jake have than Allan?", "unsure"),
    ],
)  # fmt: skip
def test_a_reading_by_which_somebody_has_less_than_nothing_is_none(body: str, question: str, outcome: str) -> None:
    item = {
        "ID": "a-1",
        "Body": body,
        "Question": question,
        "Equation": "( 18.0 - 11.0 )",
        "Answer": 7.0,
        "Type": "Subtraction",
    }
    assert {v.expect for v in vary(item, "refer.either", seed=1)} == {outcome}


def test_who_is_read_is_asked_only_where_nothing_tells() -> None:
    call = {
        "id": "1",
        "question": [[{"role": "user", "content": "Set the volume to 70"}]],
        "function": [{"name": "set_volume"}],
        "ground_truth": ["set_volume(70)"],
    }
    (variant,) = vary(call, "refer.it", seed=1)
    assert (variant.text, variant.expect) == ("Set it to 70", "unsure")  # there is but one tool
    back = "Every single reply that you write ends on hello, so how can I get rid of this output?"
    (variant,) = vary(back, "refer.it", seed=1)
    assert (variant.text[-10:], variant.expect) == ("rid of it?", "unsure")


@pytest.mark.parametrize(
    ("raw", "said", "outcome"),
    [
        ("What did Count Dooku say to Luke?", "What did Count Dooku say to him?", "unsure"),  # some will know
        ('What does Dorothy say in "The Wizard of Oz"?', 'What does she say in "The Wizard of Oz"?', "unsure"),
        ("Who was Margaret's husband?", "Who was her husband?", "clarify"),
        ("Which region of California is Palm Springs in?", "Which region of that state is Palm Springs in?", "unsure"),
        ("Are trains in Germany ever late?", "Are trains there ever late?", "clarify"),
    ],
)
def test_who_is_meant_may_be_known(raw: str, said: str, outcome: str) -> None:
    (variant,) = vary({"question": raw, "answer": "x"}, "vague.entity", seed=1, profile="qa")
    assert (variant.text, variant.expect) == (said, outcome)


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ("How many pens does Jake have?", "unsure"),
        ("How many more pens than pins does Steven have?", "unsure"),
        ("How many pens lie there?", "clarify"),
    ],
)
def test_who_is_asked_for_may_be_meant(asked: str, outcome: str) -> None:
    item = {"Body": "Jake has 7 fewer pens than Steven. Steven has 17 pens and 3 pins.", "Question": asked,
            "Equation": "( 17.0 - 7.0 )", "Answer": "10.0", "ID": "1"}  # fmt: skip
    (variant,) = vary(item, "refer.either", seed=1, profile="svamp")
    assert "than Steven. He has 17 pens" in variant.text and variant.expect == outcome


@pytest.mark.parametrize(
    "raw",
    [
        "Who was Edward the Confessor's brother?",
        "What did William the conqueror found?",
        "When did Roger de Tosny fail?",
        "What arches does Norman architecture have?",
        "What was one of the Norman's exports?",
    ],
)
def test_a_part_of_a_longer_name_is_nobody(raw: str) -> None:
    assert found("vague.entity", raw) == set()


def test_an_open_request_wants_a_question_and_a_closed_one_is_unsure() -> None:
    (variant,) = vary("How do I track my card?", "refer.it", seed=1)
    assert (variant.expect, variant.missing[0]["text"], variant.missing[0]["kind"]) == (
        "clarify",
        "my card",
        "reference",
    )
    (closed,) = vary({"text": "How do I track my card?", "category": "card_arrival"}, "refer.it", seed=1)
    assert (closed.expect, closed.missing) == ("unsure", [])


@pytest.mark.resources
@pytest.mark.usefixtures("model")
def test_chunks_that_spacy_finds() -> None:
    said = {v.text for s in range(8) for v in vary("I lost a red wallet in the old station.", "refer.chunk", seed=s)}
    assert said == {"I lost it in the old station.", "I lost a red wallet in it."}


@pytest.mark.resources
@pytest.mark.usefixtures("wordnet")
def test_an_opposite_never_keeps_the_answer() -> None:
    item = {"question": "Why is a hot day tiring?", "answer": "heat"}
    variants = [v for s in range(8) for v in vary(item, "contrast.antonym", seed=s)]
    assert {v.text for v in variants} == {"Why is a cold day tiring?"}
    assert {v.expect for v in variants} == {"unsure"}


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("refer.turn", "My transfer is still pending.", {"It is still pending.", "Its still pending."}),
        ("refer.turn", "my card was taken", {"it was taken"}),
        ("refer.turn", "My friend is late", set()),
        ("refer.either", "Nick met George. George has 3. How many has Nick?", {"Nick met George. He has 3. How many has Nick?"}),
        # the other's is told: everyone sees who is meant
        ("refer.either", "Bob is ahead of Tom, driving 55 miles an hour. Tom is driving 70 miles an hour. When do they meet?", set()),
        ("refer.either", "Liam is 16 years old. Two years ago, Liam met Vince. How old is Vince now?", set()),
        (
            "refer.either",
            "Bob has 5 more pens than Tom. Tom has 7 pens. How many pens are there?",
            {"Bob has 5 more pens than Tom. He has 7 pens. How many pens are there?"},
        ),
        ("refer.either", "Seth met Rob. Rob met Luis. How many stickers did Seth have?", set()),  # the story is his
        ("refer.either", "Nick has as many as George. Then George ate 5. Now George has 3 sweets left.", set()),
        ("refer.either", "Lamar finds 5 eggs. How many does Lamar have?", set()),
        ("refer.ones", "He has 3 pens and 4 pins. How many pens are red?", {"He has 3 pens and 4 pins. How many of them are red?"}),
        ("refer.ones", "He has 3 pens. How many pens are red?", set()),
    ],
)  # fmt: skip
def test_readers_have_to_know(name: str, raw: str, said: set[str]) -> None:
    assert found(name, raw) == said


def test_two_who_may_be_meant_are_both_named_in_the_question() -> None:
    item = {"question": "Sam is late. Then Nick met George. How many hats did George have?", "answer": "3"}
    (variant,) = vary(item, "refer.either", seed=1)
    assert (variant.text.split(". ")[-1], variant.expect) == ("How many hats did he have?", "clarify")
    assert variant.missing[0]["ask"].startswith("Who is “he”: George or ")


def test_who_has_something_is_not_it_s() -> None:
    assert found("refer.turn", "My kitchen floor has a total area of 200 feet.") == {"It has a total area of 200 feet."}
    assert found("refer.turn", "My top-up has been declined.") & {"It's been declined.", "Its been declined."}


def test_nobody_asks_what_could_be_them() -> None:
    raw = "He goes there every day. What could be the reasons?"
    text = protected(raw)
    assert not engine.run(text, get("refer.it"), {}, Rng(1), rate=None, times=1)
