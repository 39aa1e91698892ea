"""Word tables with a sense of place: which words of a text a table knows, and where its forms are grammatical.

A table's row is ``key, new[, weight[, where, …]]``, or has a weight for each register: ``key, new, customer, chat, sms,
social, where, …``. A weight is the per cent of times that people write the key so; ``where`` names conditions
(conditions.py) joined by "+".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from perturb.core.errors import UsageError, did_you_mean
from perturb.core.rng import Rng
from perturb.core.text import Edit, Text, Word
from perturb.language.conditions import CONDITIONS, fits
from perturb.language.lexicon import like_case, place_of, rows
from perturb.language.places import Place

# From the most careful voice to the least: help desk, desktop chat, text message, social media.
REGISTERS = ("customer", "chat", "sms", "social")
HABIT = 0.7  # share of words that go with the writer's habit: of texts with 1.2 short words on average 34 % have none (tweets: 37 %)
TURNS = 6  # multiples of the rates that can be asked for
RARE = 40.0  # a form under this weight stays rare even where nothing else could be shortened

# After these a word may be talked about, not used ("how do you say please in french").
_MENTION = re.compile(
    r"\bhow (?:do|does|did|would|can|to)\b[^.?!]{0,24}\bsay\b|\bwhat (?:does|do)\b(?=[^.?!]{1,40}\bmean\b)|\b(?:saying|spell(?:ed|ing)?|pronounce|translate|word|phrase|synonyms?|antonyms?|define|definition|means?)\b",
    re.IGNORECASE,
)
# One of these stands in each of its ways.
_MENTIONING = ("say", "spell", "pronounce", "translate", "word", "phrase", "synonym", "antonym", "defin", "mean")
_VOWELS = frozenset("aeiou")
# Spelt with a vowel but said with a consonant, and the reverse; what "a" and "an" go by.
_SOUND = re.compile(r"(?:uni|use|usu|eu|one|ur?\b)|(ho(?:ur|nest)|heir)", re.IGNORECASE)


class Form(NamedTuple):
    """One way to write a key, with how natural it is and where it may stand."""

    new: str
    weight: float
    where: tuple[str, ...]


class Entry(NamedTuple):
    """A key of a table ("going to") and its forms."""

    key: str
    rest: tuple[str, ...]
    forms: tuple[Form, ...]


Lexicon = dict[str, tuple[Entry, ...]]


@cache
def lexicon(topic: str, names: tuple[str, ...], register: str = "social") -> Lexicon:
    """Read tables by first word, longest keys first ("slang", ("en",) -> {"are": (Entry("are you", …),), …})."""
    column = level(register)
    forms: dict[str, list[Form]] = {}
    for name in names:
        for row in rows(topic, name):
            rates, where = (row[2:6], row[6]) if len(row) > 6 else (row[2:3] * 4, row[3] if len(row) > 3 else "")
            weight = float(rates[column]) if rates else 50.0
            if weight > 0:
                forms.setdefault(row[0].lower(), []).append(Form(row[1], weight, _conditions(topic, name, row, where)))
    found: dict[str, list[Entry]] = {}
    for key, ways in forms.items():
        first, *rest = key.split(" ")
        found.setdefault(first, []).append(Entry(key, tuple(rest), tuple(ways)))
    return {first: tuple(sorted(entries, key=lambda e: -len(e.rest))) for first, entries in found.items()}


def level(register: str) -> int:
    """Give a register's place in the order of care ("sms" -> 2); UsageError for what is none."""
    if register not in REGISTERS:
        raise UsageError(
            f"register must be one of {', '.join(REGISTERS)}, not {register!r}{did_you_mean(register, REGISTERS)}"
        )
    return REGISTERS.index(register)


def _conditions(topic: str, name: str, row: tuple[str, ...], where: str) -> tuple[str, ...]:
    named = tuple(w for w in where.split("+") if w)
    for condition in named:
        if condition not in CONDITIONS:
            raise UsageError(
                f"{place_of(topic, name, row)}: no condition {condition!r}{did_you_mean(condition, CONDITIONS)}"
            )
    return named


def places(text: Text, known: Lexicon) -> Iterator[tuple[Place, Entry]]:
    """Find what a table knows among the words on offer ("are you in" -> the places of "are you", "are", "you")."""
    words = text.words
    for i, (start, word) in enumerate(words):
        entries = known.get(word.lower() if word.isalpha() else word.lower().replace("’", "'"))
        if entries is not None:
            for entry in entries:
                end = _reach(text.raw, words, i, entry)
                if end:
                    yield Place(text.raw, start, end), entry


def _reach(raw: str, words: list[Word], i: int, entry: Entry) -> int:
    """Give the end of an entry that starts at word ``i``, or 0: its words must follow with one space between."""
    start, word = words[i]
    end = start + len(word)
    for wanted in entry.rest:
        i += 1
        if i >= len(words) or words[i][0] != end + 1 or raw[end] != " ":
            return 0
        if words[i][1].lower().replace("’", "'") != wanted:
            return 0
        end += 1 + len(words[i][1])
    return end


