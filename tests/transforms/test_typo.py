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
from perturb.language.slips import is_word, slips_of, unfit

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
    beside = {key: same + other.strip("-") for key, same, other in rows("keyboards", keyboard)}
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
