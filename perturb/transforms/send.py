"""How a message goes off: one thought in two messages."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import FREE, Proposals, Text
from perturb.language.lexicon import rows
from perturb.language.messages import is_message
from perturb.language.places import is_base_verb, is_participle
from perturb.language.topics import followed

# Before the last thing named, behind its verb or a small word: "i still havent got | my new card".
_LAST = re.compile(
    r"(?<=[a-z]) (?=(?:my|your|our|this|that|the|a|an|for|from|with|at|on|because|when|if|until) (?:[\w'’-]+ ){0,5}[\w'’-]+[.?!]*$)",
    re.IGNORECASE,
)
_THING = ("my", "your", "our", "this", "that", "the", "a", "an")


@transform("send.parts", times=1)
def parts(text: Text, rng: Rng) -> Proposals:
    """Send half a thought and the rest behind it ("i still havent got my new card" -> "i still havent got⏎my new card")."""
    raw = text.raw
    if "\n" in raw.strip() or not is_message(text) or len(text.words) > 20:
        return
    for m in rng.shuffled(list(_LAST.finditer(raw))):
        before, after = raw[: m.start()].split(), raw[m.end() :].split()
        if len(before) < 3 or len(after) < 2 or text.level(*m.span()) != FREE or any(c in raw for c in '("“`{'):
            continue
        last = after[-1].lower().rstrip(".?!")
        if (
            is_participle(last)
            or is_base_verb(last)
            and len(after) > 3
            or last in ("year", "week", "month", "time", "day")
        ):
            continue
        verb = before[-1].lower()
        if after[0].lower() not in _THING or is_base_verb(verb) or is_participle(verb) or verb.endswith("ing"):
            yield m.start(), m.end(), "\n"


@transform("send.follow", times=1, reach="loss", role="follow", spot="first")
def follow(text: Text, rng: Rng, *, words: str = "on") -> Proposals:
    """Send only what is new since the question before ("Can I hold money in euros?" -> "And in euros?")."""
    found = followed(text)
    if not found:
        return
    raw = text.raw
    start, end = rng.choice(found)
    front = rng.weighted([(row[1], float(row[2])) for row in rows("hedges", words) if row[0] == "follow"])
    at = text.over_space(0)
    front = front[0].upper() + front[1:] if raw[at].isupper() else front
    mark = "?" if raw.rstrip().endswith(("?", ".")) or raw[at].isupper() else ""
    yield [(at, start, f"{front} "), (end, len(raw), mark)] if raw[end:] != mark else (at, start, f"{front} ")
