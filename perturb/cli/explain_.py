"""perturb explain: every edit of a variant, in its text and with the step that made it; or the mask of a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from perturb.cli.from_run import from_run, log_options
from perturb.cli.options import colour, is_file, item_options, json_option

if TYPE_CHECKING:
    from perturb.cli.from_run import FromRun
    from perturb.items.readers import Record

LIMIT = 10
_IDS = "; the ids are what the added field says under 'of'"


@click.command("explain")
@click.argument("variants")
@click.option("--id", "ids", multiple=True, metavar="ID", help="Only the variants of this item (OF#recipe.run.variant: this one). May be repeated.")  # fmt: skip
@click.option("--variant", "number", type=click.IntRange(0), metavar="N", help="Only the variants with this number; 0 is the clean item.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help=f"Records to show.  [default: {LIMIT}; with --id all]")
@log_options
@click.option("--mask", is_flag=True, help="Show a text (or a file's inputs) with its names, slots and locked parts.")
@item_options
@json_option
def command(
    variants: str, ids: tuple[str, ...], number: int | None, limit: int | None, mask: bool, as_json: bool, **given: Any
) -> None:
    """Show each variant's text with its edits in place, and the step that made each, from a file that perturb run wrote.

    A sidecar is explained too, without the texts, which it does not have. The options from --profile to --analysis are for --mask.

    \b
      perturb explain out.jsonl --limit 3
      perturb explain out.jsonl --id q17 --variant 2
      perturb explain --mask "Janet has 16 eggs and sells them for $2 each."
    """
    log_is = {key: given.pop(key) for key in ("field", "sidecar", "manifest")}
    if mask:
        from perturb.cli.mask import masks

        if ids or number is not None:
            raise click.UsageError("--id and --variant pick from a file of variants; --mask shows texts as they are")
        masks(variants, limit or LIMIT, given, as_json, log_is["field"] or "perturb")
        return
    if not is_file(variants) and len(variants.split()) > 1:
        raise click.UsageError(f"no file is named {variants!r}; of a text, --mask shows what is protected in it")
    run = from_run(variants, log_is, lenient=True)  # texts can be shown without their profile
    chosen, texts_of = Chosen(variants, ids, number), Texts(run, colour() and not as_json)
    most = limit or (0 if ids else LIMIT)
    shown = 0
    for record, log in _logs(run):
        if not chosen(log):
            continue
        if shown == most and most:
            if not limit and not as_json:
                click.echo(f"note: the first {most}; --limit N shows more, --id ID those of an item", err=True)
            return
        shown += 1
        texts = [] if record is None else texts_of(record, log)
        if as_json:
            click.echo(json.dumps({**log, "texts": texts}, ensure_ascii=True))
        else:
            _show(log, texts)
    chosen.met(shown)


def _logs(run: FromRun) -> Iterator[tuple[Record | None, dict[str, Any]]]:
    """Yield each record with its log; a sidecar's logs alone."""
    from perturb.core.errors import DataError
    from perturb.items.logged import logged, not_logged, of_sidecar
    from perturb.items.shape import misfit

    sidecar = run.sidecar()
    for record, log in logged(run.file, run.field, sidecar):
        if log is None and not sidecar and of_sidecar(record.item):
            if wrong := misfit(record.item):
                raise DataError(f"{record.where}: the line {wrong}; expected what perturb run writes")
            yield None, {key: value for key, value in record.item.items() if key != "line"}
            continue
        if wrong := not_logged(record, log, run.field, sidecar):
            raise DataError(wrong)
        yield record, log


class Chosen:
    """Tell which variants are asked for by id and number, and what was asked for and met by none."""

    def __init__(self, file: str, ids: tuple[str, ...], number: int | None) -> None:
        self.file, self.number = file, number
        self.wanted = {key: set[int]() for key in ids}  # the numbers that an item has
        self.near: dict[str, None] = {}  # ids to suggest from

    def __call__(self, log: dict[str, Any]) -> bool:
        """Say whether a variant is one of them."""
        from perturb.integrations.question import row_id

        if not self.wanted:
            return self.number in (None, log["variant"])
        names = [name for name in (log["of"], row_id(log)) if name in self.wanted]
        for name in names:
            self.wanted[name].add(log["variant"])
        if not names and (len(self.near) < 5000 or any(log["of"].startswith(key) for key in self.wanted)):
            self.near[log["of"]] = None
        return bool(names) and self.number in (None, log["variant"])

    def met(self, shown: int) -> None:
        """Raise DataError where an id, or the number, was in no record."""
        from perturb.core.errors import DataError, did_you_mean

        for key, numbers in self.wanted.items():
            if not numbers:
                longer = [name for name in self.near if name.startswith(key)]
                hint = did_you_mean(key, longer or self.near) or (f"; did you mean {longer[0]!r}?" if longer else "")
                raise DataError(f"{self.file}: no record is of item {key!r}{hint or _IDS}")
            if self.number is not None and self.number not in numbers:
                has = ", ".join(map(str, sorted(numbers)))
                raise DataError(f"{self.file}: item {key!r} has no variant {self.number}, only {has}")
        if not shown:
            raise DataError(f"{self.file}: no record is variant {self.number}")


class Texts:
    """Give a record's inputs, and what else was edited, as they were, as they are, and with the edits marked."""

    def __init__(self, run: FromRun, in_colour: bool) -> None:
        self.run, self.in_colour = run, in_colour
        self.profile = run.profile

    def __call__(self, record: Record, log: dict[str, Any]) -> list[dict[str, str]]:
        """Rebuild the clean texts from the log."""
        from perturb.items.field_paths import get_path
        from perturb.items.logged import clean_texts
        from perturb.variant import marked

        edited = clean_texts(record, log)
        out = []
        for field in dict.fromkeys([*self._inputs(record), *edited]):
            now = get_path(record.item, field)
            old, new = edited.get(field, (now, now))
            edits = [(e["start"], e["end"], e["new"], e["step"]) for e in log["edits"] if e["field"] == field]
            if isinstance(new, str):
                out.append({"field": field, "old": old, "new": new, "marked": marked(old, edits, self.in_colour)})
        return out

    def _inputs(self, record: Record) -> list[str]:
        """List the inputs of a record, none where no profile knows its fields."""
        from perturb.core.errors import BadRecord
        from perturb.items.detect import detect

        item = {key: value for key, value in record.item.items() if key != self.run.field}
        try:
            self.profile = self.profile or detect(item, self.run.told)
            return self.profile.inputs(item)
        except BadRecord:
            return []


def _show(log: dict[str, Any], texts: list[dict[str, str]]) -> None:
    name = log["recipe"] or "clean"
    click.secho(f"{log['of']} #{log['variant']} {name}: {log['expect']}", bold=True, color=colour() or None)
    for text in texts:
        label = f"{text['field']}: " if len(texts) > 1 else ""
        click.echo(f"  {label}{text['marked']}".replace("\n", "\n  "))
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
