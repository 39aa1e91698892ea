"""Words that soften: they ask the same, less directly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Edit, Proposals, Text
from perturb.language.lexicon import rows
from perturb.language.lexicon import words as words_in
from perturb.language.messages import asks, greets, is_message, lowers, orders, pleads, put_before, speaks, words_of
from perturb.language.phrases import level
from perturb.language.places import Place, ahead
from perturb.language.turned import moved

LONGEST = 60  # words; a long task is not introduced as a quick question
_BEGUN = frozenset("no yes and but also so ok okay then plus well just".split())
_WHOLE = "quick question:"
_WISH = frozenset("want need wanted needed".split())
_ASK = frozenset("can could would".split())


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
        if not _direct(text.raw[start:end]):
            return  # "I need euros not pounds?" is told, and nobody wonders whether one can be told
        options = _hedges("question", words, register)
        if ahead(text.raw, start)[1] in _ASK:  # "Can you …" asks a favour, which nobody is curious about
            direct = [(front, weight) for front, weight in options if "wondering" in front or "quick" in front]
            options = direct or options
        if not _COUNTERS.search(text.raw[start:end]):
            options = [(front, weight) for front, weight in options if "but" not in front.split() or "," in front]
        front = rng.weighted(options)
        if not front.endswith(":") and not lowers(text.raw, start) and ahead(text.raw, start)[1] != "i":
            if _WHOLE not in [front for front, _ in options]:
                return  # nothing behind which a name keeps its capital
            front = _WHOLE
        yield put_before(text, start, front)
    elif orders(text.raw[start:end]) and len(sentences) == 1 and lowers(text.raw, start):
        options = _hedges("request", words, register)
        if pleads(text.raw):
            options = [(front, weight) for front, weight in options if not pleads(front)]
        yield _asked(text, rng.weighted(options), start, end)
    elif orders(text.raw[start:end]) and lowers(text.raw, start):
        front = rng.weighted(_hedges("order", words, register))
        if not (pleads(front) and pleads(text.raw)):
            yield put_before(text, start, front)


def _direct(said: str) -> bool:
    """Tell whether a question has the order of one, and no please of its own ("in what year …?", but not "the rates are?")."""
    first = words_of(said[:60])[:4]
    return not pleads(said) and (asks(" ".join(first)) or not _QUERY.isdisjoint(first))


_NO_ORDER = re.compile(r"do\b|let (?!me\b|us\b)", re.IGNORECASE)  # "let x = 1", "do you know"
# What one may say "but" to: it holds against something that was said.
_COUNTERS = re.compile(
    r"^(?:why|when|how long|where)\b|\b(?:not|still|already|only|even|never)\b|n['’]t\b", re.IGNORECASE
)
_QUERY = frozenset("who what when where why how which whose".split())


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
            and said in words_in("hedges", "serves")
            and i > 1
            and offered[i - 2][1].lower() in _ASK
        ):
            if Place(raw, offered[i - 2][0], start).opens() and not pleads(raw):
                spots.append((start, "ask"))
    for at, kind in rng.shuffled(spots):
        yield at, at, rng.weighted(_hedges(kind, words, register)) + " "


_WANT = re.compile(r"\b(?P<i>[Ii]) (?P<want>want|wanna|want to)(?= (?:to )?[a-z])")
_ASKED = re.compile(r"\b(?P<can>[Cc]an|[Cc]ould|[Ww]ill|[Ww]ould) (?:you|u) (?P<verb>[a-z]+)\b(?! your\b)")
_HAVE = re.compile(r"\b(?:[Cc]an|[Cc]ould|[Mm]ay) i (?=(?:have|speak|talk)\b)", re.IGNORECASE)
_TROUBLE = frozenset(
    "not still never cannot wrong problem issue error declined lost stolen pending failed charged missing stuck broken blocked "
    "cancelled rejected disappeared refused unable twice extra".split()
)


@cache
def _polite(place: str, name: str) -> list[tuple[str, float]]:
    return [(row[1], float(row[2])) for row in rows("hedges", name) if row[0] == place]


@transform("hedge.please", times=1, reach="form", spot="first")
def please(text: Text, rng: Rng, *, words: str = "polite") -> Proposals:
    """Ask as polite people do ("Can you check it?" -> "Could you please check it?", "I want to pay" -> "I would like to pay").

    An order gets its "please", a question becomes one of "Could you please tell me …", and who says only what went wrong asks
    for help. What is no favour stays as it is: "Can you see it?", "Can I use it abroad?".
    """
    if not 2 < len(text.words) <= LONGEST or not is_message(text) or pleads(text.raw):
        return
    yield from _favours(text, rng)
    for start, end in text.sentences():
        said = text.raw[start:end]
        if ahead(text.raw, start)[1] in _BEGUN:
            continue
        if orders(said) and lowers(text.raw, start) and not _NO_ORDER.match(said):
            yield _ordered(text, rng, words, start, end)
            return
        turned = _clause(text, rng, start, end, words) if rng.chance(0.75) else []
        if turned:
            yield turned
            return
    yield from _wishes(text, rng, words)
    if not asks(text.raw) and speaks(text.raw) and not _TROUBLE.isdisjoint(words_of(text.raw.replace("n't", " not"))):
        yield from _behind(text, rng, words)


def _favours(text: Text, rng: Rng) -> Iterator[list[Edit] | Edit]:
    """Put "please" into what somebody is asked to do, before its verb or at the end."""
    for m in _ASKED.finditer(text.raw):
        if m["verb"] not in words_in("hedges", "serves"):
            continue
        could: list[Edit] = []
        if m["can"].lower() == "can" and rng.chance(0.6):
            could = [(*m.span("can"), "Could" if m["can"][0] == "C" else "could")]
        yield [*could, (m.start("verb"), m.start("verb"), "please ")]
        return
    for m in _HAVE.finditer(text.raw):
        yield m.end(), m.end(), "please "
        return


def _ordered(text: Text, rng: Rng, name: str, start: int, end: int) -> list[Edit] | Edit:
    """Put "please" before an order, or make a request of one that is all of a message."""
    whole = len(text.sentences()) == 1
    front = rng.weighted(_polite("whole" if whole else "order", name))
    edit = put_before(text, start, front)
    asking = front != "please"
    if asking and text.raw[end - 1] == ".":
        return [edit, (end - 1, end, "?")]
    return edit


def _clause(text: Text, rng: Rng, start: int, end: int, name: str) -> list[Edit]:
    """Make a question one of "Could you tell me" ("How do I pay?" -> "Could you tell me how to pay?"), [] where that is hard."""
    raw = text.raw
    said = raw[start:end]
    if "," in said or len(words_of(said)) > 25:
        return []
    turned = moved(said)
    if not turned or (turned[0][0] and any(any(text.mask[start + a : start + b]) for a, b, _ in turned)):
        return []  # all of it or nothing: what a value holds ("what's" written out) stays where it is
    front = rng.weighted(_polite("tell", name))
    front = front[0].upper() + front[1:] if raw[start].isupper() else front
    first, *rest = [(start + a, start + b, new) for a, b, new in turned]
    if first[0] == start:  # "Can I" -> "if I can"
        return [(start, first[1], f"{front} {first[2]}"), *rest]
    return [(start, start + 1, f"{front} {raw[start].lower()}"), first, *rest]


def _wishes(text: Text, rng: Rng, name: str) -> Iterator[list[Edit] | Edit]:
    """Say "would like" for "want", or "please" behind what is needed."""
    raw = text.raw
    m = _WANT.search(raw)
    if m:
        yield (*m.span("want"), "would like to" if m["want"] == "wanna" else "would like")
        return
    spans = text.sentences()
    start, end = spans[-1]
    if (
        re.match(r"[Ii] (?:need|would like|'d like)\b", raw[start:end])
        and not asks(raw[start:end])
        and "," not in raw[start:end]
        and len(raw[start:end]) < 90
    ):
        last = end - 1 if raw[end - 1] in ".!" else end
        if text.mask[last - 1] != LOCKED:
            yield last, last, f", {_polite('end', name)[0][0]}"


def _behind(text: Text, rng: Rng, name: str) -> Iterator[Edit]:
    """Ask for help behind what went wrong, but not behind an end that goes on in the item's options."""
    raw = text.raw
    end = text.back_over_space(len(raw))
    if text.mask[end - 1] == LOCKED:
        return
    said = rng.weighted(_polite("trouble", name))
    if raw[:1].isupper():
        said = said[0].upper() + said[1:]
    mark = "" if raw[end - 1] in ".?!" else "." if raw[:1].isupper() else ","
    yield end, end, f"{mark} {said}"
