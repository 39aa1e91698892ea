"""What stands around a message or a problem and has nothing to do with its answer."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import given
from perturb.language.lexicon import rows
from perturb.language.messages import asks, exam, is_message, speaks, words_of
from perturb.language.places import is_base_verb

# Words by which a text shows its topic.
_TOPICS = {
    "story": {
        "animals": "farm farmer barn cow cows chickens ducks sheep horse horses goat goats",
        "baking": "bake bakes baked baking recipe flour oven",
        "food": "cake cakes cook cooks cookies bread pizza pie pies kitchen sugar",
        "money": "buy buys bought sell sells sold price prices store shop",
        "school": "school class classes teacher students student homework lesson",
        "sport": "team teams",
        "travel": "drive drives drove miles trip travel travels traveled car hotel",
        "work": "work works job office company employees boss",
    },
    "message": {
        "money": "card bank account transfer transaction transactions atm payment payments",
        "order": "order ordered delivery delivered package parcel refund return",
        "travel": "trip travel travelling traveling flight flights hotel visit visiting",
    },
}


@cache
def _topics(kind: str) -> dict[str, str]:
    return {word: topic for topic, line in sorted(_TOPICS[kind].items()) for word in line.split()}


@cache
def _sentences(name: str) -> dict[tuple[str, str], list[tuple[str, bool]]]:
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for kind, topic, number, sentence in rows("distract", name):
        found.setdefault((kind, topic), []).append((sentence, number == "n"))
    return found


def _topic(text: Text, kind: str) -> str:
    """Give the topic that most words of a text belong to, "" where none is clear: one word of many is none."""
    known, counts = _topics(kind), dict.fromkeys(sorted(_TOPICS[kind]), 0)
    said = [w for w in re.findall(r"[^\W_]+", text.raw) if w.islower()]  # no names: Mr. Miles
    for word in said:
        if word in known:
            counts[known[word]] += 1
    most = max(counts.values())
    best = [topic for topic, count in counts.items() if count == most]
    if most < (1 if len(said) < 20 or kind == "message" else 2) or len(best) > 1:
        return ""
    if best[0] == "travel" and kind == "story" and not _NO_ROAD.isdisjoint(said):
        return ""
    return best[0]


LONGEST = 100  # words of a told problem; what is longer is a case or a passage
# What a told problem asks for.
_SUM = re.compile(
    r"\b(?:how (?:many|much|long|far|old|tall|big|fast)|what (?:is|was|will be) the|calculate|find the|determine the)\b",
    re.I,
)
# Who flies, sails, rows, runs or rides a train has no car at hand and sees no traffic.
_NO_ROAD = frozenset(
    "plane planes airplane flight flights fly flies flying flew train trains boat boats ship bus walk walks walked walking "
    "swim swims swam run runs ran running jog jogs jogged row rows rowed rowing bike bikes biked hike hikes hiked fish".split()
)
# "This", "it": what was said last would be meant.
_POINTS = frozenset("this that these those it its they them their such so then".split())
# "Act as a teacher. I will give you …": a task for a machine, in which nobody speaks of himself.
_ROLE = re.compile(
    r"\s*(?:(?:please )?(?:act as|assume|take on)|(?:now )?you are|you're|imagine|pretend|embrace|suppose|assume)\b",
    re.IGNORECASE,
)
# What is to be written or proved has no telling around it.
_TECHNICAL = re.compile(
    r"\$[^$\n]*[a-z\\_^]|\b(?:code|script|function|sql|query|regex|api|python|java|javascript|matlab|excel|algorithm)\b",
    re.I,
)
_NOW = frozenset("is are am has have does do can wants needs".split())
_THEN = frozenset("was were had did".split())
_DOES = re.compile(r"\b(?:[Hh]e|[Ss]he|[A-Z][a-z]+|and) ([a-z]+?)(?:s|es)\b")


def _past(told: str) -> bool:
    """Tell whether something is told that was, and nothing that is ("He sold 5." -> True, "He sells what he made." -> False)."""
    words = words_of(told)
    if not _NOW.isdisjoint(words) or any(is_base_verb(m[1]) for m in _DOES.finditer(told)):
        return False
    return any(w in _THEN or w in _pasts() or (len(w) > 4 and w.endswith("ed") and w[-3] != "e") for w in words)


@cache
def _pasts() -> frozenset[str]:
    return frozenset(row[1] for row in rows("learner", "pasts") if row[0] != row[1])


@transform("distract.sentence", times=1)
def sentence(text: Text, rng: Rng, *, near: bool = True, numbers: bool = False, table: str = "en") -> Proposals:
    """Put in a sentence that has no bearing ("… 3 dozen donuts. How much …" -> "… The oven door squeaks a little. How much …").

    ``near`` takes one of the text's own topic where it has a clear one; ``numbers`` one that names a number, which a careless
    solver may use. It stands between two sentences, before the one that asks, never at the end.
    """
    spans = text.sentences()
    if len(spans) < 2 or "\n" in text.raw.strip() or text.raw.isupper():
        return
    kind = "message" if speaks(text.raw) else "story"
    if not (
        is_message(text) and not (_ROLE.match(text.raw) or _TECHNICAL.search(text.raw))
        if kind == "message"
        else _told(text)
    ):
        return
    gaps = list(zip(spans, spans[1:]))
    places = [end for (begin, end), (start, stop) in gaps if _gap(text, begin, end, start, stop)]
    if kind == "message":  # a remark of one's own follows what one says of oneself
        places = [end for end in places if speaks(text.raw[:end])]
    if not places:
        return
    asking = [end for (_, end), (start, stop) in gaps if asks(text.raw[start:stop])]
    at = asking[0] if asking and asking[0] in places else rng.choice(places)
    fit = _fitting(text, kind, near, numbers, table, text.raw[:at])
    if not fit:
        return
    new = rng.choice(fit)
    yield at, at, f" {new.lower() if text.raw.islower() else new}"


def _fitting(text: Text, kind: str, near: bool, numbers: bool, table: str, before: str) -> list[str]:
    """List the sentences that may stand there: of its topic or of none, and of a story's tense."""
    known, topic = _sentences(table), _topic(text, kind) if near else ""
    offered = known.get((kind, topic)) if topic else None
    if offered is None:
        far = sorted(t for k, t in known if k == kind and t not in _TOPICS[kind])
        offered = [pair for t in far for pair in known[kind, t]]
    said = set(words_of(text.raw))
    fit = [s for s, has in offered if has == numbers and not _shares(s, said)]
    if kind == "story":
        past = _past(before)
        fit = [s for s in fit if _past(s) == past] or fit
    return fit


