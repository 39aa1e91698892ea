"""Grammar of people who learn English: word order, articles, prepositions, endings. What is meant stays plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import ends_noun, is_plural
from perturb.language.inflection import begins_with_vowel, plural
from perturb.language.learning import pasts, reordered
from perturb.language.lexicon import like_case, table
from perturb.language.places import OBJECTS, ahead, is_base_verb
from perturb.language.slips import is_word
from perturb.language.smallwords import is_plain_article

_ARTICLE = re.compile(r"(?<![\w'’-])(a|an|the) (?=([a-z]{3,})\b)", re.IGNORECASE)
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
# "The bank charges a fee", "Maria sells 3": a noun or name with its verb, and what the verb takes.
_NOUN_THIRD = re.compile(
    r"\b(?:(?:[Tt]he|[Tt]his|[Mm]y|[Yy]our|[Hh]is|[Hh]er) (?:[a-z]+ )?[a-z]+|[A-Z][a-z]+) ([a-z]{3,}s) (?=([\w$£]+))"
)
_NO_NAME = frozenset(
    "What Who Which Where When How Why This That These Those There Here One If As Each Every It He She Will May".split()
)
_PEOPLE = re.compile(r"\b(?:they|we|you|people|customers|students|children) (have|are|were|do)\b(?!n)", re.IGNORECASE)
_COPULA = re.compile(r"(?<=[a-z]) (?:is|are|am)(?= (?:not|still) [a-z]{3,})")
_TO = re.compile(
    r"(?<!the )(?<!no )\b(?:want|wants|wanted|need|needs|like|trying|try|plan|decide|decided) (to )(?=([a-z]+))"
)
_MUST = re.compile(r"\b(?:must|should) (?=([a-z]{2,})\b)")
_LATELY = re.compile(
    r"\bI (?=(lost|paid|sent|bought|made|got|received|ordered|found) [^.?!]*\b(?:yesterday|last|ago)\b)"
)
_HAVING = re.compile(r"\b(I|we) (have)(?= (?:a|an|some) (?:[a-z]+ )?(?:problem|issue|trouble|question|doubt)s?\b)")
_CONCORD = {"have": "has", "are": "is", "were": "was", "do": "does"}
_COUNTED = re.compile(
    r"\b(?:\d[\d,]*|(?:how )?many|several|these|those|different|various|all the|of my|of your|of his|of her|of their|"
    + "|".join(sorted(NUMBER_WORDS - {"one", "zero"}))
    + r") ([a-z]{3,}s)\b(?!['’-])",
    re.IGNORECASE,
)
_BASES = {"has": "have", "does": "do", "goes": "go"}
_NO_PLURAL = frozenset("news series species means lens gas bus class mathematics physics".split())
_NO_VERB = frozenset("is was its this his us as yes always has does across less plus thus perhaps towards".split())


@transform("learner.question", times=1)
def question(text: Text, rng: Rng) -> Proposals:
    """Ask in the order of a statement ("How can I pay?" -> "How I can pay?", "How to pay?")."""
    for ways in rng.shuffled(list(reordered(text))):
        yield rng.choice(ways)


@transform("learner.article", rate=0.03)
def article(text: Text, rng: Rng) -> Proposals:
    """Leave an article out, or take "a" for "an" ("What is the name of the river?" -> "What is name of the river?")."""
    found = [
        m
        for m in _ARTICLE.finditer(text.raw)
        if m[2] not in _BOUND
        and not m[2].endswith(("est", "th"))
        and (m[1].lower() == "the" or is_plain_article(text.raw, m.start(1), m.end(1)))
    ]
    for m in rng.shuffled(found):
        if m[1].lower() == "an" and begins_with_vowel(m[2]) and rng.chance(0.4):
            yield m.end(1) - 1, m.end(1), ""
        elif m[1][0].isupper():
            yield m.start(), m.end() + 1, text.raw[m.end()].upper()
        else:
            yield m.start(), m.end(), ""


@transform("learner.verb", rate=0.03)
def verb(text: Text, rng: Rng) -> Proposals:
    """Give a verb the ending of another person or time ("Where did she buy it?" -> "Where did she bought it?")."""
    yield from rng.shuffled([*_agreeing(text.raw), *_built(text.raw)])


def _agreeing(raw: str) -> Iterator[Edit]:
    """Find verbs by person and time ("he gives" -> "he give", "did she buy" -> "did she bought")."""
    for m in _THIRD.finditer(raw):
        base = "" if m[1] in _NO_VERB - _BASES.keys() else _BASES.get(m[1]) or _base(m[1])
        if base:
            yield m.start(1), m.end(1), base
    for m in _NOUN_THIRD.finditer(raw):
        base = _BASES.get(m[1]) or _base(m[1])
        takes = m[2].lower() in OBJECTS or m[2][0].isdigit() or m[2][0] in "$£" or m[2].lower() in NUMBER_WORDS
        noun = m[0].split()[-2]
        if takes and is_base_verb(base) and m[0].split()[0] not in _NO_NAME and not is_plural(noun):
            yield m.start(1), m.end(1), base
    for m in _PEOPLE.finditer(raw):
        if m[1].islower() and not raw[: m.start()].rstrip().lower().endswith(
            ("do", "did", "does", "can", "would", "and", "or")
        ):
            yield m.start(1), m.end(1), _CONCORD[m[1]]
    for m in _DID.finditer(raw):
        new = pasts().get(m[3], "") if m[1].lower() == "did" else plural(m[3]) if _verbal(m[3]) else ""
        if new:
            yield m.start(3), m.end(3), new


def _built(raw: str) -> Iterator[Edit]:
    """Find what stands around verbs ("want to buy" -> "want buy", "must pay" -> "must to pay", "is not working" -> "not working")."""
    for m in _COPULA.finditer(raw):
        yield m.start(), m.end(), ""
    for m in _TO.finditer(raw):
        if is_base_verb(m[2]):
            yield m.start(1), m.end(1), ""
    for m in _MUST.finditer(raw):
        if is_base_verb(m[1]):
            yield m.end(), m.end(), "to "
    for m in _LATELY.finditer(raw):
        yield m.end(), m.end(), "have "
    for m in _HAVING.finditer(raw):
        yield m.start(2), m.end(2), "am having" if m[1] == "I" else "are having"


@transform("learner.noun", rate=0.02)
def noun(text: Text, rng: Rng) -> Proposals:
    """Count what is not counted, or forget the plural ("5 apples and information" -> "5 apple and informations")."""
    odd = table("learner", "nouns")
    found: list[Edit] = [
        (s, s + len(w), odd[w][0]) for s, w in text.words if w in odd and ends_noun(text.raw, s + len(w))
    ]
    for m in _COUNTED.finditer(text.raw):
        base = _base(m[1])
        if (
            len(base) > 2
            and m[1] not in _NO_PLURAL
            and base not in NUMBER_WORDS
            and ahead(text.raw, m.end())[1] != "of"
        ):
            found.append((m.start(1), m.end(1), base))
    yield from rng.shuffled(found)


# Before a day, a month, a place, an hour another preposition: what is meant stays plain.
_FRAMES = (
    (re.compile(r"\b(?:to|I|i|you|we|they|not|please|will|can't) wait( for)(?= [a-z])"), ("",)),
    (re.compile(r"\b([Oo]n) (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b)", re.I), ("in", "at")),
    (re.compile(r"\b([Ii]n) (?=(?:January|February|March|April|June|July|August|September|October|November|December)\b)"), ("on", "at")),
    (re.compile(r"\b(for) (?=(?:\d+|two|three|four|five|six|seven|several|many) (?:days?|weeks?|months|years|hours)\b(?! (?:a|an|per|each|every)\b))"), ("since", "during")),
    (re.compile(r"\b([Aa]t) (?=(?:the|a|an|my|his|her|their|your) (?:store|shop|bank|market|supermarket|airport|hotel|restaurant|bakery|atm|ATM|gym"
                r"|party|park|office|cafe|library|zoo|museum|checkout)\b)"), ("in", "on")),
    (re.compile(r"\b([Ii]n) (?=(?:the|a|my|his|her|their|your) (?:store|shop|bank|garden|office|restaurant|park|city|country|app|picture|class)\b)"),
     ("at", "on")),
    (re.compile(r"\b(to) (?=(?:my|your|his|her|their|the) (?:friends?|brother|sister|mother|father|wife|husband|account|bank)\b)"), ("for",)),
    (re.compile(r"\b(?:buy|buys|bought|get|gets|got|ordered|order) (?:[a-z0-9]+ ){1,3}(from) (?=(?:you|the|a|my|[A-Z]))"), ("of", "in")),
    (re.compile(r"\b(?:spends?|spent|pays?|paid) (?:[$£€]?\d[\d.,]* )?(on|for) (?=(?:the|a|an|her|his|my|each)\b)"), ("in", "to")),
    (re.compile(r"\b(?:goes|go|went|going|come|came) (to) (?=(?:the|a|school|work|his|her|my|[A-Z]))"), ("in", "at")),
    (re.compile(r"\b(?:asks?|asked|answers?|answered|tells?|told)( )(?=(?:him|her|me|us|them|you)\b)"), (" to ",)),
)  # fmt: skip


@transform("learner.preposition", rate=0.02)
def preposition(text: Text, rng: Rng) -> Proposals:
    """Take one preposition for another, leave it out or add it ("it depends on you" -> "it depends of you")."""
    known = table("learner", "prepositions")
    found = [
        (*m.span(), like_case(m[0], rng.choice(known[m[0].lower()])))
        for m in _phrases("prepositions").finditer(text.raw)
    ]
    for pattern, ways in _FRAMES:
        for m in pattern.finditer(text.raw):
            found.append((*m.span(1), like_case(m[1], rng.choice(ways))))
    yield from rng.shuffled(found)


@transform("learner.word", rate=0.01)
def word(text: Text, rng: Rng) -> Proposals:
    """Put words together as another language does ("make a payment" -> "do a payment")."""
    yield from _replaced(text, rng, "words")


def _replaced(text: Text, rng: Rng, name: str) -> Proposals:
    known = table("learner", name)
    for m in rng.shuffled(list(_phrases(name).finditer(text.raw))):
        yield m.start(), m.end(), like_case(m[0], rng.choice(known[m[0].lower()]))


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
def _phrases(name: str) -> re.Pattern[str]:
    known = sorted(table("learner", name), key=lambda p: (-len(p), p))
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, known))})(?![\w'’-])", re.IGNORECASE)
