"""Words of one kind, one of which may be said for another: which other to say wrong.

Names by sex, places by what they are, days, like things, other nouns and names of the same text, amounts near by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from perturb.core.rng import Rng
from perturb.core.text import FREE, NAME, SLOT, Text
from perturb.core.values import number_value
from perturb.language import fluency
from perturb.language.grammar import is_plural
from perturb.language.inflection import plural
from perturb.language.lexicon import like_case, rows, table
from perturb.language.likes_small import AMOUNT, SMALL, other_day, other_number, other_preposition
from perturb.language.messages import words_of
from perturb.language.places import ahead, behind
from perturb.language.protect import slot_kinds
from perturb.language.smallwords import kinds
from perturb.language.wordkinds import (
    ANYWHERE,
    TIMES,
    TITLES,
    first_names,
    groups,
    loose_kind,
    of_kind,
    place_sorts,
    verbs,
)

_FROM_PASSAGE = 0.75  # of the names that are said wrong, where the item has a passage with such names
_INSIDE = re.compile(r"(?<=[a-z,] )(the )?([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?)(?![\w'’-])")


class Site(NamedTuple):
    """A word that may be said wrong first: its kind, where it stands, and in which fifth of its sentence."""

    kind: str
    start: int
    end: int
    fifth: int


@cache
def _by_sort() -> dict[str, tuple[str, ...]]:
    """List names by sex and places of one word by kind ("f" -> Abigail, …; "place:city" -> Paris, …)."""
    found: dict[str, list[str]] = {}
    for name, sort in first_names().items():
        found.setdefault(sort, []).append(name)
    for place, sort in place_sorts().items():
        if " " not in place:
            found.setdefault(f"place:{sort}", []).append(place)
    return {sort: tuple(names) for sort, names in found.items()}


def _not(rng: Rng, old: str, options: tuple[str, ...]) -> str:
    """Draw an option that is not the old one."""
    i = rng.below(len(options))
    return options[i] if options[i] != old else options[i - 1]


def amounts(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find the plain amounts of a sentence ("$20", "30%", "1998", "seven")."""
    for m in AMOUNT.finditer(text.raw, start, min(end, fluency.said(text))):
        if set(text.mask[m.start() : m.end()]) == {SLOT} and (number_value(m[2]) or 0) > 1:
            yield m.span()
    for at, word in text.words:
        if start <= at < end and word in SMALL and text.mask[at] == SLOT and text.raw[at - 1 : at] == " ":
            gap, after = ahead(text.raw, at + len(word))
            near = (behind(text.raw, at)[1], after)  # "two thirds", "two hundred"
            if gap == " " and not any(fluency.is_number(w) or slot_kinds().get(w) == "number" for w in near):
                yield at, at + len(word)


def another(text: Text, rng: Rng, site: Site, talk: bool) -> str | None:
    """Draw another of the same kind, in the same form (plural, possessive, capitals)."""
    raw, (kind, start, end, _) = text.raw, site
    old = raw[start:end]
    base = re.sub(r"['’]s$", "", old)
    owner = old[len(base) :]
    if kind == "number":
        return other_number(rng, old)
    if kind == "other" and raw[end : end + 1] == "-":
        return None
    met = _met(text, kind, start, base) if kind in ("name", "other") or kind.startswith("place:") else []
    if met and rng.chance(_FROM_PASSAGE):
        return rng.choice(met) + owner
    if kind == "name":
        sort = first_names()[base.title()]
        new = _not(rng, base.title(), _by_sort()[sort]) + owner
    elif kind.startswith("place:"):
        name = raw[slice(*text.run(start))]
        new = _not(rng, name, _by_sort()[kind])
    elif kind in ("other", "noun"):
        others = _others(text, start, base) if kind == "other" else _nouns(text, old)
        just = words_of(raw[max(0, start - 30) : start])[-4:]
        others = [w for w in others if w.lower() not in just]  # "the position of the position"
        return rng.choice(others) + owner if others else None
    elif kind == "verb form":
        return rng.choice(verbs()[old])
    elif kind == "preposition":
        return other_preposition(text, rng, start, end, talk)
    elif kind == "near day":
        return other_day(text, rng, start, old)
    elif kind in ANYWHERE and talk:
        return rng.choice(verbs()[old]) if old in verbs() else None
    elif kind in ANYWHERE:
        return rng.choice([w for w in of_kind(kind) if w != old])
    else:
        new = rng.choice(groups()[old.lower()][1])
        if kind in TIMES and not old.islower():
            return new.capitalize()
        return like_case(old, new)
    return new.lower() if old.islower() else new


@cache
def asked_words() -> dict[str, tuple[str, ...]]:
    """Read what is asked for by mistake, by kind ("place" -> city, …; "verb" -> attacked, …)."""
    found: dict[str, list[str]] = {}
    for kind, word in rows("disfluency", "asked"):
        found.setdefault(kind, []).append(word)
    return {kind: tuple(each) for kind, each in found.items()}


