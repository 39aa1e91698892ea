"""One thing with two numbers, and nobody who says which is right: no answer holds under both."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import is_plural
from perturb.language.lexicon import rows, table, words
from perturb.language.messages import asks, orders

_NUMBER = re.compile(r"(?<![\w.,/−-])[$€£]?(\d{1,4})(?![\w,/:-]|\.\d)")
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
_ENDS = re.compile(r"[^\s.)\]\"”]\.$")
_NAMED = re.compile(r"\b(?:named|called|namely|such as|including|like)\b|: |, [^,]+, (?:and|or) ")
_LIST = re.compile(r"[A-Z][a-z]+(?:, [A-Z][a-z]+)+,? and [A-Z][a-z]+")  # who or what is counted is listed
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
    """Give one thing with two numbers ("A pack costs $5. …" -> "A pack costs $5 (or $7, it says both). …").

    Only of a plain statement in the present with one number, of one thing, that stands before the question. Either in brackets behind it, or said again before the question ("Remember, a pack costs $7."). Neither is taken back.
    """
    raw, spans = text.raw, text.sentences()
    if "\n" in raw.strip() or len(spans) < 2 or any(raw[e - 1] not in ".?!" for _, e in spans):
        return
    asking = next((i for i in range(len(spans) - 1, -1, -1) if _asks(raw[slice(*spans[i])])), len(spans))
    ways = {
        where: [(row[1], int(row[2])) for row in rows("contradict") if row[0] == where] for where in ("again", "beside")
    }
    for i in rng.shuffled(range(len(spans))):
        start, end = spans[i]
        m = _amount(raw[start:end], raw)
        if m is None or i > asking or text.level(start, end) == LOCKED:
            continue
        said, new = raw[start:end], _other(int(m[1]), rng)
        if said[m.end() : m.end() + 1] == "%" and new > 100:
            continue
        # What one has may change with what is told next, and nobody repeats what was said just now.
        at = spans[max(i, asking - 1)][1]
        apart = at > end and not _HELD.search(said)
        if apart and rng.chance(0.7):
            again = said[: m.start(1)] + str(new) + said[m.end(1) :]
            yield at, at, " " + rng.weighted(ways["again"]).format(said=_inside(again))
        else:
            yield end - 1, end - 1, " " + rng.weighted(ways["beside"]).format(new=_measured(said, m, new))


def _amount(said: str, raw: str) -> re.Match[str] | None:
    """Find the one number of a plain statement of which there cannot be two, that nothing else in the text tells."""
    numbers = list(_NUMBER.finditer(said))
    if (
        len(numbers) != 1
        or len(re.findall(r"\d+", said)) != 1
        or not 5 <= len(said.split()) <= 14
        or not _ENDS.search(said)
    ):
        return None
    if asks(said) or orders(said) or _PASSING.search(said) or not _of_one(said) or _of_two_kinds(said, raw):
        return None
    old = int(numbers[0][1])
    listed = (1 + len(re.findall(r", (?:and )?| and ", many[0])) for many in _LIST.finditer(raw))
    return None if old < 2 or _NAMED.search(said) or old in listed else numbers[0]


def _other(old: int, rng: Rng) -> int:
    """Draw a greater number, as round as the first (50 -> 60, 70)."""
    step = next((n for n in (1000, 500, 100, 50, 10, 5) if old % n == 0 and 4 * n <= old), 1)
    return old + step * (1 + rng.below(max(2, old // (2 * step))))


def _inside(said: str) -> str:
    """Begin a statement in small letters, unless it begins with a name ("Each box holds 6." -> "each box holds 6.")."""
    first = re.match(r"[A-Za-z]*", said)
    word = first[0].lower() if first else ""
    small = word in words("functions", "en") | words("words", "en") | words("words", "en_wordnet")
    return word + said[len(word) :] if small and first and first[0] not in table("names") else said


def _measured(said: str, m: re.Match[str], new: int) -> str:
    """Give the new number with its sign, or with its measure where the sentence ends with that ("$7", "56 pounds")."""
    rest, sign = said[m.end() : -1], said[m.start() : m.start(1)]
    own = not sign and re.fullmatch(r" [a-z]+", rest)
    return sign + str(new) + (rest if own else "%" if rest[:1] == "%" else "")


def _asks(sentence: str) -> bool:
    return asks(sentence) or orders(sentence) or _TASK.search(sentence) is not None
