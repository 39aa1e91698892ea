"""What most readers put themselves at the end of a text that stops: the rest of a name, of a term, of a word, what a passage says."""

from __future__ import annotations

import re

from perturb.core.stems import stem
from perturb.core.text import NAME, SLOT, WORD
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
        or (not amount_in(case, start, end) and _goes_on(case, begins, start, end, gone))
        or (start > begins and _word(case, begins, start, end, gone))
        or _of_course(case, content)
        or (_plain(case, start, end) and (offered(case, content, 1) or _aside(case, begins, content)))
        or (not amount_in(case, start, end) and _other_of_two(case, begins, content))
        or _year_told(case, raw[start:end])
        or much_said(case, begins)
    )


def stub(raw: str, at: int) -> str:
    """Give the part of a word that stands before ``at`` where it goes on there ("Where is the sta|tion", 16 -> "sta")."""
    begins = at
    while begins > 0 and raw[at : at + 1].isalnum() and raw[begins - 1].isalnum():
        begins -= 1
    return raw[begins:at]


def telling(case: Case) -> list[str]:
    """List the words left that say what it is about: no small ones, but "how many"."""
    small = case.lexis.functions | case.lexis.polite
    return [
        w
        for w in case.left
        if len(w) > 1 and (w in _AMOUNT or not (w in small or case.lexis.kinds.get(w) == "question"))
    ]


_AMOUNT = frozenset("many much old long far".split())


def _word(case: Case, begins: int, start: int, end: int, gone: list[str]) -> bool:
    """Tell whether most would guess a word of which a part is there ("psychop", "8.5 million square ki", "Premier Le")."""
    source, lexis, stub = case.source, case.lexis, start - begins
    rest = source.raw[start:end]
    if stub > 1 and len(rest.strip(" ?.!")) < 4 and " " not in rest.strip():
        return True  # "great brit", "electrical ta"
    said = {stem(w) for w in case.left}
    term = gone[1:2] if stub > 2 and set(gone[1:2]) & set(lexis.ends().get(gone[0], "").split()) else []  # "the execu[tive branch]"
    more = [w for w in gone[1 + len(term) :] if w not in lexis.functions and w not in lexis.polite and stem(w) not in said]
    more = [w for w in more if w not in _asked_for(case)]
    if stub >= 3 and (len(more) < 2 or _ENDING.match(source.raw, start)):
        return True
    unit = lexis.kinds.get(gone[0]) == "unit"
    named = begins > 1 and source.mask[begins] == NAME and source.mask[begins - 2] == NAME
    if stub > 1 and not more and (unit or named):
        return True
    # One or two letters are enough where much is said and little more is gone: "how many ribs do h", "a table in the b".
    others = WORD.search(rest, re.match(r"\w*", rest).end())  # type: ignore[union-attr]
    plain = others is None or _plain(case, start + others.start(), end)
    known = len(telling(case)) - (stub > 1)  # the stub is no word
    if plain and any(known > most and len(more) < few for most, few in ((1, 3 if stub > 2 else stub), (2, 4 if stub > 2 else stub), (6, 4))):
        return True
    if plain and named and known > 2 and len(more) < 3:
        return True
    return plain and (not more and known > 1 or len(more) == 1 and known > 3 - (stub > 1))


def _plain(case: Case, start: int, end: int) -> bool:
    """Tell whether no name, amount or date stands in a piece of the text ("Horton h[ears a who]")."""
    masks = [case.source.mask[w.start()] for w in WORD.finditer(case.source.raw, start, end)]
    return NAME not in masks and not amount_in(case, start, end)


def amount_in(case: Case, start: int, end: int) -> bool:
    """Tell whether an amount or a date stands in a piece of the text; question words, "not" and "single" are none."""
    words = ((w.start(), w[0].lower()) for w in WORD.finditer(case.source.raw, start, end))
    return any(
        case.source.mask[at] == SLOT and low not in _NONE and case.lexis.kinds.get(low) not in _NO_AMOUNTS for at, low in words
    )


_NO_AMOUNTS = ("question", "negation", "quantifier", "comparative")
_NONE = frozenset("not no single first last one once both all every each any only most".split())
_ENDING = re.compile(r"(?:ed|e?s|ing|ly)\b")  # "no other language is allow", and all before it is whole


def _goes_on(case: Case, begins: int, start: int, end: int, gone: list[str]) -> bool:
    """Tell whether the words left at the end begin a term that goes on so in few ways, or a name that says enough."""
    after = _name_end(case, begins, start, end)
    if not after:
        after = _term_end(case, begins, start, end)
    if not after:
        return False
    more = [w[0].lower() for w in WORD.finditer(case.source.raw, after, end)]
    more = [w for w in more if w not in case.lexis.functions and w not in case.lexis.polite]
    return _plain(case, after, end) and (not more or len(more) == 1 and len(telling(case)) > 1)


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
    if not (before and source.raw[begins - 1].isspace() and (source.mask[begins - 2] == NAME or before[:1].isupper() or before in case.lexis.genders)):
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
    little = case.evidence.all_slots or len(telling(case)) < 3
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


