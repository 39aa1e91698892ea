"""What stands around a word, by rules: does a noun end here, is this in the past, is a name the subject?

Rules of thumb over neighbouring words. They are strict: what they do not know is left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from perturb.core.values import NUMBER_WORDS
from perturb.language.inflection import ODD_PLURALS
from perturb.language.places import ahead, behind, is_base_verb, is_participle
from perturb.language.smallwords import kinds

_CLOSED = frozenset(
    "article aux pronoun demonstrative preposition conjunction question quantifier adverb negation polite".split()
)
_PAST = frozenset(
    "was were did had went bought sold got made ate took gave came saw paid ran said told found left lost kept "
    "won spent began brought built caught drank drove fell felt flew grew heard held knew led met rode sang sat "
    "sent slept spoke stood taught thought threw wore wrote became broke chose shot stole swam understood woke".split()
)
_FUTURE = re.compile(
    r"\b(?:will|won't|going to|gonna|shall|(?:want|plan|need|has|have|hope)s? to|i'll|we'll|can i|could i"
    r"|tomorrow|next)\b",
    re.IGNORECASE,
)
# Words that look like a plural and are none.
_NO_PLURAL = frozenset(
    "is was has does this its us as yes plus less perhaps always across news vs minus goes says makes gives takes "
    "gets costs equals divides means lets needs wants works begins starts ends sells buys pays adds leaves comes "
    "becomes lies thus his hers ours theirs yours whereas unless sometimes besides".split()
)


def ends_noun(raw: str, end: int) -> bool:
    """Tell whether no part of the noun comes after this ("her [phone] in" yes, "[phone] number" no)."""
    gap, after = ahead(raw, end)
    if not after or any(c in ".,;:?!)\n" for c in gap):
        return True
    return gap == " " and (kinds().get(after) in _CLOSED or after in _PAST or after.endswith("ly"))


def begins_noun(raw: str, start: int) -> bool:
    """Tell whether a determiner, number or preposition stands before ("a [phone]" yes, "mobile [phone]" no)."""
    gap, before = behind(raw, start)
    if gap != " ":
        return False
    if before.isdigit() or before in NUMBER_WORDS or before in _OWNERS:
        return True
    return kinds().get(before) in ("article", "demonstrative", "preposition", "quantifier")


_OWNERS = frozenset("my your his her its our their first second third".split())


_MATERIAL = re.compile(r":\s*[\"“'‘]?[A-Z]")


def given(raw: str, start: int) -> bool:
    """Tell whether a word stands in something handed over, behind a colon ("begin with: The old house")."""
    return _MATERIAL.search(raw, 0, start + 1) is not None


def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun ("eggs", "children")."""
    low = word.lower()
    if low in ODD_PLURALS and low != "species":
        return True
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s")) and low not in _NO_PLURAL


def is_past(sentence: str) -> bool:
    """Tell whether a sentence is told in the past ("She sold 48 clips."), with nothing of the future in it."""
    if _FUTURE.search(sentence):
        return False
    found = re.findall(r"(?<!-)\b[a-z']+", sentence.lower())  # "top-rated" tells of no past
    return any(w in _PAST or (len(w) > 4 and w.endswith("ed") and not w.endswith("eed")) for w in found)


def irregular_past(word: str) -> bool:
    """Tell whether a word is a verb in an irregular past ("became", "sold")."""
    return word in _PAST


def is_future(sentence: str) -> bool:
    """Tell whether a sentence looks ahead ("I will pay", "can I pay")."""
    return _FUTURE.search(sentence) is not None


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Tell whether a word after a name is its verb, and agrees with he or she ("has", "sold", "will", "runs")."""
    if word in _PAST or is_participle(word) or word in _AGREEING:
        return True
    return (
        (word.endswith("s") and is_base_verb(word[:-1]))
        or (word.endswith("es") and is_base_verb(word[:-2]))
        or (word.endswith("ies") and is_base_verb(word[:-3] + "y"))
    )


_AGREEING = frozenset(
    "is was has had does did will would can could should may might must doesn't didn't isn't wasn't hasn't hadn't "
    "can't couldn't won't wouldn't also only already still always never then earns owns lives bakes collects "
    "decides makes".split()
)
FREE_OF_NUMBER = frozenset(
    "had did will would can could should may might must didn't hadn't can't couldn't won't wouldn't".split()
)
_CLAUSE = frozenset("if when because that while so but after before since as then how why where until once and".split())
_HELPERS = frozenset("did does is was will can has had would should could".split())
_BEFORE_OBJECT = frozenset(
    "to for with from by than about at gave give gives told tell tells asked ask asks helped help helps paid pays "
    "pay sent send sends owes owed saw see sees met meets offered lent gives brought bought taught shows showed "
    "made".split()
)


def case_of(raw: str, start: int, end: int) -> str:
    """Tell how a name stands: "subject", "object", "owner" (the span ends before "'s"), or "" where it is not plain.

    ("Ann sold" subject, "gave Ann 3" object, "Ann's hens" owner, "Ann and Bob", "Ann Smith" neither.)
    """
    gap, after = ahead(raw, end)
    back, before = behind(raw, start)
    first = not before or any(c in ".!?\n:" for c in back)
    if raw[end : end + 2] in ("'s", "’s"):
        follows, owned = ahead(raw, end + 2)
        plain = (
            follows == " "
            and owned not in ("a", "an", "the", "not", "been", "got", "going")
            and not owned.endswith("ing")
        )
        return "owner" if plain and owned and not _joined(raw, start, before, back) else ""
    if _joined(raw, start, before, back) or gap[:1] in ("'", "’", "-") or raw[end + 1 : end + 2].isupper():
        return ""
    if after in ("and", "or") and gap == " ":
        return ""
    if before in _HELPERS and back == " " and gap == " " and after.isalpha():
        return "subject"
    if (first or before in _CLAUSE or back == ", ") and gap == " " and is_verb(after):
        return "subject"
    if before in _BEFORE_OBJECT and back == " " and not is_verb(after) and gap[:1] in (" ", ".", ",", "?", "!", ""):
        alone = not after or gap != " " or after in kinds() or after[:1].isdigit() or after in NUMBER_WORDS
        return "object" if alone and gap != ", " else ""
    return ""


def _joined(raw: str, start: int, before: str, back: str) -> bool:
    """Tell whether a name goes on from the word before ("Uncle Bob", "Ann and Bob", "Dr. Ann")."""
    if not before:
        return False
    at = start - len(back) - len(before)
    if back.strip() == "." and before in ("mr", "mrs", "ms", "dr", "st"):
        return True
    if before in ("and", "or") and back == " ":
        gap, word = behind(raw, at)
        return raw[max(at - len(gap) - len(word), 0)].isupper()
    return back in (" ", "-") and raw[at].isupper() and before not in kinds()
