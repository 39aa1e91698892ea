"""Whether all that a run depended on is still as it was: perturb, tables, inputs, the user's files, recipes."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from perturb.core.errors import PerturbError
from perturb.recipe import load_recipe, recipe_file
from perturb.resources import data_digest
from perturb.runs.job import Job
from perturb.runs.plugins import load_plugin


def file_sha256(path: str | Path) -> str:
    """Hash a file (-> 64 hex digits)."""
    with open(path, "rb") as f:
        h = sha256()
        while block := f.read(1 << 20):
            h.update(block)
    return h.hexdigest()


def differences(found: dict[str, Any], job: Job) -> list[str]:
    """List what is no longer as the manifest says, each with what to do."""
    out: list[str] = []
    if found["data"] != data_digest():
        out.append(
            f"the shipped tables differ (data {data_digest()}, was {found['data']}): install the same perturb again"
        )
    for path, known in zip(job.input, found["inputs"].values()):
        try:
            if path != "-" and not os.path.isfile(path):
                out.append(f"the input {path} is not there: give its place with --input FILE")
            elif path != "-" and file_sha256(path) != known:
                out.append(f"the input {path} has changed (its sha256 is no longer {known[:12]}…)")
        except OSError as e:
            out.append(f"the input {path} cannot be read ({(e.strerror or str(e)).lower()})")
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
