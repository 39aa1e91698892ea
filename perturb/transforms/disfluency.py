"""Speech as it is spoken: fillers, repeats, false starts, and words put right (docs/disfluency.md).

Words are only put in: what was said stays, in order, behind whatever was said first.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text, Word
from perturb.language import fluency
from perturb.language.lexicon import rows
from perturb.language.places import ahead, behind
from perturb.language.repairs import repairs
from perturb.language.smallwords import kinds

NEAR = 20  # characters
_JOINING = frozenset("and but because so that or when if while which who then".split())
_LEADS = frozenset(("article", "preposition", "aux", "pronoun"))
_OWNERS = frozenset("my your his her its our their".split())
# Said twice these say something else or nothing that anybody says twice.
_ONCE = frozenset(
    "that that's had is him her me us them no not an per despite via nor though may might will us am let lets like".split()
)
_SAYING = frozenset(("i mean", "you know", "like"))
_GOES_ON = frozenset("and but so because".split())
_TWICE = {"article": 10, "preposition": 5, "pronoun": 6, "aux": 3, "conjunction": 5, "demonstrative": 3}


@cache
def _fillers() -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for place, filler, weight in rows("disfluency", "fillers"):
        found.setdefault(place, []).append((filler, float(weight)))
    return found


@transform("disfluency.filler", rate=0.03, reach="form")
def filler(text: Text, rng: Rng) -> Proposals:
    """Hold the floor where a clause begins or a word is looked for ("of the tower" -> "of the uh tower").

    Two to four in a hundred words of speech; before a sentence, behind its conjunctions and commas, before content words.
    """
    places = text.once("disfluency.filler", lambda: _places(text))
    for word, kind, _ in rng.by_weight(places, list(accumulate(p[2] for p in places))):
        new = rng.weighted(_fillers()[kind])
        gap, last = behind(text.raw, word[0])
        if kind == "clause" and new in _SAYING and gap == " " and last not in _GOES_ON:
            continue  # "real or I mean fake" would put right what was said
        if new == "like" and any(c.isdigit() for c in text.raw[word[0] : word[0] + NEAR]):
            continue  # "like 30" is about 30
        yield fluency.before(text, word[0], new)


def _places(text: Text) -> list[tuple[Word, str, int]]:
    """List where a filler may stand, with its kind and weight: onsets of clauses more than inside them."""
    raw = text.raw
    found: list[tuple[Word, str, int]] = []
    for sentence in fluency.heard(text):
        for word in sentence:
            at, low = word[0], word[1].lower()
            gap, last = behind(raw, at)
            if last in fluency.FILLERS or low in fluency.FILLERS:
                continue
            if fluency.begins(text, at):
                found.append((word, "opening", 12))
            elif (gap == ", " and not fluency.is_number(last)) or (
                gap == " " and last in _JOINING and low not in _JOINING
            ):
                found.append((word, "clause", 8))
            elif gap == " " and (kinds().get(last) in _LEADS or last in _OWNERS) and _content(low):
                found.append((word, "inside", 2))
    return found


def _content(low: str) -> bool:
    return len(low) > 4 and low.isalpha() and low not in kinds() and not low.endswith("ly")


@transform("disfluency.repeat", rate=0.015, reach="form")
def repeat(text: Text, rng: Rng) -> Proposals:
    """Say a small word or the first words twice ("How many are in the box" -> "How many are in the the box")."""
    options = text.once("disfluency.repeat", lambda: _twice(text))
    for at, words, _ in rng.by_weight(options, list(accumulate(o[2] for o in options))):
        yield fluency.before(text, at, words)


def _twice(text: Text) -> list[tuple[int, str, int]]:
    """List what may be said twice: small words, and the one or two words with which a sentence begins."""
    raw = text.raw
    found: list[tuple[int, str, int]] = []
    for sentence in fluency.heard(text):
        for i, word in enumerate(sentence):
            at, low = word[0], word[1].lower()
            gap, after = ahead(raw, at + len(low))
            last = behind(raw, at)[1]
            if gap != " " or after == low or last in (low, *fluency.FILLERS) or fluency.is_number(last):
                continue
            if fluency.begins(text, at) and i == 0:
                found += [(at, low, 8)] if fluency.plain(text, word) and low in kinds() and low not in _ONCE else []
                if low in ("how", "what", "which", "who", "where", "when", "why", "i", "can", "is", "do"):
                    more, _ = fluency.along(text, at + len(low), 1)
                    found += [(at, low + more, 12)] if more and not _stays(more) else []
            elif fluency.free(text, word) and low not in _ONCE and (low != "a" or len(after) > 1):
                weight = _TWICE.get(kinds().get(low, ""), 0)
                if weight and not fluency.is_number(after):
                    found.append((at, low if low != "i" else word[1], weight))
    return found


def _stays(more: str) -> bool:
    """Tell whether the second word denies or limits: said twice it is not the same."""
    return kinds().get(more.strip().lower()) in ("negation", "quantifier") and more.strip() not in ("many", "much")


@transform("disfluency.restart", times=1, reach="form")
def restart(text: Text, rng: Rng) -> Proposals:
    """Stop after the first words and begin again ("What is the tallest" -> "What is the uh what is the tallest")."""
    for sentence in rng.shuffled([s for s in fluency.heard(text) if fluency.begins(text, s[0][0])]):
        at, first = sentence[0]
        if fluency.is_number(first) or first.lower() in fluency.FILLERS:
            continue
        size = rng.weighted(((1, 30), (2, 40), (3, 20), (4, 10)))
        more, end = fluency.along(text, at + len(first), size)
        if not more or text.raw[end : end + 1] != " " or _negated(more):
            continue
        pause = rng.weighted((("uh", 30), ("um", 20), ("er", 10), ("i mean", 8), ("sorry", 5), ("", 27)))
        yield fluency.before(text, at, f"{first}{more} {pause}".rstrip())


def _negated(more: str) -> bool:
    return any(kinds().get(w.lower()) == "negation" for w in more.split())


@transform("disfluency.repair", times=1, reach="form")
def repair(text: Text, rng: Rng, *, values: bool = False, talk: bool = False) -> Proposals:
    """Say a wrong word first and put it right ("on Monday" -> "on Tuesday no sorry on Monday").

    What is right stays where it stands, so the answer is the same. The cues and how early it happens (64 % in the first
    fifth of a question) are as in Disfl-QA. The wrong word is of the same kind: a name, a place, a day, a like thing, the
    beginning of another question; never the item's answer or an option. ``values`` has numbers put right too ("20 no make
    that 30 apples"): then a number stands in the text that the clean one has not. With ``talk`` words are put right and hardly
    ever beginnings of questions, which Disfl-QA's annotators changed in one question of three.
    """
    for made in repairs(text, rng, values, talk):
        yield fluency.before(text, made.at, made.words)
