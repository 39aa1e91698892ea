"""A recipe's file as it is read: its values, checked, and the mistakes found in it, each with its line."""

from __future__ import annotations

import inspect
import math
import os
from typing import Any

import yaml

from perturb.core.errors import did_you_mean, or_list

_PLAIN = {
    f"tag:yaml.org,2002:{t}"
    for t in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge", "value")
}


class Page:
    """One recipe's file: gives checked values and collects mistakes instead of stopping at the first."""

    def __init__(self, name: str, file: str) -> None:
        self.name, self.file = name, file
        self.mistakes: list[str] = []
        self.said: set[int] = set()  # lines of which all is said: what stands there can mean nothing

    def wrong(self, node: Any, what: str) -> None:
        """Note a mistake at a node's (or event's) line, once."""
        mistake = f"{self.file}:{node.start_mark.line + 1}: {what}"
        if mistake not in self.mistakes and node.start_mark.line not in self.said:
            self.mistakes.append(mistake)

    def in_order(self) -> list[str]:
        """List the mistakes by line; those of used recipes come last."""
        return sorted(self.mistakes, key=self._line)

    def _line(self, mistake: str) -> int:
        line, _, _ = mistake.removeprefix(f"{self.file}:").partition(":")
        return int(line) if line.isdigit() else 1 << 30

    def tagged(self, node: Any) -> bool:
        """Tell whether a node has a tag of its own, which is a mistake."""
        if node.tag not in _PLAIN:
            self.wrong(node, f"tags such as {node.tag!r} are not part of a recipe")
            return True
        return False

    def mapping(self, node: Any, what: str, known: tuple[str, ...] | None) -> dict[str, Any]:
        """Read a mapping as key -> node (``known`` None: any keys); {} where it is none."""
        if not isinstance(node, yaml.MappingNode):
            form = f"a mapping of {', '.join(known)}" if known else "parameters: {param: value}"
            self.wrong(node, f"{what} is {form}, not {kind_of(node)}")
            return {}
        self.tagged(node)
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.wrong(key, f"{what}: a key is text, not {kind_of(key)}")
            elif key.value in found:
                self.wrong(key, f"{key.value!r} is given twice")
            elif known is not None and key.value not in known:
                near = did_you_mean(key.value, known)
                self.wrong(key, f"{what} has no {key.value!r}{or_list(near, 'it has ' + ', '.join(known))}")
            else:
                found[key.value] = value
        return found

    def text(self, node: Any, what: str) -> str:
        """Read text; "" where it is none or empty."""
        if not isinstance(node, yaml.ScalarNode) or self.tagged(node) or not node.value.strip():
            if isinstance(node, yaml.ScalarNode) and not node.value.strip():
                self.wrong(node, f"{what} is empty; expected text")
            elif not isinstance(node, yaml.ScalarNode):
                self.wrong(node, f"{what} is text, not {kind_of(node)}")
            return ""
        return str(node.value)

    def number(self, node: Any, what: str, low: float, high: float) -> float | None:
        """Read a number from ``low`` to ``high``; None where it is none."""
        to = f"from {low:g} to {high:g}" if high < math.inf else f"of {low:g} or more"
        try:
            if (
                not isinstance(node, yaml.ScalarNode)
                or node.tag.endswith((":bool", ":null"))
                or ":" in node.value
                or "_" in node.value
            ):
                raise ValueError
            value = float(node.value)
            if not low <= value <= high or math.isinf(value):
                raise ValueError
        except ValueError:
            self.wrong(node, f"{what} must be a number {to}, not {_shown(node)}")
            return None
        return value

    def param(self, node: Any, param: inspect.Parameter, what: str) -> Any:
        """Read a transform's parameter: of the default's type; a .tsv beside the recipe is meant as that file."""
        default = param.default
        if isinstance(node, yaml.ScalarNode) and not self.tagged(node):
            kind, text = node.tag.rsplit(":", 1)[-1], node.value
            if isinstance(default, bool):
                if kind == "bool":
                    return text.lower() in ("true", "yes", "on")
            elif isinstance(default, int):
                if kind == "int" and text.lstrip("+-").isdigit() and len(text) < 300:
                    return int(text)
            elif isinstance(default, float):
                try:
                    if kind in ("int", "float", "str") and math.isfinite(float(text)):
                        return float(text)
                except ValueError:
                    pass
            elif isinstance(default, str) and kind == "str":
                beside = os.path.join(os.path.dirname(self.file), text)
                if text.endswith(".tsv") and not os.path.isabs(text) and os.path.isfile(beside):
                    return beside
                return text
        self.wrong(node, f"{what} must be {type(default).__name__}, not {_shown(node)}")
        return default


def kind_of(node: Any) -> str:
    """Say what a node is ("a list")."""
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return "nothing" if is_null(node) else repr(node.value)


def _shown(node: Any) -> str:
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":bool"):
        return "True" if node.value.lower() in ("true", "yes", "on") else "False"
    return node.value if isinstance(node, yaml.ScalarNode) and node.tag.endswith((":int", ":float")) else kind_of(node)


def is_null(node: Any) -> bool:
    """Tell whether nothing stands there."""
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")
