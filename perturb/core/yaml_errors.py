"""What YAML's parser complains of, in the words of someone who wrote the file."""

from __future__ import annotations

from typing import Any

_SAID = (
    (
        "cannot start any token",
        "a tab or a character that YAML keeps for itself (@, `, %); indent with spaces, quote texts",
    ),
    ("but found another document", "a second document begins here (---); a file is one"),
    ("mapping values are not allowed", "a second ':' on the line, or a wrong indent; quote a text that has one"),
    ("maximum nesting depth", "nested deeper than 24"),
    ("could not find expected ':'", "expected 'KEY: VALUE'"),
)


def not_yaml(error: Any) -> str:
    """Say where and why a text is no YAML (":3: not YAML: a tab …"), to be put behind the file's name."""
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).split("\n")[0]
    what = next((said for found, said in _SAID if found in what), what)
    return f":{mark.line + 1 if mark is not None else 1}: not YAML: {what}"
