"""One thing said twice with two numbers, and nobody who puts it right: no answer holds under both."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import is_plural
from perturb.language.lexicon import table
from perturb.language.messages import asks, orders

_NUMBER = re.compile(r"(?<![\w.,/])[$€£]?(\d{1,4})(?![\w,/:-]|\.\d)")
# What holds as long as nothing is said to happen; "now", days and first times would allow both.
_STATE = re.compile(
    r"\b(?:is|are|has|have|costs?|weighs?|takes(?! care)|holds?|contains?|earns?|needs?|charges|pays|lasts?|makes)\b"
)
_PASSING = re.compile(
    r"\b(?:now|then|later|first|second|third|next|last|after|before|another|other|day|today|yesterday|tomorrow|morning|evening|\w+day|"
    r"week|month|year|hour|again|also|additional|extra|went|more|less|than|if|when|while|each other|one|he|she|it|they|his|her|their|its|this|that|"
    r"these|those|them|some|an?other|rest|left|remaining|half|twice|old|currently|already|still)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:is|are|has|have|weighs?)\b")

# What is asked for stands last; what is said again stands before it.
_TASK = re.compile(r"\b(?:how (?:many|much|long|far|old)|what|calculate|find|determine|compute)\b", re.IGNORECASE)
_RATES = re.compile(
    r"\b(?:costs?|weighs?|takes|holds?|contains?|needs?|charges|lasts?|makes)\b"
)  # said of any of a kind
# "a total of 80", "an area of 360 square feet": one has one of these; and "$3 a gallon".
_ONE = re.compile(
    r"\b[Aa]n? (?:[a-z-]+ )?(?:total|average|mean|sum|length|width|height|depth|weight|mass|area|speed|price|cost|fee|rate|capacity|volume|value|age|"
    r"radius|diameter|distance|temperature|population|perimeter|salary|score|balance)\b|(?<=\d )(?:[a-z]+ )?an? [a-z]+"
)
_INDEFINITE = re.compile(r"\b(?:an?|some|certain|several|various)\b", re.IGNORECASE)
_THERE = re.compile(r"There (?:is|are)\b")
_PLACE = re.compile(r"\b(?:in|on|at|inside|of|per) (?:the|each|every|[a-z]+'s|[A-Z])|\bper\b")
_DOING = re.compile(r"\b(?:is|are) (?:[a-z]+ly )?[a-z]+ing\b")
_DEFINITE = frozenset("the each every all both my his her their its our your this together".split())


def _of_two_kinds(said: str, raw: str) -> bool:
    """Tell whether "each" may be said of each kind apart ("21 packages of gum and 45 packages of candy. … in each package")."""
    each = re.search(r"\beach ([a-z]{3,})\b", said)
    return each is not None and len(re.findall(rf"\d [a-z ]*{each[1]}(?:s|es)\b", raw)) > 1


def _of_one(said: str) -> bool:
    """Tell whether a sentence is about one thing, so that it cannot hold twice ("The bag has", not "A boy has", "48 people ride")."""
    verb = _STATE.search(said)
    if verb is None or _DOING.search(said):
        return False
    if _THERE.match(said):
        return _PLACE.search(said) is not None and not _INDEFINITE.search(_ONE.sub("", said))
    subject = said[: verb.start()].split()
    first = subject[0].lower() if subject else ""
    if not subject or first[0].isdigit() or first.strip(",") in NUMBER_WORDS:
        return False
    if any(w in NUMBER_WORDS and before.lower() not in _DEFINITE for before, w in zip(subject, subject[1:])):
        return False  # "the product of two integers": there may be two such products
    rest = _ONE.sub("", said)
    if first in ("a", "an") and verb[0] and _RATES.fullmatch(verb[0]):
        rest = rest[len(first) :]
    if _INDEFINITE.search(rest):
        return False
    owned = any(w.endswith(("'s", "’s", "s'", "s’")) for w in subject)
    named = subject[-1][0].isupper() and (len(subject) > 1 or subject[0] in table("names"))
    return first in _DEFINITE or owned or named or not is_plural(subject[-1].lower())


@transform("contradict.amount", times=1, reach="loss", role="contradiction")
def amount(text: Text, rng: Rng) -> Proposals:
    """Say the same again with another number ("A pack costs $5. …" -> "A pack costs $5. … A pack costs $7.")."""
    raw, spans = text.raw, text.sentences()
    if "\n" in raw.strip() or len(spans) < 2 or any(raw[e - 1] not in ".?!" for _, e in spans):
        return
    asking = next((i for i in range(len(spans) - 1, -1, -1) if _asks(raw[slice(*spans[i])])), len(spans))
    for i in rng.shuffled(range(len(spans))):
        said = raw[slice(*spans[i])]
        numbers = list(_NUMBER.finditer(said))
        fits = len(numbers) == 1 and len(re.findall(r"\d+", said)) == 1 and 5 <= len(said.split()) <= 14
        if (
            not fits
            or i > asking
            or asks(said)
            or orders(said)
            or _PASSING.search(said)
            or said[-1:] != "."
            or not _of_one(said)
            or _of_two_kinds(said, raw)
        ):
            continue
        m, old = numbers[0], int(numbers[0][1])
        if old < 2 or text.level(*spans[i]) == LOCKED:
            continue
        new = old + 1 + rng.below(max(2, old // 2))
        again = said[: m.start(1)] + str(new) + said[m.end(1) :]
        # What one has may change with what is told next, so it is said again before that.
        at = spans[i][1] if _HELD.search(said) else spans[max(i, asking - 1)][1]
        yield at, at, f" {again}"


def _asks(sentence: str) -> bool:
    return asks(sentence) or orders(sentence) or _TASK.search(sentence) is not None
