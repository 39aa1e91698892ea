"""perturb pair: clean and perturbed results side by side."""

from __future__ import annotations

import json
from typing import Any

import click

from perturb.cli.options import counted, json_option

_TOOLS = ("lm-eval", "inspect", "promptfoo", "helm", "openai-evals", "plain")


@click.command("pair")
@click.argument("results", nargs=-1, required=True)
@click.option("-o", "--output", default="", metavar="FILE", help="Write the pairs here, a line each.")
@click.option("--from", "tool", type=click.Choice(_TOOLS), help="Which tool wrote them.  [default: told by their form]")
@click.option("--metric", default="", metavar="NAME", help="The score to take, where there are several.")
@click.option("--filter", default="", metavar="NAME", help="lm-eval's filter, promptfoo's provider, part of a score.")
@click.option("--samples", default="", metavar="FILE", help="The exported file, for OpenAI Evals.")
@click.option("--expect", default="same,any_of", show_default=True, metavar="LIST", help="Which variants to pair.")
@click.option("--rerun", multiple=True, metavar="FILE", help="Results of the clean items once more: the noise floor.")
@click.option("--force", is_flag=True, help="Replace an output that exists.")
@json_option
def command(
    results: tuple[str, ...], output: str, tool: str | None, expect: str, rerun: tuple[str, ...], force: bool,
    as_json: bool, **chosen: str,
) -> None:  # fmt: skip
    """Pair scored variants with their clean items, by id, from the RESULTS of an eval tool.

    Reads what lm-eval, Inspect, promptfoo, HELM and OpenAI Evals log for each sample, and JSON Lines or CSV with orig_id, variant,
    recipe and correct or score. Give the clean results and the perturbed ones, in one file or several.

    \b
      perturb pair out/*/samples_gsm8k_*.jsonl --filter strict-match -o pairs.jsonl
      perturb pair logs/2026.eval
    """
    from perturb.arguments import expectations
    from perturb.evaluate.pairing import as_record, pair, reruns, summaries
    from perturb.evaluate.results import read_results
    from perturb.items.readers import found as found_files
    from perturb.items.sinks import Sink

    results, rerun = tuple(found_files(list(results))), tuple(found_files(list(rerun)))
    wanted = expectations([e.strip() for e in expect.split(",") if e.strip()]) or ()
    rows = read_results(results, tool=tool or "", **chosen)
    pairs, left = pair(rows, sorted(wanted))
    floor = reruns(rows, read_results(rerun, tool=tool or "", **chosen)) if rerun else None
    if output:
        with Sink(output, force=force, inputs=[*results, *rerun]) as out:
            for one in pairs:
                out.write(as_record(one))
    for found in summaries(pairs):
        click.echo(json.dumps(as_record(found)) if as_json else _line(found))
    if left:
        told = ", ".join(f"{n} {what}" for what, n in sorted(left.items()))
        click.echo(f"left out: {told}", err=True)
    if floor:
        click.echo(f"rerun: {floor[1]} of {counted(floor[0], 'clean item')} scored otherwise the second time", err=True)


def _line(found: Any) -> str:
    return (
        f"{found.recipe}: {counted(found.n, 'pair')} of {counted(found.items, 'item')}; clean {found.clean:.3f}, perturbed "
        f"{found.perturbed:.3f}; lost {found.lost}, won {found.won}; p {found.p:.3g}"
    )
