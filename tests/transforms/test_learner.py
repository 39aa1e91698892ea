"""Grammar of learners."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import Text


def outcomes(name: str, raw: str) -> set[str]:
    return {apply(raw, engine.run(Text(raw), get(name), {}, Rng(s), rate=None, times=1)) for s in range(40)}


@pytest.mark.parametrize(
    ("name", "raw", "written"),
    [
        ("learner.article", "What is the name of a river?", {"What is name of a river?", "What is the name of river?"}),
        ("learner.article", "a lot, the same, the best, the 5th", {"a lot, the same, the best, the 5th"}),
        ("learner.verb", "He gives her two.", {"He give her two."}),
        ("learner.verb", "If she has it", {"If she have it"}),
        ("learner.verb", "it is his; it was", {"it is his; it was"}),
        ("learner.verb", "When did Anna buy it?", {"When did Anna bought it?"}),
        ("learner.verb", "How much does she need?", {"How much does she needs?"}),
        ("learner.verb", "Why did it rain?", {"Why did it rain?"}),
        (
            "learner.noun",
            "the information on 12 apples",
            {"the informations on 12 apples", "the information on 12 apple"},
        ),
        ("learner.noun", "in 2010 news", {"in 2010 news"}),
        ("learner.preposition", "it depends on me", {"it depends of me"}),
        ("learner.preposition", "on the table", {"on the table"}),
    ],
)
def test_learners_write(name: str, raw: str, written: set[str]) -> None:
    assert outcomes(name, raw) == written
