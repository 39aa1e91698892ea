"""Which forms of a table a place allows: small named conditions on its neighbours ("progressive+before_verb")."""

from __future__ import annotations

import re
from collections.abc import Callable

from perturb.core.values import NUMBER_WORDS
from perturb.language.lexicon import table, words
from perturb.language.places import (
    AUXILIARIES,
    BE,
    BEEN,
    BREAKS,
    CLAUSE,
    CONJUNCTIONS,
    NEAR,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION,
    SUBJECTS,
    Place,
    ahead,
    behind,
    has_letters,
    has_numbers,
    is_base_verb,
    is_participle,
)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def fits(place: Place, where: tuple[str, ...]) -> bool:
    """Tell whether all named conditions hold at a place (("opens", "no_numbers") -> True)."""
    return all(CONDITIONS[name](place) for name in where)


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
        if not word or any(c in BREAKS for c in gap):
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


def _between_words(place: Place) -> bool:
    """Between two words, as "n" for "and" stands ("went home n slept")."""
    (left, before), (right, after) = place.before, place.after
    return left == right == " " and before.isalpha() and after.isalpha()


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

_MODALS = AUXILIARIES | _set("to i'll you'll we'll they'll it'll can't cannot cant wont gonna")

_CASH = re.compile(r"\b(?:atms?|cash|bank\w*|withdr\w+|machines?|money|cards?)\b", re.I)
_A_PERSON = _set("a an the your human live real actual phone sales support")
_OWNED = _set("my his her your ur our their a this that cute poor")

# "Dealt with at court", "wrong with not doing it", "with drawl": there "with" is the word before's, or none.
_TIED = _set("deal deals dealt dealing wrong matter up cope agree start help go goes what's whats")
_NO_THING = PREPOSITIONS | _set("not drawl drawal draw out of and or than")

_ASSUMPTIONS = _set("consider assume say suppose define denote look start begin take call think imagine try use write")

CONDITIONS: dict[str, Callable[[Place], bool]] = {
    "a_before": lambda p: p.before[1] in _A_PERSON and p.closes(),
    "after_modal": lambda p: p.before[1] in _MODALS and p.before[0] == " ",
    "after_verb": lambda p: p.before[0] == " " and (is_base_verb(p.before[1]) or is_participle(p.before[1])),
    "alone": lambda p: p.clause() and p.closes(),
    "aside": lambda p: p.clause() and (p.opens() or p.closes()),
    "asks_of": _asks_of,
    "before_adjective": lambda p: _next(p) in _SO,
    "before_been": _been,
    "before_any_verb": lambda p: is_base_verb(_next(p)),
    "before_assumption": lambda p: p.opens() and _next(p) in _ASSUMPTIONS,
    "before_participle": _perfect,
    "before_clause": lambda p: _next(p) in CLAUSE and p.before[1] not in ("all", "nothing", "anything", "everything"),
    "before_pronoun": lambda p: _next(p) in NEAR and not p.opens(),
    "before_auxiliary": lambda p: _next(p) in AUXILIARIES or _next(p) in BE or _next(p) in ("isn't", "aren't"),
    "before_got_or_participle": lambda p: _next(p) == "got" or _perfect(p),
    "before_ing": lambda p: _next(p).endswith("ing"),
    "before_my": lambda p: _next(p) in NEAR or _next(p) in ("my", "ur", "your", "the"),
    "before_quality": lambda p: _next(p) in _SO or (_next(p) in ("much", "soon", "few") and p.before[0] == " "),
    "before_thing": lambda p: _next(p).isalpha() and not _next(p).endswith("ing") and _next(p) not in OBJECTS,
    "before_to": lambda p: _next(p) == "to",
    "before_verb": _verb,
    "before_wh": lambda p: _next(p) in QUESTION or _next(p) in ("if", "whether"),
    "beside_subject": lambda p: _next(p) in PRONOUNS or p.before[1] in PRONOUNS,
    "between_words": _between_words,
    "claim": lambda p: p.before[1] in _CLAIM and bool(_next(p)),
    "clause": lambda p: p.clause(),
    "closes": lambda p: p.closes(),
    "followed": lambda p: bool(_next(p)),
    "goes_on": _goes_on,
    "held": lambda p: p.before[1] not in ("into", "on", "of", "by", "to") and _next(p) not in ("for", "of"),
    "have_before": lambda p: p.before[1] in ("have", "has", "i've", "you've", "we've", "they've", "ive"),
    "inside": lambda p: not p.clause(),
    "joins_words": _joins_words,
    "my_before": lambda p: p.before[1] in ("my", "his", "her", "your", "ur", "our"),
    "no_cash": lambda p: _CASH.search(p.raw) is None,
    "no_letters": lambda p: not has_letters(p.raw),
    "no_numbers": lambda p: not has_numbers(p.raw),
    "not_counted": _not_counted,
    "not_named": lambda p: not p.raw[: p.start].rstrip().endswith(("called", "named", "as")),
    "not_song": lambda p: p.after[1] not in ("carol", "story", "tree", "song", "island"),
    "not_only": lambda p: p.after[1] != "only",
    "not_asked": lambda p: p.before[1] not in QUESTION or p.before[1] == "which",
    "not_you_beside": lambda p: bool(_next(p)) and not {p.before[1], p.after[1]} & {"you", "u"},
    "not_to_after": lambda p: p.after[1] != "to",
    "not_to_before": lambda p: p.before[1] not in ("to", "not", "eager", "who"),
    "not_who": lambda p: not any(w in p.raw[: p.start].lower().split() for w in ("who", "which")),
    "opens": lambda p: p.opens(),
    "owned": lambda p: (
        p.before[1] in _OWNED and p.before[0] == " " and _next(p).isalpha() and _next(p) not in ("bit", "of", "or")
    ),
    "progressive": lambda p: p.before[1] in BE and p.before[0] == " ",
    "subject": _subject,
    "subject_before": lambda p: p.before[1] in PRONOUNS,
    "too_before": lambda p: p.before[1] in ("so", "too", "really", "very", "sooo", "way"),
    "untied": lambda p: p.before[1] not in _TIED and _next(p) not in _NO_THING,
    "way_too": lambda p: _next(p) in ("too", "more", "less", "better", "worse"),
    "with_me": lambda p: p.before[1] in ("i", "really", "would", "i'd", "you", "u", "we", "just"),
}
