"""How a message goes off: one thought in two messages."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import FREE, Proposals, Text
from perturb.language.messages import is_message
from perturb.language.places import is_base_verb, is_participle

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
