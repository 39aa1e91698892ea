"""Things pointed at instead of named, as people do who take it that everybody knows what they mean."""

from __future__ import annotations

import re

from perturb.core.readings import counted
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.language.grammar import is_plural
from perturb.language.lexicon import words
from perturb.language.messages import first_person, is_message
from perturb.language.named import people
from perturb.language.places import ahead, is_participle
from perturb.language.rivals import one_of_two, open_already
from perturb.language.things import NOT_THINGS, is_person, things


@transform("refer.it", times=1, reach="loss", role="reference")
def it(text: Text, rng: Rng) -> Proposals:
    """Say "it" for what was not named before ("How do I track my card?" -> "How do I track it?")."""
    yield from rng.shuffled(list(things(text)))


_START = re.compile(
    r"(?P<what>(?:My|The|This|my|the|this)((?: [a-z][a-z-]+){1,3}?)) "
    r"(?P<verb>is|was|has|isn't|wasn't|hasn't|doesn't|does|did|didn't|won't|will|still|never|keeps|got)(?= [a-z])"
)


@transform("refer.turn", times=1, reach="loss", role="reference")
def turn(text: Text, rng: Rng) -> Proposals:
    """Go on as if it had been named in the message before ("My top-up is still pending." -> "It is still pending.")."""
    raw = text.raw
    m = _START.match(raw, text.over_space(0))
    if m is None or not is_message(text) or not (first_person(raw) or len(text.words) < 15):
        return
    named = m[2].split()
    head = named[-1]
    small = words("functions")
    if (
        any(w in small or w in NOT_THINGS for w in named)
        or is_person(head)
        or is_plural(head)
        or (m["what"][0] in "Tt" and open_already(raw, m.start(), head))
        or any(text.mask[slice(*m.span("what"))])
    ):
        return
    it_ = "It" if raw[m.start()].isupper() and not raw.islower() else "it"
    following = ahead(raw, m.end())[1]
    has = following in ("not", "been", "still", "already", "never", "just") or is_participle(following)
    short = (m["verb"] == "is" or (m["verb"] == "has" and has)) and rng.chance(0.5)  # no "it's a total area of"
    yield (
        [(*m.span("what"), it_), (m.end("what"), m.end("verb"), rng.choice(("'s", "s")))]
        if short
        else (*m.span("what"), it_)
    )


@transform("refer.either", times=1, reach="loss", role="referent")
def either(text: Text, rng: Rng, *, names: str = "en") -> Proposals:
    """Say he or she for one of two ("Ann met Beth. Beth has 3 cats." -> "Ann met Beth. She has 3 cats.")."""
    yield from rng.shuffled([edit for name, edit in people(text, names) if one_of_two(text, name, edit[0], names)])


_ASKED = re.compile(
    r"\b(?P<how>[Hh]ow many) (?P<noun>[a-z]{3,}s)(?= (?:are|were|does|do|did|will|has|have|can|would|is)\b)"
)


@transform("refer.ones", times=1, reach="loss", role="referent")
def ones(text: Text, rng: Rng) -> Proposals:
    """Ask for "them" where several things are counted ("3 pens and 4 pins. How many pens …?" -> "How many of them …?")."""
    things = counted(text.raw)
    for m in rng.shuffled(list(_ASKED.finditer(text.raw))):
        if m["noun"] in things and len(things) > 1:
            yield (*m.span("noun"), "of them")


@transform("refer.chunk", times=1, reach="loss", role="reference", needs=("spacy",))
def chunk(text: Text, rng: Rng) -> Proposals:
    """Say "it" for any object that spaCy finds ("I lost a red wallet" -> "I lost it")."""
    small = words("functions")
    for start, end, label in rng.shuffled(text.spans("chunks")):
        said = text.raw[start:end].split()
        head = said[-1].lower() if said else ""
        plain = head.isalpha() and head not in small and head not in NOT_THINGS and not any(text.mask[start:end])
        if label in _OBJECTS and len(said) > 1 and plain:
            yield start, end, "them" if is_plural(head) else "it"


_OBJECTS = frozenset(("dobj", "obj", "pobj"))
