"""What stands around a message or a problem and has nothing to do with its answer."""

from __future__ import annotations

from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.language.lexicon import rows
from perturb.language.messages import asks, is_message, words_of

# Words by which a text shows its topic.
_TOPICS = {
    "animals": "farm cow cows chicken chickens duck ducks sheep horse horses dog dogs cat cats birds eggs goat goats animals",
    "food": "cake cakes bake bakes baked cook cooks cookies bread pizza pie pies flour sugar recipe kitchen meal",
    "money": "buy buys bought sell sells sold cost costs price prices pay paid store shop dollars card bank account transfer",
    "order": "order ordered delivery delivered package parcel refund return",
    "school": "school class classes teacher students student books book pages homework test lesson",
    "sport": "game games team teams points score scored players match race runs running goals",
    "travel": "drive drives drove miles trip travel travels train bus car flight fly hotel",
    "work": "work works job office hours hour paid company employees boss",
}


@cache
def _topics() -> dict[str, str]:
    return {word: topic for topic, line in sorted(_TOPICS.items()) for word in line.split()}


@cache
def _sentences(name: str) -> dict[tuple[str, str], list[tuple[str, bool]]]:
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for kind, topic, number, sentence in rows("distract", name):
        found.setdefault((kind, topic), []).append((sentence, number == "n"))
    return found


def _topic(text: Text) -> str:
    """Give the topic that most words of a text belong to, "" where none is clear."""
    known, counts = _topics(), dict.fromkeys(sorted(_TOPICS), 0)
    for word in words_of(text.raw):
        if word in known:
            counts[known[word]] += 1
    best = max(counts, key=lambda topic: counts[topic])
    if best == "travel":
        said = set(words_of(text.raw))
        if said & _NO_ROAD if not said & _I else not said & _GOES:
            return ""
    return best if counts[best] else ""


_I = frozenset("i i'm i've i'd im ive my me".split())
_GOES = frozenset(
    "trip travel travels traveling travelling flight flights fly flying hotel drive driving visit visiting".split()
)
# Who flies, sails or rides a train has no car at hand and sees no traffic.
_NO_ROAD = frozenset(
    "plane planes airplane flight flights fly flies flying flew train trains boat ship bus walk walks swim".split()
)


@transform("distract.sentence", times=1)
def sentence(text: Text, rng: Rng, *, near: bool = True, numbers: bool = False, table: str = "en") -> Proposals:
    """Put in a sentence that has no bearing ("… 3 dozen donuts. How much …" -> "… The oven door squeaks a little. How much …").

    ``near`` takes one of the text's own topic where it has a clear one; ``numbers`` one that names a number, which a careless
    solver may use. It stands between two sentences, before the one that asks, never at the end.
    """
    spans = text.sentences()
    if len(spans) < 2 or "\n" in text.raw.strip() or text.raw.isupper():
        return
    kind = "message" if _ones_own(text) else "story"
    if not (is_message(text) if kind == "message" else _told(text)):
        return
    topic = _topic(text) if near else ""
    known = _sentences(table)
    offered = known.get((kind, topic)) if topic else None
    if offered is None:
        far = sorted(t for k, t in known if k == kind and (t not in _TOPICS or t == "any"))
        offered = [pair for t in far for pair in known[kind, t]]
    said = set(words_of(text.raw))
    fit = [s for s, has in offered if has == numbers and not _shares(s, said)]
    places = [end for (_, end), (start, stop) in zip(spans, spans[1:]) if _gap(text, end, start)]
    if not fit or not places:
        return
    asking = [e for (_, e), (s, stop) in zip(spans, spans[1:]) if asks(text.raw[s:stop])]
    at = asking[0] if asking and asking[0] in places else rng.choice(places)
    new = rng.choice(fit)
    yield at, at, f" {new.lower() if text.raw.islower() else new}"


_SOMEONE = frozenset("he she his her him".split())


def _ones_own(text: Text) -> bool:
    """Tell whether somebody speaks of himself."""
    return not _I.isdisjoint(words_of(text.raw))


@cache
def _people() -> frozenset[str]:
    return frozenset(row[0].lower() for row in rows("names") if len(row[0]) > 3)


def _told(text: Text) -> bool:
    """Tell whether a story of someone is told, beside which things may happen."""
    said = words_of(text.raw)
    return (not _SOMEONE.isdisjoint(said) or not _people().isdisjoint(said)) and ":" not in text.raw


def _shares(sentence: str, said: set[str]) -> bool:
    """Tell whether a sentence speaks of what the text speaks of too, so that it might bear on the answer."""
    return len({w for w in words_of(sentence) if len(w) > 4} & said) > 0


def _gap(text: Text, end: int, start: int) -> bool:
    return text.raw[end - 1] in ".!?" and text.raw[end:start] in (" ", "  ") and text.mask[end - 1] != LOCKED


@transform("distract.signature", times=1, spot="last")
def signature(text: Text, rng: Rng, *, table: str = "around") -> Proposals:
    """Leave a mail program's last line under a message ("… by Friday?" -> "… by Friday?\\n\\nSent from my phone")."""
    end = text.back_over_space(len(text.raw))
    if is_message(text) and _ones_own(text) and text.mask[end - 1] != LOCKED:
        yield end, len(text.raw), "\n\n" + rng.choice(_around(table, "signature"))


@transform("distract.thread", times=1, spot="last")
def thread(text: Text, rng: Rng, *, table: str = "around") -> Proposals:
    """Leave the mail that is answered below a message ("… by Friday?" -> "… by Friday?\\n\\n> How can we help you?")."""
    end = text.back_over_space(len(text.raw))
    if is_message(text) and _ones_own(text) and text.mask[end - 1] != LOCKED:
        yield end, len(text.raw), "\n\n" + rng.choice(_around(table, "thread"))


@cache
def _around(name: str, kind: str) -> list[str]:
    return [row[2].replace("\\n", "\n") for row in rows("distract", name) if row[0] == kind]
