"""perturb preview: see what recipes do, without writing anything."""

from __future__ import annotations

import json
import os
from typing import Any

import click

from perturb.cli.options import colour, item_options, json_option, recipe_options


@click.command("preview")
@click.argument("text")
@recipe_options
@item_options
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Items of a file.")
@json_option
def command(text: str, recipes: tuple[str, ...], n: int, seed: int | None, limit: int, as_json: bool, **given: Any) -> None:
    """Show what recipes do to a TEXT, or to the items of a file.

    \b
      perturb preview -r hurried -n 3 "What is the capital of France?"
      perturb preview -r typo items.jsonl --limit 5
    """
    from perturb.items.profiles import Profile
    from perturb.runs.manifest import Job

    is_file = os.path.isfile(text) or text == "-" or text.endswith((".jsonl", ".json"))
    job = Job(text, list(recipes), seed, n, **{k: list(v) if isinstance(v, tuple) else v for k, v in given.items()})
    job.unchanged = "keep"
    items: Any = [{"text": text}]
    if is_file:
        from itertools import islice

        from perturb.items.readers import read

        items = (r.item for r in islice(read(text), limit))
    perturber = job.perturber()
    if not is_file and job.profile == "auto":
        perturber.profile = Profile("text", ("text",), task="chat")
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
    click.echo(f"seed: {perturber.seed}", err=True)
