"""The registry of transforms: ``@transform``, ``@item_transform``, families, entry points.

The registry is the test list: whatever is registered is run through the contract suite (perturb/testing).
"""

from __future__ import annotations

import inspect
import math
import pkgutil
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from threading import RLock
from typing import Any, TypeVar

from perturb.core.errors import UsageError, did_you_mean
from perturb.core.text import REACHES

F = TypeVar("F", bound=Callable[..., Any])

NAME_FORM = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
RESERVED = frozenset({"rate", "times", "p", "weight", "must"})
SPOTS = ("", "first", "last", "end")
GROUP = "perturb.transforms"


@dataclass(frozen=True)
class Transform:
    """A registered transform and what was declared of it."""

    name: str
    fn: Callable[..., Any]
    summary: str
    kind: str  # "text" or "item"
    reach: str = "free"
    rate: float | None = None
    times: float | None = None
    ordered: bool = False
    needs: tuple[str, ...] = ()  # resources: "spacy", "wordnet", "nlpaug"
    trait: str = ""  # what of a writer governs it: "typo", "lower_start", …
    role: str = ""  # what a loss is, for expect: "cut", "vague", "reference", "misread", …
    params: dict[str, inspect.Parameter] = field(default_factory=dict)
    plugin: bool = False
    spread: Callable[[], Sequence[float]] | None = None  # factors, equally likely, of a text's amount
    wordwise: bool = False  # whether it proposes for single words of Text.misspellable, and reads nothing else
    spot: str = ""  # which of an item's texts it is for: "first", "last", "end" (of a message), "" all

    @property
    def family(self) -> str:
        """Name the part before the dot ("typo.omit" -> "typo")."""
        return self.name.split(".")[0]


_transforms: dict[str, Transform] = {}
_loaded = ""  # "", "on the way" or "all"
_loading = RLock()  # some tools ask from several threads at once


def transform(
    name: str,
    *,
    rate: float | None = None,
    times: float | None = None,
    reach: str = "free",
    ordered: bool = False,
    needs: tuple[str, ...] = (),
    trait: str = "",
    role: str = "",
    spread: Callable[[], Sequence[float]] | None = None,
    spot: str = "",
    wordwise: bool = False,
) -> Callable[[F], F]:
    """Register a generator function that proposes edits (``@transform("typo.omit", rate=0.06, reach="form")``).

    Give ``rate`` (edits per word on offer) or ``times`` (edits per text). The function takes ``(text, rng)``
    and keyword parameters with defaults; it yields ``(start, end, new)``, or a list of them that counts once,
    most natural first. ``spread`` gives factors, equally likely, by which the amount differs from text to text (one page
    is scanned well, another badly). ``spot`` is for what is done once where an item has several texts: "first" (a
    greeting), "last" (a message sent too early), "end" (where a message ends: each turn of a chat, the last of the parts
    of one). ``wordwise`` promises that it reads the words of ``text.misspellable`` alone and each edit stays within one of
    them: such steps in a row need no new text between them. The docstring's first line ends in an example and is what ``perturb list`` prints. Raises UsageError for a name that is taken or a wrong declaration.
    """
    _check_name(name)
    if (rate is None) == (times is None):
        raise UsageError(f"transform {name!r}: give either rate (edits per word) or times (edits per text)")
    _check_amount(name, "rate", rate, 1)
    _check_amount(name, "times", times, math.inf)
    if reach not in REACHES:
        raise UsageError(f"transform {name!r}: reach must be one of {', '.join(REACHES)}, not {reach!r}")
    if spot not in SPOTS:
        raise UsageError(f"transform {name!r}: spot must be one of {', '.join(SPOTS[1:])}, not {spot!r}")

    def register(fn: F) -> F:
        _add(Transform(name, fn, _summary(name, fn), "text", reach, rate, times, ordered, tuple(needs), trait, role,
                       _params(name, fn), not fn.__module__.startswith("perturb."), spread, wordwise, spot))  # fmt: skip
        return fn

    return register


