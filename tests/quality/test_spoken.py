"""The recipe "spoken" against people who read the same questions to a recogniser (NoiseQA).

Tuned on one half of the questions by the hash of their ids, measured on the other. Runs where the files are
(``PERTURB_FACTS``, ``PERTURB_BENCH``, or shared/facts and shared/bench beside the project) and is skipped elsewhere.
docs/speech.md has the figures.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from perturb.evaluate.realism.generators import text_generator
from perturb.evaluate.realism.halves import half_of
from perturb.evaluate.realism.texts import measure_texts

SHARED = Path(__file__).parents[3] / "shared"
QUESTIONS = Path(os.environ.get("PERTURB_FACTS", SHARED / "facts")) / "noiseqa_tune.jsonl"
SQUAD = Path(os.environ.get("PERTURB_BENCH", SHARED / "bench")) / "squad_xquad_en.jsonl"
SEEDS = 20  # of fewer, the shares of rare edits scatter by a tenth
RATES = ("character error rate", "word error rate", "words changed", "unchanged texts", "lower-case start")
KINDS = [*(f"characters: {k}" for k in ("delete", "insert", "substitute")),
         *(f"words: {k}" for k in ("delete", "insert", "substitute"))]  # fmt: skip

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not QUESTIONS.is_file(), reason=f"no {QUESTIONS}")]


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


@cache
def card():
    pytest.importorskip("sklearn")
    pairs = [(r["clean"], r["spoken"]) for r in rows(QUESTIONS) if half_of(r["id"]) == "test"]
    return measure_texts(pairs, text_generator("spoken"), seeds=SEEDS)


@pytest.mark.parametrize("name", [*RATES, *KINDS])
def test_it_is_heard_as_people_were(name):
    figure = card()[name]
    assert figure.near, f"people {figure.human:.4f}, ours {figure.ours:.4f}, two standard errors {figure.two_se:.4f}"


def test_it_is_hard_to_tell_from_people():
    assert card().auc <= 0.75, card().auc_by


def test_it_costs_a_retriever_what_people_cost_it():
    text = pytest.importorskip("sklearn.feature_extraction.text")
    if not SQUAD.is_file():
        pytest.skip(f"no {SQUAD}")
    context = {r["id"]: r["context"] for r in rows(SQUAD)}
    passages = list(dict.fromkeys(context.values()))
    asked = [r for r in rows(QUESTIONS) if r["id"] in context]
    gold = [passages.index(context[r["id"]]) for r in asked]
    vectors = text.TfidfVectorizer()
    matrix = vectors.fit_transform(passages)

    def right(questions):
        scores = (vectors.transform(questions) @ matrix.T).toarray()
        return 100 * sum(int(row.argmax()) == g for row, g in zip(scores, gold)) / len(gold)

    generate = text_generator("spoken")
    ours = sum(right([generate(r["clean"], seed) for r in asked]) for seed in range(4)) / 4
    assert abs(ours - right([r["spoken"] for r in asked])) <= 3
