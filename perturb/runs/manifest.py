"""The manifest: all that is needed to do a run again (replay.py does it)."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from perturb import __version__
from perturb.core.errors import DataError
from perturb.items.detect import from_fields
from perturb.items.profile_files import load_profile
from perturb.language.lexicon import own_tables
from perturb.language.needs import NEEDS
from perturb.recipe import Recipe, load_recipe
from perturb.resources import data_digest
from perturb.runs.plugins import load_plugin
from perturb.runs.runner import Outputs, Progress, Summary, file_sha256, run
from perturb.slipping import severity_of
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
    witness: list[str] = field(default_factory=list)

    def perturber(self, recipes: list[Recipe] | None = None) -> Perturber:
        """Make the Perturber of this job; plugins are loaded first."""
        for path in self.plugins:
            load_plugin(path)
        profile = self.its_profile() or "auto"
        named = self._named(profile)
        made: Any = recipes or [load_recipe(r) for r in self.recipes]
        perturber = Perturber(made, self.n, self.seed, profile, self.intensity, self.unchanged, self.expect or None,
                              self.with_clean, fields=self.fields, protect=self.protect or (), analysis=self.analysis,
                              name_field=self.name_field, witness=self.witness or None)  # fmt: skip
        perturber.wanted += tuple(named)
        return perturber

    def its_profile(self) -> Any:
        """Give the profile that the job names or makes of flags; None where it is read off the items."""
        base = None if self.profile == "auto" else load_profile(self.profile)
        if self.input_field or self.target_field or self.choices_field or self.context_field or self.id_field:
            return from_fields(self.input_field or None, self.target_field or None, self.choices_field or None,
                               self.context_field or None, self.id_field or None, base)  # fmt: skip
        return base

    def _named(self, profile: Any) -> list[str]:
        """List the fields that flags named: they are counted where an item lacks one."""
        if not (self.target_field or self.choices_field or self.context_field or self.id_field):
            return []
        choices = [profile.choices, *profile.choice_fields]
        return [path for flag, paths in ((self.target_field, [profile.target]), (self.choices_field, choices),
                                         (self.context_field, [profile.context]), (self.id_field, [profile.id]))
                if flag for path in paths if path]  # fmt: skip


def start(job: Job, outputs: Outputs, progress: Progress | None = None) -> tuple[Perturber, Summary]:
    """Carry a job out and write its manifest beside the output."""
    perturber = job.perturber()
    job.seed = perturber.seed

    def text(summary: Summary) -> str:
        return json.dumps(manifest_of(job, perturber, outputs, summary), indent=1, ensure_ascii=True) + "\n"

    recipes = [part for r in job.recipes for part in r.split("+") if part.endswith((".yaml", ".yml"))]
    keep = [*files_of(job), *recipes, *own_tables()]
    summary = run(perturber, job.input, outputs, limit=job.limit, sample=job.sample, keep=keep, manifest_of=text,
                  progress=progress)  # fmt: skip
    return perturber, summary


def files_of(job: Job) -> list[str]:
    """List the user's files that a job reads beside its input, its recipes and their tables."""
    profile = [job.profile] if job.profile.endswith((".yaml", ".yml")) else []
    return [*job.plugins, *([job.protect] if job.protect else []), *profile, *job.witness]


def manifest_of(job: Job, perturber: Perturber, outputs: Outputs, summary: Summary) -> dict[str, Any]:
    """Put down what the run was: versions, seed, arguments, recipes' texts, hashes of all files."""
    return {
        "format": FORMAT,
        "perturb": __version__,
        "seed": perturber.seed,
        "runs": dict(zip((r.name for r in perturber.recipes), perturber.runs)),
        "folder": os.getcwd(),
        "job": asdict(job),
        "bare": outputs.bare or bool(outputs.sidecar),
        "recipes": {r.name: r.texts for r in perturber.recipes},
        "data": data_digest(),
        "files": {**{f: file_sha256(f) for f in files_of(job)}, **own_tables()},
        "resources": perturber.resources,
        "input": {"path": os.path.abspath(job.input) if job.input != "-" else "-", "sha256": summary.input_sha256},
        "output": {"path": outputs.output, "sha256": summary.output_sha256, "records": summary.records},
        "rejected": summary.rejected,
        "summary": summary.stats,
        "severity": severity_of(summary.stats),
    }


def read_manifest(path: str | Path) -> dict[str, Any]:
    """Read a manifest file; DataError where it is none."""
    try:
        found = json.loads(Path(path).read_text("utf-8"))
    except OSError as e:
        raise DataError(f"{path}: {(e.strerror or str(e)).lower()}; expected a manifest (OUT.manifest.json)") from None
    except (ValueError, RecursionError) as e:
        raise DataError(
            f"{path}: not a manifest: {e}; expected the JSON that perturb run wrote beside its output"
        ) from None
    if not isinstance(found, dict) or not _is(found.get("format"), "int") or not _is(found.get("perturb"), "str"):
        raise DataError(f"{path}: not a manifest; expected the JSON that perturb run wrote beside its output")
    return found


_TOP = {"format": "int", "perturb": "str", "seed": "int", "folder": "str", "job": "object", "bare": "bool",
        "recipes": "object", "data": "str", "files": "texts", "resources": "texts", "input": "texts",
        "output": "object"}  # fmt: skip
_WORDS = {"int": "a whole number", "float": "a number", "str": "text", "bool": "true or false", "object": "an object",
          "texts": "an object of texts", "list[str]": "a list of texts"}  # fmt: skip


def _is(value: Any, kind: str) -> bool:
    """Tell whether a value of a manifest has a kind ("int | None")."""
    if kind.endswith(" | None"):
        return value is None or _is(value, kind.removesuffix(" | None"))
    if kind in ("int", "float"):
        fits = (int,) if kind == "int" else (int, float)
        return isinstance(value, fits) and not isinstance(value, bool) and abs(value) < 1 << 256
    if kind in ("object", "texts"):
        return isinstance(value, dict) and (kind == "object" or all(isinstance(v, str) for v in value.values()))
    if kind == "list[str]":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    return isinstance(value, {"str": str, "bool": bool}[kind])


def complaints(found: dict[str, Any]) -> list[str]:
    """List what in a manifest is not as a run writes it ("job.n is 'x'; expected a whole number")."""
    out = _misfits(found, _TOP, "")
    if out:
        return out
    kinds = {f.name: str(f.type) for f in fields(Job)}
    job = found["job"]
    out += _misfits(job, kinds, "job.") + [f"job has no {key!r}" for key in job if key not in kinds]
    out += _misfits(found["input"], {"path": "str", "sha256": "str"}, "input.")
    out += _misfits(found["output"], {"sha256": "str"}, "output.")
    out += [f"resources has no {key!r}" for key in found["resources"] if key not in NEEDS]
    if not out:
        out += [f"{key} is {job[key]}; expected 1 or more" for key in ("n", "limit", "sample")
                if job[key] is not None and job[key] < 1]  # fmt: skip
        out += [
            f"files lacks {path!r}, which the job names" for path in files_of(Job(**job)) if path not in found["files"]
        ]
    return out


def _misfits(given: dict[str, Any], kinds: dict[str, str], where: str) -> list[str]:
    out = [f"{where}{key} is missing" for key in kinds if key not in given]
    for key, kind in kinds.items():
        if key in given and not _is(given[key], kind):
            shown = repr(given[key])
            found = shown if len(shown) < 60 else shown[:57] + "..."
            out.append(f"{where}{key} is {found}; expected {_WORDS[kind.removesuffix(' | None')]}")
    return out
