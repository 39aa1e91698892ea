"""Other words for the same."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language import analysis
from perturb.language.lexicon import rows
from perturb.language.protect import protected
from perturb.variants import vary


def found(name: str, raw: str, info: object = None) -> set[str]:
    """Collect the variants of many seeds."""
    text = protected(raw, info=info)
    return {apply(raw, engine.run(text, get(name), {}, Rng(seed), rate=None, times=1)) for seed in range(40)}


def test_words_of_the_label_stay() -> None:
    item = {"text": "How can I verify that I received it?", "category": "verify_top_up"}
    said = {v.text for v in vary(item, "synonym.common", n=8, seed=1)}
    assert said and all("verify" in text for text in said)
    other = {**item, "category": "top_up_failed"}
    assert any("check" in v.text for v in vary(other, "synonym.common", n=8, seed=1))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Where can I buy one?", {"Where can I purchase one?"}),
        ("She bought 3 hats.", {"She purchased 3 hats."}),
        ("She bought a hat.", {"She purchased a hat.", "She got a hat."}),
        ("It was an enormous dog.", {"It was a huge dog."}),
        ("It was a huge dog.", {"It was an enormous dog."}),
        ("Do not buy into it.", {"Do not buy into it."}),
        ("We met at Big Ben.", {"We met at Big Ben."}),
        ("who acts in big momma", {"who acts in big momma"}),
        ("i want to buy my car", {"i want to purchase my car", "i would like to buy my car"}),
        ("I need to pay.", {"I have to pay."}),
        ("How do I pay, and how do I stop?", {"How can I pay, and how can I stop?"}),
        ("So I want to go out", {"So I want to go out"}),
        ("So I want to eat", {"So I would like to eat"}),
        ("I bought 2 hats and purchased 3.", {"I bought 2 hats and purchased 3."}),
        ("Can you tell me why?", {"Could you tell me why?", "Do you know why?"}),
        ("Can you drown?", {"Can you drown?"}),
        ("a compute shader in a given problem", {"a compute shader in a given problem"}),
        ("He paid, let me know if so", {"He paid, tell me if so"}),
        ("The father died.", {"The father died."}),
        ("Her father died.", {"Her dad died."}),
        ("I don't need to pay.", {"I don't need to pay."}),
        ("Is it possible to pay?", {"Can I pay?"}),
        ("I received it at the moment.", {"I got it at the moment.", "I received it right now."}),
        ("I have received it.", {"I have received it."}),
        ("A statute requiring the state to act.", {"A statute requiring the state to act."}),
        ("A large plot of land", {"A big plot of land"}),
        ("A large parcel of land", {"A large parcel of land"}),
        ("A large number of them", {"A large number of them"}),
        ("What language do they all speak?", {"What language do they all speak?"}),
    ],
)
def test_common(raw: str, said: set[str]) -> None:
    assert found("synonym.common", raw) == said


@pytest.mark.parametrize(
    "raw",
    [
        "Did she refuse to give up her seat?",
        "Which Spanish speaking countries are there?",
        "The thin film of oil broke.",
        "He spends all week buying, never saving.",
        "The king could require his men to march.",
        "My kid brother is ill-mannered.",
        "Is it a machine learning problem?",
        "In which valley does the river lie and the town reside?",
        "Which of these manufactured goods float?",
        "It is a buy one get one free deal.",
        "They met at big events.",
        "It did not work as well on my hair.",
        "The answer he gave is maybe.",
        "A massive star dies.",
        "Let us set a terminating decimal apart.",
        "The plants get the water they need to grow.",
        "What do I need to open a jar?",
        "The acceleration due to gravity is 9.8.",
        "In good repair it lasts.",
        "His wound responded well.",
        'The sign said "large dogs only".',
        "What do they call the trash in Perth?",
    ],
)
def test_a_word_in_another_sense_stays(raw: str) -> None:
    assert found("synonym.common", raw) == {raw}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("They give up and leave.", "They stop trying and leave."),
        ("I watched the film.", "I watched the movie."),
        ("Please book a table for two.", "Please reserve a table for two."),
        ("I want to book a restaurant.", "I want to make a reservation at a restaurant."),
        ("She earns $10 an hour.", "She makes $10 an hour."),
        ("About 20 of them left.", "Around 20 of them left."),
        ("Ann's mother sang.", "Ann's mom sang."),
        ("I need to cancel it.", "I have to cancel it."),
        ("Lock it immediately!", "Lock it right away!"),
        ("Which of the following is red?", "Which one of the following is red?"),
    ],
)
def test_in_its_own_sense_it_goes(raw: str, said: str) -> None:
    assert said in found("synonym.common", raw)


def test_no_pair_changes_number() -> None:
    """A plural's synonym is a plural too: both or neither of a pair's rows end in "s" (or in a known odd form)."""
    words = {row[0] for row in rows("synonyms")}
    for word, new, *_ in rows("synonyms"):
        if word.endswith("s") and word[:-1] in words and not word.endswith("ss"):
            assert new.split()[0].endswith("s") or new == "children", (word, new)


@pytest.mark.resources
@pytest.mark.usefixtures("wordnet", "model")
def test_by_wordnet() -> None:
    raw = "The doctor buys a large house."
    info = next(analysis.analyse([raw]))
    assert found("synonym.wordnet", raw, info) == {
        "The physician buys a large house.", "The doctor purchases a large house.", "The doctor buys a big house."
    }  # fmt: skip
