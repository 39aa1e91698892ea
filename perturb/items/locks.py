"""What an item's profile locks in its input: gold answers, options, code, constraint strings, other fields' strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from perturb.items.field_paths import values_at
from perturb.items.gold import gold_texts, option_texts
from perturb.items.profiles import Profile

Span = tuple[int, int]

_DOCSTRING = re.compile(r"(\"\"\"|''')(.*?)(?:\1|\Z)", re.S)
_DOCTEST = re.compile(r"^[ \t]*>>>.*(?:\n(?![ \t]*$).*)*", re.M)
_CODE_LINE = re.compile(r"^.*(?:==|=>|->|➞|\breturns?\b.*[\[({]|[\w\]]\(|[\[{]).*$", re.M)
_INLINE_OPTIONS = re.compile(r"\([A-Z]\)[^\n]*(?:\([A-Z]\))[^\n]*")
_CALLED = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def lock_spans(raw: str, item: dict[str, Any], profile: Profile) -> list[Span]:
    """List the spans of an input text that its profile locks (mmlu: options that stand in the stem).

    Rules by name are in ``profile.lock``: target, choices, options_block, code_prose, kwargs, field:PATH, names:PATH, literals:PATH;
    blanks, tags and format orders are locked everywhere by language/protect.py.
    """
    spans: list[Span] = []
    for rule in profile.lock:
        if rule == "target":
            spans += _found(raw, gold_texts(item, profile))
        elif rule == "choices":
            spans += _found(raw, option_texts(item, profile))
        elif rule == "options_block":
            spans += [m.span() for m in _INLINE_OPTIONS.finditer(raw)]
        elif rule == "code_prose":
            spans += _not_prose(raw)
        elif rule == "kwargs":
            spans += _constraints(raw, item)
        elif rule.startswith("field:"):
            spans += _found(
                raw, [str(v) for v in values_at(item, rule[6:].strip()) if isinstance(v, (str, int, float))]
            )
        elif rule.startswith("literals:"):
            texts = [v for v in _leaves(values_at(item, rule[9:].strip())) if isinstance(v, str)]
            spans += _found(raw, sorted({v for v in texts if any(c.isalpha() for c in v)}))
        elif rule.startswith("names:"):
            code = " ".join(v for v in values_at(item, rule[6:].strip()) if isinstance(v, str))
            spans += _found(raw, sorted(set(_CALLED.findall(code))))
    if profile.keep_end:
        spans += _end(raw)
    return spans


def _found(raw: str, strings: list[str]) -> Iterator[Span]:
    low = raw.lower()
    for text in strings:
        text = text.strip()
        if (len(text) > 1 or text.isdigit()) and text.lower() in low:
            for m in _whole(text).finditer(raw):
                yield m.span()


@lru_cache(maxsize=2048)
def _whole(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.I)


def terms_pattern(terms: list[str]) -> re.Pattern[str] | None:
    """Make one form of the user's protected terms ("Acme Pay" wherever it stands whole); None without any."""
    kept = sorted({t.strip() for t in terms if t.strip() and not t.startswith("#")}, key=lambda t: (-len(t), t))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, kept)) + r")(?!\w)", re.I) if kept else None


def _not_prose(raw: str) -> Iterator[Span]:
    """Lock all of a program but the prose lines of its docstrings; doctests and lines with code in them stay."""
    at = 0
    for m in _DOCSTRING.finditer(raw):
        start, end = m.span(2)
        yield at, start
        for form in (_DOCTEST, _CODE_LINE):
            for code in form.finditer(raw, start, end):
                yield code.span()
        # The newline and indentation of each line belong to the program's layout.
        for space in re.compile(r"\n[ \t]*|^[ \t]+", re.M).finditer(raw, start, end):
            yield space.span()
        at = end
    yield at, len(raw)


def _constraints(raw: str, item: dict[str, Any]) -> Iterator[Span]:
    """Lock the sentences that hold a value a checker looks for (IFEval's kwargs)."""
    wanted: list[str] = []
    for value in _leaves(item.get("kwargs")):
        if isinstance(value, str) and len(value) > 1:
            wanted.append(value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            wanted.append(f"{value:g}")
    for start, end in _found(raw, wanted):
        yield start, end
        if end - start < 60:
            for m in _SENTENCE.finditer(raw):
                if m.start() <= start < m.end():
                    yield m.span()


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for v in value.values():
            yield from _leaves(v)
    elif isinstance(value, list):
        for v in value:
            yield from _leaves(v)
    else:
        yield value


def _end(raw: str) -> Iterator[Span]:
    m = re.search(r"\S+\s*\Z", raw)
    if m:
        yield m.span()
