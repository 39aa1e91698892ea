"""What gets lost: the end, the beginning, what a field has no room for, words that carry little, a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import FREE, LOCKED, NAME, WORD, Edit, Proposals, Text, Word
from perturb.language.grammar import given
from perturb.language.messages import asks, orders
from perturb.language.places import ahead, is_base_verb
from perturb.language.smallwords import asks_of_verb, kinds, leaves_out, searched_without

_PIECE = re.compile(r"\S+")
_LEFT_OVER = ' \t\r\n,;:-–—([{"“‘&/+'  # no text ends on these because its end was lost


@lru_cache(maxsize=64)
def _pieces(raw: str) -> tuple[tuple[int, int], ...]:
    """Split at white space; what has no letter or digit belongs to the piece before ("$ 5 - x" -> "$", "5 -", "x")."""
    found: list[tuple[int, int]] = []
    for m in _PIECE.finditer(raw):
        if found and not any(c.isalnum() for c in m[0]):
            found[-1] = found[-1][0], m.end()
        else:
            found.append(m.span())
    return tuple(found)


def _clean_end(raw: str, at: int) -> int:
    """Step back over marks that stand before something ("Hi, -" -> the end of "Hi")."""
    while at > 0 and raw[at - 1] in _LEFT_OVER:
        at -= 1
    return at


@transform("cut.tail", rate=0.2, reach="loss", ordered=True, role="cut")
def tail(text: Text, rng: Rng, *, keep: int = 3) -> Proposals:
    """Lose the end, word by word ("how far is it from here" -> "how far is it")."""
    pieces, end = _pieces(text.raw), len(text.raw)
    for i in range(len(pieces) - 1, max(keep, 2) - 1, -1):
        start = _clean_end(text.raw, pieces[i - 1][1])
        if start < end:
            yield start, end, ""
            end = start


@transform("cut.head", rate=0.1, reach="loss", ordered=True, role="cut")
def head(text: Text, rng: Rng, *, keep: int = 3) -> Proposals:
    """Lose the beginning, as a careless copy does ("So how far is it" -> "how far is it")."""
    pieces, start = _pieces(text.raw), 0
    for i in range(1, len(pieces) - max(keep, 2) + 1):
        end = pieces[i][0]
        yield start, end, ""
        start = end


@transform("cut.cap", times=1, reach="loss", role="cut")
def cap(text: Text, rng: Rng, *, chars: int = 160, ellipsis: bool = False, whole_words: bool = True) -> Proposals:
    """Keep what a field or a text message holds, 160 characters ("… and how many are left?" -> "… and how many")."""
    raw = text.raw
    room = chars - 3 if ellipsis else chars
    if len(raw) <= chars or room < 2:
        return
    at = room
    while whole_words and at > 0 and not (raw[at - 1].isspace() or raw[at].isspace()):
        at -= 1
    at = _clean_end(raw, at)
    if at > 0:
        yield at, len(raw), "..." if ellipsis else ""


@transform("cut.unfinished", times=1, reach="loss", role="cut")
def unfinished(text: Text, rng: Rng, *, keep: int = 3) -> Proposals:
    """Send too early, most often behind a small word ("can I pay with my card?" -> "can I pay with")."""
    spans = text.sentences()
    if not spans:
        return
    known, end = kinds(), len(text.raw)
    pieces = [p for p in _pieces(text.raw) if p[0] >= spans[-1][0]]
    first = max(keep, (len(pieces) + 1) // 2)  # a sentence that has hardly begun says nothing
    places: list[tuple[int, float]] = []
    for start, stop in pieces[first - 1 : -1]:
        word = text.raw[start:stop].lower()
        weight = 6.0 if known.get(word) in ("preposition", "article", "conjunction", "pronoun") else 1.0
        places.append((_clean_end(text.raw, stop), weight))
    while places:
        at = rng.weighted([(i, weight) for i, (_, weight) in enumerate(places)])
        if not places[at][0] <= spans[-1][0]:
            yield places[at][0], end, ""
        del places[at]


@transform("cut.sentence", times=1, reach="loss", role="cut")
def sentence(text: Text, rng: Rng) -> Proposals:
    """Leave out a sentence that asks nothing ("It is red. It costs $5. How much is it?" -> "It costs $5. …").

    One without numbers goes first.
    """
    raw, spans = text.raw, text.sentences()
    requests = frozenset(i for i, (s, e) in enumerate(spans) if _requests(raw[s:e])) or (len(spans) - 1,)
    order = [
        (_needs(text, *spans[i]), n, i) for n, i in enumerate(rng.shuffled(range(len(spans)))) if i not in requests
    ]
    for _, _, i in sorted(order):
        start, end = spans[i]
        if not any(c.isalpha() for c in raw[start:end]):
            continue
        if i + 1 < len(spans):
            yield start, spans[i + 1][0], ""
        else:
            yield text.back_over_space(start), len(raw), ""


_TASKS = frozenset(
    "act analyze answer assume calculate choose classify compare complete compose consider convert count create "
    "define describe design determine develop discuss edit embody embrace evaluate explain extract find generate "
    "give help identify imagine implement let list make name outline please predict pretend propose provide rate "
    "rewrite select show sort suggest summarize take tell translate use write".split()
)


def _requests(sentence: str) -> bool:
    return asks(sentence) or orders(sentence) or ahead(sentence, 0)[1] in _TASKS


def _needs(text: Text, start: int, end: int) -> int:
    """Count the words of a sentence that an answer may hang on."""
    return sum(1 for at, _ in text.words if start <= at < end and text.mask[at] > NAME)


_OPENING = re.compile(
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|dear (?:sir|madam|team|all))"
    r"(?: (?:there|all|everyone|team|guys|folks|sir|madam|again))?(?: please)?\s*[,.!:;–-]+\s*|please,?\s+(?=\w)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:,? (?:please|pls|kindly)(?=\s*(?:[?.!]|$))| (?:please|pls|kindly),?(?= \w)|\bkindly )", re.IGNORECASE
)
_CLOSING = re.compile(
    r"[\s,]*\b(?:(?:many |much )?thank(?:s| you)(?: (?:so much|very much|a lot|a million|again|guys|all|everyone))?"
    r"(?: (?:in advance|(?:for (?:your|the|any|all) \w+(?: \w+)?)))?|cheers|(?:kind |best )?regards)\s*[.!]*\s*$",
    re.IGNORECASE,
)


@transform("cut.politeness", rate=0.3, reach="loss", role="cut")
def politeness(text: Text, rng: Rng) -> Proposals:
    """Drop greetings, "please" and thanks ("Hi, could you please help? Thanks!" -> "Could you help?")."""
    raw = text.raw
    first = _OPENING.match(raw)
    if first and first.end() < len(raw):
        yield _without(text, 0, first.end())
    last = _CLOSING.search(raw)
    if last and last.start() > 0 and len(raw[: last.start()].split()) > 1:
        mark = raw[last.start() :].strip()[-1:]
        open_end = raw[last.start() - 1].isalnum() and mark in ".!"
        yield last.start(), len(raw), mark if open_end else ""
    for m in _ASIDE.finditer(raw):
        start, end = m.span()
        if raw[start - 1 : start] in (".", "!", "?", "\n") and end < len(raw):
            yield _without(text, start + 1, text.over_space(end))
        elif m[0].islower() or raw.isupper():
            yield start, end, ""


def _without(text: Text, start: int, end: int) -> list[Edit]:
    """Drop the beginning of a sentence and hand its capital on ("I need" -> "Need")."""
    edits: list[Edit] = [(start, end, "")]
    raw = text.raw
    if raw[start].isupper() and end < len(raw) and raw[end].islower() and text.level(end, end + 1) < LOCKED:
        edits.append((end, end + 1, raw[end].upper()))
    return edits


_FILLED = re.compile(
    r"(?:(?:can|could|would) you (?:please )?(?:tell|show|explain to|help) me|please tell me"
    r"|i (?:want|need|would like|'d like) to know|do you know|i(?:'m| am) (?:wondering|looking for|trying to)"
    r"|i was wondering|i (?:want|need|would like|have) to|i'd like to|i would appreciate it if (?:i|you) could"
    r"|is there (?:a|any) way to|tell me|what(?: is|'s|s| are| was| were)(?! not\b)"
    r"|who (?:is|was|are|were)(?= (?:the|a|an) )|what(?! (?:about|if)\b|'))\b\s*(?:about )?",
    re.IGNORECASE,
)  # fmt: skip
_HOW_TO = re.compile(r"(?<=\bhow )(?:do|can|could|should|would) (?:i|you|we|one|people)\b", re.IGNORECASE)


@transform("cut.keywords", times=1, reach="loss", role="cut")
def keywords(text: Text, rng: Rng, *, longest: int = 18, bare: bool = False) -> Proposals:
    """Ask as into a search box ("What is the highest mountain of Peru?" -> "highest mountain of Peru").

    Only a question or request of one sentence and at most ``longest`` words is asked so, or a short statement.
    Names, numbers, negations and who, when, where, why and how stay; ``bare`` drops those question words too.
    """
    raw = text.raw
    size = len(_pieces(raw))
    if size > (longest if asks(raw.replace("?", "")) or orders(raw) else longest // 2) or len(text.sentences()) != 1:
        return
    if raw.islower() and raw[-1:].isalnum():
        return  # such a query is typed in already; what stays may be a title ("who sang i want to be …")
    gone = bytearray(len(raw))
    edits: list[Edit] = []
    opening = _FILLED.match(raw, text.over_space(0))
    if opening and not asks_of_verb(raw, opening):
        gone[opening.start() : opening.end()] = b"\1" * (opening.end() - opening.start())
    to = _HOW_TO.search(raw)
    if to and is_base_verb(ahead(raw, to.end())[1]):
        edits.append((to.start(), to.end(), "to"))
    terse = rng.chance(0.3)
    for start, word in text.words:
        if searched_without(text, start, word.lower(), terse, bare) and not (
            to and edits and to.start() <= start < to.end()
        ):
            gone[start : start + len(word)] = b"\1" * len(word)
    edits += _holes(text, gone)
    if _left(text, edits) >= 2:
        yield sorted(edits)


def _holes(text: Text, gone: bytearray) -> Iterator[Edit]:
    """Turn dropped words into edits that leave single spaces, and drop the final mark."""
    raw = text.raw
    end = len(raw)
    while end > 0 and (raw[end - 1] in " \t\n?.!," or gone[end - 1]):
        end -= 1
    at = gone.find(1, 0, end)
    while at >= 0:
        stop = at
        while stop < end and (gone[stop] or raw[stop] in " \t,"):
            stop += 1
        yield at, stop, ""
        at = gone.find(1, stop, end)
    if end < len(raw):
        yield end, len(raw), ""


def _left(text: Text, edits: list[Edit]) -> int:
    """Count the words that would stay."""
    starts = [m.start() for m in WORD.finditer(text.raw)]
    return sum(1 for at in starts if not any(start <= at < end and not new for start, end, new in edits))


@transform("cut.functions", rate=0.12, reach="loss", role="cut")
def functions(text: Text, rng: Rng) -> Proposals:
    """Leave out a small word, as in a telegram ("I need a new card" -> "I need new card")."""
    offers: list[Word] = []
    weights: list[int] = []
    total = 0
    for start, word in text.words:
        weight = leaves_out(text, start, word) if (len(word) < 5 and text.mask[start] == FREE) or word == "I" else 0
        if weight and not given(text.raw, start):
            total += weight
            offers.append((start, word))
            weights.append(total)
    for start, word in rng.by_weight(offers, weights):
        edits = _without(text, start, text.over_space(start + len(word)))
        yield edits if len(edits) > 1 else edits[0]
