"""A text between the steps of a recipe, with the log that led to it.

A step that draws nothing does the same again on the same text: such stages are kept for the item's other variants.
"""

from __future__ import annotations

from typing import Any

from perturb.core import engine
from perturb.core.edits import Labelled, compose, splice
from perturb.core.registry import Transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Text

_Known = tuple[Transform, dict[str, Any], "Stage | None"]


class Stage:
    """One field's text after some steps (``Stage(text.raw, text).after(step, …).log``); ``source`` is the clean string."""

    __slots__ = ("_apart", "_edits", "_known", "_log", "_text", "source")

    def __init__(
        self, source: str, text: Text, edits: list[Labelled] | None = None, log: list[Labelled] | None = None, *,
        shared: bool = True, apart: bool = False,
    ) -> None:  # fmt: skip
        self.source = source
        # ``_edits`` are edits of ``_text`` that wait until a next step asks for the text with them. After the last step none
        # asks: a string is enough. Steps that keep to single words (``apart``) all read the text as it was before them.
        self._log, self._text, self._edits, self._apart = log or [], text, edits, apart
        # The stages that followed, by label and amount; None where a draw led here: no other variant will get to this text.
        self._known: dict[tuple[str, int], _Known] | None = {} if shared else None

    def text(self, reach: str = "loss") -> Text:
        """Give the text as a step of this reach sees it."""
        edits = self._edits
        if edits is not None:
            self._log, self._edits, self._apart = compose(self.source, self._log, edits), None, False
            self._text = self._text.spliced([edit[:3] for edit in edits], reach)
        text = self._text
        return text if text.reach == reach else text.view(reach)

    @property
    def log(self) -> list[Labelled]:
        """Give the edits of the source that led here."""
        edits = self._edits
        return self._log if edits is None else compose(self.source, self._log, edits)

    @property
    def raw(self) -> str:
        """Give the string at this stage."""
        return self._text.raw if self._edits is None else splice(self._text.raw, self._edits)

    def after(
        self, transform: Transform, label: str, params: dict[str, Any], rng: Rng, rate: float | None, times: float
    ) -> Stage:
        """Run a step (rate or times as the engine takes them) and give the stage that it leads to."""
        if self._apart and transform.wordwise:
            # Other steps over single words came just before: this one reads the same text, and leaves the words that they changed.
            view, done = self._text.view(transform.reach), self._edits
        else:
            view, done = self.text(transform.reach), None
        wanted = engine.how_many(view, transform, rng, rate=rate, times=times)
        if wanted <= 0:
            return self
        kept = self._known
        if kept is None:
            return self._next(engine.take(view, transform, params, rng, wanted, done), label, transform.wordwise)
        known = kept.get((label, wanted))
        if known is not None and (known[0] is not transform or known[1] is not params):
            known = None  # another recipe's step of that name
        if known is None:
            place = rng.place
            edits = engine.take(view, transform, params, rng, wanted, done)
            stage = self._next(edits, label, transform.wordwise, shared=rng.place == place)
            kept[label, wanted] = (transform, params, stage if rng.place == place else None)
            return stage
        return known[2] or self._next(
            engine.take(view, transform, params, rng, wanted, done), label, transform.wordwise
        )

    def edited(self, edits: list[Edit], label: str) -> Stage:
        """Give the stage that edits made elsewhere lead to (a writer's slips, dealt out over all steps)."""
        return self._next(edits, label, False)

    def _next(self, edits: list[Edit], label: str, wordwise: bool, *, shared: bool = False) -> Stage:
        if not edits:
            return self
        made = [(start, end, new, label) for start, end, new in edits]
        if self._apart and wordwise:
            assert self._edits is not None
            made += self._edits
            made.sort()
            self._edits = made  # a draw led here: no other variant gets to this stage
            return self
        return Stage(self.source, self._text, made, self._log, shared=shared, apart=wordwise and not shared)
