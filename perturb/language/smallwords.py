"""Small words (articles, auxiliaries, pronouns …): which of them a searcher or a telegram leaves out, and where."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.text import NAME, Text
from perturb.language.lexicon import rows
from perturb.language.messages import asks
from perturb.language.places import ahead, behind, is_base_verb, is_participle

_DROPPED = frozenset("article aux pronoun demonstrative polite".split())
_HAVE = frozenset("have has had having".split())
_LOOSE = frozenset("in on at for with".split())  # some searchers leave these out too
# "in order to", "at least", "on time": the small word is half of another.
_PHRASAL = frozenset(
    "order case addition advance charge fact front full general particular person place spite terms total use least "
    "relation comparison contrast most once all first last home night time fire purpose sale hold top average".split()
)
# "which of these", "which is"; "large land mass is home to …" would be a statement.
_STATES = re.compile(
    r" (?:[a-z-]+ ){0,4}?(?:of|is|are|was|were|has|have|had|can|could|will|would|should|may|might|does|do|did)\b", re.I
)
_HOW_MANY = re.compile(r"\bhow (?:many|much) [^.?!]*\b(?:do|does|did) (?:he|she|they|it|you|we|i) $", re.I)
_WHAT_CAN = re.compile(r"\b(?:what|who|which) (?:do|does|did|can|could|will|would|should|have) $", re.IGNORECASE)
_NEEDS_THE = frozenset("only same other others more less first last next few most least rest whole number".split())
_NEEDS_A = frozenset(
    "few lot little couple bit number while dozen hundred thousand million billion third quarter half total "
    "certain great good minute".split()
)
_PER = frozenset(
    "day week month year hour minute second pound kilo kilogram gallon liter litre mile night piece dozen ounce "
    "month's".split()
)
_TIMES = frozenset("once twice times what such many rather quite half as so too how".split())
_I_DROPS = frozenset(
    "need want have am would've would think was got can't cannot don't didn't haven't tried lost just still "
    "already".split()
)
_THINKS = frozenset(
    "think know hope believe said says guess heard noticed assume thought understand sure see saw".split()
)


@cache
def kinds(name: str = "en") -> dict[str, str]:
    """Read the function words with their kinds ("the" -> "article")."""
    return {row[0]: row[1] for row in rows("functions", name)}


def searched_without(text: Text, start: int, low: str, terse: bool, bare: bool) -> bool:
    """Tell whether a word is left out of a search ("the"; ``terse``: also "in", "which"; ``bare``: also "when")."""
    kind = kinds().get(low.replace("’", "'"))
    end = start + len(low)
    raw = text.raw
    if (
        text.level(start, end) == NAME
        or (start > 0 and raw[start - 1] in "-/&'’")
        or raw[end : end + 1] in ("-", "/", "&")
    ):
        return False
    gap, after = ahead(raw, end)
    if low == "have" and _HOW_MANY.search(raw, 0, start):
        return True  # "how many apples altogether"
    if low in _HAVE:
        return gap == " " and (is_participle(after) or kinds().get(after) == "pronoun")
    if kind == "aux" and not _supports(raw, start, low, after):
        return False
    if kind == "pronoun" and _WHAT_CAN.search(raw, 0, start):
        return False
    if kind in _DROPPED:
        if low in ("us", "may", "might", "will", "can") and (low == "us" or not raw[start:end].islower()):
            return low != "us" and start == text.over_space(0)
        if low == "that":
            return kinds().get(after) in ("pronoun", "article")
        if kind == "article" and behind(raw, start)[1] == "of":
            return False  # titles: "lord of the rings"
        named = low == "i" and raw[:start].split()[-1:] and raw[:start].split()[-1]
        if low.endswith(("self", "selves")) or (named and named[0].isupper() and named.lower() not in kinds()):
            return False  # "Alexander I"
        if low == "be" and behind(raw, start)[1] == "to":
            return False
        if kind == "pronoun" and not after and kinds().get(behind(raw, start)[1]) == "preposition":
            return False  # "find my phone for me"
        return low != "a" or is_plain_article(raw, start, end)
    if low == "there":
        return kinds().get(after) == "aux" or kinds().get(behind(raw, start)[1]) == "aux"
    if kind == "question":
        if low == "which":  # "organ secretes insulin"
            return (bare or terse) and start == text.over_space(0) and gap == " " and not _STATES.match(raw, end)
        return bare
    if terse and low in _LOOSE:
        before = behind(raw, start)[1]  # a verb keeps its own: "covered in", "wait for", "trust in"
        verb = is_participle(before) or is_base_verb(before) or is_base_verb(before.removesuffix("s"))
        bound = (
            verb or kinds().get(after) in ("preposition", "pronoun") or kinds().get(before) in ("preposition", "aux")
        )
        return (
            gap == " "
            and not bound
            and not after[:1].isdigit()
            and kinds().get(after) != "question"
            and after not in _PHRASAL
        )
    return False


def _supports(raw: str, start: int, low: str, after: str) -> bool:
    """Tell whether a form of be or do only supports here ("when did the …"); "What did he do" needs both of its."""
    _, before = behind(raw, start)
    opens = not before or (kinds().get(before) == "question" and before not in ("who", "what", "which"))
    if low in ("do", "does", "did"):
        if kinds().get(before) == "pronoun" and after != "not":
            return False  # "what do I do if"
        # "What did he do when": the last one is no support
        return opens or (before not in ("who", "what", "which") and after != "" and kinds().get(after) != "question")
    if low in ("is", "are", "was", "were") and not opens:
        return not asks(raw) or is_participle(after) or after.endswith("ing")
    return before not in ("who", "what", "which")


def asks_of_verb(raw: str, opening: re.Match[str]) -> bool:
    """Tell whether "what" is asked of a verb and must stay ("What makes …", "What did he …")."""
    after = ahead(raw, opening.end())[1]
    if after.endswith(("n't", "n’t")):
        return True  # "What isn't it enough for"
    verb = is_base_verb(after) or is_participle(after) or (after.endswith("s") and is_base_verb(after[:-1]))
    return opening[0].strip().lower() == "what" and (verb or kinds().get(after) in ("aux", "verb") or not after)


def leaves_out(text: Text, start: int, word: str) -> int:
    """Weigh how readily a word is left out where it stands; 0 where never."""
    raw, end, low = text.raw, start + len(word), word.lower()
    if raw[end : end + 1] != " " or (start > 0 and raw[start - 1] not in ' \n"(“'):
        return 0
    gap, after = ahead(raw, end)
    if gap != " " or len(text.words) < 4:
        return 0
    before_gap, before = behind(raw, start)
    opens = not before or any(c in ".!?\n:" for c in before_gap)
    if low == "the":
        return 0 if after in _NEEDS_THE or after.endswith("er") else 6
    if low in ("a", "an"):
        return 6 if is_plain_article(raw, start, end) else 0
    if low == "that":
        return 2 if before in _THINKS and before_gap == " " and kinds().get(after) in ("pronoun", "article") else 0
    if word == "I":
        return 3 if opens and after in _I_DROPS else 0
    if low in ("do", "did", "are", "have") and opens and after == "you":
        return 2
    if low == "my":
        return 1 if kinds().get(before) in ("preposition",) or is_base_verb(before) or is_participle(before) else 0
    return 0


def is_plain_article(raw: str, start: int, end: int) -> bool:
    """Tell whether "a" is a plain article, not "per" ("$5 a day"), part of a phrase ("a few") or a letter."""
    gap, after = ahead(raw, end)
    before_gap, before = behind(raw, start)
    if gap != " " or len(after) < 2 or after in _NEEDS_A or after in kinds():
        return False
    if raw[start] == "A" and before_gap == " ":
        return False
    if before in _TIMES or before[:1].isdigit() or before in ("an", "a", "letter"):
        return False  # "an a followed by three b"
    return after not in _PER or before in ("in", "for", "is", "within")
