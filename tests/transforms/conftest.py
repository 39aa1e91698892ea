"""What the tables of the families share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import Text

Variants = Callable[..., "set[str]"]


@pytest.fixture(name="variants")
def _variants() -> Variants:
    """Collect what a transform makes of a text over many seeds, as much of it as it can."""

    def collect(name: str, raw: str, mask: bytes | None = None, **params: object) -> set[str]:
        text, transform = Text(raw, mask), get(name)
        rate = None if transform.rate is None else 1.0
        runs = (engine.run(text, transform, params, Rng(seed), rate=rate, times=1) for seed in range(120))
        return {apply(raw, edits) for edits in runs}

    return collect
