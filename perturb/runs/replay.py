"""Replay: a run again from its manifest, byte for byte or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from perturb import __version__
from perturb.core.errors import BadRecord, DataError, DidNotReproduce, PerturbError, UsageError
from perturb.items.sinks import Sink, checked
from perturb.recipe import load_recipe, recipe_file
from perturb.resources import data_digest
from perturb.runs.manifest import FORMAT, Job, complaints, read_manifest
from perturb.runs.plugins import load_plugin
from perturb.runs.runner import Outputs, Progress, Summary, file_sha256, run


def replay(
    manifest: str | Path, output: str | None = None, *, input: str | None = None, force: bool = False,
    progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Repeat a run byte for byte (``replay("out.jsonl.manifest.json", "again.jsonl")``).

    Without ``output`` nothing is written and the bytes are only compared; "-" is stdout. ``input`` says where the input
    lies now. Raises DidNotReproduce, naming every difference found, before anything is written.
    """
    found = read_manifest(manifest)
    _same_perturb(manifest, found)
    job = Job(**found["job"])
    job.seed = found["seed"]
    if found["input"]["path"] == "-" and input is None:
        raise UsageError(f"{manifest}: the run read its input from stdin; give the same input with --input FILE")
    job.input = found["input"]["path"] if input is None else input
    kept = [str(manifest), job.input]
    if output not in (None, "-"):
        checked(str(output), force=force, inputs=kept)
    differences = _differences(found, job)
    if differences:
        raise _refusal(manifest, differences)
    with tempfile.TemporaryDirectory(prefix="perturb-") as folder:
        outputs = Outputs(os.path.join(folder, "out"), bare=found["bare"],
                          rejects=os.path.join(folder, "rejects") if job.rejects else "")  # fmt: skip
        try:
            summary = run(job.perturber(), job.input, outputs, limit=job.limit, sample=job.sample, progress=progress)
        except (BadRecord, UsageError) as e:  # on an input that is the same: the job is not
            raise DataError(f"{manifest}: its job cannot be done: {e}; was the file edited?") from None
        if summary.output_sha256 != found["output"]["sha256"]:
            now, was = summary.output_sha256[:12], found["output"]["sha256"][:12]
            raise DidNotReproduce(f"{manifest}: everything it names is the same, but the output differs (sha256 {now}… "
                                  f"instead of {was}…); was this manifest edited, or is it a bug of perturb?")  # fmt: skip
        if output is not None:
            with Sink(output, force=force, inputs=kept) as sink, open(outputs.output, "rb") as f:
                while block := f.read(1 << 20):
                    sink.write_bytes(block)
    return summary


def _refusal(manifest: str | Path, differences: list[str]) -> DidNotReproduce:
    return DidNotReproduce(f"{manifest}: cannot be repeated exactly:\n" + "\n".join(f"- {d}" for d in differences))


def _same_perturb(manifest: str | Path, found: dict[str, Any]) -> None:
    """Refuse a manifest of another perturb, and one that is not as perturb writes it."""
    if found["format"] != FORMAT:
        raise _refusal(manifest, [f"it has format {found['format']}; this perturb reads {FORMAT}"])
    wrong = complaints(found)
    if wrong and found["perturb"] == __version__:
        raise DataError(
            f"{manifest}: not as perturb run wrote it; was it edited?\n" + "\n".join(f"- {w}" for w in wrong)
        )
    if found["perturb"] != __version__:
        said = f"perturb is {__version__}, the run was made with {found['perturb']}: install that version"
        raise _refusal(manifest, [said])


def _differences(found: dict[str, Any], job: Job) -> list[str]:
    """List what is no longer as the manifest says, each with what to do."""
    out: list[str] = []
    if found["data"] != data_digest():
        out.append(
            f"the shipped tables differ (data {data_digest()}, was {found['data']}): install the same perturb again"
        )
    try:
        if not os.path.isfile(job.input):
            out.append(f"the input {job.input} is not there: give its place with --input FILE")
        elif file_sha256(job.input) != found["input"]["sha256"]:
            out.append(f"the input {job.input} has changed (its sha256 is no longer {found['input']['sha256'][:12]}…)")
    except OSError as e:
        out.append(f"the input {job.input} cannot be read ({(e.strerror or str(e)).lower()})")
    for path, known in found["files"].items():
        try:
            if not os.path.isfile(path):
                out.append(f"the file {path} is not there{_elsewhere(found, path)}")
            elif file_sha256(path) != known:
                out.append(f"the file {path} has changed")
        except OSError as e:
            out.append(f"the file {path} cannot be read ({(e.strerror or str(e)).lower()})")
    # A plugin runs, and a recipe may name its steps, only where all files are the ones that the manifest knows.
    return out or _recipe_differences(found, job)


def _elsewhere(found: dict[str, Any], path: str) -> str:
    """Say where a relative path led from, where that is not here."""
    folder = found["folder"]
    return (
        f": the run was made in {folder}, replay it from there"
        if not os.path.isabs(path) and folder != os.getcwd()
        else ""
    )


def _recipe_differences(found: dict[str, Any], job: Job) -> list[str]:
    from perturb.language.needs import require

    out: list[str] = []
    try:
        for path in job.plugins:
            load_plugin(path)
        for name in job.recipes:
            where = recipe_file(name)
            if where is not None and not where.is_file():
                out.append(f"the recipe file {where} is not there{_elsewhere(found, name)}")
                continue
            recipe = load_recipe(name)
            if recipe.texts != found["recipes"].get(recipe.name):
                out.append(f"the recipe {recipe.name} has changed{f' ({where})' if where else ''}: "
                           "its text in the manifest differs")  # fmt: skip
        now = require(sorted(found["resources"]))
    except PerturbError as e:
        return [*out, str(e)]
    return out + [f"{key} is {now[key]}, was {was}" for key, was in found["resources"].items() if now[key] != was]
