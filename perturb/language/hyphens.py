"""Where a printer divides a word at the end of a line: data/divisions."""

from __future__ import annotations

from functools import lru_cache

from perturb.language.lexicon import table


@lru_cache(maxsize=16384)
def divisions(word: str) -> tuple[int, ...]:
    """List after how many letters a lower-case word may be divided ("interesting" -> (2, 5, 8)); a word not listed is not."""
    return tuple(map(int, table("divisions").get(word, ("",))[0].split()))
