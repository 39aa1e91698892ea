"""Where in a sentence a phrase stands, and which forms that allows: small named conditions on its neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from perturb.core.values import NUMBER_WORDS
from perturb.language.lexicon import table, words

_AHEAD = re.compile(r"([\W_]*)([^\W_]+(?:['’][^\W_]+)*)?")
_NUMBER = re.compile(
    r"\d|\bhow (?:many|much)\b|\b(?:number|amount|pay|cost|price|total|rate|limit|fee|time)s?\b|\b(?:"
    + "|".join(sorted(NUMBER_WORDS))
    + r")\b",
    re.IGNORECASE,
)
_BREAK = frozenset('.,!?;:…()[]{}"“”\n—–|')
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
        return not word or word in CONJUNCTIONS or any(c in _BREAK for c in gap)

    def closes(self) -> bool:
        """Tell whether a clause ends here."""
        gap, word = self.after
        return not word or any(c in _BREAK for c in gap)

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

    def fits(self, where: tuple[str, ...]) -> bool:
        """Tell whether all named conditions hold here."""
        return all(CONDITIONS[name](self) for name in where)


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


def _next(place: Place) -> str:
    return place.after[1] if place.after[0] == " " else ""


def _second(place: Place) -> str:
    gap, word = place.after
    return ahead(place.raw, place.end + len(gap) + len(word))[1]


def _verb(place: Place) -> bool:
    """Before a verb: one that is no noun ("going to pay"), or a noun-like one with an object ("to order a")."""
    kind = table("slang", "verbs").get(_next(place), ("",))[0]
    return kind == "verb" or (kind == "either" and _second(place) in OBJECTS)


def _perfect(place: Place) -> bool:
    word = _next(place)
    if word in ("already", "just", "always", "never", "recently"):
        return _second(place) in words("contractions", "participles")
    if word in words("contractions", "participles"):
        return True
    # "I have ordered a card", but not "I have fixed income"
    return is_participle(word) and (not _second(place) or _second(place) in OBJECTS | PREPOSITIONS)


def _been(place: Place) -> bool:
    word = _next(place)
    return word in BEEN or (word in ("already", "just", "always", "never", "recently") and _second(place) in BEEN)


def _goes_on(place: Place) -> bool:
    """Not stranded: a word follows, and no question word nearby before ("tell me how tall it is now" stays)."""
    word = _next(place)
    if not word or word in CONJUNCTIONS or word in ("is", "will", "or", "than"):
        return False
    at = place.start
    for _ in range(4):
        gap, word = behind(place.raw, at)
        if not word or any(c in _BREAK for c in gap):
            return True
        if word in QUESTION or (at == place.start and word in AUXILIARIES):
            return False  # "how many did they have left"
        at -= len(gap) + len(word)
    return True


def _asks_of(place: Place) -> bool:
    """After a question word: something follows, and not a pronoun ("What is it?" stays)."""
    word = _next(place)
    if not word or word in CONJUNCTIONS or word in ("in", "on", "at", "of", "for", "to", "not"):
        return False
    return word not in PRONOUNS


def _subject(place: Place) -> bool:
    gap, word = place.before
    if word not in ("i", "you", "u", "we", "they") or gap != " ":
        return False
    return behind(place.raw, place.start - len(gap) - len(word))[1] not in AUXILIARIES


def _joins_words(place: Place) -> bool:
    (left, before), (right, after) = place.before, place.after
    if not (left == right == " " and len(before) > 1 and len(after) > 1 and before.isalpha() and after.isalpha()):
        return False
    # two things ("salt & pepper"), not two clauses: no subject and no verb follows
    verb = (
        after in _PASTS
        or is_base_verb(after)
        or is_base_verb(after[:-1])
        or is_participle(after)
        or after.endswith("ing")
    )
    return not verb and after not in CLAUSE and after not in SUBJECTS and after not in AUXILIARIES and after not in BE


def _not_counted(place: Place) -> bool:
    near = (place.before[1], place.after[1])
    return not any(w[:1].isdigit() or w in NUMBER_WORDS for w in near) and "$" not in place.after[0]


_PASTS = _set(
    "went got took came made saw ran said told found left gave kept won spent sold bought ate paid put had then"
)
_CLAIM = _set(
    "is was are were be i'm im i it's its just feel feels felt feeling seems looks getting got that's am been"
)
_SO = _set(
    "much bad good slow long annoying annoyed frustrated frustrating confused confusing tired happy sad "
    "sorry hard nice "
    "cute funny boring excited worried angry mad hungry late early cold hot fast stupid weird glad cool "
    "great pretty "
    "expensive cheap busy sick sure upset important beautiful"
)

_ASSUMPTIONS = _set("consider assume say suppose define denote look start begin take call think imagine try use write")

CONDITIONS: dict[str, Callable[[Place], bool]] = {
    "asks_of": _asks_of,
    "before_adjective": lambda p: _next(p) in _SO,
    "before_been": _been,
    "before_any_verb": lambda p: is_base_verb(_next(p)),
    "before_assumption": lambda p: p.opens() and _next(p) in _ASSUMPTIONS,
    "before_participle": _perfect,
    "before_clause": lambda p: _next(p) in CLAUSE and p.before[1] not in ("all", "nothing", "anything", "everything"),
    "before_pronoun": lambda p: _next(p) in NEAR and not p.opens(),
    "before_verb": _verb,
    "claim": lambda p: p.before[1] in _CLAIM and bool(_next(p)),
    "clause": lambda p: p.clause(),
    "closes": lambda p: p.closes(),
    "goes_on": _goes_on,
    "have_before": lambda p: p.before[1] in ("have", "has", "i've", "you've", "we've", "they've", "ive"),
    "inside": lambda p: not p.clause(),
    "joins_words": _joins_words,
    "no_numbers": lambda p: not has_numbers(p.raw),
    "not_counted": _not_counted,
    "not_only": lambda p: p.after[1] != "only",
    "not_to_after": lambda p: p.after[1] != "to",
    "not_to_before": lambda p: p.before[1] not in ("to", "not", "eager", "who"),
    "not_who": lambda p: not any(w in p.raw[: p.start].lower().split() for w in ("who", "which")),
    "opens": lambda p: p.opens(),
    "progressive": lambda p: p.before[1] in BE and p.before[0] == " ",
    "subject": _subject,
    "too_before": lambda p: p.before[1] in ("so", "too", "really", "very", "sooo", "way"),
    "way_too": lambda p: _next(p) in ("too", "more", "less", "better", "worse"),
    "with_me": lambda p: p.before[1] in ("i", "really", "would", "i'd", "you", "u", "we", "just"),
}
