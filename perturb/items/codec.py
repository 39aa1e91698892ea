"""JSON as benchmark files have it: nothing lost between reading and writing, and nothing guessed.

The standard library's C decoder with hooks takes about 2 µs for a record of MMLU and its encoder 2; a faster codec would
neither see a key that stands twice nor keep lone surrogates, and writes no space after "," and ":".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

MAX_DEPTH = 100  # brackets in brackets; real items stay below twenty

_SURROGATE = re.compile("[\ud800-\udfff]")
_long_numbers = False  # whether this process has met a number that only its own text says


class LongNumber(float):
    """A number whose text says more than a float holds ("0.10" or twenty digits): written as it was read."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> LongNumber:
        """Read the text; from now on this process looks for such numbers when it writes."""
        global _long_numbers
        _long_numbers = True
        new = super().__new__(cls, text)
        new.text = text
        return new

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        """Say how to copy or pickle it."""
        return (self.text,)


def loads(line: str | bytes) -> Any:
    """Decode one JSON value ('{"a": 0.10}' -> {"a": 0.10}, written back as it stood).

    Raises ValueError (JSONDecodeError where the place is known) for what is not JSON, for NaN and Infinity, for a
    number that no float can hold, for a key that stands twice in an object, and for nesting over ``MAX_DEPTH``.
    """
    text = line if isinstance(line, str) else line.decode("utf-8")
    try:
        value = _decode(text)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    if text.count("{") + text.count("[") > MAX_DEPTH and _deep(value):
        raise ValueError(TOO_DEEP)
    return value


def dumps(value: Any) -> str:
    """Encode one JSON value as benchmark files are mostly written: '{"a": "é"}', one space after "," and ":".

    Lone surrogates are escaped (so the text can always be encoded as UTF-8); keys keep their order.
    """
    return encodable(written(value))


def written(value: Any) -> str:
    """Encode as ``dumps`` does, lone surrogates still as they are: for parts of a line."""
    return _write(value) if _long_numbers and _holds_long(value) else _encode(value)


def encodable(text: str) -> str:
    """Escape the lone surrogates of a text of JSON, so that it can be encoded as UTF-8."""
    if not text.isascii() and _SURROGATE.search(text):
        return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
    return text


TOO_DEEP = f"found brackets nested more than {MAX_DEPTH} deep; expected a plain record"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: list[str] = []
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"found the key {key!r} twice in one object; expected it once")
            seen.append(key)
    return found


def _float(text: str) -> float:
    number = float(text)
    if repr(number) == text:
        return number
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"found {text[:40]}; expected a number below about 1.8e308: write it as a string")
    return LongNumber(text)


def _int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"found a number of {len(text)} digits; expected under 4300: write it as a string") from None


def _constant(name: str) -> Any:
    raise ValueError(f"found {name}, which is not JSON; expected a number, null or a string")


_decode = json.JSONDecoder(object_pairs_hook=_once, parse_float=_float, parse_int=_int, parse_constant=_constant).decode


def encoder(**form: Any) -> Callable[[Any], str]:
    """Make a ``json.dumps`` of fixed form, without the objects that the standard library makes anew for each call."""
    slow = json.JSONEncoder(check_circular=False, ensure_ascii=False, **form)
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    try:
        parts = make(None, slow.default, json.encoder.encode_basestring, None, slow.key_separator,
                     slow.item_separator, slow.sort_keys, slow.skipkeys, slow.allow_nan)  # fmt: skip
    except TypeError:  # a Python without the C part, or with another one
        return slow.encode
    return lambda value: "".join(parts(value, 0))


_encode = encoder(allow_nan=False)
quoted: Callable[[str], str] = json.encoder.encode_basestring


def _deep(value: Any) -> bool:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH + 1:
            return True
        inner: list[Any] = []
        for v in level:
            if isinstance(v, dict):
                inner.extend(v.values())
            elif isinstance(v, list):
                inner.extend(v)
        level = inner
    return False


def _holds_long(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_long(v) for v in value.values())
    if isinstance(value, (list, tuple)):
        return any(_holds_long(v) for v in value)
    return type(value) is LongNumber


def _write(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_encode(key)}: {_write(v)}" for key, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_write, value)) + "]"
    return value.text if type(value) is LongNumber else _encode(value)
