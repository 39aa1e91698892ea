"""What gets lost: the end, the beginning, what a field has no room for, words that carry little, a sentence."""

from __future__ import annotations

from perturb.core.errors import UsageError, did_you_mean
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import FREE, NAME, SLOT, Proposals, Text, Word
from perturb.language.articles import leaves_out
from perturb.language.essentials import complaint, constraints, subject_end
from perturb.language.fixed import of_works
from perturb.language.grammar import given
from perturb.language.messages import asks, orders, stem_of_exam
from perturb.language.places import ahead
from perturb.language.portions import (
    ASIDE,
    CLOSING,
    FILLED,
    OPENING,
    clean_end,
    in_number,
    left,
    pieces,
    starts,
    without,
)
from perturb.language.searches import query
from perturb.language.smallwords import kinds
from perturb.language.telegrams import frames
from perturb.language.topics import asked_about


@transform("cut.tail", rate=0.2, reach="loss", ordered=True, role="cut", spot="last")
def tail(text: Text, rng: Rng, *, keep: int = 3) -> Proposals:
    """Lose the end, word by word ("how far is it from here" -> "how far is it")."""
    parts, end = pieces(text.raw), len(text.raw)
    for i in range(len(parts) - 1, max(keep, 2) - 1, -1):
        start = clean_end(text.raw, parts[i - 1][1])
        if start < end:
            yield start, end, ""
            end = start


@transform("cut.head", rate=0.1, reach="loss", ordered=True, role="cut", spot="first")
def head(text: Text, rng: Rng, *, keep: int = 3) -> Proposals:
    """Lose the beginning, as a careless copy does ("So how far is it" -> "how far is it")."""
    parts, start = pieces(text.raw), 0
    for i in range(1, len(parts) - max(keep, 2) + 1):
        end = parts[i][0]
        within = text.mask[end - 1] == text.mask[end] == NAME  # "New York"
        if within or in_number(text.raw, end) or not starts(text.raw, parts[i - 1], parts[i], i == 1):
            continue
        yield start, end, ""
        start = end


# 160: a text message of 7-bit letters (3GPP TS 23.038). 280: a post on X. 255: the usual width of a column, and of chat widgets built
# on one. 60 and 50: what a phone's mail list and lock screen show of a line before they cut it.
_ROOM = {"sms": 160, "tweet": 280, "chat": 255, "subject": 60, "push": 50}


@transform("cut.cap", times=1, reach="loss", role="cut", spot="last")
def cap(
    text: Text, rng: Rng, *, chars: int = 160, ellipsis: bool = False, whole_words: bool = True, channel: str = ""
) -> Proposals:
    """Keep what a field or a text message holds, 160 characters ("… and how many are left?" -> "… and how many").

    ``channel`` names what gives the room instead: ``sms`` 160, ``tweet`` 280, ``chat`` 255, ``subject`` 60, ``push`` 50.
    """
    raw = text.raw
    if channel:
        if channel not in _ROOM:
            raise UsageError(
                f"channel must be one of {', '.join(_ROOM)}, not {channel!r}{did_you_mean(channel, _ROOM)}"
            )
        chars = _ROOM[channel]
    room = chars - 3 if ellipsis else chars
    if len(raw.rstrip()) <= chars or room < 2:
        return
    at = room
    while whole_words and at > 0 and not (raw[at - 1].isspace() or raw[at].isspace()):
        at -= 1
    at = clean_end(raw, at)
    if at > 0:
        yield at, len(raw), "..." if ellipsis else ""


