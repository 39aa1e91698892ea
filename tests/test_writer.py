"""The person a recipe imagines: amounts as people's, traits that go together."""

from __future__ import annotations

from statistics import mean, pvariance

import pytest

from perturb.core.registry import transforms
from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.recipe_yaml import parse_recipe
from perturb.variants import Perturber
from perturb.writer import _GAMMA, STYLES, TYPISTS, Mood, poisson, typing_of

LONG = {
    "text": "Yesterday somebody asked whether the government should provide better information about different "
    "possible services because people believe their experience with several companies became really difficult. "
    "Nobody could understand exactly which important questions would follow, although certain friends remember "
    "another beautiful restaurant where everything seemed absolutely necessary. " * 6
}


@pytest.mark.parametrize(
    ("mean_", "u", "count"),
    [
        (0, 0.0, 0),
        (0, 0.999, 0),
        (1.0, 0.3, 0),
        (1.0, 0.5, 1),
        (1.0, 0.73, 1),
        (1.0, 0.74, 2),
        (5.0, 0.5, 5),
        (5.0, 0.999, 13),
    ],
)
def test_poisson(mean_: float, u: float, count: int) -> None:
    assert poisson(mean_, u) == count


@pytest.mark.parametrize("m", [0.05, 0.8, 3.0, 12.0, 40.0])
def test_poisson_has_its_mean_and_variance_and_grows_with_the_mean(m: float) -> None:
    drawn = [poisson(m, (i + 0.5) / 2000) for i in range(2000)]
    assert mean(drawn) == pytest.approx(m, rel=0.02, abs=0.01) and pvariance(drawn) == pytest.approx(
        m, rel=0.06, abs=0.02
    )
    assert drawn == sorted(drawn)
    assert all(poisson(m, u / 50) <= poisson(m * 1.2, u / 50) for u in range(50))


@pytest.mark.parametrize("m", [800.0, 5000.0, 10.0**6])
def test_poisson_of_long_texts(m: float) -> None:
    """A text of a hundred thousand words has slips too, about as many as it should."""
    assert poisson(m, 0.5) == pytest.approx(m, rel=0.05) and poisson(m, 0.01) <= poisson(m, 0.99)


def test_writers_differ_as_people_do() -> None:
    """Counts over writers are negative binomial: variance = mean + mean² / 2.2."""
    assert mean(_GAMMA) == pytest.approx(1, abs=0.002) and pvariance(_GAMMA) == pytest.approx(1 / 2.2, rel=0.08)
    for m in (1.0, 4.0):
        counts = []
        for seed in range(5000):
            rng = Rng(seed)
            counts.append(Mood(rng.stream("writer"), "").slips(m, rng.random()))
        assert mean(counts) == pytest.approx(m, rel=0.05)
        assert pvariance(counts) == pytest.approx(m + m * m / 2.2, rel=0.15)


def test_style_couples_the_traits() -> None:
    """Who leaves out the first capital leaves out the rest: traits go together more than by chance."""
    moods = [Mood(Rng(seed), "chat") for seed in range(4000)]
    start = [m.shows("chat", "lower_start") for m in moods]
    all_ = [m.shows("chat", "lower_all") for m in moods]
    final = [m.shows("chat", "no_final") for m in moods]
    assert mean(start) == pytest.approx(0.25, abs=0.03)
    assert not any(a and not s for a, s in zip(all_, start)), "all lower case begins in lower case"
    with_start = mean(f for f, s in zip(final, start) if s)
    without = mean(f for f, s in zip(final, start) if not s)
    assert with_start == pytest.approx(0.77, abs=0.05) and without == pytest.approx(0.45, abs=0.04)
    assert [m.shows("chat", "no_final") for m in moods] == final, "asked again, the same"


def test_tables_are_whole() -> None:
    traits = {r[1] for r in rows("writers", "styles")}
    for style in STYLES:
        assert {r[1] for r in rows("writers", "styles") if r[0] == style} == traits
    assert all(0 <= float(r[i]) <= 1 for r in rows("writers", "styles") for i in (2, 3))
    assert {t.trait for t in transforms().values()} - {"", "typo"} <= traits
    for typist in TYPISTS:
        assert typing_of(typist) and all(n in transforms() and w > 0 for n, w in typing_of(typist))


@pytest.mark.parametrize("typist", TYPISTS)
@pytest.mark.parametrize("severity", [1.0, 6.0])
def test_the_severity_is_reached_on_average(typist: str, severity: float) -> None:
    recipe = parse_recipe(f"summary: x\nwriter: {{severity: {severity}, typist: {typist}}}\nsteps: [typo]")
    words = len(LONG["text"].split())
    variants = list(Perturber(recipe, 60, 5, unchanged="keep")([LONG]))
    reached = 100 * mean(len(v.edits) for v in variants) / words
    assert 0.75 * severity < reached < 1.2 * severity, f"{reached:.2f} misspelt words per 100 instead of {severity}"


def test_unchanged_variants_stay_under_a_writer() -> None:
    recipe = parse_recipe("summary: x\nwriter: {severity: light}\nsteps: [typo]")
    variants = list(Perturber(recipe, 50, 5)([{"text": "Where is my new card?"}]))
    assert len(variants) == 50 and sum(v.changed for v in variants) < 10


def test_a_users_texts_are_of_one_hand() -> None:
    from perturb.items.profiles import Profile

    profile = Profile("chat", ("text",), user="who")
    recipe = parse_recipe("summary: x\nwriter: {style: sloppy}\nsteps: [case.lower_start, punct.no_final]")
    items = [{"text": f"Where is card {n}?", "who": f"u{n % 4}"} for n in range(40)]
    hands: dict[str, set[tuple[bool, bool]]] = {}
    for v in Perturber(recipe, 1, 3, profile)(items):
        hands.setdefault(v.source["who"], set()).add((v.text[0] == "w", v.text[-1] != "?"))
    assert all(len(h) == 1 for h in hands.values()) and len({min(h) for h in hands.values()}) > 1
