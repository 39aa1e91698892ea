"""Scans as scanners make them: kinds of events, commonest confusions and amounts, over SQuAD's passages.

Runs where the file is (``PERTURB_BENCH``, or shared/bench beside the project) and is skipped elsewhere.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected
from perturb.transforms.ocr import kind_of

FOLDER = Path(os.environ.get("PERTURB_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
FILE = FOLDER / "squad_xquad_en.jsonl"
pytestmark = [pytest.mark.bench, pytest.mark.skipif(not FILE.is_file(), reason=f"no squad_xquad_en.jsonl in {FOLDER}")]
KINDS = {"sub": 0.598, "multi": 0.161, "del": 0.131, "ins": 0.110}  # ICDAR 2017, 32,793 events


@pytest.fixture(scope="module", name="texts")
def _texts():
    items = [json.loads(line) for line in FILE.read_text("utf-8").split("\n") if line]
    return [protected(c) for c in sorted({item["context"] for item in items})]


def scanned(texts, rate, seeds=6):
    scan = get("ocr.scan")
    size = events = 0
    rows = Counter()
    for i, text in enumerate(texts):
        for seed in range(seeds):
            edits = engine.run(text, scan, {}, Rng(seed, i), rate=rate, times=1)
            size, events = size + len(text.raw), events + len(edits)
            rows.update((text.raw[s:e], new) for s, e, new in edits)
    return 100 * events / size, rows


@pytest.mark.parametrize(("rate", "wanted"), [(0.033, 0.5), (0.065, 1.0), (0.2, 3.0)])
def test_events_in_a_hundred_characters(rate, wanted, texts):
    assert abs(scanned(texts, rate)[0] - wanted) < 0.15 * wanted


def test_kinds_and_confusions(texts):
    _, rows = scanned(texts, 0.2)
    total = sum(rows.values())
    kinds = Counter()
    for (printed, seen), n in rows.items():
        kinds[kind_of(printed, seen)] += n
    for kind, share in KINDS.items():
        assert abs(kinds[kind] / total - share) < 0.04, kinds
    most = [row for row, _ in rows.most_common(45)]
    expected = [("c", "o"), (" ", ""), ("s", "a"), ("e", "o"), ("", "-"), ("h", "b"), ("l", "i"), ("", " "),
                ("", "."), ("n", "u"), (",", "."), ("ll", "U"), ("c", "e"), ("s", ""), (".", ","), ("s", "e"),
                ("il", "d"), ("h", "li"), ("m", "rn")]  # fmt: skip
    assert [row for row in expected if row not in most] == []
    assert most[0] == ("c", "o")
