"""What a run reads: its files as they were when it began, and a pipe's bytes as they come."""

from __future__ import annotations

import os
from hashlib import sha256

from perturb.core.errors import InputChanged
from perturb.items.readers import regular
from perturb.runs.same import file_sha256


class Inputs:
    """Know a run's inputs and notice when one changes under way (``Inputs(["items.jsonl"]).unchanged()``).

    With ``hashed`` the files are read once for their hashes, before anything is done.
    """

    def __init__(self, paths: list[str], hashed: bool = False) -> None:
        self.paths = paths
        self.size = sum(os.path.getsize(p) for p in paths if regular(p))
        self._pipes = {p: sha256() for p in paths if not regular(p)}
        self._stamps = {p: _stamp(p) for p in paths if regular(p)}
        self._hashes: dict[str, str] = {}
        if hashed:
            self._hashes = {p: file_sha256(p) for p in self._stamps}

    def tap(self, path: str, data: bytes) -> None:
        """See bytes of an input; those of a pipe are hashed now or never."""
        if path in self._pipes:
            self._pipes[path].update(data)

    @property
    def hashes(self) -> dict[str, str]:
        """Give each input's absolute path with its SHA-256; a pipe's is whole once all of it has been read."""
        found = {**self._hashes, **{p: h.hexdigest() for p, h in self._pipes.items()}}
        return {p if p == "-" else os.path.abspath(p): found[p] for p in self.paths if p in found}

    def unchanged(self) -> None:
        """Raise InputChanged where a file is not what it was."""
        for path, was in self._stamps.items():
            try:
                now = _stamp(path)
            except OSError:
                raise InputChanged(f"{path}: was taken away while it was read; put it back") from None
            if now == was:
                continue
            if now[0] == was[0] and path in self._hashes and file_sha256(path) == self._hashes[path]:
                continue  # touched, or put in place again
            size = f"{was[0]} bytes, now {now[0]}" if now[0] != was[0] else "other bytes"
            raise InputChanged(f"{path}: changed while it was read ({size}); put it back as it was")


def _stamp(path: str) -> tuple[int, int, int]:
    s = os.stat(path)
    return s.st_size, s.st_mtime_ns, s.st_ino
