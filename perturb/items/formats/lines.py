"""JSON Lines: an object a line, each with its place, and one message for a line that is none."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

import jsonlines

from perturb.core.errors import BadRecord, DataError
from perturb.items.codec import loads
from perturb.items.complaints import encoding, hint, kind, syntax
from perturb.items.file_access import why

OnBad = Callable[[BadRecord, str], None]


class Record(NamedTuple):
    """One item as it was read, and where ("items.jsonl:7"); ``raw`` is its JSON where the file has it so."""

    line: int
    item: dict[str, Any]
    where: str
    raw: bytes = b""


def records(file: IO[bytes], label: str, on_bad: OnBad | None) -> Iterator[Record | None]:
    """Yield a record for each line, None for a bad one that ``on_bad`` took."""
    lines = Lines(file, label)
    reader = jsonlines.Reader(lines, loads=loads)
    while True:
        try:
            item: Any = reader.read(allow_none=True, skip_empty=True)
        except EOFError:
            return
        except jsonlines.InvalidLineError as e:
            bad = _bad_line(lines, e.__cause__ or e)
        else:
            where = f"{label}:{lines.line}"
            if type(item) is dict:
                yield Record(lines.line, item, where, lines.raw)
                continue
            bad = BadRecord(f"found {kind(item)}; expected a JSON object, {{…}}{hint(lines.raw, lines.line)}", where)
        if on_bad is None:
            raise bad
        on_bad(bad, lines.raw.decode("utf-8", "backslashreplace"))
        yield None


_MARKS = (codecs.BOM_UTF8, b"\x1e")  # of files that were put together; of RFC 7464


class Lines:
    """Give a file's lines as bytes and remember the one that was given last."""

    def __init__(self, file: IO[bytes], label: str) -> None:
        self.label, self.line, self.raw, self.offset = label, 0, b"", 0
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        # A binary file's lines end at \n alone: U+2028 and its like stay inside their strings.
        next_offset = 0
        try:
            for raw in self._file:
                self.line += 1
                self.offset = next_offset
                next_offset += len(raw)
                # jsonlines would pass over such a mark on any line, and ``raw`` would not be JSON.
                while raw.startswith(_MARKS):
                    size = 1 if raw.startswith(b"\x1e") else 3
                    raw = raw[size:]
                    self.offset += size
                # Without its end, or a string that is cut would seem to hold a control character.
                self.raw = raw = raw.rstrip(b"\r\n")
                yield raw
        except OSError as e:
            raise DataError(f"{self.label}:{self.line + 1}: cannot be read ({why(e)})") from None


def _bad_line(lines: Lines, cause: BaseException) -> BadRecord:
    where = f"{lines.label}:{lines.line}"
    if isinstance(cause, UnicodeDecodeError):
        return BadRecord(encoding(lines.raw, cause, lines.offset), where)
    if isinstance(cause, json.JSONDecodeError):
        return BadRecord(syntax(cause) + hint(lines.raw, lines.line), f"{where}:{cause.pos + 1}")
    return BadRecord(str(cause), where)
