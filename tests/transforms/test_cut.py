"""Ends, beginnings, small words and sentences that get lost."""

from __future__ import annotations

import re

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.errors import UsageError
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected
from perturb.variants import vary


def lost(name: str, raw: str, times: float = 1, seed: int = 0, **params: object) -> str:
    """Run a step ``times`` over a protected text."""
    return apply(raw, engine.run(protected(raw), get(name), params, Rng(seed), rate=None, times=times))


@pytest.mark.parametrize(
    ("raw", "words", "left"),
    [
        ("how far is it from here", 1, "how far is it from"),
        ("how far is it from here?", 2, "how far is it"),
        ("how far is it from here?", 9, "how far is"),
        ("He paid, I think, $3.50", 1, "He paid, I think"),
        ("Is it red, or - blue", 2, "Is it red"),
        ("What is `x + 1` in code", 9, "What is `x + 1`"),
        ("two words", 9, "two words"),
        ("They sold two hundred and five hats", 2, "They sold"),
        ("They sold eighteen thousand ninety-six", 9, "They sold"),
    ],
)
def test_tail(raw: str, words: int, left: str) -> None:
    assert lost("cut.tail", raw, words) == left


def test_head() -> None:
    assert lost("cut.head", "So, how far is it?", 1) == "how far is it?"
    assert lost("cut.head", "one two three", 5) == "one two three"
    assert lost("cut.head", "Of two hundred hats how many are left", 2) == "hats how many are left"


def test_cap() -> None:
    raw = "Sam has 1,200 cards, and he sold"
    assert lost("cut.cap", raw, chars=20) == "Sam has 1,200 cards"
    assert lost("cut.cap", raw, chars=12) == "Sam has"
    assert lost("cut.cap", raw, chars=12, whole_words=False) == "Sam has 1,20"
    assert lost("cut.cap", raw, chars=20, ellipsis=True) == "Sam has 1,200..."
    assert lost("cut.cap", raw, chars=200) == raw
    assert lost("cut.cap", f"{raw}   ", chars=len(raw)) == f"{raw}   "  # blanks that go are no change


def test_unfinished_ends_at_a_word_of_the_last_sentence() -> None:
    raw = "I lost it. Can I pay with my old card?"
    found = [lost("cut.unfinished", raw, seed=seed) for seed in range(200)]
    ends = {
        "I lost it. Can I pay",
        "I lost it. Can I pay with",
        "I lost it. Can I pay with my",
        "I lost it. Can I pay with my old",
    }
    assert set(found) <= ends | {"I lost it. Can I"}
    small = sum(f.endswith((" with", " my")) for f in found)
    assert small > 100, "most messages sent too early end on a small word"


def test_sentence_keeps_the_question_and_loses_what_has_no_number_first() -> None:
    raw = "Tim is tall. He has 3 cats. How many cats has he?"
    assert {lost("cut.sentence", raw, seed=s) for s in range(30)} == {"He has 3 cats. How many cats has he?"}
    assert lost("cut.sentence", raw, 2) == "How many cats has he?"
    assert lost("cut.sentence", "How many cats has he?") == "How many cats has he?"
    assert lost("cut.sentence", "Write a poem. It is for Ann.") == "Write a poem."


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("Hi, could you please help me? Thanks!", "Could you help me?"),
        ("Hello there, I need a card", "I need a card"),
        ("It failed. Please check it.", "It failed. Check it."),
        ("Help me, please, it is urgent", "Help me, it is urgent"),
        ("I paid twice, thank you", "I paid twice"),
        ("Write a thank you note to Ann", "Write a thank you note to Ann"),
        ("highest number", "highest number"),
    ],
)
def test_politeness(raw: str, left: str) -> None:
    assert lost("cut.politeness", raw, 5) == left


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        ("What is the highest mountain of Peru?", "highest mountain of Peru"),
        ("How do I change my PIN?", "How to change PIN"),
        ("Who is the king of Spain?", "king of Spain"),
        ("Who won the battle of Hastings", "Who won battle of Hastings"),
        ("Why doesn't the card work?", "Why doesn't card work"),
        ("When was the last time it did not rain?", "When last time it did not rain"),
        ("number of films in lord of the rings", "number of films in lord of the rings"),
        ("Tim is tall. How tall is Tim?", "Tim is tall. How tall is Tim?"),
        ("What do I do if the card breaks?", "What do I do if card breaks"),
        ("Which organ secretes insulin?", "organ secretes insulin"),
        ("Which organ secretes insulin?", "Which organ secretes insulin?"),
        ("How many pens does she have altogether?", "How many pens altogether"),
        ("How young can I be in order to pay the fee?", "How young can I be in order to pay fee"),
    ],
)
def test_keywords(raw: str, query: str) -> None:
    found = {lost("cut.keywords", raw, seed=seed) for seed in range(20)}
    assert query in found
    assert not any("  " in f or f != f.strip() for f in found)


