"""What an item transform sees: the item, its profile, and one way to change a field."""

from __future__ import annotations

import copy
import json
from typing import Any

from perturb.items.field_paths import get_path, set_path
from perturb.items.profiles import Profile

Move = dict[str, str]


class ItemView:
    """Hold an item while its fields are moved (``item.set("answer", 2)``); the item itself is never changed.

    ``moves`` lists what was done: ``{"step", "field", "old", "new"}``, old and new as JSON, so that a replay sets
    ``new`` and a reconstruction of the clean item sets ``old``.
    """

    def __init__(self, item: dict[str, Any], profile: Profile, step: str = "") -> None:
        self.item = item
        self.profile = profile
        self.step = step
        self.moves: list[Move] = []

    def get(self, path: str) -> Any:
        """Read a field by dotted path ("choices.text" -> ["a", "b"]); None where it is not there."""
        return get_path(self.item, path)

    def set(self, path: str, value: Any) -> None:
        """Move a field ("answer", 2): recorded, and nothing at all where the value is already that."""
        old = self.get(path)
        if old == value and type(old) is type(value):
            return
        if not self.moves:
            self.item = copy.deepcopy(self.item)
        self.moves.append({"step": self.step, "field": path, "old": json.dumps(old, ensure_ascii=False),
                           "new": json.dumps(value, ensure_ascii=False)})  # fmt: skip
        set_path(self.item, path, copy.deepcopy(value))
