"""Where in a sentence a phrase stands: its neighbours, whether a clause begins or ends there, what kinds of word they are."""

from __future__ import annotations

import re
from functools import lru_cache

from perturb.core.values import NUMBER_WORDS
from perturb.language.lexicon import words

_AHEAD = re.compile(r"([\W_]*)([^\W_]+(?:['’][^\W_]+)*)?")
_NUMBER = re.compile(
    r"\d|\bhow (?:many|much)\b|\b(?:number|amount|pay|cost|price|total|rate|limit|fee|time)s?\b|\b(?:"
    + "|".join(sorted(NUMBER_WORDS))
    + r")\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<![\w'’])[b-hj-tv-zB-HJ-Z](?![\w'’])|=")
BREAKS = frozenset('.,!?;:…()[]{}"“”\n—–|')
_TIES = frozenset("-/_@#\\")
_STOP = frozenset(".!?…\n:|")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONJUNCTIONS = _set(
    "and but so or because cuz cos bc since if when that though while as also then well ok okay honestly sorry"
)
PRONOUNS = _set("i you u he she it we they")
AUXILIARIES = _set(
    "do does did don't doesn't didn't will would can could should may might must shall won't can't wouldn't couldn't"
)
BE = _set(
    "am is are was were be been i'm you're we're they're he's she's it's im not still just always keep keeps kept"
)
QUESTION = _set("who what where when why how which whose whatever wherever than as")
SUBJECTS = PRONOUNS | _set(
    "there this that these those the a an my your our their his her its any some all anyone everyone people"
)
OBJECTS = _set("a an the my your our his her their its this that these those it me you us them him some any more on up")
CLAUSE = PRONOUNS | _set("u i'm im i've it's my your our the this that there when if how what can could do does is")
PREPOSITIONS = _set("in on at to for from with by about over after before since into and but when because as again yet")
BEEN = _set("been become gone got had taken given made come")
NEAR = _set("me you u us him them")


class Place:
    """A phrase in its text (raw, start, end) with its neighbours ("want" in "I want it" -> before "I", after "it")."""

    __slots__ = ("_after", "_before", "end", "raw", "start")

    def __init__(self, raw: str, start: int, end: int) -> None:
        self.raw, self.start, self.end = raw, start, end
        self._before: tuple[str, str] | None = None
        self._after: tuple[str, str] | None = None

    @property
    def before(self) -> tuple[str, str]:
        """Give the gap before the phrase and the word before that, in lower case ("ok, so" -> (", ", "ok"))."""
        if self._before is None:
            self._before = behind(self.raw, self.start)
        return self._before

    @property
    def after(self) -> tuple[str, str]:
        """Give the gap after the phrase and the next word, in lower case."""
        if self._after is None:
            self._after = ahead(self.raw, self.end)
        return self._after

    def opens(self) -> bool:
        """Tell whether a sentence begins here."""
        gap, word = self.before
        return not word or any(c in _STOP for c in gap)

    def clause(self) -> bool:
        """Tell whether a clause begins here: a sentence, a comma, or a conjunction before."""
        gap, word = self.before
        return not word or word in CONJUNCTIONS or any(c in BREAKS for c in gap)

    def closes(self) -> bool:
        """Tell whether a clause ends here."""
        gap, word = self.after
        return not word or any(c in BREAKS for c in gap)

    def joined(self) -> bool:
        """Tell whether a hyphen or slash ties the phrase to a word beside it ("is/are", "well-known")."""
        raw = self.raw
        return raw[self.start - 1 : self.start] in _TIES or raw[self.end : self.end + 1] in _TIES

    def named(self) -> bool:
        """Tell whether a capital inside the sentence says that this is a name or a shout, not a common word."""
        raw = self.raw
        old = raw[self.start : self.end]
        if old.islower():
            return False
        head, *rest = old.split(" ")
        if any(w[:1].isupper() and w != "I" for w in rest):
            return not raw.isupper()
        return head[:1].isupper() and head != "I" and not head.startswith(("I'", "I’")) and not self.opens()


def behind(raw: str, start: int) -> tuple[str, str]:
    """Read back from a position: the gap, and the word before it in lower case."""
    i = start
    if i > 1 and raw[i - 1] == " " and raw[i - 2].isalnum():
        i -= 1  # by far the most common case
    while i > 0 and not raw[i - 1].isalnum():
        i -= 1
    j = i
    while j > 0 and (raw[j - 1].isalnum() or raw[j - 1] in "'’"):
        j -= 1
    return raw[i:start], raw[j:i].lower().replace("’", "'")


def ahead(raw: str, end: int) -> tuple[str, str]:
    """Read on from a position: the gap, and the word after it in lower case."""
    m = _AHEAD.match(raw, end)
    assert m is not None  # every part of the pattern may be empty
    return m[1], (m[2] or "").lower().replace("’", "'")


@lru_cache(maxsize=64)
def has_letters(raw: str) -> bool:
    """Tell whether single letters stand for something in a text ("If r is 3"), so that slang may bring in none."""
    return _LETTER.search(raw) is not None


@lru_cache(maxsize=64)
def has_numbers(raw: str) -> bool:
    """Tell whether a text has numbers or asks for one, so that slang may bring in no digit."""
    return _NUMBER.search(raw) is not None


def is_participle(word: str) -> bool:
    """Tell whether a word can follow "have" ("been", "ordered")."""
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
        return True
    return word in words("contractions", "participles")


def is_base_verb(word: str) -> bool:
    """Tell whether a word is a base form of the verb list ("pay")."""
    return word in words("slang", "verbs")
