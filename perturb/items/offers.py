"""What the functions that an item offers say of themselves: which words they know, which kinds of arguments they cannot do without."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from perturb.core.params import Param
from perturb.core.stems import stem

_NUMERIC = re.compile(
    r"\b(?:id|identifier|number|amount|code|zip|address|phone|price|size|count|level|coordinates?|latitude|temperature|version)s?\b"
)
_TIMED = re.compile(
    r"\b(?:date|time|day|month|year|season|period|when|duration|hour|quarter|week|century|frequency)s?\b"
)


_SPARE = re.compile(
    r"\bdefaults? (?:is|to|value|set)\b|\boptional\b|\bif (?:not (?:provided|specified|given|set)|omitted)\b",
    re.IGNORECASE,
)


class Offer(NamedTuple):
    """What the functions of an item say: a single one's words, the kinds of arguments they need, the words of what they can do without."""

    words: str = ""
    wants: frozenset[str] | None = None
    spares: frozenset[str] = frozenset()
    params: tuple[Param, ...] = ()
    told: str = ""


def offered(item: dict[str, Any]) -> Offer:
    """Read the functions that an item offers ({"function": [{"name": "set_volume", …}]})."""
    listed = item.get("function") or item.get("functions") or item.get("tools")
    found = [f.get("function", f) for f in listed if isinstance(f, dict)] if isinstance(listed, list) else []
    if not found or not all(isinstance(f, dict) for f in found):
        return Offer()
    wants: set[str] = set()
    names: dict[bool, set[str]] = {True: set(), False: set()}
    params: list[Param] = []
    for function in found:
        about = function.get("parameters")
        about = about if isinstance(about, dict) else {}
        every, must = about.get("properties"), about.get("required")
        for name, one in every.items() if isinstance(every, dict) else ():
            needed = isinstance(must, list) and name in must
            says = _plain([name, one.get("description") if isinstance(one, dict) else ""])
            names[needed] |= {stem(w) for w in says.split() if len(w) > 3}
            params.append(_param(name, one if isinstance(one, dict) else {}, needed))
            if isinstance(one, dict) and needed:
                wants |= _wanted(name, one)
    told = _plain([[f.get("name"), f.get("description")] for f in found])
    words = _plain(found[0]) if len(found) == 1 else ""
    return Offer(words, frozenset(wants), frozenset(names[False] - names[True]), tuple(params), told)


def _param(name: str, about: dict[str, Any], needed: bool) -> Param:
    """Read what a function says of one argument; one with a default is not needed."""
    takes = _wanted(name, about)
    kind, default, items = about.get("type"), about.get("default"), about.get("items")
    choices = about.get("enum") or (items.get("enum") if isinstance(items, dict) else None)
    if kind in ("array", "list", "dict", "object", "any", "tuple"):
        takes |= {"number", "name"}
    if kind == "boolean":
        takes = set()
    words = frozenset(w for c in choices for w in _plain(c).split()) if isinstance(choices, list) else frozenset()
    says = about.get("description")
    return Param(
        _plain(name),
        " ".join(says.split()).lower() if isinstance(says, str) else "",
        frozenset(takes),
        needed and default in (None, "") and not _SPARE.search(says if isinstance(says, str) else ""),
        kind in ("array", "list", "dict", "object"),
        kind in ("integer", "float", "number"),
        kind == "integer",
        words,
        _plain(default) if isinstance(default, str) else "",
    )


def _wanted(name: str, about: dict[str, Any]) -> set[str]:
    """Tell what a parameter takes ("year", {"type": "integer"} -> {"number", "time"})."""
    says, kind = _plain({"name": name, "description": about.get("description")}), about.get("type")
    wants = {"time"} if _TIMED.search(says) else set()
    if kind not in ("string", "boolean") or _NUMERIC.search(says) or wants:
        wants.add("number")
    return wants if kind in ("integer", "float", "number", "boolean") else wants | {"name"}


def _plain(told: Any) -> str:
    """Write the words of names and descriptions ({"name": "set_volume"} -> "set volume")."""
    if isinstance(told, dict):
        parts = (
            (k, v) for k, v in told.items() if k not in ("type", "required", "default", "properties", "parameters")
        )
        return " ".join([*(_plain(v) for _, v in parts), *_parameters(told)])
    if isinstance(told, list):
        return " ".join(map(_plain, told))
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", told)).lower() if isinstance(told, str) else ""


def _parameters(told: dict[str, Any]) -> list[str]:
    """List the names of a function's parameters with what is said of each."""
    about = told.get("parameters")
    every = about.get("properties") if isinstance(about, dict) else None
    return [_plain([name, one]) for name, one in every.items()] if isinstance(every, dict) else []
