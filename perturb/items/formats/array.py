"""A JSON array of objects, read an element at a time: memory holds the element, not the file."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO

from perturb.core.errors import BadRecord, DataError
from perturb.items.codec import TOO_DEEP, loads
from perturb.items.complaints import encoding, kind, syntax
from perturb.items.file_access import why
from perturb.items.formats.lines import OnBad, Record

_BLOCK = 1 << 18
# Numbers stay text here: this pass only finds where each element ends.
_scan = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
_space = re.compile(r"[ \t\r\n]*").match
_UNFINISHED = 16  # characters before a window's end where what looks wrong may only be cut ("tru", "\\u00")


def is_array(head: bytes) -> bool:
    """Tell whether a file that begins so holds an array."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"["


def records(file: IO[bytes], label: str, on_bad: OnBad | None) -> Iterator[Record | None]:
    """Yield the objects of one JSON array, each with the line that it starts on."""
    window = _Window(file, label)
    for text in _elements(window):
        where = f"{label}:{window.line}"
        try:
            item = loads(text)
            if type(item) is dict:
                yield Record(window.line, item, where)
                continue
            bad = BadRecord(f"found {kind(item)} in the array; expected JSON objects, {{…}}", where)
        except ValueError as e:
            bad = BadRecord(str(e), where)
        if on_bad is None:
            raise bad
        on_bad(bad, text)
        yield None


class _Window:
    """The part of a file's text that is in memory, and where in the file it begins."""

    def __init__(self, file: IO[bytes], label: str) -> None:
        self.file, self.label, self.text, self.at, self.ended, self._begun = file, label, "", 0, False, False
        self.line, self.column, self.offset = 1, 0, 0  # of the text's character ``at``; of the next byte
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def more(self) -> None:
        """Read on, twice as much as is still there; what is done with is forgotten."""
        kept = self.text[self.at :]
        try:
            raw = self.file.read(max(_BLOCK, len(kept)))
        except OSError as e:
            raise DataError(f"{self.label}:{self.line}: cannot be read ({why(e)})") from None
        self.ended = not raw
        try:
            new = self._decode(raw, self.ended)
        except UnicodeDecodeError as e:
            pending = len(e.object) - len(raw)
            line = self.line + kept.count("\n") + e.object.count(b"\n", 0, e.start)
            raise DataError(f"{self.label}:{line}: {encoding(e.object, e, self.offset - pending)}") from None
        if new and not self._begun:
            self._begun, new = True, new.removeprefix("\ufeff")
        self.offset += len(raw)
        self.text, self.at = kept + new, 0

    def to(self, at: int) -> None:
        """Go forward to a place of the text."""
        lines = self.text.count("\n", self.at, at)
        self.line += lines
        self.column = at - self.text.rindex("\n", self.at, at) - 1 if lines else self.column + at - self.at
        self.at = at

    def peek(self) -> str:
        """Go over white space and give the character that stands there, "" at the end."""
        while True:
            m = _space(self.text, self.at)
            self.to(m.end() if m else self.at)
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self.more()

    def wrong(self, e: json.JSONDecodeError) -> DataError:
        """Say what is wrong with the JSON, and where in the file."""
        self.to(max(self.at, e.pos))
        return DataError(f"{self.label}:{self.line}:{self.column + 1}: {syntax(e)}")


def _elements(window: _Window) -> Iterator[str]:
    """Yield the text of each element; the window stands at its start meanwhile."""
    window.peek()
    window.to(window.at + 1)  # the bracket
    more = window.peek() != "]"
    while more:
        window.peek()
        end = _end(window)
        yield window.text[window.at : end]
        window.to(end)
        mark = window.peek()
        more = mark == ","
        if mark not in (",", "]") or not mark:
            raise window.wrong(json.JSONDecodeError("Expecting ',' delimiter", window.text, window.at))
        if more:
            window.to(window.at + 1)
    window.to(window.at + 1)
    if window.peek():
        raise window.wrong(json.JSONDecodeError("Extra data", window.text, window.at))


def _end(window: _Window) -> int:
    """Find where the element that starts here ends, reading on as far as that takes."""
    while True:
        try:
            _, end = _scan(window.text, window.at)
            if end < len(window.text) or window.ended:
                return end
        except json.JSONDecodeError as e:
            cut = e.msg.startswith("Unterminated string") or e.pos >= len(window.text) - _UNFINISHED
            if window.ended or not cut:
                raise window.wrong(e) from None
        except RecursionError:
            raise DataError(f"{window.label}:{window.line}: {TOO_DEEP}") from None
        window.more()
