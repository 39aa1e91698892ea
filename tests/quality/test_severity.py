"""Requested severity against achieved, over every real benchmark file: misspelt words counted in the output itself.

Runs where the files are (``PERTURB_BENCH``, or shared/bench beside the project) and is skipped elsewhere.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from perturb import Perturber
from perturb.items.codec import loads
from perturb.recipe_yaml import parse_recipe
from perturb.slipping import severity_of, tally

FOLDER = Path(os.environ.get("PERTURB_BENCH", Path(__file__).parents[3] / "shared" / "bench"))
FILES = sorted(FOLDER.glob("*.jsonl"))
LEVELS = {"light": 0.3, "normal": 0.8, "heavy": 2.2, "extreme": 6.0}
PASSES = ((("light", "normal"), 2), (("heavy", "extreme"), 1))  # variants of each item: rarer slips need more words
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not FILES, reason=f"no benchmark files in {FOLDER}")]


def misspelt(clean, noisy):
    """Count the places where words differ: one for a word, or for two that became one or the other way round."""
    if clean == noisy:
        return 0
    a, b = clean.split(), noisy.split()
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(1, old_end - old - (new_end - new < old_end - old))
               for op, old, old_end, new, new_end in codes if op != "equal" and old < old_end)  # fmt: skip


@cache
def counts(levels, n):
    """Count words, misspelt words, texts and clean ones, by level and by (level, file)."""
    recipes = [parse_recipe(f"summary: x\nwriter: {{severity: {w}}}\nsteps: [typo]", name=w) for w in levels]
    found = {level: Counter() for level in levels}
    for file in FILES:
        items = [loads(line) for line in file.read_text("utf-8").split("\n") if line]
        here = {level: Counter() for level in levels}
        for variant in Perturber(recipes, n, 7, on_bad=lambda bad, item: None)(items):
            count = here[variant.recipe]
            tally(variant, count)
            for (_, text), new in zip(variant._texts, variant.texts):
                count["words"] += sum(word.isalpha() for _, word in text.every_word())
                count["misspelt"] += misspelt(text.raw, new)
            count["texts"] += 1
            count["clean"] += not variant.changed
        for level, count in here.items():
            found[level] += count
            found[level, file.stem] = count
    return found


def counted(level):
    return counts(*next(p for p in PASSES if level in p[0]))


@pytest.mark.parametrize("level", LEVELS)
def test_the_severity_asked_for_is_made(level):
    total = counted(level)[level]
    achieved = 100 * total["misspelt"] / total["words"]
    assert total["words"] >= 200_000
    assert achieved == pytest.approx(LEVELS[level], rel=0.05), f"{total['misspelt']} of {total['words']} words"
    assert total["severity: misspelt"] == pytest.approx(total["misspelt"], rel=0.02), (
        "the run's summary says what is in the output"
    )


@pytest.mark.parametrize(("file", "share"), [("banking77_test", 0.92), ("gsm8k_test", 0.73)])
def test_most_texts_carry_no_typo_at_normal(file, share):
    here = counted("normal").get(("normal", file))
    if here is None:
        pytest.skip(f"no {file} in {FOLDER}")
    assert here["clean"] / here["texts"] == pytest.approx(share, abs=0.025)


def test_what_a_run_is_told_of_its_severity():
    assert severity_of(Counter()) is None
    told = Counter({"severity: words": 1000, "severity: asked": 8000, "severity: misspelt": 7})
    assert severity_of(told) == {"requested": 0.8, "achieved": 0.7, "words": 1000, "misspelt": 7}