def item_transform(name: str, *, needs: tuple[str, ...] = (), role: str = "") -> Callable[[F], F]:
    """Register a function that rearranges an item (``@item_transform("choices.shuffle")``).

    The function takes ``(item, rng)``, an ``ItemView`` and its stream, and keyword parameters; it calls
    ``item.set(path, value)`` for each field it moves, or does nothing where the item does not allow it. ``role`` is
    "premise" where it writes a question that is false, so that nobody can answer.
    """

    _check_name(name)

    def register(fn: F) -> F:
        _add(Transform(name, fn, _summary(name, fn), "item", times=1, needs=tuple(needs), role=role, params=_params(name, fn),
                       plugin=not fn.__module__.startswith("perturb.")))  # fmt: skip
        return fn

    return register


def _check_name(name: Any) -> None:
    if callable(name):
        raise UsageError('transform is given a name and an amount: @transform("my.name", rate=0.1)')
    if not isinstance(name, str) or not NAME_FORM.fullmatch(name):
        raise UsageError(f"transform {name!r}: a name is family.verb in lower case, like 'typo.omit'")


def _check_amount(name: str, key: str, value: Any, most: float) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if value is not None and not (number and 0 <= value <= most and value < math.inf):
        to = f"from 0 to {most}" if most < math.inf else "of 0 or more"
        raise UsageError(f"transform {name!r}: {key} must be a number {to}, not {value!r}")


def _add(new: Transform) -> None:
    _check_name(new.name)
    old = _transforms.get(new.name)
    if old is not None and (old.fn.__module__, old.fn.__qualname__) != (new.fn.__module__, new.fn.__qualname__):
        raise UsageError(f"transform {new.name!r} is registered already, by {old.fn.__module__}")
    _transforms[new.name] = new


def _summary(name: str, fn: Callable[..., Any]) -> str:
    lines = (inspect.getdoc(fn) or "").split("\n\n")[0]
    summary = " ".join(lines.split())
    if not summary:
        raise UsageError(
            f'transform {name!r} needs a docstring: one line with an example, like \'… ("the" -> "teh").\''
        )
    return summary


def _params(name: str, fn: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    found = {}
    every = list(inspect.signature(fn).parameters.values())
    if len(every) < 2 or not all(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in every[:2]):
        raise UsageError(f"transform {name!r}: its function must take two arguments first, (text, rng) or (item, rng)")
    for p in every[2:]:
        if p.kind is not inspect.Parameter.KEYWORD_ONLY or p.default is inspect.Parameter.empty:
            raise UsageError(f"transform {name!r}: parameter {p.name!r} must be keyword-only and have a default")
        if p.name in RESERVED:
            raise UsageError(f"transform {name!r}: {p.name!r} is a word of recipes and cannot be a parameter")
        found[p.name] = p
    return found


def load() -> None:
    """Import the shipped families and the entry points of installed packages, once."""
    global _loaded
    if _loaded == "all":
        return
    with _loading:
        if _loaded:
            return  # by another thread meanwhile; or it is on the way, and what is loaded asks
        _loaded = "on the way"
        for package in ("perturb.transforms", "perturb.items.moves"):
            for module in sorted(m.name for m in pkgutil.iter_modules(import_module(package).__path__)):
                import_module(f"{package}.{module}")
        for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
            entry.load()
        _loaded = "all"


def transforms() -> dict[str, Transform]:
    """Give all registered transforms by name, sorted (-> {"case.lower": Transform(…), …})."""
    load()
    return dict(sorted(_transforms.items()))


def get(name: str) -> Transform:
    """Look a transform up ("typo.omit"); UsageError with the nearest name where there is none."""
    load()
    found = _transforms.get(name)
    if found is None:
        raise UsageError(f"no transform named {name!r}{did_you_mean(name, _transforms)}")
    return found


def family(name: str) -> list[Transform]:
    """List the members of a family ("typo" -> typo.double, typo.insert, …), empty where there is none."""
    return [t for t in transforms().values() if t.family == name]


def forget(name: str) -> None:
    """Take a transform out of the registry (for tests of registrations)."""
    _transforms.pop(name, None)
