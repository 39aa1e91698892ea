"""Files for tools that read files: what ``perturb run`` wrote, in the form of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from perturb.core.errors import BadRecord, DataError, UsageError
from perturb.integrations.export_files import write
from perturb.integrations.promptfoo_tests import promptfoo_csv
from perturb.integrations.question import asked_now
from perturb.integrations.writers import WRITERS
from perturb.items.detect import detect
from perturb.items.field_paths import values_at
from perturb.items.logged import clean_texts, logged, not_logged
from perturb.items.profiles import Profile

KEEPS_ALL = ("csv", "parquet")  # no scorer of its own that would hold a variant against the old answer


class Exported(NamedTuple):
    """What was written: rows, how many of them should have their item's answer and have none, and how many variants of each expectation were left out."""

    rows: int
    unanswered: int
    left: Counter[str]


def export(
    path: str, tool: str, output: str, *, expect: frozenset[str] = frozenset(), profile: Profile | None = None,
    field: str = "perturb", sidecar: str = "", force: bool = False, told: Mapping[str, Any] | None = None,
    fields: Iterable[str] = (),
) -> Exported:  # fmt: skip
    """Write a file of variants for a tool (``export("out.jsonl", "deepeval", "goldens.jsonl")``).

    What the old answer does not hold for is left out unless ``expect`` names it (csv and parquet hold all); then the row has in its
    place what is right now. ``told`` are fields that flags name over the profile that is found ({"id": "nr"}), ``fields`` are paths that
    some item must have. Raises DataError for a file without the field ``perturb``, UsageError where no item has one of ``fields``.
    """
    writer = promptfoo_csv if tool == "promptfoo" and output.endswith(".csv") else WRITERS[tool]
    wanted = expect or (frozenset() if tool in KEEPS_ALL else frozenset({"same"}))
    left: Counter[str] = Counter()
    rows, unanswered, absent = [], 0, list(fields)
    for where, item, record in _records(path, field, sidecar):
        absent = [place for place in absent if not values_at(item, place)]
        if wanted and record["variant"] and record["expect"] not in wanted:
            left[record["expect"]] += 1
            continue
        profile = profile or detect(item, told)
        try:
            asked = asked_now(item, profile, record)
            row = writer(item, asked, record)
        except BadRecord as bad:
            raise BadRecord(bad.reason, where) from None
        unanswered += record["expect"] == "same" and not asked.golds
        rows.append({**row, field: json.dumps(record, ensure_ascii=False)} if tool == "parquet" else row)
    if absent:
        raise UsageError(f"{path}: no item has a field {absent[0]!r}; the --…field options name fields of the items")
    if not rows:
        raise DataError(
            f"{path}: nothing is left to export; of its variants, {sum(left.values())} expect something else"
        )
    write(rows, tool, output, force, [path, *filter(None, [sidecar])])
    return Exported(len(rows), unanswered, left)


def _records(path: str, field: str, sidecar: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield each item without our field, and what that says."""
    for record, told in logged(path, field, sidecar):
        if wrong := not_logged(record, told, field, sidecar):
            raise DataError(wrong)
        if sidecar:
            clean_texts(record, told)  # which are paired by their lines alone
        yield record.where, {key: value for key, value in record.item.items() if key != field}, told
