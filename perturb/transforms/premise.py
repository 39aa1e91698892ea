"""Questions that take for granted what is not so: nobody can answer them, one can only say so."""

from __future__ import annotations

from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.language.lexicon import rows
from perturb.language.messages import asks, words_of


@cache
def _known(name: str) -> tuple[tuple[frozenset[str], str], ...]:
    return tuple((frozenset(row[0].split()), row[1]) for row in rows("premise", name))


@transform("premise.known", times=1, reach="loss", role="premise")
def known(text: Text, rng: Rng, *, table: str = "en") -> Proposals:
    """Ask why a false thing is so ("What is the capital of Australia?" -> "Why is Sydney the capital of Australia?").

    Only of the facts in its table, some fifty.
    """
    raw = text.raw
    said = words_of(raw)
    if len(text.sentences()) != 1 or len(said) > 14 or not asks(raw) or "not" in said:
        return
    have = frozenset(said)
    for _, question in rng.shuffled(
        [pair for pair in _known(table) if pair[0] <= have and len(said) <= len(pair[0]) + 6]
    ):
        new = question.lower().rstrip("?") if raw.islower() else question
        if raw.rstrip().endswith("?") and not new.endswith("?"):
            new += "?"
        yield text.over_space(0), len(raw), new
