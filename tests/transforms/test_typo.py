"""Slips: made where people make them, and never into another word."""

from __future__ import annotations

import re

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import family, get
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, NAME, SLOT, Text
from perturb.core.values import same_name
from perturb.language.lexicon import rows
from perturb.language.slips import is_word, unfit
from perturb.language.typing.kinds import slips_of

KINDS = [t.name for t in family("typo")]
TEXT = "Their different accounts were separated tomorrow because the business received Charleston's necessary letter"


def outcomes(name: str, raw: str, mask: bytes | None = None, seeds: int = 60, **params: object) -> set[str]:
    text, found = Text(raw, mask), set()
    for seed in range(seeds):
        edits = engine.run(text, get(name), dict(params), Rng(seed), rate=None, times=1)
        found.add(apply(raw, edits))
    return found


@pytest.mark.parametrize(
    ("name", "word", "seen"),
    [
        ("typo.omit", "different", {"diffrent"}),
        ("typo.undouble", "tomorrow", {"tomorow"}),
        ("typo.double", "amount", {"ammount"}),
        ("typo.insert", "argument", {"arguement"}),
        ("typo.swap", "their", {"thier"}),
        ("typo.vowel", "separate", {"seperate"}),
        ("typo.neighbor", "money", {"monwy", "monry", "noney", "mobey"}),
        ("typo.slip", "because", {"becuase", "becaus"}),
        ("typo.misspell", "because", {"becuase", "beacuse"}),
    ],
)
def test_makes_the_slips_that_people_make(name: str, word: str, seen: set[str]) -> None:
    found = outcomes(name, word, seeds=400)
    assert seen & found
    assert word not in found


@pytest.mark.parametrize("name", KINDS)
def test_results_are_no_words_and_keep_capitals(name: str) -> None:
    for written in outcomes(name, TEXT, seeds=150):
        for old, new in zip(TEXT.split(), written.split(), strict=True):
            assert old[0].isupper() == new[0].isupper()
            if old != new and "'" not in old:
                assert not is_word(new.lower())
                assert not unfit(old.lower(), new.lower())


@pytest.mark.parametrize("name", KINDS)
def test_leaves_acronyms_short_words_and_slots_alone(name: str) -> None:
    raw = "is DNA at 48 eleven iPhone"
    mask = bytearray(len(raw))
    mask[raw.index("48") : raw.index(" iPhone")] = bytes([SLOT]) * len("48 eleven")
    assert outcomes(name, raw, bytes(mask)) == {raw}


@pytest.mark.parametrize("name", KINDS)
def test_names_stay_recognisable_and_locked_text_stays(name: str) -> None:
    raw = "Pittsburgh Pittsburgh"
    mask = bytes([NAME]) * 10 + b"\0" + bytes([LOCKED]) * 10
    for written in outcomes(name, raw, mask):
        assert written.endswith(" Pittsburgh")
        assert same_name("Pittsburgh", written.removesuffix(" Pittsburgh"))


def test_upper_case_texts_slip_in_upper_case() -> None:
    assert outcomes("typo.swap", "THEIR") <= {"THIER", "THERI", "TEHIR", "HTEIR"}


def test_a_lost_first_letter_hands_its_capital_on() -> None:
    assert "Retchen" not in outcomes("typo.omit", "gretchen")
    assert all(w[0].isupper() for w in outcomes("typo.omit", "Gretchen", seeds=300))


@pytest.mark.parametrize("word", ["country", "shift", "duck", "public", "assess", "document", "class"])
def test_nothing_coarse(word: str) -> None:
    for kind in ("slip", "neighbor"):
        found = slips_of(kind, word)
        assert found
        for i, j, new in found[0]:
            assert not re.search("cunt|shit|fuck|pubic", word[:i] + new + word[j:])


@pytest.mark.parametrize("keyboard", ["qwerty", "qwertz", "azerty", "phone"])
def test_keyboards_are_symmetric(keyboard: str) -> None:
    beside = {key: same + other.strip("-") for key, same, other, _ in rows("keyboards", keyboard)}
    assert len(beside) >= 26
    for key, near in beside.items():
        assert near
        assert all(key in beside[other] for other in near)


def test_the_first_letter_is_seldom_hit_and_kinds_have_their_shares() -> None:
    raw = "received ordered different account business remaining customers calculate between apartment statement"
    first = hits = 0
    for seed in range(600):
        for start, _, _ in engine.run(Text(raw), get("typo.slip"), {}, Rng(seed), rate=None, times=1):
            hits += 1
            first += start == 0 or raw[start - 1] == " "
    assert hits == 600
    assert first / hits < 0.06


def edits_of(raw: str, seed: int, mask: bytes | None = None, **params: object) -> list[tuple[int, int, str]]:
    return engine.run(Text(raw, mask), get("typo.misspell"), dict(params), Rng(seed), rate=None, times=1)


def test_who_does_not_know_a_spelling_has_it_wrong_every_time() -> None:
    raw = "Separate rooms for separate people."
    both = one = 0
    for seed in range(400):
        edits = edits_of(raw, seed)
        words = {new.lower() for start, _, new in edits if raw[start:].lower().startswith("separate")}
        assert len(words) <= 1
        if words == {"seperate"}:
            assert [e[0] for e in edits] == [0, 19]
            assert edits[0][2] == "Seperate"
            both += 1
        one += words == {"separaet"} and len(edits) == 1
    assert both > 20


def test_a_name_is_misspelt_every_time() -> None:
    raw = "Charleston is far. Where is Charleston?"
    mask = bytes(NAME if i < 10 or 28 <= i < 38 else 0 for i in range(len(raw)))
    seen = set()
    for seed in range(60):
        edits = [e for e in edits_of(raw, seed, mask) if e[1] - e[0] == 10]
        assert len(edits) in (0, 2)
        assert len({new for *_, new in edits}) <= 1
        seen |= {new for *_, new in edits}
    assert len(seen) > 10


def test_haste_hits_short_words_too() -> None:
    raw = "this and that and everything unbelievable happens"

    def length(typist: str) -> float:
        hits = [e - s for seed in range(300) for s, e, _ in edits_of(raw, seed, typist=typist)]
        return sum(hits) / len(hits)

    assert length("residual") > length("hasty") + 2
