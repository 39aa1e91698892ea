"""perturb ledger: what a ledger remembers."""

from __future__ import annotations

import json
from typing import Any

import click

from perturb.cli.options import Progress, counted, jobs_option, json_option, processes


@click.command("ledger")
@click.argument("ledger")
@click.option("--add", "manifests", multiple=True, metavar="MANIFEST",
              help="Add a run that was made without the ledger, by repeating it from its manifest. The ledger is made if there is none.")  # fmt: skip
@jobs_option
@json_option
def command(ledger: str, manifests: tuple[str, ...], jobs: int, as_json: bool) -> None:
    """Show the runs of a LEDGER, how many variants each gave, and which of them another run gave too.

    A ledger holds hashes of items' ids and of variants, and no text. "again" counts a run's variants that an earlier one gave.

    \b
      perturb run items.jsonl -r hurried --ledger seen.db -o monday.jsonl
      perturb ledger seen.db
    """
    from perturb.ledger import Ledger

    for manifest in manifests:
        _add(ledger, manifest, processes(jobs))
    with Ledger(ledger) as known:
        runs, overlaps, (items, variants) = known.runs(), known.overlaps(), known.counts()
    if as_json:
        said = {"runs": runs, "overlaps": [dict(zip(("run", "other", "variants"), o)) for o in overlaps],
                "items": items, "variants": variants}  # fmt: skip
        click.echo(json.dumps(said, indent=1))
        return
    names = ("run", "recipes", "n", "items", "variants", "again", "seed", "output")
    rows = [names, *(tuple(str(run[name]) for name in names) for run in runs)]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        cells = (
            cell.ljust(w) if name in ("recipes", "output") else cell.rjust(w)
            for name, cell, w in zip(names, row, widths)
        )
        click.echo("  ".join(cells).rstrip())
    for one, other, n in overlaps:
        click.echo(f"runs {one} and {other} share {counted(n, 'variant')}")
    click.echo(f"{counted(variants, 'variant')} of {counted(items, 'item')} in {counted(len(runs), 'run')}"
               f"{'' if overlaps else ', none given twice'}")  # fmt: skip


def _add(ledger: str, manifest: str, jobs: int) -> None:
    from perturb.runs.adding import add_run

    progress = Progress(0)
    try:
        done: dict[str, Any] = add_run(ledger, manifest, jobs=jobs, progress=progress)
    finally:
        progress.done()
    what = "is there already" if done["there"] else f"{counted(done['variants'], 'variant')} added"
    click.echo(f"{manifest}: run {done['run']}, {what}", err=True)
