"""perturb verify finds what was planted, and nothing in what the engine wrote.

Over the real benchmark files where they are (``PERTURB_BENCH``, or shared/bench beside the project).
"""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest
from planted import KINDS

from perturb import Perturber
from perturb.items.codec import dumps, loads
from perturb.recipe import shipped
from perturb.verify import Pair, verify

FOLDER = Path(os.environ.get("PERTURB_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
FILES = sorted(FOLDER.glob("*.jsonl"))
PLANTED = 100  # of each kind

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not FILES, reason=f"no benchmark files in {FOLDER}")]


def pairs_of(file, recipe, seed, count):
    lines = [line for line in file.read_text("utf-8").split("\n") if line]
    items = [loads(line) for line in lines[:: max(1, len(lines) // count)]][:count]
    perturber = Perturber(recipe, seed=seed, on_bad=lambda bad, item: None)
    for variant in perturber(items):
        item = loads(dumps(variant.item))
        log = item.pop("perturb")
        yield Pair(file.stem, log["of"], variant.source, item, log, variant._prepared.profile)


def test_planted_violations_are_found():
    rng = random.Random(7)
    sound = [p for file in FILES for p in pairs_of(file, "hurried", 3, 60) if not verify(p)]
    rng.shuffle(sound)
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for kind in KINDS:
        for pair in sound * 3:
            if tried[kind.__name__] == PLANTED:
                break
            planted = kind(pair, rng)
            if planted is not None:
                tried[kind.__name__] += 1
                found[kind.__name__] += bool(verify(planted))
    assert set(tried.values()) == {PLANTED}, tried
    assert sum(found.values()) >= 0.95 * sum(tried.values()), found
    assert min(found.values()) >= 0.75 * PLANTED, found


@pytest.mark.parametrize("recipe", sorted(shipped()))
def test_nothing_is_found_in_what_recipes_write(recipe):
    wrong = [v for file in FILES for p in pairs_of(file, recipe, 21, 20) for v in verify(p)]
    assert not wrong, "\n".join(f"{v.where} {v.of} {v.kind}: {v.what}" for v in wrong[:10])
