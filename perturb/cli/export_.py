"""perturb export: what perturb run wrote, as files of other tools."""

from __future__ import annotations

from typing import Any

import click

from perturb.cli.from_run import from_run, part_option, run_options
from perturb.cli.options import counted

_TOOLS = ("openai-evals", "deepeval", "ragas", "helm", "langsmith", "langfuse", "promptfoo", "csv", "parquet")


@click.command("export")
@click.argument("variants", metavar="FILE")
@click.option("--to", "tool", type=click.Choice(_TOOLS), required=True, help="The tool that will read it.")
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    show_default="stdout",
    help="Where to write (promptfoo: .jsonl or .csv).",
)
@click.option("--expect", default="", metavar="LIST",
              help="Variants to keep.  [default: same; csv and parquet keep all]")  # fmt: skip
@run_options
@part_option
@click.option("--force", is_flag=True, help="Replace an output that exists.")
def command(variants: str, tool: str, output: str, expect: str, part: bool, force: bool, **given: Any) -> None:
    """Write the variants of a FILE (from perturb run) in the form that another tool reads.

    Ids go along where the tool keeps them, so that perturb pair can pair its results. Variants for which the old answer is no
    longer right (clarify, abstain, unsure, any_of) are left out and counted.

    \b
      perturb run qa.jsonl -r hurried -n 3 --with-clean -o out.jsonl
      perturb export out.jsonl --to deepeval -o goldens.jsonl
    """
    from perturb.arguments import expectations
    from perturb.integrations.export import KEEPS_ALL, export

    wanted = expectations(expect) if expect else frozenset()
    run = from_run(variants, given)
    sidecar = run.sidecar()
    if not part:
        run.whole()
    done = export(variants, tool, output, expect=wanted, profile=run.profile, told=run.told, fields=run.wanted,
                     field=run.field, sidecar=sidecar, force=force)  # fmt: skip
    told = ", ".join(f"{count} {what}" for what, count in sorted(done.left.items()))
    to = "" if output == "-" else f" to {output}"
    click.echo(f"wrote {counted(done.rows, 'row')}{to}" + (f"; left out: {told}" if told else ""), err=True)
    if done.unanswered == done.rows and tool not in KEEPS_ALL:
        click.echo("note: no row has a right answer; --target-field names the field that holds it", err=True)
