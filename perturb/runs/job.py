"""What a run was asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from perturb.items.detect import from_fields
from perturb.items.profile_files import load_profile
from perturb.recipe import Recipe, load_recipe
from perturb.runs.plugins import load_plugin
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


def files_of(job: Job) -> list[str]:
    """List the user's files that a job reads beside its input, its recipes and their tables."""
    profile = [job.profile] if job.profile.endswith((".yaml", ".yml")) else []
    return [*job.plugins, *([job.protect] if job.protect else []), *profile, *job.witness]


def flag_of(name: str) -> str:
    """Name the option that sets a part of a job ("input_field" -> "--input-field")."""
    short = {"n": "-n", "recipes": "-r", "input": "ITEMS", "name_field": "--field", "plugins": "--plugin"}
    return short.get(name, "--" + name.replace("_", "-"))
