"""One thing said twice with two numbers, and nobody who puts it right: no answer holds under both."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.language.messages import asks, orders

_NUMBER = re.compile(r"(?<![\w.,/])[$€£]?(\d{1,4})(?![\w,/:-]|\.\d)")
# What holds as long as nothing is said to happen; "now", days and first times would allow both.
_STATE = re.compile(
    r"\b(?:is|are|has|have|costs?|weighs?|takes|holds?|contains?|earns?|needs?|charges|pays|lasts?|makes)\b"
)
_PASSING = re.compile(
    r"\b(?:now|then|later|first|second|third|next|last|after|before|another|other|day|today|yesterday|tomorrow|morning|evening|\w+day|"
    r"week|month|year|hour|again|also|additional|extra|went|more|less|than|if|when|while|each other|one|he|she|it|they|his|her|their|its|this|that|"
    r"these|those|them|some|an?other|rest|left|remaining|half|twice|old)\b",
    re.IGNORECASE,
)

_HELD = re.compile(r"\b(?:is|are|has|have)\b")


@transform("contradict.amount", times=1, reach="loss", role="contradiction")
def amount(text: Text, rng: Rng) -> Proposals:
    """Say the same again with another number ("A pack costs $5. …" -> "A pack costs $5. … A pack costs $7.")."""
    raw, spans = text.raw, text.sentences()
    if "\n" in raw.strip() or len(spans) < 2:
        return
    asking = next((i for i in range(len(spans) - 1, -1, -1) if asks(raw[slice(*spans[i])])), -1)
    for i in rng.shuffled(range(len(spans))):
        said = raw[slice(*spans[i])]
        numbers = list(_NUMBER.finditer(said))
        fits = len(numbers) == 1 and len(re.findall(r"\d+", said)) == 1 and 5 <= len(said.split()) <= 14
        if (
            not fits
            or asks(said)
            or orders(said)
            or not _STATE.search(said)
            or _PASSING.search(said)
            or said[-1:] != "."
        ):
            continue
        if any(raw[e - 1] not in ".?!" for _, e in spans):
            continue
        m, old = numbers[0], int(numbers[0][1])
        if old < 2 or text.level(*spans[i]) == LOCKED:
            continue
        new = old + 1 + rng.below(max(2, old // 2))
        again = said[: m.start(1)] + str(new) + said[m.end(1) :]
        if _HELD.search(said):  # what one has may change with what is told next, so it is said again before that
            at = spans[i][1]
        else:
            at = spans[asking - 1][1] if asking > max(1, i + 1) else spans[-1][1]
        yield at, at, f" {again}"
