"""What most readers put themselves at the end of a text that stops: the rest of a name, of a term, of a word, what a passage says."""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.endings import (
    SPAN,
    amount_in,
    asked_for,
    goes_on,
    named_to,
    open_ended,
    plain,
    spare,
    stub,
    telling,
    without_means,
    word_guessed,
)
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
    content = [w for w in without_means(gone) if w not in case.lexis.functions and w not in case.lexis.polite]
    return (
        _told(case, begins < start, content)
        or (not amount_in(case, start, end) and goes_on(case, begins, start, end))
        or (start > begins and word_guessed(case, begins, start, end))
        or _of_course(case, content)
        or (plain(case, start, end) and (offered(case, content, 1) or _aside(case, begins, content)))
        or (not amount_in(case, start, end) and _other_of_two(case, begins, content))
        or _where_told(case, begins, start, end, content)
        or much_said(case, begins)
        or _told_of(case, begins)
        or _clause_said(case, begins)
        or (open_ended(case) and len(telling(case)) > 5 and SPAN.fullmatch(raw, start, end) is not None)
    )


def _told(case: Case, inside: bool, content: list[str]) -> bool:
    """Tell whether a text beside the question names what is gone, or may well answer what is left ("are they in one food[ chain]")."""
    if not case.evidence.passage:
        return False
    said = telling(case)
    asked = any(case.lexis.kinds.get(w) == "question" for w in case.left)
    beside = case.evidence.beside.replace(case.source.raw, "").lower()
    beside = f"{beside} {beside.replace('-', '')}"  # "kick-off" tells of a "kickoff"
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


def _rare(case: Case, word: str) -> bool:
    """Tell whether a word is one that few texts have: it says as much as two ("who voices randye in")."""
    common = case.lexis.common()
    if not word.isalpha() or len(word) < 4 or stem(word) in common:
        return False
    joined = any(stem(word[:at]) in common and stem(word[at:]) in common for at in range(3, len(word) - 2))
    return len(word) < 9 or not (joined or _MADE.search(word))


# Parts that make a word a longer one of everyday ones: "celebrities", "smartphone" (of "smart" and "phone").
_MADE = re.compile(
    r"(?:ions?|ments?|ness|ing|ed|ly|ity|ities|able|ible|ous|ive|al|er|ers|or|ors|ships?|isms?|ists?|ful|less|ant|ent|ance|ence|ary|ory|ic|ize|ise)$"
)


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
    small = {*_OF_COURSE, *asked_for(case), *spare(case)}
    gone = len([w for w in content if w not in small and stem(w) not in known])
    said = len(telling(case)) + len([w for w in telling(case) if _rare(case, w)])
    little = any(said > most and gone < few for most, few in _LITTLE)
    return little or (said > 5 and _ADDITION.search(case.source.raw[:begins].rstrip().lower()) is not None)


def _told_of(case: Case, begins: int) -> bool:
    """Tell whether a thing that is asked for is named before a clause about it that stops ("host of the late show who was"))."""
    raw = case.source.raw[:begins]
    m = _ABOUT.search(raw)
    if m is None or case.evidence.task != "qa" or case.evidence.all_slots:
        return False
    named = WORD.findall(raw[: m.start()])
    small = case.lexis.functions | case.lexis.polite
    asks = any(case.lexis.kinds.get(w.lower()) == "question" for w in named)
    return not asks and "." not in raw and len([w for w in named if w.lower() not in small]) > 2


_ABOUT = re.compile(r" (?:who|which|that|whose)\b", re.IGNORECASE)


def _where_told(case: Case, begins: int, start: int, end: int, content: list[str]) -> bool:
    """Tell whether only a date or a place went from a question that names one thing anyway ("Who proposed these axioms in[ 1974]")."""
    raw, said = case.source.raw, len(telling(case))
    if open_ended(case):
        return said > 3 and _DATE.fullmatch(raw, start, end) is not None
    if case.evidence.task != "qa" or case.evidence.all_slots or COMES_ROUND.search(raw, *case.asking):
        return False
    if _DATE.fullmatch(raw, start, end) or SPAN.fullmatch(raw, start, end):
        return said > 2
    if _TIME.search(raw[:begins].rstrip().lower()):
        return said > 2
    placed = raw[:begins].split()[-1:] == ["in"] and not amount_in(case, start, end)
    return placed and said > 4 and len(content) < 3


