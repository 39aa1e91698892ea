"""Told problems: the tense they are told in, whether something is done in them, and by whom."""

from __future__ import annotations

import re
from functools import cache

from perturb.language.learning import past_forms
from perturb.language.lexicon import rows
from perturb.language.messages import words_of
from perturb.language.places import is_base_verb

_NOW = frozenset("is are am has have does do can wants needs".split())
_THEN = frozenset("was were had did".split())
_DOES = re.compile(r"\b(?:[Hh]e|[Ss]he|[A-Z][a-z]+|and) ([a-z]+?)(?:s|es)\b")


def past(told: str) -> bool:
    """Tell whether something is told that was, and nothing that is ("He sold 5." -> True, "He sells what he made." -> False)."""
    words = words_of(told)
    if not _NOW.isdisjoint(words) or any(is_base_verb(m[1]) for m in _DOES.finditer(told)):
        return False
    return any(w in _THEN or w in past_forms() or (len(w) > 4 and w.endswith("ed") and w[-3] != "e") for w in words)


# A scene in which it may rain: somebody does something. Ages, weights and sums alone have no weather.
DOING = re.compile(
    r"\b(?:buy|sell|sold|bought|made|bake|walk|went|go|play|read|work|pick|cook|build|built|plant|drive|drove|run|ran|ate|eat|give|gave|wash|carry|"
    r"collect|caught|catch|visit|sew|knit|draw|drew|paint|clean|ride|rode|climb|swim|dance|cut|pack|fill)(?:e?s|e?d|ing)?\b"
)
_HE, _SHE = frozenset("he his him".split()), frozenset("she her hers".split())


def alone(raw: str) -> dict[str, str]:
    """Give the pronouns of the one person in a story, {} where there are several or none ("Ann sold her cap" -> She, Her)."""
    said = set(words_of(raw))
    he, she = not _HE.isdisjoint(said), not _SHE.isdisjoint(said)
    if he == she or not said.isdisjoint(("they", "we", "i", "friends")):
        return {}
    if len({m[0] for m in re.finditer("[A-Z][a-z]+", raw)} & people()) > 1:
        return {}
    return {"She": "He", "Her": "His"} if he else {"She": "She", "Her": "Her"}


SOMEONE = frozenset("he she his her him".split())


@cache
def people() -> frozenset[str]:
    """Give the first names of the table (-> {"Ann", …})."""
    return frozenset(row[0] for row in rows("names") if len(row[0]) > 2)
