"""A recipe's text as a YAML node: bounded in size and depth, without anchors and tags."""

from __future__ import annotations

from typing import Any

import yaml

from perturb.core.errors import RecipeError
from perturb.core.yaml_errors import not_yaml
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
        shared = _check_events(page, text)
        node = yaml.compose(text, Loader=_Unshared if shared else _Loader)
    except yaml.YAMLError as e:
        raise RecipeError([f"{file}{not_yaml(e)}"]) from None
    if node is None:
        raise RecipeError([f"{file}:1: empty; a recipe is summary, steps, and if wanted for and writer"])
    return node


class _Unshared(yaml.SafeLoader):
    """Puts an empty node for each alias, so that what else is wrong can be said, and nothing grows or goes round."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        me: Any = self  # its parent's methods have no types
        event = me.peek_event()
        if isinstance(event, yaml.AliasEvent):
            event = me.get_event()
            return yaml.ScalarNode("tag:yaml.org,2002:null", "", event.start_mark, event.end_mark)
        return super().compose_node(parent, index)


def _check_events(page: Page, text: str) -> bool:
    """Go over YAML's events before any node is made of them: what is nested without end stops here.

    Tells whether there are anchors or aliases.
    """
    depth, shared = 0, False
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            page.wrong(event, "anchors and aliases are not part of a recipe; write it out, or `use` a recipe")
            page.said.add(event.start_mark.line)
            shared = True
        if getattr(event, "tag", None) and not (isinstance(event, yaml.ScalarEvent) and any(event.implicit)):
            page.wrong(event, f"tags such as {event.tag!r} are not part of a recipe")
        depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        if depth > MAX_DEPTH:
            raise RecipeError([f"{page.file}:{event.start_mark.line + 1}: nested deeper than {MAX_DEPTH}"])
    return shared
