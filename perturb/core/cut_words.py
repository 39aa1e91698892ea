"""A word of which only its first letters are left: would most readers guess it?"""

from __future__ import annotations

import re

from perturb.core.stems import stem
from perturb.core.telling import SPAN, open_ended, plain, question_ends, spare, telling, without_means
from perturb.core.text import NAME, WORD
from perturb.core.verdict import Case


def stub(raw: str, at: int) -> str:
    """Give the part of a word that stands before ``at`` where it goes on there ("Where is the sta|tion", 16 -> "sta")."""
    begins = at
    while begins > 0 and raw[at : at + 1].isalnum() and raw[begins - 1].isalnum():
        begins -= 1
    return raw[begins:at]


def word_guessed(case: Case, begins: int, start: int, end: int) -> bool:
    """Tell whether most would guess a word of which a part is there ("psychop", "8.5 million square ki", "how many ribs do h")."""
    source, lexis, seen = case.source, case.lexis, start - begins
    rest, gone = source.raw[start:end], [w[0].lower() for w in WORD.finditer(source.raw, begins, end)]
    if seen > 1 and len(rest.strip(" ?.!")) < 4 and " " not in rest.strip():
        return True  # "great brit", "electrical ta"
    more = _more(case, gone, seen)
    if _word_told(case, gone, rest, seen, more):
        return True
    if seen >= 3 and (len(more) < 2 or _ENDING.match(source.raw, start)):
        return True
    named = begins > 1 and source.mask[begins] == NAME and source.mask[begins - 2] == NAME
    if seen > 1 and not more and (lexis.kinds.get(gone[0]) == "unit" or named):
        return True
    others = WORD.search(rest, re.match(r"\w*", rest).end())  # type: ignore[union-attr]
    if others is not None and not plain(case, start + others.start(), end):
        return False
    known = len(telling(case)) - (seen > 1)  # what is there of the word is none
    few = 3 if named and known > 2 else next(few for least, few in _FEW_MORE[min(seen, 3)] if known >= least)
    return len(more) < few


def _word_told(case: Case, gone: list[str], rest: str, seen: int, more: list[str]) -> bool:
    """Tell whether a word is plain from its first letters or from the question, and little else went: nothing, a span of time, a detail."""
    known, letters = len(telling(case)) - (seen > 1), len(re.match(r"\w*", rest)[0])  # type: ignore[index]
    again = stem(gone[0]) in {stem(w) for w in case.left[:-1]}  # "the type and size of each f[ile]"
    short = letters < 4 and seen > 1
    if not more and (gone[0] in question_ends(case) or short):
        return True  # "how much does it c", "what does it st", "what do the lines on your pa[lm mean]"
    if gone[0] in question_ends(case) and known > 1 and len(more) < 2 and case.evidence.task == "qa":
        return not case.evidence.all_slots  # "when is the running of the bulls h[eld in spain]"
    behind = rest[letters:]
    if seen > 1 and SPAN.fullmatch(behind) and (open_ended(case) or known > 4):
        return True  # "a plan for my exa[ms in two months]", "what do we know will ha[ppen in the next ten years]"
    if case.evidence.all_slots or case.evidence.task == "math":
        return False
    if seen > 1 and letters < 6 and known > 3 and open_ended(case) and behind[:2] in (". ", "? ", ", ", " ("):
        return True  # "when I do not have a sc[reen. I need …]"
    left = len([w for w in more if not w.isdigit()])
    much = (
        (seen > 2 and short and known > 3 and left < 3)
        or (known > 5 and left < 2)
        or (seen > 1 and short and known > 2 and left < 2)
    )
    return much or (again and known > 2 and len(more) < 3)


# By how many letters are there (1, 2, or 3 and more): with at least so many telling words left, so many other words gone are
# too many.
_FEW_MORE = {
    1: ((7, 4), (4, 2), (2, 1), (0, 0)),
    2: ((7, 4), (3, 3), (2, 2), (0, 0)),
    3: ((3, 4), (2, 3), (0, 0)),
}
_ENDING = re.compile(r"(?:ed|e?s|ing|ly)\b")  # "no other language is allow", and all before it is whole


def _more(case: Case, gone: list[str], seen: int) -> list[str]:
    """List the telling words that went behind a word of which a part is there; not those that stand elsewhere or end its term."""
    said = {stem(w) for w in case.left}
    nexts = case.lexis.ends().get(gone[0], "").split() if seen > 2 else []
    rest = gone[2:] if gone[1:2] and gone[1] in nexts else gone[1:]  # "the execu[tive branch]"
    if rest[:1] == ["of"] and "".join(rest[1:2]) in case.lexis.ends().get(f"{gone[0]} of", "").split():
        rest = rest[2:]  # "the music h[all of fame]"
    if open_ended(case) and (rest[:1] == ["for"] and len(rest) < 4 or (rest[:1] == ["to"] and len(telling(case)) > 2)):
        rest = []  # "encrypt my e[mails for privacy]", "a budget p[lan to save for a car]"
    small = {*case.lexis.functions, *case.lexis.polite, *question_ends(case), *spare(case), *_NOW}
    return [w for w in without_means(rest) if w not in small and stem(w) not in said]


_NOW = frozenset("today now current currently new nowadays two us usa u s direction order equivalent".split())
