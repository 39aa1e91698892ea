"""Letters that the keyboard at hand does not have."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text


@transform("accent.omit", times=1, reach="form")
def omit(text: Text, rng: Rng) -> Proposals:
    """Write every letter without its accent ("the café in Zürich" -> "the cafe in Zurich")."""
    if not text.raw.isascii():
        members: list[Edit] = [(i, i + 1, _plain(c)) for i, c in enumerate(text.raw) if c > "\x7f" and _plain(c) != c]
        yield members


@cache
def _plain(letter: str) -> str:
    base = normalize("NFD", letter)[0]
    return base if letter.isalpha() and base.isascii() and base.isalpha() else letter
