"""Recipes made of recipes: nodes under another's name and writer, and a writer's slips shared among steps."""

from __future__ import annotations

from dataclasses import replace

from perturb.core.errors import UsageError
from perturb.fitting import Fit
from perturb.recipe import Group, Node, OneOf, Recipe, Step
from perturb.writer import Writer


def compose_recipes(name: str, parts: list[Recipe]) -> Recipe:
    """Make one recipe of several, run in order ("slang+typos")."""
    nodes: list[Node] = []
    seen: dict[str, int] = {}
    texts: dict[str, str] = {}
    for part in parts:
        seen[part.name] = n = seen.get(part.name, 0) + 1
        prefix = part.name.replace("+", "_") + (f"#{n}" if n > 1 else "")
        nodes.append(Group(prefix, tuple(prefixed(node, prefix) for node in part.nodes)))
        for known, text in part.texts.items():
            if texts.setdefault(known, text) != text:
                raise UsageError(f"two different recipes are named {known!r}; rename one of the files")
    writer = next((p.writer for p in parts if p.writer), None)
    return Recipe(name, "; ".join(p.summary for p in parts), tuple(nodes), writer, texts)


def prefixed(node: Node, prefix: str, intensity: float = 1.0, writer: Writer | None = None) -> Node:
    """Put a recipe's name before the labels of its nodes, so that its streams are its own."""
    label = f"{prefix}/{node.label}"
    if isinstance(node, Step):
        return replace(node, label=label, intensity=node.intensity * intensity,
                       writer=_over(node.writer, writer) if node.governed else node.writer)  # fmt: skip
    if isinstance(node, OneOf):
        options = tuple(tuple(prefixed(n, prefix, intensity, writer) for n in option) for option in node.options)
        return replace(node, label=label, options=options)
    return replace(node, label=label, nodes=tuple(prefixed(n, prefix, intensity, writer) for n in node.nodes))


def _over(inner: Writer | None, outer: Writer | None) -> Writer | None:
    """Put the using recipe's writer over the used one's; what it leaves open stays as it was."""
    if inner is None or outer is None:
        return inner
    severity = inner.severity if outer.severity is None else outer.severity
    return Writer(severity, outer.style or inner.style, outer.typist, outer.autocorrect)


def fitted(nodes: tuple[Node, ...], fit: Fit) -> tuple[Node, ...]:
    """Say of all steps which texts they are for, those of used recipes too."""
    return tuple(_with_fit(n, fit) for n in nodes)


def _with_fit(node: Node, fit: Fit) -> Node:
    if isinstance(node, Step):
        return replace(node, fits=(*node.fits, fit))
    if isinstance(node, OneOf):
        return replace(node, options=tuple(fitted(o, fit) for o in node.options))
    return replace(node, nodes=fitted(node.nodes, fit))


def shares(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Divide the writer's misspelt words among the steps that severity governs side by side."""
    governed = [n for n in nodes if _types(n)]
    if len(governed) < 2:
        return nodes
    return tuple(_with_share(n, 1.0 / len(governed)) if _types(n) else n for n in nodes)


def _types(node: Node) -> bool:
    if isinstance(node, Step):
        return node.governed == "typo"
    nodes = [n for option in node.options for n in option] if isinstance(node, OneOf) else list(node.nodes)
    return any(_types(n) for n in nodes)


def _with_share(node: Node, share: float) -> Node:
    if isinstance(node, Step):
        return replace(node, share=node.share * share)
    if isinstance(node, OneOf):
        return replace(node, options=tuple(tuple(_with_share(n, share) for n in o) for o in node.options))
    return replace(node, nodes=tuple(_with_share(n, share) for n in node.nodes))
