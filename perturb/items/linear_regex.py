"""Regular expressions of profiles' files, matched in time that no pattern makes run away.

The standard library's parser reads the pattern; instead of trying one way after another, all places of the text where a match may have come to
are kept as one set. So ``(a+)+$`` takes a step a character, where Python's own engine doubles its time with each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as _parser

Places = set[int]
_MOST = 1000  # parts of a pattern


@lru_cache(256)
def like(pattern: str) -> Callable[[str], bool]:
    """Make a test of whether a pattern is found in a text (``like("####")("#### 72")`` -> True).

    Raises ValueError for what is no regular expression, or has a look around, a reference back, an atomic group or a flag.
    """
    try:
        tree = _parser.parse(pattern)
        _check(tree)
    except (re.error, RecursionError, OverflowError) as e:
        raise ValueError(f"not a regular expression ({e})") from None
    if tree.state.flags != re.UNICODE.value:
        raise ValueError("a form takes no flags")
    return lambda text: bool(_ends(tree, text, set(range(len(text) + 1))))


def _check(tree: Any) -> int:
    """Count a pattern's parts; ValueError for kinds that are not matched here."""
    size = 0
    for op, given in tree:
        name = str(op)
        size += 1
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            size += _check(given[2]) * min(max(1, given[0]), _MOST)
        elif name == "BRANCH":
            size += sum(map(_check, given[1]))
        elif name == "SUBPATTERN" and not given[1] and not given[2]:
            size += _check(given[3])
        elif name not in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"):
            raise ValueError("a form has no look around, no reference back and no flags")
    if size > _MOST:
        raise ValueError(f"a form has at most {_MOST} parts")
    return size


def _ends(tree: Any, text: str, at: Places) -> Places:
    """Give the places that a pattern's matches end at which begin at some of ``at``."""
    for op, given in tree:
        name = str(op)
        if name == "AT":
            at = _at(str(given), text, at)
        elif name == "BRANCH":
            at = set().union(*(_ends(branch, text, at) for branch in given[1]))
        elif name == "SUBPATTERN":
            at = _ends(given[3], text, at)
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            at = _repeated(given[0], given[1], given[2], text, at)
        else:
            fits = _one(name, given)
            at = {n + 1 for n in at if n < len(text) and fits(text[n])}
        if not at:
            break
    return at


def _repeated(low: int, high: Any, body: Any, text: str, at: Places) -> Places:
    for _ in range(low):
        at, before = _ends(body, text, at), at
        if at == before:
            break
    found, new, times = set(at), at, low
    while new and times < int(high):
        new = _ends(body, text, new) - found
        found |= new
        times += 1
    return found


def _one(name: str, given: Any) -> Callable[[str], bool]:
    """Give the test of a single character."""
    if name == "LITERAL":
        return chr(given).__eq__
    if name == "NOT_LITERAL":
        return chr(given).__ne__
    if name == "ANY":
        return "\n".__ne__
    negated = str(given[0][0]) == "NEGATE"
    tests = [_in(str(op), value) for op, value in given[negated:]]
    return lambda c: any(test(c) for test in tests) != negated


def _in(name: str, given: Any) -> Callable[[str], bool]:
    if name == "LITERAL":
        return chr(given).__eq__
    if name == "RANGE":
        return lambda c: given[0] <= ord(c) <= given[1]
    kind = str(given).removeprefix("CATEGORY_")
    test = {"DIGIT": str.isdecimal, "SPACE": str.isspace, "WORD": _word}[kind.removeprefix("NOT_")]
    return (lambda c: not test(c)) if kind.startswith("NOT_") else test


def _word(c: str) -> bool:
    return c.isalnum() or c == "_"


def _at(name: str, text: str, at: Places) -> Places:
    size = len(text)
    if name in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
        return at & {0}
    if name in ("AT_END", "AT_END_STRING"):
        return at & ({size, size - 1} if name == "AT_END" and text.endswith("\n") else {size})
    edges = {n for n in at if (n > 0 and _word(text[n - 1])) != (n < size and _word(text[n]))}
    return edges if name == "AT_BOUNDARY" else at - edges if text else set()  # Python finds no place within nothing
