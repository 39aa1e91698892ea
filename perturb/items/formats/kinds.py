"""What kind of value a column holds, learnt from all its values: a column that mixes kinds is kept as JSON text."""

from __future__ import annotations

import re
from typing import Any, Union

ANY = "json"
# None: nothing but null so far; a name: a plain value; ("list", K); {"key": K}, the keys of each alike.
Kind = Union[None, str, tuple[str, Any], dict[str, Any]]
_surrogate = re.compile("[\ud800-\udfff]").search


def merged(kind: Kind, value: Any) -> Kind:
    """Take one more value into account (None, 3 -> "int"; "int", "x" -> "json")."""
    if value is None or kind == ANY:
        return kind
    if type(value) is list:
        if kind is not None and not isinstance(kind, tuple):
            return ANY
        inner: Kind = kind[1] if kind else None
        for v in value:
            inner = merged(inner, v)
        return ANY if inner == ANY else ("list", inner)
    if type(value) is dict:
        return _of_object(kind, value)
    new = _plain(value)
    return new if kind is None or kind == new else ANY


def _of_object(kind: Kind, value: dict[str, Any]) -> Kind:
    if kind is None:
        if not value or any(_surrogate(key) for key in value):
            return ANY
        kind = dict.fromkeys(value)
    elif not isinstance(kind, dict) or list(kind) != list(value):
        return ANY
    new = {key: merged(inner, value[key]) for key, inner in kind.items()}
    return ANY if ANY in new.values() else new


def _plain(value: Any) -> str:
    kind = type(value)
    if kind is bool:
        return "bool"
    if kind is int:
        return "int" if -(1 << 63) <= value < 1 << 63 else ANY
    if kind is float:
        return "float"
    return "text" if kind is str and not _surrogate(value) else ANY  # a LongNumber is more than a float says
