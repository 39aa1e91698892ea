"""The short forms of chat: texting, reductions, clipped words, initialisms, tags, lengthened words."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Proposals, Text
from perturb.language.colloquial import at_end, dropped, even, money
from perturb.language.conditions import fits
from perturb.language.lexicon import rows
from perturb.language.messages import asks, first_person, is_message, put_before, words_of
from perturb.language.phrases import by_rate, level, lexicon, places, rewritten

# Length of runs of one letter in lengthened words, as counted in chat and text messages (10 stands for 10 and more).
RUNS = ((3, 1324), (4, 455), (5, 220), (6, 126), (7, 57), (8, 29), (9, 23), (10, 77))
TABLES = ("en", "reductions", "clips", "initialisms", "apostrophes", "modern")
# What makes a remark a complaint, or an opinion; anything else of the first person is a remark.
_COMPLAINT = frozenset(
    "permission disappeared swallowed misplaced stolen gone forgotten expire expired cancelled still again declined wrong lost stuck broken never not charged waiting late failed error missing weird rejected "
    "didn't couldn't can't cannot isn't doesn't wasn't haven't didnt couldnt cant isnt doesnt havent".split()
)
_OPINION = frozenset("prefer feel hate love like enjoy better worse confusing weird".split())
_CLOSES = 0.7  # of tags; the rest open the remark
_WARM = frozenset("hi hey hello please help thanks".split())
_REQUEST = frozenset("need want please pls plz could would help can".split())
_SELF = frozenset("i i'm i've im ive my we we've".split())
_NO_JOKE = frozenset(
    "lol haha tbh ngl smh ugh lmao please pls plz thanks thank help sorry want wanted wanna need needed "
    "would like can could "
    "looking require interested cancel what which how why where when whether if died death hospital "
    "fraud emergency stolen robbed compromised someone somebody police pregnant allergic violence killed sick "
    "pain cancer".split()
)


@transform("slang.register", times=1, reach="form", ordered=True)
def register_(text: Text, rng: Rng, *, register: str = "sms") -> Proposals:
    """Write as people do in a register, each word at its own rate ("I don't know, are you late" -> "idk r u late").

    ``register`` is customer, chat, sms or social; the rates stand in data/slang, a column each. ``times`` scales them:
    0.5 for half of the texts, 2 for twice the rates. How many words change follows from the text.
    """
    yield from by_rate(text, rng, lexicon("slang", TABLES, register))


@transform("slang.texting", rate=0.15, reach="form", trait="slang")
def texting(text: Text, rng: Rng, *, words: str = "en", register: str = "social") -> Proposals:
    """Shorten common words the way they are texted ("because you are late" -> "cuz u r late").

    As many as ``rate`` says, the likeliest in the ``register`` (customer, chat, sms or social) first. Digits ("b4") come
    only into texts that have no numbers and ask for none.
    """
    yield from rewritten(text, rng, lexicon("slang", (words,), register))


@transform("slang.reduce", rate=0.1, reach="form", trait="slang")
def reduce(text: Text, rng: Rng, *, words: str = "reductions", register: str = "social") -> Proposals:
    """Write words as they are run together in speech ("I'm going to call" -> "I'm gonna call")."""
    yield from rewritten(text, rng, lexicon("slang", (words,), register))


@transform("slang.clip", rate=0.1, trait="slang")
def clip(text: Text, rng: Rng, *, words: str = "clips", register: str = "social") -> Proposals:
    """Cut long words to their everyday stump ("information" -> "info")."""
    yield from rewritten(text, rng, lexicon("slang", (words,), register))


@transform("slang.initialism", rate=0.1, reach="form", trait="slang")
def initialism(text: Text, rng: Rng, *, words: str = "initialisms", register: str = "social") -> Proposals:
    """Write stock phrases by their first letters ("as soon as possible" -> "asap")."""
    yield from rewritten(text, rng, lexicon("slang", (words,), register))


@transform("slang.modern", rate=0.1, reach="form", trait="slang")
def modern(text: Text, rng: Rng, *, words: str = "modern", register: str = "social") -> Proposals:
    """Write as chats of the 2020s do ("Is there a way to see photos at the moment" -> "any way to see pics rn")."""
    yield from rewritten(text, rng, lexicon("slang", (words,), register))


@cache
def _tags(name: str, register: str) -> dict[tuple[str, str], list[tuple[str, float]]]:
    column = 2 + level(register)
    found: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for row in rows("slang", name):
        found.setdefault((row[0], row[6]), []).append((row[1], float(row[column])))
    return found


@transform("slang.tag", times=1, trait="slang")
def tag(text: Text, rng: Rng, *, tags: str = "tags", register: str = "sms") -> Proposals:
    """Close or open a remark of one's own as chats do ("my card never came" -> "my card never came lol").

    Only the last or first sentence of a short message, only a statement about oneself: no question, no request.
    """
    known = _tags(tags, register)
    sentences = text.sentences()
    if not sentences or len(text.words) > 30 or not is_message(text):
        return
    places = (("closes", sentences[-1]), ("opens", sentences[0]))
    for where, (start, end) in places if rng.chance(_CLOSES) else places[::-1]:
        kind = _remark(text, start, end)
        if kind:  # nobody opens a complaint on "lol", many close one so
            kinds = (kind,) if where == "opens" or kind == "remark" else (kind, "remark")
            new = rng.weighted([t for k in kinds for t in known.get((k, where), [])])
            if where == "opens":
                yield put_before(text, start, new)
            else:
                yield len(text.raw[:end].rstrip(".!")), end, f" {new}"


_NEEDS = re.compile(r"\b(?:have|has|need|needs|got|want|wants) to\b", re.IGNORECASE)


def _remark(text: Text, start: int, end: int) -> str:
    """Tell what kind of remark about its writer a sentence is: complaint, opinion, remark, or "" for none."""
    heard = words_of(text.raw[start:end])
    last = text.raw[end - 1]
    if len(heard) < 4 or heard[0] not in _SELF or not (last.isalnum() or last in ".!"):
        return ""
    if asks(text.raw[start:end]) or _NO_JOKE.intersection(heard) or LOCKED in text.mask[start:end]:
        return ""
    if _COMPLAINT.intersection(heard):
        return "complaint"
    if _OPINION.intersection(heard):
        return "opinion"
    if asks(text.raw) or _NEEDS.search(text.raw) or any(c.isdigit() for c in text.raw):
        return ""  # nobody laughs who has something to ask, to get done or to work out
    # nor at the number that a request goes by ("I need … My user ID is 12345")
    return "" if _REQUEST.intersection(words_of(text.raw)) else "remark"


@transform("slang.lengthen", rate=0.05, trait="slang")
def lengthen(text: Text, rng: Rng, *, words: str = "lengthen") -> Proposals:
    """Draw out a word that bears feeling ("so long" -> "sooo long")."""
    if len(text.words) > 40 or not is_message(text):
        return
    if not (first_person(text.raw) or _WARM.intersection(words_of(text.raw))):
        return
    for place, entry in rng.shuffled(list(places(text, lexicon("slang", (words,))))):
        forms = [form for form in entry.forms if fits(place, form.where)]
        if not forms or place.named():
            continue
        at = place.start + int(rng.weighted([(f.new, f.weight) for f in forms]))
        yield at, at + 1, text.raw[at] * rng.weighted(RUNS)


@transform("slang.even", times=1)
def even_(text: Text, rng: Rng) -> Proposals:
    """Ask with "even", as who has no idea ("what organ makes insulin" -> "what organ even makes insulin")."""
    yield from rng.shuffled(list(even(text)))


@transform("slang.at", times=1)
def at(text: Text, rng: Rng) -> Proposals:
    """End a question for a place on "at" ("where's my card?" -> "where's my card at?")."""
    yield from rng.shuffled(list(at_end(text)))


@transform("slang.money", times=1, reach="form")
def money_(text: Text, rng: Rng) -> Proposals:
    """Say pounds and dollars as they are said in the street ("£30" -> "30 quid", "$5" -> "5 bucks")."""
    found = money(text) if is_message(text) else []
    if found:
        yield found


@transform("slang.drop", times=1, reach="form")
def drop(text: Text, rng: Rng) -> Proposals:
    """Begin a remark without its subject or article ("I tried again, the ATM was empty" -> "Tried again, ATM was empty")."""
    if is_message(text) and first_person(text.raw):
        yield from rng.shuffled(list(dropped(text)))
