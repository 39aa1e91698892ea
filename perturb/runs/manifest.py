"""The manifest: all that is needed to do a run again; and replay, byte for byte or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from perturb import __version__
from perturb.core.errors import DataError, DidNotReproduce, PerturbError, UsageError
from perturb.items.detect import from_fields
from perturb.items.profile_files import load_profile
from perturb.language.lexicon import own_tables
from perturb.recipe import Recipe, load_recipe, recipe_file
from perturb.resources import data_digest
from perturb.runs.plugins import load_plugin
from perturb.runs.runner import Outputs, Progress, Summary, file_sha256, run
from perturb.variants import Perturber

FORMAT = 1


@dataclass
class Job:
    """What a run was asked to do, as the command line says it; the manifest keeps it whole."""

    input: str
    recipes: list[str]
    seed: int | None = None
    n: int = 1
    intensity: float = 1.0
    profile: str = "auto"
    input_field: list[str] = field(default_factory=list)
    target_field: str = ""
    choices_field: str = ""
    context_field: str = ""
    id_field: str = ""
    fields: list[str] = field(default_factory=list)
    unchanged: str | None = None
    expect: list[str] = field(default_factory=list)
    with_clean: bool = False
    limit: int | None = None
    sample: int | None = None
    protect: str = ""
    analysis: str = "rules"
    name_field: str = "perturb"
    plugins: list[str] = field(default_factory=list)
    rejects: bool = False

    def perturber(self, recipes: list[Recipe] | None = None) -> Perturber:
        """Make the Perturber of this job; plugins are loaded first."""
        for path in self.plugins:
            load_plugin(path)
        profile: Any = self.profile
        if self.input_field or self.target_field or self.choices_field or self.context_field or self.id_field:
            base = None if self.profile == "auto" else load_profile(self.profile)
            profile = from_fields(input=self.input_field, target=self.target_field, choices=self.choices_field,
                                  context=self.context_field, id=self.id_field, base=base)  # fmt: skip
        made: Any = recipes or [load_recipe(r) for r in self.recipes]
        return Perturber(made, self.n, self.seed, profile, self.intensity, self.unchanged, self.expect or None,
                         self.with_clean, fields=self.fields, protect=self.protect or (), analysis=self.analysis,
                         name_field=self.name_field)  # fmt: skip


def start(job: Job, outputs: Outputs, progress: Progress | None = None) -> tuple[Perturber, Summary]:
    """Carry a job out and write its manifest beside the output."""
    perturber = job.perturber()
    job.seed = perturber.seed

    def text(summary: Summary) -> str:
        return json.dumps(manifest_of(job, perturber, outputs, summary), indent=1, ensure_ascii=True) + "\n"

    summary = run(perturber, job.input, outputs, limit=job.limit, sample=job.sample, manifest_of=text, progress=progress)
    return perturber, summary


def manifest_of(job: Job, perturber: Perturber, outputs: Outputs, summary: Summary) -> dict[str, Any]:
    """Put down what the run was: versions, seed, arguments, recipes' texts, hashes of all files."""
    files = [*job.plugins, *([job.protect] if job.protect else [])]
    if job.profile.endswith((".yaml", ".yml")):
        files.append(job.profile)
    return {
        "format": FORMAT,
        "perturb": __version__,
        "seed": perturber.seed,
        "runs": dict(zip((r.name for r in perturber.recipes), perturber.runs)),
        "job": asdict(job),
        "bare": outputs.bare or bool(outputs.sidecar),
        "recipes": {r.name: r.texts for r in perturber.recipes},
        "data": data_digest(),
        "files": {**{f: file_sha256(f) for f in files}, **own_tables()},
        "resources": perturber.resources,
        "input": {"path": os.path.abspath(job.input) if job.input != "-" else "-", "sha256": summary.input_sha256},
        "output": {"path": outputs.output, "sha256": summary.output_sha256, "records": summary.records},
        "rejected": summary.rejected,
        "summary": summary.stats,
    }


def read_manifest(path: str | Path) -> dict[str, Any]:
    """Read a manifest file; DataError where it is none."""
    try:
        found = json.loads(Path(path).read_text("utf-8"))
    except OSError as e:
        raise DataError(f"{path}: {e.strerror}; expected a manifest (OUT.manifest.json)") from None
    except ValueError as e:
        raise DataError(f"{path}: not a manifest: {e}; expected the JSON that perturb run wrote") from None
    needed = {"format", "perturb", "seed", "job", "recipes", "data", "input", "output"}
    if not isinstance(found, dict) or not needed <= found.keys():
        raise DataError(f"{path}: not a manifest; expected the JSON that perturb run wrote beside its output")
    return found


