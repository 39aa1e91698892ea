"""Words put right in speech: what was said first, of the same kind as what is meant, and where.

A repair never changes what is meant; it puts in front of it a wrong one, a cue ("no sorry"), and sometimes the small words
again ("on Tuesday no on Monday").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from perturb.core.rng import Rng
from perturb.core.text import FREE, NAME, SLOT, Text, Word
from perturb.core.values import number_value
from perturb.language import speech
from perturb.language.grammar import begins_noun, ends_noun, is_plural
from perturb.language.inflection import begins_with_vowel, plural
from perturb.language.lexicon import like_case, rows, words
from perturb.language.messages import asks, first_person, orders
from perturb.language.places import behind
from perturb.language.smallwords import kinds

# How often the repair is in each fifth of a question (Disfl-QA, 11,823 questions), in thousandths.
FIFTHS = (637, 190, 119, 52, 2)
# How many words of the question are said along with a wrong beginning.
_ALONG = ((0, 18), (1, 26), (2, 24), (3, 16), (4, 9), (5, 5), (6, 2))
_NOUNS = re.compile(r"^(?!(?:colour|size|part of day|near day|weekday|month|extent|height|age|length|bought|got|direction)$)")
_VERBS = frozenset(("bought", "got"))
_TIMES = frozenset(("weekday", "month"))
_DETERMINERS = frozenset("the a an my your his her its our their this that".split())
_AMOUNT = re.compile(r"(?<![\w.,/:$€£%+*=^-])([$€£]?)(\d{1,3}(?:,\d{3})+|\d{1,9})(%?)(?![\w/:%+*=^-]|[.,]\d)")
_SMALL = "two three four five six seven eight nine ten eleven twelve".split()


class Site(NamedTuple):
    """A word that may be said wrong first: its kind, where it stands, and in which fifth of its sentence."""

    kind: str
    start: int
    end: int
    fifth: int


class Repair(NamedTuple):
    """What is put in, and where."""

    at: int
    words: str


def repairs(text: Text, rng: Rng, values: bool) -> Iterator[Repair]:
    """Yield repairs, the likeliest place first: a fifth is drawn, then a site in it, then what is said wrong."""
    sites = text.once("speech.sites", lambda: _sites(text))
    left: dict[int, list[Site]] = {}
    for site in sites:
        if values or site.kind != "number":
            left.setdefault(site.fifth, []).append(site)
    while left:
        fifth = rng.weighted([(f, float(FIFTHS[f])) for f in sorted(left)])
        for site in rng.shuffled(left.pop(fifth)):
            made = _onset(text, rng, site) if site.kind == "onset" else _value(text, rng, site)
            if made is not None:
                yield made


def _sites(text: Text) -> list[Site]:
    """List what may be said wrong first in each sentence that is said."""
    raw = text.raw
    bounds = dict(text.sentences())
    found: list[Site] = []
    for sentence in speech.heard(text):
        first = sentence[0][0]
        start = max((s for s in bounds if s <= first), default=first)
        whole = raw.count(" ", start, bounds.get(start, len(raw))) + 1

        def fifth(at: int, start: int = start, whole: int = whole) -> int:
            return min(4, 5 * raw.count(" ", start, at) // whole)

        line = raw[start : bounds.get(start, len(raw))]
        if start == first and (asks(line) or orders(line) or first_person(line)) and _key(text, sentence):
            # a question is begun wrong more often than any one word of it is
            found += [Site("onset", first, first + len(sentence[0][1]), 0)] * 3
        for word in sentence:
            kind = _kind(text, word)
            if kind:
                found.append(Site(kind, word[0], word[0] + len(word[1]), fifth(word[0])))
        found += [Site("number", a, b, fifth(a)) for a, b in _amounts(text, start, bounds.get(start, len(raw)))]
    return found


def _key(text: Text, sentence: list[Word]) -> str:
    """Give the longest known beginning of a sentence ("How many apples" -> "how many")."""
    low = [w.lower().replace("’", "'") for _, w in sentence[:2]]
    two = " ".join(low)
    joined = len(low) > 1 and sentence[1][0] == sentence[0][0] + len(low[0]) + 1
    if joined and two in speech.openings():
        return two
    return low[0] if low[0] in speech.openings() else ""


def _onset(text: Text, rng: Rng, site: Site) -> Repair | None:
    """Begin another question, with some of this one's words, and drop it ("When did no where did the Normans")."""
    sentence = next(s for s in speech.heard(text) if s[0][0] == site.start)
    key = _key(text, sentence)
    wrong, on = rng.weighted(speech.openings()[key])
    most = rng.weighted(_ALONG)
    more = speech.along(text, site.start + len(key), most)[0] if on else ""
    while more and (more.split()[-1].lower() in _DANGLERS and rng.chance(0.7)):
        more = more.rpartition(" ")[0]  # most stop before "of the" rather than behind it
    return Repair(site.start, f"{wrong}{more} {speech.cue(rng, 'onset')}")


