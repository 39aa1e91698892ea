"""The wording of messages that are compared: spelt one way, how they begin, and a run of words in which "it" is any thing."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’")
_SUBJECTS = frozenset("i we you it they".split())
_BEGINS = frozenset(
    "i we if how why when where who what which is are was were do does did can could may will would should has have".split()
)
# Whose it is says nothing of what it is about.
WHOSE = frozenset("a an the my your our his her their this that these those i me it its them they".split())


def normal(text: str) -> str:
    """Fold case, marks and apostrophes ("Where's my card?" -> "wheres my card")."""
    return " ".join(_WORD.findall(text.lower().translate(_APOSTROPHES)))


_SHORT = re.compile(r"\b(what|where|who|how|when)s\b")

_NOT = re.compile(r"\b(?:(is|are|was|were|has|have|had|do|does|did|would|could|should|ca|wo)nt|cannot)\b")
_IT_IS = re.compile(r"\bit is\b(?! (?:not|no)\b)")
_FULL = {"ca": "can", "wo": "will", None: "can"}


def spelt(text: str) -> str:
    """Write contracted denials out, as some people do ("hasn't arrived" -> "has not arrived"), and "it is" in short."""
    return _IT_IS.sub("its", _NOT.sub(lambda m: f"{_FULL.get(m[1], m[1])} not", normal(text)))


ANYTHING = frozenset("it its them they".split())  # in a run these stand for any words


@lru_cache(maxsize=4096)
def run_of(said: str) -> re.Pattern[str]:
    """Write a run of words as a pattern in which "it" is one to four words ("it was declined" finds "my card was declined")."""
    words = said.split()
    if not set(words) - ANYTHING:
        return re.compile(f" {said} ")
    return re.compile(" " + "".join(r"(?:[^ ]+ ){1,4}" if w in ANYTHING else f"{w} " for w in words))


def begun(text: str, polite: AbstractSet[str]) -> list[str]:
    """List the words of a message without the polite ones at its start ("please whats wrong" -> what, is, wrong)."""
    words = _SHORT.sub(r"\1 is", text).split()
    return words[next((i for i, w in enumerate(words) if w not in polite), 0) :]


def opening(said: str, polite: AbstractSet[str], spare: AbstractSet[str]) -> list[str]:
    """Give the words with which a message begins to ask or tell ("what is my pin" -> what, is), none where it only names a topic."""
    words = begun(said, polite)
    if not words or words[0] not in _BEGINS:
        return []
    end = next((i for i, w in enumerate(words) if i and w not in spare), len(words))
    while end > 1 and words[end - 1] in WHOSE - _SUBJECTS:
        end -= 1
    return words[: end + (words[end - 1] in _SUBJECTS)] if end < len(words) else []
