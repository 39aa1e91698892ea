"""Scans: letters for letters, marks and spaces, line ends; digits only where it is said to be a loss."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from perturb import Perturber
from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, NAME, SLOT, Text
from perturb.items.profile_files import load_profile
from perturb.language.hyphens import divisions
from perturb.language.lexicon import rows
from perturb.language.misread import possible_together
from perturb.language.protect import protected

Variants = Callable[..., "set[str]"]


def scans(raw: str, mask: bytes | None = None, n: int = 400) -> set[str]:
    """Collect what one event makes of a text."""
    text, scan = Text(raw, mask) if mask is not None else protected(raw), get("ocr.scan")
    taken = (next(scan.fn(text.view("form"), Rng(seed)), None) for seed in range(n))
    return {apply(raw, [edit]) for edit in taken if edit is not None}


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("the modern corn", {"the modem corn", "tbe modern corn", "the modern oorn", "the modern com"}),
        ("he will fill it", {"he wiU fill it", "he will fiU it", "he will iill it"}),
        ("an interesting story", {"an in-teresting story", "an interesting'story"}),
        ("of a piece, so to say", {"of a piece. so to say", "of apiece, so to say"}),
    ],
)
def test_what_a_scanner_takes_for_what(raw: str, seen: set[str]) -> None:
    assert seen <= scans(raw, bytes(len(raw)), 4000)


def test_digits_and_slots_stay() -> None:
    raw = "She did not sell 48 of 150 clips in May, only 11 of them."
    for made in scans(raw, n=1500):
        assert re.findall(r"(?<![a-z])\d+(?![a-z])", made) == ["48", "150", "11"]
        assert "not" in made.split() and "only" in made.split()


def test_letters_become_digits_inside_words_alone() -> None:
    made = scans("Is it so? I said SOS in the OLD song. It is 4.", n=4000)
    assert not any(re.search(r"(?<![A-Za-z])[0158](?![A-Za-z])", m.replace("4", "")) for m in made)
    assert any("8" in m or "0" in m for m in scans("she said MOST OLD TOSS things", bytes(29), 4000))
    assert any(re.search(r"\b8he\b", m) for m in scans("She said so", bytes(11), 4000))
    assert not any(re.search(r"\b8he\b", m) for m in scans("She said 7", n=4000))


def test_no_word_becomes_another() -> None:
    made = [m.split() for m in scans("he saw a hat in the hear", bytes(24), 4000)]
    whole = [m for m in made if len(m) == 7]
    assert not any(m[0] == "be" or m[3] == "bat" or m[6] == "bear" for m in whole)
    assert any(m[6] == "heai" or m[4] == "m" for m in whole)


def test_names_are_misread_once_and_stay_known() -> None:
    raw, scan = "When did Charleston fall", get("ocr.scan")
    text = Text(raw, bytes([0] * 9 + [NAME] * 10 + [0] * 5))
    found = set()
    for seed in range(300):
        edits = [e for e in engine.run(text, scan, {}, Rng(seed), rate=3.0, times=1) if e[0] >= 9 and e[1] <= 19]
        assert sum(9 < s < 19 or 9 <= s < e <= 19 for s, e, _ in edits) <= 1
        found |= {n for _, _, n in edits}
    assert len(found) > 5
    short = Text("from USA now", bytes([0] * 5 + [NAME] * 3 + [0] * 4))
    for seed in range(200):
        assert "USA" in apply(short.raw, engine.run(short, scan, {}, Rng(seed), rate=3.0, times=1))


def test_pages_differ() -> None:
    raw = "It was the best of times, it was the worst of times, it was the age of wisdom. " * 4
    text = Text(raw)
    counts = [len(engine.run(text, get("ocr.scan"), {}, Rng(seed), rate=0.2, times=1)) for seed in range(300)]
    mean = sum(counts) / len(counts)
    variance = sum((c - mean) ** 2 for c in counts) / len(counts)
    assert variance / mean > 3  # chance alone would give less than one
    assert max(counts) <= 1 + 10 * len(raw) // 100


def test_lines_end_where_a_page_ends_them(variants: Variants) -> None:
    raw = "The committee was established in Geneva and has been particularly important for the protection of prisoners."
    made = variants("ocr.lines", raw)
    assert raw not in made
    for m in made:
        assert max(map(len, m.split("\n"))) <= 63 + 12
        assert m.replace("-\n", "").replace("\n", " ") == raw
    assert any("-\n" in m for m in made)
    assert variants("ocr.lines", "Where is my card?") == {"Where is my card?"}
    assert all(len(m.split("\n")[0]) <= 31 for m in variants("ocr.lines", raw, width=30, hyphens=0.0))


def test_the_last_line_is_no_longer_than_the_others(variants: Variants) -> None:
    raw = (
        "A baker makes small loaves of bread and sells them at the market in the village. Each week "
        + "he rests a day " * 3
    )
    for made in variants("ocr.lines", raw):
        found = list(map(len, made.split("\n")))
        assert len(found) > 1 and max(found) <= 62
    long = "Take " + "the sum of all of it " * 3 + "as x." + " Then " + "say so " * 12
    mask = bytes(5) + bytes([SLOT]) * 68 + bytes(len(long) - 73)
    assert all(max(map(len, made.split("\n"))) <= 62 for made in variants("ocr.lines", long, mask))


def test_lines_that_end_nowhere_are_no_page(variants: Variants) -> None:
    raw = "We look for all the x in this set here: " + "a + b = " * 20 + "c. Then we say how many of them there are."
    assert variants("ocr.lines", raw, bytes(40) + bytes([LOCKED]) * 161 + bytes(len(raw) - 201)) == {raw}


def test_lines_leave_locked_text(variants: Variants) -> None:
    raw = "x = 1 " * 20
    assert variants("ocr.lines", raw, bytes([LOCKED]) * len(raw)) == {raw}


@pytest.mark.parametrize(
    ("word", "parts"),
    [("number", "num-ber"), ("remain", "re-main"), ("following", "fol-low-ing"), ("running", "run-ning"),
     ("recognized", "rec-og-nized"), ("verification", "ver-i-fi-ca-tion"), ("preworkout", "preworkout"),
     ("used", "used"), ("cat", "cat")],
)  # fmt: skip
def test_where_words_are_divided(word: str, parts: str) -> None:
    cuts = (0, *divisions(word), len(word))
    assert "-".join(word[a:b] for a, b in zip(cuts, cuts[1:])) == parts


def test_a_digit_misread_is_a_loss(variants: Variants) -> None:
    made = variants("ocr.digits", "16 eggs", bytes([SLOT] * 2 + [0] * 5))
    assert "16 eggs" not in made and any(re.match(r"1\d eggs", m) for m in made)
    assert variants("ocr.digits", "16 eggs", bytes([LOCKED] * 2 + [0] * 5)) == {"16 eggs"}


def test_a_misread_number_makes_the_answer_unsure() -> None:
    item = {"question": "Ann has 16 eggs and 9 hens. She eats 4 eggs. How many eggs are left?",
            "answer": "She has 16 - 4 = <<16-4=12>>12 eggs.\n#### 12"}  # fmt: skip
    expected: dict[str, set[str]] = {}
    for v in Perturber("ocr.digits", 40, 1, load_profile("gsm8k"))([item]):
        old = v.clean_text[: v.edits[0].start].split(" ")[-1] + v.edits[0].old
        expected.setdefault(old, set()).add(v.expect)
        assert not v.missing
    assert expected["16"] == {"unsure"} == expected["4"]
    assert expected["9"] == {"same"}  # no step of the answer uses it


def test_tables_hold_no_digit_for_a_number() -> None:
    assert not any(c.isdigit() for row in rows("ocr", "confusions") for c in row[0])
    assert all(row[0] != row[1] for row in rows("ocr", "digits"))
    pages = [int(row[1]) for row in rows("ocr", "pages")]
    assert abs(sum(pages) / len(pages) - 1000) < 1


def test_what_one_book_alone_shows_is_left_out() -> None:
    accented = [row for row in rows("ocr", "confusions") if any(c.isalpha() and not c.isascii() for c in row[1])]
    assert not accented  # all of ICDAR's stand in one document of 89


def test_some_pages_are_clean() -> None:
    items = [{"question": f"A shop has {n} red boxes and sells half of them in a week. How many are left?",
              "answer": f"#### {n // 2}"} for n in range(2, 122, 2)]  # fmt: skip
    assert 3 < sum(not v.changed for v in Perturber("scanned", 1, 5)(items)) < 40
    assert all(v.changed for v in Perturber("scanned", 1, 5, unchanged="redraw")(items))
    assert all(v.changed for v in Perturber("ocr.scan", 1, 5)(items)), "who names a transform wants to see it"


def test_a_river_is_no_fiver() -> None:
    assert "a wide fiver" not in scans("a wide river", n=3000)


def test_two_events_make_no_other_word_of_one() -> None:
    assert not possible_together("Ann and her", [(6, 7, "o"), (5, 5, " ")])  # "a no"
    assert possible_together("Ann and her", [(5, 5, " "), (4, 5, "o")])  # "o nd"
