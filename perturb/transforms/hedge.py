"""Words that soften: they ask the same, less directly."""

from __future__ import annotations

from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.lexicon import rows
from perturb.language.messages import asks, greets, is_message, lowers, orders, put_before
from perturb.language.phrases import level
from perturb.language.places import Place, ahead, is_base_verb

LONGEST = 60  # words; a long task is not introduced as a quick question
_BEGUN = frozenset("no yes and but also so ok okay then plus well just".split())
_WHOLE = "quick question:"
_WISH = frozenset("want need wanted needed".split())
_ASK = frozenset("can could would".split())
_STATES = frozenset("be have know like love need want".split())


@cache
def _hedges(kind: str, name: str, register: str) -> list[tuple[str, float]]:
    most = level(register)
    return [(r[1], float(r[2])) for r in rows("hedges", name) if r[0] == kind and level(r[3]) <= most]


@transform("hedge.open", times=1, reach="form", spot="first")
def open_(text: Text, rng: Rng, *, words: str = "en", register: str = "chat") -> Proposals:
    """Lead up to a question or an order ("Write a poem." -> "Could you write a poem?").

    A question stays a direct one ("Quick question: where is …"); an order is turned into one where it is the whole text, and
    gets a "please" where more follows.
    """
    level(register)  # before all else, so that a mistake is one of the recipe
    if not 3 <= len(text.words) <= LONGEST or not is_message(text) or greets(text.raw):
        return
    sentences = text.sentences()
    start, end = sentences[0]
    if ahead(text.raw, start)[1] in _BEGUN:
        return  # one word that leads up is enough
    if asks(text.raw[start:end]) and not orders(text.raw[start:end]):
        options = _hedges("question", words, register)
        if ahead(text.raw, start)[1] in _ASK:  # "Can you …" asks a favour, which nobody is curious about
            direct = [(front, weight) for front, weight in options if "wondering" in front or "quick" in front]
            options = direct or options
        front = rng.weighted(options)
        if not front.endswith(":") and not lowers(text.raw, start) and ahead(text.raw, start)[1] != "i":
            if _WHOLE not in [front for front, _ in options]:
                return  # nothing behind which a name keeps its capital
            front = _WHOLE
        yield put_before(text, start, front)
    elif orders(text.raw[start:end]) and len(sentences) == 1 and lowers(text.raw, start):
        options = _hedges("request", words, register)
        if _pleads(text.raw):
            options = [(front, weight) for front, weight in options if not _pleads(front)]
        yield _asked(text, rng.weighted(options), start, end)
    elif orders(text.raw[start:end]) and lowers(text.raw, start):
        front = rng.weighted(_hedges("order", words, register))
        if not (_pleads(front) and _pleads(text.raw)):
            yield put_before(text, start, front)


def _pleads(raw: str) -> bool:
    """Tell whether a text says please already."""
    low = raw.lower()
    return "please" in low or "pls" in low or "plz" in low


def _own_clause(place: Place) -> bool:
    return place.opens() or place.before[1] in ("and", "but", "so") or "," in place.before[0]


def _asked(text: Text, front: str, start: int, end: int) -> list[Edit]:
    """Turn an order into a request; one that asks gets its question mark."""
    raw = text.raw
    if raw[start].isupper():
        edits = [(start, start + 1, f"{front[0].upper()}{front[1:]} {raw[start].lower()}")]
    else:
        edits = [(start, start, f"{front} ")]
    if front.startswith(("can", "could", "would")) and raw[end - 1] == ".":
        edits.append((end - 1, end, "?"))
    return edits


@transform("hedge.word", times=1)
def word(text: Text, rng: Rng, *, words: str = "en", register: str = "chat") -> Proposals:
    """Soften a wish or a request inside ("Can you check" -> "Can you please check")."""
    level(register)
    raw = text.raw
    spots: list[tuple[int, str]] = []
    offered = text.words
    for i, (start, here) in enumerate(offered[1:], 1):
        before, last = offered[i - 1]
        if before + len(last) + 1 != start:
            continue
        said = here.lower()
        if last.lower() == "i" and said in _WISH and _own_clause(Place(raw, before, start)):
            spots.append((start, "wish"))
        elif (
            last.lower() in ("you", "u")
            and is_base_verb(said)
            and said not in _STATES
            and i > 1
            and offered[i - 2][1].lower() in _ASK
        ):
            if Place(raw, offered[i - 2][0], start).opens() and not _pleads(raw):
                spots.append((start, "ask"))
    for at, kind in rng.shuffled(spots):
        yield at, at, rng.weighted(_hedges(kind, words, register)) + " "
