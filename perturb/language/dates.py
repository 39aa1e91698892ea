"""Dates and times in a text: which stretch says when, of what kind, and whether it is part of something longer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import ends_noun, is_future, is_past
from perturb.language.messages import orders
from perturb.language.places import ahead, behind
from perturb.language.smallwords import kinds

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
_CALENDAR = re.compile(rf"\b(?:(?i:{_DAY})|{_MONTH})\b")
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next) (?:week|month|year|night|weekend))\b", re.IGNORECASE
)
_FORMS = tuple((kind, re.compile(rf"\b(?:{form})(?![\w'’/-])", re.IGNORECASE)) for kind, form in _TIMES)


def dates(raw: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Find the dates and times that are a chance remark, each with its kind ("I paid on Monday" -> (7, 16, "recent"))."""
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
                before = raw[first : m.start()]
                asked = sentence.rstrip()[-1:] == "?" or low.startswith(("who", "what", "which", "where"))
                if _no_remark(raw, m, kind, sentence, past, asked):
                    continue
                if kind in ("today", "recent", "older", "year") and past and not _goes_on_now(before):
                    yield *m.span(), "asked" if asked and (kind == "year" or _YEAR.search(m[0])) else kind
                elif kind == "coming" and future:
                    yield *m.span(), "looked" if asked or _ORDERED.match(sentence) else kind
                elif kind == "clock" and (past or future) and _at_end(raw, m.end()) and not _DATED.search(before):
                    yield *m.span(), kind


_NOW = re.compile(r"\b(?:is|are|am|needs?|wants?)\b|\bha(?:s|ve) (?:no|a|an|the|\d+)\b|['’](?:s|m|re)\b", re.IGNORECASE)
_MADE = re.compile(r"\b(?:[A-Za-z]{2,}ed|made|built|written|born|sold|held|won),? \Z")
_TO_BE = re.compile(r"\b(?:should|must|will|can|could|may|to)\b[^.?!,]* be [a-z]+ \Z", re.IGNORECASE)
_ARE = re.compile(r" (?:is|are|have|has)\b")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_DATED = re.compile(rf"(?:\d(?:st|nd|rd|th)?|{_MONTH}|{_DAY}),? \Z", re.IGNORECASE)
# What is looked up is so at one time, and nobody asks for the weather of some day or other.
_ORDERED = re.compile(
    r"\s*(?:(?:please|can you|could you|i need to|i want to) )*(?:find|get|check|show|tell|list|give|look|fetch|retrieve|search|calculate|predict)\b",
    re.I,
)
_WEATHER = re.compile(
    r"\b(?:weather|forecast|temperature|air quality|rain|snow|sunny|humidity|traffic)\b", re.IGNORECASE
)


def _no_remark(raw: str, m: re.Match[str], kind: str, sentence: str, past: bool, asked: bool) -> bool:
    """Tell whether a time is what is asked by ("games released in 2019"), told apart from another, or said of all such days."""
    if kind == "year":
        if len({y[0] for y in _YEAR.finditer(raw)}) > 1:
            return True  # "in 2014 and in 2015"
        return not asked and bool(_ORDERED.match(sentence) or orders(sentence) or _MADE.search(raw, 0, m.start()))
    if kind in ("coming", "clock") and _WEATHER.search(sentence):
        return True
    if kind == "coming":
        then = past or re.search(r"\b(?:had|did|was|were)\b", sentence, re.IGNORECASE) is not None
        return then and m[0][:3].lower() == "on "  # "more than she had on monday"
    return m[0].lower() == "today" and _ARE.match(raw, m.end()) is not None  # "many cars today are"


def _goes_on_now(before: str) -> bool:
    """Tell whether what comes before a time is said of the present ("It's hot [today]")."""
    asks = _ASKS_NOW.match(before) is not None
    return asks or (_NOW.search(before) is not None and not is_past(before)) or _TO_BE.search(before) is not None


# "do I have any meetings scheduled [today]", "how much has it changed [today]"
_ASKS_NOW = re.compile(r"\s*(?:am|do|does|(?:how (?:much|many|far) )?(?:has|have))\b", re.IGNORECASE)


def _at_end(raw: str, end: int) -> bool:
    """Tell whether a clause ends here: a clock time often goes on ("at 10 am the next morning")."""
    gap, after = ahead(raw, end)
    return not after or gap != " " or after in ("and", "but", "so", "because", "when", "to", "for")


def _another(raw: str, end: int) -> bool:
    """Tell whether another date follows an "and" ("in May and June")."""
    low = ahead(raw, end)[1]
    after = ahead(raw, end + 1 + len(low))[1]
    return after[:1].isdigit() or after in NUMBER_WORDS or _CALENDAR.match(after.capitalize()) is not None


# "the date tomorrow" is asked for, not told
_AT_ONE = re.compile(
    rf"\b(?:(?:date|day) is|(?:for|at) (?:\d[\d:]*|{'|'.join(sorted(NUMBER_WORDS))})|{_DAY},) $", re.IGNORECASE
)
_NO_DATE = frozenset("every each the and or date day weekday week month time".split())


def _alone(raw: str, start: int, end: int) -> bool:
    """Tell whether a time is no part of something longer ("in May and June", "since last week")."""
    gap, before = behind(raw, start)
    if (gap == " " and kinds().get(before) == "preposition") or before in _NO_DATE:
        return False
    if before in ("am", "pm") or _AT_ONE.search(raw[:start]):
        return False  # "at 6 am tomorrow", "for 11 tomorrow", "for friday, tomorrow", "what the date is tomorrow"
    gap, after = ahead(raw, end)
    if after in ("and", "or") and gap == " " and _another(raw, end):
        return False
    if after == "the" and ahead(raw, end + 4)[1][:1].isdigit():
        return False  # "on saturday the 4th"
    if kinds().get(before) == "aux" and after in ("be", "is", "the", "a", "an", "my", "not"):
        return False  # "what will tomorrow be"
    goes_on = gap in (", ", "-", "–") and (after[:1].isdigit() or after in NUMBER_WORDS)
    if goes_on or after in ("to", "through", "until", "at", "from", "of"):
        return False
    return ends_noun(raw, end)
