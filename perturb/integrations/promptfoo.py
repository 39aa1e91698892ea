"""promptfoo: tests generated anew on every eval, and a hook that expands a whole suite.

promptfoo loads Python by file; two lines bring these in: ``from perturb.integrations.promptfoo import generate_tests, whole_suite``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from perturb.core.errors import BadRecord
from perturb.integrations.host import fresh, left_out
from perturb.integrations.promptfoo_config import all_named, checked, profile_of
from perturb.integrations.promptfoo_tests import test_of
from perturb.items.detect import from_fields
from perturb.items.profile_files import load_profile
from perturb.items.readers import read
from perturb.variants import Perturber


def generate_tests(config: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Give a file's items and their variants as tests (``{path: file://perturbed.py:generate_tests, config: {source: …}}``).

    ``config``: ``source`` (JSON Lines), ``recipe``, ``n``, ``seed`` (none: new on every eval), ``keep`` (the clean items too, true),
    ``profile``, ``expect`` ("same"), ``limit``; ``vars`` names variables ({"body": "question"}), ``assert`` is a type for the right
    answers, or a list in which "{gold}" stands for them. Raises UsageError for what it does not know.
    """
    given = checked(config)
    perturber = Perturber(given.get("recipe", "hurried"), given.get("n", 1), fresh(given.get("seed")), profile_of(given.get("profile", "auto")),
                          with_clean=given.get("keep", True), expect=given.get("expect", "same"))  # fmt: skip
    at = ""

    def items() -> Iterator[dict[str, Any]]:
        nonlocal at
        for record in read(given["source"], limit=given.get("limit")):
            at = record.where
            yield record.item

    try:
        tests = [test_of(v, perturber.seed, given) for v in perturber(items())]
    except BadRecord as bad:
        raise type(bad)(bad.reason, at) from None
    all_named(given.get("vars", {}), tests)
    _tell(perturber, len(tests))
    return tests


def whole_suite(
    recipe: str = "hurried", n: int = 1, seed: int | None = None, keep: bool = True, var: str = "", **options: Any
) -> Callable[[str, Any], Any]:
    """Make an extension that multiplies every test of a suite ("hurried", n=2 -> each test and two variants).

    With ``extensions: [file://perturbed.py:hook]`` promptfoo calls it before all tests; ``var`` names the variable to perturb.
    """

    def hook(name: str, context: Any) -> Any:
        if name != "beforeAll":
            return None
        drawn = fresh(seed)
        profile = from_fields(input=f"vars.{var}", id="metadata.orig_id") if var else load_profile("promptfoo")
        perturber = Perturber(recipe, n, drawn, profile, with_clean=keep, **{"expect": "same", **options})
        old = context["suite"].get("tests") or []
        new = [test_of(v, drawn, {}) for v in perturber(old)]
        _tell(perturber, len(new))
        context["suite"]["tests"] = new
        return context

    return hook


def _tell(perturber: Perturber, tests: int) -> None:
    sys.stderr.write(f"perturb: {tests} tests, seed {perturber.seed}; {left_out(perturber.stats)}\n")