@pytest.mark.parametrize(
    "raw", ["Which of these organs secretes insulin?", "Which large land mass is home to most monkeys?"]
)
def test_a_query_that_would_be_a_statement_keeps_its_which(raw: str) -> None:
    assert all(lost("cut.keywords", raw, seed=seed).startswith("Which") for seed in range(20))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (
            "I need a new card for the app",
            {"Need a new card for the app"},  # what it does without first; the articles follow where more may go
        ),
        ("The door is open again", {"Door open again"}),
        ("Do you have it here", {"You have it here"}),
        ("Begin so, like this: The door is open", {"Begin so, like this: The door is open"}),
        ("He works 8 hours a day now", {"He works 8 hours a day now"}),
        ("It takes a few of them", {"It takes a few of them"}),
        ("Match an a followed by b", {"Match an a followed by b"}),
        ("Who has the most and the least of it", {"Who has the most and the least of it"}),
    ],
)
def test_functions(raw: str, found: set[str]) -> None:
    assert {lost("cut.functions", raw, seed=seed) for seed in range(60)} == found


@pytest.mark.parametrize(
    ("name", "raw", "left"),
    [
        (
            "cut.constraint",
            "Please find me a table in Rome for 4 people",
            {"Please find me a table in Rome", "Please find me a table for 4 people"},
        ),
        ("cut.constraint", "who won the world cup in 1998", {"who won the world cup"}),
        ("cut.constraint", "How many sheep have they if Seattle has 20 sheep?", {"How many sheep have they?"}),
        ("cut.constraint", "What is the capital of France?", {"What is the capital of France?"}),
        (
            "cut.constraint",
            "The invoice then sums to 312.11 CAD.",
            {"The invoice then sums to 312.11 CAD."},
        ),
        (
            "cut.topic",
            "How many apples are in the baskets altogether?",
            {"How many apples are in the baskets altogether?"},
        ),
        (
            "cut.constraint",
            "Find the user with the ID 7890, who has a cat.",
            {"Find the user with the ID 7890, who has a cat."},
        ),
        ("cut.constraint", "Each howl lasts for 20 seconds.", {"Each howl lasts for 20 seconds."}),
        (
            "cut.constraint",
            "He pressed on it for 10 minutes more than Ann.",
            {"He pressed on it."},
        ),
        (
            "cut.constraint",
            "Set a price for a shop located at 34.05, -118.24?",
            {"Set a price for a shop located at 34.05, -118.24?"},
        ),
        (
            "cut.constraint",
            "Is there a shape with sides of length 1, $x$ and $y$?",
            {"Is there a shape with sides of length 1, $x$ and $y$?"},
        ),
        ("cut.constraint", "What happens if you drive barefoot in the U.K.?", {"What happens if you drive barefoot?"}),
        ("cut.constraint", "Find an inn that opens until at 11 PM.", {"Find an inn that opens."}),
        ("cut.constraint", "He was born in Rome.", {"He was born in Rome."}),
        ("cut.constraint", "Find a thriller directed by Hitchcock.", {"Find a thriller directed by Hitchcock."}),
        (
            "cut.constraint",
            "Why did it fail to separate Islam from it?",
            {"Why did it fail to separate Islam from it?"},
        ),
        ("cut.topic", "Where can I find your exchange rates?", {"exchange rates"}),
        ("cut.topic", "What are your exchange rates?", {"exchange rates"}),
        ("cut.topic", "How do I top up my card?", {"my card"}),
        ("cut.topic", "How can I open a safe with my key?", {"How can I open a safe with my key?"}),
        ("cut.topic", "Why is my card blocked?", {"Why is my card blocked?"}),
        ("cut.state", "Why isn't my card working?", {"card not working"}),
        ("cut.state", "My card doesn't work.", {"card not working."}),
        ("cut.state", "My name is going to be Bob", {"My name is going to be Bob"}),
        ("cut.subject", "My card still hasn't shown up", {"still hasn't shown up"}),
        ("cut.subject", "My transfer did not work", {"My transfer did not work"}),
    ],
)
def test_essentials(name: str, raw: str, left: set[str]) -> None:
    assert {lost(name, raw, seed=seed) for seed in range(30)} == left


def test_channels_have_their_room() -> None:
    raw = "My new card was to come on Monday and it did not, so I rang the bank. Where is it now?"
    assert lost("cut.cap", raw, channel="push") == "My new card was to come on Monday and it did not"
    assert lost("cut.cap", raw, channel="subject", ellipsis=True).endswith("so I...")
    assert lost("cut.cap", raw, channel="sms") == raw
    with pytest.raises(UsageError, match="sms"):
        lost("cut.cap", raw, channel="pager")


