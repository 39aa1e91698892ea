"""Words left out that settled how far another word reaches: of or off, each or altogether, more than whom."""

from __future__ import annotations

from perturb.core.readings import scopes
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text


@transform("scope.percent", times=1, reach="loss", role="scope")
def percent(text: Text, rng: Rng) -> Proposals:
    """Leave it open whether a share is of or off a price ("costs 60% of the price" -> "is at 60%")."""
    yield from _open(text, rng, "percent")


@transform("scope.share", times=1, reach="loss", role="scope")
def share(text: Text, rng: Rng) -> Proposals:
    """Leave it open whether a number is for each or altogether ("They each bought 3 pens" -> "They bought 3 pens")."""
    yield from _open(text, rng, "share")


@transform("scope.than", times=1, reach="loss", role="scope")
def than(text: Text, rng: Rng) -> Proposals:
    """Leave out whom someone is compared to ("Ann has 5 more than Tim." -> "Ann has 5 more.")."""
    yield from _open(text, rng, "than")


@transform("scope.both", times=1, reach="loss", role="scope")
def both(text: Text, rng: Rng) -> Proposals:
    """Say a word once that was said of two things ("old men and old women" -> "old men and women")."""
    yield from _open(text, rng, "both")


def _open(text: Text, rng: Rng, kind: str) -> Proposals:
    for found in rng.shuffled(list(scopes(text.raw, kind))):
        yield list(found.edits)
