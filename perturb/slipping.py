"""A writer's slips dealt out over a text: how many, of which kinds, and what was made of them.

The number is drawn once for a text, against all its words, and each slip is given a kind by weight. Slips for which a kind finds
no place are left to the last kind, so that short words, locked text or a missing "than" do not lower the severity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from perturb.core.engine import PATIENCE, allowed
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, WORD, Edit, Text
from perturb.fitting import fits_all
from perturb.recipe import Settled
from perturb.variant import Variant
from perturb.writer import Mood


class Slips:
    """What a writer owes one text (``Slips(text, steps, mood, stream).made(text, step, rng)`` -> that step's edits)."""

    __slots__ = ("counts", "last", "unpaid")

    def __init__(self, text: Text, steps: Sequence[Settled], mood: Mood, stream: Rng) -> None:
        kinds = [(s.label, s.times * s.share) for s in steps if s.governed == "typo"]
        rng = stream.stream("slips")
        number = mood.slips(sum(w for _, w in kinds) * typed_words(text), rng.random())
        self.counts = Counter(rng.weighted(kinds) for _ in range(number)) if number else Counter()
        self.last, self.unpaid = kinds[-1][0], 0

    def made(self, text: Text, step: Settled, rng: Rng) -> list[Edit]:
        """Make the slips of one step's kind, in order; what found no place is left to the last step."""
        wanted = self.counts[step.label] if self.counts else 0
        if step.label == self.last:
            wanted, self.unpaid = wanted + self.unpaid, 0
        if not wanted:
            return []
        view = text.view(step.transform.reach)
        taken: list[Edit] = []
        refused = 0
        for proposal in step.transform.fn(view, rng, **step.params):
            members: list[Edit] = []
            for edit in [proposal] if type(proposal) is tuple else proposal:
                if allowed(view, edit, taken + members if members else taken, step.transform):
                    members.append(edit)
            # A word that is misspelt in several places counts once for each. Where they are more than are still wanted, all or
            # none are made, by a chance that keeps the mean.
            size = len(members)
            if size > wanted and rng.stream(f"all {len(taken)}").random() * size >= wanted:
                wanted = 0
                break
            taken += members
            wanted -= min(size, wanted)
            refused = 0 if members else refused + 1
            if not wanted or refused >= PATIENCE:
                break
        self.unpaid += wanted
        return sorted(taken)


def typed_words(text: Text) -> int:
    """Count the words of letters; where most of a text is locked (code, tables), at most thrice those that are not."""
    return text.once("words typed", lambda: _typed_words(text))


def _typed_words(text: Text) -> int:
    every = text.every_word() if text._before is None else [(m.start(), m[0]) for m in WORD.finditer(text.raw)]
    words = [start for start, word in every if word.isalpha()]
    mask = text.mask
    return min(len(words), 3 * sum(mask[start] != LOCKED for start in words))


def tally(variant: Variant, stats: Counter[str]) -> None:
    """Count what a variant's writer was asked to misspell (in thousandths of words) and what is misspelt."""
    shares = {s.label: s.times * s.share for s in variant.steps if s.governed == "typo"}
    if not shares:
        return
    rate, words, made = 1000 * sum(shares.values()), 0, 0
    for (_, text), log, new in zip(variant._texts, variant._logs, variant.texts):
        if any(s.fits and s.label in shares and not fits_all(s.fits, text) for s in variant.steps):
            continue  # the writer is none who writes such a text
        made += sum(not shares.keys().isdisjoint(label.split("+")) for _, _, _, label in log)
        if len(log) == made or not log:  # slips alone leave the words as many as they were, near enough
            words += typed_words(text)
        else:
            words += typed_words(Text(new, text.spliced([e[:3] for e in log]).mask))
    stats["severity: words"] += words
    stats["severity: asked"] += round(rate * words)
    stats["severity: misspelt"] += made


def expected_slips(variant: Variant) -> float:
    """Give how many words of a variant's clean text a writer misspells on average."""
    typed = [s for s in variant.steps if s.governed == "typo"]
    return float(
        sum(
            s.times * s.share * typed_words(text) for s in typed for _, text in variant._texts if fits_all(s.fits, text)
        )
    )


def severity_of(stats: Any) -> dict[str, float] | None:
    """Give requested and achieved misspelt words per 100 from a run's counts, None where no writer's severity ruled."""
    # A run in parts leaves out what it counted none of: often a short one has no misspelt word.
    words, asked, misspelt = (stats.get(f"severity: {what}", 0) for what in ("words", "asked", "misspelt"))
    if not words:
        return None
    return {
        "requested": round(asked / 10 / words, 3),
        "achieved": round(100 * misspelt / words, 3),
        "words": words,
        "misspelt": misspelt,
    }
