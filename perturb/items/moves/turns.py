"""Turns of a chat: one message sent in two goes, two in one, what is asked before what leads to it."""

from __future__ import annotations

import re

from perturb.core.clauses import clause_gaps, sentence_gaps
from perturb.core.registry import item_transform
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.items.view import ItemView

_PLACE = re.compile(r"(.+)\[(\d+)\]\.(\w+)")  # the list of messages, which one, the field with its text


@item_transform("turns.split")
def split(item: ItemView, rng: Rng) -> None:
    """Send one message of a chat in two goes ("hi there. where is my card?" -> "hi there." + "where is my card?")."""
    offers = []
    for path in item.profile.input:
        for place in item.profile.expand(item.item, path):
            gaps = _gaps(item.get(place)) if _is_message(item, place) else []
            if gaps:
                offers.append((place, gaps))
    if not offers:
        return
    place, gaps = rng.choice(offers)
    end, start = rng.choice(gaps)
    found = _PLACE.fullmatch(place)
    assert found is not None
    way, at, key = found[1], int(found[2]), found[3]
    messages, raw = list(item.get(way)), item.get(place)
    messages[at : at + 1] = [{**messages[at], key: raw[:end]}, {**messages[at], key: raw[start:]}]
    item.set(way, messages)


def _is_message(item: ItemView, place: str) -> bool:
    """Tell whether a place is the text of a message with a role; turns without roles are never added to."""
    found, profile = _PLACE.fullmatch(place), item.profile
    if not profile.role or found is None:
        return False
    message = item.get(f"{found[1]}[{found[2]}]")
    return isinstance(message, dict) and profile.role_field in message


def _gaps(raw: str) -> list[tuple[int, int]]:
    """List where a message may be parted: after a sentence, else before a clause; nowhere in what is laid out."""
    if "\n" in raw.strip():
        return []
    text = Text(raw)
    return sentence_gaps(text) or clause_gaps(text)


@item_transform("turns.merge")
def merge(item: ItemView, rng: Rng) -> None:
    """Send two messages that follow each other in one ("hi there." + "where is my card?" -> "hi there. where is my card?")."""
    pairs = _neighbours(item)
    if not pairs:
        return
    way, at, key, (one, two) = rng.choice(pairs)
    messages = list(item.get(way))
    joined = one.rstrip() + (" " if one.rstrip()[-1:] in ".?!,:;" else "\n") + two.lstrip()
    messages[at : at + 2] = [{**messages[at], key: joined}]
    item.set(way, messages)


@item_transform("turns.reorder")
def reorder(item: ItemView, rng: Rng) -> None:
    """Send the question before what leads to it ("i lost my card." + "what now?" -> "what now?" + "i lost my card.").

    Only two messages of one writer that follow each other, of which the second alone asks and points back at nothing.
    """
    found = [p for p in _neighbours(item) if "?" in p[3][1] and "?" not in p[3][0] and not _BACK.search(p[3][1])]
    if not found:
        return
    way, at, _, _ = rng.choice(found)
    messages = list(item.get(way))
    messages[at : at + 2] = [messages[at + 1], messages[at]]
    item.set(way, messages)


_BACK = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|their|he|she|him|her|his|one|so|there|then|too|also|and|but|same)\b",
    re.I,
)


def _neighbours(item: ItemView) -> list[tuple[str, int, str, tuple[str, str]]]:
    """List the messages of the user that another of the user's follows: their list, place, text field and both texts."""
    found, profile = [], item.profile
    for path in profile.input:
        places = [m for p in profile.expand(item.item, path) if _is_message(item, p) and (m := _PLACE.fullmatch(p))]
        for one, two in zip(places, places[1:], strict=False):
            if one[1] == two[1] and int(two[2]) == int(one[2]) + 1:
                texts = item.get(one[0]), item.get(two[0])
                if all(isinstance(t, str) and t.strip() for t in texts):
                    found.append((one[1], int(one[2]), one[3], texts))
    return found
