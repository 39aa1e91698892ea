"""Capitals: left out, or left on. Only letters whose other case has the same length ever change."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, NAME, SLOT, Edit, Proposals, Text, Word
from perturb.language.places import behind

# Acronyms that are common words when lowered ("US" would read as "us").
_READ_OTHERWISE = frozenset({"US", "IT", "WHO"})
_SHORT = frozenset("a i am an as at be by do go he hi if in is it me my no of ok on or so to up us we".split())
_PLAIN = _SHORT | {word.title() for word in _SHORT}
# "Type I", "World War I": a numeral, not the writer.
_NUMBERED = frozenset(
    "act annex article book cases category chapter class elizabeth exhibit figure form grade group james level "
    "model napoleon part phase schedule section stage statement step table title type volume war world".split()
)
# What a person raises the voice on: what is refused, late, wrong or lost, never a noun at random.
_EMPHASIS = frozenset(
    "again ago all always any anymore asap already can't cannot charged declined didn't doesn't don't "
    "ever every everything gone hate haven't hasn't help immediately isn't lost missing need "
    "never no nobody none not nothing now once only please really refused refund rejected several still "
    "stolen stop stuck today twice unacceptable urgent urgently very waiting wasn't weeks why without won't worst wrong "
    "yesterday yet".split()
)
_MISSED_AT_START = 0.2  # beside names: where people retyped questions, few began in lower case
_I = re.compile(r"I(?:['’](?:m|ve|ll|d))?")


@transform("case.lower", times=1, reach="form", trait="lower_all")
def lower(text: Text, rng: Rng) -> Proposals:
    """Never press shift ("Is Rome in Italy?" -> "is rome in italy?")."""
    yield text.once("case.lower", lambda: _all_lowered(text))


@transform("case.lower_start", times=1, reach="form", trait="lower_start")
def lower_start(text: Text, rng: Rng) -> Proposals:
    """Begin sentences in lower case ("How far is Rome?" -> "how far is Rome?")."""
    yield text.once("case.lower_start", lambda: _recased(text, _first_words(text), str.lower))


@transform("case.lower_i", times=1, reach="form", trait="lower_i")
def lower_i(text: Text, rng: Rng) -> Proposals:
    """Write oneself small ("I think I'm late" -> "i think i'm late")."""
    members: list[Edit] = []
    before = ""
    loud = [w.isupper() for _, w in text.words if len(w) > 1]
    if 2 * sum(loud) > len(loud):
        return  # who shouts has no small i
    for start, word in text.words:
        if _I.fullmatch(word) and not _numeral(text, start, word, before):
            members.append((start, start + 1, "i"))
        before = word
    yield members


@transform("case.lower_names", times=1, reach="form")
def lower_names(text: Text, rng: Rng) -> Proposals:
    """Give names no capitals ("When did Anna leave Rome?" -> "When did anna leave rome?")."""
    first = frozenset(_starts(text))
    yield _recased(text, [w for w in text.words if _named(text, w, first)], str.lower)


@transform("case.caps", times=1, reach="form")
def caps(text: Text, rng: Rng, *, scope: str = "all") -> Proposals:
    """Leave caps lock on, or shout a word that bears feeling, scope "word" ("Where is it?" -> "WHERE IS IT?")."""
    if scope == "all":
        yield _recased(text, text.words, str.upper)
        return
    for word in rng.shuffled([w for w in text.words if w[1].lower().replace("’", "'") in _EMPHASIS]):
        if behind(text.raw, word[0])[1] in ("in", "at", "after", "of"):
            continue  # "in all", "at once"
        yield from _recased(text, [word], str.upper)


@transform("case.shift", times=1, reach="form")
def shift(text: Text, rng: Rng, *, held: float = 0.3) -> Proposals:
    """Miss the shift key on one capital, or hold it for two ("Who is Anna?" -> "WHo is Anna?").

    ``held`` is how often it is held.
    """
    first = frozenset(_starts(text))
    capitals = [w for w in text.words if len(w[1]) > 2 and w[1].istitle() and w[1].isalpha()]
    for start, word in rng.shuffled(capitals):
        if rng.chance(held):
            yield start + 1, start + 2, word[1].upper()
        elif start not in first or rng.chance(_MISSED_AT_START):
            yield start, start + 1, word[0].lower()


def _all_lowered(text: Text) -> list[Edit]:
    if _keeps_sentences(text):
        return []  # "write a poem. Your response should be in English": nobody presses shift for half of a message
    capitals = [w for w in text.words if w[1] != w[1].lower()]
    return _recased(text, [w for w in capitals if _lowered(text, w)], str.lower)


def _keeps_sentences(text: Text) -> bool:
    """Tell whether a sentence of three words or more is locked and begins with a capital."""
    raw, mask = text.raw, text.mask
    if LOCKED not in mask:
        return False
    for start, (_, end) in zip(_starts(text), text.sentences(), strict=True):
        whole = end > start and raw[start].isupper() and mask[start] == LOCKED
        if whole and len(raw[start : min(end, text.run(start)[1])].split()) > 2:
            return True
    return False


def _lowered(text: Text, word: Word) -> bool:
    return word[1] not in _READ_OTHERWISE or text.raw.isupper()


def _first_words(text: Text) -> list[Word]:
    words, found = text.words, []
    for start in _starts(text):
        at = bisect_left(words, (start,))  # a text has far fewer sentences than words
        if at < len(words) and words[at][0] == start and _sentence_case(text, words[at]):
            found.append(words[at])
    return found


def _recased(text: Text, chosen: list[Word], change: Callable[[str], str]) -> list[Edit]:
    """Propose the chosen words in the other case, symbols and units aside."""
    twins: frozenset[str] = frozenset()
    if any(len(word) < 3 for _, word in chosen):
        twins = _twins(text)  # of short words only
    members: list[Edit] = []
    for start, word in chosen:
        new = change(word)
        if new != word and len(new) == len(word) and not _symbol(text, start, word, twins):
            members.append((start, start + len(word), new))
    return members


def _symbol(text: Text, start: int, word: str, twins: frozenset[str]) -> bool:
    """Tell whether case carries meaning: "S" of "S_n", "MW" after a number, "A" beside "a" in genetics."""
    raw, end = text.raw, start + len(word)
    if (start and raw[start - 1] in _GLUE) or (end < len(raw) and raw[end] in _GLUE):
        return True
    if len(word) > 3:
        return False
    if word in twins:
        return True
    before = text.back_over_space(start)
    return before > 0 and raw[before - 1].isdigit() and word.lower() not in _AFTER_NUMBER


_GLUE = "_^\\@#=<>"
_AFTER_NUMBER = _SHORT | frozenset("pm and are but can did for how its not off old she the was who why you".split())


def _twins(text: Text) -> frozenset[str]:
    """List short words that stand in the text in two cases and are no plain English ("Aa" and "aa", "X" and "x")."""
    seen: dict[str, str] = {}
    found: list[str] = []
    for word in [w for _, w in text.words if len(w) <= 2 and w not in _PLAIN]:
        other = seen.setdefault(word.lower(), word)
        if other != word:
            found += (other, word)
    return frozenset(found)


def _starts(text: Text) -> list[int]:
    """List where the first words of sentences start, behind brackets and quotation marks."""
    raw, out = text.raw, []
    for start, end in text.sentences():
        while start < end and not raw[start].isalnum():
            start += 1
        out.append(start)
    return out


def _sentence_case(text: Text, word: Word) -> bool:
    """Tell a capital that only the sentence gave ("How", "A robe") from one of the word's own ("Rome", "DNA", "I")."""
    start, written = word
    if text.mask[start] == NAME or _I.fullmatch(written) or (len(written) > 1 and not written[1:].islower()):
        return False
    if len(written) == 1:  # the article, not the option
        after = text.raw[start + 1 : start + 3]
        return written == "A" and after[:1] == " " and after[1:].islower()
    return written[0].isupper()


