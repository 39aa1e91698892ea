"""What a profile locks in its input: ⟦locked⟧ in the tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from test_protect import shown

from perturb.items.locks import lock_spans
from perturb.items.profiles import Profile


def check(marked: str, item: dict[str, Any], profile: Profile) -> None:
    raw = re.sub("[⟦⟧]", "", marked)
    mask = bytearray(len(raw))
    for start, end in lock_spans(raw, item, profile):
        assert 0 <= start <= end <= len(raw)
        mask[start:end] = b"\3" * (end - start)
    assert shown(raw, bytes(mask)) == marked


QA = Profile("qa", ("q",), target="a", lock=("target",))
CHOICE = Profile("choice", ("q",), target="a", target_kind="index", choices="c", lock=("choices",))
BLOCK = Profile("block", ("q",), lock=("options_block",))
CODE = Profile("code", ("q",), lock=("code_prose", "field: entry"))
KWARGS = Profile("kwargs", ("q",), lock=("kwargs",))
CALLED = Profile("called", ("q",), lock=("names: tests[*]",))
END = Profile("end", ("q",), keep_end=True)
LITERALS = Profile("literals", ("q",), lock=("literals: gold",))
MATH = Profile("math", ("q",), target="a", target_kind="marked", lock=("target",))


@pytest.mark.parametrize(
    ("profile", "item", "marked"),
    [
        (LITERALS, {"gold": [{"f": {"city": ["Rome, IT", "rome"], "n": [3], "unit": ["", "6 km"]}}]}, "⟦6 km⟧ in ⟦Rome, IT⟧ for 3"),
        (LITERALS, {}, "6 km in Rome"),
        (QA, {"a": "Paris"}, "Is ⟦Paris⟧ or ⟦paris⟧ bigger than Parisian?"),
        (QA, {"a": ["Paris", "the big city"]}, "Is ⟦the big city⟧ ⟦Paris⟧?"),
        (QA, {"a": "a"}, "Is a letter."),  # a single letter says nothing
        (QA, {"a": "7"}, "Is it ⟦7⟧ or 17 or 7.5?".replace("7.5", "⟦7⟧.5")),
        (QA, {"a": ""}, "Nothing."),
        (QA, {}, "Nothing."),
        (QA, {"a": "C++ (new)"}, "Is ⟦C++ (new)⟧ good?"),
        (MATH, {"a": "48+24 = 72\n#### 72"}, "Is ⟦72⟧ it, or 48?"),
        (CHOICE, {"a": 1, "c": ["ash", "beech tree"]}, "Is ⟦ash⟧ or a ⟦Beech tree⟧ taller than ashes?"),
        (BLOCK, {}, "Which one? ⟦(A) red (B) blue⟧\nand (A) alone"),
        (END, {}, "A man walks into the ⟦bar⟧"),
        (END, {}, ""),
        (CALLED, {"tests": ["assert add_up([1]) == 1"]}, "Write ⟦add_up⟧ to add up."),
        (KWARGS, {"kwargs": [{"keyword": "forest"}, {"n": None}]}, "Be brief.⟦ Use the word forest twice.⟧ Thanks"),
        (KWARGS, {"kwargs": [{"num": 3, "on": True}]}, "Be brief.⟦ Give 3 bullet points.⟧ Thanks"),
        (CODE, {"entry": "total"},
         '⟦def total(xs):\n    """⟧ Add up the numbers of a list.⟦\n    >>> total([1])\n    1\n    """\n⟧'),
        (CODE, {"entry": "total"}, "⟦x = 1⟧"),
        (CODE, {"entry": "total"}, '⟦"""⟧One.⟦"""⟧'),
        (CODE, {"entry": "total"},
         "⟦def f():\n    '''⟧Give ⟦total⟧ of all⟦\n    ⟧words in it.⟦\n    return f(x)\n    '''\n⟧"),
    ],
)  # fmt: skip
def test_what_is_locked(profile: Profile, item: dict[str, Any], marked: str) -> None:
    check(marked, item, profile)
