"""promptfoo: the config of the test generator, checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perturb.core.errors import UsageError, did_you_mean
from perturb.items.detect import from_fields
from perturb.items.profiles import Profile

_WHOLE: tuple[Callable[[Any], bool], str] = (
    lambda v: isinstance(v, int) and not isinstance(v, bool) and v > 0,
    "a whole number of 1 or more",
)
_TEXTS: Callable[[Any], bool] = lambda v: isinstance(v, list) and all(isinstance(one, str) for one in v)  # noqa: E731
_TAKES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "source": (lambda v: isinstance(v, str) and v != "", "a file of items"),
    "recipe": (lambda v: isinstance(v, str) or _TEXTS(v), "a recipe, or a list of them"),
    "n": _WHOLE,
    "seed": (lambda v: isinstance(v, int) and not isinstance(v, bool), "a whole number"),
    "keep": (lambda v: isinstance(v, bool), "true or false"),
    "profile": (lambda v: isinstance(v, (str, dict)), "a profile's name or file, or {input: …, target: …}"),
    "expect": (lambda v: isinstance(v, str) or _TEXTS(v), "expectations (same, clarify)"),
    "assert": (lambda v: isinstance(v, str) or isinstance(v, list) and all(isinstance(one, dict) for one in v),
               "a type of assert, or a list of asserts"),
    "vars": (lambda v: isinstance(v, dict) and all(isinstance(one, str) for one in v.values()), "{NAME: OTHER NAME}"),
    "limit": _WHOLE,
}  # fmt: skip


def checked(config: dict[str, Any] | None) -> dict[str, Any]:
    """Give a config without what is null; UsageError for what the generator does not know or cannot take."""
    given = {key: value for key, value in (config or {}).items() if value is not None}
    takes = f"its config takes {', '.join(_TAKES)}"
    for key, value in given.items():
        if key not in _TAKES:
            raise UsageError(f"perturb's test generator does not know {key!r}{did_you_mean(key, _TAKES)}; {takes}")
        fits, expected = _TAKES[key]
        if not fits(value):
            raise UsageError(f"perturb's test generator: {key} is {value!r}; expected {expected}")
    if "source" not in given:
        raise UsageError(f"perturb's test generator needs a source: a file of items; {takes}")
    return given


def profile_of(chosen: str | dict[str, Any]) -> str | Profile:
    """Give the profile that a config names or makes."""
    if isinstance(chosen, str):
        return chosen
    takes = ("input", "target", "choices", "context", "id")
    strange = [key for key in chosen if key not in takes]
    if strange:
        raise UsageError(f"perturb's test generator: profile does not know {strange[0]!r}; it takes {', '.join(takes)}")
    return from_fields(**chosen)


def all_named(names: dict[str, str], tests: list[dict[str, Any]]) -> None:
    """UsageError where a variable was to be called otherwise that no test has."""
    for key, new in names.items():
        if not any(new in test["vars"] for test in tests):
            known = list(dict.fromkeys(name for test in tests for name in test["vars"]))
            raise UsageError(
                f"perturb's test generator: vars names {key!r}, which no item has{did_you_mean(key, known)}; they have {', '.join(known)}"
            )
