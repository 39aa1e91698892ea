"""What a recogniser would not write where it stands: it has read a lot, and knows "a exchange" and "I tells" for wrong."""

from __future__ import annotations

from functools import cache

from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import is_plural
from perturb.language.inflection import begins_with_vowel
from perturb.language.learning import past_forms
from perturb.language.lexicon import rows, table, words
from perturb.language.places import ahead, behind, is_base_verb, is_participle
from perturb.language.smallwords import kinds
from perturb.language.wordkinds import takes_verb

_ARTICLES = frozenset(("a", "an", "the"))
_ONE = frozenset("a an one each every this that another either neither".split())
_MANY = frozenset(
    "these those many several few both all various different are were how kinds types sorts some other are more most".split()
) | (NUMBER_WORDS - {"one", "zero"})
_PERSONS = frozenset("i you we they he she it who".split())
_NOT_HE = frozenset("i you we they".split())
_HELPERS = frozenset(
    "to can could will would should must may might shall do does did don't doesn't didn't can't won't let's let".split()
)
_BE_HAVE = frozenset("is are was were be been being am has have had get got i've we've".split())
_SINGLE_VERBS, _PLURAL_VERBS = (
    frozenset("is was has does isn't wasn't".split()),
    frozenset("are were have do aren't weren't".split()),
)
# "The" that is no "a", or the other way round ("the same", "a lot", "half a").
_THE_ONLY = frozenset(
    "same only last next first other others most least best worst whole rest following right wrong".split()
)
_A_ONLY = frozenset(
    "lot few little couple bit number while dozen hundred thousand million billion third quarter half".split()
)
_BEFORE_A = frozenset("half such quite many times once twice rather what per as".split())
_FAR = 5  # words that may part a helper from its verb ("did the old team of Rome win")


def fits(raw: str, start: int, end: int, new: str) -> bool:
    """Tell whether what is heard could stand there for the words that were said ("the" -> "a" before "exchange": no)."""
    (gap, before), (_, after) = behind(raw, start), ahead(raw, end)
    before = before if gap == " " else ""
    heard, said = new.lower().split(), raw[start:end].lower()
    if not heard:
        return not (said in _ARTICLES and (after in _A_ONLY or before in _BEFORE_A))
    first, last = heard[0], heard[-1]
    if first == before or last == after:
        return False
    if before in ("a", "an") and (
        (before == "an") != begins_with_vowel(first) or (len(heard) == 1 and is_plural(first))
    ):
        return False
    if last in _ARTICLES and not _article(raw, end, last, said, before):
        return False
    lead = said.split()[0]
    if before in _ARTICLES and first in words("functions") and lead not in words("functions"):
        return False  # "a of"
    if len(heard) > 1 or lead != said:
        verb = before in _HELPERS | _PERSONS and is_base_verb(lead)
        return not verb or is_base_verb(first) or first in words("functions")
    return _form(raw, start, end, first, before, after)


def _article(raw: str, end: int, new: str, said: str, before: str) -> bool:
    """Tell whether an article may stand before what comes next."""
    gap, after = ahead(raw, end)
    if gap != " " or after in words("functions"):
        return said in _ARTICLES and new == "the"
    if said in _ARTICLES and new == "the":
        return after not in _A_ONLY and before not in _BEFORE_A
    if new == "the":
        return not _only_verb(after)
    following = ahead(raw, end + 1 + len(after))[1]
    many = is_plural(after) or (
        after not in words("functions") and following not in words("functions") and is_plural(following)
    )
    return not many and (new == "an") == begins_with_vowel(after) and not (after in _THE_ONLY or after.endswith("est"))


def _form(raw: str, start: int, end: int, new: str, before: str, after: str) -> bool:
    """Tell whether a word may have this form here: its number, its ending, a verb where a verb stands."""
    old = raw[start:end].lower()
    if kinds().get(new) == "aux" and kinds().get(old) == "aux":
        return _agrees(raw, start, new, before, after)
    verb = takes_verb(raw, start, end) or before in _HELPERS or (not before and is_base_verb(old))
    if verb and (is_base_verb(old) or is_participle(old)) and not is_base_verb(new):
        return False  # "to sea", "can I tells"
    if new in ("there", "their") and (before in _BE_HAVE or after in _BE_HAVE or after in ("any", "a", "no", "own")):
        return False  # "is their any", "there own"
    if _only_verb(new) != _only_verb(old) and not new.startswith(old[:3]):
        return False  # "the write card", "for cell"
    if new in (old + "s", old + "es"):
        loose = after and after not in words("functions") and not is_base_verb(after)  # "credits card"
        apart = before in _ONE | _BE_HAVE | _NOT_HE or after in _SINGLE_VERBS or loose
        apart = apart or old.endswith("ing") or old in words("functions")
        return not (apart or (is_base_verb(old) and helped(raw, start)))
    if old in (new + "s", new + "es"):
        return not (before in _MANY | _PERSONS or before.isdigit() or after in _PLURAL_VERBS)
    if new in (old + "ed", old + "d"):
        subject = is_plural(before) or raw[start - 1 - len(before) : start].istitle()
        return before not in words("functions") and subject and not helped(raw, start)
    if old in (new + "ed", new + "d"):
        return before not in _BE_HAVE | _PERSONS | _ONE | frozenset(("the",))
    return True


def _only_verb(word: str) -> bool:
    """Tell whether a word is a verb and nothing else ("write", "sells", "knew")."""
    if word.endswith("s") and word not in words("slang", "verbs"):
        word = word[:-1]
    return table("slang", "verbs").get(word, ("",))[0] == "verb" or word in _pasts()


@cache
def _pasts() -> frozenset[str]:
    return past_forms() | {row[2] for row in rows("disfluency", "verbs")}


def helped(raw: str, start: int) -> bool:
    """Tell whether a helping verb stands a few words before ("did Anna Holm [announce]")."""
    at = start
    for _ in range(_FAR):
        gap, word = behind(raw, at)
        if not word or gap.strip():
            return False
        if word in _HELPERS:
            return True
        at -= len(gap) + len(word)
    return False


def _agrees(raw: str, start: int, new: str, before: str, after: str) -> bool:
    """Tell whether a helping verb agrees with the pronoun or plural beside it ("you is", "do it take": no)."""
    subject = after if after in _PERSONS else before if before in _PERSONS else ""
    if before in _HELPERS - {"to"}:
        return new in ("have", "be", "do")
    if subject in _NOT_HE and new in _SINGLE_VERBS and (subject, new) != ("i", "was"):
        return False
    if subject in ("he", "she", "it") and new in _PLURAL_VERBS:
        return False
    return not (is_plural(before) and new in _SINGLE_VERBS) and not (
        before in ("this", "that") and new in _PLURAL_VERBS
    )


# What of an ending is lost on the ear before the word that follows ("asked to", "games since").
_LIKE_D, _LIKE_S = ("t", "d"), ("s", "z", "ce", "ci", "j")


def inaudible(raw: str, start: int, end: int, new: str) -> bool:
    """Tell whether a word and another form of it sound alike before what follows ("used to" -> "use to")."""
    gap, after = ahead(raw, end)
    long, short = sorted((raw[start:end].lower(), new.lower()), key=len, reverse=True)
    if new.lower() == long and long.endswith("ed") and long != short:
        return False  # "…, calculate the total" has lost its comma
    if not long.startswith(short.rstrip("e")) or long == short or " " in long:
        return True  # no ending
    return gap == " " and after.startswith(_LIKE_D if long.endswith("d") else _LIKE_S)
