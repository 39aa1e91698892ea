"""perturb explain: every edit of a variant and the step that made it; or the mask of a text."""

from __future__ import annotations

import json
from typing import Any

import click

from perturb.cli.options import as_job, colour, is_file, item_options, json_option, taken_as_text

_COLOURS = {1: "\x1b[36m", 2: "\x1b[33m", 3: "\x1b[31m"}
_BRACKETS = {1: "‹›", 2: "[]", 3: "{}"}


@click.command("explain")
@click.argument("variants")
@click.option("--mask", is_flag=True, help="Show a text (or a file's inputs) with its names, slots and locked parts.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Records of a file.")
@click.option("--field", default="perturb", show_default=True, help="The name of the added field.")
@item_options
@json_option
def command(variants: str, mask: bool, limit: int, field: str, as_json: bool, **given: Any) -> None:
    """Show each variant's edits and the step that made them, from a file that perturb run wrote.

    \b
      perturb explain out.jsonl --limit 3
      perturb explain --mask "Janet has 16 eggs and sells them for $2 each."
    """
    if mask:
        _masks(variants, limit, given, as_json)
        return
    from perturb.core.errors import DataError
    from perturb.items.readers import read

    for record in read(variants, limit=limit):
        log: Any = record.item.get(field)
        wrong = _misfit(log)
        if wrong:
            raise DataError(f"{record.where}: field {field!r} {wrong}; expected a file that perturb run wrote "
                            "(name the field with --field)")  # fmt: skip
        if as_json:
            click.echo(json.dumps(log, ensure_ascii=True))
            continue
        name = log["recipe"] or "clean"
        click.secho(f"{log['of']} #{log['variant']} {name}: {log['expect']}", bold=True, color=colour() or None)
        for move in log["moves"]:
            click.echo(f"  {move['step']}: {move['field']} {move['old']} -> {move['new']}")
        for e in log["edits"]:
            click.echo(f"  {e['step']}: {e['field']}[{e['start']}:{e['end']}] {e['old']!r} -> {e['new']!r}")
        for m in log["missing"]:
            click.echo(f"  missing {m['kind']} {m['text']!r}; ask: {m['ask']}")
        if not log["edits"] and not log["moves"]:
            click.echo("  unchanged")


_LISTS = {"moves": ("step", "field", "old", "new"), "edits": ("step", "field", "start", "end", "old", "new"),
          "missing": ("kind", "text", "ask")}  # fmt: skip


def _misfit(log: Any) -> str:
    """Say what is wrong with a record's log, "" where it is as perturb run writes it."""
    if not isinstance(log, dict):
        return "is not there" if log is None else "is no object"
    for key in ("of", "variant", "recipe", "expect", *_LISTS):
        if key not in log:
            return f"has no {key!r}"
    for key, parts in _LISTS.items():
        rows = log[key]
        if not isinstance(rows, list) or not all(isinstance(r, dict) and all(p in r for p in parts) for r in rows):
            return f"has {key!r} that is no list of {', '.join(parts)}"
    return ""


def _masks(source: str, limit: int, given: dict[str, Any], as_json: bool) -> None:
    from perturb.core.errors import UsageError
    from perturb.core.text import LEVELS
    from perturb.items.profiles import Profile
    from perturb.runs.manifest import Job
    from perturb.runs.runner import Feed

    job = Job(source, ["punct"], 0, **as_job(given))
    perturber = job.perturber()
    if is_file(source):
        feed = Feed(source, limit=limit)
        perturber.on_bad, items = feed.bad_item, feed.items()
    else:
        taken_as_text(source)
        if perturber.profile != "auto":
            raise UsageError("--profile and --…-field are for files: a TEXT has no fields")
        perturber.profile, items = Profile("text", ("text",), task="chat"), iter([{"text": source}])
    for item in items:
        one = perturber._prepared(item)
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
