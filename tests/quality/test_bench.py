"""Recipes over every real benchmark file: each is detected, nothing crashes, what is locked stays.

Runs where the files are (``PERTURB_BENCH``, or shared/bench beside the project) and is skipped elsewhere.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from perturb import Perturber
from perturb.core.edits import apply
from perturb.core.text import LOCKED
from perturb.core.values import number_value
from perturb.items.codec import dumps, loads

FOLDER = Path(os.environ.get("PERTURB_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
FILES = sorted(FOLDER.glob("*.jsonl"))
ITEMS = 60
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[a-z]+", re.I)

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not FILES, reason=f"no benchmark files in {FOLDER}")]


def items_of(file):
    lines = file.read_text("utf-8").split("\n")
    every = max(1, len(lines) // ITEMS)
    return [loads(line) for line in lines[::every] if line]


KEEPING = ("hurried", "chat_customer", "thinking_aloud", "scanned")


def wrong_first(log, raw):
    """Count the numbers that a repair says by mistake before the right ones: its step declares them."""
    found = Counter()
    for start, end, new, step in log:
        if "disfluency.repair" in step.split("+"):
            found += numbers(new) - numbers(raw[start:end])
    return found


def numbers(text):
    return Counter(v for v in (number_value(m[0]) for m in NUMBER.finditer(text)) if v is not None)


@pytest.mark.parametrize("recipe", ["hurried", "chat_customer", "truncated", "ambiguous", "thinking_aloud", "scanned"])
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_locked_text_and_logs_hold(file, recipe):
    refused = []
    perturber = Perturber(recipe, n=2, seed=5, on_bad=lambda bad, item: refused.append(bad.reason))
    items = items_of(file)
    for variant in perturber(items):
        for (_, text), log, new in zip(variant._texts, variant._logs, variant.texts):
            assert apply(text.raw, log) == new
            assert all(LOCKED not in text.mask[start:end] for start, end, _, _ in log)
            kept = text.spliced([(s, e, n) for s, e, n, _ in log])
            locked = [c for c, level in zip(text.raw, text.mask) if level == LOCKED]
            assert [c for c, level in zip(kept.raw, kept.mask) if level == LOCKED] == locked
            if recipe in KEEPING and numbers(text.raw):  # "2" for "to" only where none stands
                assert numbers(new) == numbers(text.raw) + wrong_first(log, text.raw), variant.diff()
        assert loads(dumps(variant.item)) == variant.item
    assert perturber.detected and not perturber.detected.startswith("auto:")
    assert all("English" in reason for reason in refused) and len(refused) <= len(items) // 20


@pytest.mark.parametrize("file", [f for f in FILES if "squad" in f.stem], ids=lambda f: f.stem)
def test_answers_stay_where_their_offsets_say(file):
    for variant in Perturber("hurried", n=2, seed=3, fields=["context"])(items_of(file)):
        context, answers = variant.item["context"], variant.item["answers"]
        for start, text in zip(answers["answer_start"], answers["text"]):
            assert context[start : start + len(text)] == text
