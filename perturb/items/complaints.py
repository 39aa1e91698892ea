"""What was found in an input file and what was expected, said in one line."""

from __future__ import annotations

import codecs
import json
from typing import Any

_EXPECTED = (
    ("Expecting property name", "expected a key in double quotes"),
    ("Expecting ':'", 'expected ":" after the key'),
    ("Expecting ',' delimiter", 'expected "," or the end of the object or list'),
    ("Expecting value", "expected a JSON value"),
    ("Unterminated string", "a string that starts here does not end on this line"),
    ("Invalid control character", r"a control character must be written as an escape (\t, \n, \u0000)"),
    ("Invalid \\", r"expected an escape such as \n, \" or \u00e9 (a backslash itself is \\)"),
    ("Extra data", "expected the end of the line after the object"),
    ("Illegal trailing comma", "expected no comma before the closing bracket"),
)
_KINDS = {list: "a JSON array", str: "a string", bool: "a truth value", type(None): "null"}


def kind(value: Any) -> str:
    """Name the kind of a JSON value that is not an object ([1] -> "a JSON array")."""
    return _KINDS.get(type(value), "a number")


def syntax(error: json.JSONDecodeError) -> str:
    """Say what stands where the JSON goes wrong, and what should."""
    text, at = error.doc, error.pos
    near = text[at : at + 24].rstrip("\r\n")
    found = f"found {near!r}{'…' if len(text) > at + 24 else ''}" if near else "found the end of the line"
    return f"not JSON: {found}; {next((said for start, said in _EXPECTED if error.msg.startswith(start)), error.msg)}"


_MAGIC = (
    (b"\x1f\x8b", "looks like gzip: unpack it first (gunzip -k FILE)"),
    (b"PK\x03\x04", "looks like a zip archive: unpack it first"),
    (b"PAR1", "looks like Parquet: convert it to JSON Lines first"),
    (b"\x28\xb5\x2f\xfd", "looks like zstd: unpack it first"),
)


def hint(raw: bytes, number: int) -> str:
    """Say what the file probably is, where its first line tells ("a,b" -> "; the file looks like a table…")."""
    if number > 1:
        return ""
    line = raw.strip()
    for magic, what in _MAGIC:
        if line.startswith(magic):
            return f"; the file {what}"
    if line.count(b"\0") * 4 > len(line):
        return "; the file looks like UTF-16: convert it (iconv -f UTF-16 -t UTF-8)"
    if line in (b"{", b"["):
        return "; a document over several lines must be an array in a .json file (or: jq -c, one object a line)"
    if line.startswith(b"["):
        return '; if the file is one array of objects, name it .json (or: jq -c ".[]")'
    if line[:1] not in (b"{", b'"') and (b"," in line or b"\t" in line):
        return "; the file looks like a table: convert it to JSON Lines first"
    return ""


def encoding(raw: bytes, error: UnicodeDecodeError, offset: int) -> str:
    """Say where bytes are not UTF-8 and what they look like; ``offset`` is where ``raw`` starts in the file."""
    at = error.start
    said = f"not UTF-8 at byte {offset + at} of the file (0x{raw[at]:02x})"
    if offset == 0:
        for magic, what in _MAGIC:
            if raw.startswith(magic):
                return f"{said}; it {what}"
        if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return f"{said}; it looks like UTF-16: convert the file (iconv -f UTF-16 -t UTF-8)"
    if raw[at] == 0xED and raw[at + 1 : at + 2] >= b"\xa0":
        return f"{said}; it is half of a surrogate pair written as bytes: write it as an escape like \\ud83d"
    if error.reason == "unexpected end of data":
        return f"{said}; the file ends inside a character: it was cut"
    guess = "Windows-1252" if any(0x80 <= b <= 0x9F for b in raw) else "Latin-1 or Windows-1252"
    return f"{said}; it looks like {guess}: convert the file (iconv -f WINDOWS-1252 -t UTF-8)"
