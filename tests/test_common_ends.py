"""What two strings begin and end with alike."""

from __future__ import annotations

import pytest

from perturb.core.common_ends import common_ends


@pytest.mark.parametrize(
    ("a", "b", "ends"),
    [
        ("their", "thier", (2, 1)),
        ("aa", "aaa", (2, 0)),
        ("abab", "ab", (2, 0)),
        ("", "x", (0, 0)),
        ("same", "same", (4, 0)),
        (["is", "it"], ["was", "it"], (0, 1)),
    ],
)
def test_no_character_counts_for_both_ends(a, b, ends):
    assert common_ends(a, b) == ends
