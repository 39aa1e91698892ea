"""Words put right in speech: where somebody says a wrong word first, and how it is put right.

A repair never changes what is meant; it puts in front of it a wrong one, a cue ("no sorry"), and sometimes the small words
again ("on Tuesday no on Monday").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Text, Word
from perturb.language import fluency
from perturb.language.inflection import begins_with_vowel
from perturb.language.learning import past_forms
from perturb.language.lexicon import like_case
from perturb.language.likes import Site, amounts, another, asked_for, asked_words, is_thing, tells
from perturb.language.messages import asks, first_person, orders
from perturb.language.places import behind
from perturb.language.smallwords import kinds
from perturb.language.wordkinds import TIMES, kind_of

# How often the repair is in each fifth of a question (Disfl-QA, 11,823 questions: 637, 190, 119, 52, 2 in a thousand).
# The first has less here, as a beginning can always be said wrong and not every question has words to mistake further on.
FIFTHS = (120, 190, 119, 52, 2)
# How many words of the question are said along with a wrong beginning; so that four are put in (median; p90 eight).
_ALONG = ((0, 36), (1, 12), (2, 10), (3, 9), (4, 9), (5, 9), (6, 8), (7, 7))
_ASKED = 3  # how often another thing is asked for, beside each other site of the first fifth
_BEGUN_ANEW = (0.7, 0.06)  # how often the beginning of a question is among the first thought of; where people talk
_HANGING = 0.15  # of the prepositions that come up, so many are said wrong
_DETERMINERS = frozenset("the a an my your his her its our their this that".split())


class Repair(NamedTuple):
    """What is put in, and where."""

    at: int
    words: str


def repairs(text: Text, rng: Rng, values: bool, talk: bool) -> Iterator[Repair]:
    """Yield repairs, the likeliest place first: a fifth is drawn, then a site in it, then what is said wrong."""
    sites = text.once("fluency.sites", lambda: _sites(text))
    left: dict[int, list[Site]] = {}
    later: list[Site] = []
    for site in sites:
        if site.kind == "onset" and not rng.chance(_BEGUN_ANEW[talk]):
            later += [] if talk else [site]
        elif values or site.kind != "number":
            left.setdefault(site.fifth, []).append(site)
    # people mistake what is meant, and seldom how it hangs together
    while left or later:
        fifth = rng.weighted([(f, float(FIFTHS[f])) for f in sorted(left)]) if left else -1
        here, passed = (left.pop(fifth), later) if left else (later, [])
        later = passed
        for site in rng.shuffled(here):
            if fifth >= 0 and site.kind == "preposition" and not rng.chance(_HANGING):
                later += [] if talk else [site]
                continue
            make = _onset if site.kind == "onset" else _other_asked if site.kind in ("thing", "verb") else _value
            made = make(text, rng, site, talk)
            if made is not None:
                yield made


def _sites(text: Text) -> list[Site]:
    """List what may be said wrong first in each sentence that is said."""
    raw = text.raw
    bounds = dict(text.sentences())
    found: list[Site] = []
    for sentence in fluency.heard(text):
        first = sentence[0][0]
        start = max((s for s in bounds if s <= first), default=first)
        whole = raw.count(" ", start, bounds.get(start, len(raw))) + 1

        def fifth(at: int, start: int = start, whole: int = whole) -> int:
            return min(4, 5 * raw.count(" ", start, at) // whole)

        line = raw[start : bounds.get(start, len(raw))]
        asked = _asked(text, first, bounds.get(start, len(raw))) if start == first else None
        found += [asked] * _ASKED if asked else []
        if start == first and (asks(line) or orders(line) or first_person(line)) and _key(text, sentence):
            # a question is begun wrong more often than any one word of it is
            found += [Site("onset", first, first + len(sentence[0][1]), 0)] * (1 if asked else 2)
        for word in sentence:
            kind = kind_of(text, word)
            if kind:
                found.append(Site(kind, word[0], word[0] + len(word[1]), fifth(word[0])))
        found += [Site("number", a, b, fifth(a)) for a, b in amounts(text, start, bounds.get(start, len(raw)))]
    return found


# "What religion was …", "In which city …", "Who assimilated …": what is asked for, or what somebody did.
_THING = re.compile(
    r"(?:[A-Za-z]+ )?(?:what|which|whose|how many)(?: (?:kind|type|sort|kinds|types)s? of)? (?P<what>[a-z]{4,})"
    r"(?= (?P<on>is|are|was|were|did|do|does|can|could|has|have|had|will|would|[a-z]+ed|[a-z]+)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?:who|what) (?P<what>[a-z]{2,}ed|[a-z]+)(?= )", re.I)


def _asked(text: Text, start: int, end: int) -> Site | None:
    """Find what a question asks for, or what somebody did ("What religion were they?" -> "religion")."""
    m = _THING.match(text.raw, start, end)
    if m and m["what"] not in kinds() and text.level(*m.span()) != LOCKED:
        known, helps = is_thing(m["what"]), kinds().get(m["on"].lower()) == "aux"
        if known or (helps and not m["what"].endswith(("ed", "ly"))):
            return Site("thing", start, m.end(), 0)
    m = _VERB.match(text.raw, start, end)
    if m and (m["what"] in _pasts() or (m["what"].endswith("ed") and len(m["what"]) > 4)):
        return Site("verb", start, m.end(), 0)
    return None


@cache
def _pasts() -> frozenset[str]:
    return past_forms().union(asked_words()["verb"])


def _other_asked(text: Text, rng: Rng, site: Site, talk: bool) -> Repair | None:
    """Ask for another thing first, and begin anew ("What treaty wait no what religion were they?")."""
    head, _, right = text.raw[site.start : site.end].rpartition(" ")
    options = asked_for(text, site.kind, right)
    wrong = rng.choice(options) if options else ""
    if not wrong or tells(text, wrong, site):
        return None
    more = _stopped(fluency.along(text, site.end, rng.weighted(_ALONG))[0], rng)
    return Repair(site.start, f"{head} {wrong}{more} {_cue(rng, talk, wrong + more)}")


def _key(text: Text, sentence: list[Word]) -> str:
    """Give the longest known beginning of a sentence ("How many apples" -> "how many")."""
    low = [w.lower().replace("’", "'") for _, w in sentence[:2]]
    two = " ".join(low)
    joined = len(low) > 1 and sentence[1][0] == sentence[0][0] + len(low[0]) + 1
    if joined and two in fluency.openings():
        return two
    return low[0] if low[0] in fluency.openings() else ""


def _onset(text: Text, rng: Rng, site: Site, talk: bool) -> Repair | None:
    """Begin another question, with some of this one's words, and drop it ("When did no where did the Normans")."""
    sentence = next(s for s in fluency.heard(text) if s[0][0] == site.start)
    key = _key(text, sentence)
    wrong, on = rng.weighted(fluency.openings()[key])
    most = rng.weighted(_ALONG)
    more = fluency.along(text, site.start + len(key), most)[0] if on else ""
    more = _stopped(more, rng)
    return Repair(site.start, f"{wrong}{more} {_cue(rng, talk, wrong + more)}")


