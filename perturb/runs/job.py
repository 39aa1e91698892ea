"""What a run was asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from perturb.items.detect import from_fields, named
from perturb.items.profile_files import load_profile
from perturb.recipe import Recipe, load_recipe
from perturb.runs.plugins import load_plugin
from perturb.settling import witness_of
from perturb.variants import Perturber


@dataclass
class Job:
    """What a run was asked to do, as the command line says it; the manifest keeps it whole."""

    input: list[str]
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
    shard: str = ""
    witness: list[str] = field(default_factory=list)
    ledger: str = ""

    def perturber(self, recipes: list[Recipe] | None = None) -> Perturber:
        """Make the Perturber of this job; plugins are loaded first."""
        for path in self.plugins:
            load_plugin(path)
        made: Any = recipes or [load_recipe(r) for r in self.recipes]
        profile, told = self.its_profile(), self.its_fields()
        witness = witness_of(self.witness or None, profile, told)
        perturber = Perturber(made, self.n, self.seed, profile or "auto", self.intensity, self.unchanged,
                              self.expect or None, self.with_clean, fields=self.fields, protect=self.protect or (),
                              analysis=self.analysis, name_field=self.name_field, witness=witness)  # fmt: skip
        perturber.told = told if profile is None else {}
        perturber.wanted += tuple(named(told))
        return perturber

    def its_profile(self) -> Any:
        """Give the profile that the job names or makes of flags; None where it is read off the items."""
        base = None if self.profile == "auto" else load_profile(self.profile)
        told = self.its_fields()
        if self.input_field or (told and base is not None):
            return from_fields(self.input_field or None, **told, base=base)
        return base

    def its_fields(self) -> dict[str, str]:
        """Give the fields beside the input that flags name, as from_fields takes them ({"id": "nr"})."""
        told = {"target": self.target_field, "choices": self.choices_field, "context": self.context_field,
                "id": self.id_field}  # fmt: skip
        return {key: value for key, value in told.items() if value}


def files_of(job: Job) -> list[str]:
    """List the user's files that a job reads beside its input, its recipes and their tables."""
    profile = [job.profile] if job.profile.endswith((".yaml", ".yml")) else []
    return [*job.plugins, *([job.protect] if job.protect else []), *profile, *job.witness]


def flag_of(name: str) -> str:
    """Name the option that sets a part of a job ("input_field" -> "--input-field")."""
    short = {"n": "-n", "recipes": "-r", "input": "ITEMS", "name_field": "--field", "plugins": "--plugin"}
    return short.get(name, "--" + name.replace("_", "-"))