_DANGLERS = frozenset("of a an to in on at for with by from and or".split())


def _kind(text: Text, word: Word) -> str:
    """Name the kind of a word that has others of its kind: "name", "place:city", a row of the kinds; "" for none."""
    at, end, raw = word[0], word[0] + len(word[1]), text.raw
    level = text.level(at, end)
    if level == NAME:
        return _name_kind(text, at, end)
    known = _groups().get(word[1].lower())
    if known is None or level > SLOT or text.mask.count(text.mask[at], at, end) != end - at:
        return ""
    group = known[0]
    if group in _TIMES or group in ("near day", "part of day"):
        return group if level == SLOT else ""
    if not word[1].islower() or raw[end : end + 1] in ("-", "'", "’"):
        return ""
    if group in _VERBS:
        return group if kinds().get(behind(raw, at)[1]) == "pronoun" or text.mask[max(0, at - 2)] == NAME else ""
    if level == FREE and _NOUNS.match(group):
        return group if begins_noun(raw, at) and ends_noun(raw, end) else ""
    return group


def _name_kind(text: Text, at: int, end: int) -> str:
    start, stop = text.run(at)
    name = text.raw[start:stop]
    if start != at:
        return ""
    if name in _places():
        return f"place:{_places()[name]}" if behind(text.raw, at)[1] != "the" else ""
    base = re.sub(r"['’]s$", "", text.raw[at:end])
    if base.title() in _people():
        return "name"
    return "other" if base.isalpha() and base[0].isupper() and not base.isupper() else ""


@cache
def _places() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("vague", "places")}


@cache
def _people() -> dict[str, str]:
    """Read the first names that are no other word, with f, m or u."""
    other = words("words", "en") | words("words", "en_wordnet") | words("functions") | words("slots")
    return {n: kind for n, kind in rows("names") if n.lower() not in other and n.isascii() and len(n) > 2}


@cache
def _groups() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Read the words of one kind: a word, singular or plural, to its kind and the others ("apples" -> pears, …)."""
    members: dict[str, list[str]] = {}
    for group, word in rows("disfluency", "kinds"):
        members.setdefault(group, []).append(word)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for group, each in members.items():
        for word in each:
            found.setdefault(word, (group, tuple(w for w in each if w != word)))
        if _NOUNS.match(group):
            many = [plural(w) for w in each]
            for word in many:
                found.setdefault(word, (group, tuple(w for w in many if w != word)))
    return found


def _amounts(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find the plain amounts of a sentence ("$20", "30%", "1998", "seven")."""
    for m in _AMOUNT.finditer(text.raw, start, min(end, speech.said(text))):
        if set(text.mask[m.start() : m.end()]) == {SLOT} and (number_value(m[2]) or 0) > 1:
            yield m.span()
    for at, word in text.words:
        if start <= at < end and word in _SMALL and text.mask[at] == SLOT and text.raw[at - 1 : at] == " ":
            after = text.raw[at + len(word) : at + len(word) + 1]
            if after == " " and not speech.is_number(behind(text.raw, at)[1]):
                yield at, at + len(word)


