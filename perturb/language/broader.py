"""Broader words for things, and whether somebody would say one where a thing is named ("my phone" -> "my device")."""

from __future__ import annotations

import re

from perturb.core.text import Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import is_plural
from perturb.language.places import behind
from perturb.language.smallwords import kinds

_MASS = frozenset("food stuff fuel cash metal material liquid furniture clothing".split())
KEPT_BY = frozenset("my your his her our their its whose".split())


def counts_as(new: str, before: str, old: str) -> bool:
    """Tell whether a broader word can be counted, or stand bare, where the old one is ("a pizza", "at school")."""
    if new in ("person", "people") and before in KEPT_BY:
        return False  # "my dentist" is not "my person"
    if new == "thing" and before in ("a", "an"):
        return False  # "it was no marble, but a thing"
    if new in _MASS:
        return not (before in ("a", "an", "each", "every", "one", "many") or before.isdigit() or before in NUMBER_WORDS)
    return is_plural(old) or kinds().get(before) != "preposition"


_CONTAINERS = frozenset("on in at inside into from of off".split())
_BE = frozenset("am is are was were be been i'm he's she's it's you're we're they're".split())


def sounds(text: Text, start: int, old: str, new: str) -> bool:
    """Tell whether somebody would say a broader word here (not "on his thing", "At the place, a cage", "2 pounds of stuff")."""
    raw, head = text.raw, new.split()[-1]
    before = behind(raw, start)[1]
    if new.startswith(("piece of", "pieces of")) or (before == "the" and raw.islower() and is_plural(old)):
        return False  # nobody sleeps on a piece of furniture; "the ducks" may be a team
    at = start - 1 - len(before)
    led = (
        behind(raw, at)[1]
        if before in KEPT_BY or before in ("the", "a", "an", "this", "that", "each", "one")
        else before
    )
    if head in ("thing", "things", "stuff", "place") and led in _CONTAINERS:
        return head == "place" and not (raw[start + len(old) :][:1] == "," and at < 4)
    if head in ("person", "people") and led in _BE:
        return False  # "I am a person"
    if re.search(rf"\b{re.escape(head.removesuffix('s'))}s?\b", raw, re.IGNORECASE):
        return False  # "the transfer is pending, the payment is due": the broader word is another thing there
    return not re.search(
        rf"\b{re.escape(head[:5])}", raw[max(0, start - 40) : start], re.IGNORECASE
    )  # "build a building"
