"""perturb show RECIPE --on FILE: how many of a file's items a recipe can be expected to change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

SAMPLE = 1000  # items looked at
_MODES = {"keep": "kept", "redraw": "drawn again, up to eight times"}


def expected(name: str, path: str) -> dict[str, Any]:
    """Estimate the share of items that a run changes from one variant of each of the file's first items (with seed 1).

    It is drawn as a run draws it: again where it is unchanged, or kept where rates were measured (``unchanged`` says which). Where a writer's severity rules, also computed: the share of items that carry a misspelt word at all. Raises DataError
    and UsageError as a run on the file does.
    """
    from perturb.runs.feed import Feed
    from perturb.slipping import expected_slips, severity_of
    from perturb.variants import Perturber
    from perturb.writer import spared

    perturber = Perturber(name, 1, 1)
    feed = Feed([path], limit=SAMPLE)
    perturber.on_bad = lambda bad, item: None
    read = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal read
        for item in feed.items():
            read += 1
            yield item

    variants = list(islice(perturber(counted()), SAMPLE))
    n = perturber.stats["items"]
    found: dict[str, Any] = {"items": n, "read": read, "changed": sum(v.changed for v in variants),
                             "unchanged": perturber.policy(perturber.recipes[0])}  # fmt: skip
    left = "left as they are: "
    found["left"] = {key.removeprefix(left): k for key, k in sorted(perturber.stats.items()) if key.startswith(left)}
    if n:
        share = found["changed"] / n
        found["share"], found["error"] = share, (share * (1 - share) / n) ** 0.5
    severity = severity_of(perturber.stats)
    if severity is not None and variants:
        found["severity"] = severity["requested"]
        found["misspelt"] = sum(1 - spared(expected_slips(v)) for v in variants) / n
    return found


def said(found: dict[str, Any]) -> list[str]:
    """Put an estimate into words."""
    n = found["items"]
    if not n:
        return [f"none of the {found['read']} items of the file can be perturbed"]
    out = [f"a run changes {found['share']:.0%} of the items, give or take {2 * found['error']:.1%} "
           f"(one variant of each of {n} items drawn; an unchanged one is {_MODES[found['unchanged']]})"]  # fmt: skip
    out += [f"left as they are: {count} ({what})" for what, count in found["left"].items()]
    if "misspelt" in found:
        out.append(
            f"{found['misspelt']:.0%} carry a misspelt word at {found['severity']:g} misspelt words per 100 (computed)"
        )
    return out
