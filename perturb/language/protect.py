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
    for start, end in locked(raw, [word for _, word in tokens]):
        mask[start:end] = b"\3" * (end - start)
    for start, end in lock:
        mask[start:end] = b"\3" * (end - start)
    if terms is not None:
        for m in terms.finditer(raw):
            mask[m.start() : m.end()] = b"\3" * (m.end() - m.start())
    _numbers(raw, mask)
    _words(raw, mask, tokens)
    if info is not None:
        for start, end, label in info.ents:
            level = SLOT if label in _SLOT_ENTITIES else NAME
            _raise_level(mask, start, end, level)
    text = Text(raw, bytes(mask), info=info)
    text._all = tokens
    return text


_SCALES = frozenset(("hundred", "thousand", "million", "billion"))
_SLOT_ENTITIES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})


def _numbers(raw: str, mask: bytearray) -> None:
    """Mark numbers with their signs and units ("5 kg", "$3.50", "40 %", "5 mg/kg") as slots."""
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
            unit = _unit(raw, end + 1)
            if not unit:
                break
            end += 1 + unit
        _raise_level(mask, start, end, SLOT)
    for m in _SIGN.finditer(raw):
        end = m.end()
        unit = _unit(raw, end + 1) if raw[end : end + 1] == " " else 0
        _raise_level(mask, m.start(), end + 1 + unit if unit else end, SLOT)


def _unit(raw: str, at: int) -> int:
    """Give the length of the unit that begins here, behind a separator; 0 where none does."""
    m = WORD.match(raw, at)
    return len(m[0]) if m and (m[0] in _SHORT_UNITS or slot_kinds().get(m[0].lower()) == "unit") else 0


_MONEY = "$€£¥₹"
_SIGN = re.compile(f"[{_MONEY}¼½¾⅓⅔⅛]")
_SHORT_UNITS = frozenset(
    "m g l L h s ft am pm AM PM cm mm km kg mg ml mL lb lbs oz min sec hr hrs V W J N Hz K C F".split()
)


def _words(raw: str, mask: bytearray, tokens: Sequence[tuple[int, str]]) -> None:
    """Mark slot words and names; a capital counts where no sentence begins."""
    shouting = raw.isupper()
    titled: set[str] = set()
    doubtful: list[int] = []
    number_ends = -2  # beside no word
    marks = _marks
    for i, (start, word) in enumerate(tokens):
        mark = marks[word]
        if mark is None:
            continue  # most words
        end = start + len(word)
        if mark == "slot":
            _raise_level(mask, start, end, SLOT)
        elif mark == "number":
            _raise_level(mask, start, end, SLOT)
            number_ends = end
            if i > 1 and tokens[i - 1][1] == "and" and tokens[i - 2][1].lower() in _SCALES:
                _raise_level(mask, tokens[i - 1][0], tokens[i - 1][0] + 3, SLOT)  # "three hundred and seventy"
        elif mark == "unit":
            if number_ends == start - 1:
                _raise_level(mask, start - 1, end, SLOT)  # "three hours"
        elif mark == "name":
            _raise_level(mask, start, end, NAME)
        elif mark == "identifier":
            _raise_level(mask, start, end, LOCKED)
        elif mark == "month" and _dated(raw, tokens, i):
            _raise_level(mask, start, end, SLOT)
        elif shouting:
            continue
        elif mark == "loud":
            _raise_level(mask, start, end, NAME)
        elif _begins(raw, mask, start):
            doubtful.append(i)
        else:
            titled.add(word.lower())
            _name(raw, mask, tokens, i)
    for i in doubtful:
        if _likely_name(raw, mask, tokens, i, titled):
            _name(raw, mask, tokens, i)


def _mark(word: str) -> str | None:
    """Say what a word is by its letters alone, None for most ("never" -> "slot", "Rome" -> "capital", "card")."""
    low = word.lower()
    kinds = slot_kinds()
    kind = kinds.get(low)
    if kind is None and not low.isalpha():
        kind = _kind_of(low, kinds)
    if kind is not None:
        return kind if kind in ("number", "unit") else "slot"
    if low == word:
        if (low in _first_names() and low not in _WORDLIKE) or (not word.isalpha() and _CAMEL.match(word)):
            return "name"
        return None
    if word[0].islower() and _CAMEL.match(word):
        return "identifier" if _IDENTIFIER.fullmatch(word) else "name"
    if word in _MONTHS:
        return "month"
    if low == "i" or low[:2] in ("i'", "i’"):
        return None
    if len(word) > 1 and word.isupper():
        return "loud"
    return "capital" if word[0].isupper() else None


class _Marks(dict[str, "str | None"]):
    """What words are, each worked out when it is first met: a few hundred words make up most texts."""

    def __missing__(self, word: str) -> str | None:
        if len(self) > 65536:
            self.clear()
        self[word] = mark = _mark(word)
        return mark


_marks = _Marks()


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
    mask[start:end] = mask[start:end].translate(_RAISED[level])


# For each level, what every level becomes where at least that one is to stand.
_RAISED = tuple(bytes(max(old, level) for old in range(256)) for level in range(4))
