"""What a Perturber is given, checked: a UsageError says what is expected."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from perturb.core.errors import UsageError
from perturb.core.expect import EXPECTATIONS
from perturb.items.profile_files import load_profile
from perturb.items.profiles import Profile
from perturb.recipe import Recipe, load_recipe


def recipes_of(given: Any) -> list[Recipe]:
    """Load what is not a Recipe yet; at least one, and no two of one name."""
    if isinstance(given, (str, Recipe, os.PathLike)):
        given = [given]
    if isinstance(given, bytes) or not isinstance(given, Iterable):
        raise UsageError(f"recipe is a name, a .yaml file, a Recipe or a list of these, not {given!r}")
    recipes = list(given)
    found = [r if isinstance(r, Recipe) else load_recipe(r) for r in recipes]
    if not found:
        raise UsageError("no recipe is given")
    names = [r.name for r in found]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"the recipe {name!r} is given twice; -n 2 makes more variants of one (in Python: n=2)")
    return found


def profile_of(given: Any) -> Profile | str:
    """Take a Profile, or load it by name or file; "auto" stays."""
    if isinstance(given, Profile):
        return given
    if isinstance(given, (str, os.PathLike)):
        name = os.fspath(given)
        return name if name == "auto" else load_profile(name)
    raise UsageError(f"profile is 'auto', a profile's name, a .yaml file or a perturb.Profile, not {given!r}")


def fields_of(given: Any) -> tuple[str, ...]:
    """Take paths of fields; one alone may stand without a list."""
    found = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else None
    if found is None or not all(isinstance(path, str) for path in found):
        raise UsageError(f"fields is a list of fields' names, not {given!r}")
    return found


def function_of(given: Any, name: str) -> Any:
    """Take a function, or None."""
    if given is not None and not callable(given):
        raise UsageError(f"{name} is a function, not {given!r}")
    return given


def file_of(given: Any, name: str) -> Path | None:
    """Take a file's name, or None."""
    if given is not None and not isinstance(given, (str, os.PathLike)):
        raise UsageError(f"{name} is a file's name, not {given!r}")
    return None if given is None else Path(given)


def items_of(given: Any) -> Iterable[dict[str, Any]]:
    """Take an iterable of items; not a single one, nor a text."""
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        what = "one item" if isinstance(given, Mapping) else f"{type(given).__name__}"
        raise UsageError(
            f"expected an iterable of items (dicts), found {what}; for one item call .one(item), for a text "
            "perturb.vary(text, recipe)"
        )
    return given


def whole(value: Any, name: str, least: int | None) -> int:
    """Take a whole number, of ``least`` or more."""
    if isinstance(value, bool) or not isinstance(value, int) or (least is not None and value < least):
        raise UsageError(
            f"{name} must be a whole number{'' if least is None else f' of {least} or more'}, not {value!r}"
        )
    return value


def intensity_of(value: Any) -> float:
    """Take a number of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
        raise UsageError(f"intensity must be a number of 0 or more, not {value!r}")
    return float(value)


def one_of(value: str, name: str, *known: str) -> str:
    """Take one of some words."""
    if value not in known:
        raise UsageError(f"{name} must be {', '.join(known[:-1])} or {known[-1]}, not {value!r}")
    return value


def expectations(given: str | Iterable[str] | None) -> frozenset[str]:
    """Take expectations as words or as one text with commas ("same,clarify")."""
    if given is None:
        return frozenset()
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise UsageError(f"expect takes {', '.join(EXPECTATIONS)}, one or several, not {given!r}")
    words = given.split(",") if isinstance(given, str) else [str(w) for w in given]
    words = [w.strip() for w in words if w.strip()]
    for word in words:
        if word not in EXPECTATIONS:
            raise UsageError(f"expect takes {', '.join(EXPECTATIONS)}, not {word!r}")
    return frozenset(words)


def terms_of(given: Iterable[str] | str | Path) -> list[str]:
    """Take terms, or read them from a file, one a line."""
    if isinstance(given, (str, Path)):
        try:
            return Path(given).read_text("utf-8-sig").split("\n")
        except OSError as e:
            why = (e.strerror or str(e)).lower()
            raise UsageError(f"{given}: {why}; expected a list of terms, one a line") from None
        except UnicodeDecodeError as e:
            line = e.object.count(b"\n", 0, e.start) + 1
            raise UsageError(f"{given}:{line}: not UTF-8 ({e.object[e.start]:#04x}); save the list as UTF-8") from None
    terms = list(given) if isinstance(given, Iterable) and not isinstance(given, bytes) else [given]
    if not all(isinstance(term, str) for term in terms):
        raise UsageError(f"protect is a list of terms, or a file of them, not {given!r}")
    return terms
