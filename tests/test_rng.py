"""Named streams: the numbers are part of the file format; everything else follows from independence."""

from __future__ import annotations

import copy
import pickle
from collections import Counter
from hashlib import blake2b
from struct import unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturb.core.rng import Rng

PINNED = [434, 902, 964, 454, 864, 813, 534, 334, 645, 439, 888, 148, 453, 535, 57, 874, 710, 575, 665, 880]


def test_twenty_numbers() -> None:
    """Whoever changes these changes everybody's test sets: bump the version and say so."""
    rng = Rng(7, "q12", "question").stream("typo.omit")
    assert [rng.below(1000) for _ in range(20)] == PINNED


def test_other_names_pinned() -> None:
    assert Rng("é\U0001fae8", -3).below(10**6) == 729219
    assert Rng(1).stream("ü").below(10**6) == 182253


def test_names_are_hashed_by_code_point() -> None:
    """A name's printable form differs among Pythons (U+1FAE8 is news to 3.10); its stream may not."""
    words = unpack("<16I", blake2b(b"(7, '\\U0001fae8')").digest())
    assert Rng(7, "\U0001fae8").below(2**32) == words[0]


PAIRS = [
    ((1, "0x"), (10, "x")), ((7,), ("7",)), (("a", "b"), ("a, b",)), (("a'", "b"), ("a", "'b")), ((), ("",)),
    ((1, 2), (12,)), (("ab", "c"), ("a", "bc")), ((-1,), (1,)), (("a\ud800",), ("a\\ud800",)),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_names_are_unambiguous(one: tuple[int | str, ...], other: tuple[int | str, ...]) -> None:
    assert Rng(*one).random() != Rng(*other).random()


def test_labels_are_unambiguous() -> None:
    base = Rng(1)
    ways = [base.stream("ab").stream("c"), base.stream("a").stream("bc"), base.stream("abc"), base.stream("1:a"),
            base.stream("#0"), base, base.stream(""), base.stream("a\n"), base.stream("\ud800")]  # fmt: skip
    firsts = [r.random() for r in ways]
    assert len(set(firsts)) == len(firsts)


def test_drawing_from_one_stream_moves_no_other() -> None:
    base = Rng(3, "x")
    before = [base.stream("b").random(), base.stream("b").stream("c").random()]
    a = base.stream("a")
    for _ in range(40):
        a.random(), base.random()
    assert [base.stream("b").random(), base.stream("b").stream("c").random()] == before


def test_neighbouring_streams_do_not_go_together() -> None:
    pairs = [(Rng(s, "i").random(), Rng(s + 1, "i").random()) for s in range(2000)]
    both = sum(a < 0.5 and b < 0.5 for a, b in pairs)
    assert 430 < both < 570
    assert 0.48 < sum(a for a, _ in pairs) / 2000 < 0.52


def test_blocks_do_not_repeat() -> None:
    rng = Rng(5)
    drawn = [rng.random() for _ in range(400)]
    assert len(set(drawn)) == 400 and all(0 <= x < 1 for x in drawn)


@given(st.integers(), st.integers(1, 50))
def test_below_and_choice_stay_in_range(seed: int, n: int) -> None:
    rng = Rng(seed)
    assert all(0 <= rng.below(n) < n for _ in range(20))
    assert rng.choice(range(n)) in range(n)


@pytest.mark.parametrize("method", ["random", "below", "choice"])
def test_every_draw_takes_one_number_off_the_stream(method: str) -> None:
    one, other = Rng(9), Rng(9)
    for _ in range(17):  # over the edge of a block
        one.random()
        other.random() if method == "random" else other.below(3) if method == "below" else other.choice("abc")
    assert one.random() == other.random()


@given(st.integers(), st.lists(st.integers(), max_size=30))
def test_shuffled_gives_each_once_and_leaves_its_argument(seed: int, options: list[int]) -> None:
    before = list(options)
    assert sorted(Rng(seed).shuffled(options)) == sorted(before) and options == before


def test_shuffled_is_fair_and_lazy() -> None:
    orders = Counter("".join(Rng(s).shuffled("abc")) for s in range(6000))
    assert len(orders) == 6 and all(850 < n < 1150 for n in orders.values())
    one, other = Rng(1), Rng(1)
    next(one.shuffled(range(1000)))
    other.random()
    assert one.random() == other.random(), "only what is read is paid for"


@given(st.integers(), st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_by_weight_gives_each_once(seed: int, weights: list[int]) -> None:
    sums = [sum(weights[: i + 1]) for i in range(len(weights))]
    got = list(Rng(seed).by_weight(range(len(weights)), sums))
    assert sorted(got) == (list(range(len(weights))) if sums[-1] else [])


def test_by_weight_prefers_the_heavy() -> None:
    firsts = Counter(next(Rng(s).by_weight("abc", [1, 2, 10])) for s in range(4000))
    assert 0.77 < firsts["c"] / 4000 < 0.83
    assert list(Rng(1).by_weight([], [])) == []


def test_weighted() -> None:
    drawn = Counter(Rng(s).weighted([("a", 3), ("b", 1), ("never", 0)]) for s in range(4000))
    assert 0.72 < drawn["a"] / 4000 < 0.78 and "never" not in drawn


def test_chance_and_normal() -> None:
    rng = Rng(11)
    assert 0.27 < sum(rng.chance(0.3) for _ in range(4000)) / 4000 < 0.33
    assert not any(rng.chance(0) for _ in range(100)) and all(rng.chance(1) for _ in range(100))
    drawn = [rng.normal() for _ in range(3000)]
    mean = sum(drawn) / 3000
    assert abs(mean) < 0.06 and 0.9 < sum((x - mean) ** 2 for x in drawn) / 3000 < 1.1


def test_it_is_never_stored() -> None:
    for store in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="name it again"):
            store(Rng(1))


def test_a_draw_that_is_skipped_is_one_draw() -> None:
    for skips in range(20):
        one, other = Rng(9), Rng(9)
        for _ in range(skips):
            one.skip()
            other.random()
        assert [one.random() for _ in range(20)] == [other.random() for _ in range(20)]


def test_the_place_moves_with_every_draw_and_name() -> None:
    rng, places = Rng(9), []
    rng.skip()
    places.append(rng.place)
    for _ in range(40):
        rng.random()
        places.append(rng.place)
    rng.stream("a")
    assert len({*places, rng.place}) == 42