def test_midword_stops_inside_a_word() -> None:
    raw = "Can I pay with another number"
    found = {lost("cut.midword", raw, seed=seed) for seed in range(40)}
    assert all(raw.startswith(f) and raw[len(f)].isalpha() and f[-1].isalpha() for f in found)


def test_a_sentence_with_numbers_goes_first_where_that_is_wanted() -> None:
    raw = "Tim is tall. He has 3 cats. How many cats has he?"
    assert lost("cut.sentence", raw, first="numbers") == "Tim is tall. How many cats has he?"


def test_what_is_asked_of_what_is_not_stays() -> None:
    raw = "What isn't economic growth sufficient for progress on?"
    assert all(lost("cut.keywords", raw, seed=seed).startswith("What") for seed in range(20))


def test_a_topic_is_asked_about_as_it_is_written_and_the_reply_is_the_whole_request() -> None:
    (variant,) = vary("How do I open an ISA savings account?", "cut.topic", seed=1)
    assert variant.text == "ISA savings account"
    (missing,) = variant.missing
    assert missing["ask"] == f"What would you like to know about “{variant.text}”?"
    assert missing["reply"] == "How do I open an ISA savings account?"


@pytest.mark.parametrize(
    ("raw", "queries"),
    [
        ("What will the weather be in 1 day in Kuwait?", {"weather in 1 day in Kuwait", "weather in 1 day Kuwait"}),
        (
            "how do you flash a Corne keyboard that has VIA installed",
            {"how to flash Corne keyboard that has VIA installed"},
        ),
        ("What share of the heat has the firm Enerproj saved?", {"What share of the heat has firm Enerproj saved"}),
        ("What was the period called that ended in 1850?", {"What was period called that ended in 1850"}),
        ("Why does a floor covered with tile feel colder?", {"Why floor covered with tile feel colder"}),
        ("How old was Ann when she played in Rome?", {"How old was Ann when she played in Rome?"}),
        ("Who did Alexander I marry?", {"Who did Alexander I marry?"}),
        ("Find my phone for me!", {"Find phone for me"}),
        ("Do you only own a dog for company?", {"Do you only own a dog for company?"}),
    ],
)
def test_a_searcher_drops_the_whole_frame_or_none_of_it(raw: str, queries: set[str]) -> None:
    assert {lost("cut.keywords", raw, seed=seed) for seed in range(20)} <= queries


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("is there a sequel to this film", {"a sequel to this film", "sequel to this film", "this film", "to this film"}),
        ("What is the most abundant fuel?", {"the most abundant fuel?", "most abundant fuel?"}),
        ("3 birds were on the fence today.", {"birds were on the fence today.", "on the fence today.", "the fence today.", "fence today."}),
        ("Sleep is a vital process for life.", {"a vital process for life.", "vital process for life.", "for life.", "life."}),
        ("New York City has more guests.", {"more guests."}),
    ],
)  # fmt: skip
def test_a_lost_beginning_ends_where_somebody_might_begin(raw: str, left: set[str]) -> None:
    assert {lost("cut.head", raw, n, seed=1, keep=2) for n in range(1, 5)} <= left


@pytest.mark.parametrize(
    "raw",
    [
        "Could you book a room at the Hilton, starting from 14 October?",
        "A stock is bought at $20, sold at $25 later.",
        "Benny saw a long shark with 2 remoras attached to it.",
        "Could I set the share to 70 and the window size to 8?",
        "Which desert is to the south near Arizona?",
        "Who did Tesla partner with in 1886?",
        "His bedroom measures 18 feet by 12 feet.",
        "Half of them are written in English, and 10% in German.",
        "The storm was felt for three years followed by rain.",
    ],
)
def test_no_phrase_goes_that_leaves_a_torn_sentence(raw: str) -> None:
    torn = (", starting?", "bought, sold", "shark it", "size?", "the south?", "partner?", "partner with?", "18 feet.", "written,", "felt by")  # fmt: skip
    assert not any(t in lost("cut.constraint", raw, seed=seed) for seed in range(20) for t in torn)


