"""The attempts that a manifest lists: written and read a line at a time, so that there may be millions.

They stand last in the manifest, an item a line, from the line ``"attempts": [`` on. A manifest that was written
otherwise since is read whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from perturb.core.errors import DataError
from perturb.items.file_access import why
from perturb.recall import checked

_MARK = b' "attempts": [\n'


def lines_of(path: str | Path) -> Iterator[str]:
    """Read a file's lines, without their ends."""
    with open(path, encoding="utf-8", newline="\n") as f:
        for line in f:
            yield line[:-1]


def with_attempts(manifest: str, lines: Iterable[str] | None) -> Iterator[str]:
    """Write a manifest's text with attempts at its end, a line of JSON each; as it is where there are none to list."""
    if lines is None:
        yield manifest
        return
    yield manifest.removesuffix("\n}\n") + ',\n "attempts": [\n'
    before = "  "
    for line in lines:
        yield before + line
        before = ",\n  "
    yield "\n ]\n}\n" if before != "  " else " ]\n}\n"


def parted(path: str | Path) -> tuple[bytes, int]:
    """Read a manifest but for its attempts: (JSON whose list of attempts is empty or whole, where they begin or 0)."""
    head: list[bytes] = []
    with open(path, "rb") as f:
        for line in f:
            head.append(line)
            if line == _MARK:
                return b"".join(head) + b"]}", f.tell()
    return b"".join(head), 0


class Attempts:
    """What a manifest lists of each item (["q7", "2:3 7+"]), read as it is gone through.

    ``entries`` where the list was read whole, else it begins in the file at ``at``. DataError where something in it is
    not as a run wrote it.
    """

    def __init__(self, path: str | Path, at: int, entries: Any) -> None:
        self.path, self.at, self.entries = str(path), at, entries

    def __iter__(self) -> Iterator[list[str]]:
        for entry in self._lines() if self.at else self.entries:
            yield checked(entry, self.path)

    def _lines(self) -> Iterator[Any]:
        try:
            with open(self.path, "rb") as f:
                f.seek(self.at)
                for line in f:
                    if line.startswith(b" ]"):
                        return
                    try:
                        entry = json.loads(line.strip().removesuffix(b","))
                    except (ValueError, RecursionError):
                        entry = line
                    yield entry
        except OSError as e:
            raise DataError(f"{self.path}: cannot be read ({why(e)})") from None
        raise DataError(f"{self.path}: attempts: the list does not end; expected the JSON that perturb run wrote")
