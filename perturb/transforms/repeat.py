"""What is typed twice."""

from __future__ import annotations

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text

_LEAST, _MOST = 10, 60  # characters, as seen where people retyped questions


@transform("repeat.start", times=1, spot="first")
def start(text: Text, rng: Rng) -> Proposals:
    """Break off, begin again, and leave both standing ("When did Anna leave?" -> "When did AnWhen did Anna leave?")."""
    raw = text.raw
    most = min(_MOST, 2 * len(raw) // 3)
    breaks = [i for i in range(_LEAST, most) if raw[i - 1].isalpha() and raw[i].isalpha()]
    for at in rng.shuffled(breaks):
        if "\n" not in raw[:at]:
            yield 0, 0, raw[:at]
