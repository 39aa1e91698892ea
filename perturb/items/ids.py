"""Ids of items: their own id field, else a hash of the clean record; never the row number."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from perturb.core.errors import BadRecord
from perturb.items.codec import encoder
from perturb.items.field_paths import get_path
from perturb.items.profiles import Profile
from perturb.items.seen import Seen

_canonical = encoder(sort_keys=True, separators=(",", ":"), default=str)


def canonical(item: dict[str, Any], *, without: str = "perturb") -> bytes:
    """Write a record one way whatever the order of its keys ({"b": 1, "a": 2} -> b'{"a":2,"b":1}')."""
    clean = {key: value for key, value in item.items() if key != without}
    try:
        text = _canonical(clean)
    except (TypeError, ValueError, RecursionError) as e:
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


def checked(item: Any) -> dict[str, Any]:
    """Give an item that is a JSON object; BadRecord for what is none."""
    if not isinstance(item, dict):
        hint = "; for a text there is perturb.vary(text, recipe)" if isinstance(item, str) else ""
        raise BadRecord(f"an item is a JSON object, not {type(item).__name__}{hint}")
    return item


def item_id(item: dict[str, Any], profile: Profile) -> str:
    """Name an item by its id field, else by a hash of its content ("chal-1", "3f9c0a1be2d4")."""
    return own_id(item, profile) or digest(item)


class Ids:
    """Name the items of a stream, each otherwise: what comes again gets ~2, ~3 ("q7", "q7~2").

    Where items have an id field, the same id over different records is told apart from a record that stands twice;
    ``notices`` says how many there were of each. Names beyond the first thousands are kept on disk.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._seen = Seen()
        self._again, self._shared = _Told(), _Told()

    def name(self, item: dict[str, Any]) -> str:
        """Give the next item's id ("q7"; a second "q7" -> "q7~2")."""
        content = digest(item)
        name = base = own_id(item, self.profile) or content
        if self._seen.add(name, content):
            return name
        first, n = self._seen.of(base)
        (self._again if first == content else self._shared).tell(base)
        while not self._seen.add(name, content):
            n += 1
            name = f"{base}~{n}"
        self._seen.count(base, n)
        return name

    @property
    def notices(self) -> list[str]:
        """Say what was named ~2, ~3 and why, one line a kind, empty where nothing was."""
        out = []
        if self._again.n:
            out.append(
                f"{_records(self._again.n)} the same as an earlier one; its id is {self._again.first}~2, and so on"
            )
        if self._shared.n:
            field = f"{self.profile.id!r}" if self.profile.id else "a hash"
            out.append(f"{_records(self._shared.n)} with an id ({field}) that another record has; its id is "
                       f"{self._shared.first}~2, and so on; is that the id field?")  # fmt: skip
        return out


class _Told:
    """How many items there were of a kind, and the first."""

    def __init__(self) -> None:
        self.n, self.first = 0, ""

    def tell(self, name: str) -> None:
        self.n += 1
        self.first = self.first or name


def _records(n: int) -> str:
    return "1 record" if n == 1 else f"{n} records"
