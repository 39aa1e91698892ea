"""The table of frequent words: it says what the model says, to the last digit, and nothing else comes of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.language.typing import frequent as table
from perturb.language.typing import spelling
from perturb.language.typing.documented import documented, listed
from perturb.language.typing.edits import Edits, edits_of
from perturb.language.typing.frequent import NO_EDIT, TABLES, Frequent, digest, frequent, pack
from perturb.language.typing.kinds import KINDS, slips_of
from perturb.language.typing.model import Model, habits, model
from perturb.language.typing.several import several
from perturb.language.typing.weights import weights
from perturb.resources import root

STEP = 331  # every so manieth word is looked at
SAMPLES = [(typist, row[0]) for typist in TABLES for row in rows("typing", TABLES[typist])[::STEP]]


def scorer(typist: str) -> Model:
    """Make a model that has no table."""
    return Model("qwerty", weights(), habits(typist))


@pytest.mark.parametrize("typist", TABLES)
def test_the_tables_are_of_this_model(typist: str) -> None:
    lines = (root("data") / "typing" / f"{TABLES[typist]}.tsv").read_text("ascii").splitlines()
    assert f"# made of: {digest()}" in lines[:10], "write it again with: python tools/build_frequent.py"


def test_there_are_rows_of_every_depth() -> None:
    assert len(SAMPLES) > 150
    depths = {(known.scored, known.summed) for typist, w in SAMPLES if (known := model(typist, "qwerty").known(w))}
    assert depths == {(False, False), (True, False), (True, True)}


@pytest.mark.parametrize("typist", TABLES)
def test_rows_say_what_the_model_says(typist: str) -> None:
    ours, bare = model(typist, "qwerty"), scorer(typist)
    for word in [w for t, w in SAMPLES if t == typist]:
        known = ours.known(word)
        assert known is not None, word
        looked_up, scored = Edits(ours, word, known), Edits(bare, word, None)
        assert (looked_up.base, looked_up.total) == (scored.base, scored.total), word
        assert looked_up.sums == scored.sums, word
        assert looked_up.weights(range(looked_up.count)) == bare.weights(word) == scored.weights(range(scored.count))


def test_a_draw_falls_on_the_same_edit_by_place_as_by_list() -> None:
    for typist, word in SAMPLES[::7]:
        ours = model(typist, "qwerty")
        edits, flat = Edits(ours, word, ours.known(word)), scorer(typist).sums(word)
        streams = Rng("place", word), Rng("place", word)
        for _ in range(200):
            assert edits.number(streams[0].below(edits.total)) == streams[1].pick(flat), word


def test_kinds_of_slips_are_the_same_without_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [w for t, w in SAMPLES if t == "residual"]
    with_table = {(kind, w): slips_of.__wrapped__(kind, w) for kind in KINDS for w in words}
    monkeypatch.setattr(model("residual", "qwerty"), "typist", "")
    edits_of.cache_clear()
    scored = {(kind, w): slips_of.__wrapped__(kind, w) for kind in KINDS for w in words}
    assert with_table == scored
    assert sum(found is not None for found in scored.values()) > len(words)


@pytest.mark.parametrize("typist", TABLES)
def test_misspellings_are_the_same_without_the_table(typist: str) -> None:
    ours = spelling.Speller(typist, model(typist, "qwerty"), documented(), listed(), several(typist))
    bare = spelling.Speller(typist, scorer(typist), documented(), listed(), several(typist))
    words = [w for t, w in SAMPLES if t == typist] + ["because", "separate", "necessary", "government"]
    for word in words:
        assert ours[word].sums == bare[word].sums, word
        streams = Rng("same", word), Rng("same", word)
        assert [ours[word].draw(streams[0]) for _ in range(20)] == [bare[word].draw(streams[1]) for _ in range(20)]
    assert sum(word in listed() for word in words) > 5


def test_what_is_no_row_is_not_found() -> None:
    known = frequent("residual")
    assert known is not None
    for word in ("", "th", "theirz", "theirtheir", "zzzzz", "~", "#", "# source: d", "naïve", "their\t", "\udc80abc"):
        assert known.get(word) is None, word
    assert known.get("their") is not None and known.get("zoom") is not None
    assert frequent("learner") is None


def test_another_keyboard_has_no_table() -> None:
    assert model("residual", "azerty").known("their") is None
    assert slips_of("neighbor", "their", "azerty") != slips_of("neighbor", "their")


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_rows_are_read_as_they_were_written(count: int, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    scores, sums = [(173 * n) % (NO_EDIT + 1) for n in range(count)], [94**4 * n // 8 - 1 for n in range(1, 6)]
    (tmp_path / "typing").mkdir()
    cells = pack(-777, 94**5 - 1, scores, [0, 4], sums)
    (tmp_path / "typing" / "own.tsv").write_text("ab\t" + "\t".join(cells) + "\n", "ascii")
    monkeypatch.setattr(table, "root", lambda _: tmp_path)
    known = Frequent("own").get("ab")
    assert known is not None
    assert (known.base, known.total, known.sums(2), known.barred(2)) == (-777, 94**5 - 1, sums, [0, 4])
    for first in range(count):
        for end in range(first + 1, count + 1):
            assert known.scores(first, end) == scores[first:end]
        assert known.last(count - first) == scores[first:]
    with pytest.raises(ValueError, match="has no 5 digits"):
        pack(0, 94**5)


def test_help_and_the_first_item_read_no_more_than_they_need() -> None:
    code = (
        "import sys; sys.argv = ['perturb', '--help']; import perturb.cli as c\n"
        "try: c.entry()\nexcept SystemExit: print('LOADED', [m for m in sys.modules if m.endswith('typing.frequent')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("LOADED []")
