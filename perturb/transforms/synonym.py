"""Another word for the same: from a small table of safe pairs, or from WordNet behind guards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.stems import stem
from perturb.core.text import FREE, Edit, Proposals, Text, Word
from perturb.language import wordnet
from perturb.language.grammar import is_plural
from perturb.language.inflection import plural, replace_word, verb_forms
from perturb.language.lexicon import rows
from perturb.language.places import BREAKS, Place, ahead, behind

Pair = tuple[str, "Guard", "Guard", "Guard"]


class Guard(NamedTuple):
    """What a neighbour may not be, or what it has to be (``only``); for "^" and the like see the table's first lines."""

    words: frozenset[str]
    only: bool

    def lets(self, neighbour: str) -> bool:
        """Tell whether a word may stand beside this one (Guard({"how"}, True).lets("how") -> True)."""
        return (neighbour in self.words) == self.only

    def among(self, said: set[str]) -> bool:
        """Tell whether a text with these words is one for the pair."""
        return self.words.isdisjoint(said) != self.only if self.words else True


_SELF = frozenset("i i'm im me my we our us please".split())
_QUERY = frozenset("who what when where which whose how why".split())


@cache
def _pairs(name: str) -> dict[str, tuple[Pair, ...]]:
    """Read the table: word -> (synonym, what may stand before it, what behind it, what in its text)."""
    found: dict[str, list[Pair]] = {}
    for row in rows("synonyms", name):
        before, behind_, beside = (_guard(cell) for cell in (*row[2:5], "-", "-", "-")[:3])
        found.setdefault(row[0], []).append((row[1], before, behind_, beside))
    return {word: tuple(pairs) for word, pairs in found.items()}


def _guard(cell: str) -> Guard:
    only = cell.startswith("+")
    said = () if cell == "-" else cell.removeprefix("+").split(",")
    kinds = {f"%{row[0]}": row[1].split(",") for row in rows("synonyms", "texts")} if "%" in cell else {}
    return Guard(frozenset(word for w in said for word in kinds.get(w, (w,))), only)


@transform("synonym.common", rate=0.08)
def common(text: Text, rng: Rng, *, words: str = "en") -> Proposals:
    """Say it in another common word ("How do I purchase it?" -> "How do I buy it?").

    A word is said otherwise all over the text, and never by one that the text has already.
    """
    if _may_be_title(text.raw) or _OF_WORDS.search(text.raw):
        return
    known, has = _pairs(words), {w.lower() for _, w in text.every_word()}
    telling = _label_stems(text.answers())
    places: dict[str, list[Word]] = {}
    for start, old in _known(text, known, words):
        if _is_common(text, start, start + len(old)) and telling.isdisjoint(map(stem, old.lower().split())):
            places.setdefault(old.lower(), []).append((start, old))
    for key in rng.shuffled(sorted(places)):
        beside = [pair for pair in known[key] if pair[0] not in has and pair[3].among(has)]
        fitting = [(pair[0], at) for pair in beside if (at := _fitting(text, pair, places[key]))]
        if not fitting:
            continue
        new, at = rng.choice(fitting)
        edits = [e for start, old in at for e in _said(text, start, old, new)]
        if edits:
            yield edits if len(edits) > 1 else edits[0]


def _fitting(text: Text, pair: Pair, places: list[Word]) -> list[Word]:
    """Give a word's places where their neighbours let the pair stand in all of them, else none."""
    _, before, behind_, _ = pair
    all_fit = all(
        before.lets(_before(text.raw, start)) and behind_.lets(_behind(text.raw, start + len(old)))
        for start, old in places
    )
    return places if all_fit else []


_IS = frozenset("it's that's what's he's she's there's here's let's who's where's how's".split())


def _before(raw: str, start: int) -> str:
    """Give the word before, "^" at a sentence's start, "/" behind another break, "'s" for "Ann's"."""
    gap, word = behind(raw, start)
    if not word or any(c in ".?!\n" for c in gap):
        return "^"
    if not BREAKS.isdisjoint(gap):
        return "/"
    return "'s" if word.endswith("'s") and word not in _IS else word


def _behind(raw: str, end: int) -> str:
    """Give the word behind, "$" at a clause's end, "#" for a number, "£" for an amount of money."""
    gap, word = ahead(raw, end)
    if not word or not BREAKS.isdisjoint(gap):
        return "$"
    if not word[0].isdigit():
        return word
    return "£" if gap[-1:] in ("$", "£", "€") else "#" if gap.isspace() else word


def _said(text: Text, start: int, old: str, new: str) -> list[Edit]:
    raw = text.raw
    if re.search(r"\bI\b", old):
        new = re.sub(r"\bi\b", "I", new)
        if old[0] == "I" and not Place(raw, start, start + 1).opens():
            old = old[0].lower() + old[1:]  # its capital says nothing of the words that come for it
    return replace_word(text, start, start + len(old), new.lower() if raw.islower() else new)