def _value(text: Text, rng: Rng, site: Site) -> Repair | None:
    """Say another of the kind, a cue, and perhaps the small words before it again."""
    raw, (_, start, end, _) = text.raw, site
    wrong = _wrong(text, rng, site)
    if wrong is None or _tells(text, wrong, site):
        return None
    gap, before = behind(raw, start)
    at, prefix = start, ""
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
    bare = not prefix and site.kind not in ("name", "other") and not site.kind.startswith("place")
    cue = speech.cue(rng, "value", bare and site.kind not in _TIMES)
    return Repair(at, f"{prefix}{wrong} {cue}")


def _wrong(text: Text, rng: Rng, site: Site) -> str | None:
    """Draw another of the same kind, in the same form (plural, possessive, capitals)."""
    raw, (kind, start, end, _) = text.raw, site
    old = raw[start:end]
    base = re.sub(r"['’]s$", "", old)
    owner = old[len(base) :]
    if kind == "number":
        return _other_number(rng, old)
    if kind == "name":
        sort = _people()[base.title()]
        new = rng.choice([n for n, k in _people().items() if k == sort and n != base.title()]) + owner
    elif kind.startswith("place:"):
        name = raw[slice(*text.run(start))]
        new = rng.choice([p for p, k in _places().items() if k == kind[6:] and p != name and " " not in p])
    elif kind == "other":
        others = _others(text, start, base)
        return rng.choice(others) + owner if others else None
    else:
        new = rng.choice(_groups()[old.lower()][1])
        if kind in _TIMES and not old.islower():
            return new.capitalize()
        return like_case(old, new)
    return new.lower() if old.islower() else new


def _others(text: Text, start: int, base: str) -> list[str]:
    """List the other names of a text that could stand here: as many in number, behind the same kind of word."""
    raw, mask, found = text.raw, text.mask, []
    before = kinds().get(behind(raw, start)[1], "")
    for at, word in text.words:
        run = text.run(at) if mask[at] == NAME else (0, 0)
        if run != (at, at + len(word)) or not word.isalpha() or word.isupper() or word.lower() == base.lower():
            continue
        same = is_plural(word) == is_plural(base) and kinds().get(behind(raw, at)[1], "") == before
        if same and word not in found and word.title() not in _people() and word not in _places():
            found.append(word)
    return found


def _other_number(rng: Rng, old: str) -> str | None:
    """Draw a number that could be said for another ("20" -> "30", "$1,200" -> "$1,300", "seven" -> "six")."""
    if old in _SMALL:
        return rng.choice([w for w in _SMALL if w != old])
    m = _AMOUNT.fullmatch(old)
    value = int(m[2].replace(",", "")) if m else 0
    if m is None or value < 2:
        return None
    unit = 1
    while value % (unit * 10) == 0:
        unit *= 10
    if unit == 1 and value % 5 == 0:
        unit = 5
    steps = [s for s in (-3, -2, -1, 1, 2, 3) if value + s * unit > 1]
    new = value + rng.choice(steps) * unit
    return m[1] + (f"{new:,}" if "," in m[2] else str(new)) + m[3]


def _tells(text: Text, wrong: str, site: Site) -> bool:
    """Tell whether the wrong word is in the text already, or says what the item's answer or an option says."""
    low = wrong.lower().strip("$€£%").removesuffix("'s").removesuffix("’s")
    value = number_value(low)
    pattern = re.compile(rf"(?<!\w){re.escape(low)}(?!\w)", re.I)
    if site.kind != "other" and pattern.search(text.raw):
        return True
    if value is not None and any(number_value(w.lower()) == value for w in re.findall(r"\d[\d,.]*\d|\w+", text.raw)):
        return True
    for answer in text.answers():
        if pattern.search(answer) or (value is not None and any(number_value(w) == value for w in answer.split())):
            return True
    return False
