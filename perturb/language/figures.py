"""Numbers in a mask: with their signs and units they are slots ("5 kg", "$3.50", "40 %", "5 mg/kg")."""

from __future__ import annotations

import re
from string import ascii_letters

from perturb.core.text import LOCKED, SLOT, WORD
from perturb.core.words import Word
from perturb.language.said import DIGITS, HAS_DIGIT, KIND, MEASURE, said_of

# \d\d*, since a search for \d+ tries the whole form at every character.
_NUMBER = re.compile(
    r"\d\d*(?:,\d{3})*(?:\.\d+)?(?:[:/.-]\d+)*(?:(?:st|nd|rd|th|s|k|K|M|bn|x)?\b\+?(?:\s?[%°‰](?:\s?[CF]\b)?|\s?[ap]\.?m\b\.?|\s?[€£])?)?"
)
# What an identifier has before it; no separators go into one ("user ID is 12345").
IDENTIFIED = re.compile(
    r"\b(?:ids?|numbers?|no(?! (?:more|less|fewer|later|longer)\b)|nr|codes?|pin|zip|postcode|accounts?|orders?|tickets?|ref|references?|invoices?|serial|users?|model|node|"
    r"extension|phone|mobile|passwords?|isbn|flight|case)\b[^.?!,;]{0,16}$",
    re.I,
)


def numbers(raw: str, mask: bytearray, tokens: list[Word], said: list[int]) -> None:
    """Mark numbers with their signs and units ("5 kg", "$3.50", "40 %", "5 mg/kg") as slots."""
    plain, at, known = LOCKED not in mask, 0, said_of
    for n, i in enumerate(said):
        start, word = tokens[i]
        says, stop = known[word], start + len(word)
        if not says & HAS_DIGIT or stop <= at:
            continue
        if says & KIND == DIGITS and start >= at and _ends_number(raw, stop):
            at = end = stop  # as the form would find it
            if start and (raw[start - 1] != " " or raw[start - 2] in _MONEY):
                _number(raw, mask, start, at, plain)
                continue
            for follows, unit in map(tokens.__getitem__, said[n + 1 :]):
                if follows != end + 1 or not known[unit] & MEASURE or raw[end] not in " -/":
                    break
                end = follows + len(unit)
            if end > at:
                mask[start:end] = b"\2" * (end - start) if plain else mask[start:end].translate(_AS_SLOT)
            continue
        m = _NUMBER.search(raw, max(at, start))
        while m is not None and m.start() < stop:
            at = m.end()
            _number(raw, mask, m.start(), at, plain)
            m = _NUMBER.search(raw, at) if at < stop else None


def _ends_number(raw: str, at: int) -> bool:
    """Tell whether digits that end here are the whole number: no "5,000", no "5 %", no "5 am"."""
    behind = raw[at : at + 2]
    return behind in _ENDS_NUMBER or (behind in (" a", " p") and raw[at + 2 : at + 3] not in "m.")


def _number(raw: str, mask: bytearray, start: int, end: int, plain: bool) -> None:
    size = len(raw)
    if start > 1 and raw[start - 1] == " ":
        if raw[start - 2] in _MONEY:
            start -= 2
    elif start:
        start = _number_starts(raw, start)
    if raw[end : end + 1] not in ".,?!":  # nor is it the end
        while end < size and raw[end].isalnum():
            end += 1  # "10am", "5mg"
        while end < size and raw[end] in " -/":
            unit = _unit(raw, end + 1)
            if not unit:
                break
            end += 1 + unit
    mask[start:end] = b"\2" * (end - start) if plain else mask[start:end].translate(_AS_SLOT)


def _number_starts(raw: str, start: int) -> int:
    """Step back over what belongs to a number ("H2O" is one value, "-5", "$ -5")."""
    while start and raw[start - 1].isalpha():
        start -= 1
    if start and raw[start - 1] in ".-+−#" and (start == 1 or not raw[start - 2].isalnum()):
        start -= 1
    money = 2 if start > 1 and raw[start - 1] == " " else 1
    return start - money if start >= money and raw[start - money] in _MONEY else start


def signs(raw: str, mask: bytearray) -> None:
    """Mark signs of money and fractions, with the unit behind them ("½ cup"), as slots."""
    for m in _SIGN.finditer(raw):
        end = m.end()
        unit = _unit(raw, end + 1) if raw[end : end + 1] == " " else 0
        raise_level(mask, m.start(), end + 1 + unit if unit else end, SLOT)


def _unit(raw: str, at: int) -> int:
    """Give the length of the unit that begins here, behind a separator; 0 where none does."""
    m = WORD.match(raw, at)
    return len(m[0]) if m and said_of[m[0]] & MEASURE else 0


def raise_level(mask: bytearray, start: int, end: int, level: int) -> None:
    """Have at least this level in a range (a slot stays one where a name is marked)."""
    mask[start:end] = mask[start:end].translate(_RAISED[level])


# For each level, what every level becomes where at least that one is to stand.
_RAISED = tuple(bytes(max(old, level) for old in range(256)) for level in range(4))
_AS_SLOT = _RAISED[SLOT]
_MONEY = "$€£¥₹"
_SIGN = re.compile(f"[{_MONEY}¼½¾⅓⅔⅛]")
_ENDS_NUMBER = frozenset(
    ["", *".,?!)", *(f"{mark} " for mark in ".,?!;:)"), ".\n", "?\n", "!\n"]
    + [f"{gap}{c}" for gap in " -" for c in ascii_letters if gap == "-" or c not in "ap"]
)
