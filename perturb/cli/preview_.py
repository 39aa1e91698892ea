"""perturb preview: see what recipes do, without writing anything."""

from __future__ import annotations

import json
from typing import Any

import click

from perturb.cli.options import (
    as_job,
    colour,
    is_file,
    item_options,
    json_option,
    recipe_options,
    taken_as_input,
    taken_as_text,
)


@click.command("preview")
@click.argument("text")
@recipe_options
@item_options
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Items of a file.")
@json_option
def command(
    text: str, recipes: tuple[str, ...], n: int, seed: int | None, limit: int, as_json: bool, **given: Any
) -> None:
    """Show what recipes do to a TEXT, or to the items of a file.

    \b
      perturb preview -r hurried -n 3 "What is the capital of France?"
      perturb preview -r typo items.jsonl --limit 5
    """
    from perturb.core.errors import UsageError
    from perturb.items.profiles import Profile
    from perturb.runs.manifest import Job
    from perturb.runs.runner import Feed

    job = Job(text, list(recipes), seed, n, **as_job(given))
    job.unchanged = "keep"
    perturber = job.perturber()
    if is_file(text):
        feed = Feed(text, limit=limit)
        perturber.on_bad, items = feed.bad_item, feed.items()
    else:
        taken_as_text(text)
        if not text.strip() or perturber.profile != "auto":
            raise UsageError(
                "the text is empty"
                if not text.strip()
                else "--profile and --…-field are for files: a TEXT has no fields"
            )
        perturber.profile, items = Profile("text", ("text",), task="chat"), iter([{"text": text}])
    shown = colour()
    many = len(perturber.recipes) > 1
    for variant in perturber(items):
        if as_json:
            click.echo(json.dumps({"text": variant.text, **variant.record}, ensure_ascii=True))
            continue
        head = f"{variant.recipe}: " if many else ""
        tail = "" if variant.expect == "same" else f"   [{variant.expect}]"
        body = variant.diff(colour=True) if shown else variant.text
        click.echo(f"{head}{body}{tail if variant.changed else '   [unchanged]'}")
        for miss in variant.missing:
            click.echo(f"    missing {miss['kind']} {miss['text']!r}; ask: {miss['ask']}")
    for k, count in sorted(perturber.stats.items()):
        if k.startswith("dropped"):
            click.echo(f"{k} ({count})", err=True)
    for line in taken_as_input(perturber.detected):
        click.echo(line, err=True)
    click.echo(f"seed: {perturber.seed}", err=True)
