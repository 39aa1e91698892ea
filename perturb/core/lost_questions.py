"""A question word that an edit took away: does what is left still ask the same?"""

from __future__ import annotations

import re

from perturb.core.verdict import Case

_HELPS = re.compile(
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|should|shall|must)\b|.*['’]"
)


# "[What] pop records are illegal": a statement without its first word; "[What] colour is the sky" and "[Which] organ secretes it" are none.
_STATES = re.compile(
    r"(?! ?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\b)(?: [a-z][a-z-]+){1,3}? "
    r"(?P<verb>is|are|was|were|has|have|had|can|could|will|would|should|may|might) (?P<next>[a-z]+)\b"
)


def question_word(case: Case, at: int, low: str) -> str:
    """Judge a lost question word: "what/which X" and "how do I" leave the request; "how many" or "why" do not."""
    source = case.source
    after = source.raw[at + len(low) :].lower().split()[:1]
    if low in ("what", "which", "whats", "what's", "what’s"):
        said = _STATES.match(source.raw, at + len(low))
        states = said is not None and said["verb"] in case.left and said["next"] not in case.lexis.functions
        return "doubt" if states and case.evidence.task != "intent" else "nothing"  # a message's subject is the same
    if low == "who" and not source.raw[:at].strip() and after and not _HELPS.match(after[0]):
        return "nothing"  # "won Super Bowl XLIX?"
    if low == "how" and after and after[0] in ("do", "can", "to", "would", "should", "could", "does"):
        whether = after[0] != "to" and after[0] in case.left and case.evidence.task != "intent"
        return "doubt" if whether else "nothing"  # "do I cook them?" asks whether
    return "doubt"
