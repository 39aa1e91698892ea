"""Greetings and thanks around a message."""

from __future__ import annotations

from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.language.lexicon import rows
from perturb.language.messages import asks, greets, is_message, lowers, orders, pleads, put_before, words_of
from perturb.language.phrases import level
from perturb.language.places import ahead

_THANKED = frozenset("thanks thank thx thnx ty appreciated appreciate cheers regards".split())
_HELPED = frozenset("please pls plz help".split())
_I = frozenset("i i'm i've i'd i'll".split())


@cache
def _words(place: str, name: str, register: str) -> list[tuple[str, float, str]]:
    known = [r for r in rows("greetings", name) if r[0] == place and level(r[3]) <= level(register)]
    return [(r[1], float(r[2]), r[4]) for r in known]


@transform("greeting.open", times=1, reach="form", spot="first")
def open_(text: Text, rng: Rng, *, words: str = "en", register: str = "chat") -> Proposals:
    """Say hello first ("Where is my card?" -> "Hi, where is my card?")."""
    known = _words("open", words, register)  # before all else, so that a mistake is one of the recipe
    if len(text.words) < 2 or not is_message(text) or greets(text.raw):
        return
    at = text.over_space(0)
    if register == "customer" and orders(text.raw[at:]) and not pleads(text.raw):
        return  # no "Hi, fix my card" from somebody who takes care
    hello = rng.weighted([(w, weight) for w, weight, _ in known])
    bare = 0 if register == "customer" else 25  # who takes care sets a comma
    mark = rng.weighted(((",", 60), ("", bare), ("!", 15)) if text.raw[at].isupper() else ((",", 25), ("", 75)))
    if not mark and text.raw[at].isupper() and not lowers(text.raw, at) and ahead(text.raw, at)[1] not in _I:
        mark = ","  # of 27 people who set no mark all but one went on in small letters
    yield put_before(text, at, hello + mark)


@transform("greeting.close", times=1, reach="form", spot="last")
def close(text: Text, rng: Rng, *, words: str = "en", register: str = "chat") -> Proposals:
    """Say thanks at the end ("Where is my card?" -> "Where is my card? Thanks")."""
    known = _words("close", words, register)
    raw = text.raw
    end = text.back_over_space(len(raw))
    if len(text.words) < 4 or not is_message(text):
        return
    said = words_of(raw)
    if text.mask[end - 1] == LOCKED or not _THANKED.isdisjoint(said):
        return
    sentences = text.sentences()
    kind = "question" if asks(raw[sentences[-1][0] : sentences[-1][1]]) else "statement"
    fit = [(w, weight) for w, weight, of in known if of in ("", kind)]
    if not _HELPED.isdisjoint(said):
        fit = [(w, weight) for w, weight in fit if "help" not in w]
    thanks = rng.weighted(fit)
    if raw[end - 1] in ".?!":
        if not raw[:1].islower():
            thanks = thanks[0].upper() + thanks[1:]
        yield end, end, f" {thanks}{rng.choice(('', '', '.', '!'))}"
    elif raw[:1].isupper():  # who begins with a capital sets a mark here too
        yield end, end, f". {thanks[0].upper()}{thanks[1:]}" if rng.chance(0.5) else f", {thanks}"
    else:
        after = (",",) if said[-1] in _HELPED or "help" in thanks else (",", "", "")
        yield end, end, f"{rng.choice(after)} {thanks}"
