"""A text between the steps of a recipe, with the log that led to it.

What a step did without a draw it does again on the same text: such stages are kept for the item's other variants.
"""

from __future__ import annotations

from typing import Any

from perturb.core import engine
from perturb.core.edits import Labelled, compose
from perturb.core.registry import Transform
from perturb.core.rng import Rng
from perturb.core.text import Text

_Known = tuple[Transform, dict[str, Any], "Stage | None"]


class Stage:
    """One field's text after some steps (``Stage(text, []).after(step, …).log``); ``source`` is the clean string."""

    __slots__ = ("_known", "log", "source", "text")

    def __init__(self, source: str, text: Text, log: list[Labelled], shared: bool) -> None:
        self.source, self.text, self.log = source, text, log
        # What followed, by label and amount; None where a draw led here, so that nobody comes this way again.
        self._known: dict[tuple[str, int], _Known] | None = {} if shared else None

    def after(
        self, transform: Transform, label: str, params: dict[str, Any], rng: Rng, rate: float | None, times: float
    ) -> Stage:
        """Run a step (rate or times as the engine takes them) and give the stage that it leads to."""
        view = self.text.view(transform.reach)
        n = engine.wanted(view, rng, rate=rate, times=times)
        if n <= 0:
            return self
        kept = self._known
        if kept is None:
            return self._next(engine.take(view, transform, params, rng, n), label, False)
        known = kept.get((label, n))
        if known is not None and (known[0] is not transform or known[1] is not params):
            known = None  # another recipe's step of that name
        if known is not None and known[2] is not None:
            return known[2]
        place = rng.place
        edits = engine.take(view, transform, params, rng, n)
        shared = known is None and rng.place == place
        stage = self._next(edits, label, shared)
        if known is None:
            kept[label, n] = (transform, params, stage if shared else None)
        return stage

    def _next(self, edits: list[tuple[int, int, str]], label: str, shared: bool) -> Stage:
        if not edits:
            return self
        return Stage(self.source, self.text.spliced(edits), compose(self.source, self.log, edits, label), shared)
