"""The shipped recipes: each loads, has a voice, fires on ordinary texts and leaves locked text alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from perturb.core.edits import apply
from perturb.core.errors import MissingResource
from perturb.core.text import LOCKED, Text
from perturb.items.profiles import Profile
from perturb.language.protect import protected
from perturb.recipe import load_recipe, recipe_file, shipped
from perturb.variant import Variant
from perturb.variants import Perturber

PROFILE = Profile("ordinary", ("text",), task="chat")
CHOICE = {"question": "Which tree keeps its leaves?", "choices": ["ash", "beech", "cedar", "elm"], "answer": 2}
TEXTS = [
    "Hello, I am writing because my new card did not arrive. Could you please tell me where it is? Thanks!",
    "What is the best way to learn a foreign language quickly when you do not have a lot of time?",
    "Sarah bought 12 red apples and 3 pears on Monday. She gave half of them to her friends. How many are left?",
    "Please explain to me why people believe that the large river in the north is going to be important tomorrow.",
    "I do not know how I am going to pay for the big house in Paris, because the bank said it was too expensive.",
    "Can you recommend a nice restaurant near the station? We want to eat there on Friday evening with friends.",
]
# What a recipe needs that does one thing only.
NEEDS = {
    "careless_searcher": "How do I reset the PIN of my card?",
    "clipped": "My new card was to come on Monday and it did not, so I rang the bank and they told me to ask here. Where is it?",
    "false_premise": "What is the capital of Australia?",
    "lost_attachment": "Why is my payment still pending? I see nothing in the app.",
    "mid_conversation": "My transfer is still pending, where is it?",
    "self_contradictory": "A big pack holds 12 pens. Ann buys 3 packs. How many pens does Ann have?",
}
LOCKING = [
    'Because people ask, run `do_it(x, 1)` and {name} at https://example.com/a?b=1, then say "the quoted part" please.',
    "Could you please tell me what $x^2 + 3$ is?\n\n```python\nprint('because')\n```\nAnswer with one word. Thanks!",
    "Which of these is right, please?\nA. because of it\nB. you know it\nC. people said so",
]


def made(name: str, items: list[dict[str, Any]], n: int = 4) -> list[Variant]:
    try:
        return list(Perturber(name, n, 1, PROFILE if "text" in items[0] else "auto")(items))
    except MissingResource as e:
        pytest.skip(str(e))


def test_there_are_enough() -> None:
    assert len(shipped()) >= 12


@pytest.mark.parametrize("name", shipped())
def test_it_has_a_summary_and_says_who_writes(name: str) -> None:
    recipe, path = load_recipe(name), recipe_file(name)
    assert path is not None and re.fullmatch(r"[a-z][a-z_]*", name)
    assert recipe.summary and len(recipe.summary) < 100 and not recipe.summary.endswith(".")
    labels = [s.label for s in recipe.steps()]
    assert len(labels) == len(set(labels)) and len(path.read_text("utf-8").splitlines()) < 40
    summaries = [load_recipe(n).summary for n in shipped()]
    assert summaries.count(recipe.summary) == 1


@pytest.mark.parametrize("name", shipped())
def test_it_fires_on_ordinary_texts(name: str) -> None:
    if name == "formal_control":
        return  # its very point is that it hardly does
    items = (
        [CHOICE]
        if load_recipe(name).steps()[0].transform.name == "choices.shuffle"
        else [{"text": t} for t in ([NEEDS[name]] if name in NEEDS else TEXTS)]
    )
    variants = made(name, items)
    assert sum(v.changed for v in variants) >= len(variants) / 4 > 0
    fired = {s for v in variants for e in v.edits for s in e.step.split("+")} | {
        m["step"] for v in variants for m in v.moves
    }
    assert fired


@pytest.mark.parametrize("name", shipped())
def test_locked_text_stays_character_by_character(name: str) -> None:
    for v in made(name, [{"text": t} for t in [*LOCKING, *TEXTS]], n=6):
        source = protected(v.clean_text)
        locked = "".join(c for c, level in zip(source.raw, source.mask) if level == LOCKED)
        log = [(e.start, e.end, e.new) for e in v.edits]
        assert apply(source.raw, log) == v.text
        text: Text = source.spliced(log)
        assert "".join(c for c, level in zip(text.raw, text.mask) if level == LOCKED) == locked, v.diff()


@pytest.mark.parametrize("name", shipped())
def test_what_loses_nothing_expects_the_same(name: str) -> None:
    losing = any(s.transform.reach == "loss" for s in load_recipe(name).steps())
    for v in made(name, [{"text": t} for t in TEXTS]):
        assert losing or v.expect == "same"
        written = any("number." in e.step for e in v.edits)  # in another notation, of the same value
        numbers = Counter(re.findall(r"\d+", v.clean_text))
        assert losing or written or not numbers or Counter(re.findall(r"\d+", v.text)) - wrong_first(v) == numbers, (
            v.diff()
        )


def wrong_first(v: Variant) -> Counter[str]:
    """Count the numbers that somebody said by mistake and put right ("20 no make that 30": the step says so)."""
    repairs = [e for e in v.edits if "disfluency.repair" in e.step.split("+")]
    return Counter(n for e in repairs for n in re.findall(r"\d+", e.new)) - Counter(
        n for e in repairs for n in re.findall(r"\d+", e.old)
    )


def test_the_control_changes_nothing_but_spacing() -> None:
    items = [{"text": "Hello ,  could you tell me\tthe time ? It is  important ."}, *({"text": t} for t in TEXTS)]
    variants = made("formal_control", items)
    assert variants and all("".join(v.text.split()) == "".join(v.clean_text.split()) for v in variants)


def test_nobody_types_a_word_problem_into_a_search_box() -> None:
    story = "Ann has 4 hens and buys 3 more on Monday. She then sells 2 of them to Bo. How many hens does Ann have now?"
    assert not made("careless_searcher", [{"text": story}])
    asked = made("careless_searcher", [{"text": "How do I reset the PIN of my card?"}])
    assert asked and all(v.text.lower().startswith("how to re") for v in asked)
