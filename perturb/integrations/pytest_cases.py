"""pytest: a parametrised test's cases and their variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from inspect import signature
from typing import Any

import pytest

from perturb.core.errors import UsageError, did_you_mean
from perturb.items.profiles import Profile
from perturb.variants import Perturber

_OURS = ("recipe", "n", "seed", "with_clean", "ledger")  # the mark's own, and the run's
_TEXT = Profile("text", ("text",), task="chat")


def perturber_of(mark: pytest.Mark, seed: int) -> Perturber:
    """Make what a mark asks for (``@pytest.mark.perturb("hurried", n=3, arg="text")``); UsageError for what it cannot mean."""
    known = [*(name for name in signature(Perturber).parameters if name not in _OURS), "recipe", "n", "arg"]
    strange = [name for name in mark.kwargs if name not in known]
    if strange:
        raise UsageError(
            f"the mark does not take {strange[0]}{did_you_mean(strange[0], known)}; it takes {', '.join(known)}"
        )
    if len(mark.args) + ("recipe" in mark.kwargs) > 1:
        raise UsageError("the mark takes one recipe first, or a list of them; all else by name (n=3)")
    given = {key: value for key, value in mark.kwargs.items() if key != "arg"}
    recipe = mark.args[0] if mark.args else given.pop("recipe", "hurried")
    # A test asserts the old answer: what should be asked about is never held to it.
    return Perturber(recipe, given.pop("n", 1), seed, **{"expect": "same", **given})


def multiplied(
    argnames: Any, argvalues: Iterable[Any], wanted: str | None, perturber: Perturber, ids: Any
) -> list[Any]:
    """Give cases with their variants beside them; none where no argument is text or an item in every case.

    ``argnames`` and ``argvalues`` are those of ``parametrize``, of which nothing is changed; ``ids`` names the cases if it is a list.
    """
    names = list(argnames) if isinstance(argnames, (list, tuple)) else [n.strip() for n in argnames.split(",")]
    old = list(argvalues)
    place = _place(names, old, wanted)
    labels = list(ids) if ids is not None and not callable(ids) else []
    labels += [None] * (len(old) - len(labels))
    if place is None:
        return []
    return [case for n, one in enumerate(old) for case in _cases(one, names, place, perturber, labels[n] or f"case{n}")]


def _place(names: list[str], cases: Sequence[Any], wanted: str | None) -> int | None:
    """Find the argument that holds the text: the one named, else the first that is text or an item in every case."""
    if wanted is not None:
        return names.index(wanted) if wanted in names else None
    texts = (
        i for i in range(len(names)) if cases and all(isinstance(_values(c, names)[i], (str, dict)) for c in cases)
    )
    return next(texts, None)


def _values(case: Any, names: list[str]) -> list[Any]:
    values = getattr(case, "values", case) if not isinstance(case, dict) else case
    return [case] if values is case and len(names) == 1 else list(values)


def _cases(case: Any, names: list[str], place: int, perturber: Perturber, label: Any) -> list[Any]:
    """Give a case and its variants; ids name item and variant, never the text, so that workers agree on them."""
    values = _values(case, names)
    asked = values[place]
    if not isinstance(asked, (str, dict)):
        raise UsageError(f"{names[place]} is {asked!r} in a case; expected a text or an item (a dictionary)")
    label = getattr(case, "id", None) or (asked.get("id") if isinstance(asked, dict) else None) or label
    marks = list(getattr(case, "marks", ()))
    out = [pytest.param(*values, id=f"{label}-clean", marks=marks)]
    one = perturber.stream()
    if isinstance(asked, str) and one.profile == "auto":
        one.profile = _TEXT
    for variant in one([asked if isinstance(asked, dict) else {"text": asked}]):
        new = variant.text if isinstance(asked, str) else variant.item
        varied = [*values[:place], new, *values[place + 1 :]]
        own_marks = [*marks, pytest.mark.perturbed(variant, names[place])]
        out.append(pytest.param(*varied, id=f"{label}-{variant.recipe}.{variant.number}", marks=own_marks))
    return out
