"""perturb wrap: an eval tool's own task, over perturbed items."""

from __future__ import annotations

import click


@click.group("wrap")
def command() -> None:
    """Write task files with which an eval tool runs one of its own tasks over perturbed items, new ones on every run."""


@command.command("lm-eval")
@click.argument("task")
@click.option("-r", "--recipe", required=True, metavar="RECIPE", help="A shipped recipe, a .yaml file, or a+b.")
@click.option(
    "-n", "--variants", "n", type=click.IntRange(1), default=1, show_default=True, help="Variants of each item."
)
@click.option("--keep", is_flag=True, help="Keep the clean items among the perturbed ones, in one task.")
@click.option("-o", "--output", "folder", required=True, metavar="DIR", help="Where the task files go.")
@click.option(
    "--data", multiple=True, metavar="SPLIT=FILE", help="Local JSON Lines for a split, instead of the task's own data."
)
@click.option("--include-path", "include", default="", metavar="DIR", help="More tasks of lm-eval's.")
@click.option("-p", "--profile", default="auto", show_default=True, metavar="NAME|FILE", help="Which fields are what.")
@click.option(
    "--expect", default="same", show_default=True, metavar="LIST", help="Variants that the task's scorer can score."
)
def lm_eval(
    task: str, recipe: str, n: int, keep: bool, folder: str, data: tuple[str, ...], include: str, **given: str
) -> None:
    """Wrap a TASK or group of lm-evaluation-harness.

    \b
      perturb wrap lm-eval gsm8k -r hurried -o tasks
      lm_eval --include_path tasks --tasks gsm8k_perturb --model …
    """
    from perturb.core.errors import UsageError
    from perturb.integrations.lm_eval_wrap import wrap

    files = {}
    for pair in data:
        split, eq, file = pair.partition("=")
        if not eq or not file:
            raise UsageError(f"--data {pair!r}: expected SPLIT=FILE, like test=items.jsonl")
        files[split] = file
    paths = wrap(task, folder, recipe, n=n, keep=keep, data=files, include=include, **given)
    click.echo(
        f"wrote {len(paths)} files to {folder}; run them with: lm_eval --include_path {folder} --tasks {task}_perturb …"
    )
