"""Shards: one run in parts, on as many machines, and the parts put together to the bytes of one process.

Items go to the shards by their place in the input, in blocks of 256: the first block to shard 1, the next to shard 2,
and round again. Every shard reads all of the input, so that ids are told apart as one process tells them apart.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from perturb.core.errors import UsageError

BLOCK = 256


class Shard(NamedTuple):
    """Part ``number`` of ``of`` (1 to ``of``)."""

    number: int
    of: int

    def has(self, place: int) -> bool:
        """Tell whether the entry at a place (from 0) is this shard's."""
        return place // BLOCK % self.of == self.number - 1

    def block(self, place: int) -> int:
        """Tell which of this shard's blocks a place is in, from 0."""
        return place // BLOCK // self.of


def shard_of(text: str) -> Shard | None:
    """Read --shard ("2/8"), None where none is given; UsageError says what is expected."""
    if not text:
        return None
    m = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if not m or not 1 <= int(m[1]) <= int(m[2]):
        raise UsageError(f"--shard takes NUMBER/COUNT, 1/4 to 4/4 for four shards, not {text!r}")
    return Shard(int(m[1]), int(m[2]))