_TIME = re.compile(r"\b(?:during|before|after|since|until)(?: the)?$")
_DATE = re.compile(
    r"\W*(?:the )?(?:year )?(?:(?:early|mid|late)[ -])?(?:(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d+(?:st|nd|rd|th)?)?"
    r"(?: of)?,? )?(?:1[0-9]|20)\d\ds?|\d+th century)\W*",
    re.IGNORECASE,
)


def much_said(case: Case, begins: int) -> bool:
    """Tell whether whole sentences before the one that stops say what is wanted, and much of it."""
    before = _WHOLE.split(case.source.raw[:begins])[:-1]  # small letters may begin a sentence, too
    wanted = any(s.rstrip().endswith("?") or _WANTS.match(s) for s in before)
    said = len(telling(case)) if before else 0
    return open_ended(case) and said > (8 if wanted else 25)


_WHOLE = re.compile(r"(?<=[.?!])[\"”')]*\s+|\n")


def _clause_said(case: Case, begins: int) -> bool:
    """Tell whether a sentence that stops asks for something in full before its last comma ("Rewrite the joke …, no other language is al")."""
    raw = case.source.raw
    start = max((s for s, _ in case.source.sentences() if s < begins), default=begins)
    comma = raw.rfind(", ", start, begins)
    small = case.lexis.functions | case.lexis.polite
    said = [w for w in WORD.findall(raw, start, max(comma, start)) if w.lower() not in small]
    return open_ended(case) and comma > 0 and len(said) > 3 and _WANTS.match(raw, start) is not None


_WANTS = re.compile(
    r"\W*(?:(?:please|first|then|now|you|should|must),? )*(?:write|create|make|generate|provide|give|find|calculate|compute|determine|"
    r"compose|draft|design|suggest|develop|list|show|propose|explain|describe|answer|repeat|conduct|act|compare|rewrite|summari[sz]e|"
    r"translate|extract|monitor|search|recommend|set|keep|track|analy[sz]e|outline|identify|research|craft|convert|sort|build|plan|"
    r"establish|help|tell|focus|teach|how|what|which|why|(?:can|could|i want|i need|your) )\b",
    re.IGNORECASE,
)


def _of_course(case: Case, content: list[str]) -> bool:
    """Tell whether what is gone says next to nothing ("are rice and glass noodles the[ same]", "solve a[ problem]")."""
    said = {stem(w) for w in case.left} | _ANSWER
    small = _OF_COURSE | spare(case)
    return all(w in small or w in asked_for(case) or stem(w) in said for w in content)


_ANSWER = frozenset(map(stem, "response answer reply output previous earlier".split()))  # "in[ your response]"


_OF_COURSE = frozenset(
    "same own problem problems question questions thing things way ways people person one ones case cases year day time doing us usa "
    "united states america world earth sun moon sky night universe history end internet web market example common today now "
    "there please thanks human humans technique techniques method methods tip tips effective".split()
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
    if _one_of_two(case, start, end) or _same_there(case, start, end, names):
        return True
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


def _one_of_two(case: Case, start: int, end: int) -> bool:
    """Tell whether one of two names is gone of which the same is said ("[Oslo ]and Bergen lie in which country?")."""
    raw = case.source.raw
    if case.evidence.task == "math" or case.evidence.all_slots or _COMPARED.search(raw):
        return False
    first = not start and re.match(r"(?:and|or) [A-Z]", raw[end:])
    return bool(first or re.fullmatch(r",? (?:and|or) [A-Z][\w’'-]*\W*", raw[start:end]))


_COMPARED = re.compile(
    r"\b(?:between|from|both|either|which of|than|difference|differ|compare|apart|far|distance|versus|vs|each|together|same|[a-z]{3,}er)\b",
    re.IGNORECASE,
)


def _same_there(case: Case, start: int, end: int, names: dict[str, int]) -> bool:
    """Tell whether the answer that is known names no place, so that it holds without ("[In the U.K., ]how can you …")."""
    raw, gold = case.source.raw, case.evidence.gold.lower().replace(".", "")
    asked = case.evidence.task == "qa" and not case.evidence.all_slots and not COMES_ROUND.search(raw, *case.asking)
    placed = re.match(r"\W*(?:in|at) ", raw[start:end], re.IGNORECASE)
    return bool(asked and gold and placed) and not any(n.lower().replace(".", "") in gold for n in names)


_REGION = re.compile(r"(?:, ?[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*)*)+[\s.?!]*")
_HERE = frozenset("in the u s us usa united states america".split())