def replay(
    manifest: str | Path, output: str | None = None, *, input: str | None = None, force: bool = False,
    progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Repeat a run byte for byte (``replay("out.jsonl.manifest.json", "again.jsonl")``).

    Without ``output`` nothing is written and the bytes are only compared; "-" is stdout. ``input`` says where the input
    lies now. Raises DidNotReproduce, naming every difference found, before anything is written.
    """
    found = read_manifest(manifest)
    job = Job(**{k: v for k, v in found["job"].items() if k in Job.__dataclass_fields__})
    job.seed = found["seed"]
    if found["input"]["path"] == "-" and input is None:
        raise UsageError(f"{manifest}: the run read its input from stdin; give the same input with --input FILE")
    job.input = input or found["input"]["path"]
    differences = _differences(found, job)
    if differences:
        raise DidNotReproduce(f"{manifest}: cannot be repeated exactly:\n" + "\n".join(f"- {d}" for d in differences))
    with tempfile.TemporaryDirectory(prefix="perturb-") as folder:
        outputs = Outputs(os.path.join(folder, "out"), bare=found.get("bare", False),
                          rejects=os.path.join(folder, "rejects") if job.rejects else "")  # fmt: skip
        summary = run(job.perturber(), job.input, outputs, limit=job.limit, sample=job.sample, progress=progress)
        if summary.output_sha256 != found["output"]["sha256"]:
            raise DidNotReproduce(f"{manifest}: everything it names is the same, but the output differs "
                                  f"(sha256 {summary.output_sha256[:12]}… instead of {found['output']['sha256'][:12]}…); "
                                  "was this manifest edited, or is it a bug of perturb?")  # fmt: skip
        if output is not None:
            _copy(outputs.output, output, force, job.input)
    return summary


def _copy(source: str, output: str, force: bool, given: str) -> None:
    from perturb.items.sinks import Sink

    with Sink(output, force=force, inputs=[given]) as sink, open(source, "rb") as f:
        while block := f.read(1 << 20):
            sink._tee.write(block)


def _differences(found: dict[str, Any], job: Job) -> list[str]:
    """List what is no longer as the manifest says, each with what to do."""
    out: list[str] = []
    if found["format"] != FORMAT:
        return [f"it has format {found['format']}; this perturb reads {FORMAT}"]
    if found["perturb"] != __version__:
        out.append(f"perturb is {__version__}, the run was made with {found['perturb']}: install that version")
    if found["data"] != data_digest():
        out.append(f"the shipped tables differ (data {data_digest()}, was {found['data']})")
    try:
        if not os.path.isfile(job.input):
            out.append(f"the input {job.input} is not there: give its place with --input FILE")
        elif file_sha256(job.input) != found["input"]["sha256"]:
            out.append(f"the input {job.input} has changed (its sha256 is no longer {found['input']['sha256'][:12]}…)")
    except OSError as e:
        out.append(f"the input {job.input} cannot be read ({e.strerror})")
    for path, known in found.get("files", {}).items():
        if not os.path.isfile(path):
            out.append(f"the file {path} is not there")
        elif file_sha256(path) != known:
            out.append(f"the file {path} has changed")
    if not out:
        out += _recipe_differences(found, job)
    return out


def _recipe_differences(found: dict[str, Any], job: Job) -> list[str]:
    from perturb.language.needs import require

    out: list[str] = []
    try:
        for path in job.plugins:
            load_plugin(path)
        for name in job.recipes:
            recipe = load_recipe(name)
            if recipe.texts != found["recipes"].get(recipe.name):
                where = recipe_file(name)
                out.append(f"the recipe {recipe.name} has changed{f' ({where})' if where else ''}: its text in the manifest differs")
        now = require(sorted(found.get("resources", {})))
    except PerturbError as e:
        return [str(e)]
    out += [f"{key} is {now[key]}, was {was}" for key, was in found.get("resources", {}).items() if now[key] != was]
    return out


def package_version(name: str) -> str:
    """Give an installed package's version, "" where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
