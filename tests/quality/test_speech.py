"""Words put right as people put them right: against Disfl-QA's questions, clean and as somebody said them.

Runs where the file is (``PERTURB_BENCH``, or shared/bench beside the project) and is skipped elsewhere.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.language.protect import protected

FOLDER = Path(os.environ.get("PERTURB_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
FILE = FOLDER / "disfl_qa_test.jsonl"
pytestmark = [pytest.mark.bench, pytest.mark.skipif(not FILE.is_file(), reason=f"no disfl_qa_test.jsonl in {FOLDER}")]


def pairs():
    found = [json.loads(line) for line in FILE.read_text("utf-8").split("\n") if line]
    return [(r["original"], r["disfluent"]) for r in found if "#" not in r["disfluent"]]


def ours():
    repair, made = get("disfluency.repair"), []
    for i, (clean, _) in enumerate(pairs()):
        text = protected(clean)
        for seed in range(2):
            edits = engine.run(text, repair, {"values": True}, Rng(seed, i), rate=None, times=1)
            made.append((clean, apply(clean, edits), edits))
    return made


@pytest.fixture(scope="module", name="made")
def _made():
    return ours()


def words(text):
    return re.findall(r"[\w'’-]+", text.lower())


def begins(clean, said):
    """Give the fifth of the question in which the two first differ."""
    a, b = words(clean), words(said)
    same = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return min(4, 5 * same // max(1, len(a)))


def test_hardly_a_question_is_left(made):
    assert sum(not edits for *_, edits in made) < 0.05 * len(made)


def test_as_many_words_are_put_in(made):
    human = sorted(len(words(b)) - len(words(a)) for a, b in pairs())
    mine = sorted(len(words(b)) - len(words(a)) for a, b, edits in made if edits)
    assert abs(sum(mine) / len(mine) - 4.73) < 0.5  # of all 11,823 questions; 4.9 of these
    assert mine[len(mine) // 2] == human[len(human) // 2] == 4
    assert abs(mine[len(mine) * 9 // 10] - human[len(human) * 9 // 10]) <= 1


def test_repairs_begin_as_early(made):
    mine = Counter(begins(a, b) for a, b, edits in made if edits)
    total = sum(mine.values())
    for fifth, share in enumerate((0.637, 0.190, 0.119, 0.052, 0.002)):
        assert abs(mine[fifth] / total - share) < 0.08, mine


def test_cues_have_their_shares(made):
    known = sorted(((r[0], r[2]) for r in rows("disfluency", "cues")), key=lambda c: -len(c[0]))
    mine = Counter[str]()
    for clean, _, edits in made:
        if edits:
            start, end, new = edits[0]
            put_in = (new[:-1] if end > start else new).strip().lower()
            assert clean[start:end].lower() == new[len(new) - (end - start) :].lower()
            mine[next(measured for cue, measured in known if put_in.endswith(" " + cue))] += 1
    counts = {r[2]: int(r[1]) for r in rows("disfluency", "cues")}
    for cue, count in counts.items():
        share = count / sum(counts.values())
        assert abs(mine[cue] / sum(mine.values()) - share) < 0.01 + 0.2 * share, (cue, mine[cue], share)
