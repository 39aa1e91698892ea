"""perturb verify: a finished file beside its source, by rules of its own."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from perturb.cli.from_run import from_run, part_option, run_options
from perturb.cli.options import counted, json_option

if TYPE_CHECKING:
    from perturb.cli.from_run import FromRun
    from perturb.verify import Violation


@click.command("verify")
@click.argument("variants")
@click.option(
    "--source", default="", metavar="FILE", help="The clean items.  [default: the input that the manifest names]"
)
@run_options
@click.option("--protect", default="", metavar="FILE", help="Terms that had to stay, one a line.")
@part_option
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Violations to print (0: all).")
@json_option
def command(variants: str, source: str, limit: int, part: bool, as_json: bool, **given: Any) -> None:
    """Check each variant against its clean item, without trusting how it was made.

    Checks that locked text, numbers and negations are still there, that options, target and offsets fit, and that the log and the
    verdict are right, and that the file is as the manifest beside it says. A file that another tool wrote is checked as one that
    keeps every answer. Exit code 1 if anything is found.

    \b
      perturb verify out.jsonl
      perturb verify their_output.jsonl --source items.jsonl
    """
    from perturb.verify import again, pairs, verify

    run = from_run(variants, given)
    source = source or run.source()
    kinds: Counter[str] = Counter()
    checked = wrong = logged = 0
    seen: dict[tuple[str, ...], str] = {}

    def tell(found: list[Violation]) -> None:
        for violation in found:
            kinds[violation.kind] += 1
            if as_json:
                click.echo(json.dumps(violation._asdict(), ensure_ascii=True))
            elif not limit or sum(kinds.values()) <= limit:
                click.echo(": ".join(filter(None, violation)))

    terms, sidecar = _terms(run.protect), run.sidecar()
    tell([] if part else _file(run))
    for pair in pairs(
        variants, source, field=run.field, profile=run.profile, sidecar=sidecar, told=run.told, wanted=run.wanted
    ):
        checked += 1
        found = verify(pair, terms) + again(pair, seen)
        wrong += bool(found)
        logged += pair.log is not None or bool(pair.misfit)
        tell(found)
    told = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
    click.echo(
        f"{counted(checked, 'variant')} checked, {wrong} with violations{f' ({told})' if told else ''}", err=True
    )
    if not logged:
        click.echo("not checked: promises and edits, since the records have no log (--sidecar FILE or --field NAME, if "
                   "they were written with one)", err=True)  # fmt: skip
    if kinds:
        raise click.exceptions.Exit(1)


def _file(run: FromRun) -> list[Violation]:
    """Hold a file against what its manifest tells of the output."""
    from perturb.verify import Violation

    wrong = run.unlike()
    return [Violation(run.file, "", "file", wrong)] if wrong else []


def _terms(path: str) -> tuple[str, ...]:
    from perturb.core.errors import UsageError

    if not path:
        return ()
    try:
        with open(path, encoding="utf-8") as f:
            return tuple(line.strip() for line in f if line.strip() and not line.startswith("#"))
    except (OSError, ValueError) as e:  # no such file, no file's name, or not UTF-8
        what = (getattr(e, "strerror", None) or str(e)).lower()
        raise UsageError(f"{path!a}: {what}; expected a file of terms in UTF-8, one a line") from None
