"""Parts of a message by form: what it is cut into, what is only polite, what only leads up to a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from perturb.core.text import LOCKED, WORD, Edit, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.lexicon import words
from perturb.language.places import is_base_verb

_PIECE = re.compile(r"\S+")
_LEFT_OVER = ' \t\r\n,;:-–—([{"“‘&/+'  # no text ends on these because its end was lost


@lru_cache(maxsize=64)
def pieces(raw: str) -> tuple[tuple[int, int], ...]:
    """Split at white space; what has no letter or digit belongs to the piece before ("$ 5 - x" -> "$", "5 -", "x")."""
    found: list[tuple[int, int]] = []
    for m in _PIECE.finditer(raw):
        if found and not any(c.isalnum() for c in m[0]):
            found[-1] = found[-1][0], m.end()
        else:
            found.append(m.span())
    return tuple(found)


def clean_end(raw: str, at: int) -> int:
    """Step back over marks that stand before something ("Hi, -" -> the end of "Hi"), and out of a number in words."""
    while at > 0 and raw[at - 1] in _LEFT_OVER:
        at -= 1
    if in_number(raw, at):
        return clean_end(raw, max(0, raw.rfind(" ", 0, at)))
    return at


def in_number(raw: str, at: int) -> bool:
    """Tell whether a place is within a number said in words ("eighteen thousand | ninety-six")."""
    before = _LAST.search(raw[max(0, at - 24) : at])
    after = _NEXT.match(raw, at)
    return (
        before is not None
        and after is not None
        and before[1].lower() in NUMBER_WORDS
        and after[1].lower() in NUMBER_WORDS
    )


_LAST = re.compile(r"([A-Za-z]+)(?: and)?[\s-]*\Z")
_NEXT = re.compile(r"[\s-]*(?:and )?([A-Za-z]+)")


def starts(raw: str, before: tuple[int, int], piece: tuple[int, int], first: bool) -> bool:
    """Tell whether a text may begin with this piece once those before are lost: a clause does, a thing with what belongs to it.

    "there a sequel" and "is the largest" are no beginnings, nor is "process" of "a vital process".
    """
    last, word = raw[slice(*before)].lower(), raw[slice(*piece)].lower().strip(".,;:!?\"'()")
    if not last[-1].isalnum():
        return word not in _NO_START
    if word in _NO_START or word in _NO_OPENING or (last == "to" and is_base_verb(word)):
        return False
    named = raw[before[0]].isupper() and raw[piece[0]].isupper() and last not in words("functions")  # "New York"
    if last in ("most", "least", "more", "very") or (named and not is_base_verb(last)):
        return False
    known, plain = words("functions"), last.isalpha() and word.isalpha()
    return first or not plain or last in known or word in known or last in NUMBER_WORDS or is_base_verb(last)


_NO_START = frozenset("of than there me us him them out up off".split())
_NO_OPENING = frozenset(
    "am is are was were be been being do does did has had can could will would shall should may might must and or but nor to "
    "many much long old far often that".split()
)


OPENING = re.compile(
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|dear (?:sir|madam|team|all))"
    r"(?: (?:there|all|everyone|team|guys|folks|sir|madam|again))?(?: please)?\s*[,.!:;–-]+\s*|please,?\s+(?=\w)",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"(?:,? (?:please|pls|kindly)(?=\s*(?:[?.!]|$))| (?:please|pls|kindly),?(?= \w)|\bkindly )", re.IGNORECASE
)
CLOSING = re.compile(
    r"[\s,]*\b(?:(?:many |much )?thank(?:s| you)(?: (?:so much|very much|a lot|a million|again|guys|all|everyone))?"
    r"(?: (?:in advance|(?:for (?:your|the|any|all) \w+(?: \w+)?)))?|cheers|(?:kind |best )?regards)\s*[.!]*\s*$",
    re.IGNORECASE,
)


FILLED = re.compile(
    r"(?:(?:can|could|would) you (?:please )?(?:tell|show|explain to|help) me|please tell me"
    r"|i (?:want|need|would like|'d like) to know|do you know|i(?:'m| am) (?:wondering|looking for|trying to)"
    r"|i was wondering|i (?:want|need|would like|have) to|i'd like to|i would appreciate it if (?:i|you) could"
    r"|is there (?:a|any) way to|tell me|what(?: is|'s|s| are| was| were)(?! not\b)"
    r"|who (?:is|was|are|were)(?= (?:the|a|an) )|what(?! (?:about|if)\b|'))\b\s*(?:about )?",
    re.IGNORECASE,
)  # fmt: skip
HOW_TO = re.compile(r"(?<=\bhow )(?:do|can|could|should|would) (?:i|you|we|one|people)\b", re.IGNORECASE)


def without(text: Text, start: int, end: int) -> list[Edit]:
    """Drop the beginning of a sentence and hand its capital on ("I need" -> "Need")."""
    edits: list[Edit] = [(start, end, "")]
    raw = text.raw
    if raw[start].isupper() and end < len(raw) and raw[end].islower() and text.level(end, end + 1) < LOCKED:
        edits.append((end, end + 1, raw[end].upper()))
    return edits


def holes(text: Text, gone: bytearray) -> Iterator[Edit]:
    """Turn dropped words into edits that leave single spaces, and drop the final mark."""
    raw = text.raw
    end = len(raw)
    while end > 0 and (raw[end - 1] in " \t\n?.!," or gone[end - 1]):
        end -= 1
    at = gone.find(1, 0, end)
    while at >= 0:
        stop = at
        while stop < end and (gone[stop] or raw[stop] in " \t,"):
            stop += 1
        yield at, stop, ""
        at = gone.find(1, stop, end)
    if end < len(raw):
        yield end, len(raw), ""


def left(text: Text, edits: list[Edit]) -> int:
    """Count the words that would stay."""
    starts = [m.start() for m in WORD.finditer(text.raw)]
    return sum(1 for at in starts if not any(start <= at < end and not new for start, end, new in edits))
