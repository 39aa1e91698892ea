"""perturb explain: every edit of a variant and the step that made it; or the mask of a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from perturb.cli.options import as_job, colour, item_options, json_option

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
    """Show each variant's edits and the step that made them, from a file that perturb run wrote, or its sidecar.

    \b
      perturb explain out.jsonl --limit 3
      perturb explain --mask "Janet has 16 eggs and sells them for $2 each."
    """
    if mask:
        _masks(variants, limit, given, as_json)
        return
    from perturb.core.errors import DataError
    from perturb.items.readers import read
    from perturb.items.shape import misfit

    for record in read(variants, limit=limit):
        log: Any = record.item.get(field)
        if log is None and {"line", "of", "edits"} <= record.item.keys():
            log = record.item  # a line of a sidecar is the log itself
        wrong = misfit(log)
        if wrong:
            raise DataError(f"{record.where}: field {field!r} {wrong}; expected a file that perturb run wrote "
                            "(name the field with --field)")  # fmt: skip
        if as_json:
            click.echo(json.dumps(log, ensure_ascii=True))
            continue
        name = log["recipe"] or "clean"
        click.secho(f"{log['of']} #{log['variant']} {name}: {log['expect']}", bold=True, color=colour() or None)
        if colour():
            for line in _inline(record.item, log["edits"]):
                click.echo(f"  {line}")
        for move in log["moves"]:
            click.echo(f"  {move['step']}: {move['field']} {move['old']} -> {move['new']}")
        for e in log["edits"]:
            click.echo(f"  {e['step']}: {e['field']}[{e['start']}:{e['end']}] {e['old']!r} -> {e['new']!r}")
        for m in log["missing"]:
            click.echo(f"  missing {m['kind']} {m['text']!r}; ask: {m['ask']}  reply: {m['reply']}")
        if log["any_of"]:
            click.echo(f"  any of: {', '.join(log['any_of'])}")
        if log["target_if_answered"]:
            click.echo(f"  once answered: {log['target_if_answered']}")
        if not log["edits"] and not log["moves"]:
            click.echo("  unchanged")


def _inline(item: dict[str, Any], edits: list[dict[str, Any]]) -> Iterator[str]:
    """Show each changed field of a variant with its edits in place; the clean text is rebuilt from the log."""
    from perturb.core.errors import DataError
    from perturb.items.profiles import get_path
    from perturb.variant import marked

    for field in dict.fromkeys(e["field"] for e in edits):
        new, parts, at, shift = get_path(item, field), [], 0, 0
        log = [e for e in edits if e["field"] == field]
        if not isinstance(new, str):
            continue  # a bare file beside its sidecar
        for e in log:
            start = e["start"] + shift
            parts += [new[at:start], e["old"]]
            at, shift = start + len(e["new"]), shift + len(e["new"]) - len(e["old"])
            if new[start:at] != e["new"]:
                raise DataError(f"the log does not fit its text: {e['new']!r} does not stand at {start} of {field!r}")
        source = "".join([*parts, new[at:]])
        yield marked(source, [(e["start"], e["end"], e["new"], e["step"]) for e in log], True).replace("\n", "\n  ")


def _masks(source: str, limit: int, given: dict[str, Any], as_json: bool) -> None:
    from perturb.cli.inputs import items_of
    from perturb.core.text import LEVELS
    from perturb.runs.job import Job

    job = Job([source], ["punct"], 0, **as_job(given))
    perturber = job.perturber()
    for item in items_of(perturber, source, limit):
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
