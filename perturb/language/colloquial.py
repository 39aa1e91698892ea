"""Turns of everyday English: "what even is", "where is it at", "30 quid", and sentences that begin without "I".

Each function gives the edits of one text that are surely grammatical, and none where it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.text import Edit, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import ends_noun, is_plural, is_verb
from perturb.language.messages import asks
from perturb.language.places import OBJECTS, PRONOUNS, ahead, behind, is_base_verb, is_participle
from perturb.language.smallwords import kinds

_WHERE = re.compile(
    r"where(?:['’]?s| is| are) (?:(?:my|our|the|this|that|your|ur) )(?:[a-z]+ ){0,2}([a-z]+)(?= ?\?*\s*\Z)",
    re.IGNORECASE,
)
_NO_PLACE = frozenset("at from in to of on for with located based now today going gone supposed".split())

_WHAT_IS = re.compile(
    r"(?:what|who) (?=(?:is|are|was|were) (?:an?|the|this|that|it|my|your|these|those) \w)", re.IGNORECASE
)
_HOW_DO = re.compile(
    r"(?:how|what|where|who) (?:do|does|did|can|could|would) (?:i|you|u|we|they|it|this|that|he|she) (?=([a-z]+))",
    re.IGNORECASE,
)
_SUBJECT_ASKED = re.compile(r"(?:what|which) ((?:[a-z]+ ){1,2}?)(?=([a-z]+) ([a-z]+))", re.IGNORECASE)
# "Even" is also a kind of number, and "how many … even" mocks.
_EVEN_TOO = re.compile(r"\b(?:even|odd|numbers?|integers?|digits?|sum|how (?:many|much))\b|\d", re.IGNORECASE)
_LONG = {_WHAT_IS: 7, _HOW_DO: 12, _SUBJECT_ASKED: 9}  # words; in longer questions nobody says "even"


def even(text: Text) -> Iterator[Edit]:
    """Find where a question may bear "even" ("what organ makes insulin" -> before "makes")."""
    raw = text.raw
    for start, end in text.sentences():
        if _EVEN_TOO.search(raw, start, end):
            continue
        for pattern, longest in _LONG.items():
            m = pattern.match(raw, start, end) if raw.count(" ", start, end) < longest else None
            if m and (pattern is _WHAT_IS or _bears_even(m)):
                yield m.end(), m.end(), "even "
                break


def _bears_even(m: re.Match[str]) -> bool:
    """Tell whether the word behind a match is the question's verb."""
    if m.re is _HOW_DO:
        return is_base_verb(m[1].lower())
    nouns, verb, following = m[1].lower().split(), m[2].lower(), m[3].lower()
    if any(w in kinds() or is_participle(w) or is_base_verb(w) or is_plural(w) for w in nouns) or verb in kinds():
        return False
    return is_verb(verb) and not is_verb(following) and following not in PRONOUNS and kinds().get(following) != "aux"


def at_end(text: Text) -> Iterator[Edit]:
    """Find the end of a question for a place ("where is my card" -> after "card")."""
    for start, end in text.sentences():
        m = _WHERE.match(text.raw, start, end)
        if m and m[1].lower() not in _NO_PLACE and not is_participle(m[1].lower()):
            yield m.end(), m.end(), " at"


_WORD = rf"(?:(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})[ -]?){{1,4}}(?<![ -])"
_MONEY = re.compile(
    rf"(?<![\w.,/$£€-])(?:([£$])(\d{{1,3}}(?:,\d{{3}})+|\d+)|(\d{{1,3}}(?:,\d{{3}})+|\d+|{_WORD}) (pounds|dollars|pound|dollar))"
    r"(?!\w|[.,]\d|[-/%])(?! ?(?:k|m|bn|hundred|thousand|million|billion|bills?|notes?|off)\b)",
    re.IGNORECASE,
)
_ABOUT_MONEY = re.compile(
    r"£|\b(?:atm|bank|cash|cards?|pay|paid|costs?|price[ds]?|money|spen[dt]|withdr\w+|charged?|fees?|account|refund\w*"
    r"|transfer\w*|salary|rent|top(?:ped)?[ -]up|bills?|buy|bought|worth|owes?|lent|machine|sells?|sold|earns?)\b",
    re.IGNORECASE,
)
_ABOUT_WEIGHT = re.compile(
    r"\b(?:weigh\w*|heav\w+|lbs?|kgs?|kilos?|kilograms?|ounces?|pounds? of|\d+-pounds?)\b", re.IGNORECASE
)
_NOTES = {"5": "a fiver", "five": "a fiver", "10": "a tenner", "ten": "a tenner", "1": "a quid", "one": "a quid"}
_DETERMINERS = frozenset("a an the my his her their your our this that each every another per extra only".split())


