"""Files for tools that read files: what ``perturb run`` wrote, in the form of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from perturb.core.errors import BadRecord, DataError
from perturb.integrations.export_files import write
from perturb.integrations.promptfoo_tests import promptfoo_csv
from perturb.integrations.question import asked_now
from perturb.integrations.writers import WRITERS
from perturb.items.detect import detect
from perturb.items.logged import logged, not_logged
from perturb.items.profiles import Profile
from perturb.items.shape import misfit

KEEPS_ALL = ("csv", "parquet")  # no scorer of its own that would hold a variant against the old answer


def export(
    path: str, tool: str, output: str, *, expect: frozenset[str] = frozenset(), profile: Profile | None = None,
    field: str = "perturb", sidecar: str = "", force: bool = False, told: Mapping[str, Any] | None = None,
) -> tuple[int, Counter[str]]:  # fmt: skip
    """Write a file of variants for a tool (``export("out.jsonl", "deepeval", "goldens.jsonl")``); rows, and what was left out.

    What the old answer does not hold for is left out unless ``expect`` names it (csv and parquet hold all); then the row has in its
    place what is right now. ``told`` are fields that flags name over the profile that is found ({"id": "nr"}). Raises DataError
    for a file without the field ``perturb``.
    """
    writer = promptfoo_csv if tool == "promptfoo" and output.endswith(".csv") else WRITERS[tool]
    wanted = expect or (frozenset() if tool in KEEPS_ALL else frozenset({"same"}))
    left: Counter[str] = Counter()
    rows = []
    for where, item, record in _records(path, field, sidecar):
        if wanted and record["variant"] and record["expect"] not in wanted:
            left[record["expect"]] += 1
            continue
        profile = profile or detect(item, told)
        try:
            row = writer(item, asked_now(item, profile, record), record)
        except BadRecord as bad:
            raise BadRecord(bad.reason, where) from None
        rows.append({**row, field: json.dumps(record, ensure_ascii=False)} if tool == "parquet" else row)
    if not rows:
        raise DataError(
            f"{path}: nothing is left to export; of its variants, {sum(left.values())} expect something else"
        )
    write(rows, tool, output, force, [path, *filter(None, [sidecar])])
    return len(rows), left


def _records(path: str, field: str, sidecar: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield each item without our field, and what that says."""
    for record, told in logged(path, field, sidecar):
        if wrong := misfit(told):
            raise DataError(f"{record.where}: {not_logged(told, wrong, field, sidecar)}")
        yield record.where, {key: value for key, value in record.item.items() if key != field}, told