@transform("cut.unfinished", times=1, reach="loss", role="cut", spot="last")
def unfinished(text: Text, rng: Rng, *, keep: int = 3) -> Proposals:
    """Send too early, most often behind a small word ("can I pay with my card?" -> "can I pay with")."""
    spans = text.sentences()
    if not spans:
        return
    known, end = kinds(), len(text.raw)
    parts = [p for p in pieces(text.raw) if p[0] >= spans[-1][0]]
    first = max(keep, (len(parts) + 1) // 2)  # a sentence that has hardly begun says nothing
    places: list[tuple[int, float]] = []
    for start, stop in parts[first - 1 : -1]:
        word = text.raw[start:stop].lower()
        weight = 6.0 if known.get(word) in ("preposition", "article", "conjunction", "pronoun") else 1.0
        places.append((clean_end(text.raw, stop), weight))
    while places:
        at = rng.weighted([(i, weight) for i, (_, weight) in enumerate(places)])
        if not places[at][0] <= spans[-1][0]:
            yield places[at][0], end, ""
        del places[at]


_BOUNDS = frozenset("only each half most least every both either except unless twice double triple dozen".split())


@transform("cut.midword", times=1, reach="loss", role="cut", spot="last")
def midword(text: Text, rng: Rng) -> Proposals:
    """Send by mistake while a word is being typed ("can I pay with my card?" -> "can I pay with my ca")."""
    small, half = kinds(), len(text.raw) // 2
    whole = [w for w in text.words if w[0] > half and len(w[1]) > 3 and w[1].isalpha() and w[1].lower() not in small]
    # No number or negation is left in halves: "8001" as "80" would be another one.
    offers = [(s, w) for s, w in whole if text.level(s, s + len(w)) < SLOT and w.lower() not in _BOUNDS]
    for start, word in rng.shuffled(offers):
        at = 1 + rng.below(len(word) - 2)
        if word[:at].lower() not in small:  # "novels" as "no" would say something
            yield start + at, len(text.raw), ""


@transform("cut.sentence", times=1, reach="loss", role="cut")
def sentence(text: Text, rng: Rng, *, first: str = "words") -> Proposals:
    """Leave out a sentence that asks nothing ("It is red. It costs $5. How much is it?" -> "It costs $5. …").

    One without numbers goes first, or with ``first: numbers`` last.
    """
    raw, spans = text.raw, text.sentences()
    requests = frozenset(i for i, (s, e) in enumerate(spans) if _requests(raw[s:e])) or (len(spans) - 1,)
    sign = -1 if first == "numbers" else 1
    order = [
        (sign * _needs(text, *spans[i]), n, i)
        for n, i in enumerate(rng.shuffled(range(len(spans))))
        if i not in requests
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


@transform("cut.politeness", rate=0.3, reach="loss", role="cut")
def politeness(text: Text, rng: Rng) -> Proposals:
    """Drop greetings, "please" and thanks ("Hi, could you please help? Thanks!" -> "Could you help?")."""
    raw = text.raw
    first = OPENING.match(raw)
    if first and first.end() < len(raw):
        yield without(text, 0, first.end())
    last = CLOSING.search(raw)
    if last and last.start() > 0 and len(raw[: last.start()].split()) > 1:
        mark = raw[last.start() :].strip()[-1:]
        open_end = raw[last.start() - 1].isalnum() and mark in ".!"
        yield last.start(), len(raw), mark if open_end else ""
    for m in ASIDE.finditer(raw):
        start, end = m.span()
        if raw[start - 1 : start] in (".", "!", "?", "\n") and end < len(raw):
            yield without(text, start + 1, text.over_space(end))
        elif m[0].islower() or raw.isupper():
            yield start, end, ""


@transform("cut.keywords", times=1, reach="loss", role="cut")
def keywords(text: Text, rng: Rng, *, longest: int = 18, bare: bool = False) -> Proposals:
    """Ask as into a search box ("What is the highest mountain of Peru?" -> "highest mountain of Peru").

    Only a question or request of one sentence and at most ``longest`` words is asked so, or a short statement.
    Names, numbers, negations and who, when, where, why and how stay; ``bare`` drops those question words too. "Which" goes in some
    ("organ secretes insulin").
    """
    raw = text.raw
    size = len(pieces(raw))
    if size > (longest if asks(raw.replace("?", "")) or orders(raw) else longest // 2) or len(text.sentences()) != 1:
        return
    if of_works(raw) or " of these " in raw or " of those " in raw or stem_of_exam(raw):
        return
    edits = query(text, rng.chance(0.3), bare)
    least = (
        3 if edits and FILLED.match(raw) and edits[0][0] == 0 else 2
    )  # "virtual card" asks nothing any more: a topic
    if left(text, edits) >= least and any(c.isalpha() for start, end, _ in edits for c in raw[start:end]):
        yield edits


@transform("cut.functions", rate=0.12, reach="loss", role="cut")
def functions(text: Text, rng: Rng) -> Proposals:
    """Leave out a small word, as in a telegram ("I need a new card" -> "I need new card"), or a frame ("[What is the] fee?").

    Frames come first: "What is the", "I am", "there is", a copula before what is plainly a state ("card [is] blocked").
    """
    yield from frames(text)
    offers: list[Word] = []
    weights: list[int] = []
    total = 0
    for start, word in text.words:
        weight = leaves_out(text, start, word) if len(word) < 5 and text.mask[start] == FREE else 0
        if weight and not given(text.raw, start):
            total += weight
            offers.append((start, word))
            weights.append(total)
    for start, word in rng.by_weight(offers, weights):
        edits = without(text, start, text.over_space(start + len(word)))
        yield edits if len(edits) > 1 else edits[0]


@transform("cut.constraint", times=1, reach="loss", role="constraint")
def constraint(text: Text, rng: Rng) -> Proposals:
    """Leave out where, when, for whom or for how much ("a table in Rome for 4 people" -> "a table in Rome")."""
    for start, end in rng.shuffled(list(constraints(text))):
        if start == text.over_space(0) or text.raw[start : start + 1].isupper():
            yield without(text, start, end)
        else:
            yield start, end, ""


@transform("cut.topic", times=1, reach="loss", role="topic")
def topic(text: Text, rng: Rng) -> Proposals:
    """Say what it is about and not what one wants ("Where can I find your exchange rates?" -> "exchange rates")."""
    raw = text.raw
    found = asked_about(text)
    if found:
        start, end = found
        yield [(text.over_space(0), start, ""), (end, len(raw), "")] if end < len(raw) else (0, start, "")


@transform("cut.state", times=1, reach="loss", role="terse")
def state(text: Text, rng: Rng) -> Proposals:
    """Say what is wrong and nothing more ("Why is my card not working?" -> "card not working")."""
    yield from complaint(text)


@transform("cut.subject", times=1, reach="loss", role="subject")
def subject(text: Text, rng: Rng) -> Proposals:
    """Leave out what it is that one speaks of ("My card still hasn't shown up" -> "still hasn't shown up")."""
    start = text.over_space(0)
    end = subject_end(text, start)
    if end:
        yield start, end, ""
