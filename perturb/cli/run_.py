"""perturb run: items in, variants out."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from perturb.cli.options import (
    Progress,
    as_job,
    choose_options,
    counted,
    item_options,
    jobs_option,
    keep_options,
    needed,
    processes,
    recipe_options,
    taken_as_input,
)
from perturb.cli.told import count_lines, dropped_lines, freshness_lines, ledger_lines, nothing_lines


@click.command("run")
@click.argument("items", nargs=-1)
@recipe_options
@click.option("-o", "--output", default="-", metavar="FILE", show_default="stdout", help="Where to write the variants.")
@item_options
@choose_options
@keep_options
@click.option("--with-clean", is_flag=True, help="Write the clean item first, as variant 0.")
@click.option(
    "--field", "name_field", default="perturb", show_default=True, metavar="NAME", help="The name of the added field."
)
@click.option(
    "--sidecar", default="", metavar="FILE", help="Write the added field to this file instead, a line for each variant."
)
@click.option("--bare", is_flag=True, help="Leave the added field out.")
@click.option(
    "--rejects", default="", metavar="FILE", help="Write bad records to this file, with the reason, and go on."
)
@click.option("--manifest", default="", metavar="FILE", help="Where the manifest goes.  [default: OUT.manifest.json]")
@click.option("--ledger", default="", metavar="FILE",
              help="Write no variant that this file remembers, and let it remember these. Made if there is none.")  # fmt: skip
@jobs_option
@click.option("--engine", type=click.Choice(["processes", "ray"]), default="processes", show_default=True,
              help="Where the work is done: in processes of perturb, or in Ray (-j N processes here, or the cluster of RAY_ADDRESS).")  # fmt: skip
@click.option("--shard", default="", metavar="I/N", help="Only part I of N; perturb join puts the parts together.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped; only -o must be given again.")
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
@click.option(
    "-q", "--quiet", is_flag=True, help="Print no summary, only what was rejected and that nothing was written."
)
@click.pass_context
def command(
    ctx: click.Context, /, items: tuple[str, ...], output: str, manifest: str, rejects: str, sidecar: str, bare: bool,
    force: bool, quiet: bool, jobs: int, engine: str, resume: bool, **given: Any,
) -> None:  # fmt: skip
    """Write variants of the ITEMS in files ("-" for stdin): .jsonl, .json, .csv, .tsv, .parquet; also .gz, .zst.

    Each variant is its item with the text replaced and one field, "perturb", added: which item, which recipe, what a
    right answer now is, which edits. A manifest with all that is needed to repeat the run is written beside the output.

    \b
      perturb run gsm8k.jsonl -r hurried -n 3 -o gsm8k.hurried.jsonl
      perturb run chats.jsonl -r slang+typo --expect same | head
      perturb run "logs/*.jsonl.gz" -r typos -j 0 -o logs.typos.parquet
    """
    from perturb.core.errors import DataError, UsageError
    from perturb.items.readers import found
    from perturb.runs import worker
    from perturb.runs.job import Job
    from perturb.runs.outputs import Outputs
    from perturb.runs.start import start

    if not resume and not items:
        raise click.MissingParameter(param_hint="'ITEMS...'", param_type="argument")
    if not resume:
        needed(given["recipes"])
    job = Job(found(list(items)), **as_job(given), rejects=bool(rejects))
    outputs = Outputs(output, manifest, rejects, sidecar, bare, force)
    progress = Progress(0 if given["limit"] else total_size(job.input))
    said = [
        {"items": "input"}.get(p, p) for p in ctx.params if ctx.get_parameter_source(p) == ParameterSource.COMMANDLINE
    ]
    if not given["name_field"]:
        raise UsageError("--field needs a value: --field NAME")
    worker.collect_seldom()
    try:
        perturber, summary = start(job, outputs, progress, jobs=processes(jobs),
                                   engine="" if engine == "processes" else engine, resume=resume, given=said)  # fmt: skip
    finally:
        progress.done()
    for line in short(perturber, summary, job) if quiet else report(perturber, summary, output, outputs.manifest):
        click.echo(line, err=True)
    if summary.rejected and not perturber.stats["items"]:
        raise DataError(f"{', '.join(job.input)}: no record could be used, the first because: {summary.first_reject}")


def total_size(paths: list[str]) -> int:
    """Give the bytes of all inputs, 0 where one is a pipe."""
    import os

    return sum(map(os.path.getsize, paths)) if all(os.path.isfile(p) for p in paths) else 0


def report(perturber: Any, summary: Any, output: str, manifest: str) -> list[str]:
    """Say what was written, how many of each expectation, what was dropped and why, the seed, how to replay."""
    stats = perturber.stats
    clean = f" and {counted(stats['clean'], 'clean item')}" if stats["clean"] else ""
    to = "" if output == "-" else f" to {output}"
    written = summary.records - stats["clean"]
    lines = [f"wrote {counted(written, 'variant')} of {counted(stats['items'], 'item')}{clean}{to}"]
    if perturber.profile == "auto" and perturber.detected:
        lines += taken_as_input(perturber.detected) or [f"profile: {perturber.detected}"]
    expected = [f"{n} {k.split(': ')[1]}" for k, n in sorted(stats.items()) if k.startswith("expect: ")]
    lines.append(f"expect: {', '.join(expected) or 'nothing'}; {stats['changed']} changed")
    lines += severity_lines(stats)
    lines += freshness_lines(summary.freshness, stats["variants"])
    if stats["expect: unsure"]:
        lines.append("unsure variants cannot be scored: leave them out with --expect same,any_of,clarify,abstain")
    lines += count_lines(stats)
    lines += dropped_lines(perturber)
    lines += rejected_lines(summary)
    lines += ledger_lines(summary.ledger, stats)
    lines += [f"note: {n}" for n in summary.notices]
    lines.append(f"seed: {perturber.seed}")
    if manifest:
        lines.append(f"repeat: perturb replay {manifest} -o AGAIN.jsonl")
    else:
        lines.append(
            f"repeat: the same command with --seed {perturber.seed}; --manifest FILE keeps all that a replay needs"
        )
    return lines


def short(perturber: Any, summary: Any, job: Any) -> list[str]:
    """Say what --quiet does not hide: that nothing was written, and what was rejected."""
    if not perturber.stats["items"] and (job.shard or summary.rejected):
        return []  # a shard may well have no items; that all were rejected is an error, which says so
    return nothing_lines(perturber.stats) + rejected_lines(summary)


def rejected_lines(summary: Any) -> list[str]:
    """Say how many records were rejected, and why the first."""
    if not summary.rejected:
        return []
    return [f"rejected: {counted(summary.rejected, 'record')}, the first because: {_short(summary.first_reject)}"]


def severity_lines(stats: Any) -> list[str]:
    """Say how many words a writer was to misspell and how many are misspelt, where a writer's severity rules."""
    from perturb.slipping import severity_of

    found = severity_of(stats)
    if found is None:
        return []
    return [f"severity: {found['requested']:.2f} misspelt words per 100 asked for, {found['achieved']:.2f} made "
            f"({found['misspelt']:,} of {found['words']:,} words)"]  # fmt: skip


def _short(reason: str) -> str:
    first, _, more = reason.partition("\n")
    return f"{first.rstrip(':')} …" if more else first
