"""Halves of a corpus: one to tune on, the other to measure on."""

from __future__ import annotations

from perturb.core.rng import Rng

HALVES = ("tune", "test")


def half_of(name: str) -> str:
    """Name the half that a text, word or id is in, by its hash alone ("Is it far?" -> "tune")."""
    return HALVES[Rng("half", name).below(2)]


def in_half(name: str, half: str | None) -> bool:
    """Tell whether a name is in a half; all are where none is asked for."""
    return not half or half_of(name) == half
