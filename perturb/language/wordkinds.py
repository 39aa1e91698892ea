"""Words that have others of their kind, and which kind that is: a name, a city, a weekday, a fruit, a preposition."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.text import FREE, NAME, SLOT, Text, Word
from perturb.language.grammar import begins_noun, ends_noun
from perturb.language.inflection import plural
from perturb.language.lexicon import rows, table, words
from perturb.language.places import ahead, behind, is_base_verb
from perturb.language.smallwords import kinds

_NO_NOUNS = frozenset(
    "preposition,base verb,participle,colour,size,part of day,near day,weekday,month,extent,height,age,length,bought,got,"
    "direction,sort,freshness,heat,price,speed,filling,reach,payer,turn,side".split(",")
)
# Adjectives, said for one another where they stand before their noun.
_ADJECTIVES = frozenset("sort,freshness,heat,price,speed,filling,reach,payer,turn,side".split(","))
TITLES = frozenset("Mr Mrs Ms Miss Dr Prof St Sir Gen Sen Rev Jr Sr".split())
ANYWHERE = frozenset(("base verb", "participle", "preposition"))
_VERBS = frozenset(("bought", "got"))
TIMES = frozenset(("weekday", "month"))


def kind_of(text: Text, word: Word) -> str:
    """Name the kind of a word that has others of its kind: "name", "place:city", a row of the kinds; "" for none."""
    at, end, raw = word[0], word[0] + len(word[1]), text.raw
    level = text.level(at, end)
    if level == NAME:
        return _name_kind(text, at, end)
    known = groups().get(word[1].lower())
    if level == FREE and word[1].islower() and takes_verb(raw, at, end) and word[1] in verbs():
        return "verb form"
    if level == FREE and word[1].islower() and (known is None or known[0] in _NO_NOUNS - _ADJECTIVES):
        loose = loose_kind(text, at, end, word[1])
        if loose:
            return loose
    if known is None or known[0] in ANYWHERE or level > SLOT or len(set(text.mask[at:end])) > 1:
        return ""
    group = known[0]
    if group in TIMES or group in ("near day", "part of day"):
        return group if level == SLOT else ""
    if not word[1].islower() or raw[end : end + 1] in ("-", "'", "’"):
        return ""
    if group in _ADJECTIVES:
        after = ahead(raw, end)
        return (
            group if begins_noun(raw, at) and after[0] == " " and after[1].isalpha() and after[1] not in kinds() else ""
        )
    if group in _VERBS:
        return group if kinds().get(behind(raw, at)[1]) == "pronoun" or text.mask[max(0, at - 2)] == NAME else ""
    if level == FREE and group not in _NO_NOUNS:
        verb = behind(raw, at)[1] == "to"  # "to water her garden"
        return group if not verb and begins_noun(raw, at) and ends_noun(raw, end) else ""
    return group


_MODALS = frozenset(
    "to can could will would should must may might did do does didn't don't can't i'll you'll we'll".split()
)
_PERSONS = frozenset("i you we they he she".split())
_OBJECT = frozenset(("article", "demonstrative", "pronoun", "quantifier"))


def takes_verb(raw: str, at: int, end: int) -> bool:
    """Tell whether a verb stands here and surely no noun ("I lost my", "can I find", "to block the")."""
    gap, before = behind(raw, at)
    if gap != " ":
        return False
    if before in _PERSONS or (before in _MODALS and before != "to"):
        return True
    after = ahead(raw, end)[1]
    return before == "to" and (kinds().get(after) in _OBJECT or after in _OWNERS)


_OWNERS = frozenset("my your his her its our their".split())


@cache
def verbs() -> dict[str, tuple[str, ...]]:
    """Read the verbs that are said for one another, each form to the same of the others ("lent" -> borrowed)."""
    forms = {verb: (verb, past) for _, verb, past in rows("disfluency", "verbs")}
    found: dict[str, dict[str, None]] = {}
    for group, verb, _ in rows("disfluency", "verbs"):
        others = [v for g, v, _ in rows("disfluency", "verbs") if g == group and v != verb]
        for i in range(1 if forms[verb][0] == forms[verb][1] else 2):
            found.setdefault(forms[verb][i], {}).update(
                dict.fromkeys(forms[o][i] for o in others if forms[o][0] != forms[o][1])
            )
    return {form: tuple(w for w in others if w != form) for form, others in found.items()}


def loose_kind(text: Text, at: int, end: int, low: str) -> str:
    """Name the kind of a word that every sentence has: a preposition, a verb behind "did", a participle, a noun."""
    raw = text.raw
    gap, before = behind(raw, at)
    if gap != " " or raw[end : end + 1] in ("-", "'", "’"):
        return ""
    if low in of_kind("preposition"):
        # no "of" of "kind of", no "in" of "log in", none behind another or stranded
        apart = kinds().get(before) not in ("preposition", "article", "question") and before not in ("because", "out")
        return "preposition" if apart and raw[end : end + 1] == " " and not is_base_verb(before) else ""
    if low.endswith("ed") and before in _BE and len(low) > 4:
        return "participle"
    if is_base_verb(low) and before == "to" and _sort_of(low) == "verb":
        return "base verb"
    content = len(low) > 3 and low.isalpha() and low not in kinds() and before != "to" and low not in _NO_THINGS
    content = content and (before, low) != ("in", "order")
    return "noun" if content and begins_noun(raw, at) and ends_noun(raw, end) else ""


_NO_THINGS = frozenset("following same other others latter former".split())
_BE = frozenset("is are was were been be".split())


def _sort_of(low: str) -> str:
    """Tell whether a verb of the list is a noun too ("verb", "either", or "" for none)."""
    return table("slang", "verbs").get(low, ("",))[0]


@cache
def of_kind(group: str) -> tuple[str, ...]:
    """List the words of a kind ("preposition" -> in, on, …)."""
    return tuple(row[1] for row in rows("disfluency", "kinds") if row[0] == group)


def _name_kind(text: Text, at: int, end: int) -> str:
    start, stop = text.run(at)
    name = text.raw[start:stop]
    if start != at:
        return ""
    if name in place_sorts():
        return f"place:{place_sorts()[name]}" if behind(text.raw, at)[1] != "the" else ""
    base = re.sub(r"['’]s$", "", text.raw[at:end])
    if base.title() in first_names() and behind(text.raw, at)[1] != "the":
        return "name"
    return "other" if base not in TITLES and base.isalpha() and base[0].isupper() and not base.isupper() else ""


@cache
def place_sorts() -> dict[str, str]:
    """Read what known places are ("Paris" -> "city")."""
    return {row[0]: row[1] for row in rows("vague", "places")}


@cache
def first_names() -> dict[str, str]:
    """Read the first names that are no other word, with f, m or u."""
    other = words("words", "en") | words("words", "en_wordnet") | words("functions") | words("slots")
    return {n: kind for n, kind in rows("names") if n.lower() not in other and n.isascii() and len(n) > 2}


@cache
def groups() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Read the words of one kind: a word, singular or plural, to its kind and the others ("apples" -> pears, …)."""
    members: dict[str, list[str]] = {}
    for group, word in rows("disfluency", "kinds"):
        members.setdefault(group, []).append(word)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for group, each in members.items():
        for word in each:
            found.setdefault(word, (group, tuple(w for w in each if w != word)))
        if group not in _NO_NOUNS:
            many = [plural(w) for w in each]
            for word in many:
                found.setdefault(word, (group, tuple(w for w in many if w != word)))
    return found
