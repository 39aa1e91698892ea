"""A passage cut down to what stands around its answers."""

from __future__ import annotations

import re
from typing import Any

from perturb.core.registry import item_transform
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.items.field_paths import get_path
from perturb.items.view import ItemView

_CAPITALS = re.compile(r"\b[A-Z][a-z]{2,}\b")


@item_transform("context.trim")
def trim(item: ItemView, rng: Rng, *, around: int = 2) -> None:
    """Hand over only the part of a passage that stands around its answers ("A. B. C. D." -> "B. C.").

    The offsets move along. ``around`` sentences stay before and behind the answers, and one more at each side where a draw says so. Nothing happens
    where the question names someone whom only the rest of the passage names.
    """
    profile = item.profile
    if not profile.offsets:
        return
    path, field = profile.offsets[0]
    context, starts = item.get(field), item.get(path)
    answers = get_path(item.item, path.rsplit(".", 1)[0] + ".text")
    if not isinstance(context, str) or not isinstance(starts, list) or not isinstance(answers, list) or not starts:
        return
    spans = [(s, s + len(a)) for s, a in zip(starts, answers) if isinstance(s, int) and context[s : s + len(a)] == a]
    if len(spans) != len(starts):
        return
    sentences = Text(context).sentences()
    first = max((i for i, (s, _) in enumerate(sentences) if s <= min(s for s, _ in spans)), default=0)
    last = min((i for i, (_, e) in enumerate(sentences) if e >= max(e for _, e in spans)), default=len(sentences) - 1)
    low = max(0, first - around - rng.below(2))
    high = min(len(sentences) - 1, last + around + rng.below(2))
    start, end = sentences[low][0], sentences[high][1]
    kept = context[start:end]
    if (start, end) == (0, len(context)) or not _enough(item, context, kept):
        return
    item.set(field, kept)
    item.set(path, [s - start for s in starts])


def _enough(item: ItemView, context: str, kept: str) -> bool:
    """Tell whether whoever the question names is named in what is kept, if the passage names them at all."""
    asked: list[Any] = [item.get(p) for path in item.profile.input for p in item.profile.expand(item.item, path)]
    names = {name for text in asked if isinstance(text, str) for name in _CAPITALS.findall(text)[0:]}
    return all(name in kept for name in names if name in context)
