"""Words that only hold the floor: um, so, like, basically."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.lexicon import rows
from perturb.language.messages import asks, first_person, is_message, put_before
from perturb.language.phrases import level
from perturb.language.places import Place, ahead

_TURNS = frozenset("but because cuz bc".split())
_STARTS = frozenset("i it i'm im it's they we he she you u there".split())
# Where a text has these already in front, another filler would be one too many.
_FRONT = frozenset("um uh so ok okay well like hmm hi hey hello please and but or yes no thanks".split())


@cache
def _fillers(name: str, register: str) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for row in rows("fillers", name):
        if level(row[3]) <= level(register):
            found.setdefault(row[0], []).append((row[1], float(row[2])))
    return found


@transform("filler.word", rate=0.03, reach="form")
def word(text: Text, rng: Rng, *, words: str = "en", register: str = "chat") -> Proposals:
    """Begin or break with a word that only holds the floor ("what is my limit" -> "um what is my limit").

    Only in what somebody could have sent: questions, requests, the first person.
    """
    known = _fillers(words, register)
    if not is_message(text):
        return
    spots = list(_spots(text))
    if spots and spots[0][1] == "opening" and rng.chance(0.6):
        spots = [spots[0], *rng.shuffled(spots[1:])]  # most fillers come before the first word
    else:
        spots = list(rng.shuffled(spots))
    for at, kind in spots:
        filler = rng.weighted(known[kind])
        yield _edit(text, rng, at, kind, filler)


def _edit(text: Text, rng: Rng, at: int, kind: str, filler: str) -> Edit:
    if kind in ("opening", "later"):
        comma = "," if text.raw[at].isupper() and filler not in ("so", "and") and rng.chance(0.6) else ""
        return put_before(text, at, filler + comma)
    return at, at, filler + " "


def _spots(text: Text) -> Iterator[tuple[int, str]]:
    raw = text.raw
    for i, (start, end) in enumerate(text.sentences()):
        sentence = raw[start:end]
        gap, head = ahead(raw, start)
        if gap or head in _FRONT or not (asks(sentence) or (i == 0 and first_person(sentence))):
            continue
        if i == 0:
            yield start, "opening"
        elif raw[start].isupper() and sentence.endswith("?") and "\n" not in raw[:start]:
            yield start, "later"
    words = text.words
    first_line = raw.find("\n") if "\n" in raw else len(raw)  # what follows is often material, not the writer's words
    for i, (start, word) in enumerate(words[1:], 1):
        if start > first_line:
            return
        before = words[i - 1]
        if before[0] + len(before[1]) + 1 != start:
            continue
        last, here = before[1].lower(), word.lower()
        if last in _TURNS and here in _STARTS and not Place(raw, before[0], start - 1).opens():
            yield start, "clause"
        elif last == "i" and here in ("want", "need") and Place(raw, before[0], start - 1).opens():
            yield start, "voice"
