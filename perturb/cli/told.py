"""What is said at the end of a run of its variants: how fresh they are, and what a ledger made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perturb.cli.options import counted

STEPS = 4  # that are named on a line


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


def freshness_lines(found: Mapping[str, Any]) -> list[str]:
    """Say how fresh and how varied the variants are."""
    if not found or not found["sample"]["variants"]:
        return []
    size = found["sample"]["variants"]
    lines = [f"fresh: {_percent(found['identical'])} identical to their item, {_percent(found['distinct'])} distinct of an item's; "
             f"distinct-1 {found['distinct_1']:.3f}, distinct-2 {found['distinct_2']:.3f}"]  # fmt: skip
    parts = [
        f"{name.replace('to', 'up to', 1)} in {_percent(n / size)}"
        for name, n in found["changed_characters"].items()
        if n
    ]
    lines.append(f"characters changed: {', '.join(parts)} of variants")
    steps = sorted(found["steps"].items(), key=lambda step: (-step[1]["per_100_words"], step[0]))
    shown = [f"{name} {figures['per_100_words']:.1f}" for name, figures in steps[:STEPS]]
    more = f", and {len(steps) - STEPS} more in the manifest" if len(steps) > STEPS else ""
    if shown:
        lines.append(f"edits per 100 words: {', '.join(shown)}{more}")
    if "previous" in found:
        lines.append(f"overlap with the run that stood here: {_percent(found['previous']['overlap'])} of variants")
    return lines


def _percent(share: float) -> str:
    shown = 100 * share
    return f"{shown:.0f} %" if shown == 0 or shown >= 10 else f"{shown:.1f} %"
