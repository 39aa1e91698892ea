"""What two words or texts begin and end with alike: between the two ends stands all that differs."""

from __future__ import annotations

from collections.abc import Sequence


def common_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """Count what two strings begin, and then end, with alike ("their", "thier" -> (2, 1); "aa", "aaa" -> (2, 0))."""
    most = min(len(a), len(b))
    start = end = 0
    while start < most and a[start] == b[start]:
        start += 1
    while end < most - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return start, end
