"""The contract that every transform keeps: ``perturb.testing.check("typo.omit")``, for yours as for the shipped ones.

Each promise is one small function; a failure is an AssertionError that names the promise, the text and the seed.
Texts, masks and seeds are made here by named streams, so a failure comes again.
"""

from __future__ import annotations

from perturb.core.registry import get, transforms
from perturb.runs.plugins import load_plugin
from perturb.testing.item_promises import ITEM_PROMISES
from perturb.testing.processes import digests
from perturb.testing.promises import TEXT_PROMISES


def check(name: str, *, plugin: str | None = None, processes: bool = True) -> None:
    """Run the whole contract over one registered transform (``check("typo.omit")``); AssertionError where it fails.

    ``plugin`` is the file that registers it: it is run here where nobody has, and in the two other processes that one promise asks; ``processes=False`` leaves
    that one out (the shipped suite asks it once for all transforms, see ``digests``).
    """
    if plugin is not None and name not in transforms():
        load_plugin(plugin)
    t = get(name)
    for promise in ITEM_PROMISES if t.kind == "item" else TEXT_PROMISES:
        promise(t)
    if processes:
        first, second = (digests([name], hash_seed=seed, plugin=plugin) for seed in (1, 2))
        assert first == second, f"{name}: other edits in another process; never iterate a set, use hash() or a clock"


__all__ = ["ITEM_PROMISES", "TEXT_PROMISES", "check", "digests"]