def _told(case: Case, inside: bool, content: list[str]) -> bool:
    """Tell whether a text beside the question names what is gone, or may well answer what is left ("are they in one food[ chain]")."""
    if not case.evidence.passage:
        return False
    said = telling(case)
    asked = any(case.lexis.kinds.get(w) == "question" for w in case.left)
    beside = case.evidence.beside.replace(case.source.raw, "").lower()
    if inside or (asked and len(said) > 1):
        return True  # "What abolished slavery in the"
    told = [w for w in content if w[: max(4, len(w) - 2)] in beside or w in _OF_COURSE]
    return bool(beside and (said or not asked or len(told) == len(content))) and len(told) * (2 if asked else 4) >= len(content)


def offered(case: Case, words: list[str], least: int = 0) -> bool:
    """Tell whether words, or the ``least`` number of them, are of the one function that an item offers ("[the volume]", set_volume)."""
    known, said = {stem(w) for w in case.evidence.tools.split()}, {stem(w) for w in words}
    return bool(known and said) and len(said & known) >= (least or len(said))


_LITTLE = ((2, 2), (4, 3), (8, 4))  # so many words that say what it is about, and so few of them gone


def _other_of_two(case: Case, begins: int, content: list[str]) -> bool:
    """Tell whether the other of two is gone ("an officer and a[ gentleman]", "Android and[ iOS phones]")."""
    named = _PAIR.search(case.source.raw[:begins].rstrip().lower())
    return named is not None and len(content) < 3 and not case.evidence.all_slots


_PAIR = re.compile(r"\w (?:and|or)(?: an?| the| his| her| its| their)?$")
_ADDITION = re.compile(r"(?:, (?:with|without|so|but|because|since|as|while|when|unless)|\b(?:during|after|before|while|although|though|unless)|\([^()]*)$")


def _aside(case: Case, begins: int, content: list[str]) -> bool:
    """Tell whether little is gone behind much that is said: a word or two ("with one word in its[ name]"), an addition."""
    known = {stem(w) for w in case.left}
    said, gone = len(telling(case)), len([w for w in content if w not in _OF_COURSE and stem(w) not in known])
    little = any(said > most and gone < few for most, few in _LITTLE)
    return little or (said > 5 and _ADDITION.search(case.source.raw[:begins].rstrip().lower()) is not None)


def _year_told(case: Case, gone: str) -> bool:
    """Tell whether only a date went from a question that names one thing at any time ("Who proposed these axioms in[ 1974]")."""
    only = _DATE.fullmatch(gone)
    open_task = case.evidence.task == "qa" and not case.evidence.all_slots
    return open_task and only is not None and len(telling(case)) > 2 and not COMES_ROUND.search(case.source.raw, *case.asking)


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
    open_end = case.evidence.needed is None and case.evidence.task in ("chat", "instruct") and not case.evidence.all_slots
    return open_end and said > (8 if wanted else 25)


_WANTS = re.compile(
    r"\W*(?:(?:please|first|then|now|you|should|must),? )*(?:write|create|make|generate|provide|give|find|calculate|compute|determine|compose|draft|design|suggest|develop|list|"
    r"show|propose|explain|describe|answer|repeat|conduct|act|compare|rewrite|summari[sz]e|translate|extract|help|tell|focus|teach|how|what|which|why|(?:can|could|i want|i need|your) )\b",
    re.IGNORECASE,
)


def _of_course(case: Case, content: list[str]) -> bool:
    """Tell whether what is gone says next to nothing ("are rice and glass noodles the[ same]", "solve a[ problem]")."""
    said = {stem(w) for w in case.left} | _ANSWER
    if content[:1] == ["using"]:
        return True  # "by using regex"
    return all(w in _OF_COURSE or w in _asked_for(case) or stem(w) in said for w in content)


_ANSWER = frozenset(map(stem, "response answer reply output previous earlier".split()))  # "in[ your response]"
def _asked_for(case: Case) -> list[str]:
    """List the words that a question of its kind ends on ("How much … cost")."""
    return next((says for begins, says in _ASKS_FOR.items() if begins in " ".join(case.left)), "").split()


_ASKS_FOR = {
    "how much": "cost costs worth pay paid spend total altogether",
    "how long": "last take lasts takes",
    "how many": "total altogether",
    "where": "located found live happen come comes from",
    "when": "happen occur",
    "how old": "now",
}
_OF_COURSE = frozenset(
    "same problem problems question questions thing things way ways people person one ones case cases year day time us usa united "
    "states america world earth sun end internet web market example there please thanks".split()
)
