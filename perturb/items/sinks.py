"""Writing records: JSON Lines to stdout, or to a file that appears whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

import jsonlines

from perturb.core.errors import BadRecord, DataError, UsageError
from perturb.items.codec import dumps

_CHUNK = 1 << 18  # bytes gathered before they go to the file


class Sink:
    """Write records to a file or, for "-", to stdout (``with Sink("out.jsonl") as out: out.write({"a": 1})``).

    A file is written under another name in the same folder and moved to its own at the end; after an error, a
    Ctrl-C or a kill, what stood under that name stands there still. Devices and pipes are written directly.
    Raises UsageError, before anything is read or written, for an output that exists (without ``force``), is one
    of ``inputs``, is a directory or lies in none.
    """

    def __init__(self, path: str | os.PathLike[str], *, force: bool = False, inputs: Iterable[str] = ()) -> None:
        self.path = os.fspath(path)
        self.label = "<stdout>" if self.path == "-" else self.path
        self.count = 0  # records written
        self.size = 0  # bytes written
        self._hash = sha256()
        self._out: IO[bytes] | None = None
        self._temp: Path | None = None
        self._final: Path | None = None if self.path == "-" else checked(self.path, force=force, inputs=inputs)

    def __enter__(self) -> Sink:
        if self._final is None:
            if sys.stdout is None:
                raise DataError("<stdout>: closed; give an output file with -o")
            self._out = sys.stdout.buffer
        elif _direct(self._final):
            self._out = self._opened(self._final, os.O_WRONLY)
        else:
            self._temp = self._final.with_name(f".perturb-{secrets.token_hex(6)}.part")
            self._out = self._opened(self._temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        # The writer sees this object as its file: bytes are hashed and counted on their way.
        self._tee = _Tee(self)
        self._lines = jsonlines.Writer(cast("IO[bytes]", self._tee), dumps=_encoded)
        return self

    def _opened(self, path: Path, flags: int) -> IO[bytes]:
        try:
            return os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0), 0o666), "wb", buffering=_CHUNK)
        except OSError as e:
            raise UsageError(f"{self.label}: cannot be written ({_why(e)})") from None

    def write(self, record: Any) -> None:
        """Write one record as a line of JSON; BadRecord where it is not JSON (a set, NaN)."""
        try:
            self._lines.write(record)
        except OSError as e:
            raise self._failed(e) from None
        except (TypeError, ValueError, RecursionError) as e:
            raise BadRecord(f"record {self.count + 1} cannot be written as JSON ({e})", self.label) from None
        self.count += 1

    def write_text(self, text: str) -> None:
        """Write text as it is, as UTF-8 (a manifest)."""
        self.write_bytes(text.encode())

    def write_bytes(self, data: bytes) -> None:
        """Write bytes as they are (a replay's)."""
        try:
            self._tee.write(data)
        except OSError as e:
            raise self._failed(e) from None

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of all that was written, in hex."""
        return self._hash.hexdigest()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._drop()

    def _finish(self) -> None:
        assert self._out is not None
        try:
            self._out.flush()
            if self._temp is None or self._final is None:
                return
            os.fsync(self._out.fileno())
            self._out.close()
            if self._final.exists():
                shutil.copymode(self._final, self._temp)
            os.replace(self._temp, self._final)
            self._temp = None
            _sync(self._final.parent)
        except OSError as e:
            raise self._failed(e) from None

    def _drop(self) -> None:
        """Close what is open and remove what is half-written; the error that led here is the one to show."""
        if self._final is not None and self._out is not None:
            with contextlib.suppress(OSError):
                self._out.close()
        if self._temp is not None:
            self._temp.unlink(missing_ok=True)
            self._temp = None

    def _failed(self, e: OSError) -> BaseException:
        if isinstance(e, BrokenPipeError):
            return e  # the reader has seen enough: the CLI ends quietly
        left = "" if self._temp is None else f"; nothing was written under that name ({self.count} records were done)"
        return DataError(f"{self.label}: cannot be written ({_why(e)}){left}")


class Rejects(Sink):
    """Write bad records with their reasons: {"line": 7, "reason": "…", "record": "the line as it was"}."""

    def __call__(self, bad: BadRecord, raw: str) -> None:
        """Take a bad record: this is an ``on_bad`` for ``read``."""
        m = _LINE.search(bad.where)
        self.write({"line": int(m[1]) if m else None, "reason": bad.reason, "record": raw})


_LINE = re.compile(r":(\d+)(?::\d+)?$")


class _Tee:
    """What jsonlines.Writer takes for its file."""

    def __init__(self, sink: Sink) -> None:
        assert sink._out is not None
        self._sink, self._put, self._hash = sink, sink._out.write, sink._hash.update

    def write(self, data: bytes) -> int:
        self._hash(data)  # refuses str, as jsonlines expects of a binary file
        self._sink.size += len(data)
        return self._put(data)


def _encoded(record: Any) -> bytes:
    return dumps(record).encode()


def checked(path: str, *, force: bool = False, inputs: Iterable[str] = ()) -> Path:
    """Check that a file may be written (-> its real path, links followed); UsageError says what is in the way."""
    if not path:
        raise UsageError("an output's name is empty; give a file name, or leave the option out")
    try:
        # A link to a device or pipe (/dev/stdout) has no real path to speak of.
        final = Path(path) if _direct(Path(path)) else Path(os.path.realpath(path))
        for other in inputs:
            if other != "-" and _same(final, other):
                raise UsageError(f"{path}: is the same file as {other}; give another name for the output")
        if final.is_dir():
            raise UsageError(f"{path}: is a directory; give a file name in it")
        if not final.parent.is_dir():
            raise UsageError(f"{path}: cannot be written (no folder {str(Path(path).parent)!r}); make it first")
        if final.exists() and not _direct(final) and not force:
            raise UsageError(f"{path}: exists already; give another name, or --force to replace it")
    except OSError as e:
        raise UsageError(f"{path}: cannot be written ({_why(e)})") from None
    except ValueError:
        raise UsageError(f"{path!r}: not a file name") from None
    return final


def _same(final: Path, other: str) -> bool:
    try:
        return os.path.samefile(final, other)
    except OSError:
        return str(final) == os.path.realpath(other)


def _direct(path: Path) -> bool:
    """Tell whether a path is a device, pipe or socket (/dev/null), which nothing can be moved over."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _sync(folder: Path) -> None:
    """Make the new name itself last; folders cannot be opened everywhere, and then there is nothing to do."""
    try:
        fd = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(fd)
    except OSError:
        pass  # not on this file system
    finally:
        os.close(fd)


def _why(e: OSError) -> str:
    return "no space left on the device" if e.errno == errno.ENOSPC else (e.strerror or str(e)).lower()
