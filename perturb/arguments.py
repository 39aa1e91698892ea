"""What a Perturber is given, checked: a UsageError says what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from perturb.core.errors import UsageError
from perturb.core.expect import EXPECTATIONS
from perturb.recipe import Recipe, load_recipe


def recipes_of(given: str | Recipe | Sequence[str | Recipe]) -> list[Recipe]:
    """Load what is not a Recipe yet; at least one, and no two of one name."""
    recipes = [given] if isinstance(given, (str, Recipe)) else list(given)
    found = [r if isinstance(r, Recipe) else load_recipe(r) for r in recipes]
    if not found:
        raise UsageError("no recipe is given")
    names = [r.name for r in found]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two recipes are named {name!r}; name each otherwise (n says how many variants)")
    return found


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
    words = given.split(",") if isinstance(given, str) else list(given)
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
    return list(given)
