"""What most readers put themselves at the end of a text that stops: the rest of a name, of a term, of a word, what a passage says."""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.endings import amount_in, asked_for, goes_on, named_to, plain, stub, telling, word_guessed
from perturb.core.stems import stem
from perturb.core.text import NAME, WORD
from perturb.core.verdict import Case

# What comes round, so that only a year tells which: "who won the final", "who was king".
COMES_ROUND = re.compile(
    r"\b(?:w[io]n|winners?|most|highest|lowest|largest|final|finals|championship|award|election|season|super ?bowl|world cup|anthem|"
    r"halftime|olympics|ruler|king|queen|president|prime minister|governor|mayor|captain|coach|population|rate|price)\b",
    re.IGNORECASE,
)


def guessed(case: Case, start: int, end: int) -> bool:
    """Tell whether most would guess what a text lost at its end ("European[ Commission]", "income tax[ return]", "in the b[ible]")."""
    raw = case.source.raw
    while start < end and raw[start].isspace():
        start += 1
    begins = start - len(stub(raw, start))
    gone = [w[0].lower() for w in WORD.finditer(raw, begins, end)]
    content = [w for w in gone if w not in case.lexis.functions and w not in case.lexis.polite]
    return (
        _told(case, begins < start, content)
        or (not amount_in(case, start, end) and goes_on(case, begins, start, end))
        or (start > begins and word_guessed(case, begins, start, end))
        or _of_course(case, content)
        or (plain(case, start, end) and (offered(case, content, 1) or _aside(case, begins, content)))
        or (not amount_in(case, start, end) and _other_of_two(case, begins, content))
        or _where_told(case, begins, start, end, content)
        or much_said(case, begins)
    )


def _told(case: Case, inside: bool, content: list[str]) -> bool:
    """Tell whether a text beside the question names what is gone, or may well answer what is left ("are they in one food[ chain]")."""
    if not case.evidence.passage:
        return False
    said = telling(case)
    asked = any(case.lexis.kinds.get(w) == "question" for w in case.left)
    beside = case.evidence.beside.replace(case.source.raw, "").lower()
    if inside or (said and (len(said) > 1 if asked else len(beside) > _LONG)):
        return True  # "What abolished slavery in the"; a long text beside "does the navy have a" is about what it asks
    told = [w for w in content if w[: max(4, len(w) - 2)] in beside or w in _OF_COURSE]
    about = said or not asked or len(told) == len(content)
    return bool(beside and about) and len(told) * (2 if asked else 4) >= len(content)


_LONG = 150


def offered(case: Case, words: list[str], least: int = 0) -> bool:
    """Tell whether words, or the ``least`` number of them, are of the one function that an item offers ("[the volume]", set_volume)."""
    known, said = {stem(w) for w in case.evidence.tools.split()}, {stem(w) for w in words}
    return bool(known and said) and len(said & known) >= (least or len(said))


_LITTLE = ((2, 2), (4, 3), (6, 4))  # so many words that say what it is about, and so few of them gone


def _other_of_two(case: Case, begins: int, content: list[str]) -> bool:
    """Tell whether the other of two is gone ("an officer and a[ gentleman]", "Android and[ iOS phones]")."""
    named = _PAIR.search(case.source.raw[:begins].rstrip().lower())
    return named is not None and len(content) < 4 and not case.evidence.all_slots


_PAIR = re.compile(r"\w (?:and|or)(?: an?| the| his| her| its| their)?$")
_ADDITION = re.compile(
    r"(?:, (?:with|without|so|but|because|since|as|while|when|unless)|\b(?:during|after|before|while|although|though|unless)|\bso that(?: \w+){0,7}|\([^()]*)$"
)


def _aside(case: Case, begins: int, content: list[str]) -> bool:
    """Tell whether little is gone behind much that is said: a word or two ("with one word in its[ name]"), an addition."""
    known = {stem(w) for w in case.left}
    spare = {*_OF_COURSE, *asked_for(case)}
    said, gone = len(telling(case)), len([w for w in content if w not in spare and stem(w) not in known])
    little = any(said > most and gone < few for most, few in _LITTLE)
    return little or (said > 5 and _ADDITION.search(case.source.raw[:begins].rstrip().lower()) is not None)


