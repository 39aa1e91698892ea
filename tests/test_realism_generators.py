"""What is measured of a recipe: its texts as run writes them, its words with one edit."""

from __future__ import annotations

import pytest

from perturb.core.errors import UsageError
from perturb.evaluate.realism.align import slips
from perturb.evaluate.realism.generators import text_generator, word_generator
from perturb.recipe_yaml import parse_recipe
from perturb.variants import vary

TEXT = "Where is the card that I ordered on Monday because the old one does not work?"


def test_texts_are_what_run_writes():
    for recipe in ("hurried", "typos"):
        generate = text_generator(recipe)
        assert [generate(TEXT, s) for s in range(5)] == [vary(TEXT, recipe, seed=s)[0].text for s in range(5)]


def test_a_text_without_variants_stays():
    assert text_generator("contraction.join")("Thanks", 1) == "Thanks"


@pytest.mark.parametrize("recipe", ["typo", "typos", "hurried", "typo.swap", "misspelling"])
def test_a_word_gets_one_misspelling(recipe):
    draw = word_generator(recipe)
    made = [draw("different", n) for n in range(40)]
    assert made == [word_generator(recipe)("different", n) for n in range(40)]
    assert len(set(made) - {"different"}) >= 3
    if recipe != "misspelling":
        assert max(len(slips("different", new)) for new in made) <= 3  # one to three edits, by length


def test_question_words_are_misspelt_too():
    assert {word_generator("typo.swap")("which", n) for n in range(30)} - {"which"}


def test_other_steps_run_once_each():
    recipe = parse_recipe("summary: x\nsteps:\n  - case.caps: {times: 0}\n")
    assert word_generator(recipe)("word", 1) != "word"


def test_moves_are_refused():
    with pytest.raises(UsageError, match=r"rearranges items"):
        word_generator("choices.shuffle")
