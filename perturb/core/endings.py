"""How a text that stops goes on: the rest of a word, of a term that goes on in few ways, of a name that is known by its beginning."""

from __future__ import annotations

import re

from perturb.core.stems import stem
from perturb.core.text import NAME, SLOT, WORD
from perturb.core.verdict import Case


def stub(raw: str, at: int) -> str:
    """Give the part of a word that stands before ``at`` where it goes on there ("Where is the sta|tion", 16 -> "sta")."""
    begins = at
    while begins > 0 and raw[at : at + 1].isalnum() and raw[begins - 1].isalnum():
        begins -= 1
    return raw[begins:at]


def telling(case: Case) -> list[str]:
    """List the words left that say what it is about: no small ones, but "how many"."""
    small = case.lexis.functions | case.lexis.polite | spare(case)
    return [
        w
        for w in case.left
        if len(w) > 1
        and not w[0].isdigit()
        and (w in _AMOUNT or not (w in small or case.lexis.kinds.get(w) == "question"))
    ]


_AMOUNT = frozenset("many much old long far".split())


def spare(case: Case) -> frozenset[str]:
    """Give the words that say nothing of what a program shall do: a function, of lists and numbers, that are given."""
    return _OF_PROGRAMS if case.evidence.task == "code" else frozenset()


_OF_PROGRAMS = frozenset(
    "write python function program code method given list lists array arrays string strings tuple tuples number numbers integer integers "
    "dictionary dictionaries dict element elements value values item items set sets input two lambda regex sequence sequences pair pairs record records character characters specified".split()
)


def without_means(words: list[str]) -> list[str]:
    """Leave out by what means something shall be done ("a list using lambda function" -> "a list")."""
    return words[: words.index("using")] if "using" in words else words


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
    """Tell whether its few letters or what is asked tell the word, and behind it is nothing, a span of time, or little beside much."""
    known, letters = len(telling(case)) - (seen > 1), len(re.match(r"\w*", rest)[0])  # type: ignore[index]
    again = stem(gone[0]) in {stem(w) for w in case.left[:-1]}  # "the type and size of each f[ile]"
    short = letters < 4 and seen > 1
    if not more and (gone[0] in asked_for(case) or short):
        return True  # "how much does it c", "what does it st", "what do the lines on your pa[lm mean]"
    if gone[0] in asked_for(case) and known > 1 and len(more) < 2 and case.evidence.task == "qa":
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


# By the letters that are there, one, two, or three and more: with so many telling words left, fewer other words may be gone than that.
_FEW_MORE = {
    1: ((7, 4), (4, 2), (2, 1), (0, 0)),
    2: ((7, 4), (3, 3), (2, 2), (0, 0)),
    3: ((3, 4), (2, 3), (0, 0)),
}
_ENDING = re.compile(r"(?:ed|e?s|ing|ly)\b")  # "no other language is allow", and all before it is whole


def _more(case: Case, gone: list[str], seen: int) -> list[str]:
    """List what went behind a word that is there in part: no small word, none that stands elsewhere, nor the rest of its term."""
    said = {stem(w) for w in case.left}
    nexts = case.lexis.ends().get(gone[0], "").split() if seen > 2 else []
    rest = gone[2:] if gone[1:2] and gone[1] in nexts else gone[1:]  # "the execu[tive branch]"
    if rest[:1] == ["of"] and "".join(rest[1:2]) in case.lexis.ends().get(f"{gone[0]} of", "").split():
        rest = rest[2:]  # "the music h[all of fame]"
    if open_ended(case) and (rest[:1] == ["for"] and len(rest) < 4 or (rest[:1] == ["to"] and len(telling(case)) > 2)):
        rest = []  # "encrypt my e[mails for privacy]", "a budget p[lan to save for a car]"
    small = {*case.lexis.functions, *case.lexis.polite, *asked_for(case), *spare(case), *_NOW}
    return [w for w in without_means(rest) if w not in small and stem(w) not in said]


_NOW = frozenset("today now current currently new nowadays two us usa u s direction order equivalent".split())
# How long something is to take or to reach.
SPAN = re.compile(
    r"\W*(?:(?:in|within|over|for|during|of|by) )?(?:the )?(?:(?:next|last|past|coming|first|following) )?(?:\w+[ -])?"
    r"(?:hour|day|night|week|weekend|month|quarter|year|decade)s?\W*",
    re.IGNORECASE,
)


def open_ended(case: Case) -> bool:
    """Tell whether a request has no answer that a detail could make wrong, no call and no sum."""
    evidence = case.evidence
    return evidence.needed is None and evidence.task in ("chat", "instruct") and not evidence.all_slots


def plain(case: Case, start: int, end: int) -> bool:
    """Tell whether no name, amount or date stands in a piece of the text ("Horton h[ears a who]")."""
    raw = case.source.raw
    named = (w for w in WORD.finditer(raw, start, end) if case.source.mask[w.start()] == NAME)
    # Behind "an" stands no name, though it has capitals ("an ATM").
    return all(w[0].isupper() and _ANY.search(raw, 0, w.start()) for w in named) and not amount_in(case, start, end)


_ANY = re.compile(r"\ban? \Z", re.IGNORECASE)


def amount_in(case: Case, start: int, end: int) -> bool:
    """Tell whether an amount or a date stands in a piece of the text; question words, "not" and "single" are none."""
    words = ((w.start(), w[0].lower()) for w in WORD.finditer(case.source.raw, start, end))
    words = ((at, low) for at, low in words if low not in spare(case))
    return any(
        case.source.mask[at] == SLOT and low not in _NONE and case.lexis.kinds.get(low) not in _NO_AMOUNTS
        for at, low in words
    )


_NO_AMOUNTS = ("question", "negation", "quantifier", "comparative", "unit")  # a unit without its number
_NONE = frozenset("not no single first last one once both all every each any only most".split())


def goes_on(case: Case, begins: int, start: int, end: int) -> bool:
    """Tell whether the words left at the end begin a term that goes on so in few ways, or a name that says enough."""
    after = named_to(case, begins, start, end)
    if not after:
        return False
    more = [w[0].lower() for w in WORD.finditer(case.source.raw, after, end)]
    small = {*case.lexis.functions, *case.lexis.polite, *asked_for(case)}
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


def asked_for(case: Case) -> list[str]:
    """List the words that a question of its kind ends on ("How much … cost")."""
    return next((says for begins, says in _ASKS_FOR.items() if begins in " ".join(case.left)), "").split()


_ASKS_FOR = {
    "how much": "cost costs worth pay paid spend total altogether",
    "how long": "last take lasts takes",
    "how many": "total altogether",
    "what is": "called named known",
    "where": "located held found live happen come comes from take takes place",
    "what does": "mean stand",
    "what do": "mean stand",
    "when": "happen occur held come out take takes place written released made built published founded",
    "how old": "now",
}
