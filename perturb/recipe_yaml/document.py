"""A recipe's text as a YAML node: bounded in size and depth, without anchors and tags."""

from __future__ import annotations

from typing import Any

import yaml

from perturb.core.errors import RecipeError
from perturb.recipe_yaml.page import Page

MAX_BYTES, MAX_DEPTH = 256_000, 24
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def decoded(data: bytes, file: object) -> str:
    """Decode a recipe file's bytes; RecipeError where they are too many or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise RecipeError([f"{file}:1: {len(data)} bytes; a recipe has at most {MAX_BYTES}"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = data[: e.start].count(b"\n") + 1
        raise RecipeError([f"{file}:{line}: not UTF-8 (byte {data[e.start]:#04x}); save the file as UTF-8"]) from None


def compose(page: Page, text: str) -> Any:
    """Compose a recipe's text to its root node; RecipeError where it is no YAML, or none that a recipe may be."""
    file = page.file
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as e:
        line = text.count("\n", 0, e.start) + 1
        raise RecipeError([f"{file}:{line}: not UTF-8 (a lone surrogate, {text[e.start]!r})"]) from None
    if size > MAX_BYTES:
        raise RecipeError([f"{file}:1: a recipe has at most {MAX_BYTES} bytes"])
    try:
        _check_events(page, text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        what = getattr(e, "problem", None) or str(e).split("\n")[0]
        raise RecipeError([f"{file}:{line}: not YAML: {what}"]) from None
    if node is None:
        raise RecipeError([f"{file}:1: empty; a recipe is summary, optional writer, steps"])
    return node


def _check_events(page: Page, text: str) -> None:
    """Go over YAML's events before any node is made of them: what is nested or aliased without end stops here."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1
            what = "anchors and aliases are not part of a recipe; write it out, or `use` a recipe"
            raise RecipeError([f"{page.file}:{line}: {what}"])
        if getattr(event, "tag", None) and not (isinstance(event, yaml.ScalarEvent) and any(event.implicit)):
            page.wrong(event, f"tags such as {event.tag!r} are not part of a recipe")
        depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        if depth > MAX_DEPTH:
            raise RecipeError([f"{page.file}:{event.start_mark.line + 1}: nested deeper than {MAX_DEPTH}"])
