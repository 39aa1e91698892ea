"""perturb replay: a run again, byte for byte."""

from __future__ import annotations

import click

from perturb.cli.options import Progress, counted, jobs_option, processes


@click.command("replay")
@click.argument("manifest")
@click.option("-o", "--output", default="-", metavar="FILE", show_default="stdout", help="Where to write the variants.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing, only compare: with the manifest, and with the output where it is there.",
)
@click.option("--input", "input_", multiple=True, metavar="FILE", help="Where the input lies now, if it moved.")
@jobs_option
@click.option("--force", is_flag=True, help="Replace an output that exists.")
def command(manifest: str, output: str, check: bool, input_: tuple[str, ...], jobs: int, force: bool) -> None:
    """Repeat the run that a MANIFEST describes, byte for byte.

    Refuses, naming what differs, if the input, a recipe, a table or perturb itself has changed, and writes nothing. With --check also
    if the run's output, where it is there, is no longer as it was written.

    \b
      perturb replay out.jsonl.manifest.json -o again.jsonl
    """
    from perturb.runs.replay import replay

    progress = Progress(0)
    try:
        summary = replay(manifest, None if check else output, input=list(input_) or None, force=force,
                         jobs=processes(jobs), progress=progress, compare=check)  # fmt: skip
    finally:
        progress.done()
    told = f"{counted(summary.records, 'record')}, the same bytes (sha256 {summary.output_sha256[:12]}…)"
    if summary.compared:
        told += f"; {summary.compared} is as it was written"
    elif check:
        told += " as the manifest tells; the output is not there, and was not compared"
    click.echo(told, err=True)
