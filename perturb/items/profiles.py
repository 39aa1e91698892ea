"""Profiles: which fields of an item are input, target, choices, context, id; what is locked; what answers need.

A profile is a YAML file in ``data/profiles/``; docs/profiles.md lists its keys, detect.py reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from perturb.core.errors import BadRecord, UsageError
from perturb.items.field_paths import expand, get_path
from perturb.items.linear_regex import like

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


def _brief(value: Any) -> str:
    text = repr(value)
    return f"{text if len(text) <= 40 else text[:37] + '...'} ({type(value).__name__})"


__all__ = [
    "EVIDENCE",
    "LOCKS",
    "LOCKS_BY_PATH",
    "TARGET_KINDS",
    "TASKS",
    "Profile",
    "Skip",
    "rejoin",
]
