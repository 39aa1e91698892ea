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


MESSAGES = (
    "Yesterday I asked whether the branch doesn't open before nine because nobody had answered my message.",
    "Something went wrong when I tried to pay with the new card and it's still not working properly.",
    "Please tell me which documents I should bring because I don't know what the office needs.",
)
# P(… | starts in lower case) and P(… | does not), over messages of Arena-Hard v2 and of Ubuntu IRC (style_joint.json)
JOINT = {
    "chat": {"share": 0.23, "no_final": (0.757, 0.499), "lower_i": (0.772, 0.41), "no_apostrophe": (0.321, 0.048)},
    "sloppy": {"share": 0.78, "no_final": (0.681, 0.518), "lower_i": (0.689, 0.103), "no_apostrophe": (0.316, 0.133)},
}
TOLERANCE = 0.05


def messages(style: str, n: int = 1200) -> list[dict[str, bool]]:
    """Draw messages in a style and look at them: what a reader sees, not what was drawn."""
    recipe = parse_recipe(
        f"summary: x\nwriter: {{severity: normal, style: {style}}}\n"
        "steps: [case.lower, case.lower_start, case.lower_i, punct.no_apostrophe, punct.no_final, typo]"
    )
    seen = []
    items = [{"id": f"m{i}", "text": t} for i in range(n) for t in MESSAGES]
    for v in Perturber(recipe, 1, 3, unchanged="keep")(items):
        seen.append({
            "lower": v.text[0].islower(),
            "no_final": v.text[-1] not in ".?!",
            "lower_i": " i " in v.text,
            "no_apostrophe": not any("'" in w for w in v.text.split()),
            "typo": any(s in e.step for e in v.edits for s in ("typo", "misspelling", "realword", "space")),
        })  # fmt: skip
    return seen


@pytest.mark.parametrize("style", JOINT)
def test_one_carelessness_is_behind_all_traits(style: str) -> None:
    seen = messages(style)
    lower, upper = [m for m in seen if m["lower"]], [m for m in seen if not m["lower"]]
    assert len(lower) / len(seen) == pytest.approx(JOINT[style]["share"], abs=0.04)
    for trait in ("no_final", "lower_i", "no_apostrophe"):
        with_, without = JOINT[style][trait]  # type: ignore[misc]
        assert mean(m[trait] for m in lower) == pytest.approx(with_, abs=TOLERANCE), trait
        assert mean(m[trait] for m in upper) == pytest.approx(without, abs=TOLERANCE), trait
        coin = mean(m[trait] for m in seen)  # a coin of each trait's own would show it as often to both
        assert max(abs(coin - with_), abs(coin - without)) > TOLERANCE, f"{trait}: independent coins would pass"
    ratio = mean(m["typo"] for m in lower) / mean(m["typo"] for m in upper)
    assert 1.4 < ratio < 2.1, f"the careless misspell in {ratio:.2f} times as many messages"


def test_formal_writers_are_careful() -> None:
    seen = messages("formal", 400)
    assert mean(m["lower"] for m in seen) < 0.03 and mean(m["no_final"] for m in seen) < 0.08
    assert mean(m["lower_i"] for m in seen) < 0.03


@pytest.mark.parametrize(("style", "without"), [("formal", 0.05), ("chat", 0.5), ("sloppy", 0.38)])
def test_questions_lose_their_mark_at_a_rate_of_their_own(style: str, without: float) -> None:
    recipe = parse_recipe(f"summary: x\nwriter: {{style: {style}}}\nsteps: [punct.no_final]")
    items = [{"id": f"m{i}", "text": "Where is my new card?"} for i in range(3000)]
    found = Perturber(recipe, 1, 5, unchanged="keep")(items)
    assert mean(not v.text.endswith("?") for v in found) == pytest.approx(without, abs=0.03)


def test_what_is_all_lower_begins_in_lower_case() -> None:
    moods = [Mood(Rng(seed), "chat") for seed in range(4000)]
    start, every = ([m.shows("chat", t) for m in moods] for t in ("lower_start", "lower_all"))
    assert mean(start) == pytest.approx(0.25, abs=0.02) and mean(every) == pytest.approx(0.15, abs=0.02)
    assert not any(a and not s for a, s in zip(every, start))
    assert [m.shows("chat", "lower_all") for m in moods] == every, "asked again, the same"


def test_carelessness_leaves_the_spread_of_writers_as_it_was() -> None:
    for style in STYLES:
        assert pvariance([Mood(Rng(seed), style).factor for seed in range(6000)]) == pytest.approx(1 / 2.2, rel=0.1)


def test_tables_are_whole() -> None:
    traits = {r[1] for r in rows("writers", "styles")}
    for style in STYLES:
        assert {r[1] for r in rows("writers", "styles") if r[0] == style} == traits
    assert all(0 <= float(r[i]) <= 1 for r in rows("writers", "styles") for i in (2, 3))
    assert {t.trait for t in transforms().values()} - {"", "typo"} <= traits
    for typist in TYPISTS:
        assert typing_of(typist) and all(n in transforms() and w > 0 for n, w, _ in typing_of(typist))
        assert all(p.keys() <= transforms()[n].params.keys() for n, _, p in typing_of(typist))
    assert {r[0] for r in rows("writers", "typists")} == set(TYPISTS)


@pytest.mark.parametrize("typist", TYPISTS)
@pytest.mark.parametrize("severity", [1.0, 6.0])
def test_the_severity_is_reached_on_average(typist: str, severity: float) -> None:
    recipe = parse_recipe(f"summary: x\nwriter: {{severity: {severity}, typist: {typist}}}\nsteps: [typo]")
    words = len(LONG["text"].split())
    variants = list(Perturber(recipe, 1, 5)({"id": f"t{i}", **LONG} for i in range(300)))
    reached = 100 * mean(len(v.edits) for v in variants) / words
    assert 0.85 * severity < reached < 1.15 * severity, f"{reached:.2f} misspelt words per 100 instead of {severity}"


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
