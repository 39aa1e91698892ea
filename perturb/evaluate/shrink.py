"""The smallest part of a variant that still fails."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from perturb.core.edits import FlatEdit, apply
from perturb.items.field_paths import get_path, set_path
from perturb.variant import Variant

MOST = 200  # calls of the test, after which the smallest so far is given


def shrink(edits: list[FlatEdit], fails: Callable[[list[FlatEdit]], bool]) -> list[FlatEdit]:
    """Leave edits out as long as it still fails (``shrink(variant.edits, lambda kept: model_fails(kept))``).

    Halves first, then one by one (Zeller & Hildebrandt 2002, ddmin): in what is left, every edit is needed.
    """
    kept, size, calls = list(edits), max(1, len(edits) // 2), 0
    while kept and calls < MOST:
        for start in range(0, len(kept), size):
            rest = kept[:start] + kept[start + size :]
            calls += 1
            if fails(rest):
                kept = rest
                break
        else:
            if size == 1:
                return kept
            size = max(1, size // 2)
    return kept


def with_edits(variant: Variant, edits: list[FlatEdit]) -> dict[str, Any]:
    """Give a variant's item with some of its edits alone, without the added field (no edits -> the moved item)."""
    item = copy.deepcopy(variant._moved)
    for field in dict.fromkeys(e.field for e in edits):
        text = apply(str(get_path(item, field)), [(e.start, e.end, e.new) for e in edits if e.field == field])
        set_path(item, field, text)
    return item
