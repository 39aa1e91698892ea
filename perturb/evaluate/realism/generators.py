"""What is measured: a recipe, transform or family as a function of a word or text and a seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from perturb.core import engine
from perturb.core.errors import UsageError
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.items.profiles import Profile
from perturb.recipe import Recipe, Settled, load_recipe
from perturb.variants import Perturber

_PLAIN = Profile("text", ("text",), task="chat")


def text_generator(recipe: str | Recipe) -> Callable[[str, int], str]:
    """Give what ``perturb run`` does to a text, by seed (``text_generator("hurried")("Is it far?", 7)``).

    A text whose variants were all dropped as unchanged stays as it is.
    """
    found = recipe if isinstance(recipe, Recipe) else load_recipe(recipe)

    @lru_cache(maxsize=64)
    def perturber(seed: int) -> Perturber:
        return Perturber(found, n=1, seed=seed, profile=_PLAIN)

    def generate(text: str, seed: int) -> str:
        variants = perturber(seed)([{"text": text}])
        return next((v.text for v in variants), text)

    return generate


def word_generator(recipe: str | Recipe) -> Callable[[str, int], str]:
    """Give what a recipe does to a bare word, exactly one edit being wanted (``word_generator("typo")("receive", 7)``).

    Where steps misspell (trait "typo"), one of them is drawn by its share and runs alone; else every step runs, once.
    Nothing of the word is protected: what is measured is the misspelling. Raises UsageError where no step is for text.
    """
    found = recipe if isinstance(recipe, Recipe) else load_recipe(recipe)
    if not any(s.transform.kind == "text" for s in found.steps()):
        raise UsageError(f"{found.name} rearranges items; only what changes text can be measured")

    @lru_cache(maxsize=16384)
    def made(word: str) -> Text:
        return Text(word)

    def draw(word: str, seed: int) -> str:
        rng = Rng("realism", seed, word)
        text = made(word)
        for step in _one_edit([s for s in found.settle(rng) if s.transform.kind == "text"], rng):
            stream = rng.stream(step.label)
            edits = engine.run(text, step.transform, step.params, stream, rate=None, times=1.0)
            text = text.spliced(edits) if edits else text
        return text.raw

    return draw


def _one_edit(steps: list[Settled], rng: Rng) -> list[Settled]:
    slips = [s for s in steps if s.transform.trait == "typo"]
    if not slips:
        return steps
    return [rng.stream("which").weighted([(s, s.share) for s in slips])]