@cache
def _things() -> dict[str, str]:
    """Give what may be asked for, in the singular and plural, with its kind."""
    each = [(w, kind) for kind, words in asked_words().items() if kind != "verb" for w in words]
    return {form: kind for word, kind in each for form in ((word,) if is_plural(word) else (plural(word), word))}


def is_thing(word: str) -> bool:
    """Tell whether a word is something that is asked for ("city" -> True)."""
    return word in _things()


def asked_for(text: Text, kind: str, right: str) -> list[str]:
    """List what may be asked for by mistake: what the passage or the question speaks of, else a thing of the same kind."""
    if kind == "verb":
        return [w for w in asked_words()["verb"] if w != right]
    many, things = is_plural(right), _things()
    met = [w for w in dict.fromkeys(words_of(text.passage())) if w in things and w != right and is_plural(w) == many]
    if not met and right in things:
        met = [w for w, sort in things.items() if sort == things[right] and w != right and is_plural(w) == many]
    return met or _nouns(text, right)


# How adjectives end: "$20 per special no make that hour" is nothing that anybody says.
_NO_NOUN = ("al", "ive", "ous", "ic", "ful", "less", "able", "ible", "ary", "ish", "ed")
_NEVER = frozenset("high low long short year month week day hour minute second".split())


def _nouns(text: Text, old: str) -> list[str]:
    """List the other nouns of a text, as many in number, that stand where a noun may ("the name of the desert")."""
    raw = text.raw
    found: list[str] = []
    for at, word in (w for sentence in fluency.heard(text) for w in sentence):
        if word == old or word in found or not word.islower() or text.mask[at] != FREE:
            continue
        if is_plural(word) != is_plural(old) or behind(raw, at)[1] == "of":
            continue
        adjective = word.endswith(_NO_NOUN) or behind(raw, at)[1] == "as" or word in _NEVER
        if not adjective and loose_kind(text, at, at + len(word), word) == "noun":
            found.append(word)
    return found


def _met(text: Text, kind: str, start: int, base: str) -> list[str]:
    """List the names of the item's passage that are of a kind: people for a person, places for a place, and others."""
    sort = "place" if kind.startswith("place:") else kind
    if sort == "other" and behind(text.raw, start)[1] == "the":
        sort = "the"
    met = _names_of(text.passage()).get(sort, ()) if text.passage() else ()
    said = _spoken(text.raw)
    return [name for name in met if _spoken(name) not in said and is_plural(name) == is_plural(base)]


@lru_cache(maxsize=64)
def _names_of(passage: str) -> dict[str, tuple[str, ...]]:
    """List a passage's names inside its sentences, each once, by what they are ("name", "place", "other")."""
    found: dict[str, list[str]] = {}
    for m in _INSIDE.finditer(passage):
        name, head = m[2], m[2].split()[0]
        if head in TITLES or name.lower() in groups():
            continue
        person = head in table("names")
        sort = "place" if name in place_sorts() else "name" if person else "the" if m[1] else "other"
        if name not in found.setdefault(sort, []) and not (person and m[1]):
            found[sort].append(name)
    return {sort: tuple(names) for sort, names in found.items()}


def _others(text: Text, start: int, base: str) -> list[str]:
    """List the other names of a text that could stand here: as many in number, behind the same kind of word."""
    raw, mask, found = text.raw, text.mask, []
    before = kinds().get(behind(raw, start)[1], "")
    for at, word in text.words:
        run = text.run(at) if mask[at] == NAME else (0, 0)
        if run != (at, at + len(word)) or not word.isalpha() or word.isupper() or word.lower() == base.lower():
            continue
        same = is_plural(word) == is_plural(base) and kinds().get(behind(raw, at)[1], "") == before
        if (
            same
            and word not in found
            and word not in TITLES
            and word.title() not in first_names()
            and word not in place_sorts()
        ):
            found.append(word)
    return found


def tells(text: Text, wrong: str, site: Site) -> bool:
    """Tell whether the wrong word is in the text already, or says what the item's answer or an option says."""
    low = _spoken(wrong.strip("$€£%"))
    if site.kind not in ("other", "noun", "preposition") and low in _spoken(text.raw):
        return True
    value = number_value(low.strip())
    here = (text.raw, *sorted(text.answers()))
    if value is not None and any(value in _values(t) for t in here):
        return True
    return any(low in _spoken(t) or (t and _spoken(t) in low) for t in here[1:])


@lru_cache(maxsize=256)
def _spoken(text: str) -> str:
    """Give a text's words with one space around each ("Ann's hens" -> " ann hens ")."""
    return f" {' '.join(w.removesuffix(chr(39) + 's') for w in words_of(text))} "


@lru_cache(maxsize=256)
def _values(text: str) -> frozenset[float]:
    found = (number_value(w) for w in (*re.findall(r"\d[\d,]*(?:\.\d+)?", text), *words_of(text)))
    return frozenset(v for v in found if v is not None)