@lru_cache(maxsize=1024)
def _label_stems(answers: frozenset[str]) -> frozenset[str]:
    """Give the stems of the words in labels ("verify_my_identity"): near labels are told apart by just these words."""
    found = (word for answer in answers if " " not in answer for word in re.findall(r"[a-z]+", answer))
    return frozenset(stem(word) for word in found if len(word) > 2)


# What is asked of words themselves, or is another's text: none of it may be said otherwise.
_OF_WORDS = re.compile(
    r"\b(?:synonyms?|antonyms?|rhymes?|rhyming|spell(?:ed|ing)?|pronounced?|(?:the|what|which|this) (?:word|term|phrase)s?"
    r"|the meaning of the|do (?:you|they|we) (?:call|say)|refers? to the following (?:information|passage|excerpt)s?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"\n]*"|“[^”]*”')


@cache
def _phrases(name: str) -> dict[str, tuple[str, ...]]:
    """List the table's phrases by their first words, longest first ("how" -> ("how do i", "how can i"))."""
    found: dict[str, list[str]] = {}
    for key in _pairs(name):
        if " " in key:
            found.setdefault(key.split(" ")[0], []).append(key)
    return {first: tuple(sorted(keys, key=lambda k: (-len(k), k))) for first, keys in found.items()}


def _known(text: Text, known: dict[str, tuple[Pair, ...]], name: str) -> Iterator[Word]:
    """Find the words and phrases of the table among the words on offer."""
    phrases, offered = _phrases(name), {start for start, _ in text.words}
    quoted = [m.span() for m in _QUOTED.finditer(text.raw)]
    for start, word in text.words:
        if any(begin < start < stop for begin, stop in quoted):
            continue
        low = word.lower()
        for phrase in phrases.get(low, ()):
            end = start + len(phrase)
            said = text.raw[start:end]
            if said.lower() == phrase and not text.raw[end : end + 1].isalnum() and text.level(start, end) == FREE:
                if all(m.start() + start in offered for m in re.finditer(r"[^ ]+", said)):
                    yield start, said
                    break
        else:
            if low in known:
                yield start, word


def _may_be_title(raw: str) -> bool:
    """Tell whether names and titles cannot be seen: a query all in lower case ("who plays the kid in …")."""
    if not raw.islower():
        return False
    said = raw.replace("’", "'").split()
    return bool(said) and (said[0] in _QUERY or not _SELF.intersection(said))


def _is_common(text: Text, start: int, end: int) -> bool:
    """Tell whether a word stands alone as a common word: no capital inside the sentence, no hyphen, no "'s"."""
    raw = text.raw
    if (raw[start - 1 : start] in ("-", "/") and start) or raw[end : end + 1] in ("-", "/", "'", "’"):
        return False
    old = raw[start:end]
    return "'" not in old and "’" not in old and not Place(raw, start, end).named()


_KINDS = {"NOUN": "n", "VERB": "v", "ADJ": "a", "ADV": "r"}


@transform("synonym.wordnet", rate=0.08, needs=("spacy", "wordnet"))
def by_wordnet(text: Text, rng: Rng) -> Proposals:
    """Say it in another word, by WordNet and part of speech ("the doctor" -> "the physician")."""
    telling = _label_stems(text.answers())
    for start, old in rng.shuffled([w for w in text.words if len(w[1]) > 2]):
        end, kind = start + len(old), _KINDS.get(text.tag(start), "")
        if not kind or not _is_common(text, start, end) or stem(old.lower()) in telling:
            continue
        new = _by_wordnet(old.lower(), kind)
        edits = replace_word(text, start, end, new) if new else []
        if edits:
            yield edits if len(edits) > 1 else edits[0]


@lru_cache(maxsize=65536)
def _by_wordnet(word: str, kind: str) -> str:
    """Give the commonest safe synonym in the word's own form ("cars" -> "automobiles"), "" where there is none."""
    base = wordnet.base(word, kind)
    found = [w for w in (wordnet.synonyms(base, kind) if base else ()) if w not in _UNFIT and base not in _UNFIT]
    if not found:
        return ""
    new = found[0]
    if base == word:
        return "" if kind == "n" and is_plural(word) else new
    if kind == "n":
        return plural(new) if plural(base) == word else ""
    if kind == "v":
        for old_form, new_form in zip(verb_forms(base), verb_forms(new), strict=True):
            if old_form == word and new not in _IRREGULAR:
                return new_form
    return ""


# Leading senses that mislead in use: seen in items that were read.
_UNFIT = frozenset(
    "assist help someone person percent percentage district territory procedure process papa regain wakeful "
    "furnish publish mama babe postpone shelving employ holding lately registration".split()
)
_IRREGULAR = frozenset(
    "begin get give find choose tell show keep build send leave speak eat make think understand pay sell buy take "
    "see know go come become feel hold bring write stand hear let mean set meet run lead grow lose fall spend "
    "rise drive break read cut put sleep win teach catch draw throw wear forget".split()
)
