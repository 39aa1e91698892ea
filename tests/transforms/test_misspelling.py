"""Misspellings on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import SLOT, Text
from perturb.language.typing.documented import likely


def outcomes(raw: str, mask: bytes | None = None, seeds: int = 80, **params: object) -> set[str]:
    step = get("misspelling.attested")
    return {apply(raw, engine.run(Text(raw, mask), step, params, Rng(s), rate=None, times=1)) for s in range(seeds)}


def test_writes_what_people_wrote() -> None:
    assert {"seperate"} <= outcomes("separate")
    assert {"recieved"} <= outcomes("received")
    assert {"Becuase"} <= outcomes("Because", seeds=300)


def test_leaves_unknown_words_and_slots() -> None:
    assert outcomes("xylqu") == {"xylqu"}
    assert outcomes("eleven", bytes([SLOT]) * 6) == {"eleven"}


def test_reads_ones_own_table(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("# source: me\nteapot\tteepot\n", encoding="utf-8")
    assert outcomes("teapot", table=str(own)) == {"teepot"}


@pytest.mark.parametrize(
    ("word", "written", "kept"),
    [
        ("status", "atatus", False),
        ("you", "xou", False),
        ("company", "compa", False),
        ("the", "hte", True),
        ("enough", "inough", True),
        ("knowledge", "nowledge", True),
        ("physically", "fisically", True),
        ("account", "accoun", True),
    ],
)
def test_what_everybody_would_see_is_left_out(word: str, written: str, kept: bool) -> None:
    assert likely(word, written) is kept
