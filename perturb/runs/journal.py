"""The journal beside a half-written output: what the run is, and how much of it is surely done.

A line of JSON says what the run is; each further line, how far it came: entries read, sizes and hashes of the files so
far, counts. A line is written once the data it speaks of is on the disk; a last line that is cut counts for nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perturb.core.errors import DataError, UsageError
from perturb.items.file_access import beside, moved, sync, why

EVERY = 2.0  # seconds between two lines


@dataclass
class State:
    """How far a run came."""

    at: int = 0  # entries of the stream
    chain: str = ""  # their hash
    files: dict[str, list[Any]] = field(default_factory=dict)  # output, sidecar, rejects: size, count, sha256
    rejected: int = 0
    first_reject: str = ""
    stats: dict[str, int] = field(default_factory=dict)
    blocks: list[list[int]] = field(default_factory=list)  # of a shard: records and rejects of each


class Journal:
    """Write the journal of an output (``Journal(Path("out.jsonl"))``), or take up the one that lies there."""

    def __init__(self, final: Path, output: str = "") -> None:
        self.path, self.output = beside(final, "journal"), output or str(final)
        self.label = self.path.name
        self.head: dict[str, Any] = {}
        self.state = State()
        self.finish: dict[str, Any] = {}
        self.sample: list[Any] = []  # of freshness.py: items taken, some of them thrown out later
        self._fd = -1
        self._kept = 0  # blocks that are written already
        self._last = 0.0
        self._good = 0  # bytes up to the end of the last whole line

    # -- what lies there ---------------------------------------------------------------------------------

    def load(self) -> bool:
        """Read the journal that lies there; False where there is none, or none that says what the run was."""
        try:
            data = self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as e:
            raise DataError(f"{self.path}: cannot be read ({why(e)})") from None
        blocks: list[list[int]] = []
        for line in data.splitlines(keepends=True):
            try:
                if not line.endswith(b"\n"):
                    break
                found = json.loads(line)
                if not self.head:
                    if found["journal"] != 1:
                        raise DataError(f"{self.path}: a journal of another perturb; --force starts the run again")
                    self.head = found
                elif "finish" in found:
                    self.finish = found["finish"]
                else:
                    blocks[found.pop("from") :] = found["blocks"]
                    self.sample += found.pop("sample")
                    self.state = State(**{**found, "blocks": []})
            except (ValueError, KeyError, TypeError, AttributeError):
                break
            self._good += len(line)
        self.state.blocks = blocks
        self._kept = max(0, len(blocks) - 1)
        return bool(self.head)

    # -- writing -----------------------------------------------------------------------------------------

    def begin(self, head: dict[str, Any]) -> None:
        """Write what the run is, over whatever lay there."""
        self._open()
        self.head, self.state, self.finish, self._good, self._kept, self.sample = head, State(), {}, 0, 0, []
        self._cut()
        self._add({"journal": 1, **head})
        sync(self.path.parent)

    def go_on(self) -> None:
        """Write on behind the last whole line."""
        self._open()
        self._cut()

    def _open(self) -> None:
        try:
            self._fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as e:
            raise UsageError(f"{self.output}: cannot be written ({why(e)})") from None
        with contextlib.suppress(ImportError):
            import fcntl

            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._fd)
                self._fd = -1
                raise UsageError(f"{self.output}: another perturb is writing it now") from None
            except OSError:
                pass  # a file system without locks

    def _cut(self) -> None:
        os.ftruncate(self._fd, self._good)
        os.lseek(self._fd, self._good, os.SEEK_SET)

    def due(self) -> bool:
        """Tell whether it is time for a line."""
        return time.monotonic() - self._last > EVERY

    def note(self, state: State, sample: list[Any]) -> None:
        """Write how far the run came, and what its sample took in; all files must be on the disk up to there."""
        line = {**vars(state), "sample": sample, "from": self._kept, "blocks": state.blocks[self._kept :]}
        self._add(line)
        self.state, self._last, self._kept = state, time.monotonic(), max(0, len(state.blocks) - 1)

    def finishing(
        self, moves: list[tuple[str, str]], drop: list[str], summary: dict[str, Any], ledger: dict[str, Any] | None
    ) -> None:
        """Write that all is done but the adding to a ledger and the moving of the files to their names."""
        finish = {"moves": moves, "drop": drop, "summary": summary, "ledger": ledger}
        self._add({"finish": finish})
        self.finish = finish

    def _add(self, line: dict[str, Any]) -> None:
        data = json.dumps(line).encode() + b"\n"
        try:
            left = data
            while left:
                left = left[os.write(self._fd, left) :]
            os.fsync(self._fd)
        except OSError as e:
            raise DataError(f"{self.output}: cannot be written ({why(e)})") from None
        self._good += len(data)

    def there(self) -> bool:
        """Tell whether the journal still lies where it was made."""
        try:
            mine, other = os.fstat(self._fd), os.stat(self.path)
        except OSError:
            return False
        return (mine.st_ino, mine.st_dev) == (other.st_ino, other.st_dev)

    # -- the end -----------------------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the file and leave it there."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def remove(self) -> None:
        """Take the journal away, if it is this run's: the run is whole, or nothing of it is left."""
        if self._fd < 0:
            return  # another run's, which is writing it
        with contextlib.suppress(OSError):
            self.path.unlink()
        self.close()


def finished(journal: Journal) -> None:
    """Do what a run left to do that was killed while its files were moved to their names."""
    for temp, final in journal.finish["moves"]:
        try:
            if os.path.exists(temp):
                moved(Path(temp), Path(final))
            elif not os.path.exists(final):
                raise DataError(f"{final}: is not there, and neither is {temp}; --force starts the run again")
        except OSError as e:
            raise DataError(f"{final}: cannot be written ({why(e)})") from None
    for temp in journal.finish["drop"]:
        with contextlib.suppress(OSError):
            os.unlink(temp)
    journal.remove()
