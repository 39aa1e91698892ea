"""What a request says in full before it stops: a thing and a clause about it, a question without its date, whole sentences."""

from __future__ import annotations

import re

from perturb.core.stems import stem
from perturb.core.telling import SPAN, amount_in, open_ended, telling
from perturb.core.text import NAME, WORD
from perturb.core.values import MONTHS
from perturb.core.verdict import Case

# What comes round, so that only a year tells which: "who won the final", "who was king".
COMES_ROUND = re.compile(
    r"\b(?:w[io]n|winners?|most|highest|lowest|largest|final|finals|championship|award|election|season|super ?bowl|world cup|anthem|"
    r"halftime|olympics|ruler|king|queen|president|prime minister|governor|mayor|captain|coach|population|rate|price)\b",
    re.IGNORECASE,
)


COMPARED = re.compile(
    r"\b(?:between|from|both|either|which of|than|difference|differ|compared?|apart|far|distance|versus|vs|each|together|same|[a-z]{3,}er)\b",
    re.IGNORECASE,
)


def told_of(case: Case, begins: int) -> bool:
    """Tell whether a thing that is asked for is named before a clause about it that stops ("host of the late show who was"))."""
    raw = case.source.raw[:begins]
    m = _ABOUT.search(raw)
    if m is None or case.evidence.task != "qa" or case.evidence.all_slots:
        return False
    named = WORD.findall(raw[: m.start()])
    small = case.lexis.functions | case.lexis.polite
    asks = any(case.lexis.kinds.get(w.lower()) == "question" for w in named)
    return not asks and "." not in raw and len([w for w in named if w.lower() not in small]) > 2


def asked_before(case: Case, begins: int) -> bool:
    """Tell whether a question says enough before its last "and", or a riddle before the sentence that stops ("… It's called the")."""
    if case.evidence.task != "qa" or case.evidence.all_slots:
        return False
    raw, small = case.source.raw[:begins], case.lexis.functions | case.lexis.polite | _CALLED
    *before, last = _WHOLE.split(raw)
    if before:
        words = [w.lower() for w in WORD.findall(" ".join(before))]
        return all(w.lower() in small for w in WORD.findall(last)) and len([w for w in words if w not in small]) > 7
    first = raw.rpartition(" and ")[0]
    words = [w.lower() for w in WORD.findall(first)]
    asks = bool(words) and case.lexis.kinds.get(words[0]) == "question"
    said = [w for w in words if w not in small and case.lexis.kinds.get(w) != "question"]
    return asks and len(said) > 1 and any(rare(case, w) for w in said) and not COMPARED.search(first)


def title_begun(case: Case, begins: int, content: list[str]) -> bool:
    """Tell whether a title stops of which three words are there ("who wrote the poem for whom the[ bell tolls]")."""
    m = _TITLE.search(case.source.raw[:begins])
    known = m is not None and len(WORD.findall(case.source.raw, m.end(), begins)) > 2
    return known and len(content) < 4 and case.evidence.task == "qa" and not case.evidence.all_slots


_TITLE = re.compile(
    r"\b(?:(?:who|whos|that) (?:sings?|sang|wrote|recorded)(?: (?:the )?(?:song|poem|lyrics|book))?|song|poem|lyrics to|lyrics) ",
    re.IGNORECASE,
)


def name_told(case: Case, begins: int) -> bool:
    """Tell whether a question names somebody and says much ("What did Paul Revere say during his midnight ride to warn")."""
    source = case.source
    names = [m for m in WORD.finditer(source.raw, 0, begins) if source.mask[m.start()] == NAME]
    asked = case.evidence.task == "qa" and not case.evidence.all_slots and not COMES_ROUND.search(source.raw[:begins])
    said = [w[0].lower() for w in WORD.finditer(source.raw, 0, begins)]
    asked = asked and any(case.lexis.kinds.get(w) == "question" for w in said)
    asked = asked and not COMPARED.search(source.raw[:begins])
    full = any(a.end() + 1 == b.start() for a, b in zip(names, names[1:]))  # "Paul Revere", not "Paul"
    few = full or MOST.search(source.raw[:begins].lower())
    return asked and bool(names) and len(telling(case)) > (3 if few else 5)


