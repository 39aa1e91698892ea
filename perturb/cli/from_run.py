"""What a command that reads a file of variants knows of the run that wrote it: what options say, else its manifest."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from perturb.cli.options import as_job, field_options, together

if TYPE_CHECKING:
    from perturb.items.profiles import Profile

_OF_JOB = ("profile", "input_field", "target_field", "choices_field", "context_field", "id_field")

# Where a file's log is.
log_options = together(
    click.option("--field", default="", metavar="NAME", help="The name of the added field.  [default: as the manifest says, else perturb]"),
    click.option("--sidecar", default="", metavar="FILE",
                 help="The file that has the added fields.  [default: the one that the manifest names]"),
    click.option("--manifest", default="", metavar="FILE", help="The manifest of the run that wrote it.  [default: the one beside it]"),
)  # fmt: skip

# Which fields of its items are what; said over what the manifest says.
run_options = together(log_options, field_options("as the manifest says, else auto", "The field that was perturbed."))
part_option = click.option(
    "--part", is_flag=True, help="The file is a part of a run's output on purpose: it need not be as the manifest says."
)


@dataclass
class FromRun:
    """A file of variants with what is known of its run (``from_run("out.jsonl", given).source()``)."""

    file: str
    manifest: str  # its name
    found: dict[str, Any]  # what it holds, nothing where there is none
    field: str
    profile: Profile | None  # None where it is read off the items
    told: dict[str, str]  # fields that flags named over the profile that is found
    wanted: list[str]  # all fields that flags named
    protect: str  # the file of protected terms
    _sidecar: str

    def sidecar(self) -> str:
        """Give the file that has the added fields, "" where the variants have them; UsageError where it is not there."""
        from perturb.runs.written import sidecar_of

        return self._sidecar or (sidecar_of(self.file, self.found) if self.found else "")

    def source(self) -> str:
        """Give the file of clean items that the manifest names; UsageError where it names none that is there."""
        from perturb.core.errors import UsageError

        if not self.found:
            raise UsageError(f"{self.file}: no manifest beside it; say with --source FILE which items it was made from")
        inputs = list(self.found["inputs"])
        if len(inputs) > 1:
            raise UsageError(
                f"{self.manifest}: names {len(inputs)} inputs; say with --source FILE which one to check against"
            )
        path = inputs[0] if inputs else "-"
        if path == "-" or not os.path.isfile(path):
            raise UsageError(f"{self.manifest}: its input {path!r} is not there; say with --source FILE where it is")
        return str(path)

    def unlike(self) -> str:
        """Say how the file differs from what the manifest tells of it, "" where it does not or there is none."""
        from perturb.runs.written import unlike

        wrong = unlike(self.file, self.found["output"]) if self.found else ""
        return f"{wrong} (--part takes a part on purpose)" if wrong else ""

    def whole(self) -> None:
        """Refuse a file that is not as the manifest tells: what else that says may be of another run."""
        from perturb.core.errors import DataError

        if wrong := self.unlike():
            raise DataError(f"{self.file}: {wrong}")


def from_run(variants: str, given: dict[str, Any], *, lenient: bool = False) -> FromRun:
    """Put together what options say (``run_options``) and, where they do not, the manifest of a file of variants.

    With ``lenient``, a profile that is not there any more is none.
    """
    from perturb.core.errors import PerturbError
    from perturb.items.detect import named
    from perturb.runs.job import Job
    from perturb.runs.manifest import beside

    _no_manifest(variants)
    found = beside(variants, given["manifest"])
    job, folder = found.get("job", {}), found.get("folder", "")
    mine = {key: given.get(key) for key in _OF_JOB}
    if mine["profile"] in (None, "auto"):
        told = {key: job[key] for key in _OF_JOB if job.get(key)} | {"profile": _file(job.get("profile"), folder)}
        mine = {key: mine[key] if mine[key] and key != "profile" else told.get(key) for key in _OF_JOB}
    known = Job([], [], **as_job({key: value for key, value in mine.items() if value}))
    fields = known.its_fields()
    try:
        profile = known.its_profile()
    except PerturbError:
        if not lenient:
            raise
        profile = None
    wanted = [*(profile.input if profile is not None and known.input_field else ()), *named(fields)]
    return FromRun(
        variants, given["manifest"] or f"{variants}.manifest.json", found,
        given["field"] or job.get("name_field") or "perturb", profile, fields if profile is None else {}, wanted,
        given.get("protect") or _file(job.get("protect"), folder), given["sidecar"],
    )  # fmt: skip


def _no_manifest(variants: str) -> None:
    """Refuse a manifest where its file of variants is meant."""
    from perturb.core.errors import DataError, UsageError
    from perturb.runs.manifest import read_manifest

    name = variants.removesuffix(".manifest.json")
    if name != variants and os.path.isfile(variants):
        try:
            read_manifest(variants)
        except DataError:
            return  # a file of items that is called so
        raise UsageError(f"{variants}: is the manifest of a run; expected the file that it wrote, {name}")


def _file(name: str | None, folder: str) -> str:
    """Give where a file lies that a run named, from where it was made or from here; any other name as it is."""
    there = os.path.join(folder, name or "")
    return there if name and not os.path.isfile(name) and os.path.isfile(there) else name or ""
