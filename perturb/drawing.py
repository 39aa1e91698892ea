"""One variant drawn: steps settled, the item moved, its texts rewritten, what is to be expected judged.

Every draw comes from a stream named by seed, item id and variant number (and attempt, where one was drawn again).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from perturb.core.edits import Labelled
from perturb.core.errors import PerturbError, StepFailed
from perturb.core.expect import Change, Verdict, expect
from perturb.core.proposals import malformed
from perturb.core.rng import Rng
from perturb.core.stages import Stage
from perturb.core.text import Text
from perturb.fitting import fits_all
from perturb.items.field_paths import get_path
from perturb.items.profiles import Profile
from perturb.items.view import ItemView, Move
from perturb.prepare import Prepared, lexis, stages_of, texts_of, with_info
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
        item, moves = self._move(one, steps, base) if recipe.has_moves else (one.item, [])
        texts = one.texts if not moves else texts_of(item, one.profile, self.fields, self.terms)
        if moves and self.analysed:
            texts = with_info(texts)
        mood = self._mood(one, recipe, number) if recipe.has_writer else None
        logs: list[list[Labelled]] = []
        news: list[str] = []
        shut = _shut(texts, item, one.profile) if len(texts) > 1 else _NONE_SHUT
        for (path, text), start, closed in zip(texts, one.stages() if not moves else stages_of(texts), shut):
            fitting = steps if not recipe.limits else [s for s in steps if fits_all(s.fits, text)]
            last = _rewrite(start, fitting, base.stream(path), mood, closed)
            logs.append(last.log)
            news.append(last.raw)
        if recipe.musts and not _did(recipe.musts, logs, moves):
            return Variant(one, number, recipe.name, run, [], [], one.texts, [], Verdict(), self.name_field)
        verdict = _judge(one, steps, texts, logs, moves) if recipe.has_losses else Verdict()
        return Variant(one, number, recipe.name, run, moves, logs, texts, news, verdict, self.name_field, item, steps)

    def unfit(self, one: Prepared, recipe: Recipe) -> bool:
        """Tell whether a recipe with limits is for none of an item's texts; those that it is not for are counted."""
        texts = [text for _, text in one.texts]
        for fit in recipe.limits:
            apart = sum(not fit.holds(text) for text in texts)
            if apart:
                self.stats[f"left as they are: {recipe.name} is for {fit.said()}"] += apart
        steps = recipe.steps()  # moves are for any item
        return not any(s.transform.kind == "item" or any(fits_all(s.fits, t) for t in texts) for s in steps)

    def _move(self, one: Prepared, steps: Sequence[Settled], base: Rng) -> tuple[dict[str, Any], list[Move]]:
        view = ItemView(one.item, one.profile)
        if self.intensity > 0:
            for step in steps:
                if step.transform.kind == "item":
                    view.step = step.label
                    try:
                        step.transform.fn(view, base.stream(step.label), **step.params)
                    except PerturbError:
                        raise  # says already what is wrong
                    except Exception as e:
                        raise _failed(step.label, e) from e
        return view.item, view.moves

    def _allowed(self, steps: Sequence[Settled], profile: Profile) -> list[Settled]:
        kept = [s for s in steps if s.transform.family not in profile.avoid]
        for s in steps:
            if s.transform.family in profile.avoid:
                self.stats[f"steps left out: {s.transform.family} would break {profile.name}"] += 1
        return kept

    def _mood(self, one: Prepared, recipe: Recipe, number: int) -> Mood:
        user = get_path(one.item, one.profile.user) if one.profile.user else None
        rng = Rng(self.seed, one.id, number) if user is None else Rng(self.seed, str(user))
        return Mood(rng.stream("writer"), recipe.style)


_NONE_SHUT: tuple[tuple[str, ...], ...] = ((),)


def _shut(texts: list[tuple[str, Text]], item: dict[str, Any], profile: Profile) -> list[tuple[str, ...]]:
    """Say of each text for which spots it is not: a second turn does not greet, the first half of a message has no end.

    A place in a list ("turns[0]") is a message of its own; fields side by side (SVAMP's Body and Question) make one.
    """
    own = len(profile.inputs(item))
    found = []
    for i, (path, _) in enumerate(texts):
        inner = i < own - 1
        spots = ("first", i > 0 and i < own), ("last", inner), ("end", inner and "[" not in path)
        found.append(tuple(spot for spot, true in spots if true))
    return found


def _did(labels: frozenset[str], logs: list[list[Labelled]], moves: list[Move]) -> bool:
    """Tell whether one of the steps changed something."""
    return any(m["step"] in labels for m in moves) or any(
        not labels.isdisjoint(label.split("+")) for log in logs for _, _, _, label in log
    )


def _rewrite(
    stage: Stage, steps: Sequence[Settled], stream: Rng, mood: Mood | None, shut: tuple[str, ...] = ()
) -> Stage:
    """Run the text steps over one field; its last stage has the flat log and the new text."""
    slips: Slips | None = None
    for step in steps:
        transform, label, params, rate, times, writer, governed, _, _ = step
        if transform.kind == "item" or (shut and transform.spot in shut):
            continue
        rng = stream.stream(label)
        owed = None
        if governed and mood is not None and writer is not None:
            if governed == "typo":
                owed = slips = slips or Slips(stage.text(), steps, mood, stream)
                if not slips.counts:
                    continue
            elif not mood.shows(writer.style, governed, stage.raw):
                continue
        try:
            if owed is not None:
                stage = stage.edited(owed.made(stage.text(), step, rng), label)
            else:
                stage = stage.after(transform, label, params, rng, rate, times)
        except PerturbError:
            raise  # says already what is wrong
        except Exception as e:
            found = malformed(transform, stage.text(transform.reach), params, stream.stream(label))
            raise (StepFailed(f"the step {label} failed: {found}") if found else _failed(label, e)) from e
    return stage


def _judge(
    one: Prepared,
    steps: Sequence[Settled],
    texts: list[tuple[str, Text]],
    logs: list[list[Labelled]],
    moves: list[Move],
) -> Verdict:
    roles = {s.label: s.transform.role or "cut" for s in steps if s.transform.reach == "loss"}
    changes = [Change(path, text, log) for (path, text), log in zip(texts, logs)]
    verdict = expect(changes, lambda label: roles.get(label, ""), lexis(), one.evidence)
    if any(s.transform.role == "premise" and any(m["step"] == s.label for m in moves) for s in steps):
        # A later step may have removed the very premise that an earlier one put in.
        verdict.broken, verdict.doubt = not (verdict.missing or verdict.doubt), True
        verdict.doubts, verdict.missing = [*verdict.doubts, *verdict.missing], []
    return verdict


def _failed(label: str, e: Exception) -> StepFailed:
    """Say which step failed and where in its code."""
    import traceback

    *_, last = traceback.extract_tb(e.__traceback__)
    return StepFailed(f"the step {label} failed: {type(e).__name__}: {e} ({last.filename}:{last.lineno})")
