"""Results of anything else: JSON Lines or CSV with ``orig_id``, ``variant``, ``recipe`` (or ``perturb``) and ``correct`` or ``score``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from perturb.core.errors import DataError
from perturb.evaluate.results.rows import Result, result


def table(path: str) -> list[dict[str, Any]]:
    """Read a CSV file with a head, be it one that perturb run wrote and somebody scored."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as f:
            return [
                {key if key != "perturb:json" else "perturb": cell for key, cell in row.items()}
                for row in csv.DictReader(f)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as e:
        raise DataError(f"{path}: cannot be read ({e})") from None


def rows(data: Any, path: str, *, metric: str = "", filter: str = "", samples: str = "") -> Iterator[Result]:
    """Yield the rows; ``metric`` names the field with the score."""
    for n, row in enumerate(data, 1):
        where = f"{path}:{n}" if not path.endswith(".csv") else f"{path}: row {n}"
        fields = [metric] if metric else ["correct", "score"]
        found = [row[field] for field in fields if row.get(field) not in (None, "")]
        if not found:
            raise DataError(
                f"{where}: no field {' or '.join(map(repr, fields))}; --metric names the one with the score, which an eval "
                "tool gives: neither the items nor what perturb run wrote has any"
            )
        about = row.get("metadata") if "orig_id" not in row and "perturb" not in row else row
        yield result(about, found[0], where)
