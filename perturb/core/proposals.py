"""What a transform may propose, said to the author of one that proposes something else."""

from __future__ import annotations

from typing import Any

from perturb.core.registry import Transform
from perturb.core.rng import Rng
from perturb.core.text import Text

FORM = "expected (start, end, new): two whole numbers and a text, or a list of such"


def malformed(transform: Transform, view: Text, params: dict[str, Any], rng: Rng) -> str:
    """Find the first proposal that is none ("it yielded (1, 2); expected (start, end, new)…"), "" where all are well formed.

    The engine does not look at each one: this asks again, once something has failed.
    """
    try:
        proposals = transform.fn(view, rng, **params)
        if isinstance(proposals, str) or not hasattr(proposals, "__iter__"):
            return f"it returned {_shown(proposals)}; a transform is a generator: yield start, end, new"
        for proposal in proposals:
            if isinstance(proposal, tuple):
                if not _is_edit(proposal):
                    return f"it yielded {_shown(proposal)}; {FORM}"
            elif not isinstance(proposal, list) or not all(map(_is_edit, proposal)):
                return f"it yielded {_shown(proposal)}; {FORM}"
    except Exception:
        pass  # its own code failed, and that is said
    return ""


def _is_edit(edit: Any) -> bool:
    if not isinstance(edit, tuple) or len(edit) != 3:
        return False
    start, end, new = edit
    return type(start) is int and type(end) is int and isinstance(new, str)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 80 else text[:80] + "…"
