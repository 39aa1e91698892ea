"""What a short request is about, found so that it can be sent alone ("Where are your exchange rates?" -> "exchange rates")."""

from __future__ import annotations

import re

from perturb.core.text import LOCKED, NAME, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.lexicon import words
from perturb.language.messages import asks, first_person, is_message, orders
from perturb.language.places import is_base_verb, is_participle
from perturb.language.smallwords import kinds

_ABOUT = re.compile(
    r"(?P<lead>.*\b(?P<verb>[a-z']+) )(?P<det>my|the|your|a|an|this|our|any) (?P<what>(?:[a-z][a-z-]+ ){0,2}[a-z][a-z-]+)[\s.?!]*$",
    re.IGNORECASE | re.S,
)
_TITLE = re.compile(
    r"\b(?:lyrics|song|wrote|sings|sang|movie|film|episode)\b", re.IGNORECASE
)  # the words may be a title's
_NO_TOPIC = frozenset(
    "way ways thing things one ones time day week month money amount number lot bit help issue problem reason reasons question "
    "questions information answer it this that anything something person people hour minute moment morning place world country "
    "own ago different altogether total left alone lost name year years working wrong right already yet still again here there now today".split()
)


def asked_about(text: Text) -> tuple[int, int] | None:
    """Find the thing that a short request ends on, without its article ("Where are your exchange rates?" -> "exchange rates")."""
    raw = text.raw
    if len(text.sentences()) != 1 or not is_message(text) or len(text.words) > 16 or not (asks(raw) or orders(raw)):
        return None
    m = _ABOUT.fullmatch(raw)
    if m is None or LOCKED in text.mask:
        return None
    if re.search(r" (?:a|an|the|my|your|our|this|any) ", m["lead"], re.I):
        return None  # more than one thing is named: the last is not what it is about
    named = m["what"].lower().split()
    small = words("functions")
    before = m["verb"].lower()
    if (
        named[-1] in _NO_TOPIC
        or any(w in small or w in NUMBER_WORDS for w in named)
        or named[-1].endswith(("ing", "ed", "ly"))
    ):
        return None
    if not (is_base_verb(before) or kinds().get(before) in ("preposition", "aux")) or len(m["lead"].split()) < 2:
        return None
    if kinds().get(before) == "aux" and not re.fullmatch(r"what(?: is| are|s|'s) ", m["lead"].lower()):
        return None  # "why is my card …": what follows is said of it
    if raw.islower() and not raw.rstrip().endswith("?") and not first_person(raw) and m["det"] not in ("my", "your"):
        return None  # a search for a title ("who sings she's like the wind lyrics")
    if _TITLE.search(raw):
        return None
    if (len(named) == 1 and m["det"].lower() != "my") or (len(named) > 1 and _states(named)):
        return None
    if not _alone(text, m):
        return None
    start = m.start("det") if m["det"].lower() == "my" and len(named) == 1 else m.start("what")
    return start, m.end("what")


def _states(named: list[str]) -> bool:
    """Tell whether the last word is a verb: what the thing does, or what was done to it ("the boys receive", "the statement written")."""
    last = named[-1]
    return is_participle(last) or (is_base_verb(last) and named[-2].endswith("s"))


def _alone(text: Text, m: re.Match[str]) -> bool:
    """Tell whether little but the thing is named before, so that it is what the request is about.

    Of "how many …" it is not; nor is one that "a" brings up ("show my papers to a police officer"), but what one wants or has to do with.
    """
    lead = text.raw[: m.start("det")]
    if _COUNTS.match(lead) or NAME in text.mask[: m.start("det")]:
        return False
    small = words("functions") | words("polite") | _FRAME
    said = [w for w in re.findall(r"[a-z'’]+", lead.lower()) if w not in small]
    if m["det"].lower() in ("a", "an", "any"):
        return len(said) < 2 and (first_person(lead) or not said)
    return len(said) < 3


_COUNTS = re.compile(r"\s*(?:about |approximately |around )?how (?:many|much|long|often|far)\b", re.IGNORECASE)
_FRAME = frozenset(
    "find get give tell help explain want need know look learn information info details about check see".split()
)


_SIDE = re.compile(
    r" (?P<verb>[a-z']+) (?P<what>(?:in|with|from|for|without|outside|during|at) (?:[\w'’$£€%-]+ ){0,4}[\w'’$£€%-]+)[\s?.!]*$"
)
# "Apply for", "wrong with": the small word is the verb's own.
_TIED = frozenset(
    "wait waiting look looking apply ask asking asked pay paying paid charged wrong deal help happen happened interested get getting "
    "put go going come comes log turn end know involved speak talk spend care account qualify live is are was were do does be".split()
)
_SET = re.compile(
    r"(?:at (?:all|least|most|first|last|once)|in (?:advance|total|all|general|full|fact|order|case)|for (?:sure|free|example|too|so))\b|from \w+ing\b"
)
_NOT_SIDE = frozenset(
    "that which who when if is are was were i you it he she they we do does and or but because not to".split()
)


def followed(text: Text) -> list[tuple[int, int]]:
    """Find what of a question can go on from one before it ("Can I hold money in euros?" -> "in euros"; what it is about)."""
    raw = text.raw
    about, m = asked_about(text), _ABOUT.fullmatch(raw)
    found = [(m.start("det"), about[1])] if about and m else []
    if len(text.sentences()) == 1 and is_message(text) and asks(raw) and LOCKED not in text.mask:
        m = _SIDE.search(raw)
        side = m["what"].lower() if m else ""
        if (
            m
            and m["verb"] not in _TIED
            and _NOT_SIDE.isdisjoint(side.split())
            and m.start() > 8
            and not _SET.match(side)
        ):
            found.append(m.span("what"))
    return found
