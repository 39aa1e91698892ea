"""perturb explain --mask: a text, or a file's inputs, with what is protected in it."""

from __future__ import annotations

import json
from typing import Any

import click

from perturb.cli.options import as_job, colour

_COLOURS = {1: "\x1b[36m", 2: "\x1b[33m", 3: "\x1b[31m"}
_BRACKETS = {1: "‹›", 2: "[]", 3: "{}"}


def masks(source: str, limit: int, given: dict[str, Any], as_json: bool, field: str) -> None:
    """Show the inputs of a file's first items, or a text, and a legend on stderr; ``field`` is no part of a variant."""
    from perturb.cli.inputs import items_of
    from perturb.core.text import LEVELS
    from perturb.runs.job import Job

    job = Job([source], ["punct"], 0, **as_job(given))
    perturber = job.perturber()
    for item in items_of(perturber, source, limit):
        one = perturber._prepared({key: value for key, value in item.items() if key != field})
        if one is None:
            continue
        if job.analysis == "spacy":
            perturber._analyse([one])
        for path, text in one.texts:
            if as_json:
                click.echo(json.dumps({"field": path, "text": text.raw, "mask": [LEVELS[m] for m in text.mask]}))
            else:
                click.echo(masked(text.raw, text.mask, colour()))
    if not as_json:
        legend = masked("name slot locked", bytes([1] * 4 + [0] + [2] * 4 + [0] + [3] * 6), colour())
        click.echo(f"({legend})", err=True)


def masked(raw: str, mask: bytes, in_colour: bool) -> str:
    """Show a text with its levels, coloured on a terminal and else in brackets ("It costs [$48].")."""
    parts, at = [], 0
    while at < len(raw):
        end, level = at + 1, mask[at]
        while end < len(raw) and mask[end] == level:
            end += 1
        piece = raw[at:end]
        if level and in_colour:
            piece = f"{_COLOURS[level]}{piece}\x1b[0m"
        elif level:
            piece = _BRACKETS[level][0] + piece + _BRACKETS[level][1]
        parts.append(piece)
        at = end
    return "".join(parts)
