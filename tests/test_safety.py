"""Files that mean harm: recipes and profiles without end, and data that names places."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell import RunCli, jsonl

from perturb.core.errors import RecipeError, UsageError
from perturb.items.profile_files import load_profile
from perturb.recipe import load_recipe


def test_recipes_that_use_recipes_many_times_over(tmp_path: Path) -> None:
    """Twenty files, each using all that follow: a million steps, if they were read to the end."""
    for n in range(20):
        uses = "".join(f"  - use: r{m}.yaml\n" for m in range(n + 1, 20))
        (tmp_path / f"r{n}.yaml").write_text(f"summary: x\nsteps:\n  - case.lower\n{uses}")
    with pytest.raises(RecipeError, match=r"r\d+\.yaml:\d+: the recipes used have more than 4096 steps together$"):
        load_recipe(str(tmp_path / "r0.yaml"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("input: &a [x]\ntarget: *a\n", r"p\.yaml:2: aliases are not part of a profile"),
        ("input: " + "[" * 100_000, r"nested deeper than 24"),
        ("input: " + "x" * 300_000, "at most 256000"),
        ("input: !!python/object/apply:os.system [x]\n", "not YAML"),
    ],
)
def test_profiles(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "p.yaml").write_text(text)
    with pytest.raises(UsageError, match=says):
        load_profile(str(tmp_path / "p.yaml"))


def test_names_in_the_data_are_no_places(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    rows = [
        {"id": name, "question": "Where is my card?", "file": name}
        for name in ("../out", "/etc/passwd", "a\0b", "o.jsonl")
    ]
    jsonl(tmp_path / "x.jsonl", rows)
    assert run_cli("run", "../x.jsonl", "-r", "case.lower", "-j", "2", "-o", "o.csv", cwd=tmp_path / "sub").code == 0
    assert sorted(p.name for p in (tmp_path / "sub").iterdir()) == ["o.csv", "o.csv.manifest.json"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["sub", "x.jsonl"]
