"""perturb join: the shards of one run, put together."""

from __future__ import annotations

import click

from perturb.cli.options import counted


@click.command("join")
@click.argument("shards", nargs=-1, required=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to write the whole.")
@click.option("--sidecar", default="", metavar="FILE", help="Join the shards' sidecars here.")
@click.option("--rejects", default="", metavar="FILE", help="Join the shards' rejects here.")
@click.option("--ledger", default="", metavar="FILE",
              help="Where the shards' ledger lies now: what they gave is added to it.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
def command(shards: tuple[str, ...], output: str, sidecar: str, rejects: str, ledger: str, force: bool) -> None:
    """Put the SHARDS of one run together, to the bytes that one process would have written.

    Refuses, and writes nothing, if a shard is missing, given twice, from another run, or changed since it was written.

    \b
      perturb join part-1.jsonl part-2.jsonl -o whole.jsonl
    """
    from perturb.cli.told import ledger_lines
    from perturb.items.readers import found
    from perturb.runs.join import join

    manifest = "" if output == "-" or output.startswith("/dev/") else f"{output}.manifest.json"
    paths = found(list(shards))
    whole, added = join(paths, output, manifest=manifest, sidecar=sidecar, rejects=rejects, ledger=ledger, force=force)
    records = whole["output"]["records"]
    click.echo(f"joined {counted(len(paths), 'shard')}: {counted(records, 'record')}", err=True)
    for line in ledger_lines(added, whole["summary"]):
        click.echo(line, err=True)
    if manifest:
        click.echo(f"repeat: perturb replay {manifest} -o AGAIN.jsonl", err=True)
