"""What asks, taken away: a question word, an opening verb, a lead-up. Does what is left still ask the same?"""

from __future__ import annotations

import re

from perturb.core.text import WORD
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


# What leads up to a question and is no part of it.
_FRAME = re.compile(
    r"\s*(?:(?:(?:can|could|would|will) (?:you|anyone|someone) )?(?:please )?(?:tell|show|help|inform) me(?: out)?(?: please)?\b"
    r"|(?:please )?let me know\b|(?:i )?(?:(?:just )?(?:want|need|wanted|needed|like)|(?:would|'d) (?:just )?(?:like|love)) to (?:know|find out)\b"
    r"|do you (?:know|happen to know)\b|(?:i )?(?:'m|am|was|’m) (?:just )?(?:wondering|curious)\b)",
    re.I,
)


# An order whose verb is gone is taken as it was meant: "a summary of the page", "the area of a triangle".
_ORDER = re.compile(
    r"\s*(?:please )?(?:write|create|make|generate|provide|give|find|calculate|compute|determine|compose|draft|design|produce|suggest|"
    r"develop|devise|list|show|propose)(?: me| us)?(?= (?:an?|the|some|all|\d+|two|three|four|five|ten) [a-z-]+)",
    re.I,
)


def frame_end(case: Case, start: int, end: int) -> int:
    """Find where the lead-up to a question or an order ends that an edit took away ("[Please tell me ]why"); 0 where there is none."""
    frame = _FRAME.match(case.source.raw, start, end)
    if frame is None and not start and len(case.left) > 4:
        order = _ORDER.match(case.source.raw)
        frame = order if order and order.end() <= end <= order.end() + 5 else None
    return frame.end() if frame else 0


def asks_otherwise(case: Case, start: int, end: int) -> bool:
    """Tell whether a beginning went that asked, and what is left begins with another question word ("[What is due ]when I pay?")."""
    kinds, gone = case.lexis.kinds, [w[0].lower() for w in WORD.finditer(case.source.raw, 0, end)]
    asked = [w for w in gone if kinds.get(w) == "question"]
    return not start and bool(asked) and kinds.get("".join(case.left[:1])) == "question" and case.left[0] not in gone
