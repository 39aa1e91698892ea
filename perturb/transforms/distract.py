"""What stands around a message or a problem and has nothing to do with its answer."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.stems import stem
from perturb.core.text import LOCKED, Proposals, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import given
from perturb.language.lexicon import rows
from perturb.language.messages import asks, exam, greets, is_message, speaks, words_of
from perturb.language.scenes import DOING, SOMEONE, alone, past, people


@cache
def _topics(kind: str) -> dict[str, str]:
    """Give the words by which a text shows its topic ("barn" -> "animals")."""
    return {word: row[1] for row in rows("distract", "topics") if row[0] == kind for word in row[2].split(",")}


@cache
def _sentences(name: str) -> dict[tuple[str, str], list[tuple[str, bool]]]:
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for kind, topic, number, sentence in rows("distract", name):
        found.setdefault((kind, topic), []).append((sentence, number == "n"))
    return found


def _topic(text: Text, kind: str) -> str:
    """Give the topic that most words of a text belong to, "" where none is clear: one word of many is none."""
    known = _topics(kind)
    counts = dict.fromkeys(sorted(set(known.values())), 0)
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
        far = sorted(t for k, t in known if k == kind and t not in _topics(kind).values())
        offered = [pair for t in far for pair in known[kind, t]]
    said = set(map(stem, words_of(text.raw)))
    if kind == "story" and not numbers:
        who = alone(text.raw)
        own = [(s.format(**who), has) for s, has in known.get(("person", "any"), ()) if who]
        offered = own + (list(offered) if topic or DOING.search(text.raw) else [])
    fit = [s for s, has in offered if has == numbers and not _shares(s, said)]
    if kind == "story":
        then = past(before)
        fit = [s for s in fit if past(s) == then] or (fit if numbers else [])
    return fit


def _told(text: Text) -> bool:
    """Tell whether a problem is told of someone, beside which things may happen: no exam's case, no essay's topic."""
    raw = text.raw
    said = words_of(raw)
    if exam(raw) or ":" in raw or len(said) > LONGEST or sum(w[0].isdigit() or w in NUMBER_WORDS for w in said) < 2:
        return False
    if asks(raw) and not _SUM.search(raw):
        return False
    return not SOMEONE.isdisjoint(said) or any(m[0] in people() for m in re.finditer("[A-Z][a-z]+", raw))


def _shares(sentence: str, stems: set[str]) -> bool:
    """Tell whether a sentence speaks of what the text (by its words' stems) speaks of too, so that it might bear on the answer."""
    return any(len(w) > 3 and stem(w) in stems for w in words_of(sentence) if w not in _PLAIN)


_PLAIN = frozenset(
    "with from that this there were have been about which your what when they them their still just here only".split()
)


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


_TO_SOMEBODY = re.compile(r"\b(?:you|your|u|ur)\b", re.I)


@transform("distract.opening", times=1, spot="first")
def opening(text: Text, rng: Rng, *, table: str = "en") -> Proposals:
    """Begin with a remark about oneself ("How do I pay?" -> "Sorry if this is the wrong place to ask. How do I pay?")."""
    raw = text.raw
    at = text.over_space(0)
    if not is_message(text) or greets(raw) or raw.isupper() or "\n" in raw.strip() or len(text.words) > LONGEST:
        return
    if (
        _ROLE.match(raw)
        or _TECHNICAL.search(raw)
        or not (speaks(raw) or _TO_SOMEBODY.search(raw))
        or _SPOKEN.match(raw)
    ):
        return
    topic, said = _topic(text, "message"), set(map(stem, words_of(raw)))
    known = _sentences(table)
    kinds = ["any", *(["ask"] if asks(raw) else []), *(["desk"] if topic in ("money", "order") else []), topic]
    fit = [s for kind in kinds for s, _ in known.get(("opening", kind), ()) if not _shares(s, said)]
    if not fit:
        return
    new = rng.choice(fit)
    if raw.islower():
        new = _I.sub("i", new[0].lower() + new[1:]) if new[0] != "I" else _I.sub("i", new)
        new = new.removesuffix(".") + ("," if rng.chance(0.4) else ".")
    yield at, at, new + " "


_I = re.compile(r"\bI\b")
# What is said to a machine ("set a timer") or goes on ("and my card") has nothing told before it.
_SPOKEN = re.compile(
    r"\s*(?:and|but|also|so|ok|yes|no)\b|.*\b(?:set|play|turn|add|stop|pause|call me|remind|reminder|wake|timer|alarm|playlist|music|song|volume)\b",
    re.I,
)


@transform("distract.signature", times=1, spot="last")
def signature(text: Text, rng: Rng, *, table: str = "around") -> Proposals:
    """Leave a mail program's last line under a message ("… by Friday?" -> "… by Friday?\\n\\nSent from my phone")."""
    end = text.back_over_space(len(text.raw))
    if _mailed(text, end):
        own = set(re.findall("[A-Z][a-z]+", text.raw))
        yield (
            end,
            len(text.raw),
            "\n\n"
            + rng.choice([s for s in _around(table, "signature") if own.isdisjoint(re.findall("[A-Z][a-z]+", s))]),
        )


@transform("distract.thread", times=1, spot="last")
def thread(text: Text, rng: Rng, *, table: str = "around") -> Proposals:
    """Leave the mail that is answered below a message ("… by Friday?" -> "… by Friday?\\n\\n> How can we help you?")."""
    end = text.back_over_space(len(text.raw))
    if _mailed(text, end):
        yield end, len(text.raw), "\n\n" + rng.choice(_around(table, "thread"))


def _mailed(text: Text, end: int) -> bool:
    """Tell whether a text may be a mail: a message of somebody's, and nothing typed in small letters only."""
    return is_message(text) and speaks(text.raw) and text.mask[end - 1] != LOCKED and not text.raw.islower()


@cache
def _around(name: str, kind: str) -> list[str]:
    return [row[2].replace("\\n", "\n") for row in rows("distract", name) if row[0] == kind]
