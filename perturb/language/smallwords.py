"""Small words (articles, auxiliaries, pronouns …): which of them a searcher leaves out, and which articles can go."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.text import NAME, Text
from perturb.language.fixed import bound, may_title
from perturb.language.lexicon import rows
from perturb.language.places import ahead, behind, is_base_verb, is_participle

HAVE = frozenset("have has had having".split())
_LOOSE = frozenset("in on at".split())  # some searchers leave these out too, before a place or a date
# "which of these", "which is"; "large land mass is home to …" would be a statement.
_STATES = re.compile(
    r" (?:[a-z-]+ ){0,4}?(?:of|is|are|was|were|has|have|had|can|could|will|would|should|may|might|does|do|did)\b", re.I
)
_NEEDS_THE = frozenset(
    "only same other others more less first last next few most least rest whole number poor rich dead blind deaf elderly young sick old one ones "
    "unemployed".split()
)
_EITHER = frozenset(
    "characteristic native human constant variable positive negative representative adult equal individual".split()
)
_NEEDS_A = frozenset(
    "few lot little couple bit number while dozen hundred thousand million billion third quarter half total "
    "certain great good minute".split()
)
_PER = frozenset(
    "day week month year hour minute second pound kilo kilogram gallon liter litre mile night piece dozen ounce "
    "month's".split()
)
_TIMES = frozenset("once twice times what such many rather quite half as so too how".split())
_THINKS = frozenset(
    "think know hope believe said says guess heard noticed assume thought understand sure see saw".split()
)


@cache
def kinds(name: str = "en") -> dict[str, str]:
    """Read the function words with their kinds ("the" -> "article")."""
    return {row[0]: row[1] for row in rows("functions", name)}


def searched_without(text: Text, start: int, low: str, terse: bool, bare: bool) -> bool:
    """Tell whether a word is left out of a search ("the"; ``terse``: also "in Paris", "which"; ``bare``: also "when").

    Auxiliaries and the pronouns behind them go together or not at all (auxiliaries.py).
    """
    kind = kinds().get(low.replace("’", "'"))
    end, raw = start + len(low), text.raw
    if (
        text.level(start, end) == NAME
        or (start > 0 and raw[start - 1] in "-/&'’")
        or raw[end : end + 1] in ("-", "/", "&")
        or bound(raw, start)
        or may_title(raw, start)
    ):
        return False
    gap, after = ahead(raw, end)
    before = behind(raw, start)[1]
    if kind == "article":
        if before in ("of", "what") or (
            low == "the" and text.level(end + 1, end + 2) == NAME and before_name(raw, end)
        ):
            return False  # titles: "lord of the rings", "The Hague"
        return low != "a" or plain_article(raw, start, end)
    if kind == "pronoun":
        return _pronoun_goes(raw, start, low, gap, after, before)
    if kind == "demonstrative":
        if low == "that":
            return kinds().get(after) in ("pronoun", "article") and before in _THINKS
        return gap == " " and low in ("this", "those") and kinds().get(after) in (None, "pronoun") and after != ""
    if kind == "polite":
        return True
    if kind == "question":
        if low == "which":  # "organ secretes insulin"
            return (bare or terse) and start == text.over_space(0) and gap == " " and not _STATES.match(raw, end)
        return bare
    return terse and low in _LOOSE and gap == " " and _loose(text, end, after, before)


def _pronoun_goes(raw: str, start: int, low: str, gap: str, after: str, before: str) -> bool:
    """Tell whether a pronoun goes by itself ("[my] card", "help [me] find"); "use it", "than I" and "Alexander I" stay."""
    if gap != " " or not after:
        return False
    if low in ("my", "your", "our", "his", "their", "its"):
        return kinds().get(after) in (None, "adverb", "quantifier", "verb")
    if low == "me":
        return before in ("help", "tell", "show", "give", "giving", "send", "get", "find", "let") and after != "that"
    if low == "her":
        return kinds().get(before) in ("preposition", "aux", "question", "conjunction") and kinds().get(after) is None
    return low == "i" and raw[:start].rstrip()[-1:] in (",", ".", "!") and kinds().get(after) != "aux"


def _loose(text: Text, end: int, after: str, before: str) -> bool:
    """Tell whether a preposition goes before a place or a date ("weather [in] Paris"); a verb keeps its own ("trust in")."""
    raw = text.raw
    verb = is_participle(before) or is_base_verb(before) or is_base_verb(before.removesuffix("s"))
    bound_to = verb or kinds().get(before) in ("preposition", "aux", "adverb", "quantifier")
    return not bound_to and after[:1].isalpha() and raw[end + 1].isupper() and kinds().get(after) is None


def asks_of_verb(raw: str, opening: re.Match[str]) -> bool:
    """Tell whether "what" is asked of a verb and must stay ("What makes …", "What did he …")."""
    after = ahead(raw, opening.end())[1]
    if after.endswith(("n't", "n’t")):
        return True  # "What isn't it enough for"
    follows = ahead(raw, opening.end() + len(after))[1]
    acts = after.endswith("s") and (
        is_base_verb(after[:-1]) or kinds().get(follows) == "preposition"
    )  # "What flows between"
    verb = is_base_verb(after) or is_participle(after) or acts
    return opening[0].strip().lower() == "what" and (verb or kinds().get(after) in ("aux", "verb") or not after)


def before_name(raw: str, end: int) -> bool:
    """Tell whether a name with a capital follows ("the Alps"), which keeps its article; "the PIN" is none."""
    following = re.match(r" ([\w-]+)", raw[end:])
    return following is not None and following[1][0].isupper() and following[1].rstrip("s") not in _NO_NAMES


_NO_NAMES = frozenset("ATM PIN TV ID PC CEO GPS URL SIM I".split())


def needs_the(after: str) -> bool:
    """Tell whether a word says something else without its article ("the same", "the poor", "the warmer")."""
    return after in _NEEDS_THE or after.endswith("er")


def thinks(word: str) -> bool:
    """Tell whether a word leads up to what is thought or said ("think", "sure")."""
    return word in _THINKS


def plain_article(raw: str, start: int, end: int) -> bool:
    """Tell whether "a" can go ("need [a] card"): a plain article, before no time ("in a day"), no adjective for a noun ("is a native")."""
    after = ahead(raw, end)[1]
    return is_plain_article(raw, start, end) and after not in _PER and after not in _EITHER and not bound(raw, start)


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
