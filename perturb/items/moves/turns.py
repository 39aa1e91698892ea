"""Turns of a chat: one message sent in two goes."""

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
