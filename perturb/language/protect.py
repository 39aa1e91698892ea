"""The mask: what the answer may depend on, by rules. Locked text (locked.py), then numbers, then words and names.

One pass per item; its variants share the result. Rules know characters, not meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from perturb.core.text import LOCKED, NAME, SLOT, WORD, Text
from perturb.language.lexicon import rows, words
from perturb.language.locked import Span, locked

_NUMBER = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?:[:/.-]\d+)*(?:(?:st|nd|rd|th|s|k|K|M|bn|x)?\b\+?(?:\s?[%°‰](?:\s?[CF]\b)?|\s?[ap]\.?m\b\.?|\s?[€£])?)?"
)
_CAMEL = re.compile(r"[a-z]+[A-Z]|[A-Za-z]+\d|\d+[A-Za-z]")
_IDENTIFIER = re.compile(r"[a-z]{2,}\d*(?:[A-Z][a-z0-9]+)+")  # userName, not iPhone or macOS
_MONTHS = frozenset({"March", "May"})  # words too, unlike June
_LINKS = frozenset({"of", "the", "de", "la", "van", "von", "and", "&", "del", "di", "for", "in"})


@cache
def slot_kinds(lang: str = "en") -> dict[str, str]:
    """Read the words a right answer may hang on ("never" -> "negation")."""
    return {row[0]: row[1] for row in rows("slots", lang)}


@cache
def _common(lang: str = "en") -> frozenset[str]:
    return words("functions", lang) | words("polite", lang) | frozenset(slot_kinds(lang))


@cache
def _known(lang: str = "en") -> frozenset[str]:
    return words("words", lang) | words("words", f"{lang}_wordnet")


def _unknown(low: str) -> bool:
    """Tell whether a short word at a sentence's start is in no list, so that it is likely a name ("Jamaar")."""
    return len(low) <= 8 and low not in _known() and not low.endswith(("ing", "ly", "ed", "s"))


@cache
def _first_names(lang: str = "en") -> frozenset[str]:
    return frozenset(w.lower() for w in words("names", lang))


def protected(raw: str, *, lock: Iterable[Span] = (), terms: re.Pattern[str] | None = None, info: Any = None) -> Text:
    """Make a Text with its mask ("It costs $48." -> "$48" a slot, the rest free).

    ``lock`` are spans locked by the item's profile, ``terms`` the user's own, ``info`` an analysis whose entities
    become names.
    """
    mask = bytearray(len(raw))
    tokens = [(m.start(), m[0]) for m in WORD.finditer(raw)]
    for start, end in locked(raw, {word for _, word in tokens}):
        mask[start:end] = b"\3" * (end - start)
    for start, end in lock:
        mask[start:end] = b"\3" * (end - start)
    if terms is not None:
        for m in terms.finditer(raw):
            mask[m.start() : m.end()] = b"\3" * (m.end() - m.start())
    _numbers(raw, mask, dict(tokens))
    _words(raw, mask, tokens)
    if info is not None:
        for start, end, label in info.ents:
            level = SLOT if label in _SLOT_ENTITIES else NAME
            for i in range(start, end):
                mask[i] = max(mask[i], level)
    text = Text(raw, bytes(mask), info=info)
    text._all = tokens
    return text


_SLOT_ENTITIES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})


def _numbers(raw: str, mask: bytearray, tokens: dict[int, str]) -> None:
    """Mark numbers with their signs and units ("5 kg", "$3.50", "40 %", "5 mg/kg") as slots."""
    kinds = slot_kinds()

    def is_unit(word: str) -> bool:
        return word in _SHORT_UNITS or kinds.get(word.lower()) == "unit"

    for m in _NUMBER.finditer(raw):
        start, end = m.span()
        while start and raw[start - 1].isalpha():
            start -= 1  # "H2O" is one value
        if start and raw[start - 1] in ".-+−#" and (start == 1 or not raw[start - 2].isalnum()):
            start -= 1
        money = 2 if start > 1 and raw[start - 1] == " " else 1
        if start >= money and raw[start - money] in _MONEY:
            start -= money
        while end < len(raw) and raw[end].isalnum():
            end += 1  # "10am", "5mg"
        while end < len(raw) and raw[end] in " -/":
            word = tokens.get(end + 1, "")
            if not word or not is_unit(word):
                break
            end += 1 + len(word)
        _raise_level(mask, start, end, SLOT)
    for sign in _MONEY + "¼½¾⅓⅔⅛":
        at = raw.find(sign)
        while at >= 0:
            word = tokens.get(at + 2, "") if raw[at + 1 : at + 2] == " " else ""
            _raise_level(mask, at, at + (2 + len(word) if word and is_unit(word) else 1), SLOT)
            at = raw.find(sign, at + 1)


_MONEY = "$€£¥₹"
_SHORT_UNITS = frozenset(
    "m g l L h s ft am pm AM PM cm mm km kg mg ml mL lb lbs oz min sec hr hrs V W J N Hz K C F".split()
)


