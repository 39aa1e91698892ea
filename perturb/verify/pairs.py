"""Variants beside the clean items they came from: by id, or by the order of the rows where there is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from perturb.core.errors import DataError, UsageError
from perturb.items.detect import detect
from perturb.items.field_paths import values_at
from perturb.items.ids import Ids
from perturb.items.logged import logged, not_logged, of_sidecar
from perturb.items.profiles import Profile
from perturb.items.readers import Record, read
from perturb.items.shape import misfit


class Pair(NamedTuple):
    """A variant with its clean item; ``log`` is what the variant's record says of itself, None where it says nothing."""

    where: str
    of: str
    clean: dict[str, Any]
    item: dict[str, Any]
    log: dict[str, Any] | None
    profile: Profile
    misfit: str = ""  # what is wrong with a log that names no item ("has no 'of'"); there is no clean item then


def pairs(
    variants: str, source: str, *, field: str = "perturb", profile: Profile | None = None, sidecar: str = "",
    told: Mapping[str, Any] | None = None, wanted: Iterable[str] = (),
) -> Iterator[Pair]:  # fmt: skip
    """Yield each variant of a file with its clean item (``pairs("out.jsonl", "items.jsonl")``).

    A record with ``field`` names its item; other files are paired by the profile's id field where all ids are known, else row by
    row, for which the source must have as many rows or divide their number evenly (n variants of each item in a row). ``told`` are
    fields that flags name beside a format that is found ({"id": "nr"}), ``wanted`` are paths that some item must have. Raises
    DataError where a variant has no item, UsageError where no item has a field that is wanted.
    """
    named: dict[str, dict[str, Any]] = {}
    clean: list[dict[str, Any]] = []
    ids: Ids | None = None
    for record in read(source):
        if profile is None:
            profile = detect(record.item, told)
        if ids is None:
            ids = Ids(profile)
        named[ids.name(record.item)] = record.item
        clean.append(record.item)
    if profile is None or ids is None:
        raise DataError(f"{source}: holds no items; expected the clean file that the variants came from")
    for path in wanted:
        if not any(values_at(item, path) for item in clean):
            raise UsageError(f"{source}: no item has a field {path!r}; the --…field options name fields of the items")
    rows = list(logged(variants, field, sidecar))
    if rows and all(log is None for _, log in rows):
        if of_sidecar(rows[0][0].item):
            raise DataError(not_logged(*rows[0], field))
        yield from _unnamed([record for record, _ in rows], named, clean, source, profile)
        return
    for record, log in rows:
        item = {key: value for key, value in record.item.items() if key != field}
        of = log.get("of") if isinstance(log, dict) else None
        if not isinstance(of, str):
            where = "" if log is not None else ", though other records have one; was the file joined from two?"
            yield Pair(record.where, "?", {}, item, None, profile, misfit(log) + where)
        elif of not in named:
            raise DataError(
                f"{record.where}: of item {of!r}, which {source} does not have; is it the file that was perturbed?"
            )
        else:
            yield Pair(record.where, of, named[of], item, log, profile)


def _unnamed(
    rows: list[Record], named: dict[str, dict[str, Any]], clean: list[dict[str, Any]], source: str, profile: Profile
) -> Iterator[Pair]:
    """Pair a file that another tool wrote."""
    keys = [str(row.item.get(profile.id)) for row in rows] if profile.id else []
    if keys and all(key in named for key in keys):
        for row, key in zip(rows, keys):
            yield Pair(row.where, key, named[key], row.item, None, profile)
        return
    times, rest = divmod(len(rows), len(clean))
    if rest or not times:
        raise UsageError(
            f"{len(rows)} variants of {len(clean)} items in {source}: rows have no id to pair them by, and the numbers do not go "
            "into each other; give the field with --id-field, or the file as it was perturbed"
        )
    for n, row in enumerate(rows):
        yield Pair(row.where, str(n // times + 1), clean[n // times], row.item, None, profile)


def shown(value: Any) -> str:
    """Show a value in a line ("…" where it is long)."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace("\n", "\\n")
    return text if len(text) <= 60 else text[:57] + "…"
