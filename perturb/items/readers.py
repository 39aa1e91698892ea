"""Reading items: JSON Lines from a file or stdin, or a ``.json`` array; every bad input ends in one clear message."""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any, NamedTuple

import jsonlines

from perturb.core.errors import BadRecord, DataError, UsageError
from perturb.items.codec import TOO_DEEP, loads
from perturb.items.complaints import encoding, hint, kind, syntax

OnBad = Callable[[BadRecord, str], None]
Tap = Callable[[bytes], object]


class Record(NamedTuple):
    """One item as it was read, and where ("items.jsonl:7")."""

    line: int
    item: dict[str, Any]
    where: str


def read(
    path: str | os.PathLike[str], *, on_bad: OnBad | None = None, tap: Tap | None = None, limit: int | None = None
) -> Iterator[Record]:
    """Read the items of a file, "-" for stdin; the file is opened at once, its lines are read as they are asked for.

    A line that cannot be used is given to ``on_bad(error, raw_line)`` and passed over, or raised as BadRecord
    where there is none. ``tap`` sees all bytes as they are read (``sha256().update``, for the manifest). After
    ``limit`` items the rest goes to ``tap`` as it is, or is not read at all where there is none.
    Raises DataError for a file that cannot be read or holds no item.
    """
    name = os.fspath(path)
    label, file = ("<stdin>", _stdin()) if name == "-" else (name, _open(name))
    return _records(file, label, on_bad, tap, limit)


def _stdin() -> IO[bytes]:
    if sys.stdin is None or sys.stdin.closed:
        raise DataError("<stdin>: closed; expected one JSON object a line")
    return sys.stdin.buffer


def _open(name: str) -> IO[bytes]:
    if not name:
        raise UsageError("the input's name is empty; expected a JSON Lines file, or - for stdin")
    path = Path(name)
    try:
        if path.is_dir():
            inside = sorted(p.name for p in path.iterdir() if p.suffix in (".jsonl", ".json"))
            hint = f"; it holds {', '.join(inside[:5])}{' …' if len(inside) > 5 else ''}" if inside else ""
            raise DataError(f"{name}: is a directory; expected a JSON Lines file{hint}")
        return open(path, "rb")
    except FileNotFoundError:
        near = get_close_matches(path.name, _names(path.parent), n=1)
        hint = f"; did you mean {str(path.with_name(near[0]))!r}?" if near else ""
        raise DataError(f"{name}: no such file{hint}") from None
    except OSError as e:
        raise DataError(f"{name}: cannot be read ({_why(e)})") from None
    except ValueError:
        raise DataError(f"{name!r}: not a file name") from None


def _names(folder: Path) -> list[str]:
    try:
        return [p.name for p in folder.iterdir()]
    except OSError:
        return []


def _why(e: OSError) -> str:
    return (e.strerror or str(e)).lower()


def _records(file: IO[bytes], label: str, on_bad: OnBad | None, tap: Tap | None, limit: int | None) -> Iterator[Record]:
    lines = _Lines(file, label, tap)
    seen, given = False, 0
    try:
        for record in _array(lines, on_bad) if lines.is_array() else _each(lines, on_bad):
            seen = True
            if record is not None:
                given += 1
                yield record
                if given == limit:
                    lines.skip()
                    break
    finally:
        if file is not getattr(sys.stdin, "buffer", None):
            file.close()
    if not seen:
        raise DataError(f"{label}: is empty; expected one JSON object a line")


