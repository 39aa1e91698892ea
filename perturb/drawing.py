"""One variant drawn: steps settled, the item moved, its texts rewritten, what is to be expected judged.

Every draw comes from a stream named by seed, item id and variant number (and attempt, where one was drawn again).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from perturb.core import engine
from perturb.core.edits import Labelled, compose
from perturb.core.errors import PerturbError, StepFailed
from perturb.core.expect import Change, Verdict, expect
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.items.profiles import Profile, get_path
from perturb.items.view import ItemView, Move
from perturb.prepare import Prepared, lexis, texts_of, with_info
from perturb.recipe import Recipe, Settled
from perturb.slipping import Slips
from perturb.variant import Variant
from perturb.writer import Mood


@dataclass(frozen=True)
class Drawing:
    """What all variants of a Perturber are drawn with; ``analysed`` where spaCy looks at texts, ``stats`` is counted in."""

    seed: int
    intensity: float
    fields: tuple[str, ...]
    terms: re.Pattern[str] | None
    analysed: bool
    name_field: str
    stats: Counter[str]

    def variant(self, one: Prepared, recipe: Recipe, run: str, number: int, attempt: int) -> Variant:
        """Draw a variant of an item, whether it differs from the clean one or not."""
        base = Rng(self.seed, one.id, number) if not attempt else Rng(self.seed, one.id, number, attempt)
        steps = recipe.settle(base.stream("recipe"), self.intensity)
        if one.profile.avoid:
            steps = self._allowed(steps, one.profile)
        moved, moves = self._move(one, steps, base)
        texts = one.texts if not moves else texts_of(moved.item, one.profile, self.fields, self.terms)
        if moves and self.analysed:
            texts = with_info(texts)
        mood = self._mood(one, recipe, number) if recipe.has_writer else None
        logs: list[list[Labelled]] = []
        news: list[str] = []
        for path, text in texts:
            log, new = _rewrite(text, steps, base.stream(path), mood)
            logs.append(log)
            news.append(new)
        return Variant(one, number, recipe.name, run, moves, logs, texts, news, _judge(one, steps, texts, logs, moves),
                       self.name_field, moved.item if moves else one.item, steps)  # fmt: skip

    def _move(self, one: Prepared, steps: list[Settled], base: Rng) -> tuple[ItemView, list[Move]]:
        view = ItemView(one.item, one.profile)
        if self.intensity > 0:
            for step in steps:
                if step.transform.kind == "item":
                    view.step = step.label
                    try:
                        step.transform.fn(view, base.stream(step.label), **step.params)
                    except Exception as e:
                        raise _failed(step.label, e) from e
        return view, view.moves

    def _allowed(self, steps: list[Settled], profile: Profile) -> list[Settled]:
        kept = [s for s in steps if s.transform.family not in profile.avoid]
        for s in steps:
            if s.transform.family in profile.avoid:
                self.stats[f"steps left out: {s.transform.family} would break {profile.name}"] += 1
        return kept

    def _mood(self, one: Prepared, recipe: Recipe, number: int) -> Mood:
        user = get_path(one.item, one.profile.user) if one.profile.user else None
        rng = Rng(self.seed, one.id, number) if user is None else Rng(self.seed, str(user))
        return Mood(rng.stream("writer"), recipe.style)


def _rewrite(text: Text, steps: list[Settled], stream: Rng, mood: Mood | None) -> tuple[list[Labelled], str]:
    """Run the text steps over one field; the flat log and the new text."""
    log: list[Labelled] = []
    source = text.raw
    slips: Slips | None = None
    for step in steps:
        transform, label, params, rate, times, writer, governed, _ = step
        if transform.kind == "item":
            continue
        rng = stream.stream(label)
        owed = None
        if governed and mood is not None and writer is not None:
            if governed == "typo":
                owed = slips = slips or Slips(text, steps, mood, stream)
                if not slips.counts:
                    continue
            elif not mood.shows(writer.style, governed, text.raw):
                continue
        try:
            if owed is not None:
                edits = owed.made(text, step, rng)
            else:
                edits = engine.run(text, transform, params, rng, rate=rate, times=times)
        except Exception as e:
            raise _failed(label, e) from e
        if edits:
            log = compose(source, log, edits, label)
            text = text.spliced(edits)
    return log, text.raw


def _judge(
    one: Prepared, steps: list[Settled], texts: list[tuple[str, Text]], logs: list[list[Labelled]], moves: list[Move]
) -> Verdict:
    moved = {m["step"] for m in moves}
    if any(s.label in moved and s.transform.role == "premise" for s in steps):
        return Verdict(broken=True)
    roles = {s.label: s.transform.role or "cut" for s in steps if s.transform.reach == "loss"}
    if not roles:
        return Verdict()
    changes = [Change(path, text, log) for (path, text), log in zip(texts, logs) if log]
    return expect(changes, lambda label: roles.get(label, ""), lexis(), one.evidence)


def _failed(label: str, e: Exception) -> Exception:
    """Say which step failed and where in its code; what is said already stays."""
    if isinstance(e, PerturbError):
        return e
    import traceback

    *_, last = traceback.extract_tb(e.__traceback__)
    return StepFailed(f"the step {label} failed: {type(e).__name__}: {e} ({last.filename}:{last.lineno})")
