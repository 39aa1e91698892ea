"""Profile files: YAML in ``data/profiles/`` or a user's own, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from perturb.core.errors import UsageError, did_you_mean, or_list
from perturb.core.yaml_errors import not_yaml
from perturb.items.forms import known_form
from perturb.items.linear_regex import like
from perturb.items.profiles import EVIDENCE, LOCKS, LOCKS_BY_PATH, TARGET_KINDS, TASKS, Profile, Skip
from perturb.resources import root

_TUPLES = ("input", "choice_fields", "options", "lock", "avoid", "aliases")
_CHECKED = {"target_kind": TARGET_KINDS, "task": TASKS, "evidence": EVIDENCE, "pick": ("all", "first")}


@cache
def profiles() -> dict[str, Profile]:
    """Read all shipped profiles (-> {"arc": Profile(…), …}), sorted by name."""
    return {path.stem: _read(path) for path in sorted((root("data") / "profiles").glob("*.yaml"))}


def load_profile(name: str) -> Profile:
    """Find a profile by name, alias or file ("gsm8k", "banking77", "my/profile.yaml")."""
    if name.endswith((".yaml", ".yml")):
        return _read(Path(name))
    if re.fullmatch(r"\w+", name) and (path := root("data") / "profiles" / f"{name}.yaml").is_file():
        return _read(path)
    known = {alias: p for p in profiles().values() for alias in p.aliases} | profiles()
    found = known.get(name.lower().replace("-", "_"))
    if found is None:
        raise UsageError(f"no profile named {name!r}{or_list(did_you_mean(name, known), '`perturb list profiles` shows all')}; "
                         "or give a .yaml file")  # fmt: skip
    return found


def _read(path: Path) -> Profile:
    """Read one profile file, or say in which file and key the mistake is."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text("utf-8-sig")
        _plain(path, text, yaml.parse(text, Loader=loader), yaml.AliasEvent)
        reader = loader(text)
        node = reader.get_single_node()
        data = None if node is None else reader.construct_document(node)
    except (OSError, ValueError) as e:  # a name that is none, bytes that are not UTF-8, a date that is none
        raise UsageError(f"{path!s:.200}: the profile cannot be read ({e})") from None
    except yaml.YAMLError as e:
        raise UsageError(f"{path}{not_yaml(e)}") from None
    if not isinstance(data, dict) or "input" not in data:
        raise UsageError(f"{path}: a profile is a YAML mapping with at least 'input: FIELD'")
    return _checked(path, data, node)


def _checked(path: Path, data: dict[Any, Any], node: Any) -> Profile:
    """Make a profile of what a file says; UsageError with all its mistakes, each with its line."""
    known = [f.name for f in fields(Profile) if f.name != "name"]
    values: dict[str, Any] = {}
    mistakes = []
    seen: set[Any] = set()
    for at, _ in node.value:
        key = at.value
        try:
            if key in seen:
                raise ValueError(f"{key!r} is given twice")
            seen.add(key)
            if key not in known:
                raise ValueError(f"no key {key!r} in a profile{did_you_mean(str(key), known)}")
            values[key] = _value(key, data[key])
        except ValueError as e:
            mistakes.append(f"{path}:{at.start_mark.line + 1}: {e}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return Profile(path.stem, **values)


MAX_SIZE, MAX_DEPTH = 256_000, 24


def _plain(path: Path, text: str, events: Iterable[Any], alias: type) -> None:
    """Refuse what is too long, too deep or refers to itself, before anything is made of it."""
    if len(text) > MAX_SIZE:
        raise UsageError(f"{path}: {len(text)} characters; a profile has at most {MAX_SIZE}")
    depth = 0
    for event in events:
        if isinstance(event, alias):
            line = event.start_mark.line + 1  # type: ignore[attr-defined]
            raise UsageError(f"{path}:{line}: aliases are not part of a profile; write it out")
        depth += type(event).__name__ in ("MappingStartEvent", "SequenceStartEvent")
        depth -= type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent")
        if depth > MAX_DEPTH:
            raise UsageError(f"{path}: nested deeper than {MAX_DEPTH}")


def _value(key: str, value: Any) -> Any:
    """Check one key of a profile file and give it as the dataclass holds it."""
    if key in ("detect", "also", "offsets"):
        plain = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
        _check(key, value, plain, "FIELD: TEXT pairs")
        if key == "detect":
            for form in value.values():
                _check(key, form, known_form(form), "a form like text, texts, int, 'text|messages' or 'like REGEX'")
        return tuple(value.items())
    if key == "join":
        _check(key, value, isinstance(value, dict), "FIELD: [FIELD, …] pairs")
        return tuple((path, _several(key, parts)) for path, parts in value.items())
    if key == "skip":
        _check(key, value, isinstance(value, list) and all(isinstance(v, dict) for v in value), "a list of mappings")
        return tuple(_skip(row) for row in value)
    if key == "lock":
        rules = [f"{k}:{v}" for x in _listed(value) for k, v in (x.items() if isinstance(x, dict) else [(x, "")])]
        rules = [rule.removesuffix(":") for rule in rules]
        for rule in rules:
            known = rule in LOCKS or rule.startswith(LOCKS_BY_PATH)
            _check(key, rule, known, f"one of {', '.join(LOCKS)}, field, names, literals")
        return tuple(rules)
    if key in _TUPLES:
        return _several(key, value)
    if key == "keep_end":
        _check(key, value, isinstance(value, bool), "true or false")
    else:
        _check(key, value, isinstance(value, str), "text")
    _check(
        key,
        value,
        key not in _CHECKED or value in _CHECKED[key],
        f"one of {', '.join(filter(None, _CHECKED.get(key, ())))}",
    )
    return value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _several(key: str, value: Any) -> tuple[str, ...]:
    several = _listed(value)
    _check(key, value, bool(several) and all(isinstance(v, str) and v for v in several), "a text or a list of texts")
    return tuple(several)


def _skip(row: dict[str, Any]) -> Skip:
    unknown = set(row) - {"field", "is", "like", "reason"}
    whole = not unknown and "field" in row and "reason" in row
    _check("skip", row, whole, "field, is (a list) or like (a form), reason")
    form = row.get("like", "")
    texts = all(isinstance(v, str) for v in (row["field"], row["reason"], form))
    _check("skip", row, texts, "field, like and reason as texts")
    try:
        like(form)
    except ValueError as e:
        raise ValueError(f"skip: like {form!r}: {e}") from None
    return Skip(row["field"], tuple(str(v) for v in _listed(row.get("is", []))), form, row["reason"])


def _check(key: str, value: Any, good: bool, expected: str) -> None:
    if not good:
        raise ValueError(f"{key} must be {expected}, not {value!r}")
