"""A term or a name of which only the beginning is left ("articles of", "Yellowstone"): where would it have ended?"""

from __future__ import annotations

import re

from perturb.core.stems import stem
from perturb.core.telling import plain, question_ends, telling
from perturb.core.text import NAME, WORD
from perturb.core.verdict import Case


def goes_on(case: Case, begins: int, start: int, end: int) -> bool:
    """Tell whether the last words left begin a term that has few endings ("articles of"), or a name that says enough without its end."""
    after = named_to(case, begins, start, end)
    if not after:
        return False
    more = [w[0].lower() for w in WORD.finditer(case.source.raw, after, end)]
    small = {*case.lexis.functions, *case.lexis.polite, *question_ends(case)}
    more = [w for w in more if w not in small and w[-2:] != "ly"]
    return plain(case, after, end) and (not more or len(more) == 1 and len(telling(case)) > 1)


def named_to(case: Case, begins: int, start: int, end: int) -> int:
    """Find where such a term or name ends, 0 where there is none."""
    return max(_name_end(case, begins, start, end), _term_end(case, begins, start, end))


def _term_end(case: Case, begins: int, start: int, end: int) -> int:
    """Find where a term ends of which a text's last words are the beginning ("articles of[ confederation]"), 0 where there is none."""
    raw, ends = case.source.raw, case.lexis.ends()
    left = [w[0].lower() for w in WORD.finditer(raw, 0, begins)][-4:]
    rest = list(WORD.finditer(raw, begins, end))
    for n in range(len(left), 0, -1):
        words, after = left[-n:], 0
        for m in rest:
            nexts = (ends.get(" ".join(words)) or ends.get(" ".join(map(_one, words)), "")).split()
            seen = raw[begins:start].lower() if m.start() == begins else ""
            nexts = [w for w in nexts if w.startswith(seen)]
            if stem(m[0].lower()) not in map(stem, nexts) or len(nexts) > _FEW:
                break
            words.append(m[0].lower())
            after = m.end() if m[0].lower() not in case.lexis.functions else after
        if after:
            return after
    return 0


def _one(word: str) -> str:
    """Give a word without its plural's ending ("laws" -> "law", "glass" and "newton's" as they are)."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "s'’" else word.replace("’", "'")


_FEW = 3


def _name_end(case: Case, begins: int, start: int, end: int) -> int:
    """Find where a name ends of which a telling part is left ("Yellowstone[ National Park]"), 0 where there is none."""
    source, at = case.source, begins
    while at < end and not source.raw[at].isalnum():
        at += 1  # "Sky[+ Box]"
    begins = max(begins, at)
    before = re.split(r"\s", source.raw[:begins].rstrip(" +&-–"))[-1]
    if before.lower() in case.lexis.functions:
        return 0  # "between San Francisco and[ Sydney]"
    if not (
        before
        and source.raw[begins - 1].isspace()
        and (source.mask[begins - 2] == NAME or before[:1].isupper() or before in case.lexis.genders)
    ):
        return 0
    while at < end and source.mask[at] == NAME:
        at += 1
    first = source.raw.rfind(before, 0, begins)
    while first > 1 and source.mask[first - 1] == source.mask[first] == NAME and source.raw[first - 1] not in ".?!,;":
        first -= 1
    if source.mask[first] != NAME and first in {s for s, _ in source.sentences()}:
        return 0  # a capital of the first word
    kept = [w[0].lower() for w in WORD.finditer(source.raw, first, start)]
    known = [w for w in kept if w not in _BEGINNINGS and w not in case.lexis.functions and len(w) > 2]
    little = len(telling(case)) < (5 if case.evidence.all_slots else 3)
    person = len(kept) == 1 and kept[0] in case.lexis.genders and little
    return at if known and at > begins and not person else 0


# With these begin many names: "New[ York]", "United[ Kingdom]", "University of[ Oxford]".
_BEGINNINGS = frozenset(
    "new united north south east west northern southern eastern western great royal national american british english "
    "french german chinese indian first second third saint san santa los las la el le prince princess king queen lord lady sir duke "
    "president minister general captain doctor professor mount lake river port fort cape university college school bank battle war "
    "world super grand big old little high lower upper central american house street city state republic democratic federal black "
    "white red blue green golden silver young good bad mr mrs ms miss dr pope emperor game lord star".split()
)
