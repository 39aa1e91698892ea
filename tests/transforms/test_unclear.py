"""Attachments that are not there, contradictions, false premises, a thought in two messages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from perturb.variants import Perturber, vary

PACKS = "A big pack holds 12 pens. Ann buys 3 packs. How many pens does Ann have?"
ORGAN = {"question": "Which organ secretes insulin?", "subject": "body",
         "choices": ["The stomach.", "The pancreas.", "The liver."], "answer": 1}  # fmt: skip


def test_a_needed_amount_said_twice_breaks_the_problem() -> None:
    item = {"question": PACKS, "answer": "12*3=<<12*3=36>>36\n#### 36"}
    found = vary(item, "contradict.amount", n=4, seed=2)
    assert found and {v.expect for v in found} == {"abstain"}
    for v in found:
        assert "holds 12 pens" in v.text and not v.missing
        other = re.findall(r"\d+", v.text.replace("12", "", 1).replace("3 packs", ""))
        assert len(other) == 1 and int(other[0]) > 12


def test_a_share_may_be_the_same_under_both_numbers() -> None:
    item = {"question": "The big garden holds 100 plants. One fourth of the plants are indoor plants. What percent of the plants are outdoor plants?",
            "answer": "100/4=<<100/4=25>>25\n100-25=<<100-25=75>>75\n#### 75"}  # fmt: skip
    found = vary(item, "contradict.amount", n=4, seed=2)
    assert found and {v.expect for v in found} == {"unsure"}


def test_a_second_number_comes_in_several_ways_and_is_never_said_right_away() -> None:
    item = {"question": "The big pack of tea costs $6. Ann buys 3 packs for the school. How much does she pay?",
            "answer": "6*3=<<6*3=18>>18\n#### 18"}  # fmt: skip
    said = [v.text for v in vary(item, "contradict.amount", n=30, seed=2)]
    assert {v.expect for v in vary(item, "contradict.amount", n=30, seed=2)} == {"abstain"}
    assert any(re.search(r"costs \$6 \(.*\$(?:7|8|9|1\d).*\)\. Ann", text) for text in said)
    assert any(
        re.search(r"school\. [A-Z][a-z ]+,? (?:that )?the big pack of tea costs \$\d+\. How", text) for text in said
    )
    assert not any(re.search(r"no wait|actually|sorry|I mean|correction", text) for text in said), (
        "nothing is taken back"
    )
    assert not any("costs $6. The big" in text for text in said)


def test_an_amount_that_a_list_tells_is_not_contradicted() -> None:
    assert vary("Eva has 3 dogs named Rex, Bo and Kim. How old are they?", "contradict.amount", seed=1) == []
    assert (
        vary("The big house has 3 rooms. Ann, Bo and Kim have one each. How big are they?", "contradict.amount", seed=1)
        == []
    )


def test_an_amount_that_is_not_needed_breaks_nothing_for_sure() -> None:
    item = {"question": PACKS, "answer": "7*3=<<7*3=21>>21\n#### 21"}
    assert {v.expect for v in vary(item, "contradict.amount", n=2, seed=2)} == {"unsure"}


@pytest.mark.parametrize(
    "raw", ["There are an additional 4 pens in it. How many?", "Ann now has 4 old red pens. How many has she?"]
)
def test_what_may_both_be_so_is_not_contradicted(raw: str) -> None:
    assert vary(raw, "contradict.amount", seed=1) == []


def test_a_wrong_option_is_taken_for_granted() -> None:
    found = vary(ORGAN, "premise.option", n=2, seed=3)
    said = {"Why does the stomach secrete insulin?", "Why does the liver secrete insulin?"}
    assert {v.text for v in found} == said and {v.expect for v in found} == {"abstain"}
    assert all(v.item["choices"] == ORGAN["choices"] and not v.target_changed for v in found)


@pytest.mark.parametrize(
    "question",
    ["Which of the following organs secretes insulin?", "Which organ most likely secretes insulin?", "Which organ does not secrete it?",
     "What is the role of the organ?", "Which organ has already secreted insulin?", "Which organ has been secreting insulin?",
     "Which secretion happens in a leaf?"],
)  # fmt: skip
def test_where_other_options_might_be_true_it_is_left(question: str) -> None:
    assert vary({**ORGAN, "question": question}, "premise.option", seed=3) == []


def test_an_option_with_a_capital_is_no_name() -> None:
    assert not vary(
        {**ORGAN, "question": "Which thing conducts electricity?", "choices": ["Boulder", "Suit", "Heath"]},
        "premise.option",
        seed=3,
    )
    item = {**ORGAN, "question": "Which source gives the safest water?", "choices": ["River", "Rain", "Sea"]}
    said = {v.text for v in vary(item, "premise.option", n=2, seed=3)}
    assert said == {"Why does the river give the safest water?", "Why does the sea give the safest water?"}


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("What state has miles of shore?", ["seaside town", "florida", "cape"]),
        ("Which technique controls for bias?", ["demand characteristics", "double blind study", "placebo effects"]),
        ("What area does a guard patrol?", ["park", "street", "building"]),
        ("What object filled with gas will make a child happy?", ["become adult", "balloon", "stove"]),
    ],
)
def test_an_option_that_is_no_thing_of_the_kind_is_left(question: str, choices: list[str]) -> None:
    assert vary({"question": question, "choices": choices, "answer": 1}, "premise.option", seed=3) == []


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("Which bird has quills all over it?", ["chicken", "penguin", "ostrich"]),
        ("What juice is used to make a drink pink?", ["lemon juice", "cranberry juice", "apple juice"]),
    ],
)
def test_a_part_by_another_name_and_a_garden_path_are_left(question: str, choices: list[str]) -> None:
    assert vary({"question": question, "choices": choices, "answer": 1}, "premise.option", n=2, seed=3) == []


@pytest.mark.parametrize(
    ("question", "passage", "asked"),
    [
        ("is a peck the same as a bushel", "A peck is a quarter of a bushel.", ["why is a peck the same as a bushel"]),
        ("is log x the same as ln x", "The logarithm is written ln x, or sometimes simply log x.", []),
        ("will there be a season 3 of the harbour", "Season 2 was the last.", []),
        ("has the lion club won a medal", "The club came second.", []),
        ("is easter the same day every year", "Easter is on a Sunday in spring.", []),
        ("was the film based on a true story", "The film is from 1990.", []),
        ("do i have to show a pass to the guard", "No pass is shown to a guard.", []),
        ("can a peck be a bushel", "A peck is a quarter of a bushel.", []),
        ("were greece and rome around at the same time", "Rome took Greece.", []),
        ("do birds eat stones", "Birds usually eat no stones.", []),
        ("do birds eat stones", "Some birds eat small stones. Bees do not.", []),
        ("do birds eat stones", "Birds eat seeds. Bees usually sleep.", ["why do birds eat stones"]),
    ],
)
def test_why_something_is_so_that_is_so_at_times_has_an_answer(question: str, passage: str, asked: list[str]) -> None:
    item = {"question": question, "passage": passage, "answer": False}
    assert [v.text for v in vary(item, "premise.claim", seed=1)] == asked


def test_what_a_problem_lost_is_said_before_or_behind_it_all() -> None:
    item = {"question": "Ann has a small shop. A pen costs 4 dollars there. Tom buys 6 pens. How much does Tom pay?",
            "answer": "4*6=<<4*6=24>>24\n#### 24"}  # fmt: skip
    found = vary(item, "attach.instead", n=12, seed=3)
    assert {v.expect for v in found} == {"clarify"}
    behind = [v for v in found if not v.text.endswith("Tom pay?")]
    before = [v for v in found if not v.text.startswith("Ann has")]
    assert behind and before and len(behind) + len(before) == len(found), "never between"
    lost = next(v for v in behind if "Tom buys" not in v.text)
    assert [(m["kind"], m["text"]) for m in lost.missing] == [("attachment", "Tom buys 6 pens.")]
    leaning = "Ann has 3 red pens. She buys 4 blue pens. Then she loses half of them. How many has she?"
    said = [v.text for v in vary(leaning, "attach.instead", n=9, seed=3)]
    assert any(re.search(r"red pens\. \([^)]*\) Then she loses", text) for text in said), "it leans on what is gone"


def test_a_number_that_the_rest_goes_through_is_no_loss() -> None:
    rest = "The first boat has 4 seats. The other boat has 5 seats. How many seats are there?"
    for raw, expect in (
        (f"A lake has only 2 boats that sail. {rest}", "unsure"),
        (f"A lake has only 9 boats that sail. {rest}", "clarify"),
    ):
        number = raw.split()[4]
        item = {"question": raw, "answer": f"{number}*4=<<{number}*4=8>>8\n#### 8"}
        found = [v for seed in range(9) for v in vary(item, "attach.instead", seed=seed) if "A lake" not in v.text]
        assert {v.expect for v in found} == {expect}


def test_a_known_fact_is_turned_round() -> None:
    (variant,) = vary({"question": "What is the capital of Australia?", "answer": "Canberra"}, "premise.known", seed=1)
    assert (variant.text, variant.expect) == ("Why is Sydney the capital of Australia?", "abstain")
    assert vary({"question": "What is the capital of Peru?", "answer": "Lima"}, "premise.known", seed=1) == []


@pytest.mark.parametrize(
    "raw", ["Can you put this sentence in French: What is it?", "Can you put this sentence in French? 'What is it?'"]
)
def test_what_stands_right_here_is_in_no_picture(raw: str) -> None:
    assert vary(raw, "attach.instead", seed=1) == []


def test_what_a_function_is_given_is_in_no_picture() -> None:
    assert vary("Write a function to count each element in the given list.", "attach.instead", seed=1) == []
    assert vary("Write a function to count each element in the first list.", "attach.instead", seed=1) == []
    assert vary("Please check the code for me.", "attach.instead", seed=1)


def test_a_picture_that_is_not_there() -> None:
    found = vary("Why is my payment still pending?", "attach.instead", n=4, seed=1)
    assert {v.expect for v in found} == {"clarify"}
    for v in found:
        assert v.text.startswith("Why is this still pending? ")
        assert v.missing[0]["kind"] == "attachment" and v.missing[0]["text"] == "my payment"


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("i still havent got my new card", "i still havent got\nmy new card"),
        ("What do you charge for top ups?", "What do you charge\nfor top ups?"),
        ("Where is it?", "Where is it?"),
        ("Could I get an item refunded", "Could I get an item refunded"),
    ],
)
def test_a_thought_in_two_messages(variants, raw: str, sent: str) -> None:
    assert variants("send.parts", raw) == {sent}


def test_both_messages_together_ask_the_same() -> None:
    assert {v.expect for v in vary("i still havent got my new card", "send.parts", seed=1)} == {"same"}


def test_recipes_promise_what_they_say() -> None:
    assert {v.expect for v in Perturber("false_premise", seed=1)([ORGAN])} == {"abstain"}


BOOLQ = {"question": "is a tomato blue", "passage": "Tomatoes are red, mostly.", "answer": False}


@pytest.mark.parametrize(
    ("question", "answer", "asked"),
    [
        ("is a tomato blue", False, {"why is a tomato blue"}),
        ("Is a tomato blue?", False, {"Why is a tomato blue?"}),
        ("is a tomato red", True, set()),
        ("isn't a tomato blue", False, set()),
        ("is there any blue tomato", False, set()),
        ("do you like tomatoes", False, set()),
        ("who eats tomatoes", False, set()),
    ],
)
def test_what_the_benchmark_says_is_not_so_is_taken_for_granted(question: str, answer: bool, asked: set[str]) -> None:
    found = vary({**BOOLQ, "question": question, "answer": answer}, "premise.claim", seed=3)
    assert {v.text for v in found} == asked
    assert all(v.expect == "abstain" and v.moves for v in found)


@pytest.mark.parametrize(
    "raw",
    ["Can you solve the two sum problem, where the inputs are a list and a number?", "I find it **not in the text.**",
     "Create a function that extracts the text from a page"],
)  # fmt: skip
def test_no_picture_for_what_is_told_nor_behind_a_mark(raw: str) -> None:
    assert all("that" in v.text and "extracts" in v.text for v in vary(raw, "attach.instead", n=3, seed=1))


def test_the_name_of_a_thing_alone_may_ask_what_it_is() -> None:
    (what,) = vary({"question": "What is a twin prime?", "answer": ["a pair"]}, "cut.topic", seed=1)
    assert (what.text, what.expect) == ("twin prime", "unsure")


def test_a_question_without_its_means_still_asks() -> None:
    raw = "I start ten copies of a script. How can I do that with Terraform?"
    found = vary(raw, "cut.constraint", n=2, seed=1)
    assert {(v.text, v.expect) for v in found} == {("I start ten copies of a script. How can I do that?", "unsure")}


@pytest.mark.parametrize(
    ("raw", "said", "expect"),
    [
        ("This is a poem by Ann, please translate the poem.", "This is a poem by Ann, please translate this.", "unsure"),
        ("Write a program to draw the graph.", "Write a program to draw this.", "clarify"),
    ],
)  # fmt: skip
def test_a_picture_of_what_is_told_anyway(raw: str, said: str, expect: str) -> None:
    found = [v for v in vary(raw, "attach.instead", n=4, seed=1) if v.text.startswith(said)]
    assert found and {v.expect for v in found} == {expect}


def test_what_a_word_means_is_in_no_picture() -> None:
    raw = "An array has 3 rows. A row is an array of 2 numbers. Each row adds up to 5. How many numbers are there?"
    said = {v.text for v in vary(raw, "attach.instead", n=9, seed=1)}
    assert said and all("A row is an array of 2 numbers." in text for text in said)


def test_a_sentence_above_is_in_no_picture() -> None:
    assert vary("Bo is a bug. What does each word mean in the above sentence?", "attach.instead", seed=1) == []


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("Can I hold money in euros?", {"And in euros?", "What about in euros?", "And what about in euros?", "How about in euros?", "Ok and in euros?"}),
        ("How do I track my parcel?", {"And my parcel?", "What about my parcel?", "And what about my parcel?", "How about my parcel?", "Ok and my parcel?"}),
        ("Did it not work at all?", {"Did it not work at all?"}),
        ("What should I apply for?", {"What should I apply for?"}),
        ("Does it come with the card that I asked for?", {"Does it come with the card that I asked for?"}),
    ],
)  # fmt: skip
def test_what_is_new_goes_on_from_a_question_before(
    raw: str, sent: set[str], variants: Callable[..., set[str]]
) -> None:
    assert variants("send.follow", raw) == sent


def test_a_question_that_nobody_has_seen_is_asked_for() -> None:
    item = {"question": "Who is allowed to vote in Norway?", "answer": "all adults"}
    (v,) = vary(item, "send.follow", seed=3)
    assert v.expect == "clarify" and "before “in Norway”" in v.missing[0]["ask"]
    bank = {"text": "Can I hold money in euros?", "category": "fiat"}
    assert {v.expect for v in vary(bank, "send.follow", seed=3)} == {"unsure"}
