"""Numbers, dates, names and things said less exactly."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import Edit
from perturb.language.protect import protected
from perturb.variants import vary


def edits(name: str, raw: str, seed: int = 0, **params: object) -> list[Edit]:
    return engine.run(protected(raw), get(name), params, Rng(seed), rate=None, times=1)


def found(name: str, raw: str, **params: object) -> set[str]:
    """Collect the variants of many seeds."""
    return {apply(raw, edits(name, raw, seed, **params)) for seed in range(150)}


@pytest.mark.parametrize(
    ("raw", "blurred"),
    [
        (
            "He sold 16 eggs",
            {
                "He sold some eggs",
                "He sold a lot of eggs",
                "He sold a bunch of eggs",
                "He sold lots of eggs",
                "He sold many eggs",
            },
        ),
        ("We waited 2 hours there", {"We waited a couple of hours there", "We waited a few hours there"}),
        (
            "Twelve red balls fell",
            {"Some red balls fell", "A few red balls fell", "Several red balls fell", "A bunch of red balls fell"},
        ),
        ("4 more men saw Ann", {"Some more men saw Ann", "A few more men saw Ann", "Several more men saw Ann"}),
        ("the 3 men left", {"the men left"}),
        ("it takes an additional 9 minutes", {"it takes an additional few minutes"}),
        ("B has 2 goals fewer than A", {"B has a few goals fewer than A", "B has several goals fewer than A"}),
        ("he got 5 more than Al", {"he got a few more than Al", "he got several more than Al"}),
        ("she has 40 fewer pens than Bo", {"she has many fewer pens than Bo"}),
        ("for the given 3 lists", {"for the given lists"}),
        ("the next 3 days are off", {"the next few days are off"}),
        ("it costs $4 now", {"it costs a bit now"}),
        (
            "she sells them for $4 each",
            {"she sells them for a few dollars each", "she sells them for a few bucks each"},
        ),
        ("it drove 300 miles", {"it drove hundreds of miles"}),
        ("I want max 50 results", {"I want max 50 results"}),
        ("it was estimated at 700,000 pesos", {"it was estimated at 700,000 pesos"}),
        (
            "they found 700,000 coins",
            {f"they found {many} coins" for many in ("hundreds of thousands of", "a lot of", "lots of")},
        ),
    ],
)
def test_number(raw: str, blurred: set[str]) -> None:
    assert found("vague.number", raw) == blurred


@pytest.mark.parametrize(
    "raw",
    [
        "It is 5% now",
        "between 3 and 4 cats",
        "pages 3-4 of it",
        "the 3rd time",
        "In 1902 wars began",
        "Windows 10 users say",
        "a 5 pound bag",
        "step 3 is next",
        "one cat",
        "Is 7 odd?",
        "1 dog",
        "at 5:30 today",
        "about 20 people came",
        "a total of 16 eggs",
        "Ann is 9 years old",
        "x = 3 apples",
        "She is 3 times as old",
    ],
)
def test_number_leaves_what_would_not_be_grammatical(raw: str) -> None:
    assert found("vague.number", raw) == {raw}


def test_number_covers_exactly_what_went() -> None:
    assert {e[:2] for seed in range(9) for e in edits("vague.number", "He sold 16 eggs", seed)} == {(8, 10)}


@pytest.mark.parametrize(
    ("raw", "one_of"),
    [
        ("I paid on Monday.", "I paid the other day."),
        ("On Monday I paid.", "The other day I paid."),
        ("I moved in April 2020 and left.", "I moved a while ago and left."),
        ("I will pay next week.", "I will pay soon."),
        ("It arrived at 5 pm.", "It arrived at some point."),
        ("I paid this morning.", "I paid earlier."),
        ("I ordered it over a week ago.", "I ordered it the other day."),
        ("Book a table on Friday.", "Book a table at some point."),
        ("who was king in 1902", "who was king back then"),
    ],
)
def test_date(raw: str, one_of: str) -> None:
    assert one_of in found("vague.date", raw)


@pytest.mark.parametrize(
    "raw",
    [
        "It opens on Monday.",
        "He sold 10 on Monday and 12 on Tuesday.",
        "When was it sold in 1902?",
        "It lasted from May to June.",
        "I have waited since last week.",
        "He won the 2005 cup.",
        "She may march on.",
        "Will it rain at 15:19:29?",
        "She worked 45 hours this week.",
        "It made 9 shirts yesterday and 8 shirts today.",
        "It's hot today and my fan is turned off.",
    ],
)
def test_date_leaves_what_would_not_be_grammatical(raw: str) -> None:
    assert found("vague.date", raw) == {raw}


@pytest.mark.parametrize(
    ("raw", "blurred"),
    [
        ("Janet's ducks lay eggs.", {"Her ducks lay eggs."}),
        ("How many did Janet sell?", {"How many did she sell?"}),
        ("If David has 3, who has 4?", {"If he has 3, who has 4?"}),
        ("He gave Janet 3 eggs.", {"He gave her 3 eggs."}),
        ("She is older than David.", {"She is older than him."}),
        ("Did Alex sell it?", {"Did they sell it?"}),
        ("Alex had her card.", {"She had her card."}),
        ("David ran. How far did David run?", {"David ran. How far did he run?"}),
        ("Who lives in Paris?", {"Who lives there?"}),
        ("What is the capital of France?", {"What is the capital of that country?"}),
        ("How big is the United States?", {"How big is that country?"}),
        ("It caused damage to Rome.", {"It caused damage to that city."}),
    ],
)
def test_entity(raw: str, blurred: set[str]) -> None:
    assert found("vague.entity", raw) == blurred


@pytest.mark.parametrize(
    "raw",
    [
        "Janet and David ran.",
        "Uncle David ran.",
        "Janet Smith ran.",
        "Was the University of Chicago old?",
        "I like Paris fashion.",
        "Paris, France is old.",
        "will it mark the spot",
        "Is it warm on April 25th?",
    ],
)
def test_entity_leaves_what_is_not_plain(raw: str) -> None:
    assert found("vague.entity", raw) == {raw}


def test_entity_all_mentions() -> None:
    raw = "David ran. How far did David run?"
    assert found("vague.entity", raw, all=True) == {"He ran. How far did he run?"}


@pytest.mark.parametrize(
    ("raw", "blurred"),
    [
        ("I lost my wallet.", {"I lost my thing."}),
        ("She bought a cucumber and left", {"She bought a vegetable and left"}),
        ("He has two cows.", {"He has two animals."}),
        ("I saw a lion.", {"I saw an animal."}),
        ("My dog food is gone.", {"My dog food is gone."}),
        ("They are at school now.", {"They are at school now."}),
        ("My dentist left.", {"My dentist left."}),
        ("He cut two trees of ten trees.", {"He cut two trees of ten trees."}),
        ("Begin with this: The dog sat on a chair", {"Begin with this: The dog sat on a chair"}),
        ("what is the word for the dog", {"what is the word for the dog"}),
    ],
)
def test_word(raw: str, blurred: set[str]) -> None:
    assert found("vague.word", raw) == blurred


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("I lost my new card.", "I lost my card."),
        ("I saw an old cat.", "I saw a cat."),
        ("I saw a big egg.", "I saw an egg."),
        ("My card is new.", "My card is new."),
        ("It is a very old card.", "It is a very old card."),
        ("what is the great white shark", "what is the great white shark"),
        ("I need my personal loan.", "I need my personal loan."),
        ("She used three of the spoons.", "She used three of the spoons."),
        ("I lost his old car.", "I lost his car."),
        ("Where is the narrow gauge rail line?", "Where is the narrow gauge rail line?"),
        ("Go on from here: The old house stood.", "Go on from here: The old house stood."),
    ],
)
def test_qualifier(raw: str, left: str) -> None:
    assert found("vague.qualifier", raw) == {left}


@pytest.mark.resources
@pytest.mark.usefixtures("wordnet")
def test_hypernym() -> None:
    assert found("vague.hypernym", "She sold the marigolds at noon.") == {"She sold the flowers at noon."}
    assert found("vague.hypernym", "He met a person.") == {"He met a person."}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("I lost my debit card", {"I lost my card"}),
        ("Clean a computer mouse", {"Clean a mouse"}),
        ("my debit card and my card", {"my debit card and my card"}),
        ("debit card number", {"debit card number"}),
        ("It has an interest rate of 5%", {"It has a rate of 5%"}),
    ],
)
def test_sense(variants, raw: str, said: set[str]) -> None:
    assert variants("vague.sense", raw) == said


def test_a_sense_is_asked_for_with_its_alternatives() -> None:
    (variant,) = vary("I lost my debit card", "vague.sense", seed=1)
    assert variant.expect == "clarify"
    assert variant.missing[0]["ask"] == "Which card do you mean: debit card, a credit card or a gift card?"


def test_a_place_written_small_keeps_its_name() -> None:
    assert found("vague.qualifier", "what's the time in new york") == {"what's the time in new york"}


def test_a_date_that_is_asked_for_stays() -> None:
    assert found("vague.date", "let me know the date tomorrow") == {"let me know the date tomorrow"}


def test_who_a_text_to_translate_speaks_of_is_nothing_to_the_translator() -> None:
    assert vary("Translate into French: I speak of Jane to a friend.", "vague.entity", seed=1) == []


def test_nothing_is_a_thing() -> None:
    raw = "The lid was no lid, but a bead, and the bag was light."
    assert {v.text for v in vary(raw, "vague.word", n=8, seed=1)} == {raw.replace("bag", "thing")}


def test_places_in_a_row_and_days_that_are_asked_about_stay() -> None:
    assert vary("Show the ports of pod 10 of the fabric.", "vague.number", seed=1) == []
    assert vary("What will tomorrow be on the calendar?", "vague.date", seed=1) == []
