"""Profiles: which fields of an item are input, target, choices, context, id; what is locked; what answers need.

A profile is a YAML file in ``data/profiles/``; docs/profiles.md lists its keys, detect.py reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from perturb.core.errors import BadRecord, UsageError
from perturb.items.like import like

_STEP = re.compile(r"([^.\[\]]+)|\[(\*|\d+)\]")
TEXT_PARTS = ("text", "input_text")  # the kinds of a chat message's parts that hold text

# What a target looks like. An index counts from 0, index1 from 1; a letter counts from A (or a); a label is one of
# ``labels``; an option is the option's own text; marked has the answer behind "####", boxed in the last \boxed{};
# auto is settled by the value (an int is an index).
TARGET_KINDS = ("text", "index", "index1", "letter", "label", "option", "bool", "marked", "boxed", "auto", "")
TASKS = ("math", "qa", "choice", "intent", "chat", "code", "instruct")
EVIDENCE = ("gsm8k", "equation", "all", "")
# Lock rules by name; besides, "field:PATH" (the strings there) and "names:PATH" (identifiers called in the code there).
LOCKS = ("target", "choices", "blank", "options_block", "code_prose", "kwargs", "format", "tags")
LOCKS_BY_PATH = ("field:", "names:", "literals:")  # followed by a path


class Skip(NamedTuple):
    """Items to pass over: where the field is one of ``values`` or matches ``like``, for ``reason``."""

    field: str
    values: tuple[str, ...]
    like: str
    reason: str


@dataclass(frozen=True)
class Profile:
    """Say what an item's fields mean (gsm8k: input "question", target "answer").

    Paths are dotted, with ``[*]`` for each of a list, ``[0]`` for one and ``.*`` for each of an object
    ("messages[*].content").
    """

    name: str
    input: tuple[str, ...]
    target: str = ""
    choices: str = ""
    context: str = ""
    id: str = ""
    summary: str = ""
    target_kind: str = "text"
    also: tuple[tuple[str, str], ...] = ()  # further fields that say the target again: (path, kind)
    labels: str = ""  # path of the option labels (ARC: choices.label)
    choice_fields: tuple[str, ...] = ()  # options in fields of their own (PIQA: sol1, sol2)
    task: str = "qa"
    pick: str = "all"  # of several input paths: all that are there, or the "first" that is
    role: str = ""  # chats: only messages of this role
    role_field: str = "role"
    options: tuple[str, ...] = ()  # more fields that --fields may name
    join: tuple[tuple[str, tuple[str, ...]], ...] = ()  # fields that repeat others (HellaSwag: ctx = ctx_a + ctx_b)
    offsets: tuple[tuple[str, str], ...] = ()  # (path of character offsets, the text they count in)
    evidence: str = ""  # how needed values are known: numbers in <<…>>, in a formula, all of them
    evidence_field: str = ""
    lock: tuple[str, ...] = ()
    keep_end: bool = False  # the end of the input must stay (an ending or an option continues it)
    avoid: tuple[str, ...] = ()  # families that break this benchmark
    detect: tuple[tuple[str, str], ...] = ()  # fields that must be there, with the form of their values
    skip: tuple[Skip, ...] = ()
    user: str = ""  # path of the user or session that names a writer
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check what is said in Python: UsageError for a word that is none."""
        for name in ("input", "choice_fields", "options", "lock", "avoid", "aliases"):
            given: Any = getattr(self, name)
            if not isinstance(given, (str, list, tuple)):
                raise UsageError(f"profile {self.name}: {name} must be a tuple of texts, not {given!r}")
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))
        if not self.input or not self.input[0]:
            raise UsageError(f"profile {self.name}: input must name a field")
        for name, known in (("target_kind", TARGET_KINDS), ("task", TASKS), ("evidence", EVIDENCE)):
            if getattr(self, name) not in known:
                words = ", ".join(filter(None, known))
                raise UsageError(f"profile {self.name}: {name} must be one of {words}, not {getattr(self, name)!r}")
        wrong = [rule for rule in self.lock if rule not in LOCKS and not rule.startswith(LOCKS_BY_PATH)]
        if wrong:
            raise UsageError(f"profile {self.name}: lock must be one of {', '.join(LOCKS)}, not {wrong[0]!r}")

    def expand(self, item: Any, path: str) -> list[str]:
        """List the places of a path that hold text ("turns[*]" -> ["turns[0]", "turns[1]"]), this role's only."""
        return expand(item, path, self.role, self.role_field)

    def inputs(self, item: Any) -> list[str]:
        """List the places of the input ("messages[*].content" -> ["messages[1].content"]).

        Raises BadRecord where an input field is missing or holds something else than text.
        """
        found: list[str] = []
        for path in self.input:
            places = self.expand(item, path)
            if self.pick == "first" and places:
                return places
            if not places and self.pick == "all" and "*" not in path:
                raise BadRecord(self._lacks(item, path))
            found += [p for p in places if p not in found]
        if not found:
            raise BadRecord(self._lacks(item, self.input[0]))
        return found

    def passes_over(self, item: Any) -> str:
        """Say why an item is passed over (BBH's dyck_languages), "" where it is not."""
        for skip in self.skip:
            value = get_path(item, skip.field)
            if value is None:
                continue
            if str(value) in skip.values or (skip.like and isinstance(value, str) and like(skip.like)(value)):
                return skip.reason
        return ""

    def _lacks(self, item: Any, path: str) -> str:
        """Word what is wrong with a field that should hold text."""
        value = get_path(item, path.split("[*]")[0].removesuffix(".*"))
        if value is None:
            if isinstance(item, dict) and path in item:
                return f"{path!r} holds null; expected text (profile {self.name})"
            fields = ", ".join(item) if isinstance(item, dict) else ""
            return f"no field {path!r}, the input of profile {self.name}; the item has {fields or 'no fields'}"
        if isinstance(value, list) and self.role:
            return f"no message of role {self.role!r} with text in {path!r} (profile {self.name})"
        return f"{path!r} holds {_brief(value)}; expected text (profile {self.name})"


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


def _brief(value: Any) -> str:
    text = repr(value)
    return f"{text if len(text) <= 40 else text[:37] + '...'} ({type(value).__name__})"


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


def rejoin(clean: Any, item: Any, profile: Profile) -> list[tuple[str, str]]:
    """Give the fields that repeat others anew (HellaSwag's ctx) as (path, text), once those changed in ``item``.

    Only where the clean field was the clean others joined by a space, case and all; else it is left as it was.
    """
    out = []
    for path, parts in profile.join:
        old = [get_path(clean, p) for p in parts]
        new = [get_path(item, p) for p in parts]
        if all(isinstance(v, str) for v in (*old, *new)) and get_path(clean, path) == " ".join(v for v in old if v):
            out.append((path, " ".join(v for v in new if v)))
    return out
