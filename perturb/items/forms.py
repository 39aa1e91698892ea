"""Forms of values, by which a profile knows its items ("question: text", "answer: like ####")."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from perturb.items.field_paths import get_path
from perturb.items.linear_regex import like


def _is_message(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("role"), str) and "content" in value


def _list_of(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(map(test, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"\s*-?\d[\d,]*(?:\.\d+)?\s*", value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_index(value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return False
    return re.fullmatch(r"\d{1,2}(?:\.0)?|", str(value)) is not None


# The greater the number, the more such a form says of a value.
FORMS: dict[str, tuple[int, Callable[[Any], bool]]] = {
    "any": (1, lambda value: True),
    "text": (2, _is_text),
    "list": (2, lambda value: isinstance(value, list)),
    "object": (2, lambda value: isinstance(value, dict)),
    "number": (2, _is_number),
    "bool": (3, lambda value: isinstance(value, bool)),
    "int": (3, lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "index": (4, _is_index),  # 0, "0", "" in a hidden test split
    "texts": (3, _list_of(_is_text)),
    "letter": (4, lambda value: isinstance(value, str) and re.fullmatch(r"\s*[A-Z]\s*", value) is not None),
    "messages": (4, _list_of(_is_message)),
    "turns": (5, _list_of(_list_of(_is_message))),
    # Four candidate endings of a story, not four short answers.
    "endings": (5, lambda v: _list_of(_is_text)(v) and len(v) == 4 and sum(len(t.split()) for t in v) >= 15),
}
LIKE = 4  # what a "like REGEX" says
ABSENT = "absent"


def weight(item: Any, path: str, form: str) -> int:
    """Say how much the value at ``path`` speaks for a form ("text", "text|texts", "like ####"); 0 where it is another.

    ``absent`` holds where there is no such field, and says one.
    """
    value = get_path(item, path)
    if form == ABSENT:
        return int(value is None)
    if value is None:
        return 1 if form == "any" and isinstance(item, dict) and path in item else 0
    if form.startswith("like "):
        return LIKE if isinstance(value, str) and like(form[5:])(value) else 0
    return max((FORMS[one][0] for one in form.split("|") if FORMS[one][1](value)), default=0)


def known_form(form: str) -> bool:
    """Tell whether a form can be read ("text|texts"); a ``like`` must be a regular expression that linear_regex.py takes."""
    if form.startswith("like "):
        try:
            like(form[5:])
        except ValueError:
            return False
        return True
    return form == ABSENT or all(one in FORMS for one in form.split("|"))
