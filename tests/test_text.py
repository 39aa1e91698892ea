"""Text: a string, its mask, its words; what views offer and how all of it moves along when edited."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_edits import edits_of

from perturb.core.text import FREE, LOCKED, NAME, SLOT, WORD, Edit, Text

MARK = {"·": FREE, "n": NAME, "s": SLOT, "#": LOCKED}


def masked(raw: str, marks: str) -> Text:
    return Text(raw, bytes(MARK[m] for m in marks))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", []), (" ", []), ("a", ["a"]),
        ("It's Ann’s x_y co-op 48 3.5", ["It's", "Ann’s", "x", "y", "co", "op", "48", "3", "5"]),
        ("naïve café İstanbul", ["naïve", "café", "İstanbul"]), ("'quoted' ’tis", ["quoted", "tis"]),
        ("עברית ok", ["עברית", "ok"]),
        ("👩‍👩‍👧 ok\x00no", ["ok", "no"]),
    ],
)  # fmt: skip
def test_words(raw: str, words: list[str]) -> None:
    text = Text(raw)
    assert [w for _, w in text.words] == words
    assert all(raw[s : s + len(w)] == w for s, w in text.words)


def test_a_mask_has_a_level_for_each_character() -> None:
    with pytest.raises(ValueError, match="2 levels for 3"):
        Text("abc", b"\0\0")


@pytest.mark.parametrize(
    ("reach", "offered"), [("free", ["is"]), ("form", ["is", "Ann", "five"]), ("loss", ["is", "Ann", "five"])]
)
def test_a_view_offers_what_its_reach_may_touch(reach: str, offered: list[str]) -> None:
    text = masked("is Ann five x", "···nnn·ssss·#")
    view = text.view(reach)
    assert [w for _, w in view.words] == offered and view.reach == reach
    assert text.view(reach) is view, "views are kept"


def test_short_words_and_slots_are_not_misspelt() -> None:
    text = masked("is forest abc five a1b2", "··············ssss·····")
    words, sums = text.view("form").misspellable
    assert [w for _, w in words] == ["forest", "abc"] and sums == sorted(sums) and sums[0] > 0


@pytest.mark.parametrize(
    ("raw", "sentences"),
    [
        ("It is. Is it?", ["It is.", "Is it?"]), ("", []), ("  ", []), ("One", ["One"]),
        ("Dr. No said so. Why?", ["Dr. No said so.", "Why?"]),
        ("Use e.g. This one. Ok.", ["Use e.g. This one.", "Ok."]), ("a b\nc d\n\ne", ["a b", "c d", "e"]),
        ("It is 3.5 m. x", ["It is 3.5 m. x"]),
        ('"Why?" He left.', ['"Why?"', "He left."]), (" Hi!  Bye… Now ", ["Hi!", "Bye…", "Now"]),
        ("A\r\nB", ["A", "B"]),
        ("The U.S. Army.", ["The U.S. Army."]),
    ],
)  # fmt: skip
def test_sentences(raw: str, sentences: list[str]) -> None:
    assert [raw[s:e] for s, e in Text(raw).sentences()] == sentences


def test_a_locked_run_is_no_place_to_split() -> None:
    text = masked("`a. B` is. So", "######·······")
    assert [text.raw[s:e] for s, e in text.sentences()] == ["`a. B` is.", "So"]


def test_run_and_level() -> None:
    text = masked("ab 48 kg x", "···sssss··")
    assert text.run(4) == (3, 8) and text.run(0) == (0, 3) and text.level(0, 3) == FREE and text.level(0, 4) == SLOT
    assert text.level(2, 2) == FREE


def test_steps_over_space() -> None:
    text = Text("a \t\n b")
    assert text.back_over_space(5) == 1 and text.over_space(1) == 5 and text.over_space(0) == 0
    assert text.back_over_space(0) == 0 and text.over_space(6) == 6


SPLICES: list[tuple[str, str, list[Edit], str, list[str]]] = [
    (
        "How far is it",
        "·" * 13,
        [(0, 1, "h")],
        "how far is it",
        ["how", "far", "is", "it"],
    ),  # case alone: still on offer
    ("How far is it", "·" * 13, [(4, 7, "fra")], "How fra is it", ["How", "is", "it"]),
    ("How far is it", "·" * 13, [(7, 8, "")], "How faris it", ["How", "it"]),  # glued: neither
    ("How far is it", "·" * 13, [(4, 4, "very ")], "How very far is it", ["How", "far", "is", "it"]),
    ("How far is it", "·" * 13, [(3, 3, "s")], "Hows far is it", ["far", "is", "it"]),
    ("How far is it", "·" * 13, [(4, 4, "x")], "How xfar is it", ["How", "is", "it"]),
    ("How far is it", "·" * 13, [(0, 4, ""), (13, 13, "?")], "far is it?", ["far", "is", "it"]),
    ("How far is it", "·" * 13, [(13, 13, "!!")], "How far is it!!", ["How", "far", "is", "it"]),
    ("How far is it", "·" * 13, [(5, 6, " ")], "How f r is it", ["How", "is", "it"]),
    ("How far is it", "·" * 13, [(3, 8, " x ")], "How x is it", ["How", "is", "it"]),
    ("straße so", "·" * 9, [(0, 6, "STRASSE")], "STRASSE so", ["so"]),  # another length is no case alone
]


@pytest.mark.parametrize(("raw", "marks", "edits", "after", "offered"), SPLICES)
def test_changed_words_go_off_offer(raw: str, marks: str, edits: list[Edit], after: str, offered: list[str]) -> None:
    text = masked(raw, marks).spliced(edits)
    assert text.raw == after and [w for _, w in text.words] == offered
    assert all(text.raw[s : s + len(w)] == w for s, w in text.words)


def test_what_replaces_a_slot_is_a_slot() -> None:
    text = masked("a 48 b", "··ss··").spliced([(2, 4, "forty-eight"), (5, 6, "c")])
    assert text.mask == b"\0\0" + b"\2" * 11 + b"\0\0"
    inserted = masked("ab", "nn").spliced([(1, 1, "x")])
    assert inserted.mask == b"\1\1\1" and masked("ab", "·s").spliced([(1, 1, "x")]).mask == b"\0\0\2"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_misspellable_words_move_with_their_weights(data: st.DataObject) -> None:
    """Behind edits they are the words on offer with the weights of their lengths, as in a text made anew."""
    text = Text(data.draw(st.text("aB '", max_size=24)))
    before = dict(zip(*[text.misspellable[0], weights(text.misspellable[1])]))
    for _ in range(2):
        text = text.spliced(data.draw(edits_of(len(text.raw))), "form")
        words, sums = text.misspellable
        assert len(words) == len(sums) and set(words) <= set(text.words)
        by_length = {len(word): care for (_, word), care in before.items()}
        assert [by_length[len(word)] for _, word in words] == weights(sums)


def weights(sums: list[int]) -> list[int]:
    return [b - a for a, b in zip([0, *sums], sums)]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_splicing_keeps_words_where_they_stand(data: st.DataObject) -> None:
    raw = data.draw(st.text("aB '\n1", max_size=16))
    text = Text(raw, bytes(data.draw(st.lists(st.integers(0, 3), min_size=len(raw), max_size=len(raw)))))
    for _ in range(2):
        text = text.spliced(data.draw(edits_of(len(text.raw))))
        assert len(text.mask) == len(text.raw)
        whole = {(m.start(), m[0]) for m in WORD.finditer(text.raw)}
        assert all(text.raw[s : s + len(w)] == w for s, w in text.every_word())
        if "'" not in raw:
            assert set(text.every_word()) <= whole, "a word on offer is a whole word of the new text"


@pytest.mark.parametrize(
    ("raw", "joins"),
    [
        ("abc", set()), ("e\u0301a", {1}), ("👩‍👩‍👧", {1, 2, 3, 4}), ("👍🏽!", {1}), ("🇩🇪🇫🇷", {1, 3}), ("é\r\nb", {2}),
        ("कि", {1}), ("❤️", {1}), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", {1, 2, 3, 4, 5, 6}), ("שָׁ", {1, 2}), ("1️⃣", {1, 2}),
    ],
)  # fmt: skip
def test_joins_are_where_a_cut_would_split_a_cluster(raw: str, joins: set[int]) -> None:
    assert Text(raw).joins() == joins
