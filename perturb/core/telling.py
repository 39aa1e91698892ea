"""Which words of a text tell what it is about, and whether a piece of it holds a name, an amount or a date."""

from __future__ import annotations

import re

from perturb.core.text import NAME, SLOT, WORD
from perturb.core.verdict import Case


def telling(case: Case) -> list[str]:
    """List the words left that tell what a text is about ("how many ribs do h" -> many, ribs); small words do not."""
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
    """Give the words that any request for a program may have ("function", "list", "given"); none where none is asked for."""
    return _OF_PROGRAMS if case.evidence.task == "code" else frozenset()


_OF_PROGRAMS = frozenset(
    "write python function program code method given list lists array arrays string strings tuple tuples number numbers integer integers "
    "dictionary dictionaries dict element elements value values item items set sets input two lambda regex sequence sequences pair pairs record records character characters specified".split()
)


def without_means(words: list[str]) -> list[str]:
    """Leave out the means by which something shall be done ("a list using lambda function" -> "a list")."""
    return words[: words.index("using")] if "using" in words else words


# How long something is to take or to reach.
SPAN = re.compile(
    r"\W*(?:(?:in|within|over|for|during|of|by) )?(?:the )?(?:(?:next|last|past|coming|first|following) )?(?:\w+[ -])?"
    r"(?:hour|day|night|week|weekend|month|quarter|year|decade)s?\W*",
    re.IGNORECASE,
)


def open_ended(case: Case) -> bool:
    """Tell whether a request is so open that no missing detail makes an answer wrong ("Write a poem"): no call, no sum."""
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


def question_ends(case: Case) -> list[str]:
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
