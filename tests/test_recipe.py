"""Recipes: the grammar, and how a recipe is settled for one variant. Mistakes: test_recipe_mistakes.py."""

from __future__ import annotations

from collections import Counter

import pytest

from perturb.core.errors import UsageError
from perturb.core.rng import Rng
from perturb.recipe import Group, OneOf, Recipe, Step, load_recipe, shipped
from perturb.recipe_yaml import parse_recipe
from perturb.variants import Perturber


def parsed(steps: str, head: str = "summary: x") -> Recipe:
    return parse_recipe(f"{head}\nsteps:\n{steps}\n")


def labels(recipe: Recipe, seed: int = 1, intensity: float = 1.0) -> list[str]:
    return [s.label for s in recipe.settle(Rng(seed), intensity)]


# -- what may be written -------------------------------------------------------------------------------------


def test_the_whole_grammar() -> None:
    recipe = parse_recipe(
        """
        summary: all of it
        steps:
          - case.lower
          - case.lower:
          - typo.omit: {rate: 0.1, longer_than: 5, p: 0.5}
          - punct.doubled: {times: 2, must: true}
          - typo
          - one_of:
              - typo.swap: {weight: 3}
              - [case.caps, punct.no_final]
              - typo: {weight: 2}
          - use: hurried
          - use: {recipe: slang, intensity: 0.5, p: 0.7}
          - choices.shuffle: {p: 0.5}
        """
    )
    first, second, omit, doubled, family, one_of, use, scaled, item = recipe.nodes
    assert isinstance(first, Step) and (first.label, first.times) == ("case.lower", 1)
    assert isinstance(second, Step) and second.label == "case.lower#2"
    assert isinstance(omit, Step) and (omit.rate, omit.params, omit.p) == (0.1, {"longer_than": 5}, 0.5)
    assert isinstance(doubled, Step) and (doubled.times, doubled.rate) == (2, None)
    assert recipe.musts == {"punct.doubled"}
    assert isinstance(family, OneOf) and len(family.options) > 5
    assert isinstance(one_of, OneOf) and one_of.weights == (3, 1, 2) and len(one_of.options[1]) == 2
    assert isinstance(use, Group) and use.label == "hurried" and use.nodes[0].label == "hurried/case.lower"
    assert isinstance(scaled, Group) and scaled.p == 0.7
    assert all(n.intensity == 0.5 for n in scaled.nodes if isinstance(n, Step))
    assert isinstance(item, Step) and item.p == 0.5
    assert set(recipe.texts) == {"recipe", "hurried", "slang"}


def test_a_writer_governs_steps_that_have_its_trait() -> None:
    recipe = parsed(
        "- typo\n- case.lower_i\n- punct.no_final: {p: 0.5}\n- slang.clip",
        "summary: x\nwriter: {severity: 2, style: chat, typist: hasty}",
    )
    typo, lower_i, final, clip = recipe.nodes
    assert isinstance(typo, Group) and sum(n.share for n in typo.nodes if isinstance(n, Step)) == pytest.approx(1)
    assert all(isinstance(n, Step) and n.governed == "typo" for n in typo.nodes), (
        "slips of all kinds, by the typist's shares"
    )
    assert isinstance(lower_i, Step) and lower_i.governed == "lower_i" and recipe.has_writer and recipe.style == "chat"
    assert isinstance(final, Step) and final.governed == "", "its own p says how often"
    assert isinstance(clip, Step) and clip.governed in ("", "slang")


def test_the_words_share_the_severity() -> None:
    recipe = parsed("- typo.omit\n- typo.swap\n- case.lower", "summary: x\nwriter: {severity: normal}")
    assert [n.share for n in recipe.nodes if isinstance(n, Step)] == [0.5, 0.5, 1.0]


@pytest.mark.parametrize(("text", "value"), [("1e-3", 0.001), ("010", 10), ("1", 1), ("+0.5", 0.5), ("'0.5'", 0.5)])
def test_numbers_mean_what_they_say(text: str, value: float) -> None:
    step = parsed(f"- typo.omit: {{times: {text}}}").nodes[0]
    assert isinstance(step, Step) and step.times == value


# -- what it comes to ----------------------------------------------------------------------------------------


