"""The gold answer: which option it is, what its strings are, how a moved one is written."""

from __future__ import annotations

import json
import re
from typing import Any

from perturb.items.field_paths import get_path, values_at
from perturb.items.profiles import Profile

_MARKED = re.compile(r"####\s*(.+?)\s*$", re.S)


def option_texts(item: Any, profile: Profile) -> list[str]:
    """List an item's options (PIQA: sol1 and sol2), empty where there are none or not all of them are text."""
    found: Any = [get_path(item, path) for path in profile.choice_fields]
    if not profile.choice_fields:
        found = _listed(item, profile.choices)
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        return []
    return list(found)


def option_labels(item: Any, profile: Profile) -> list[str]:
    """List the options' labels (ARC: A, B, C, D or 1, 2, 3, 4), empty where the items of a profile have none."""
    found = _listed(item, profile.labels)
    return [str(label) for label in found] if isinstance(found, list) else []


def _listed(item: Any, path: str) -> Any:
    """Read a list, or one text of each of a list's objects ("options[*].text")."""
    if "[*]" in path:
        return values_at(item, path)
    return get_path(item, path) if path else None


def gold_places(value: Any, kind: str, options: list[str], labels: list[str]) -> list[int]:
    """Find the options that a target names (2 as an index -> [2]; ["A", "C"] as letters -> [0, 2]); [] if unsure."""
    if isinstance(value, list):
        each = [gold_places(v, kind, options, labels) for v in value]
        return sorted(places[0] for places in each) if each and all(len(p) == 1 for p in each) else []
    place = _place(value, _settled(value, kind, options), options, labels)
    return [place] if place is not None and 0 <= place < len(options) else []


def moved_target(value: Any, kind: str, options: list[str], labels: list[str], to: list[int], new: list[str]) -> Any:
    """Write a target for options that moved, in the type it had ("B", option 1 went to 3 -> "D").

    ``to[i]`` is the new place of option i, ``new`` the options in their new order.
    """
    if isinstance(value, list):
        moved = [moved_target(v, kind, options, labels, to, new) for v in value]
        return moved if _settled(value[0], kind, options) == "option" else sorted(moved)
    settled = _settled(value, kind, options)
    place = to[gold_places(value, kind, options, labels)[0]]
    if settled == "option":
        return new[place]
    if settled == "label":
        return value.replace(value.strip(), labels[place].strip())
    if settled == "letter":
        return value.replace(value.strip(), chr(ord("a" if value.strip().islower() else "A") + place))
    return type(value)(place + (settled == "index1"))


def gold_texts(item: Any, profile: Profile) -> list[str]:
    """List the strings of the right answer ("…#### 18" -> ["18"]; answer 1 of four options -> that option's text)."""
    if not profile.target:
        return []
    values = values_at(item, profile.target)
    options, labels = option_texts(item, profile), option_labels(item, profile)
    if options:
        return [options[i] for v in values for i in gold_places(v, profile.target_kind, options, labels)]
    if profile.target_kind == "bool":
        return []
    found = [text for v in values for text in _strings(v)]
    if profile.target_kind == "marked":
        found = [m[1] for m in map(_MARKED.search, found) if m]
    elif profile.target_kind == "boxed":
        found = [text for text in map(_boxed, found) if text]
    return list(dict.fromkeys(found))


def answer_text(item: Any, profile: Profile) -> str:
    """Give the right answer as one text, the first of several ("…#### 18" -> "18"; true -> "true"), "" of none."""
    found = gold_texts(item, profile)
    if not found and profile.target_kind == "bool" and profile.task != "instruct":
        found = [json.dumps(v) for v in values_at(item, profile.target) if isinstance(v, bool)]
    return found[0] if found else ""


def _settled(value: Any, kind: str, options: list[str]) -> str:
    """Settle ``auto``: an option's own text, else a letter, else a number as an index from 0."""
    if kind != "auto":
        return kind
    if isinstance(value, str) and value in options:
        return "option"
    return "letter" if isinstance(value, str) and value.strip().isalpha() else "index"


def _place(value: Any, kind: str, options: list[str], labels: list[str]) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    if kind in ("index", "index1"):
        if not isinstance(value, (int, float, str)) or not re.fullmatch(r"[0-9]{1,3}(?:\.0)?", str(value)):
            return None
        return int(float(value)) - (kind == "index1") if "." not in str(value) or isinstance(value, float) else None
    if not isinstance(value, str):
        return None
    if kind == "letter" and re.fullmatch(r"[A-Za-z]", value.strip()):
        return ord(value.strip().lower()) - ord("a")
    if kind == "label" and len(labels) == len(options):
        plain = [label.strip() for label in labels]
        return plain.index(value.strip()) if value.strip() and plain.count(value.strip()) == 1 else None
    if kind == "option" and options.count(value) == 1:
        return options.index(value)
    return None


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, (int, float)):
        return [str(int(value)) if value == value // 1 else str(value)]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for v in inner for text in _strings(v)]


def _boxed(text: str) -> str:
    """Read the last \\boxed{} of a solution ("so $\\boxed{\\frac{1}{2}}$." -> "\\frac{1}{2}")."""
    at = text.rfind("\\boxed{")
    if at < 0:
        return ""
    start, depth = at + 7, 0
    for i in range(start, len(text)):
        depth += (text[i] == "{") - (text[i] == "}")
        if depth < 0:
            return text[start:i].strip()
    return ""