_SOMEONE = frozenset("he she his her him".split())


@cache
def _people() -> frozenset[str]:
    return frozenset(row[0] for row in rows("names") if len(row[0]) > 2)


def _told(text: Text) -> bool:
    """Tell whether a problem is told of someone, beside which things may happen: no exam's case, no essay's topic."""
    raw = text.raw
    said = words_of(raw)
    if exam(raw) or ":" in raw or len(said) > LONGEST or sum(w[0].isdigit() or w in NUMBER_WORDS for w in said) < 2:
        return False
    if asks(raw) and not _SUM.search(raw):
        return False
    return not _SOMEONE.isdisjoint(said) or any(m[0] in _people() for m in re.finditer("[A-Z][a-z]+", raw))


def _shares(sentence: str, said: set[str]) -> bool:
    """Tell whether a sentence speaks of what the text speaks of too, so that it might bear on the answer."""
    return len({w for w in words_of(sentence) if len(w) > 4} & said) > 0


def _gap(text: Text, begin: int, end: int, start: int, stop: int) -> bool:
    """Tell whether a remark may stand between two sentences: the latter points to nothing before it."""
    if end - begin < 5:  # "2." of a list
        return False
    if text.raw[end - 1] not in ".!?" or text.raw[end:start] not in (" ", "  ") or text.mask[end - 1] == LOCKED:
        return False
    said = words_of(text.raw[start:stop])
    halves = text.raw[end - 1] == "?" and (len(said) < 4 or said[0] in _GOES_ON)  # "Are they real? On your site?"
    return not halves and not given(text.raw, start) and _POINTS.isdisjoint(said[:5])


_GOES_ON = frozenset("in on at to for from with by about of and or but because if when than as".split())


@transform("distract.signature", times=1, spot="last")
def signature(text: Text, rng: Rng, *, table: str = "around") -> Proposals:
    """Leave a mail program's last line under a message ("… by Friday?" -> "… by Friday?\\n\\nSent from my phone")."""
    end = text.back_over_space(len(text.raw))
    if is_message(text) and speaks(text.raw) and text.mask[end - 1] != LOCKED:
        yield end, len(text.raw), "\n\n" + rng.choice(_around(table, "signature"))


@transform("distract.thread", times=1, spot="last")
def thread(text: Text, rng: Rng, *, table: str = "around") -> Proposals:
    """Leave the mail that is answered below a message ("… by Friday?" -> "… by Friday?\\n\\n> How can we help you?")."""
    end = text.back_over_space(len(text.raw))
    if is_message(text) and speaks(text.raw) and text.mask[end - 1] != LOCKED:
        yield end, len(text.raw), "\n\n" + rng.choice(_around(table, "thread"))


@cache
def _around(name: str, kind: str) -> list[str]:
    return [row[2].replace("\\n", "\n") for row in rows("distract", name) if row[0] == kind]
