"""Items taken in: named, their profile found, and made ready; what is bad goes where the user wants it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import copy
from re import Pattern
from typing import Any, TypeVar

from perturb.core.errors import BadRecord
from perturb.items.detect import detect
from perturb.items.field_paths import values_at
from perturb.items.ids import Ids, checked
from perturb.items.profiles import Profile
from perturb.prepare import Prepared, texts_of

OnBad = Callable[[BadRecord, dict[str, Any]], None]
T = TypeVar("T", bound="Intake")


class Intake:
    """Name the items of one stream after the other, find their profile, and make ready what their variants share."""

    def __init__(
        self, profile: Profile | str, fields: tuple[str, ...], terms: Pattern[str] | None, name_field: str
    ) -> None:
        self.profile = profile
        self.fields = fields
        self.wanted = fields  # paths that the user named: counted where an item lacks one
        self.told: dict[str, Any] = {}  # fields that flags named, over the profile that is found
        self.terms, self.field = terms, name_field
        self.on_bad: OnBad | None = None
        self.stats: Counter[str] = Counter()
        self._ids: Ids | None = None
        self._found: Profile | None = None
        self._latest = self  # the stream that ``notices`` and ``detected`` speak of

    def _afresh(self: T) -> T:
        """Copy for another stream of items, which has no names yet and no profile found."""
        own = copy(self)
        own._ids, own._found = None, None
        own._latest = own
        return own

    def __getstate__(self) -> dict[str, Any]:
        """Pass to another process what makes the variants; the names of a stream stay with it."""
        return {**self.__dict__, "_ids": None, "_latest": self}

    @property
    def notices(self) -> list[str]:
        """List what the reader should know of the items so far (ids that stood twice)."""
        ids = self._latest._ids
        return ids.notices if ids else []

    @property
    def found(self) -> Profile | None:
        """Give the profile that the items' fields led to, None before the first item."""
        return self._latest._found

    @property
    def detected(self) -> str:
        """Name the profile that the items' fields led to, "" before the first item."""
        return self.found.name if self.found else ""

    def name(self, item: dict[str, Any]) -> str:
        """Name the next item of the stream ("q7"; one that stands twice "q7~2"). Raises BadRecord."""
        checked(item)
        if self._ids is None:
            self._ids = Ids(self._profile_of(item))
        return self._ids.name(item)

    def prepare(self, item: dict[str, Any], name: str) -> Prepared | None:
        """Make what an item's variants share; None where its profile passes it over. Raises BadRecord."""
        if self.field in item:
            raise BadRecord(f"the item has a field {self.field!r} already; name ours otherwise (--field NAME)")
        profile = self._profile_of(item)
        why = profile.passes_over(item)
        if why:
            self.stats[f"passed over: {why}"] += 1
            return None
        one = Prepared(item, name, profile, texts_of(item, profile, self.fields, self.terms))
        self.stats["items"] += 1
        for path in self.wanted:
            if not values_at(item, path):
                self.stats[f"no field: {path}"] += 1
        return one

    def _prepared(self, item: Any, name: str | None = None) -> Prepared | None:
        try:
            return self.prepare(item, self.name(item) if name is None else name)
        except BadRecord as bad:
            if self.on_bad is None:
                raise
            self.on_bad(bad, item)
            return None

    def _profile_of(self, item: dict[str, Any]) -> Profile:
        if isinstance(self.profile, Profile):
            return self.profile
        if self._found is None:
            self._found = detect(item, self.told)
        return self._found
