"""Writing records: JSON Lines to stdout, or a file of any form that appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

import jsonlines

from perturb.core.errors import BadRecord, DataError, UsageError
from perturb.items.codec import dumps
from perturb.items.file_access import beside, checked, direct, moved, why
from perturb.items.formats import KINDS, PACKINGS, Form, form_of, other_form

_CHUNK = 1 << 18  # bytes gathered before they go to the file


class Sink:
    """Write records to a file or, for "-", to stdout (``with Sink("out.jsonl") as out: out.write({"a": 1})``).

    A file is written under another name in the same folder, as JSON Lines, and moved to its own at the end, in the form
    of its ending (``as_lines``: as JSON Lines whatever the ending); after an error, a Ctrl-C or a kill, what stood under
    that name stands there still. Devices and pipes are written directly. With ``part`` the other name is always the
    same ("out.jsonl.part"), and ``keep`` takes the half-written file up again, or leaves it there.
    Raises UsageError, before anything is read or written, for an output that exists (without ``force``), is one
    of ``inputs``, is a directory or lies in none; MissingResource where a form's package is not installed.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, force: bool = False, inputs: Iterable[str] = (), part: bool = False,
        as_lines: bool = False,
    ) -> None:  # fmt: skip
        self.path = os.fspath(path)
        self.label = "<stdout>" if self.path == "-" else self.path
        self.count = 0  # records written
        self.size = 0  # bytes written
        self.values = ""  # of a settled file in a form that promises values alone: their hash
        self.keep = self._placed = False
        self.inputs = list(inputs)
        self._hash = sha256()
        self._out: IO[bytes] | None = None
        self._aside = contextlib.ExitStack()
        self._temps: list[Path] = []
        self.final: Path | None = None if self.path == "-" else checked(self.path, force=force, inputs=self.inputs)
        self.direct = self.final is None or direct(self.final)
        self.part = beside(self.final, "part") if part and self.final is not None and not self.direct else None
        self.form = Form("lines", "") if as_lines or self.direct else form_of(self.path)
        other = "" if as_lines or self.direct else other_form(self.path)
        if other:
            raise UsageError(f"{self.path}: {other} is no form that perturb writes; expected one of {' '.join(KINDS)}, "
                             f"or these with {' or '.join(PACKINGS)}")  # fmt: skip
        if not self.form.plain:
            from perturb.items.formats.encode import possible

            possible(self.form)

    def __enter__(self) -> Sink:
        if self.final is None:
            if sys.stdout is None:
                raise DataError("<stdout>: closed; give an output file with -o")
            self._out = sys.stdout.buffer
            self._aside.enter_context(contextlib.redirect_stdout(sys.stderr))  # what a plugin prints is no record
        elif self.direct:
            self._out = self._opened(self.final, os.O_WRONLY)
        else:
            name = self.part or self.final.with_name(f".perturb-{secrets.token_hex(6)}.part")
            how = os.O_EXCL if self.part is None else 0 if self.keep else os.O_TRUNC
            self._out = self._opened(name, os.O_RDWR | os.O_CREAT | how)
            self._temps.append(name)
        # The writer sees this object as its file: bytes are hashed and counted on their way.
        self._tee = _Tee(self)
        self._lines = jsonlines.Writer(cast("IO[bytes]", self._tee), dumps=_encoded)
        return self

    def _opened(self, path: Path, flags: int) -> IO[bytes]:
        try:
            return os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0), 0o666), "wb", buffering=_CHUNK)
        except OSError as e:
            raise UsageError(f"{self.label}: cannot be written ({why(e)})") from None

    def go_on(self, size: int, count: int) -> None:
        """Take up a half-written file again: its first ``size`` bytes stay, ``count`` records."""
        assert self._out is not None
        try:
            with open(self._temps[0], "rb") as f:
                while self.size < size and (block := f.read(min(1 << 20, size - self.size))):
                    self._hash.update(block)
                    self.size += len(block)
            if self.size == size:
                self._out.seek(size)
                self._out.truncate()
        except OSError as e:
            raise self._failed(e) from None
        self.count = count

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

    def write_bytes(self, data: bytes, records: int = 0) -> None:
        """Write bytes as they are: lines of so many records."""
        try:
            self._tee.write(data)
        except OSError as e:
            raise self._failed(e) from None
        self.count += records

    def flush(self, *, surely: bool = False) -> None:
        """Hand over what is gathered, ``surely`` down to the disk."""
        assert self._out is not None
        try:
            self._out.flush()
            if surely and not self.direct:
                os.fsync(self._out.fileno())
        except OSError as e:
            raise self._failed(e) from None

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of all that was written as JSON Lines, in hex."""
        return self._hash.hexdigest()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.settle()
                self.place()
        finally:
            self._aside.close()
            self._drop()

    def settle(self) -> None:
        """Write the file to its end, in its form, still under another name; once."""
        if self._out is None or (self._out.closed and not self.direct):
            return
        self.flush(surely=True)
        if self.direct or self.final is None:
            return
        self._out.close()
        if self.form.plain:
            return
        from perturb.items.formats.encode import encode

        made = beside(self._temps[0], "made")
        self._temps.append(made)
        try:
            with open(made, "w+b") as out:
                self.values = encode(self._temps[0], out, self.form, self.inputs)
                out.flush()
                os.fsync(out.fileno())
        except OSError as e:
            raise self._failed(e) from None

    def moves(self) -> list[tuple[str, str]]:
        """List what ``place`` will move, once the file is settled: (from, to)."""
        return [] if self.direct or self.final is None else [(str(self._temps[-1]), str(self.final))]

    def place(self) -> None:
        """Give the settled file its name."""
        if self.direct or self.final is None or self._placed:
            return
        try:
            moved(self._temps[-1], self.final)
        except OSError as e:
            raise self._failed(e) from None
        self._temps.pop()
        self._placed = True

    def forget(self) -> None:
        """Leave all files where they are: the journal knows what is to become of them."""
        self._temps = []

    def _drop(self) -> None:
        """Close what is open and remove what is half-written; the error that led here is the one to show."""
        if self.final is not None and self._out is not None:
            with contextlib.suppress(OSError):
                self._out.close()
        for temp in self._temps[1:] if self.keep and not self._placed else self._temps:
            with contextlib.suppress(OSError):
                temp.unlink(missing_ok=True)
        self._temps = []

    def _failed(self, e: OSError) -> BaseException:
        if isinstance(e, BrokenPipeError):
            return e  # the reader has seen enough: the CLI ends quietly
        left = f"; nothing was written under that name ({self.count} records were done)" if self._temps else ""
        return DataError(f"{self.label}: cannot be written ({why(e)}){left}")


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
