"""Grammar of people who learn English: articles, prepositions, endings of verbs and nouns. What is meant stays plain."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.inflection import plural
from perturb.language.lexicon import rows, table
from perturb.language.slips import is_word

_ARTICLE = re.compile(r"(?<![\w'’-])(?:a|an|the) (?=([a-z]{3,})\b)")
# Behind these an article is part of a phrase, or says how many.
_BOUND = frozenset("few lot little bit couple same only first last next other best most least one two".split())
_DID = re.compile(
    r"\b(did|does) ((?:he|she|it|you|we|they|i|people|everyone|(?:the|his|her|my|your|their|its) [a-z]+|[A-Z][a-z]+)) "
    r"([a-z]{2,})\b(?!['’-])",
    re.IGNORECASE,
)
_THIRD = re.compile(
    r"\b(?:he|she|it)(?: (?:also|only|still|then|usually|always))? ([a-z]{2,}s)\b(?!['’-])", re.IGNORECASE
)
_COUNTED = re.compile(r"\b\d[\d,]* ([a-z]{3,}s)\b(?!['’-])")
_BASES = {"has": "have", "does": "do", "goes": "go"}
_NO_PLURAL = frozenset("news series species means lens gas bus class mathematics physics".split())
_NO_VERB = frozenset("is was its this his us as yes always has does across less plus thus perhaps towards".split())


@transform("learner.article", rate=0.03)
def article(text: Text, rng: Rng) -> Proposals:
    """Leave an article out ("What is the name of the river?" -> "What is name of the river?")."""
    found = [m for m in _ARTICLE.finditer(text.raw) if m[1] not in _BOUND and not m[1].endswith(("est", "th"))]
    for m in rng.shuffled(found):
        yield m.start(), m.end(), ""


@transform("learner.verb", rate=0.03)
def verb(text: Text, rng: Rng) -> Proposals:
    """Give a verb the ending of another person or time ("Where did she buy it?" -> "Where did she bought it?")."""
    found: list[Edit] = []
    for m in _THIRD.finditer(text.raw):
        base = "" if m[1] in _NO_VERB - _BASES.keys() else _BASES.get(m[1]) or _base(m[1])
        if base:
            found.append((m.start(1), m.end(1), base))
    for m in _DID.finditer(text.raw):
        new = _pasts().get(m[3], "") if m[1].lower() == "did" else plural(m[3]) if _verbal(m[3]) else ""
        if new:
            found.append((m.start(3), m.end(3), new))
    yield from rng.shuffled(found)


@transform("learner.noun", rate=0.02)
def noun(text: Text, rng: Rng) -> Proposals:
    """Count what is not counted, or forget the plural ("5 apples and information" -> "5 apple and informations")."""
    odd = table("learner", "nouns")
    found: list[Edit] = [(s, s + len(w), odd[w][0]) for s, w in text.words if w in odd]
    for m in _COUNTED.finditer(text.raw):
        base = _base(m[1])
        if len(base) > 2 and m[1] not in _NO_PLURAL:
            found.append((m.start(1), m.end(1), base))
    yield from rng.shuffled(found)


@transform("learner.preposition", rate=0.02)
def preposition(text: Text, rng: Rng) -> Proposals:
    """Take one preposition for another, leave it out or add it ("it depends on you" -> "it depends of you")."""
    known = table("learner", "prepositions")
    for m in rng.shuffled(list(_phrases().finditer(text.raw))):
        yield m.start(), m.end(), rng.choice(known[m[0]])


def _base(word: str) -> str:
    """Give the verb or noun that an -s was put to ("gives" -> "give"), "" where none is known."""
    for tail, new in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")):
        if word.endswith(tail):
            base = word[: -len(tail)] + new
            return base if is_word(base) else ""
    return ""


_VERBS = frozenset(
    "need want have like cost take make get give work help know mean live pay play eat drink run walk read write "
    "start stop look come use earn spend sell buy save learn grow".split()
)


def _verbal(word: str) -> bool:
    return word in _VERBS and word != "have"


@cache
def _pasts() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("learner", "pasts")}


@cache
def _phrases() -> re.Pattern[str]:
    known = sorted(table("learner", "prepositions"), key=lambda p: (-len(p), p))
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, known))})(?![\w'’-])")
