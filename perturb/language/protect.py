"""The mask: what the answer may depend on, by rules. Locked text (locked.py), then numbers, then words and names.

One pass per item; its variants share the result. Rules know characters, not meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from perturb.core.text import LOCKED, NAME, SLOT, Text
from perturb.core.words import Word, pieces
from perturb.language.figures import numbers, raise_level, signs
from perturb.language.locked import Span, locked, marks_in
from perturb.language.said import (
    CAPITAL,
    HAS_DIGIT,
    KIND,
    KIND_BITS,
    LOOK,
    LOUD,
    MONTH,
    NUMBER_WORD,
    UNIT,
    level_of,
    opener_of,
    said_of,
    slot_kinds,
)  # fmt: skip

_LINKS = frozenset({"of", "the", "de", "la", "van", "von", "and", "&", "del", "di", "for", "in"})


def protected(raw: str, *, lock: Iterable[Span] = (), terms: re.Pattern[str] | None = None, info: Any = None) -> Text:
    """Make a Text with its mask ("It costs $48." -> "$48" a slot, the rest free).

    ``lock`` are spans locked by the item's profile, ``terms`` the user's own, ``info`` an analysis whose entities
    become names, and whose words that an answer hangs on become slots.
    """
    tokens, said, hints, mask = _read(raw)
    marks = marks_in(raw)
    for start, end in locked(raw, marks, hints >> KIND_BITS):
        mask[start:end] = b"\3" * (end - start)
    for start, end in lock:
        mask[start:end] = b"\3" * (end - start)
    if terms is not None:
        for m in terms.finditer(raw):
            mask[m.start() : m.end()] = b"\3" * (m.end() - m.start())
    if hints & HAS_DIGIT:
        numbers(raw, mask, tokens, said)
    if "$" in marks or not raw.isascii():
        signs(raw, mask)
    _words(raw, mask, tokens, said)
    if "d and " in raw or "n and " in raw:
        for m in _AND.finditer(raw):
            if said_of[m[2]] & KIND == NUMBER_WORD:
                raise_level(mask, *m.span(1), SLOT)  # "three hundred and seventy"
    if info is not None:
        for start, end, label in info.ents:
            level = SLOT if label in _SLOT_ENTITIES else NAME
            raise_level(mask, start, end, level)
        for start, end, kind in info.bears:
            raise_level(mask, start, end, NAME if kind == "name" else SLOT)
    text = Text(raw, bytes(mask), info=info)
    text._all = tokens
    if raw.isascii() and "\r" not in raw:
        text.simple = True
    return text


def _read(raw: str) -> tuple[list[Word], list[int], int, bytearray]:
    """List the words of a text and which of them are to be looked at in their place; sum up their hints; begin its mask.

    The mask knows of each word what it is wherever it stands ("never" a slot).
    """
    tokens: list[Word] = []
    said: list[int] = []
    at = hints = 0
    known, parts = said_of, pieces(raw)
    for piece in parts:
        if piece:
            says = known[piece]
            if says:  # most say nothing
                hints |= says
                if says & LOOK:
                    said.append(len(tokens))
            tokens.append((at, piece))
            at += len(piece)
        at += 1
    return tokens, said, hints, bytearray(b"\0").join(map(level_of.__getitem__, parts))


_AND = re.compile(r"\b(?:hundred|thousand|million|billion) (and) ([A-Za-z]+)", re.IGNORECASE)
_SLOT_ENTITIES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})


def _words(raw: str, mask: bytearray, tokens: list[Word], said: list[int]) -> None:
    """Mark slot words and names that are so by their place; a capital counts where no sentence begins."""
    shouting = raw.isupper()
    titled: set[str] = set()
    doubtful: list[int] = []
    known = said_of
    for i in said:
        start, word = tokens[i]
        kind = known[word] & KIND
        if kind == UNIT:
            before, number = tokens[i - 1] if i else (-2, "")
            if before + len(number) == start - 1 and known[number] & KIND == NUMBER_WORD:
                raise_level(mask, start - 1, start + len(word), SLOT)  # "three hours"
        elif kind == MONTH and _dated(raw, tokens, i):
            raise_level(mask, start, start + len(word), SLOT)
        elif shouting or kind not in (CAPITAL, MONTH, LOUD):
            continue
        elif kind == LOUD:
            raise_level(mask, start, start + len(word), NAME)
        elif _begins(raw, mask, start):
            doubtful.append(i)
        else:
            titled.add(word.lower())
            _name(raw, mask, tokens, i)
    for i in doubtful:
        if _likely_name(raw, mask, tokens, i, titled):
            _name(raw, mask, tokens, i)


def _likely_name(raw: str, mask: bytearray, tokens: list[Word], i: int, titled: set[str]) -> bool:
    """Tell whether a capital at a sentence's start begins a name: one goes on behind it, it is one elsewhere or unknown."""
    start, word = tokens[i]
    opener = opener_of[word]
    if opener is None:
        return False
    base, sure = opener
    if sure or base in titled:
        return True
    following = tokens[i + 1][0] if i + 1 < len(tokens) else -1
    return following > 0 and mask[following] == NAME and raw[start + len(word) : following] == " "


def _dated(raw: str, tokens: list[Word], i: int) -> bool:
    """Tell whether "May" or "March" is a month: a number beside it, or a word that months follow ("in May")."""
    around = [tokens[j][1].lower() for j in (i - 1, i + 1) if 0 <= j < len(tokens)]
    return any(w[0].isdigit() for w in around) or (i > 0 and around[0] in _BEFORE_MONTHS)


_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rev)\Z")
_TITLES_END = frozenset("Mr rs Ms Dr of St en ev".split())
_BEFORE_MONTHS = frozenset("in of since until till last next this by during early late mid every".split())


def _begins(raw: str, mask: bytearray, start: int) -> bool:
    at = start - 1
    if at > 0 and raw[at] == " " and raw[at - 1].isalnum():
        return mask[at - 1] == LOCKED  # by far the most common case
    while at >= 0 and raw[at] in " \t\"'“‘(*-•":
        at -= 1
    if (
        raw[max(at, 0) : at + 1] == "."
        and raw[max(0, at - 2) : at] in _TITLES_END
        and _TITLED.search(raw, max(0, at - 5), at)
    ):
        return False
    return at < 0 or raw[at] in ".!?:\n;…|])" or mask[at] == LOCKED


def _name(raw: str, mask: bytearray, tokens: list[Word], i: int) -> None:
    """Mark a name and, where the word before is one too, what joins them ("Bank of England")."""
    start, word = tokens[i]
    raise_level(mask, start, start + len(word), NAME)
    for back in (1, 2):
        if i - back < 0:
            return
        before, linked = tokens[i - back]
        if mask[before] == NAME and raw[before + len(linked) : start].replace("-", " ").strip() in ("", *_LINKS):
            raise_level(mask, before, start, NAME)
            return
        if linked.lower() not in _LINKS:
            return


__all__ = ["protected", "slot_kinds"]