def money(text: Text) -> list[Edit]:
    """Give all amounts of pounds and dollars as they are said in the street ("£30" -> "30 quid", "$5" -> "5 bucks").

    None where there are more than four of them, or one of five figures: nobody talks so over a page of accounts.
    """
    raw = text.raw
    sterling = "£" in raw or (_ABOUT_MONEY.search(raw) is not None and not _ABOUT_WEIGHT.search(raw))
    found: list[Edit] = []
    for m in _MONEY.finditer(raw):
        start, end = m.span()
        before = behind(raw, start)[1]
        amount, pounds = m[2] or m[3], m[1] == "£" or (m[4] or "").lower().startswith("pound")
        if (pounds and not sterling) or before in ("a", "an") or not ends_noun(raw, end):
            continue
        new = f"{amount} {'quid' if pounds else 'bucks'}"
        if before not in _DETERMINERS and before not in NUMBER_WORDS:
            if pounds:
                new = _NOTES.get(amount.lower(), new)
            elif amount.lower() in ("1", "one"):
                new = "a buck"
        elif amount.lower() in ("1", "one"):
            continue
        found.append((start, end, new))
    return found if len(found) <= _FEW and not any(len(m[0]) > 8 for m in _MONEY.finditer(raw) if m[1]) else []


_FEW = 4
_PAST = frozenset(
    "tried paid got lost bought sent went had took made saw sold found left gave kept spent withdrew chose forgot "
    "thought felt heard noticed wanted needed ordered was came told used meant".split()
)
_OPEN = frozenset(
    "need want think know hope guess wonder love wish would can't cant cannot couldn't didn't haven't wasn't".split()
)
_AFTER_DONT = frozenset("know want think understand remember recognise recognize see have need get".split())
_STEPS = frozenset("just still already never accidentally recently also only".split())
_GOES = frozenset("not still unable sure trying having getting looking waiting".split())
_IT = frozenset("says said keeps kept won't wont doesn't doesnt didn't isn't isnt still just was only".split())
_AUX = frozenset("is was has had isn't wasn't hasn't won't doesn't didn't got keeps".split())
_TROUBLES = frozenset("question query quick problem issue doubt request complaint weird strange feeling".split())
_CLAUSES = ("and", "but", "so")


def dropped(text: Text) -> Iterator[list[Edit]]:
    """Find the subjects and articles that notes begin without ("I tried it, the ATM was empty" -> "I ", "the ")."""
    raw = text.raw
    for start, end in text.sentences():
        if asks(raw[start:end]):
            continue
        for at, word in text.words:
            if start <= at < end:
                last = _drop_end(raw, at, word.lower().replace("’", "'"), at == start)
                if last:
                    capital = at == start and raw[at].isupper() and raw[last].islower()
                    yield [(at, last, ""), (last, last + 1, raw[last].upper())] if capital else [(at, last, "")]


def _drop_end(raw: str, at: int, word: str, first: bool) -> int:
    """Give the end of what may be left out at a word, with its space, or 0."""
    end = at + len(word)
    gap, following = ahead(raw, end)
    if gap != " " or not following:
        return 0
    second = ahead(raw, end + 1 + len(following))[1]
    back, before = behind(raw, at)
    joined = back == ", " or (before in _CLAUSES and back == " ")
    if word == "i" and (first or joined):
        if following in ("am", "have") and first:
            longer = end + 1 + len(following)
            goes = second in _GOES or second.endswith("ing") if following == "am" else is_participle(second)
            if goes:
                return longer + 1
        third = ahead(raw, end + 2 + len(following) + len(second))[1]
        return end + 1 if _says_i(following, second, third) and not (joined and following in _OPEN) else 0
    if not first and not joined:
        return 0
    if word in ("i'm", "i've") and first:
        goes = following in _GOES or following.endswith("ing") if word == "i'm" else is_participle(following)
        return end + 1 if goes else 0
    if word == "it" and first:
        return end + 1 if following in _IT else 0
    if word == "it's" and first:
        return end + 1 if following in ("not", "still", "been", "saying") else 0
    if word in ("the", "my") and second in _AUX | _PAST and following not in kinds() and following not in OBJECTS:
        return end + 1
    return 0


def _says_i(following: str, second: str, third: str) -> bool:
    """Tell whether a sentence can begin with the verb that followed "I", and is then no order."""
    if following in _STEPS:
        return second in _PAST or second in _OPEN or (second.endswith("ed") and is_participle(second))
    if following in ("don't", "dont"):
        return second in _AFTER_DONT
    if following == "have":
        # "Have a goat" is an order, or a toast
        return second in ("been", "not", "no", "to") or (second in ("a", "an") and third in _TROUBLES)
    return following in _PAST or following in _OPEN or (following.endswith("ed") and is_participle(following))
