"""pytest: a parametrised test's cases and their variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from perturb.variants import vary


def multiplied(argnames: Any, argvalues: Iterable[Any], mark: pytest.Mark, seed: int, ids: Any) -> list[Any]:
    """Give cases with their variants beside them; none where no argument is text or an item in every case.

    ``argnames`` and ``argvalues`` are those of ``parametrize``, of which nothing is changed; ``ids`` names the cases if it is a list.
    """
    names = list(argnames) if isinstance(argnames, (list, tuple)) else [n.strip() for n in argnames.split(",")]
    old = list(argvalues)
    place = _place(names, old, mark.kwargs.get("arg"))
    labels = list(ids) if ids is not None and not callable(ids) else []
    labels += [None] * (len(old) - len(labels))
    if place is None:
        return []
    return [
        case for n, one in enumerate(old) for case in _cases(one, names, place, mark, seed, labels[n] or f"case{n}")
    ]


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


def _cases(case: Any, names: list[str], place: int, mark: pytest.Mark, seed: int, label: Any) -> list[Any]:
    """Give a case and its variants; ids name item and variant, never the text, so that workers agree on them."""
    values = _values(case, names)
    own = values[place].get("id") if isinstance(values[place], dict) else None
    label = getattr(case, "id", None) or own or label
    marks = list(getattr(case, "marks", ()))
    # A test asserts the old answer: what should be asked about is never held to it.
    options = {"expect": "same", **{k: v for k, v in mark.kwargs.items() if k not in ("n", "arg")}}
    out = [pytest.param(*values, id=f"{label}-clean", marks=marks)]
    recipe = mark.args[0] if mark.args else "hurried"
    for variant in vary(values[place], recipe, mark.kwargs.get("n", 1), seed, **options):
        new = variant.text if isinstance(values[place], str) else variant.item
        varied = [*values[:place], new, *values[place + 1 :]]
        own_marks = [*marks, pytest.mark.perturbed(variant, names[place])]
        out.append(pytest.param(*varied, id=f"{label}-{variant.recipe}.{variant.number}", marks=own_marks))
    return out
