"""Variants with the log of each: in a field of its own, or on a line of the sidecar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perturb.core.errors import DataError
from perturb.items.field_paths import get_path
from perturb.items.readers import Record, read
from perturb.items.shape import misfit


def logged(variants: str, field: str = "perturb", sidecar: str = "") -> Iterator[tuple[Record, Any]]:
    """Yield each record with its log, None where it has none (``logged("out.jsonl", sidecar="log.jsonl")``).

    Both files are read as far as is asked for. Raises DataError where a sidecar's lines do not say of which record they are.
    """
    lines = _Lines(sidecar) if sidecar else None
    for n, record in enumerate(read(variants), 1):
        yield record, lines.of(n) if lines is not None else record.item.get(field)


def not_logged(record: Record, log: Any, field: str, sidecar: str = "") -> str:
    """Say where a log is not as a run writes it, and what to do ("out.jsonl:3: field 'perturb' is not there; …"), "" where it is."""
    wrong = misfit(log)
    if not wrong:
        return ""
    if log is None and sidecar:
        said = f"no line of {sidecar} is of this record; expected the sidecar that perturb run wrote with it"
    elif log is None and of_sidecar(record.item):
        said = "a line of a sidecar, which has no texts; expected the file of variants that it was written with"
    elif log is None:
        said = (f"field {field!r} is not there; expected a file that perturb run wrote, not --bare (--field names another field, "
                "--sidecar the file that has it)")  # fmt: skip
    else:
        said = (
            f"{f'its line in {sidecar}' if sidecar else f'field {field!r}'} {wrong}; expected what perturb run writes"
        )
    return f"{record.where}: {said}"


def of_sidecar(item: dict[str, Any]) -> bool:
    """Tell whether a record is a line of a sidecar: the log alone ({"line": 3, "of": …, "edits": …})."""
    return {"line", "of", "edits"} <= item.keys()


def clean_of(new: str, edits: list[dict[str, Any]]) -> str:
    """Undo a field's edits ("hwo far", [How -> hwo] -> "How far"); ValueError where they do not stand in it."""
    parts, at, shift = [], 0, 0
    for e in edits:
        start = e["start"] + shift
        parts += [new[at:start], e["old"]]
        at, shift = start + len(e["new"]), shift + len(e["new"]) - len(e["old"])
        if new[start:at] != e["new"]:
            raise ValueError(f"{e['new']!r} does not stand at {start} of {e['field']!r}")
    return "".join([*parts, new[at:]])


def clean_texts(record: Record, log: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Give each edited field as it was and as it is ({"question": ("How far", "hwo far")}), undoing the edits of the log.

    Raises DataError where the log does not fit the text.
    """
    found = {}
    for field in dict.fromkeys(e["field"] for e in log["edits"]):
        new = get_path(record.item, field)
        try:
            if not isinstance(new, str):
                raise ValueError(f"there is no text {field!r}")
            found[field] = clean_of(new, [e for e in log["edits"] if e["field"] == field]), new
        except ValueError as e:
            raise DataError(
                f"{record.where}: the log does not fit its text: {e}; was one of them edited, or is it another file's?"
            ) from None
    return found


class _Lines:
    """A sidecar's lines, which stand in the order of the records as a run writes them."""

    def __init__(self, sidecar: str) -> None:
        self._records, self._ahead = read(sidecar), dict[str, Any]()

    def of(self, number: int) -> Any:
        """Give the line of a record, None where there is none; each once."""
        while str(number) not in self._ahead:
            record = next(self._records, None)
            if record is None:
                return None
            if "line" not in record.item:
                raise DataError(f"{record.where}: has no 'line'; expected the sidecar that perturb run wrote")
            self._ahead[str(record.item["line"])] = {k: v for k, v in record.item.items() if k != "line"}
        return self._ahead.pop(str(number))
