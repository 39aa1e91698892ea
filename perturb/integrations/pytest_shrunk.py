"""pytest: what of a variant makes a test fail."""

from __future__ import annotations

import inspect
import io
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from perturb.evaluate.shrink import shrink, with_edits


def told(item: Any, variant: Any, name: str, kind: type[BaseException]) -> list[str]:
    """Say a variant's edits, and the fewest of them with which the test, run again, fails as it did (lines for the report)."""
    lines = [variant.diff(), f"expect: {variant.expect}"]
    if inspect.iscoroutinefunction(item.obj):
        return [*lines, "an async test is not run again to find which edits it needs to fail"]
    given = {n: item.funcargs[n] for n in item._fixtureinfo.argnames}
    whole = isinstance(given[name], dict)
    if given[name] != (variant.item if whole else variant.text):
        return [
            *lines,
            "not run again to find which edits it needs to fail: a fixture makes something else of the text",
        ]

    def fails(edits: list[Any]) -> bool:
        new = with_edits(variant, edits)
        try:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):  # what it prints was shown once
                item.obj(**{**given, name: new if whole else new["text"]})
        except kind:
            return True
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # pytest's own outcomes (a skip) are none of Exception's
            return False
        return False

    if not fails(variant.edits):
        return [*lines, "run again as it is, it does not fail: which edits it needs cannot be told"]
    if fails([]):
        return [*lines, "it fails without any of the edits too"]
    return lines + [
        f"needed to fail: {e.step}: {e.old!r} -> {e.new!r} at {e.start}" for e in shrink(variant.edits, fails)
    ]
