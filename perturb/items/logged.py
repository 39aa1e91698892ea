"""Variants with the log of each: in a field of its own, or on a line of the sidecar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perturb.core.errors import DataError
from perturb.items.readers import Record, read


def logged(variants: str, field: str = "perturb", sidecar: str = "") -> Iterator[tuple[Record, Any]]:
    """Yield each record with its log, None where it has none (``logged("out.jsonl", sidecar="log.jsonl")``).

    Both files are read as far as is asked for. Raises DataError where a sidecar's lines do not say of which record they are.
    """
    lines = _Lines(sidecar) if sidecar else None
    for n, record in enumerate(read(variants), 1):
        yield record, lines.of(n) if lines is not None else record.item.get(field)


def not_logged(log: Any, wrong: str, field: str, sidecar: str = "") -> str:
    """Say what is wrong with a log, and what to do ("field 'perturb' is not there; expected …")."""
    if log is None and sidecar:
        return f"no line of {sidecar} is of this record; expected the sidecar that perturb run wrote with it"
    if log is None:
        return (f"field {field!r} is not there; expected a file that perturb run wrote, not --bare (--field names another field, "
                "--sidecar the file that has it)")  # fmt: skip
    return f"{f'its line in {sidecar}' if sidecar else f'field {field!r}'} {wrong}; expected what perturb run writes"


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
