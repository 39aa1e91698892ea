"""What the integrations share: a host that may be missing, a seed that may be none, a batch of columns."""

from __future__ import annotations

import secrets
from collections import Counter
from importlib import import_module
from typing import Any

from perturb.core.errors import MissingResource, UsageError


def host(module: str, extra: str) -> Any:
    """Import a tool that an integration is for; MissingResource with the command that installs it."""
    try:
        return import_module(module)
    except ImportError as e:
        if e.name is not None and e.name.split(".")[0] != module.split(".")[0]:
            raise  # it is there, and lacks something itself
        raise MissingResource(
            f"{module.split('.')[0]} is not installed; get it with: pip install 'perturb[{extra}]'"
        ) from None


def of_kind(value: Any, kinds: tuple[type, ...], what: str) -> None:
    """UsageError for a value of another kind than expected ("expected a pandas DataFrame, not list")."""
    if not isinstance(value, kinds):
        raise UsageError(f"expected {what}, not {type(value).__name__}")


def fresh(seed: int | str | None) -> int:
    """Give a seed as it is, or a new one from the system's entropy where there is none (None -> 218…)."""
    try:
        return secrets.randbits(48) if seed is None else int(seed)
    except (TypeError, ValueError):
        raise UsageError(f"seed must be a whole number, not {seed!r}") from None


def left_out(stats: Counter[str]) -> str:
    """Say of a Perturber's stats how many variants the old answer does not hold for ("5 left out that cannot be scored (5 clarify)")."""
    kinds = {what.partition(": ")[2]: n for what, n in sorted(stats.items()) if what.startswith("left out: ")}
    told = f" ({', '.join(f'{n} {kind}' for kind, n in kinds.items())})" if kinds else ""
    return f"{sum(kinds.values())} left out that cannot be scored{told}"


def rows_of(batch: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Turn columns into rows ({"q": ["a", "b"]} -> [{"q": "a"}, {"q": "b"}])."""
    size = len(next(iter(batch.values()), []))
    return [{key: column[i] for key, column in batch.items()} for i in range(size)]


def columns_of(rows: list[dict[str, Any]], keys: list[str]) -> dict[str, list[Any]]:
    """Turn rows into columns, the given ones and in that order."""
    return {key: [row.get(key) for row in rows] for key in keys}
