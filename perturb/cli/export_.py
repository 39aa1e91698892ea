"""perturb export: what perturb run wrote, as files of other tools."""

from __future__ import annotations

import os
from typing import Any

import click

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
@click.option("--field", default="perturb", show_default=True, help="The name of the added field.")
@click.option("--sidecar", default="", metavar="FILE", help="The file that has the added fields.")
@click.option("-p", "--profile", default="", metavar="NAME|FILE",
              help="Which fields are what.  [default: as the manifest says, else by the fields]")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace an output that exists.")
def command(variants: str, tool: str, output: str, expect: str, profile: str, **given: Any) -> None:
    """Write the variants of a FILE (from perturb run) in the form that another tool reads.

    Ids go along where the tool keeps them, so that perturb pair can pair its results. Variants for which the old answer is no
    longer right (clarify, abstain, unsure, any_of) are left out and counted.

    \b
      perturb run qa.jsonl -r hurried -n 3 --with-clean -o out.jsonl
      perturb export out.jsonl --to deepeval -o goldens.jsonl
    """
    from perturb.arguments import expectations
    from perturb.integrations.export import export

    wanted = expectations(expect) if expect else frozenset()
    n, left = export(variants, tool, output, expect=wanted, profile=_profile(variants, profile), **given)
    told = ", ".join(f"{count} {what}" for what, count in sorted(left.items()))
    to = "" if output == "-" else f" to {output}"
    click.echo(f"wrote {counted(n, 'row')}{to}" + (f"; left out: {told}" if left else ""), err=True)


def _profile(variants: str, name: str) -> Any:
    """Load the profile that is named, or the one that the file was made with."""
    from perturb.items.profile_files import load_profile
    from perturb.runs.job import Job
    from perturb.runs.manifest import read_manifest

    if name:
        return load_profile(name)
    manifest = f"{variants}.manifest.json"
    if not os.path.exists(manifest):
        return None
    job = {"input": [], **read_manifest(manifest).get("job", {}), "recipes": [], "plugins": []}
    return Job(**job).its_profile()
