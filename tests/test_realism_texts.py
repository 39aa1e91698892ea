"""Whole texts: how they differ, what is counted of them, and whose they look like."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturb.core.errors import DataError
from perturb.core.rng import Rng
from perturb.evaluate.realism import Figure, measure_texts
from perturb.evaluate.realism.counting import count, figures
from perturb.evaluate.realism.differ import Change, changes, distance
from perturb.evaluate.realism.halves import half_of, in_half
from perturb.evaluate.realism.texts import _ratio

SHORT = st.text("abAB ?", max_size=12)


def plainly(a, b):
    """Give the Levenshtein distance by the textbook."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def rebuilt(clean, found):
    at, out = 0, []
    for c in found:
        assert "".join(clean[c.at : c.at + len(c.old)]) == c.old or clean[c.at] == c.old
        out += [*clean[at : c.at], *c.new]
        at = c.at + len(c.old)
    return "".join([*out, *clean[at:]])


@given(SHORT, SHORT)
def test_the_distance_is_the_textbooks(a, b):
    assert distance(a, b) == plainly(a, b) == len(changes(a, b))


@given(SHORT, SHORT)
def test_the_edits_rebuild_the_text(a, b):
    for swaps in (False, True):
        found = changes(a, b, swaps=swaps)
        assert rebuilt(a, found) == b and len(found) <= distance(a, b)


@pytest.mark.parametrize(
    ("clean", "noisy", "expected"),
    [
        ("Is it?", "is it", [Change("substitute", 0, "I", "i"), Change("delete", 5, "?", "")]),
        ("the cat", "teh cat", [Change("transpose", 1, "he", "eh")]),
        ("abc", "", [Change("delete", 0, "a", ""), Change("delete", 1, "b", ""), Change("delete", 2, "c", "")]),
        ("", "a", [Change("insert", 0, "", "a")]),
        ("same", "same", []),
    ],
)
def test_edits_of_letters(clean, noisy, expected):
    assert changes(clean, noisy, swaps=True) == expected


def test_what_is_counted():
    got = figures(count("Is it far to Rome?", "is it to rome"))
    assert got["character error rate"] == (4 + 2 + 1, 18) and got["word error rate"] == (3, 5)
    assert got["unchanged texts"] == (0, 1) and got["casing"] == (2, 7) and got["marks"] == (1, 7)
    assert got["lower-case start"] == (1, 1) and got["final mark lost"] == (1, 1)
    assert got["words: substitute"] == (2, 3) and got["words: delete"] == (1, 3) and got["words changed"] == (3, 5)
    assert all(whole == 0 for name, (_, whole) in figures(count("a b", "a b")).items() if name.startswith("words: "))


def test_a_rate_is_of_sums_and_its_error_of_texts():
    value, error = _ratio([(1, 10), (3, 10), (2, 10), (2, 10)])
    assert value == pytest.approx(0.2) and error == pytest.approx(math.sqrt(2 * 4 / 3) / 40)
    assert _ratio([(0, 1)] * 100) == (0, 0.015) and _ratio([(0, 0)]) == (0, 0)


def test_near_is_within_fifteen_percent_or_two_errors():
    assert Figure("x", 1.0, 1.14, 0.1).near and Figure("x", 1.0, 0.8, 0.3).near
    assert not Figure("x", 1.0, 1.16, 0.1).near and not Figure("x", 0.0, 0.01, 0.005).near


NOUNS = "card parcel train window garden teacher bottle ticket museum bridge".split()
TEXTS = [f"Where is the {a} that {b} bought for {n} pounds?" for n, a in enumerate(NOUNS)
         for b in ("Maria", "Omar", "Ada", "Lin", "Hugo", "Ines")]  # fmt: skip


def careless(text, seed):
    rng = Rng(text, seed)
    text = text.rstrip("?") if rng.chance(0.5) else text
    i = 5 + rng.below(len(text) - 8)
    return text[:i] + text[i + 1 :] if rng.chance(0.6) else text


def test_the_same_hand_is_not_told_apart_and_another_is():
    people = [(t, careless(t, 99)) for t in TEXTS]
    same = measure_texts(people, careless, seeds=3)
    assert same.auc < 0.66 and same["word error rate"].near and same["final mark lost"].near
    other = measure_texts(people, lambda text, seed: text.lower(), seeds=1)
    assert other.auc > 0.95 and other["lower-case start"].ours == 1 and not other["lower-case start"].near
    assert measure_texts(people, careless, seeds=3) == same


def test_too_few_texts_are_refused():
    with pytest.raises(DataError, match="only 1 pairs of texts; at least 20"):
        measure_texts([("a", "b")], careless)


def test_halves_are_of_names_and_about_equal():
    tune = [t for t in TEXTS if in_half(t, "tune")]
    assert 20 <= len(tune) <= 40 and all(half_of(t) == "test" for t in TEXTS if t not in tune)
    assert all(in_half(t, None) for t in TEXTS)
