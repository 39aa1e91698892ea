"""What the added field of a variant looks like: its keys, and the kind of value that each has."""

from __future__ import annotations

import json
from typing import Any

_TOP = {"of": "text", "variant": "number", "recipe": "text", "run": "text", "changed": "bool", "expect": "text",
        "target_changed": "bool", "any_of": "texts", "missing": "rows", "target_if_answered": "text", "moves": "rows",
        "edits": "rows"}  # fmt: skip
_ROWS = {
    "missing": {"field": "text", "text": "text", "kind": "text", "ask": "text", "reply": "text"},
    "moves": {"step": "text", "field": "text", "old": "json", "new": "json"},
    "edits": {"field": "text", "start": "number", "end": "number", "old": "text", "new": "text", "step": "text"},
}
_WORDS = {"text": "a text", "number": "a whole number, 0 or more", "bool": "true or false", "texts": "a list of texts",
          "rows": "a list of objects", "json": "a value as JSON text"}  # fmt: skip
_LONGEST = 40


def misfit(log: Any) -> str:
    """Say what in a variant's log is not as perturb run writes it ("has no 'edits'"), "" where all is."""
    if not isinstance(log, dict):
        return "is not there" if log is None else "is no object"
    wrong = _wrong(log, _TOP)
    for key, kinds in _ROWS.items():
        for n, row in enumerate(() if wrong else log[key], 1):
            found = _wrong(row, kinds) if isinstance(row, dict) else f"is {_shown(row)}; expected an object"
            if found:
                return f"has {key!r} whose entry {n} {found}"
    return wrong


def _wrong(given: dict[str, Any], kinds: dict[str, str]) -> str:
    for key, kind in kinds.items():
        if key not in given:
            return f"has no {key!r}"
        if not _is(given[key], kind):
            return f"has {key!r} that is {_shown(given[key])}; expected {_WORDS[kind]}"
    return ""


def _is(value: Any, kind: str) -> bool:
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind == "bool":
        return isinstance(value, bool)
    if kind in ("texts", "rows"):
        return isinstance(value, list) and (kind == "rows" or all(isinstance(v, str) for v in value))
    if kind == "json" and isinstance(value, str):
        try:
            json.loads(value)
        except (ValueError, RecursionError):
            return False
    return isinstance(value, str)


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