class _Lines:
    """Give a file's lines as bytes and remember the one that was given last."""

    def __init__(self, file: IO[bytes], label: str, tap: Tap | None) -> None:
        self.label, self.line, self.raw, self.offset = label, 0, b"", 0
        self._file, self._tap = file, tap

    def is_array(self) -> bool:
        """Tell whether this is a ``.json`` file that holds an array."""
        if not self.label.endswith(".json"):
            return False
        peek = getattr(self._file, "peek", None)
        head: bytes = peek(4096) if peek else b""
        return head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"["

    def rest(self) -> bytes:
        """Read all there is, at once."""
        try:
            raw = self._file.read()
        except OSError as e:
            raise DataError(f"{self.label}: cannot be read ({_why(e)})") from None
        if self._tap is not None:
            self._tap(raw)
        self.offset = 3 if raw.startswith(codecs.BOM_UTF8) else 0
        return raw[self.offset :]

    def skip(self) -> None:
        """Show the tap all there is, unread."""
        try:
            while self._tap is not None and (block := self._file.read(1 << 20)):
                self._tap(block)
        except OSError as e:
            raise DataError(f"{self.label}: cannot be read ({_why(e)})") from None

    def __iter__(self) -> Iterator[bytes]:
        # A binary file's lines end at \n alone: U+2028 and its like stay inside their strings.
        next_offset = 0
        try:
            for raw in self._file:
                if self._tap is not None:
                    self._tap(raw)
                self.line += 1
                self.offset = next_offset
                next_offset += len(raw)
                if self.line == 1 and raw.startswith(codecs.BOM_UTF8):
                    raw = raw[3:]
                    self.offset = 3
                # Without its end, or a string that is cut would seem to hold a control character.
                self.raw = raw = raw.rstrip(b"\r\n")
                yield raw
        except OSError as e:
            raise DataError(f"{self.label}:{self.line + 1}: cannot be read ({_why(e)})") from None


def _each(lines: _Lines, on_bad: OnBad | None) -> Iterator[Record | None]:
    """Yield a record for each line, None for a bad one that ``on_bad`` took."""
    reader = jsonlines.Reader(lines, loads=loads)
    while True:
        try:
            item: Any = reader.read(allow_none=True, skip_empty=True)
        except EOFError:
            return
        except jsonlines.InvalidLineError as e:
            bad = _bad_line(lines, e.__cause__ or e)
        else:
            where = f"{lines.label}:{lines.line}"
            if type(item) is dict:
                yield Record(lines.line, item, where)
                continue
            bad = BadRecord(f"found {kind(item)}; expected a JSON object, {{…}}{hint(lines.raw, lines.line)}", where)
        if on_bad is None:
            raise bad
        on_bad(bad, lines.raw.decode("utf-8", "backslashreplace"))
        yield None


def _bad_line(lines: _Lines, cause: BaseException) -> BadRecord:
    where = f"{lines.label}:{lines.line}"
    if isinstance(cause, UnicodeDecodeError):
        return BadRecord(encoding(lines.raw, cause, lines.offset), where)
    if isinstance(cause, json.JSONDecodeError):
        return BadRecord(syntax(cause) + hint(lines.raw, lines.line), f"{where}:{cause.pos + 1}")
    return BadRecord(str(cause), where)


def _array(lines: _Lines, on_bad: OnBad | None) -> Iterator[Record | None]:
    """Yield the objects of one JSON array, each with the line that it starts on."""
    raw = lines.rest()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as e:
        line = raw.count(b"\n", 0, e.start) + 1
        raise DataError(f"{lines.label}:{line}: {encoding(raw, e, lines.offset)}") from None
    line, counted = 1, 0
    for at, end in _elements(text, lines.label):
        line += text.count("\n", counted, at)
        counted, where = at, f"{lines.label}:{line}"
        try:
            item = loads(text[at:end])
            if type(item) is dict:
                yield Record(line, item, where)
                continue
            bad = BadRecord(f"found {kind(item)} in the array; expected JSON objects, {{…}}", where)
        except ValueError as e:
            bad = BadRecord(str(e), where)
        if on_bad is None:
            raise bad
        on_bad(bad, text[at:end])
        yield None


# Numbers stay text here: this pass only finds where each element ends.
_scan = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
_space = re.compile(r"[ \t\r\n]*").match


def _elements(text: str, label: str) -> Iterator[tuple[int, int]]:
    """Yield where each element of a JSON array starts and ends."""
    at = _over(text, text.index("[") + 1)
    more = text[at : at + 1] != "]"
    try:
        while more:
            _, end = _scan(text, at)
            yield at, end
            at = _over(text, end)
            more = text[at : at + 1] == ","
            if not more and text[at : at + 1] != "]":
                raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
            at = _over(text, at + 1) if more else at
        if text[at + 1 :].strip():
            raise json.JSONDecodeError("Extra data", text, _over(text, at + 1))
    except json.JSONDecodeError as e:
        raise DataError(f"{label}:{e.lineno}:{e.colno}: {syntax(e)}") from None
    except RecursionError:
        raise DataError(f"{label}:{text.count(chr(10), 0, at) + 1}: {TOO_DEEP}") from None


def _over(text: str, at: int) -> int:
    m = _space(text, at)
    return m.end() if m else at
