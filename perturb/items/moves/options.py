"""Options fewer, more, or labelled otherwise; the right one stays."""

from __future__ import annotations

import re
from typing import Any

from perturb.core.errors import UsageError
from perturb.core.registry import item_transform
from perturb.core.rng import Rng
from perturb.items.field_paths import get_path
from perturb.items.gold import gold_places, moved_target, option_labels, option_texts
from perturb.items.moves.choices import movable, refers
from perturb.items.view import ItemView

LABELS = {"A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "a": "abcdefghijklmnopqrstuvwxyz"}
NONE_OF_THESE = ("None of these", "None of the above")


@item_transform("choices.drop")
def drop(item: ItemView, rng: Rng) -> None:
    """Leave a wrong option out (["4", "6", "8"], answer 2 -> ["4", "8"], answer 1)."""
    found = _listed(item)
    if found is None:
        return
    texts, labels, targets, right = found
    if len(texts) < 3 or not _plain(item, texts):
        return
    gone = rng.choice([i for i in range(len(texts)) if i not in right])
    to = [i - (i > gone) for i in range(len(texts))]
    _set(item, [t for i, t in enumerate(texts) if i != gone], labels[:-1], texts, labels, targets, to)


@item_transform("choices.none_of_these")
def none_of_these(item: ItemView, rng: Rng) -> None:
    """Offer a way out as the last option (["4", "6"] -> ["4", "6", "None of these"])."""
    found = _listed(item)
    if found is None:
        return
    texts, labels, targets, _ = found
    if not _plain(item, texts):
        return
    more = _following(labels)
    if labels and not more:
        return
    _set(item, [*texts, rng.choice(NONE_OF_THESE)], labels + [more] if labels else [], texts, labels, targets,
         list(range(len(texts))))  # fmt: skip


@item_transform("choices.relabel")
def relabel(item: ItemView, rng: Rng, *, style: str = "") -> None:
    """Label the options otherwise, where the item has labels of its own (["A", "B"] -> ["1", "2"]).

    ``style`` shows the first label as it is to be: ``A``, ``a``, ``1``, with marks (``(A)``, ``1.``, ``a)``), or ``none`` for empty
    ones, where no target names a label. Without one it is A, a or 1.
    """
    found = _listed(item)
    if found is None:
        return
    texts, labels, targets, _ = found
    if not labels or any(refers(text, len(texts)) for text in texts):
        return
    styles = [_styled(s, len(labels)) for s in ((style,) if style else ("A", "a", "1"))]
    if style == "none" and not all(gold_places(get_path(item.item, p), k, texts, []) for p, k in targets):
        return  # a target that names a label could name nothing any more
    styles = [s for s in styles if s != labels]
    if not styles:
        return
    new = rng.choice(styles)
    values = [(path, kind, get_path(item.item, path)) for path, kind in targets]
    item.set(item.profile.labels, new)
    for path, kind, value in values:
        item.set(path, moved_target(value, kind, texts, new, list(range(len(texts))), texts) if kind != "label" else
                 _renamed(value, labels, new))  # fmt: skip


_STYLE = re.compile(r"([(\[]?)([Aa1])([.):\]]?)")


def _styled(style: str, count: int) -> list[str]:
    """Write labels in a style ("(a)", 2 -> ["(a)", "(b)"]; "none" -> ["", ""])."""
    if style == "none":
        return [""] * count
    m = _STYLE.fullmatch(style)
    if m is None:
        raise UsageError(f"style must be none or a first label such as A, a, 1, (A), 1. or a), not {style!r}")
    return [f"{m[1]}{i + 1 if m[2] == '1' else LABELS[m[2]][i]}{m[3]}" for i in range(count)]


def _renamed(value: Any, old: list[str], new: list[str]) -> Any:
    if isinstance(value, list):
        return [_renamed(v, old, new) for v in value]
    plain = [label.strip() for label in old]
    return value.replace(value.strip(), new[plain.index(value.strip())])


def _listed(item: ItemView) -> tuple[list[str], list[str], list[tuple[str, str]], list[int]] | None:
    """Give options, labels, target fields and the places of the right ones; None where they are no list or not sure."""
    profile = item.profile
    if not profile.choices or profile.choice_fields or not profile.target or "[*]" in profile.choices + profile.labels:
        return None
    texts, labels = option_texts(item.item, profile), option_labels(item.item, profile)
    if len(texts) < 2 or (labels and len(labels) != len(texts)):
        return None
    targets = [(p, k) for p, k in ((profile.target, profile.target_kind), *profile.also)
               if get_path(item.item, p) is not None]  # fmt: skip
    right: list[int] = []
    for path, kind in targets:
        places = gold_places(get_path(item.item, path), kind, texts, labels)
        if not places:
            return None
        right += places
    return (texts, labels, targets, right) if right else None


def _plain(item: ItemView, texts: list[str]) -> bool:
    """Tell whether no option speaks of others ("all of the above", "both A and B") and none is named by place."""
    stem = "\n".join(str(item.get(p)) for path in item.profile.input for p in item.profile.expand(item.item, path))
    groups = movable(texts, stem)
    return len(groups) == 1 and len(groups[0]) == len(texts) and not any(refers(t, len(texts)) for t in texts)


def _following(labels: list[str]) -> str:
    """Give the label after the last one ("A", "B" -> "C"), "" where they follow no order."""
    for order in (*LABELS.values(), "123456789"):
        if labels == list(order[: len(labels)]) and len(labels) < len(order):
            return order[len(labels)]
    return ""


def _set(
    item: ItemView, new: list[str], new_labels: list[str], texts: list[str], labels: list[str],
    targets: list[tuple[str, str]], to: list[int],
) -> None:  # fmt: skip
    """Write options, labels and targets down; ``to[i]`` is the new place of option i."""
    values = [(path, kind, get_path(item.item, path)) for path, kind in targets]
    item.set(item.profile.choices, new)
    if labels:
        item.set(item.profile.labels, new_labels)
    for path, kind, value in values:
        item.set(path, moved_target(value, kind, texts, labels, to, [*new, *texts]))
