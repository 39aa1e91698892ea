"""What to expect of a mishearing: the question, seen through, or doubt."""

from __future__ import annotations

import pytest

from perturb.core.expect import Change, Evidence, expect
from perturb.language.protect import protected
from perturb.prepare import lexis


def judged(raw: str, old: str, new: str, task: str = "qa") -> str:
    """Judge one mishearing of ``old`` as ``new``."""
    start = raw.index(old)
    edit = (start, start + len(old), new, "asr.mishear")
    change = Change("question", protected(raw), [edit])
    return expect([change], lambda label: "misheard", lexis(), Evidence(task)).settle()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the old", "a old"),
        ("bridges", "bridge"),
        ("crossed", "cross"),
        ("railway", "rail way"),
        ("Was", "was"),
        ("was closed", "were closed"),
        ("the ", ""),
        ("defense", "defence"),
        ("organised", "organized"),
    ],
)
def test_what_a_reader_sees_through(old: str, new: str) -> None:
    raw = "Was the old railway on the bridges that Anna crossed in 1902? It was closed. A defense was organised."
    assert judged(raw, old, new) == "same"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bridges", "britches"),
        ("Anna", "and a"),
        ("not", "now"),
        ("1902", ""),
        ("When", "went"),
        ("in", "and"),
        ("is", "was"),
        ("railway", ""),
        ("a is", "is"),
    ],
)
@pytest.mark.parametrize("task", ["qa", "math", "choice", "chat"])
def test_what_may_be_another_question(old: str, new: str, task: str) -> None:
    raw = "When is the railway not on bridges in 1902, if Anna a is?"
    assert judged(raw, old, new, task) in ("unsure",)
