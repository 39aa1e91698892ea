"""What is measured: a recipe, transform or family as a function of a word or text and a seed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

from perturb.core import engine
from perturb.core.errors import PerturbError, StepFailed, UsageError
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.items.profiles import Profile
from perturb.language.needs import require
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
    require(found.needs)

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


def own_generator(name: str) -> Callable[[str, int], str]:
    """Import a function of one's own ("my_noise:misspell"); it takes a text or word and a seed, and gives text.

    Modules of the current folder are found. Raises UsageError where there is no such function, StepFailed where it fails.
    """
    module, _, attribute = name.partition(":")
    if not module or not attribute:
        raise UsageError(f"a generator is MODULE:FUNCTION (my_noise:misspell), not {name!r}")
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        fn: Any = import_module(module)
        for part in attribute.split("."):
            fn = getattr(fn, part)
    except Exception as e:  # whatever the user's module does
        raise UsageError(f"the generator {name} cannot be imported ({type(e).__name__}: {e})") from None

    def generate(text: str, seed: int) -> str:
        try:
            new = fn(text, seed)
        except PerturbError:
            raise
        except Exception as e:
            raise StepFailed(f"the generator {name} failed on {text[:60]!r}: {type(e).__name__}: {e}") from e
        if not isinstance(new, str):
            raise StepFailed(f"the generator {name} gave {type(new).__name__} for {text[:60]!r}; expected text")
        return new

    return generate
