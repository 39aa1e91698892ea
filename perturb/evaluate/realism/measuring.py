"""A generator measured against files of human pairs, and the card of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from perturb.evaluate.realism import cards
from perturb.evaluate.realism.density import density, samples
from perturb.evaluate.realism.generators import own_generator, text_generator, word_generator
from perturb.evaluate.realism.pairs import PairCard, measure_pairs, usable_pairs
from perturb.evaluate.realism.reading import Columns, Pair, read_pairs
from perturb.evaluate.realism.texts import TextCard, measure_texts
from perturb.language.lexicon import rows


@dataclass(frozen=True)
class Human:
    """A file of human pairs, which of them to take, and what a card says of the corpus."""

    file: str
    columns: Columns | None = None
    half: str | None = None
    only: str = ""
    name: str = ""
    licence: str = ""

    def read(self) -> list[Pair]:
        """Read the pairs. Raises DataError."""
        return read_pairs(self.file, self.columns, half=self.half, only=self.only)

    def corpus(self) -> dict[str, Any]:
        """Say what was measured on; the file's name without its folder where no other is given."""
        parts = [f"half: {self.half}"] if self.half else []
        parts += [f"only {self.only}"] if self.only else []
        return {"name": self.name or os.path.basename(self.file), "licence": self.licence, "part": ", ".join(parts)}


def measure(
    subject: str,
    run: str = "",
    *,
    generator: str = "",
    words: Human | None = None,
    texts: Human | None = None,
    seeds: int | None = None,
    sample: int = 3280,
) -> cards.Card:
    """Measure ``run`` (a recipe, transform or family) or a ``generator`` ("module:function") and make its card.

    ``seeds`` None takes 2 for words and 20 for texts. A function of one's own may be for single words, so its density is
    only measured where texts are given.
    """
    pairs, whole = words.read() if words else [], texts.read() if texts else []
    generate = own_generator(generator) if generator else text_generator(run)
    of_words: tuple[PairCard, dict[str, Any]] | None = None
    of_texts: tuple[TextCard, dict[str, Any]] | None = None
    if words:
        draw = generate if generator else word_generator(run)
        of_words = measure_pairs(pairs, draw, seeds=seeds or 2, sample=sample), words.corpus()
        if run:
            of_words[1]["on_record"] = on_record(pairs)
    if texts:
        of_texts = measure_texts(whole, generate, seeds=seeds or 20), texts.corpus()
    thick = density([clean for clean, _ in whole] or samples(), generate) if whole or run else None
    return cards.made(subject, run=run, generator=generator, pairs=of_words, texts=of_texts, density=thick)


def on_record(pairs: list[Pair]) -> float:
    """Give the share of pairs that stand in the shipped lists of misspellings: of these, coverage is no surprise."""
    known = {(row[0].lower(), row[1].lower()) for part in ("en", "en_sa") for row in rows("misspellings", part)}
    good = usable_pairs(pairs)
    return sum(pair in known for pair in good) / max(1, len(good))
