"""How much is done, counted: the mask tries few forms on plain text, splits ASCII without one, and meets a word once."""

from __future__ import annotations

import re
import sys
from itertools import product
from random import Random
from typing import Any

import pytest

from perturb import Perturber
from perturb.core.words import WORD, spelled
from perturb.items.codec import dumps
from perturb.language import locked as forms
from perturb.language.protect import protected
from perturb.record import bare_line_of, line_of, record_line_of

PLAIN = (
    "When Anna came home, she found that her brother had eaten most of the cake. How much of it did he leave for her?"
)


def calls(work: Any) -> int:
    """Count the calls of Python functions."""
    n = 0

    def seen(frame: Any, event: str, arg: Any) -> None:
        nonlocal n
        n += event == "call"

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return n


def test_a_plain_text_is_tried_for_hardly_a_locked_form() -> None:
    possible = forms._possible(forms.marks_in(PLAIN), 0)
    assert [needed for needed, _ in possible] == [("www.",), forms._DOTTED, forms._DOTTED]
    assert len(forms._LOCKS) > 25


def test_the_mask_of_known_words_takes_fewer_calls_than_the_text_has_words() -> None:
    protected(PLAIN)
    assert calls(lambda: protected(PLAIN)) < len(PLAIN.split())


@pytest.mark.parametrize("seed", range(4))
def test_words_are_those_of_the_form(seed: int) -> None:
    rng, bits = Random(seed), ["it", "'", "’", "''", "s", " ", "_", "-", "é", "5", "\n", "日", "‘", "it's", "."]
    for size, _ in product(range(12), range(60)):
        raw = "".join(rng.choice(bits) for _ in range(size))
        assert spelled(raw) == [(m.start(), m[0]) for m in WORD.finditer(raw)], raw


@pytest.mark.parametrize(
    "text", ["It costs $5 and $7.", "so $x$ is", "$$a$$", "$$5$$ is", "\\$5 or $x$", "$5$", "a$b$5"]
)
def test_dollars_lock_what_the_plain_form_locks(text: str) -> None:
    plain = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?=\S)(?=([^$]{0,400}))\1(?<=[^\s\\])\$(?!\d)", re.S)
    form = next(form for _, needed, form in forms._LOCKS if needed is forms._DOLLARS)
    found = [m.span() for m in form.finditer(text)] if forms._DOLLARS.search(text) else []
    assert found == [m.span() for m in plain.finditer(text)]


ITEMS: list[dict[str, Any]] = [
    {"id": 7, "question": 'Where is "my" é card, and why did\tit not come?', "answer": "a", "n": [1.5, None, {"a": "\ud800"}]},
    {"question": "Where is my other card \ud83d\ude00, \ud800 and yours?", "answer": "b", "perturbed": True},
    {"context": "Rome is in Italy.", "question": "Where is Rome then?",
     "answers": {"text": ["Italy"], "answer_start": [11]}, "id": "q"},
    {"question": "Which of these is a fruit?", "choices": {"text": ["car", "fig", "sun"], "label": ["A", "B", "C"]}, "answerKey": "B"},
    {"messages": [{"role": "user", "content": "Please tell me when my card comes back again."}]},
]  # fmt: skip


@pytest.mark.parametrize("item", ITEMS, ids=["plain", "surrogates", "offsets", "choices", "nested"])
@pytest.mark.parametrize("recipe", ["hurried", "truncated", "shuffled_options"])
def test_lines_written_by_parts_are_those_of_the_codec(item: dict[str, Any], recipe: str) -> None:
    found = list(
        Perturber(recipe, n=3, seed=5, unchanged="keep", with_clean=True, on_bad=lambda bad, item: None)([item])
    )
    assert found
    for v in found:
        assert (line_of(v), bare_line_of(v), record_line_of(v)) == (dumps(v.item), dumps(v.bare), dumps(v.record))
