"""Things pointed at instead of named, as people do who take it that everybody knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.grammar import is_plural
from perturb.language.lexicon import words
from perturb.language.places import is_base_verb, is_participle

# my/the/this + one to three plain words, up to where the phrase must end.
_PHRASE = re.compile(
    r"(?<![\w'’-])(?P<before>[A-Za-z]+) (?P<phrase>(?:my|the|this|these|those|our) (?:[a-z][a-z-]+ ){0,2}[a-z][a-z-]{2,})"
    r"(?P<after>[?.!,]|\s*$| (?P<next>[a-z']+)\b)"
)
# A phrase that stands before one of these is whole: "my card when …", "my card to …".
_ENDS = frozenset(
    "to when because if but so and from in on at with for yet again now before after until please by".split()
)
# After "is/was/has" a phrase is whole before one of these: "is my transfer still pending".
_STATES = frozenset(
    "still not being been taking pending declined blocked working showing late safe free broken".split()
)
_BE = frozenset(
    "is are was were isn't aren't wasn't has have hasn't haven't does did doesn't didn't will would can".split()
)
_AFTER = frozenset("with about for from of into on".split())
_NOT_THINGS = frozenset(
    "way reason same rest most best first last only other next time day week month year moment morning evening weekend "
    "meantime past future following case point end beginning start money number amount name people person friend mother "
    "father brother sister wife husband son daughter mom mum dad boss doctor manager reader customer client teacher student "
    "user audience landlord neighbor neighbour partner child baby kid cousin uncle aunt coach driver author".split()
)


@transform("refer.it", times=1, reach="loss", role="reference")
def it(text: Text, rng: Rng) -> Proposals:
    """Say "it" for what was not named before ("How do I track my card?" -> "How do I track it?")."""
    yield from rng.shuffled(list(_things(text)))


def _things(text: Text) -> Iterator[Edit]:
    raw, small = text.raw, words("functions")
    for m in _PHRASE.finditer(raw):
        before, phrase, following = m["before"].lower(), m["phrase"], (m["next"] or "").lower()
        named = phrase.split()[1:]
        if any(w in small or w in _NOT_THINGS for w in named) or named[-1].endswith(("ly", "ing", "est", "ed")):
            continue
        if len(named) > 1 and is_base_verb(named[-1]):
            continue  # "the desk rise"
        start, end = m.span("phrase")
        if any(text.mask[start:end]) or not _whole(before, following):
            continue
        yield start, end, _pronoun(before, named[-1])


def _whole(before: str, following: str) -> bool:
    """Tell whether the phrase is an object that ends here, or a subject between "is" and what is said of it."""
    if before in _BE:
        return following in _STATES or following.endswith("ing")
    objects = is_base_verb(before) or is_participle(before) or before in _AFTER or before.endswith("ing")
    return objects and (not following or following in _ENDS)


def _pronoun(before: str, noun: str) -> str:
    if not is_plural(noun):
        return "it"
    return "they" if before in _BE else "them"
