"""Vague words for exact ones: amounts ("16 eggs" -> "some eggs") and times ("on Monday" -> "the other day").

Each function gives the ways that are grammatical where the exact words stand, and none where it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perturb.core.values import NUMBER_WORDS, number_value
from perturb.language.grammar import ends_noun, is_future, is_past, is_plural, is_verb
from perturb.language.messages import orders
from perturb.language.places import ahead, behind, is_base_verb
from perturb.language.smallwords import kinds

Ways = tuple[tuple[str, float], ...]


class Vague(NamedTuple):
    """A stretch of text and what may be said in its place, with weights."""

    start: int
    end: int
    ways: Ways


_WORDS = "|".join(sorted(NUMBER_WORDS - {"one", "zero"}, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![\w.,/:#$£€%+*=^-])(?:(?P<money>[$£€])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|(?P<words>(?:{_WORDS})(?:[ -](?:(?:and )?(?:{_WORDS}|one))\b)*))(?![\w%/:+*=^-]|[.,]\d)",
    re.IGNORECASE,
)
_COINS = {"$": "dollars", "£": "pounds", "€": "euros"}
_UNITS = frozenset(
    "seconds minutes hours days weeks months years miles feet inches yards meters metres kilometers kilometres "
    "pounds ounces grams kilograms kilos liters litres gallons cups dollars cents euros degrees points acres tons "
    "calories times bucks".split()
)
_OF_WHAT = frozenset("the them these those his her their my our your its".split())
_OWNERS = frozenset("remaining given other the these those my your his her its our their all".split())
_BEFORE_YEAR = frozenset("in since until till from during after before may march april june july august".split())
_FRACTIONS = frozenset("halves thirds fourths quarters fifths sixths sevenths eighths ninths tenths hundredths".split())
_FEW = frozenset("next last first past previous another every".split())
_NEVER = frozenset(
    "a an about around over under nearly almost exactly approximately roughly least most precisely number page "
    "chapter question step room level version option grade age aged size part section problem between equals to "
    "past half times by plus minus divide multiply each per phase type day week year top under below above score "
    "no vs factor value than max maximum minimum min up pod node port gate platform floor channel line row column".split()
)
_SPENDS = frozenset(
    "spent spends spend paid pays pay saved saves save earned earns earn has have had makes made make gave give "
    "gives donated raised owes owed".split()
)


def numbers(raw: str) -> Iterator[Vague]:
    """Find the exact amounts that may be said vaguely ("16 eggs" -> "16" as "some", "a few" …)."""
    for m in _NUMBER.finditer(raw):
        start, end = m.span()
        value = number_value(m["words"] or m["digits"]) or 0.0
        back, before = behind(raw, start)
        year = m["digits"] and len(m["digits"]) == 4 and 1500 <= value < 2100 and before in _BEFORE_YEAR
        if (
            value < 2
            or year
            or before in _NEVER
            or before in ("of", "at")
            or (back == " " and _named(raw, start, before))
        ):
            continue
        ways = _of_money(raw, m, value, before) if m["money"] else _of_things(raw, start, end, value, before)
        if ways is not None:
            yield ways


def _named(raw: str, start: int, before: str) -> bool:
    """Tell whether the number belongs to a name or another number ("Windows 10", "3 and 4")."""
    at = start - 1 - len(before)
    if before in ("and", "or"):
        word = behind(raw, at)[1]
        return word[:1].isdigit() or word in NUMBER_WORDS
    return raw[at : at + 1].isupper() and before not in kinds() and not is_verb(before) and not is_base_verb(before)


def _of_money(raw: str, m: re.Match[str], value: float, before: str) -> Vague | None:
    if not (ends_noun(raw, m.end()) or ahead(raw, m.end())[1] in ("per", "each", "more", "less", "every")):
        return None
    coins = _COINS[m["money"]]
    ways: list[tuple[str, float]] = []
    if before in ("cost", "costs", "costing"):
        ways = [("a bit", 1.0)] if value < 50 else [("quite a bit", 1.0)]
    elif value < 20:
        ways = [(f"a few {coins}", 3.0)] + ([("a few bucks", 1.0)] if coins == "dollars" else [])
    elif 200 <= value < 1000:
        ways = [(f"a few hundred {coins}", 1.0)]
    elif 2000 <= value < 10000:
        ways = [(f"a few thousand {coins}", 1.0)]
    if before in _SPENDS and ahead(raw, m.end())[1] not in ("per", "each", "a", "an", "more", "less", "every"):
        ways.append(("some money", 2.0))
    return Vague(m.start(), m.end(), tuple(ways)) if ways else None


def _of_things(raw: str, start: int, end: int, value: float, before: str) -> Vague | None:
    gap, after = ahead(raw, end)
    if gap != " " or after in _FRACTIONS:
        return None
    if after in ("more", "of", "other"):
        if before in _OWNERS or (after == "of" and ahead(raw, end + 3)[1] not in _OF_WHAT):
            return None
        return Vague(
            start,
            end,
            (("some", 2.0), ("a few", 2.0), ("several", 1.0)) if value < 20 else (("some", 2.0), ("many", 1.0)),
        )
    if not is_plural(after):
        gap, noun = ahead(raw, end + 1 + len(after))
        if (
            gap != " "
            or after in kinds()
            or not after.isalpha()
            or not is_plural(noun)
            or after in ("dozen", "percent", "year")
        ):
            return None
    if before in _FEW:
        return Vague(start, end, (("few", 1.0),))
    if before in _OWNERS:
        return Vague(start, end + 1, (("", 1.0),))
    if after == "times" and ahead(raw, end + 1 + len(after))[1] in ("as", "more", "less", "the", "that", "older"):
        return None  # "a few times as old" is asked by no one
    if after in _UNITS:
        old = ahead(raw, end + 1 + len(after))[1] == "old"  # "she is a few years old" is said of no one
        return None if old else Vague(start, end, _measure(value))
    if value <= 3:
        ways = (("some", 2.0), ("a few", 2.0)) if value == 3 else (("some", 3.0), ("a couple of", 1.0), ("a few", 1.0))
        return Vague(start, end, ways)
    if value >= 2000:  # "some pesos" is not said of 700,000
        low = (
            "hundreds of thousands of"
            if 200_000 <= value < 1_000_000
            else "thousands of"
            if value < 200_000
            else "millions of"
        )
        return Vague(start, end, ((low, 2.0), ("a lot of", 1.0), ("lots of", 1.0)))
    if value <= 12:
        return Vague(start, end, (("some", 4.0), ("a few", 3.0), ("several", 2.0), ("a bunch of", 1.0)))
    return Vague(start, end, (("some", 4.0), ("a lot of", 2.0), ("a bunch of", 2.0), ("lots of", 1.0), ("many", 1.0)))


def _measure(value: float) -> Ways:
    if value == 2:
        return (("a couple of", 1.0), ("a few", 1.0))
    if value < 20:
        return (("a few", 3.0), ("several", 1.0))
    if value < 100:
        return (("quite a few", 1.0),)
    if value < 2000:
        low = "a hundred or so" if value < 200 else "hundreds of" if value < 1000 else "a thousand or so"
        return ((low, 1.0),)
    return (("thousands of", 1.0),)


_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_NTH = r"(?:the )?\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_NTH}(?: of)? {_MONTH}|{_MONTH} {_NTH})(?:,? \d{{4}})?"
_TIMES = (
    ("today", r"(?:earlier )?(?:today|this (?:morning|afternoon|evening))|(?:an|one|two|three|\d) hours? ago"),
    ("recent", rf"(?:on|last|this past|earlier on) {_DAY}{_PART}|yesterday{_PART}|last (?:night|week|weekend)|this weekend"
               r"|(?:(?:over|about|more than|almost) )?(?:a|one|two|three|four|\d) (?:days?|weeks?) ago"),
    ("older", rf"on {_DATE}|(?:back )?in {_MONTH}(?:,? (?:of )?\d{{4}})?"
              rf"|last (?:month|year|summer|winter|spring|fall|{_MONTH})"
              r"|(?:a|one|two|three|four|five|six|ten|\d{1,2}) (?:months?|years?) ago"),
    ("year", r"(?:back )?in (?:the year )?(?:1[0-9]|20)\d\d"),
    ("coming", rf"(?:on|next|this|this coming) {_DAY}{_PART}|tomorrow{_PART}"
               rf"|next (?:week|month|weekend|year|summer|{_MONTH})|in {_MONTH}|on {_DATE}|tonight"),
    ("clock", r"at \d{1,2}(?:(?::\d\d)? ?[ap](?:m\b|\.m\.)|:\d\d|(?: |-)?o'clock)(?!:\d)"),
)  # fmt: skip
_CALENDAR = re.compile(rf"\b(?:{_DAY}|{_MONTH})\b")
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next) (?:week|month|year|night|weekend))\b", re.IGNORECASE
)
_FORMS = tuple((kind, re.compile(rf"\b(?:{form})(?![\w'’/-])", re.IGNORECASE)) for kind, form in _TIMES)
_SAID: dict[str, Ways] = {
    "today": (("earlier", 5.0), ("a while ago", 2.0), ("recently", 2.0)),
    "recent": (("the other day", 5.0), ("a while ago", 1.0), ("recently", 2.0)),
    "older": (("a while ago", 2.0), ("a while back", 2.0), ("at some point", 2.0), ("some time ago", 1.0)),
    "year": (("a while back", 2.0), ("years ago", 2.0), ("at some point", 2.0)),
    "asked": (("back then", 3.0), ("back in the day", 1.0)),
    "coming": (("at some point", 2.0), ("sometime soon", 1.0), ("soon", 2.0), ("one of these days", 1.0)),
    "clock": (("at some point", 2.0), ("at some time", 1.0)),
}


def times(raw: str, sentences: list[tuple[int, int]]) -> Iterator[Vague]:
    """Find dates and times that may be said vaguely ("I paid on Monday" -> "on Monday" as "the other day")."""
    if len(_CALENDAR.findall(raw)) > 1 or len({m[0].lower() for m in _RELATIVE.finditer(raw)}) > 1:
        return  # days told apart ("10 on Monday, 12 on Tuesday") are no chance remark
    for first, last in sentences:
        sentence = raw[first:last]
        past, future = is_past(sentence), is_future(sentence) or orders(sentence)
        low = sentence.lower()
        if low.startswith(("when ", "how long", "what time", "what day", "what year", "what date")) or "between" in low:
            continue
        for kind, form in _FORMS:
            for m in form.finditer(raw, first, last):
                if not _alone(raw, *m.span()):
                    continue
                if kind in ("today", "recent", "older", "year") and past and not _goes_on_now(raw[first : m.start()]):
                    asked = sentence.rstrip()[-1:] == "?" or low.startswith(("who", "what", "which", "where"))
                    yield Vague(*m.span(), _SAID["asked" if asked and kind == "year" else kind])
                elif (kind == "coming" and future) or (kind == "clock" and (past or future) and _at_end(raw, m.end())):
                    yield Vague(*m.span(), _SAID[kind])


_NOW = re.compile(r"\b(?:is|are|am)\b|['’](?:s|m|re)\b", re.IGNORECASE)


def _goes_on_now(before: str) -> bool:
    """Tell whether what comes before a time is said of the present ("It's hot [today]")."""
    return _NOW.search(before) is not None and not is_past(before)


def _at_end(raw: str, end: int) -> bool:
    """Tell whether a clause ends here: a clock time often goes on ("at 10 am the next morning")."""
    gap, after = ahead(raw, end)
    return not after or gap != " " or after in ("and", "but", "so", "because", "when", "to", "for")


def _dates(raw: str, end: int) -> bool:
    """Tell whether another date follows an "and" ("in May and June")."""
    low = ahead(raw, end)[1]
    after = ahead(raw, end + 1 + len(low))[1]
    return after[:1].isdigit() or after in NUMBER_WORDS or _CALENDAR.match(after.capitalize()) is not None


# "the date tomorrow" is asked for, not told
_NO_DATE = frozenset("every each the and or date day weekday month time".split())


def _alone(raw: str, start: int, end: int) -> bool:
    """Tell whether a time is no part of something longer ("in May and June", "since last week")."""
    gap, before = behind(raw, start)
    if (gap == " " and kinds().get(before) == "preposition") or before in _NO_DATE:
        return False
    gap, after = ahead(raw, end)
    if after in ("and", "or") and gap == " " and _dates(raw, end):
        return False
    if kinds().get(before) == "aux" and after in ("be", "is", "the", "a", "an", "my", "not"):
        return False  # "what will tomorrow be"
    goes_on = gap in (", ", "-", "–") and (after[:1].isdigit() or after in NUMBER_WORDS)
    if goes_on or after in ("to", "through", "until", "at", "from", "of"):
        return False
    return ends_noun(raw, end)
