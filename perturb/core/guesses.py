"""What most readers can supply themselves at the end of a text that stops: the rest of a name, a term or a word, what a passage says."""

from __future__ import annotations

import re

from perturb.core.cut_terms import goes_on, named_to
from perturb.core.cut_words import stub, word_guessed
from perturb.core.edits import Labelled
from perturb.core.said_in_full import (
    COMES_ROUND,
    COMPARED,
    MOST,
    asked_before,
    clause_said,
    much_said,
    name_told,
    rare,
    title_begun,
    told_of,
    where_told,
)
from perturb.core.stems import stem
from perturb.core.telling import SPAN, amount_in, open_ended, plain, question_ends, spare, telling, without_means
from perturb.core.text import NAME, WORD
from perturb.core.verdict import Case


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
        or where_told(case, begins, start, end, content)
        or much_said(case, begins)
        or told_of(case, begins)
        or asked_before(case, begins)
        or title_begun(case, begins, content)
        or name_told(case, begins)
        or clause_said(case, begins)
        or (open_ended(case) and len(telling(case)) > 5 and SPAN.fullmatch(raw, start, end) is not None)
    )


def _told(case: Case, inside: bool, content: list[str]) -> bool:
    """Tell whether a passage names what is gone, or may well answer what is left of the question ("are they in one food[ chain]")."""
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
    """Tell whether words, all or at least ``least`` of them, are words of the only function that an item offers ("[the volume]", set_volume)."""
    known, said = {stem(w) for w in case.evidence.tools.split()}, {stem(w) for w in words}
    return bool(known and said) and len(said & known) >= (least or len(said))


_LITTLE = ((2, 2), (4, 3), (6, 4))  # so many words that say what it is about, and so few of them gone


def _other_of_two(case: Case, begins: int, content: list[str]) -> bool:
    """Tell whether the other of two is gone ("an officer and a[ gentleman]", "Android and[ iOS phones]")."""
    named = _PAIR.search(case.source.raw[:begins].rstrip().lower())
    few = len([w for w in content if w not in spare(case)]) < 4
    return named is not None and few and not case.evidence.all_slots


_PAIR = re.compile(r"\w (?:and|or)(?: an?| the| his| her| its| their)?$")
_ADDITION = re.compile(
    r"(?:, (?:with|without|so|but|because|since|as|while|when|unless)|\b(?:during|after|before|while|although|though|unless)|\bso that(?: \w+){0,7}|\([^()]*)$"
)


def _aside(case: Case, begins: int, content: list[str]) -> bool:
    """Tell whether a text says much and lost little at its end: a word or two ("with one word in its[ name]"), or a mere addition."""
    known = {stem(w) for w in case.left}
    small = {*_OF_COURSE, *question_ends(case), *spare(case)}
    gone = len([w for w in content if w not in small and stem(w) not in known])
    said = len(telling(case)) + 2 * len([w for w in telling(case) if rare(case, w)])
    little = any(said > most and gone < few for most, few in _LITTLE)
    return little or (said > 5 and _ADDITION.search(case.source.raw[:begins].rstrip().lower()) is not None)


def _of_course(case: Case, content: list[str]) -> bool:
    """Tell whether what is gone says next to nothing ("are rice and glass noodles the[ same]", "solve a[ problem]")."""
    of_program = spare(case) - {"two"}
    contained = content and content[-1] in of_program and len(content) < 4 and "two" not in content
    if contained and len(telling(case)) > 1 and _FROM.search(" ".join(case.left)):
        return True  # "the even numbers from[ a mixed list]"
    if content and set(content) <= _HERE and MOST.search(case.source.raw.lower()):
        return False  # "the largest city[ in the U.S]"
    said = {stem(w) for w in case.left} | _ANSWER
    small = _OF_COURSE | spare(case)
    return all(w in small or w in question_ends(case) or stem(w) in said for w in content)


_FROM = re.compile(r"\b(?:in|of|from)(?: an?| the)?$")
_ANSWER = frozenset(map(stem, "response answer reply output previous earlier".split()))  # "in[ your response]"


_OF_COURSE = frozenset(
    "same own problem problems question questions thing things way ways people person one ones case cases year day time doing us usa "
    "united states america u s world earth sun moon sky night universe history end internet web market example common today now "
    "there please thanks human humans technique techniques method methods tip tips effective lyrics song songs movie movies film films book books novel series show direction order".split()
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
    """Tell whether one of two names is gone and the question is the same for both ("[Oslo ]and Bergen lie in which country?")."""
    raw = case.source.raw
    if case.evidence.task == "math" or case.evidence.all_slots or COMPARED.search(raw):
        return False
    first = not start and re.match(r"(?:and|or) [A-Z]", raw[end:])
    return bool(first or re.fullmatch(r",? (?:and|or) [A-Z][\w’'-]*\W*", raw[start:end]))


def _same_there(case: Case, start: int, end: int, names: dict[str, int]) -> bool:
    """Tell whether the known answer holds without the place that is gone, since it does not name it ("[In the U.K., ]how can you …")."""
    raw, gold = case.source.raw, case.evidence.gold.lower().replace(".", "")
    asked = case.evidence.task == "qa" and not case.evidence.all_slots and not COMES_ROUND.search(raw, *case.asking)
    placed = re.match(r"\W*(?:in|at) ", raw[start:end], re.IGNORECASE)
    return bool(asked and gold and placed) and not any(
        re.search(r"\b" + re.escape(n.lower().replace(".", "")) + r"\b", gold) for n in names
    )


_REGION = re.compile(r"(?:, ?[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*)*)+[\s.?!]*")
_HERE = frozenset("in the u s us usa united states america".split())