def test_adding_a_step_does_not_redraw_the_others() -> None:
    steps = "- typo.omit: {p: 0.5}\n- one_of: [case.lower, case.caps]\n- punct.no_final: {p: 0.5}"
    one, more = parsed(steps), parsed(f"- slang.clip: {{p: 0.5}}\n{steps}\n- hedge.open: {{p: 0.5}}")
    for seed in range(60):
        assert [n for n in labels(more, seed) if n[:5] not in ("slang", "hedge")] == labels(one, seed)


def test_chances_and_weights() -> None:
    recipe = parsed(
        "- case.lower: {p: 0.3}\n- one_of:\n  - typo.omit: {weight: 3}\n  - typo.swap\n  - typo.insert: {weight: 0}"
    )
    counts = Counter(label for seed in range(3000) for label in labels(recipe, seed))
    assert 780 < counts["case.lower"] < 1020 and 2130 < counts["typo.omit"] < 2370 and counts["typo.insert"] == 0
    assert counts["typo.omit"] + counts["typo.swap"] == 3000


def test_intensity_scales_amounts_and_never_chances() -> None:
    recipe = parsed(
        "- typo.omit: {rate: 0.4, p: 0.5}\n- use: {recipe: slang, intensity: 0.5}\n- punct.doubled: {times: 2}"
    )
    for seed in range(20):
        half, full = recipe.settle(Rng(seed), 0.5), recipe.settle(Rng(seed), 1.0)
        assert [s.label for s in half] == [s.label for s in full]
        assert [(s.rate or s.times) * 2 for s in half] == pytest.approx([s.rate or s.times for s in full])


def test_use_at_intensity_0_moves_nothing() -> None:
    assert labels(parsed("- use: {recipe: shuffled_options, intensity: 0}")) == []
    assert labels(parsed("- choices.shuffle"), intensity=0) == []


@pytest.mark.parametrize(
    ("outer", "severity", "style"),
    [("{severity: 9}", 9, "chat"), ("{style: sloppy}", 2.2, "sloppy"), ("{typist: learner}", 2.2, "chat")],
)
def test_the_using_recipes_writer_goes_over_the_used_ones(outer: str, severity: float, style: str) -> None:
    recipe = parsed("- use: phone_user", f"summary: x\nwriter: {outer}")
    writers = [s.writer for s in recipe.steps() if s.governed]
    assert writers and all(w and (w.severity, w.style) == (severity, style) for w in writers)


def test_composition() -> None:
    recipe = load_recipe("slang+typo.omit+slang")
    assert recipe.name == "slang+typo.omit+slang" and [n.label for n in recipe.nodes] == [
        "slang",
        "typo.omit",
        "slang#2",
    ]
    assert len({s.label for s in recipe.steps()}) == len(recipe.steps())
    assert set(recipe.texts) == {"slang", "typo.omit"}


@pytest.mark.parametrize("name", ["typo.omit", "typo", "choices.shuffle", "choices", "case", "nlpaug", "synonym"])
def test_a_transform_or_family_is_a_recipe(name: str) -> None:
    recipe = load_recipe(name)
    assert recipe.name == name and recipe.summary and all(s.transform.name.startswith(name) for s in recipe.steps())


def test_a_family_draws_those_that_rearrange_items_too() -> None:
    names = {s.transform.name for s in load_recipe("premise").steps()}
    assert names == {"premise.claim", "premise.known", "premise.option"}
    item = {"question": "is a peck a bushel", "passage": "A peck is less.", "answer": False}
    assert {v.text for v in Perturber("premise", n=1, seed=1)([item])} == {"why is a peck a bushel"}
    family = parsed("- premise: {times: 2}")  # what says how much is for those that edit texts
    assert {s.transform.name: s.times for s in family.steps()}["premise.known"] == 2


@pytest.mark.parametrize("name", ["", " ", "huried", "hurried+nix", "../recipes/hurried", "+", None])
def test_what_is_no_recipe(name: str) -> None:
    with pytest.raises(UsageError):
        load_recipe(name)
    if name == "huried":
        with pytest.raises(UsageError, match=r"did you mean 'hurried'\? `perturb list` shows all"):
            load_recipe(name)


def test_texts_of_a_manifest_come_before_files() -> None:
    given = {"hurried": "summary: other\nsteps: [case.caps]"}
    recipe = parse_recipe("summary: x\nsteps: [use: hurried]", texts=given)
    assert labels(recipe) == ["hurried/case.caps"] and "hurried" in shipped()
