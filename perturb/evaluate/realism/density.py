"""How much a generator changes as it comes: words and characters in a hundred."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from perturb.evaluate.realism.counting import count
from perturb.resources import root

SEEDS = 3


def samples() -> list[str]:
    """List the questions and messages of the shipped sample files, on which density is measured where no texts are given."""
    found: list[str] = []
    for path in sorted((root("data") / "samples").glob("*.jsonl")):
        for line in path.read_text("utf-8").split("\n"):
            item = json.loads(line) if line else {}
            found += [item[k] for k in ("question", "text", "prompt") if isinstance(item.get(k), str)]
    return found


def density(texts: Sequence[str], generate: Callable[[str, int], str]) -> dict[str, float]:
    """Give the words and characters changed in a hundred, and the share of texts changed, as a recipe comes."""
    made = [count(text, generate(text, seed)) for text in texts for seed in range(SEEDS)]
    words = sum(len(c.words) - c.word_kinds("insert") for c in made)
    return {
        "words": 100 * words / max(1, sum(c.length for c in made)),
        "characters": 100 * sum(c.distance for c in made) / max(1, sum(c.size for c in made)),
        "texts": sum(c.clean != c.noisy for c in made) / max(1, len(made)),
    }