@lru_cache(maxsize=64)
def mention(raw: str) -> int:
    """Find where words may begin to be talked about, or the end of the text."""
    low = raw.lower()
    if raw.isascii() and not any(map(low.__contains__, _MENTIONING)):
        return len(raw)  # most texts, at a tenth of the cost
    m = _MENTION.search(raw)
    return len(raw) if m is None else m.end()


Offer = tuple[str, list[Place], list[Form]]


def offers(text: Text, known: Lexicon) -> list[Offer]:
    """List a table's keys in a text with their places and the forms that fit one, longest keys first."""
    return text.once(f"offers {id(known)}", lambda: _offers(text, known))  # tables are kept, so are their ids


def _offers(text: Text, known: Lexicon) -> list[Offer]:
    sites: dict[str, tuple[list[Place], Entry]] = {}
    cue = mention(text.raw)
    for place, entry in places(text, known):
        if place.start < cue and not place.named() and not place.joined():
            sites.setdefault(entry.key, ([], entry))[0].append(place)
    found = []
    for key, (at, entry) in sites.items():
        forms = [f for f in entry.forms if any(fits(place, f.where) for place in at)]
        if forms:
            found.append((key, at, forms))
    return sorted(found, key=lambda o: -o[0].count(" "))


def rewritten(text: Text, rng: Rng, known: Lexicon) -> Iterator[list[Edit]]:
    """Propose a table's forms, likelier ones sooner; a word is written one way all over ("you … you" -> "u … u")."""
    found = offers(text, known)
    weights = list(accumulate(round(100 * sum(f.weight for f in forms)) for _, _, forms in found))  # whole numbers
    for _, at, forms in rng.by_weight(found, weights):
        form = rng.weighted([(f, f.weight) for f in forms])
        if form.weight >= RARE or rng.chance(form.weight / RARE):
            yield [e for place in at if fits(place, form.where) for e in written(place, form.new)]


def by_rate(text: Text, rng: Rng, known: Lexicon) -> Iterator[list[Edit]]:
    """Propose all that falls at the tables' own rates, then what falls besides at twice the rates, and so on.

    A key falls where its draw is under its rate. For seven keys in ten the draw is the text's, for the others their
    own: whoever writes "u" writes "ur" too, and each word is still written so as often as the table says. Keys that end
    in the same word share their draw ("r u" only from those who write "u").
    """
    habit = rng.random()
    falls: list[tuple[int, list[Edit]]] = []
    for key, at, forms in offers(text, known):
        own = rng.stream(key.rpartition(" ")[2])
        draw = own.random()
        if own.random() < HABIT:
            draw = habit
        form = own.weighted([(f, f.weight) for f in forms])
        turn = int(100 * draw / sum(f.weight for f in forms))
        if turn < TURNS:
            falls.append((turn, [e for place in at if fits(place, form.where) for e in written(place, form.new)]))
    for turn in range(TURNS):
        yield [edit for when, edits in falls if when == turn for edit in edits]


def written(place: Place, new: str) -> list[Edit]:
    """Write a form in place, with the capitals and the article it needs ("an airplane" -> "a plane").

    Words that a form has at its end as the key does stay untouched ("does [anyone know]").
    """
    raw, start = place.raw, place.start
    old = raw[start : place.end]
    if old[:2] in ("I ", "I'", "I’"):
        if not new[1:2].isalpha():
            new = "I" + new[1:]
        elif not place.opens():
            old = old.lower()  # the capital of a lone I says nothing of the style
    new = new.lower() if raw.islower() else like_case(old, new)
    tail = old.lower().find(f" {new.lower()}")
    if tail > 0 and old.lower().endswith(new.lower()):
        at = start + tail + 1
        return [(start, at, "")] if new[0] == raw[at] else [(start, at, ""), (at, at + 1, new[0])]
    article = place.before[1].lower()
    if article in ("a", "an") and place.before[0] == " ":
        wanted = "an" if _vowel_sound(new) else "a"
        if wanted != article and ("an" if _vowel_sound(old) else "a") == article:
            at = start - 1 - len(article)
            return [(at, place.end, like_case(raw[at : start - 1], wanted) + " " + new)]
    same = _same_end(old, new)
    return [(start, place.end - same, new[: len(new) - same])]


def _same_end(old: str, new: str) -> int:
    """Count the characters of the last words that two phrases share, their space too ("do you know if", "any idea if" -> 3)."""
    size = 0
    for a, b in zip(reversed(old.split(" ")), reversed(new.split(" ")), strict=False):
        if a != b or size + len(a) + 1 >= min(len(old), len(new)):
            break
        size += len(a) + 1
    return size


def _vowel_sound(word: str) -> bool:
    odd = _SOUND.match(word)
    if odd is not None:
        return odd[1] is not None
    return word[:1].lower() in _VOWELS
