"""Which profile an item has: by name, by flags, or by its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from perturb.core.errors import BadRecord, UnknownFields, UsageError
from perturb.items.forms import weight
from perturb.items.profile_files import load_profile, profiles
from perturb.items.profiles import TARGET_KINDS, Profile

FLAGS = "--input-field, --target-field, --choices-field, --context-field, --id-field"

# Names that say what a field is, whoever made the file; lower case.
INPUT_NAMES = tuple(
    "question query prompt instruction problem user_input utterance sentence text input goal stem task".split()
)
TARGET_NAMES = tuple(
    "answer answers target label gold expected expected_output expected_answer ideal reference".split()
)
OTHER_NAMES = frozenset(
    "output outputs response responses completion solution rationale explanation intent category subject topic domain "
    "source src split type level difficulty language lang name title url tags notes comment context contexts passage "
    "document documents image file date author version model generator dataset system system_prompt hint".split()
)
ID_NAMES = tuple("id uid _id uuid idx index key question_id query_id task_id sample_id item_id".split())


def detect(item: dict[str, Any], told: Mapping[str, Any] | None = None) -> Profile:
    """Find the profile that an item's fields fit best; a field that alone can be the input makes "auto:FIELD".

    What flags named (``told``, as from_fields takes it, without an input) replaces the fields of what is found.
    Raises UnknownFields, with the fields found and the flags to use, where nothing fits.
    """
    if not all(isinstance(key, str) for key in item):
        raise BadRecord(f"a JSON object's keys are texts, not {next(k for k in item if not isinstance(k, str))!r}")
    best: tuple[int, Profile] | None = None
    for profile in profiles().values():
        score = fit(item, profile)
        if score and (best is None or score > best[0]):
            best = score, profile
    told = told or {}
    if best is not None:
        return from_fields(**told, base=_one_input(item, best[1]))
    rest = {key: value for key, value in item.items() if key not in named(told)}
    field = _only_text(rest)
    if field is None:
        raise UnknownFields(_unknown(item))
    base = Profile(f"auto:{field}", (field,), **_guessed(rest, field))
    locks = dict.fromkeys((*base.lock, *_locks(told.get("target"), told.get("choices"))))
    return replace(from_fields(**told, base=base), name=base.name, lock=tuple(locks))


def named(told: Mapping[str, Any]) -> list[str]:
    """List the fields that flags named beside the input ({"target": "gold:letter"} -> ["gold"])."""
    of = from_fields("-", **told)
    return [path for path in (of.target, of.choices, *of.choice_fields, of.context, of.id) if path]


def fit(item: dict[str, Any], profile: Profile) -> int:
    """Score how well an item has what a profile asks for: 0 where anything is missing, more for fuller forms."""
    total = 0
    for path, form in profile.detect:
        score = weight(item, path, form)
        if not score:
            return 0
        total += score
    return total


def from_fields(
    input: str | Sequence[str] | None = None,
    target: str | None = None,
    choices: str | Sequence[str] | None = None,
    context: str | None = None,
    id: str | None = None,
    base: Profile | None = None,
) -> Profile:
    """Make a profile of flags (input="stem", target="gold:index1"), over ``base`` where one is given.

    Several fields are separated by commas. A target may say its kind behind a colon; without one it is settled by
    its value, an integer being an index from 0.
    """
    given = {"input": input, "target": target, "context": context, "id": id}
    for key, value in given.items():
        if value is not None and not value:
            raise UsageError(f"--{key}-field needs the name of a field, like --{key}-field question")
    new: dict[str, Any] = {key: given[key] for key in ("context", "id") if given[key] is not None}
    if input is not None:
        new |= {"input": _split(input), "pick": "all", "role": _role(_split(input), base), "join": ()}
    new |= _answer(target, choices, base)
    if choices is not None:
        several = _split(choices)
        new |= {"choices": several[0] if len(several) == 1 else "", "labels": "", "task": "choice",
                "choice_fields": several if len(several) > 1 else ()}  # fmt: skip
    if base is not None:
        return replace(base, name=f"{base.name}*", detect=(), **new) if new else base
    if "input" not in new:
        raise UsageError("which field is the input? Say it with --input-field, or name a --profile")
    return Profile("fields", **{"lock": _locks(target, choices), **new})


def _answer(target: str | None, choices: Any, base: Profile | None) -> dict[str, Any]:
    """Give what a target's name says of a profile; a base that names the same field says more of it."""
    if target is None:
        return {"target_kind": "auto"} if choices and base is not None else {}
    head, _, kind = target.rpartition(":")
    path, kind = (head or target, kind) if kind in TARGET_KINDS[:-1] else (target, "")
    if base is not None and path == base.target and not (kind or choices):
        return {}
    options = choices or (base is not None and (base.choices or base.choice_fields))
    return {"target": path, "target_kind": kind or ("auto" if options else "text"), "also": ()}


