"""A message sent in two goes: a new line where a sentence or clause ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.clauses import clause_gaps, sentence_gaps
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import FREE, Proposals, Text

_NUMBERED = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[A-Za-z])[.)]$")  # "1. Do this 2. Do that" is one list


# Where one would draw breath: "if it is marked $140, | how much …", "i was charged twice | when i paid".
_BREATH = re.compile(
    r"(?<=[\w)'’]), (?=(?:how|what|why|where|when|who|which|can|could|do|does|did|is|are|will|would|i|i'm|please|pls)\b)"
    r"|(?<=[^\W\d_]) (?=(?:if|when|because|while|since|until|but|so)\s+(?:i|i'm|you|my|it|we|they|he|she|someone)\s)",
    re.IGNORECASE,
)


def _breaths(raw: str) -> Iterator[tuple[int, int]]:
    """Find the weaker places to stop, four words and three at least on their sides."""
    for m in _BREATH.finditer(raw):
        first = raw[: m.start()]
        if len(first.split()) > 3 and len(raw[m.end() :].split()) > 2 and not any(c in first for c in '("“[{`$'):
            yield m.span()


@transform("split.lines", times=1)
def lines(text: Text, rng: Rng) -> Proposals:
    """Press Enter where a sentence or clause ends ("i lost it, and i need it" -> "i lost it⏎and i need it")."""
    if "\n" in text.raw.strip():
        return  # laid out by hand: a new line would mean something
    for start, end in (*rng.shuffled(sentence_gaps(text)), *rng.shuffled(clause_gaps(text)), *_breaths(text.raw)):
        if text.level(start, end) == FREE and not _NUMBERED.search(text.raw, max(0, start - 6), start):
            yield start, end, "\n"
