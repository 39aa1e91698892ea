"""Paths to an item's fields ("messages[*].content"): where they lead, what stands there, and how to set it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_STEP = re.compile(r"([^.\[\]]+)|\[(\*|\d+)\]")
TEXT_PARTS = ("text", "input_text")  # the kinds of a chat message's parts that hold text


def expand(item: Any, path: str, role: str = "", role_field: str = "role") -> list[str]:
    """List the concrete places of a path that hold text ("a[*].b" -> ["a[0].b", "a[1].b"]).

    With a role, objects whose ``role_field`` says another are left out. Where a place holds a message's list of
    parts, the places are those of its text parts ("messages[0].content[1].text").
    """
    if isinstance(item, dict) and path in item:
        return list(_texts(item[path], path))
    return list(_walk(item, _steps(path), 0, "", (role, role_field)))


def _walk(at: Any, steps: tuple[str | int, ...], i: int, way: str, who: tuple[str, str]) -> Iterator[str]:
    role, role_field = who
    if role and isinstance(at, dict) and at.get(role_field, role) != role:
        return
    if i == len(steps):
        yield from _texts(at, way)
        return
    step = steps[i]
    if isinstance(step, int):
        if isinstance(at, list):
            for n in range(len(at)) if step < 0 else (step,):
                if n < len(at):
                    yield from _walk(at[n], steps, i + 1, f"{way}[{n}]", who)
    elif isinstance(at, dict):
        for key in at if step == "*" else (step,):
            if key in at and (step != "*" or _plain(key, at[key])):
                yield from _walk(at[key], steps, i + 1, f"{way}.{key}" if way else key, who)


def _texts(value: Any, way: str) -> Iterator[str]:
    if isinstance(value, str):
        yield way
    elif isinstance(value, list):
        for n, part in enumerate(value):
            if isinstance(part, dict) and part.get("type") in TEXT_PARTS and isinstance(part.get("text"), str):
                yield f"{way}[{n}].text"


def _plain(key: Any, value: Any) -> bool:
    """Tell whether a path can name this key and its value is text of its own, not a file's address."""
    return not (isinstance(key, str) and re.search(r"[.\[\]]", key)) and not str(value).startswith("file://")


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(steps_of(path))


def steps_of(path: str) -> list[str | int]:
    """Split a path ("a.b[*].c" -> ["a", "b", -1, "c"]; a star in brackets is -1, [2] is 2)."""
    return [name if name else (-1 if index == "*" else int(index)) for name, index in _STEP.findall(path)]


def get_path(item: Any, path: str) -> Any:
    """Read one value by a path without a star ("choices.text"); None where it is not there."""
    if isinstance(item, dict) and path in item:  # also a field whose own name has a dot in it
        return item[path]
    at = item
    for step in _steps(path):
        if isinstance(step, str):
            if not isinstance(at, dict) or step not in at:
                return None
            at = at[step]
        else:
            if not isinstance(at, list) or not 0 <= step < len(at):
                return None
            at = at[step]
    return at


def set_path(item: Any, path: str, value: Any) -> None:
    """Set one value by a path without a star, in place; KeyError or IndexError where there is no such place."""
    if isinstance(item, dict) and path in item:
        item[path] = value
        return
    *way, last = _steps(path)
    at = item
    for step in way:
        at = at[step]
    at[last] = value


def values_at(item: Any, path: str) -> list[Any]:
    """List all values of a path, stars and all ("slots[*].text" -> ["track", "my"])."""
    at = [item[path]] if isinstance(item, dict) and path in item else None
    if at is not None:
        return at
    found = [item]
    for step in _steps(path):
        after: list[Any] = []
        for value in found:
            if isinstance(step, str) and isinstance(value, dict):
                after += value.values() if step == "*" else [value[step]] if step in value else []
            elif isinstance(step, int) and isinstance(value, list):
                after += value if step < 0 else value[step : step + 1]
        found = after
    return found
