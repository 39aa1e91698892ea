"""A question as it is typed into a search box: its frame goes as a whole or stays as a whole."""

from __future__ import annotations

import re

from perturb.core.text import Edit, Text
from perturb.language.messages import asks
from perturb.language.places import ahead
from perturb.language.portions import FILLED, HOW_TO, holes
from perturb.language.smallwords import asks_of_verb, kinds, searched_without

# What a question says of its thing behind "what will the": "weather kuwait tomorrow".
_WILL_BE = re.compile(r"what (?:will|would|should) (?=(?:the|my|our) (?:[a-z-]+ ){1,3}?be\b)", re.IGNORECASE)
# Here another clause begins: of its subject and verb none goes ("when he played", "that would benefit").
_CLAUSE = re.compile(
    r"(?<=[\w,] )(?:that|which|who|whom|whose|when|if|because|while|where|although|though|unless|what|how|why)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:called|named|known as|like|about|for|to)[\s?.!]*(?=$|(?:that|which|who|when)\b)", re.IGNORECASE
)
_ONLY = re.compile(
    r"(?:do|does|did|can|could|are|is) (?:you|they|we|people) (?:only|ever|never|always|really)\b", re.IGNORECASE
)
_TOLD = re.compile(r"\b(?:what|who|where) .* (?:is|are|was|were)[\s?.!]*$", re.IGNORECASE)


def query(text: Text, terse: bool, bare: bool) -> list[Edit]:
    """Give the edits that leave a search of a question ("What is the highest mountain of Peru?" -> "highest mountain of Peru")."""
    raw, at = text.raw, text.over_space(0)
    if _ONLY.match(raw, at) or (FILLED.match(raw, at) and _TOLD.search(raw, at + 5)):
        return []  # "only say true statements" would be an order; "Do you know what the limits are" has two frames
    gone = bytearray(len(raw))
    edits: list[Edit] = []
    clause = _clause(raw, at)
    opening = _WILL_BE.match(raw, at) or FILLED.match(raw, at)
    framed = opening is None or _frame_stays(text, opening, clause, terse, bare)
    if opening and not framed:
        gone[opening.start() : opening.end()] = b"\1" * (opening.end() - opening.start())
    to = HOW_TO.search(raw)
    if to and _verb(raw, to.end()):
        edits.append((to.start(), to.end(), "to"))
    for start, word in text.words:
        kind = kinds().get(word.lower())
        if opening and framed and start < opening.end() and kind != "article":
            continue
        if start >= clause and kind in ("pronoun", "aux", "demonstrative"):
            continue
        if searched_without(text, start, word.lower(), terse, bare) and not (
            edits and to and to.start() <= start < to.end()
        ):
            gone[start : start + len(word)] = b"\1" * len(word)
    return sorted(edits + list(holes(text, gone)))


def _clause(raw: str, at: int) -> int:
    """Find where a clause within the question begins, its length where none does; the one of "Do you know when" is the question."""
    opening = FILLED.match(raw, at)
    begins = max(opening.end(), at + 1) if opening else at + 1
    m = _CLAUSE.search(raw, begins)
    while m and m.start() <= begins + 1:
        m = _CLAUSE.search(raw, m.end())
    return m.start() if m else len(raw)


def _frame_stays(text: Text, opening: re.Match[str], clause: int, terse: bool, bare: bool) -> bool:
    """Tell whether half of a question's frame would stay without its opening ("[What ]percentage has the firm achieved")."""
    raw, says = text.raw, opening[0].strip().lower()
    if asks_of_verb(raw, opening) and not _WILL_BE.match(raw, opening.start()):
        return True
    if says.startswith("what") and _NAMED.search(raw, opening.end()):
        return says != "what" and re.search(r"\b(?:called|named|known as)\b", raw[opening.end() :].lower()) is not None
    if says != "what":
        return False
    return any(
        kinds().get(word.lower()) == "aux" and not searched_without(text, start, word.lower(), terse, bare)
        for start, word in text.words
        if opening.end() < start < clause
    )


def _verb(raw: str, at: int) -> bool:
    """Tell whether a verb stands behind "how do I", whichever it is ("flash")."""
    gap, word = ahead(raw, at)
    return (
        gap == " "
        and word.isalpha()
        and word not in kinds()
        and not word.endswith("ly")
        or (asks(raw) and word in ("have", "do", "be"))
    )