def _numeral(text: Text, start: int, word: str, before: str) -> bool:
    """Tell whether "I" counts or labels ("Type I", "I. True", "I and II") or stands for a quantity ("I = 2")."""
    if word != "I":
        return False
    raw, end = text.raw, start + 1
    if text.mask[start] in (NAME, SLOT) or before.lower() in _NUMBERED:
        return True
    if len(before) > 1 and before.isupper() and raw[: text.back_over_space(start)].endswith(before):
        return not raw.isupper()  # "WG I"
    if raw[end : end + 1] in (")", "/", "|", ":", "_", "^") or (raw[end : end + 2] == ". " and start in _starts(text)):
        return True
    rest = raw[text.over_space(end) :][:8]
    return rest[:1] in ("=", "+", "<", ">", "≤") or bool(_COUNTING.match(rest)) or raw[start - 1 : start] in ("/", "(")


_COUNTING = re.compile(r"(?:,|and|or|only)\s?I|only\b|,\s?II")


def _named(text: Text, word: Word, first: frozenset[int]) -> bool:
    start, written = word
    if len(written) < 2 or not written[0].isupper() or written.isupper() or _I.fullmatch(written):
        return False
    if text.mask[start] == NAME:
        return True
    before = text.raw[: text.back_over_space(start)][-1:]
    return start not in first and (before.isalnum() or before == ",")