def _cue(rng: Rng, talk: bool, said: str) -> str:
    """Draw a cue before a clause that does not go on with what was said ("I was sorry I have").

    In talk "make that" and "rather" put a word right, never a whole clause.
    """
    barred = ("sorry", "well") if said.split()[-1] in ("was", "is", "am", "are", "were", "i'm") else ()
    found = fluency.cue(rng, "onset")
    while found.startswith(barred) or (talk and found.endswith(("that", "rather"))):
        found = fluency.cue(rng, "onset")
    return found


def _stopped(more: str, rng: Rng) -> str:
    """Stop before "of the" rather than behind it, as most do."""
    while more and (more.split()[-1].lower() in _DANGLERS and rng.chance(0.7)):
        more = more.rpartition(" ")[0]
    return more


_DANGLERS = frozenset("of a an to in on at for with by from and or".split())


def _value(text: Text, rng: Rng, site: Site, talk: bool) -> Repair | None:
    """Say another of the kind, a cue, and perhaps the small words before it again."""
    raw, start = text.raw, site.start
    wrong = another(text, rng, site, talk)
    if wrong is None or tells(text, wrong, site):
        return None
    gap, before = behind(raw, start)
    at, prefix = start, ""
    if site.kind == "number" and before in ("a", "an"):
        return None
    if site.kind == "preposition":
        gap = ""  # it is the preposition that is said again
    if gap == " " and before in _DETERMINERS and (before in ("a", "an") or rng.chance(0.5)):
        at -= 1 + len(before)
        prefix = raw[at : start - 1] + " "
        if before in ("a", "an"):
            prefix = like_case(raw[at : start - 1], "an" if begins_with_vowel(wrong) else "a") + " "
        gap, before = behind(raw, at)
    if gap == " " and kinds().get(before) == "preposition" and before != "of" and rng.chance(0.5):
        at -= 1 + len(before)
        prefix = raw[at : at + len(before)] + " " + prefix
    if at and text.mask[at - 1] and text.mask[at]:
        return None
    bare = not prefix and site.kind not in ("name", "other", "preposition") and not site.kind.startswith("place")
    cue = fluency.cue(rng, "value", bare and site.kind not in TIMES)
    return Repair(at, f"{prefix}{wrong} {cue}")
