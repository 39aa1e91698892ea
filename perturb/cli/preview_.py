"""perturb preview: see what recipes do, without writing anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from perturb.cli.options import (
    as_job,
    colour,
    is_file,
    item_options,
    json_option,
    keep_options,
    needed,
    recipe_options,
    taken_as_input,
)
from perturb.cli.told import count_lines, dropped_lines, nothing_lines

if TYPE_CHECKING:
    from perturb.variant import Variant


@click.command("preview")
@click.argument("text")
@recipe_options
@item_options
@keep_options
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Items of a file.")
@json_option
def command(
    text: str, recipes: tuple[str, ...], n: int, seed: int | None, limit: int, as_json: bool, **given: Any
) -> None:
    """Show what recipes do to a TEXT, or to the items of a file. Nothing is written.

    With a seed, these are the variants that perturb run writes with that seed.

    \b
      perturb preview -r hurried -n 3 "What is the capital of France?"
      perturb preview -r typo items.jsonl --limit 5
    """
    needed(recipes)
    from perturb.cli.inputs import items_of
    from perturb.core.errors import UsageError
    from perturb.runs.job import Job
    from perturb.runs.outputs import found_fields

    job = Job([text], list(recipes), seed, n, **as_job(given))
    perturber = job.perturber()
    if not is_file(text) and not text.strip():
        raise UsageError("the text is empty")
    in_colour, many = colour(), len(perturber.recipes) > 1
    for variant in perturber(items_of(perturber, text, limit)):
        if as_json:
            click.echo(json.dumps({"text": variant.text, **variant.record}, ensure_ascii=True))
        else:
            _show(variant, many, in_colour)
    found_fields(perturber.wanted, perturber.stats, text)
    for line in [*_lost(perturber), *taken_as_input(perturber.detected)]:
        click.echo(line, err=True)
    click.echo(f"seed: {perturber.seed}", err=True)


def _lost(perturber: Any) -> list[str]:
    """Say what came of no variant; where there is none at all, on one line, and why only where a recipe can tell."""
    nothing, notes = nothing_lines(perturber.stats), dropped_lines(perturber)
    if nothing:
        return nothing + [note for note in notes if note.count(": ") > 1]
    return count_lines(perturber.stats) + notes


def _show(variant: Variant, named: bool, in_colour: bool) -> None:
    head = f"{variant.recipe}: " if named else ""
    tail = "" if variant.expect == "same" else f"   [{variant.expect}]"
    body = variant.diff(colour=True) if in_colour else variant.text
    click.echo(f"{head}{body}{tail if variant.changed else '   [unchanged]'}")
    for miss in variant.missing:
        click.echo(f"    missing {miss['kind']} {miss['text']!r}; ask: {miss['ask']}  reply: {miss['reply']}")
    if variant.any_of:
        click.echo(f"    any of: {', '.join(variant.any_of)}")
