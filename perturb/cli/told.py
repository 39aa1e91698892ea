"""What is said at the end of a run of its variants: how fresh they are, and what a ledger made of them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

from perturb.cli.options import counted

FEW = 0.1  # of the variants asked for: fewer need a reason
STEPS = 4  # that are named on a line
REASONS = ("dropped", "left as they are", "left out", "passed over")  # why an item has no variant
COUNTED = (*REASONS, "steps left out", "no field")


def ledger_lines(added: Mapping[str, Any], stats: Mapping[str, int]) -> list[str]:
    """Say what was added to a ledger, what was drawn again, and which items have nothing left."""
    if not added:
        return []
    begun = ", begun with it" if added["new"] else ""
    lines = [f"ledger: {added['path']}: run {added['run']}{begun}, {counted(added['variants'], 'variant')} added; "
             f"{counted(stats.get('given before', 0), 'first draw')} had been given before, "
             f"{counted(stats.get('drawn again', 0), 'variant')} drawn again"]  # fmt: skip
    gone = stats.get("exhausted", 0)
    if gone:
        lines.append(f"exhausted: {counted(gone, 'item')} gave {stats.get('dropped: given before', 0)} variants fewer than asked for: "
                     "41 draws in a row had been given before; a greater --intensity or another recipe has more")  # fmt: skip
    return lines


def freshness_lines(found: Mapping[str, Any], variants: int) -> list[str]:
    """Say how fresh and how varied so many variants are; all but the first share is of the sample, where that is not all."""
    if not found or not found["sample"]["variants"]:
        return []
    size = found["sample"]["variants"]
    equal, within, of = f"{_percent(found['identical'])} equal to their item, ", "", "variants"
    if size < variants:
        equal = (
            f"{_percent(found['identical'])} of all {variants:,} variants equal to their item; of a sample of {size}, "
        )
        within, of = " (sample)", "the sample"
    lines = [f"fresh: {equal}{_percent(found['distinct'])} unlike the item's other variants; "
             f"distinct-1 {found['distinct_1']:.3f}, distinct-2 {found['distinct_2']:.3f}"]  # fmt: skip
    parts = [
        f"{name.replace('to', 'up to', 1)} in {_percent(n / size)}"
        for name, n in found["changed_characters"].items()
        if n
    ]
    lines.append(f"characters changed: {', '.join(parts)} of {of}")
    steps = sorted(found["steps"].items(), key=lambda step: (-step[1]["per_100_words"], step[0]))
    shown = [f"{name} {figures['per_100_words']:.1f}" for name, figures in steps[:STEPS]]
    more = f", and {len(steps) - STEPS} more in the manifest" if len(steps) > STEPS else ""
    if shown:
        lines.append(f"edits per 100 words{within}: {', '.join(shown)}{more}")
    if "previous" in found:
        lines.append(f"overlap with the run that stood here: {_percent(found['previous']['overlap'])} of {of}")
    return lines


def count_lines(stats: Mapping[str, int]) -> list[str]:
    """Say how many variants and items were dropped, left out or passed over, and why."""
    lines = []
    for k, n in sorted(stats.items()):
        head, _, what = k.partition(": ")
        if head in COUNTED and k != "dropped: given before":  # which is said of the ledger
            lines.append(f"{head}: {n} ({what})")
    return lines


def nothing_lines(stats: Mapping[str, int]) -> list[str]:
    """Say on one line that there is no variant at all, and why; nothing where there is one."""
    if stats["variants"]:
        return []
    why = [line for line in count_lines(stats) if line.startswith(REASONS)]
    return ["; ".join([f"no variant of {counted(stats['items'], 'item')}", *why])]


def dropped_lines(perturber: Any) -> list[str]:
    """Say which of several recipes lost variants, and why one may have given none at all."""
    stats, recipes = perturber.stats, perturber.recipes
    lost = {r.name: stats[f"without: {r.name}"] for r in recipes if stats[f"without: {r.name}"]}
    lines = []
    if lost and len(recipes) > 1:
        lines.append(f"dropped, by recipe: {', '.join(f'{name} {n}' for name, n in lost.items())}")
    asked = stats["items"] * perturber.n
    for r in recipes:
        given = asked - lost.get(r.name, 0)
        if given == 0 < asked:
            lines.append(f"note: {r.name} changed none of the items{_why_not(r, perturber)}")
        elif given < FEW * asked and (why := _only(r)):
            lines.append(f"note: {r.name} gave {given} of {counted(asked, 'variant')}: {why}")
    return lines


def _only(recipe: Any) -> str:
    """Say what few texts a recipe's steps are for ("premise.claim only where the right answer is no"), "" where some take any.

    It stands in their docstrings, in a sentence that begins with "Only".
    """
    steps = [s for s in recipe.steps() if s.must or not recipe.musts]
    found = {}
    for step in steps:
        said = re.search(r"(?:^|\.\s+|\n)(Only [^.]+)\.", inspect.getdoc(step.transform.fn) or "")
        if said is None:
            return ""
        found[step.transform.name] = " ".join(said[1].split())
    return "; ".join(f"{name} {said[0].lower()}{said[1:]}" for name, said in found.items())


def _why_not(recipe: Any, perturber: Any) -> str:
    names = {step.transform.name for step in recipe.steps()}
    if perturber.intensity == 0:
        return ": --intensity 0 changes nothing"
    if not all(name.startswith("choices.") for name in names):
        only = _only(recipe)
        return f": {only}" if only else ""
    profile = perturber.profile if perturber.profile != "auto" else perturber.found
    if profile is None or not (profile.choices or profile.choice_fields):
        return ": their profile names no options; say where they are with --choices-field"
    if not profile.target:
        return ": their profile names no answer; say where it is with --target-field"
    where = profile.choices or ", ".join(profile.choice_fields)
    return (f": {where!r} must hold two or more texts ('{where}[*].text' where they are objects with a text), "
            f"and {profile.target!r} name one of them")  # fmt: skip


def _percent(share: float) -> str:
    shown = 100 * share
    return f"{shown:.0f} %" if shown == 0 or shown >= 10 else f"{shown:.1f} %"
