"""The docs say what the program does: nothing is left out, and what is shown is what it prints."""

import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from perturb.cli import COMMANDS
from perturb.core.errors import MissingResource, RecipeError
from perturb.core.registry import transforms
from perturb.items.profile_files import profiles
from perturb.language.needs import require
from perturb.recipe import load_recipe, shipped
from perturb.recipe_yaml import parse_recipe

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
_spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools" / "make_docs.py")
make_docs = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_docs)


def page(name):
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("path", make_docs.pages(), ids=lambda p: p.name)
def test_what_is_shown_is_what_the_program_prints(path):
    """Runs every ``$ perturb`` command and every ``>>>`` of the page."""
    text = path.read_text("utf-8")
    if "$ make demo" in text and shutil.which("make") is None:
        pytest.skip("make is not here")
    assert make_docs.page_made(path) == text, "write it again with: python tools/make_docs.py"


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_every_perturb_command_of_a_page_is_run(path):
    text = path.read_text("utf-8")
    in_blocks = "".join(m[2] for m in make_docs.FENCE.finditer(text) if m[1] == "console")
    assert len(re.findall(r"^\$ perturb", text, re.M)) == len(re.findall(r"^\$ perturb", in_blocks, re.M))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section(name):
    assert f"\n## perturb {name}\n" in page("docs/cli.md")
    assert f"Usage: perturb {name} " in page("docs/cli.md")


@pytest.mark.parametrize("name", [n for n, t in transforms().items() if not t.plugin])
def test_every_transform_is_listed(name):
    assert f"\n| `{name}` | " in page("docs/transforms.md")


@pytest.mark.parametrize("name", shipped())
def test_every_recipe_is_listed_and_needs_nothing(name):
    for where in ("README.md", "docs/recipes.md"):
        assert f"| `{name}` | " in page(where)
    assert load_recipe(name).needs == (), "the README says that no shipped recipe needs a model"


@pytest.mark.parametrize("name", profiles())
def test_every_profile_is_listed(name):
    assert f"`{name}`" in page("docs/profiles.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if "://" not in link and not link.startswith("#"):
            assert (path.parent / link.split("#")[0]).exists(), link


def test_every_page_can_be_found_from_the_readme():
    seen, ahead = set(), [ROOT / "README.md"]
    while ahead:
        path = ahead.pop()
        if path not in seen and path.suffix == ".md":
            seen.add(path)
            links = re.findall(r"\]\(([^)\s#]+)", path.read_text("utf-8"))
            ahead += [(path.parent / link).resolve() for link in links if "://" not in link]
    assert sorted(p.name for p in PAGES if p not in seen) == []


def test_the_mistakes_of_the_recipe_page_are_said_so():
    wrong = "summary: x\nsteps:\n  - typo.nieghbor\n  - typo.omit: {longer: 4}\n  - typo.omit: {rate: 3}\n"
    with pytest.raises(RecipeError) as caught:
        parse_recipe(wrong, file="mine.yaml")
    assert "```text\n" + "\n".join(caught.value.mistakes) + "\n```" in page("docs/recipes.md")


def test_commands_that_get_a_resource_stand_in_its_page(monkeypatch):
    from perturb.language import analysis, wordnet

    for how in (analysis.HOW.split("   ")[0].replace("perturb[en]", ".[en]"), wordnet.HOW):
        assert how in page("docs/resources.md")
    monkeypatch.setattr(analysis, "_installed", lambda spacy: "")
    analysis._model.cache_clear()
    with pytest.raises(MissingResource, match="pip install"):
        require(["spacy"])


def test_the_readme_is_short():
    assert len(page("README.md").split("\n")) < 220


def test_the_changelog_has_an_unreleased_part_with_draws_first():
    unreleased = page("CHANGELOG.md").split("\n## ")[1]
    assert unreleased.startswith("Unreleased\n\n### Draws change\n")


def test_the_contributors_transform_is_the_readmes():
    form = re.compile(r"```python\n(# drop_g.py\n.*?)```", re.S)
    assert form.search(page("README.md"))[1] == form.search(page("CONTRIBUTING.md"))[1]