@pytest.mark.parametrize(
    "raw",
    [
        "In what language was most of the statement written?",
        "What is one common example of a critical complexity measure?",
        "do i have to show identification to a police officer",
        "How many Panthers were selected for the spring team?",
        "How can I put several parts together to create a new model?",
    ],
)
def test_no_topic_is_sent_that_the_question_is_not_about(raw: str) -> None:
    assert {lost("cut.topic", raw, seed=seed) for seed in range(5)} == {raw}


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        ("Is there a limit on what I can pay at a time?", "limit on what I can pay at a time"),
        ("How many sheep are there in the barn now?", "How many sheep in barn now"),
        ("How many hats did they sell?", "How many hats did they sell?"),
        ("What does running give you?", "What does running give you?"),
        ("What can old tyres be used for?", "What can old tyres be used for?"),
        ("Who was shot in the barn?", "Who was shot in barn"),
        ("What the hell is the matter", "What the hell is the matter"),
        ("Why did I get less than I paid for?", "Why get less than I paid for"),
        ("Where is my parcel?", "Where is parcel"),
        ("When will my parcel be ready?", "When parcel ready"),
        ("Why is there a fee on my parcel?", "Why fee on parcel"),
        ("What parcels do you take?", "parcels you take"),
        ("What group can amend the rule?", "What group can amend rule"),
        ("What are the floods causing?", "What are floods causing"),
        ("What is the town known for?", "What is town known for"),
        ("What is it illegal to do with a flag?", "What is it illegal to do with flag"),
        ("What is the winter like in Oslo?", "What is winter like in Oslo"),
        ("Is light a wave or a particle?", "light a wave or a particle"),
        ("Which foe of Doctor Odd is also a lord?", "Which foe of Doctor Odd is also lord"),
        ("Can I see the list of things to do for a day?", "see list of things to do for a day"),
        ("how do i reset my pin", "how to reset pin"),
        ("who sang the sound of rain", "who sang the sound of rain"),
        ("Rust is formed from", "Rust is formed from"),
        ("Why can't I see the barn?", "Why can't I see barn"),
        ("tell me if there are meeting rooms in the barn", "if there are meeting rooms in barn"),
        ("What's the farm getting in rent?", "What's farm getting in rent"),
        ("How many geese flew away?", "How many geese flew away?"),
    ],
)
def test_a_search_keeps_what_belongs_together(raw: str, query: str) -> None:
    assert query in {lost("cut.keywords", raw, seed=seed) for seed in range(9)}


@pytest.mark.parametrize(
    ("raw", "telegram"),
    [
        ("What is the fee for a new card?", "Fee for new card?"),
        ("Is there a way to stop it?", "Way to stop it?"),
        ("Why was the payment on my card declined?", "Why payment on card declined?"),
        ("Why am I being charged twice?", "Why being charged twice?"),
        ("When will my parcel be ready?", "When parcel ready?"),
        ("How can I close the account?", "How to close account?"),
        ("How many sheep are there in the barn?", "How many sheep in barn?"),
        ("My card is still not working.", "Card still not working."),
        ("The parcel was left in the rain.", "Parcel left in rain."),
        ("There are 20 sheep in the barn.", "20 sheep in barn."),
        ("I've lost the card again.", "Lost card again."),
        ("I am still waiting for the card.", "Still waiting for card."),
        ("The girl was asked to leave a note.", "Girl was asked to leave note."),
        ("Coal is a kind of rock.", "Coal is a kind of rock."),
        ("What is the dog doing in there?", "What is dog doing in there?"),
        ("What is the deal with it?", "What is the deal with it?"),
        ("It shows as pending the rent is due today.", "It shows as pending rent is due today."),
        ("It is stuck as pending the rent is due today.", "It is stuck as pending the rent is due today."),
        ("Bo, the goose, eats a worm.", "Bo, the goose, eats worm."),
        ("Which of the following is a native of Peru?", "Which of the following is a native of Peru?"),
        ("How much can I pay at a time with the card?", "How much can I pay at a time with card?"),
        ("Did the Romans see the sea from the Alps?", "Did the Romans see sea from the Alps?"),
        ("the cast of don't call the dog a cat", "the cast of don't call the dog a cat"),
        ("Is light a wave or a particle?", "Is light a wave or a particle?"),
    ],
)
def test_a_telegram(raw: str, telegram: str) -> None:
    assert lost("cut.functions", raw, times=20) == telegram


@pytest.mark.parametrize(
    "raw",
    [
        "Rate it on a scale of 1 to 5.",
        "On Monday the number of ships at the port became 30.",
        "The forest is home to the Amazon.",
    ],
)
def test_no_constraint_goes_that_is_half_of_something(raw: str) -> None:
    torn = ("of 1.", "of ships.", "is home.")
    assert not any(lost("cut.constraint", raw, seed=seed).endswith(torn) for seed in range(20))


@pytest.mark.parametrize("step", ["cut.keywords", "cut.functions"])
@pytest.mark.parametrize("raw", ["The enzymes of yeast are located in the:", "where is the", "how can I pay a"])
def test_a_text_may_end_on_a_small_word(step: str, raw: str) -> None:
    for seed in range(9):
        left = lost(step, raw, seed=seed).lower()
        assert set(re.findall(r"\w+", left)) <= {*re.findall(r"\w+", raw.lower()), "to"}
