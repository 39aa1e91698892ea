"""How often people found a transform's variants valid, kept in the cards of their families beside what was measured."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import perturb
from perturb.core.errors import DataError
from perturb.evaluate.realism.cards import Card, written


def keep(folder: Path, found: Iterable[dict[str, Any]], by: str = "") -> list[str]:
    """Write rates into the cards of a folder, a family each (``keep(Path("cards"), rates, "Ann")`` -> ["cut", "vague"]).

    A rate is a record of transform, judged, valid, share and interval. What was known of other transforms stays.
    """
    families: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rate in found:
        if "." in rate["transform"]:
            families[rate["transform"].split(".")[0]].append(rate)
    folder.mkdir(parents=True, exist_ok=True)
    for family, rates in sorted(families.items()):
        path = folder / f"{family}.json"
        card = _read(path) or {"subject": family, "run": family, "generator": ""}
        card.setdefault("perturb", perturb.__version__)
        known = {r["transform"]: r for r in card.get("validity", {}).get("rates", [])}
        known.update({r["transform"]: r for r in rates})
        card["validity"] = {"by": by, "perturb": perturb.__version__, "rates": [known[name] for name in sorted(known)]}
        path.write_text(written(card), "utf-8")
    return sorted(families)


def _read(path: Path) -> Card | None:
    """Read a card, None where there is none yet."""
    if not path.is_file():
        return None
    try:
        card = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as e:
        raise DataError(
            f"{path}: not a card ({e}); expected JSON that perturb realism or perturb audit wrote"
        ) from None
    if not isinstance(card, dict) or not isinstance(card.get("validity", {}), dict):
        raise DataError(f"{path}: not a card; expected JSON that perturb realism or perturb audit wrote")
    return card


def told(card: Card) -> str:
    """Say in a few words how many variants of a family were found valid ("valid: 44 of 46"), "" where none was judged."""
    rates = card.get("validity", {}).get("rates", [])
    judged, valid = sum(r["judged"] for r in rates), sum(r["valid"] for r in rates)
    return f"valid: {valid} of {judged} judged" if judged else ""
