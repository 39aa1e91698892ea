"""A message sent in two goes: a new line where a sentence or clause ends."""

from __future__ import annotations

from perturb.core.clauses import clause_gaps, sentence_gaps
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import FREE, Proposals, Text


@transform("split.lines", times=1)
def lines(text: Text, rng: Rng) -> Proposals:
    """Press Enter where a sentence or clause ends ("i lost it, and i need it" -> "i lost it⏎and i need it")."""
    if "\n" in text.raw.strip():
        return  # laid out by hand: a new line would mean something
    for start, end in (*rng.shuffled(sentence_gaps(text)), *rng.shuffled(clause_gaps(text))):
        if text.level(start, end) == FREE:
            yield start, end, "\n"
