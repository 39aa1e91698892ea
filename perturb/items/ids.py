"""Ids of items: their own id field, else a hash of the clean record; never the row number."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from perturb.core.errors import BadRecord
from perturb.items.profiles import Profile, get_path


def canonical(item: dict[str, Any], *, without: str = "perturb") -> bytes:
    """Write a record one way whatever the order of its keys ({"b": 1, "a": 2} -> b'{"a":2,"b":1}')."""
    clean = {key: value for key, value in item.items() if key != without}
    try:
        text = json.dumps(clean, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    except (TypeError, ValueError) as e:
        raise BadRecord(f"not a JSON object: {e}") from None
    return text.encode("utf-8", "surrogatepass")


def digest(item: dict[str, Any], *, without: str = "perturb") -> str:
    """Hash a record to twelve hex digits (-> "3f9c0a1be2d4")."""
    return blake2b(canonical(item, without=without), digest_size=6).hexdigest()


def own_id(item: dict[str, Any], profile: Profile) -> str:
    """Give the value of the id field as text (7 -> "7", "007" -> "007"), "" where there is none."""
    value = get_path(item, profile.id) if profile.id else None
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, (bool, list, dict)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value == value // 1 else repr(value)
    return str(value)


def item_id(item: dict[str, Any], profile: Profile) -> str:
    """Name an item by its id field, else by a hash of its content ("chal-1", "3f9c0a1be2d4")."""
    return own_id(item, profile) or digest(item)


class Ids:
    """Name the items of a stream, each otherwise: what comes again gets ~2, ~3 ("q7", "q7~2").

    Where items have an id field, the same id over different records is told apart from a record that stands twice;
    ``notices`` says how many there were of each.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._seen: dict[str, str] = {}  # every name given -> the hash of its record
        self._count: dict[str, int] = {}
        self._again: list[str] = []
        self._shared: list[str] = []

    def name(self, item: dict[str, Any]) -> str:
        """Give the next item's id ("q7"; a second "q7" -> "q7~2")."""
        content = digest(item)
        name = base = own_id(item, self.profile) or content
        if base in self._seen:
            (self._again if self._seen[base] == content else self._shared).append(base)
            n = self._count.get(base, 1)
            while name in self._seen:
                n += 1
                name = f"{base}~{n}"
            self._count[base] = n
        self._seen[name] = content
        return name

    @property
    def notices(self) -> list[str]:
        """Say what was named ~2, ~3 and why, one line a kind, empty where nothing was."""
        out = []
        if self._again:
            out.append(f"{_records(len(self._again))} the same as an earlier one: named like {self._again[0]}~2")
        if self._shared:
            field = f"{self.profile.id!r}" if self.profile.id else "a hash"
            out.append(f"{_records(len(self._shared))} with an id ({field}) that another record has: named like "
                       f"{self._shared[0]}~2; is that the id field?")  # fmt: skip
        return out


def _records(n: int) -> str:
    return "1 record" if n == 1 else f"{n} records"
