"""Three ways to be right: answer where an answer holds, ask where something is missing, object where the premise is broken.

A system that always answers fails on what needs a question, one that always asks on what needs none. Every reply falls into one cell;
the cells give a utility and the two rates that tell the failures apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from perturb.evaluate.asking import asked_for, asks

CELLS = ("right", "wrong", "asked", "asked_beside", "asked_needlessly", "answered_needlessly", "objected", "unscored")
_OBJECTS = re.compile(
    r"\b(?:contradict\w*|inconsistent|conflicting|cannot both|can't both|false premise|premise|mistaken|not (?:actually|true|the case|correct|so)"
    r"|(?:do|does|did|is|are|was|were)(?: not|n['’]t) (?:actually|in fact)|actually,? (?:no|it|the|that|this)|no such)\b",
    re.I,
)


class Rates(NamedTuple):
    """What a system did: mean utility, share right of all scored, over-answer and over-clarify rates, how many were scored."""

    utility: float
    right: float
    over_answer: float
    over_clarify: float
    scored: int


def cell(
    reply: str, record: dict[str, Any], answers: Sequence[str], right: Callable[[str, str], bool] | None = None
) -> str:
    """Say what a reply is worth: one of CELLS (record expecting clarify, "How many eggs?" -> "asked").

    ``record`` is what a variant's added field says, ``answers`` the gold answers; under ``any_of`` the record's own list counts.
    ``right(reply, answer)`` compares; by default an answer has to stand in the reply as whole words. Objections are told by words.
    """
    expect = record.get("expect", "same")
    if expect == "unsure":
        return "unscored"
    asking = asks(reply)
    if expect == "abstain":
        return "objected" if objects(reply) or asking else "answered_needlessly"
    if expect == "clarify":
        if not asking:
            return "answered_needlessly"
        return "asked" if asked_for(reply, record.get("missing", ())) else "asked_beside"
    if asking:
        return "asked" if expect == "any_of" else "asked_needlessly"
    good = record.get("any_of") or answers if expect == "any_of" else answers
    compare = right or says
    return "right" if any(compare(reply, answer) for answer in good) else "wrong"


def objects(reply: str) -> bool:
    """Tell whether a reply says that the premise does not hold ("It does not actually secrete insulin." -> True)."""
    return _OBJECTS.search(reply) is not None


def says(reply: str, answer: str) -> bool:
    """Tell whether an answer stands in a reply as whole words ("It is 18 dollars.", "18" -> True)."""
    return bool(answer.strip()) and bool(
        re.search(rf"(?<![\w.,]){re.escape(answer.strip())}(?!\w|[.,]\d)", reply, re.I)
    )


def rates(cells: Iterable[str], *, question: float = 1.0, needless: float = 0.5) -> Rates:
    """Count cells (["right", "asked_needlessly"] -> utility 0.25, over_clarify 0.5).

    A right answer or objection is worth 1, a wrong one or one that had to be a question −1, the right question ``question``, one that
    was not needed or asks for something else −``needless``.
    """
    counts = Counter(cells)
    worth = {"right": 1.0, "objected": 1.0, "asked": question, "wrong": -1.0, "answered_needlessly": -1.0,
             "asked_needlessly": -needless, "asked_beside": -needless}  # fmt: skip
    scored = sum(counts[c] for c in worth)
    asked_back = counts["asked"] + counts["asked_beside"] + counts["objected"] + counts["answered_needlessly"]
    answerable = counts["right"] + counts["wrong"] + counts["asked_needlessly"]
    return Rates(
        sum(w * counts[c] for c, w in worth.items()) / max(1, scored),
        (counts["right"] + counts["asked"] + counts["objected"]) / max(1, scored),
        counts["answered_needlessly"] / max(1, asked_back),
        counts["asked_needlessly"] / max(1, answerable),
        scored,
    )
