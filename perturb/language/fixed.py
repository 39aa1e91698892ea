"""Units of several words, of which a small one is a part: "at a time", "what the hell", "which of the following"."""

from __future__ import annotations

import re
from functools import lru_cache

from perturb.language.messages import first_person, orders

# "As a whole", "in the end": without its small word the unit says something else, or nothing.
_UNITS = re.compile(
    r"\b(?:(?:at|for|in|to|with|of|on|as|all|by|from|once upon|such) an? (?:time|while|bit|once|result|rule|whole|row|way|sense|loss|"
    r"living|minute|moment|second|hurry|glance|distance|budget|regular basis|matter of|consequence|piece|must)\b"
    r"|all of a sudden|a (?:la|priori|posteriori)\b|(?:quite|what|such|not) an? \w+|many an? \w+|half an? \w+|more of an? \w+|an? \w+ at an? time"
    r"|at the (?:moment|most|least|latest|earliest|same|time)\b|(?:in|by|at) the (?:end|way|meantime|long run|short run|first place|event)\b"
    r"|on the (?:other|one|whole|contrary|go|spot|house|way|side)\b|all the (?:time|way|same|more|best|rest)\b|by the time\b"
    r"|for the (?:best|sake|time being|most part)\b|(?:out|off) (?:of )?the (?:blue|box|record|question|shelf|grid)\b|under the (?:weather|table)\b"
    r"|(?:what|who|why|where|how|when) the (?:hell|fuck|heck|devil|f\w*)\b|(?:who|what) in the world\b|the (?:hell|fuck)\b"
    r"|of (?:the following|these|those|them)\b|the (?:more|less|better|sooner|former|latter|two|three|four|five|rest)\b"
    r"|an? (?:kind|sort) of\b|(?:is|was|['’]s) the (?:matter|deal|point|use)\b|half (?:of )?the way\b|in order to\b|have to\b|has to\b|had to\b|be able to\b|(?:in|out) of the (?:way|blue|box)\b)",
    re.IGNORECASE,
)


def bound(raw: str, start: int) -> bool:
    """Tell whether the word at ``start`` is part of such a unit ("at [a] time" yes, "at [a] shop" no)."""
    return any(first <= start < last for first, last in _units(raw))


@lru_cache(maxsize=64)
def _units(raw: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in _UNITS.finditer(raw))


# The names of songs, films and shows begin with any small word: "who sings [the] way you look", "when does [this] is us start".
_WORKS = re.compile(
    r"\b(?:sings?|sang|sung|songs?|lyrics|albums?|band|movies?|films?|shows?|series|seasons?|episodes?|tv|netflix|anime|books?|novels?|poem|"
    r"plays?|played|playing|voices?|voiced|stars?|starred|cast|character|actor|actress|theme|soundtrack|wrote|written|author|directed|directs|"
    r"narrat\w+|come out|comes out|coming out|came out|come back|air|aired|filmed|takes? place|based on|called|named|mean|meaning|means|"
    r"title|trilogy|comics?|released?|published|fairy tale|opera|musical|drama)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|at|on|from|to|by|into|during|before|after|for|a|an) $", re.IGNORECASE)


def of_works(raw: str) -> bool:
    """Tell whether a text in small letters speaks of a work, whose title may be any of its words ("who sang you are so vain")."""
    return raw.islower() and _WORKS.search(raw) is not None


# Here no title begins: "what is [the] capital", "when do [the] eagles", "in [the] us".
_PLAIN = re.compile(r"\b(?:is|are|was|were|what's|whats|who's|does|do|did|will) $", re.IGNORECASE)


def may_title(raw: str, start: int) -> bool:
    """Tell whether a title may begin with the small word at ``start`` of a text in small letters ("who plays in [the] hobbit")."""
    if not raw.islower():
        return False
    plain = _PLAIN.search(raw, 0, start) is not None
    if _WORKS.search(raw) is None:
        return not (plain or _IN.search(raw, 0, start) or first_person(raw) or orders(raw))
    return not plain or _WORKS.search(raw, 0, start) is not None
