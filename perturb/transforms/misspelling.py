"""Misspellings on record: what people wrote for that very word, as often as they wrote it."""

from __future__ import annotations

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.language.typing.documented import documented
from perturb.language.typing.spelling import cased


@transform("misspelling.attested", rate=0.02, reach="form", trait="typo")
def attested(text: Text, rng: Rng, *, table: str = "en", longer_than: int = 2) -> Proposals:
    """Misspell a word in a way that people have ("separate" -> "seperate")."""
    known = documented(table)
    offered, sums = text.misspellable
    for start, word in rng.by_weight(offered, sums):
        found = known.get(word.lower()) if len(word) > longer_than else None
        if found is None:
            continue
        yield start, start + len(word), cased(word, found[0][rng.pick(found[1])])
