"""perturb audit: variants for a person to judge, and the rates that the answers give."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from perturb.cli.from_run import from_run, part_option, run_options
from perturb.cli.options import counted, json_option

if TYPE_CHECKING:
    from perturb.verify.audit import Rate, Row


@click.command("audit")
@click.argument("variants")
@click.option("--sample", type=click.IntRange(1), default=100, show_default=True, help="Variants to judge.")
@click.option(
    "-o",
    "--output",
    default="",
    metavar="SHEET.csv",
    help="Write the sheet here; without it, the questions are asked on the terminal.",
)
@click.option(
    "--read", "answered", default="", metavar="SHEET.csv", help="Count the answers of a sheet that was filled in."
)
@click.option("--cards", default="", metavar="FOLDER", help="With --read: keep the rates in the cards there.")
@click.option("--by", default="", metavar="WHO", help="With --cards: who judged.")
@click.option(
    "--source", default="", metavar="FILE", help="The clean items.  [default: the input that the manifest names]"
)
@run_options
@part_option
@click.option("--force", is_flag=True, help="Replace a sheet that exists.")
@json_option
def command(
    variants: str,
    sample: int,
    output: str,
    answered: str,
    cards: str,
    by: str,
    source: str,
    part: bool,
    force: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Judge a sample of VARIANTS by hand: does each keep its promise? The recipe is not shown.

    The sheet has the clean text, the variant, the answer and what is promised; write y or n into its column "valid".

    \b
      perturb audit out.jsonl --sample 100 -o sheet.csv
      perturb audit out.jsonl --read sheet.csv --cards cards
    """
    from perturb.core.errors import UsageError
    from perturb.items.sinks import Sink
    from perturb.verify.audit import as_record, row_of, sampled, sheet
    from perturb.verify.pairs import pairs

    if cards and not answered:
        raise UsageError("--cards keeps the rates of a sheet that was filled in; give it with --read SHEET.csv")
    if by and not cards:
        raise UsageError("--by says in the cards who judged; give it with --cards FOLDER")
    run = from_run(variants, given)
    source, sidecar = source or run.source(), run.sidecar()
    if not part:
        run.whole()
    found = pairs(
        variants, source, field=run.field, profile=run.profile, sidecar=sidecar, told=run.told, wanted=run.wanted
    )
    if answered:
        judged = _counted(answered, variants, [row_of(pair) for pair in found])
        for rate in judged:
            _told(rate, as_json)
        if cards:
            _kept(cards, [as_record(rate) for rate in judged], by)
        return
    rows = sampled(found, sample)
    if not rows:
        raise UsageError(f"{variants}: nothing to judge: no variant differs from its clean item")
    target = output or f"{variants}.audit.csv"
    with Sink(target, force=force, inputs=[variants, source], as_lines=True) as sink:
        said = {} if output else _asked(rows)
        sink.write_text(sheet(rows, said))
    told = f"{len(said)} judged" if not output else "fill in the column 'valid' with y or n"
    click.echo(
        f"{counted(len(rows), 'variant')} in {target}: {told}; then: perturb audit {variants} --read {target}", err=True
    )


def _counted(answered: str, variants: str, rows: list[Row]) -> list[Rate]:
    """Count the answers of a sheet; DataError where it has rows that are of no variant of the file."""
    from perturb.core.errors import DataError, UsageError
    from perturb.verify.audit import rates, read_sheet, stray

    judged = read_sheet(answered)
    answers = {one.key: one.valid for one in judged if one.valid}
    if not answers:
        raise UsageError(f"{answered}: no answers yet; fill in the column 'valid' with y or n")
    wrong = stray(judged, rows)
    if wrong:
        first, why = wrong[0]
        raise DataError(f"{answered}: {len(wrong)} of {counted(len(judged), 'row')} {'is' if len(wrong) == 1 else 'are'} of no variant in "
                        f"{variants}, the first in row {first.number}: {why}; read the sheet with the file that it was made of, or make "
                        f"a new one: perturb audit {variants} -o SHEET.csv")  # fmt: skip
    return list(rates(rows, answers))


def _told(rate: Rate, as_json: bool) -> None:
    from perturb.verify.audit import as_record

    if as_json:
        click.echo(json.dumps(as_record(rate)))
    else:
        click.echo(f"{rate.name:24} {rate.valid:4} of {rate.judged:4} valid: {100 * rate.valid / rate.judged:5.1f} % "
                   f"({100 * rate.low:.1f} to {100 * rate.high:.1f})")  # fmt: skip


def _kept(folder: str, found: list[dict[str, Any]], by: str) -> None:
    """Keep rates in the cards of a folder and say in which."""
    from pathlib import Path

    from perturb.core.errors import UsageError
    from perturb.evaluate.realism.validity import keep

    try:
        families = keep(Path(folder), found, by)
    except OSError as e:
        raise UsageError(f"{folder}: {(e.strerror or str(e)).lower()}; expected a folder for cards") from None
    click.echo(f"kept in {folder}: {', '.join(f'{name}.json' for name in families) or 'nothing'}", err=True)


def _asked(rows: list[Row]) -> dict[str, tuple[str, str]]:
    """Ask for each variant on the terminal; q ends, and what was said so far stays."""
    said: dict[str, tuple[str, str]] = {}
    for n, row in enumerate(rows, 1):
        click.echo(f"\n{n} of {len(rows)}\nclean:   {row.clean}\nvariant: {row.variant}")
        click.echo(f"answer:  {row.answer or '-'}\npromise: {row.promise}")
        key = click.prompt("valid?", type=click.Choice(["y", "n", "s", "q"]), default="s", show_default=False, err=True)
        if key == "q":
            break
        if key != "s":
            said[row.key] = (key, "")
    return said