def _words(raw: str, mask: bytearray, tokens: Sequence[tuple[int, str]]) -> None:
    """Mark slot words and names; a capital counts where no sentence begins."""
    kinds, first_names = slot_kinds(), _first_names()
    shouting = raw.isupper()
    titled: set[str] = set()
    doubtful: list[int] = []
    number_ends = -1
    for i, (start, word) in enumerate(tokens):
        low = word.lower()
        kind = kinds.get(low)
        if kind is None and not low.isalpha():
            kind = _kind_of(low, kinds)
        if kind is not None:
            end = start + len(word)
            if kind != "unit":
                _raise_level(mask, start, end, SLOT)
            elif number_ends == start - 1:
                _raise_level(mask, start - 1, end, SLOT)  # "three hours"
            if kind == "number":
                number_ends = end
        elif low == word:
            if (low in first_names and low not in _WORDLIKE) or (not word.isalpha() and _CAMEL.match(word)):
                _raise_level(mask, start, start + len(word), NAME)
        elif word[0].islower() and _CAMEL.match(word):
            _raise_level(mask, start, start + len(word), LOCKED if _IDENTIFIER.fullmatch(word) else NAME)
        elif word in _MONTHS and _dated(raw, tokens, i):
            _raise_level(mask, start, start + len(word), SLOT)
        elif shouting or low == "i" or low[:2] in ("i'", "i’"):
            continue
        elif len(word) > 1 and word.isupper():
            _raise_level(mask, start, start + len(word), NAME)
        elif word[0].isupper():
            if _begins(raw, mask, start):
                doubtful.append(i)
            else:
                titled.add(low)
                _name(raw, mask, tokens, i)
    for i in doubtful:
        if _likely_name(raw, mask, tokens, i, titled):
            _name(raw, mask, tokens, i)


def _likely_name(raw: str, mask: bytearray, tokens: Sequence[tuple[int, str]], i: int, titled: set[str]) -> bool:
    """Tell whether a capital at a sentence's start begins a name: one goes on behind it, it is one elsewhere or unknown."""
    start, word = tokens[i]
    low = word.lower()
    base = low.replace("’", "'").removesuffix("'s")
    if base in _common():
        return False
    following = tokens[i + 1][0] if i + 1 < len(tokens) else -1
    joined = following > 0 and mask[following] == NAME and raw[start + len(word) : following] == " "
    return joined or base in titled or base in _first_names() or _unknown(base) or (base != low and base not in _ASKING)


def _kind_of(low: str, kinds: dict[str, str]) -> str | None:
    """Give the kind of a slot word with an apostrophe ("don't", "what's", "friday's")."""
    low = low.replace("’", "'")
    if low.endswith("n't"):
        return "negation"
    base = low.split("'")[0]
    return "question" if base in _ASKING and base != low else kinds.get(low.removesuffix("'s"))


_ASKING = frozenset("what who where when how which why".split())
_WORDLIKE = frozenset("will may mark grace hope faith joy rose bill art jack drew pat sue ray dean grant chase rich frank "
                      "christian guy miles dale lane penny ruby amber violet iris ivy april june august summer autumn "
                      "melody harmony olive pearl jade crystal daisy lily misty sandy".split())  # fmt: skip


def _dated(raw: str, tokens: Sequence[tuple[int, str]], i: int) -> bool:
    """Tell whether "May" or "March" is a month: a number beside it, or a word that months follow ("in May")."""
    around = [tokens[j][1].lower() for j in (i - 1, i + 1) if 0 <= j < len(tokens)]
    return any(w[0].isdigit() for w in around) or (i > 0 and around[0] in _BEFORE_MONTHS)


_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rev)\Z")
_BEFORE_MONTHS = frozenset("in of since until till last next this by during early late mid every".split())


def _begins(raw: str, mask: bytearray, start: int) -> bool:
    at = start - 1
    while at >= 0 and raw[at] in " \t\"'“‘(*-•":
        at -= 1
    if raw[max(at, 0) : at + 1] == "." and _TITLED.search(raw, max(0, at - 5), at):
        return False
    return at < 0 or raw[at] in ".!?:\n;…|])" or mask[at] == LOCKED


def _name(raw: str, mask: bytearray, tokens: Sequence[tuple[int, str]], i: int) -> None:
    """Mark a name and, where the word before is one too, what joins them ("Bank of England")."""
    start, word = tokens[i]
    _raise_level(mask, start, start + len(word), NAME)
    for back in (1, 2):
        if i - back < 0:
            return
        before, linked = tokens[i - back]
        if mask[before] == NAME and raw[before + len(linked) : start].replace("-", " ").strip() in ("", *_LINKS):
            _raise_level(mask, before, start, NAME)
            return
        if linked.lower() not in _LINKS:
            return


def _raise_level(mask: bytearray, start: int, end: int, level: int) -> None:
    for i in range(start, end):
        if mask[i] < level:
            mask[i] = level
