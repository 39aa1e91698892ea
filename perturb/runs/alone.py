"""A chunk that ends its process every time, done item by item: the item that cannot be done is named, all others are done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

from perturb.runs.batch import Done
from perturb.runs.worker import unpacked

Tried = Callable[[bytes], tuple[bytes | None, str]]  # do a chunk, or say how its process ended


def one_by_one(data: bytes, how: str, tried: Tried, skip: bool) -> Done:
    """Do a chunk's items each by itself (``one_by_one(chunk, "4 times (signal 9)", pool.tried, skip=False)``).

    An item that still ends its process is a bad one, and the last unless ``skip``.
    """
    lines = data.split(b"\n")
    dones: list[Done] = []
    for at in range(0, len(lines), 2):
        answer = None
        if len(lines) > 2:
            answer, how = tried(b"\n".join(lines[at : at + 2]))
        done = Done(b"", [], 0, {}, [(0, _reason(lines[at], how))]) if answer is None else unpacked(answer)
        dones.append(done)
        if done.error is not None or (done.bad and not skip):
            break
    return together(dones)


def together(dones: list[Done]) -> Done:
    """Put what became of single items together to what became of all."""
    stats: Counter[str] = Counter()
    for done in dones:
        stats.update(done.stats)
    return Done(
        b"".join(d.lines for d in dones),
        [line for d in dones for line in d.side],
        sum(d.records for d in dones),
        dict(stats),
        [(at, reason) for at, d in enumerate(dones) for _, reason in d.bad],
        dones[-1].error,
        sum(d.seconds for d in dones),
        b"".join(d.given for d in dones),
        [told for d in dones for told in d.told],
        [taken for d in dones for taken in d.sample],
    )


def _reason(called: bytes, how: str) -> str:
    name = json.loads(called)
    said = name if isinstance(name, str) else name[0]
    return f"the item {said[:60]!r} ended its worker process {how}: too little memory, or a fault in compiled code?"
