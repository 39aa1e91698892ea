"""One scored sample, named by the item that it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from perturb.core.errors import DataError

_HINT = "results are paired by id alone, never by order: score what perturb's integrations or perturb export wrote"


class Result(NamedTuple):
    """How one variant (number 0: the clean item) was scored, from 0 to 1; ``run`` tells runs of other seeds apart."""

    orig_id: str
    variant: int
    recipe: str
    expect: str
    score: float
    run: str = ""
    where: str = ""

    @property
    def key(self) -> tuple[str, str, str, int]:
        """Name the row; it must be the only one so named."""
        return self.orig_id, self.recipe, self.run, self.variant


def result(about: Any, score: Any, where: str) -> Result:
    """Make a row of what rode along with a sample ({"of": …, "variant": 1, …} or {"orig_id": …, …}) and its score.

    Raises DataError where the id or the variant is missing, or the score is none.
    """
    about = about if isinstance(about, Mapping) else {}
    record = about.get("perturb")
    record = json.loads(record) if isinstance(record, str) and record.startswith("{") else record
    told = {**about, **(record if isinstance(record, Mapping) else {})}
    name = told.get("orig_id", told.get("of"))
    if name in (None, "") or told.get("variant") in (None, ""):
        raise DataError(f"{where}: no {'orig_id' if name in (None, '') else 'variant'}; {_HINT}")
    try:
        number = int(told["variant"])
    except (TypeError, ValueError):
        raise DataError(f"{where}: variant {told['variant']!r}; expected a number, 0 for the clean item") from None
    recipe = str(told.get("recipe") or "") if number else ""
    if number and not recipe:
        raise DataError(f"{where}: variant {number} of {name!r} names no recipe; {_HINT}")
    run = str(told.get("run") or "") if number else ""
    return Result(str(name), number, recipe, str(told.get("expect") or "same"), scored(score, where), run, where)


def scored(value: Any, where: str) -> float:
    """Read a score (True -> 1.0, "C" -> 1.0, "0.5" -> 0.5)."""
    if isinstance(value, str):
        low = value.strip().lower()
        if low in _WORDS:
            return _WORDS[low]
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise DataError(f"{where}: score {value!r}; expected a number, true or false, or C or I") from None
    if not 0 <= number <= 1:
        raise DataError(f"{where}: score {value!r}; expected one from 0 to 1 (choose another metric)")
    return number


_WORDS = {"c": 1.0, "correct": 1.0, "true": 1.0, "yes": 1.0, "p": 0.5, "i": 0.0, "incorrect": 0.0, "false": 0.0, "no": 0.0,
          "n": 0.0}  # fmt: skip


def choose(what: str, found: list[str], wanted: str, flag: str, where: str) -> str:
    """Take the metric, filter or model that was asked for, or the only one; DataError names them all otherwise."""
    if wanted in found:
        return wanted
    if not wanted and len(found) == 1:
        return found[0]
    if not found:
        raise DataError(f"{where}: its first sample has no {what}; is it a file of another tool? --from says which")
    listed = ", ".join(map(repr, found))
    raise DataError(
        f"{where}: no {what} {wanted!r}; it has {listed}"
        if wanted
        else f"{where}: the {what}s are {listed}; choose one with {flag}"
    )