_CALLED = frozenset("called name named first last complete it's".split())
_ABOUT = re.compile(r" (?:who|which|that|whose)\b", re.IGNORECASE)


def where_told(case: Case, begins: int, start: int, end: int, content: list[str]) -> bool:
    """Tell whether only a date or a place went from a question that names one thing anyway ("Who proposed these axioms in[ 1974]")."""
    raw, said = case.source.raw, len(telling(case))
    if open_ended(case):
        return said > 3 and _DATE.fullmatch(raw, start, end) is not None
    if case.evidence.task != "qa" or case.evidence.all_slots:
        return False
    if COMES_ROUND.search(raw, *case.asking):
        return MOST.search(raw[:begins].lower()) is not None and raw[:begins].rstrip().endswith(" in the") and said > 3
    if _DATE.fullmatch(raw, start, end) or SPAN.fullmatch(raw, start, end):
        return said > 1
    if _TIME.search(raw[:begins].rstrip().lower()):
        return said > 2
    if amount_in(case, start, end):
        return False
    asked = raw[:begins].rstrip().lower()
    if asked.startswith("where ") and asked.endswith(" in"):
        return said > 1  # "where does a roadrunner live in[ the desert]"
    placed = re.search(r" in(?: the)?$", asked) and len(content) < 3
    return bool(placed) and said > (3 if MOST.search(asked) else 4)


MOST = re.compile(r"\b(?:most|[a-z]{2,}est|best|only)\b")
_TIME = re.compile(r"\b(?:during|before|after|since|until)(?: the)?$")
_DATE = re.compile(
    rf"\W*(?:the )?(?:year )?(?:(?:early|mid|late)[ -])?(?:(?:(?:{'|'.join(MONTHS)})(?: \d+(?:st|nd|rd|th)?)?"
    r"(?: of)?,? )?(?:1[0-9]|20)\d\ds?(?: and (?:1[0-9]|20)\d\ds?)?|\d+th century)\W*",
    re.IGNORECASE,
)


def much_said(case: Case, begins: int) -> bool:
    """Tell whether whole sentences before the one that stops say what is wanted, and much of it."""
    before = _WHOLE.split(case.source.raw[:begins])[:-1]  # small letters may begin a sentence, too
    wanted = any(s.rstrip().endswith("?") or any(map(_WANTS.match, s.split(", "))) for s in before)
    said = len(telling(case)) if before else 0
    return open_ended(case) and said > (5 if wanted else 25)


_WHOLE = re.compile(r"(?<=[.?!])[\"”')]*\s+|\n")


def clause_said(case: Case, begins: int) -> bool:
    """Tell whether a sentence that stops asks for something in full before its last comma ("Rewrite the joke …, no other language is al")."""
    raw = case.source.raw
    start = max((s for s, _ in case.source.sentences() if s < begins), default=begins)
    comma = raw.rfind(", ", start, begins)
    small = case.lexis.functions | case.lexis.polite
    said = [w for w in WORD.findall(raw, start, max(comma, start)) if w.lower() not in small]
    wants = open_ended(case) and _WANTS.match(raw, start) is not None
    told = [w for w in WORD.findall(raw, start, begins) if w.lower() not in small and not _WANTS.match(w)]
    return wants and ((comma > 0 and len(said) > 3) or (start > 0 and len(told) > 1 and len(telling(case)) > 9))


_WANTS = re.compile(
    r"\W*(?:(?:please|first|then|now|you|should|must),? )*(?:write|create|make|generate|provide|give|find|calculate|compute|determine|"
    r"compose|draft|design|suggest|develop|list|show|propose|explain|describe|answer|repeat|conduct|act|compare|rewrite|summari[sz]e|"
    r"translate|extract|monitor|search|recommend|set|keep|track|analy[sz]e|outline|identify|research|craft|convert|sort|build|plan|"
    r"establish|help|tell|focus|teach|how|what|which|why|(?:can|could|i want|i need|your) )\b",
    re.IGNORECASE,
)


def rare(case: Case, word: str) -> bool:
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
