"""The question for a lost number, put so that whoever sees only what is left understands it."""

from __future__ import annotations

import re

from perturb.core.asking import missing_at, number_asked, number_missing, reply
from perturb.core.stems import stem
from perturb.core.text import WORD
from perturb.core.verdict import Case

_OF = re.compile(r"How many (?:[a-z'’-]+ )*?(?P<thing>[a-z'’-]+)\?")


def asked_for(case: Case, start: int, end: int, lost: tuple[int, int]) -> tuple[str, str]:
    """Ask for a lost number so that whoever sees only the rest understands it ("How many eggs?", "16 eggs.").

    Not as the text itself asks ("How many figures fit on his shelves?"), nor of what went along and is named nowhere.
    """
    source = case.source
    ask, says = number_asked(source, start, end, lost)
    gone = missing_at(source.raw, *lost), reply(source.raw[slice(*lost)], "number")
    if ask.startswith("How much money") and 0 < lost[0] < start - 1 and end <= lost[1] < len(source.raw.rstrip()):
        return gone  # "He sells each jar[ for $50]."
    of = _OF.fullmatch(ask)
    if of is None or lost[1] - lost[0] < end - start + 12:
        return ask, says
    thing = stem(of["thing"])
    if thing in case.question and thing in _wanted(case):
        return number_missing(source, start, end)
    if thing in map(stem, case.left):
        return ask, says
    said = case.lexis.functions | {"square", "cubic"}
    words = (w[0].lower() for w in WORD.finditer(source.raw, *lost))
    told = any(w.isalpha() and len(w) > 3 and stem(w) != thing and w not in said for w in words)
    return (ask, says) if case.lexis.kinds.get(of["thing"]) == "unit" and not told else gone


_BEHIND = re.compile(r"(?: (?!than\b|to\b)[A-Za-z-]+){0,2}")
_OF_THEM = re.compile(r" of (?:them|those|these|(?:the|his|her|their|my|our) (?:[a-z-]+ ){0,2}?[a-z-]{3,}s)\b")


def vaguely_asked(case: Case, ask: str, new: str, start: int, end: int) -> str:
    """Ask for an amount that was said roughly by what was said, where its name alone might be what the text asks ("some marbles")."""
    raw, of = case.source.raw, _OF.fullmatch(ask)
    if of is not None and stem(of["thing"]) in _wanted(case):
        thing = re.match(rf"(?: [a-z-]+)*? {re.escape(of['thing'])}\b", raw[end:])
        return f"How many are “{new.strip()}{thing[0]}”?" if thing else ask
    them = _OF_THEM.match(raw, end)
    if them or ask.startswith("Which number"):
        # With the words around it, so that it is plain which: “He sold some of them”, “eggs and finds some more”.
        before = re.split(r"[.?!]\s", raw[:start])[-1].split()[-3:]
        behind = them or _BEHIND.match(raw, end)
        return f"How many are meant by “{' '.join([*before, new.strip()])}{behind[0] if behind else ''}”?"
    return ask


def _wanted(case: Case) -> set[str]:
    """Give the stems of what a text asks the number of ("How many total action figures could …" -> total, action, figur)."""
    text = f"{case.source.raw} {case.evidence.beside}"
    return {stem(w) for m in re.finditer(r"[Hh]ow many ((?:[a-z-]+ ){1,4})", text) for w in m[1].split()}