def _where_told(case: Case, begins: int, start: int, end: int, content: list[str]) -> bool:
    """Tell whether only a date or a place went from a question that names one thing anyway ("Who proposed these axioms in[ 1974]")."""
    raw, said = case.source.raw, len(telling(case))
    if case.evidence.task != "qa" or case.evidence.all_slots or COMES_ROUND.search(raw, *case.asking):
        return False
    if _DATE.fullmatch(raw, start, end):
        return said > 2
    placed = raw[:begins].split()[-1:] == ["in"] and not amount_in(case, start, end)
    return placed and said > 4 and len(content) < 3


_DATE = re.compile(
    r"\W*(?:the )?(?:(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d+(?:st|nd|rd|th)?)?"
    r"(?: of)?,? )?(?:1[0-9]|20)\d\ds?|\d+th century)\W*",
    re.IGNORECASE,
)


def much_said(case: Case, begins: int) -> bool:
    """Tell whether whole sentences before the one that stops say what is wanted, and much of it."""
    before = [case.source.raw[s:e] for s, e in case.source.sentences() if e <= begins]
    wanted = any(s.rstrip().endswith("?") or _WANTS.match(s) for s in before)
    said = len(telling(case)) if before else 0
    open_end = (
        case.evidence.needed is None and case.evidence.task in ("chat", "instruct") and not case.evidence.all_slots
    )
    return open_end and said > (8 if wanted else 25)


_WANTS = re.compile(
    r"\W*(?:(?:please|first|then|now|you|should|must),? )*(?:write|create|make|generate|provide|give|find|calculate|compute|determine|"
    r"compose|draft|design|suggest|develop|list|show|propose|explain|describe|answer|repeat|conduct|act|compare|rewrite|summari[sz]e|"
    r"translate|extract|help|tell|focus|teach|how|what|which|why|(?:can|could|i want|i need|your) )\b",
    re.IGNORECASE,
)


def _of_course(case: Case, content: list[str]) -> bool:
    """Tell whether what is gone says next to nothing ("are rice and glass noodles the[ same]", "solve a[ problem]")."""
    said = {stem(w) for w in case.left} | _ANSWER
    if content[:1] == ["using"]:
        return True  # "by using regex"
    return all(w in _OF_COURSE or w in asked_for(case) or stem(w) in said for w in content)


_ANSWER = frozenset(map(stem, "response answer reply output previous earlier".split()))  # "in[ your response]"


_OF_COURSE = frozenset(
    "same own problem problems question questions thing things way ways people person one ones case cases year day time doing us usa "
    "united states america world earth sun moon end internet web market example there please thanks".split()
)


def names_guessed(case: Case, loss: Labelled, names: dict[str, int]) -> bool:
    """Tell whether most would guess the names that an edit took ("[chris ]cornell", "the sculpture 'David'[ by Michelangelo]")."""
    start, end, new, _ = loss
    raw = case.source.raw
    if not names or any(c.isalnum() for c in new):
        return False
    words = {w[0].lower() for w in WORD.finditer(raw, start, end)}
    if words <= _HERE and not COMES_ROUND.search(raw, *case.asking):
        return True  # "How does one become a judge[ in the U.S.]"
    if not start:
        following = WORD.match(raw, end)
        small = case.lexis.functions | case.lexis.kinds.keys()
        return case.evidence.task != "math" and following is not None and following[0].lower() not in small
    if raw[end:].lstrip()[:1] == ":":
        return True  # "[from the following URL]: https://…"
    if start and case.source.mask[start - 1] == NAME and _REGION.fullmatch(raw, start, end):
        return True  # "Sydney[, Australia]"
    if re.match(r"\s*by ", raw[start:end]) and raw[:start].rstrip()[-1:] in "'’\"”":
        return True
    if end < len(raw.rstrip(" \t\n.?!")):
        return False
    begins = start + (raw[start] == " ")
    first = max(at + len(name) for name, at in names.items())
    return (
        guessed(case, start, end) or named_to(case, begins, begins, end) >= first
    )  # what else went is judged by itself


_REGION = re.compile(r"(?:, ?[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*)*)+[\s.?!]*")
_HERE = frozenset("in the u s us usa united states america".split())
