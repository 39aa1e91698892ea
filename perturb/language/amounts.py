"""Vague words for exact ones: amounts ("16 eggs" -> "some eggs") and times ("on Monday" -> "the other day").

Each function gives the ways that are grammatical where the exact words stand, and none where it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perturb.core.values import NUMBER_WORDS, number_value
from perturb.language.dates import dates
from perturb.language.grammar import ends_noun, is_plural, is_verb
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
_FEW = frozenset("next last first past previous another every additional extra".split())
_NEVER = frozenset(
    "a an base about around over under nearly almost exactly approximately roughly least most precisely number page "
    "chapter question step room level version option grade age aged size part section problem between equals to "
    "past half times by plus minus divide multiply each per phase type day week year top under below above score "
    "no vs factor value than max maximum minimum min up pod node port gate platform floor channel line row column xbox iphone windows playstation galaxy route highway".split()
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
            or not _COINS.keys().isdisjoint(back)  # "$ 23 dollars"
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
    if before in _OWNERS:
        return None  # "the a few bucks"
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
        compared = _COMPARED.match(raw, end)
        if compared:
            return Vague(start, end, _compared(value, compared["by"]))
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
            or after in ("dozen", "percent", "year", "foot", "inch")
            or after + "s" in _UNITS  # "4 inch heels"
        ):
            return None
    if before in _FEW:
        return Vague(start, end, (("few", 1.0),))
    if before in _OWNERS:
        return Vague(start, end + 1, (("", 1.0),))
    if after == "times" and ahead(raw, end + 1 + len(after))[1] in ("as", "more", "less", "the", "that", "older"):
        return None  # "a few times as old" is asked by no one
    if after in _UNITS:
        return None if _fixed_measure(raw, start, end, after, value) else Vague(start, end, _measure(value))
    compared = _COMPARED.match(raw, end)
    return Vague(start, end, _compared(value, compared["by"]) if compared else _many(value))


_COMPARED = re.compile(r" (?:(?P<by>more|fewer) (?:[a-z]+ ){0,3}?|(?:[a-z]+ )?(?:more|fewer|less) )than\b")


def _compared(value: float, by: str | None) -> Ways:
    """Say by how many something is more or less: nobody has "some goals fewer than" another."""
    few = (("a few", 2.0), ("several", 1.0)) if value < 20 else ()
    return few or ((("many" if by else "quite a few"), 1.0),)


_ON = frozenset("old from ago later earlier before apart each per".split())


_CALENDAR = re.compile(
    r" [a-z]+ in (?:an?|the|one|each|every) (?:week|month|year|day|hour|minute|foot|yard|mile|dozen)\b"
)  # everybody knows


def _fixed_measure(raw: str, start: int, end: int, unit: str, value: float) -> bool:
    """Tell whether nobody says a measure roughly here ("a few years old", "costs quite a few dollars", "1 hour and quite a few minutes")."""
    back, before = behind(raw, start)
    following = ahead(raw, end + 1 + len(unit))[1]
    if following == "old" or _CALENDAR.match(raw, end):
        return True
    if value < 20:
        return False
    if before in _UNITS:  # "30 degrees, 36 minutes"
        return True
    if before in _PRICED and unit in ("dollars", "cents", "euros", "pounds", "bucks"):
        return True
    joined = before in ("and", "or") and behind(raw, start - 1 - len(before))[1] in _UNITS | {
        u.removesuffix("s") for u in _UNITS
    }
    return joined or (value < 100 and (following in _ON or (back == " " and kinds().get(before) == "preposition")))


_PRICED = frozenset(
    "cost costs costing charge charges charged charging is are was were sells sold pay pays worth".split()
)


def _many(value: float) -> Ways:
    """Say how many without the number ("16" -> "some", "a lot of", "a bunch of" …)."""
    if value <= 3:
        return (("some", 2.0), ("a few", 2.0)) if value == 3 else (("some", 3.0), ("a couple of", 1.0), ("a few", 1.0))
    if value >= 2000:  # "some pesos" is not said of 700,000
        low = (
            "hundreds of thousands of"
            if 200_000 <= value < 1_000_000
            else "thousands of"
            if value < 200_000
            else "millions of"
        )
        return ((low, 2.0), ("a lot of", 1.0), ("lots of", 1.0))
    if value <= 12:
        return (("some", 4.0), ("a few", 3.0), ("several", 2.0), ("a bunch of", 1.0))
    return (("some", 4.0), ("a lot of", 2.0), ("a bunch of", 2.0), ("lots of", 1.0), ("many", 1.0))


def _measure(value: float) -> Ways:
    if value == 2:
        return (("a couple of", 1.0), ("a few", 1.0))
    if value < 20:
        return (("a few", 3.0), ("several", 1.0))
    if value < 100:
        return (("quite a few", 1.0),)
    if value < 2000:
        low = "a hundred or so" if value <= 130 else "over a hundred" if value < 200 else "hundreds of"
        return ((low if value < 1000 else "a thousand or so", 1.0),)
    return (("thousands of", 1.0),)


_SAID: dict[str, Ways] = {
    "today": (("earlier", 5.0), ("a while ago", 2.0), ("recently", 2.0)),
    "recent": (("the other day", 5.0), ("a while ago", 1.0), ("recently", 2.0)),
    "older": (("a while ago", 2.0), ("a while back", 2.0), ("at some point", 2.0), ("some time ago", 1.0)),
    "year": (("a while back", 2.0), ("years ago", 2.0), ("at some point", 2.0)),
    "asked": (("back then", 1.0),),
    "looked": (("soon", 1.0), ("sometime soon", 2.0)),
    "coming": (("at some point", 2.0), ("sometime soon", 1.0), ("soon", 2.0), ("one of these days", 1.0)),
    "clock": (("at some point", 2.0), ("at some time", 1.0)),
}


def times(raw: str, sentences: list[tuple[int, int]]) -> Iterator[Vague]:
    """Find dates and times that may be said vaguely ("I paid on Monday" -> "on Monday" as "the other day")."""
    for start, end, kind in dates(raw, sentences):
        yield Vague(start, end, _SAID[kind])
