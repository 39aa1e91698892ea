"""perturb verify: a finished file beside its source, by rules of its own."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from perturb.cli.options import counted, json_option

if TYPE_CHECKING:
    from perturb.verify import Violation

_SIDECAR = "The file that has the added fields.  [default: the one that the manifest names]"


@click.command("verify")
@click.argument("variants")
@click.option(
    "--source", default="", metavar="FILE", help="The clean items.  [default: the input that the manifest names]"
)
@click.option("--field", default="perturb", show_default=True, help="The name of the added field.")
@click.option("--sidecar", default="", metavar="FILE", help=_SIDECAR)
@click.option(
    "--part", is_flag=True, help="VARIANTS is a part of a run's output on purpose: it need not be as the manifest says."
)
@click.option("-p", "--profile", default="auto", show_default=True, metavar="NAME|FILE", help="Which fields are what.")
@click.option("--input-field", multiple=True, metavar="PATH", help="The field that was perturbed.")
@click.option("--id-field", default="", metavar="PATH", help="The field with the item's id.")
@click.option("--protect", default="", metavar="FILE", help="Terms that had to stay, one a line.")
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

    source, given = source or _source(variants), as_run(variants, given)
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

    terms = _terms(given["protect"])
    sidecar = given["sidecar"] or sidecar_of_run(variants)
    tell([] if part else _file(variants))
    for pair in pairs(
        variants, source, field=given["field"], profile=_profile(given), sidecar=sidecar, told=fields_told(given)
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


def _file(variants: str) -> list[Violation]:
    """Hold a file against what the manifest beside it tells of the output."""
    from perturb.runs.manifest import beside
    from perturb.runs.written import unlike
    from perturb.verify import Violation

    found = beside(variants)
    wrong = unlike(variants, found["output"]) if found else ""
    return [Violation(variants, "", "file", f"{wrong} (--part checks a part on purpose)")] if wrong else []


def sidecar_of_run(variants: str) -> str:
    """Give the sidecar that the manifest beside a file names, "" where it names none."""
    from perturb.runs.manifest import beside
    from perturb.runs.written import sidecar_of

    found = beside(variants)
    return sidecar_of(variants, found) if found else ""


def _source(variants: str) -> str:
    """Read from the manifest beside a file which items it was made from."""
    import os

    from perturb.core.errors import UsageError
    from perturb.runs.manifest import beside

    manifest, found = f"{variants}.manifest.json", beside(variants)
    if not found:
        raise UsageError(f"{variants}: no manifest beside it; say with --source FILE which items it was made from")
    inputs = list(found["inputs"])
    if len(inputs) > 1:
        raise UsageError(f"{manifest}: names {len(inputs)} inputs; say with --source FILE which one to check against")
    path = inputs[0] if inputs else "-"
    if path == "-" or not os.path.isfile(path):
        raise UsageError(f"{manifest}: its input {path!r} is not there; say with --source FILE where it is")
    return str(path)


def as_run(variants: str, given: dict[str, Any]) -> dict[str, Any]:
    """Take the fields (the added one too) and protected terms that the run was told from the manifest, where none are named."""
    from perturb.runs.manifest import beside

    job = beside(variants).get("job", {})
    if given["field"] == "perturb":
        given = {**given, "field": job.get("name_field") or "perturb"}
    if given["profile"] != "auto" or given["input_field"] or given["id_field"]:
        return given
    keys = ("profile", "input_field", "target_field", "choices_field", "context_field", "id_field")
    told = {key: job[key] for key in keys if job.get(key)}
    return {**given, **told, "protect": given["protect"] or job.get("protect", "")}


def _profile(given: dict[str, Any]) -> Any:
    from perturb.items.detect import from_fields
    from perturb.items.profile_files import load_profile

    base = None if given["profile"] == "auto" else load_profile(given["profile"])
    told, inputs = fields_told(given), given.get("input_field") or None
    if inputs or (told and base is not None):
        return from_fields(inputs, **told, base=base)
    return base  # else read off the items, and the fields that flags name over it


def fields_told(given: dict[str, Any]) -> dict[str, Any]:
    """Give the fields beside the input that flags name."""
    told = {key: given.get(f"{key}_field") for key in ("target", "choices", "context", "id")}
    return {key: value for key, value in told.items() if value}


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
