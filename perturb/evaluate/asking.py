"""Whether a reply asks, and whether it asks for what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_ASKING = re.compile(
    r"\b(?:could|can|would) you (?:please )?(?:tell|clarify|specify|provide|confirm|let me know|share|give|send|say|be more)\b"
    r"|\b(?:please|kindly) (?:tell|clarify|specify|provide|confirm|let me know|share|give|send)\b"
    r"|\b(?:which|what|who|how many|how much|when|where) (?:exactly |\w+ )?(?:do|did|does|is|are|was|were|would) (?:you|it|they|he|she|this|that)\b"
    r"|\bdo you mean\b|\bdid you mean\b|\bi (?:need|would need) (?:to know|more)\b|\bmore (?:details|information|context)\b"
    r"|\b(?:is|are) (?:missing|not (?:given|specified|provided|clear))\b",
    re.I,
)
_SMALL = frozenset(
    "the a an of to in on at is are was were it do does did you your please could can would tell me know let what which how many much "
    "who when where and or be for with this that there".split()
)


def asks(reply: str) -> bool:
    """Tell whether a reply asks back ("How many eggs does she have?" -> True; "She has 9 eggs." -> False).

    A question mark at the end of the reply or of its only sentence, or words that ask; questions that a reply poses and answers
    itself ("What is 3 + 4? It is 7.") do not count.
    """
    text = reply.strip()
    if not text:
        return False
    last = re.split(r"(?<=[.!?])\s+", text)[-1]
    return last.endswith("?") or bool(_ASKING.search(text) and not re.search(r"\b(?:answer|result) is\b|####", text))


def asked_for(reply: str, missing: Sequence[dict[str, Any]]) -> bool:
    """Tell whether a reply asks for what is missing ("How many eggs?" for {"ask": "How many eggs does Ann have?"} -> True).

    By words: at least one content word of the reference question or of what went must be in the reply's question. Nothing
    missing on record: any question is right.
    """
    if not asks(reply):
        return False
    if not missing:
        return True
    said = _content(reply)
    return any(
        not words or said & words for m in missing for words in [_content(f"{m.get('ask', '')} {m.get('text', '')}")]
    )


def _content(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text.lower())
    return {w.removesuffix("s") for w in words if w not in _SMALL and (len(w) > 2 or w.isdigit())}