def _locks(target: Any, choices: Any) -> tuple[str, ...]:
    return (("target",) if target else ()) + (("choices",) if choices else ())


def _split(fields: str | Sequence[str]) -> tuple[str, ...]:
    several = fields.split(",") if isinstance(fields, str) else fields
    return tuple(f.strip() for f in several if f.strip())


def _role(paths: Sequence[str], base: Profile | None) -> str:
    if any(path.endswith("[*].content") for path in paths):
        return "user"
    return base.role if base is not None else ""


def _one_input(item: dict[str, Any], profile: Profile) -> Profile:
    """Settle a starred input of free names (promptfoo's vars.*): it must be one text, else the user says which."""
    if profile.pick != "first" or not profile.input[-1].endswith(".*") or len(profile.inputs(item)) < 2:
        return profile
    names = ", ".join(profile.inputs(item))
    raise UnknownFields(f"this looks like {profile.name}, and several fields may be the input: {names}; "
                        f"choose with --input-field {profile.inputs(item)[0]}")  # fmt: skip


def _only_text(item: dict[str, Any]) -> str | None:
    """Name the field that alone can be the input: the only one so called, else the only text of three words or more."""
    every = [key for key, value in item.items() if isinstance(value, str) and _free(key)]
    texts = [key for key in every if item[key].strip()]
    called = [key for key in texts if key.lower() in INPUT_NAMES]
    # A first item may be empty: its field's name says enough.
    called = called or [key for key in every if key.lower() in INPUT_NAMES]
    if called:
        return called[0] if len(called) == 1 else None
    if len(texts) > 1:
        texts = [key for key in texts if len(item[key].split()) > 2]
    return texts[0] if len(texts) == 1 else None


def _free(key: str) -> bool:
    low = key.lower()
    return low not in OTHER_NAMES and low not in TARGET_NAMES and low not in ID_NAMES and not low.endswith("_id")


def _guessed(item: dict[str, Any], field: str) -> dict[str, Any]:
    """Take an id and a target from fields whose names say so; the answer's strings get locked, no more."""
    lower = {key.lower(): key for key in reversed(list(item)) if key != field}
    ids = [lower[n] for n in ID_NAMES if n in lower and isinstance(item[lower[n]], (str, int))]
    targets = [lower[n] for n in TARGET_NAMES if n in lower and not isinstance(item[lower[n]], (dict, bool))]
    return {"id": ids[0] if ids else "", "target": targets[0] if targets else "",
            "lock": ("target",) if targets else (), "summary": "the only text of the items"}  # fmt: skip


def _unknown(item: dict[str, Any]) -> str:
    lines = ["no shipped profile has these fields, and several or none may be the input:"]
    for key, value in item.items():
        sample = repr(value)
        lines.append(f"  {key}: {sample if len(sample) <= 60 else sample[:57] + '...'}")
    if not item:
        lines.append("  (none: the item is empty)")
    return "\n".join([*lines, f"say which is which with {FLAGS}, or name a --profile (perturb list profiles)"])


__all__ = ["FLAGS", "detect", "fit", "from_fields", "load_profile", "named", "profiles"]
