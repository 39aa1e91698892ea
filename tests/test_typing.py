"""The typing model: what it says, that it says it everywhere, and what misspellings come of it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pytest

from perturb import PerturbError, misspell
from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.language.slips import coarse, is_word, unfit
from perturb.language.typing import TYPISTS, cased, speller
from perturb.language.typing.edits import edits_of
from perturb.language.typing.kinds import kind_of
from perturb.language.typing.knowledge import unknown
from perturb.language.typing.model import class_of, model, number_of, slip_at
from perturb.language.typing.several import KINDS, several, slips_apart, sound, whole_pieces
from perturb.language.typing.shape import CLASSES, place
from perturb.language.typing.weights import DEPTH, UNIT, powers
from perturb.language.typing.windows import BARRED

WORDS = "because received different account tomorrow business calculate remaining their argument necessary".split()


def applied(word: str, at: int) -> str:
    i, j, new = slip_at(word, at)
    return word[:i] + new + word[j:]


def drawn(word: str, typist: str = "residual", keyboard: str = "qwerty", n: int = 300) -> Counter[str]:
    return Counter(misspell(word, seed=seed, typist=typist, keyboard=keyboard) for seed in range(n))


@pytest.mark.parametrize("word", ["at", "letter", "because", "aaa", "naïve", "o'clock"])
def test_every_single_edit_is_scored_once(word: str) -> None:
    scores = model("residual", "qwerty").scores(word)
    assert len(scores) == len(word) + 26 * (len(word) + 1) + 26 * len(word) + len(word) - 1
    results = Counter(applied(word, at) for at, score in enumerate(scores) if score > BARRED // 2)
    assert word not in results
    assert max(results.values()) == 1


@pytest.mark.parametrize("word", ["at", "letter", "because", "aaa"])
def test_an_edit_is_found_by_what_it_makes(word: str) -> None:
    for at, score in enumerate(model("residual", "qwerty").scores(word)):
        if score > BARRED // 2:
            assert number_of(word, applied(word, at)) == at
    assert number_of(word, word) == number_of(word, word + "xy") == number_of("abcd", "badc") == -1


def test_powers_of_two_are_exact() -> None:
    power = powers()
    assert len(power) == DEPTH + 1
    assert [power[k] for k in range(0, DEPTH + 1, UNIT)] == [2**k for k in range(DEPTH // UNIT + 1)]
    assert all(a <= b for a, b in pairwise(power))
    assert power[DEPTH - 16] ** 2 == pytest.approx(2**39, rel=1e-4)


@pytest.mark.parametrize(
    ("word", "likelier", "less"),
    [
        ("because", "becuase", "bceause"),
        ("their", "thier", "theie"),
        ("different", "diffrent", "difernt"),
        ("tomorrow", "tomorow", "tomorroe"),
        ("separate", "seperate", "soparate"),
        ("environment", "enviroment", "evironment"),
        ("argument", "arguement", "argqument"),
    ],
)
def test_what_people_write_is_likelier(word: str, likelier: str, less: str) -> None:
    scores = {applied(word, at): score for at, score in enumerate(model("residual", "qwerty").scores(word))}
    assert scores[likelier] > scores.get(less, BARRED) + 2 * UNIT


@pytest.mark.parametrize("typist", TYPISTS)
@pytest.mark.parametrize("word", [*WORDS, "at", "form", "assess", "shift"])
def test_a_misspelling_is_another_string_that_is_no_word(word: str, typist: str) -> None:
    for written in drawn(word, typist, n=60):
        assert written != word
        assert not is_word(written)
        assert not unfit(word, written)


def test_the_same_seed_gives_the_same_everywhere() -> None:
    made = f"[misspell(w, seed=5, typist=t) for w in {WORDS} for t in {TYPISTS}]"
    code = f"from perturb import misspell; print({made})"
    here = str([misspell(w, seed=5, typist=t) for w in WORDS for t in TYPISTS])
    for seed in ("1", "2"):
        run = [sys.executable, "-c", code]
        there = subprocess.run(run, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        assert there.strip() == here


@pytest.mark.parametrize(
    ("word", "written", "result"),
    [
        ("the", "teh", "teh"),
        ("The", "teh", "Teh"),
        ("NASA", "naas", "NAAS"),
        ("McDonald", "mcdnoald", "McDnoald"),
        ("iPhone", "iphoen", "iPhoen"),
        ("I", "ii", "Ii"),
    ],
)
def test_capitals_stay(word: str, written: str, result: str) -> None:
    assert cased(word, written) == result


def test_what_has_no_letters_comes_back() -> None:
    for word in ("", "ß", "48", "…", "İ"):
        assert misspell(word, seed=1) == word


def test_a_wrong_name_is_told() -> None:
    with pytest.raises(PerturbError, match="no typist 'hastly'.*'hasty'"):
        misspell("word", seed=1, typist="hastly")
    with pytest.raises(PerturbError, match="no table 'dvorak'"):
        misspell("word", seed=1, keyboard="dvorak")


def shares(typist: str, keyboard: str = "qwerty") -> Counter[str]:
    """Give what single edits a typist makes of some words, by kind, and how many fall on the first letter."""
    out = Counter[str]()
    for word in WORDS:
        sums = model(typist, keyboard).sums(word)
        before = 0
        for at, total in enumerate(sums):
            if total > before:
                share = (total - before) / sums[-1] / len(WORDS)
                slip = slip_at(word, at)
                out[kind_of(word, slip, keyboard)] += share
                out["first"] += share * (slip[0] == 0)
            before = total
    return out


def test_typists_differ_as_people_do() -> None:
    residual, hasty, learner, poor = (shares(t) for t in TYPISTS)
    assert residual["first"] < 0.04
    assert hasty["first"] > 2 * residual["first"]
    assert hasty["neighbor"] > 3 * residual["neighbor"]
    assert learner["vowel"] > residual["vowel"]
    assert poor["swap"] < residual["swap"]
    several = [
        sum(len(w) - len(new) > 1 or len(new) - len(w) > 1 for new in drawn(w, t)) for t in TYPISTS for w in WORDS[:3]
    ]
    assert sum(several[9:]) > sum(several[:3]), "poor spellers are further off"


def test_keys_beside_are_those_of_the_layout() -> None:
    def score(layout: str, new: str) -> int:
        written = {applied("man", at): score for at, score in enumerate(model("hasty", layout).scores("man"))}
        return written["m" + new + "n"]

    # beside the a of QWERTY lies the s, of AZERTY the z
    assert score("qwerty", "s") > score("azerty", "s")
    assert score("azerty", "z") > score("qwerty", "z")


@pytest.mark.parametrize(
    ("word", "written", "whole"),
    [
        ("separate", "seperate", True),
        ("tomorrow", "tomorow", True),
        ("receive", "recieve", True),
        ("government", "goverment", True),
        ("decimals", "desimals", True),
        ("because", "becuase", False),
        ("tomorrow", "tomprrow", False),
        ("the", "teh", False),
        ("right", "rightt", False),
        ("missed", "mmissed", False),
        ("until", "untill", True),
        ("points", "poinets", False),  # a vowel that nobody hears there
        ("cherries", "cherres", False),
        ("argument", "arguement", True),
        ("different", "diffrent", True),
    ],
)
def test_what_is_not_known_is_told_from_slips(word: str, written: str, whole: bool) -> None:
    assert unknown(word, written) is whole


def test_nobody_knows_how_to_spell_a_name() -> None:
    assert unknown("charleston", "charelston", name=True)


def test_two_slips_leave_a_word_that_one_can_read() -> None:
    made = {w for n in range(4000) if (w := misspell("bananas", seed=n, typist="learner"))}
    assert len(made) > 60 and not made & {"banavi", "bavanis"}
    heard = sound("bananas")
    assert all(len(sound(w)) >= len(heard) - 1 or sorted(w) == sorted("bananas") for w in made)


def test_poor_spellers_slip_as_they_do() -> None:
    """Of single edits that make no word, two in five or more lose a letter and few swap two (Holbrook's: 40 and 6 in 100)."""
    words = (
        "have with about school where house could people after would through another brother animal tomorrow".split()
    )
    of: Counter[str] = Counter()
    for word in words:
        found: Counter[str] = Counter()
        for at, weight in enumerate(model("poor_speller", "qwerty").weights(word)):
            if weight and not is_word(applied(word, at)):
                i, j, new = slip_at(word, at)
                found["lost" if not new else "added" if i == j else "swapped" if j - i == 2 else "put"] += weight
        of.update({kind: 1000 * n // found.total() for kind, n in found.items()})
    shares = {kind: n / of.total() for kind, n in of.items()}
    assert 0.4 < shares["lost"] < 0.55 and 0.03 < shares["swapped"] < 0.09, shares


def test_places_and_classes() -> None:
    assert [place(i, 8) for i in range(9)] == [0, 1, 2, 2, 3, 4, 5, 6, 7]
    assert CLASSES[class_of("their", (2, 4, "ie"))] == "swap-VV"
    assert CLASSES[class_of("letter", (3, 4, ""))] == "undouble-C"
    assert CLASSES[class_of("amount", (2, 2, "m"))] == "double-C"
    assert CLASSES[class_of("money", (3, 4, "w"))] == "near-to-C"


def test_tables_have_what_the_model_reads() -> None:
    assert {row[0] for row in rows("typing", "typists")} == set(TYPISTS) == {row[0] for row in rows("typing", "edits")}
    known = {f"{op}{x}{y}" for op in "dist" for x in range(3) for y in range(3)}
    assert known <= {row[0] for row in rows("typing")}


def test_draws_go_by_the_counts_of_what_is_on_record() -> None:
    assert drawn("separate", n=400).most_common(1)[0][0] == "seperate"
    rng = Rng("many")
    word = speller()["accommodation"]
    assert len({word.draw(rng) for _ in range(400)}) > 25


@pytest.mark.parametrize(
    ("word", "kind", "written"),
    [
        ("compatibility", "lost", "compability"),
        ("definition", "again", "defininition"),
        ("modify", "moved", "mofidy"),
        ("facility", "moved", "facitliy"),
    ],
)
def test_several_edits_are_pieces_of_a_word(word: str, kind: str, written: str) -> None:
    found = pieces_of(word)
    assert found[written] == kind
    assert not [new for new in found if new[0] != word[0] and found[new] == "lost"], "the first letter stays"
    assert word[:-2] not in found, "a word without its end is seen at once"


def test_a_small_word_loses_no_piece() -> None:
    assert not list(whole_pieces("love", 2, "lost"))
    assert several("residual").options(edits_of("at"), 3, "apart") == ([], [])


def pieces_of(word: str) -> dict[str, str]:
    return {new: kind for kind in KINDS for new, _ in whole_pieces(word, 2, kind)}


@pytest.mark.parametrize("typist", TYPISTS)
def test_kinds_of_several_edits_have_the_learnt_shares(typist: str) -> None:
    learnt, rng = several(typist), Rng("kinds")
    drawn_ = Counter(learnt.kind(rng, "compatibility", 2) for _ in range(4000))
    shares = {kind: learnt.share[kind, 2, 4] for kind in KINDS}
    for kind, share in shares.items():
        assert drawn_[kind] / 4000 == pytest.approx(share / sum(shares.values()), abs=0.03)


def test_slips_that_belong_together_are_chosen_among_those_drawn() -> None:
    word, edits = "vehicles", edits_of("vehicles")
    plain = [slips_apart(edits, Rng("plain", n)) for n in range(300)]
    names, sums = several("residual").options(edits, 2, "apart")
    rng = Rng("chosen")
    chosen = [names[rng.pick(sums)] for _ in range(300)]
    heard = [sound(new) == sound(word) for new in chosen]

    def near(slips: list[tuple[int, int, str]]) -> bool:
        return len(slips) == 2 and slips[1][0] - slips[0][1] < 2

    spans = [_span(word, new) for new in chosen]
    assert sum(span < 5 for span in spans) / 300 > 1.3 * sum(map(near, plain)) / 300
    assert any(heard)


def _span(word: str, written: str) -> int:
    """Give how many letters of a word lie between what stays before and behind."""
    i = j = 0
    while i < min(len(word), len(written)) and word[i] == written[i]:
        i += 1
    while j < min(len(word), len(written)) - i and word[-1 - j] == written[-1 - j]:
        j += 1
    return len(word) - i - j


@pytest.mark.parametrize("typist", TYPISTS)
@pytest.mark.parametrize(
    ("word", "other"), [("has", "as"), ("his", "is"), ("card", "cad"), ("point", "pint"), ("dinner", "diner")]
)
def test_no_short_or_rarer_word_comes_of_a_slip(word: str, other: str, typist: str) -> None:
    assert is_word(other)
    assert other not in drawn(word, typist, n=200)


def test_nothing_coarse_comes_of_a_slip() -> None:
    for word, written in (
        ("think", "chink"),
        ("good", "gook"),
        ("turn", "turd"),
        ("mother", "motherfuck"),
        ("his", "hiv"),
    ):
        assert coarse(word, written) and unfit(word, written)
    for word, written in (
        ("running", "runnign"),
        ("pakistan", "pakistann"),
        ("turd", "turd"),
        ("saturday", "saturdya"),
    ):
        assert not coarse(word, written)
