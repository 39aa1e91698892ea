"""What a telegram or hurried notes do without: the frame of a question, a copula, "I am", beside the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.text import LOCKED, NAME, SLOT, Edit, Text
from perturb.language.fixed import may_title
from perturb.language.grammar import given
from perturb.language.learning import past_forms
from perturb.language.places import ahead, is_base_verb, is_participle
from perturb.language.portions import HOW_TO, without
from perturb.language.searches import is_said, verb_follows
from perturb.language.smallwords import kinds

_BE = "is|are|was|were"
# What is said of a thing without its copula: "card [is] still blocked", "price [is] $5".
_STATE = re.compile(
    r"(?:not|still|already|now|too|so|very|only|always|never|wrong|late|low|high|slow|slower|pending|blocked|frozen|broken|missing|due|down|"
    r"different|available|unavailable|ready|open|closed|full|empty|free|dead|gone|lost|stuck|safe|cheaper|more|less|\$|£|€|\d|in|on|at|from|"
    r"under|behind|near|inside|outside)\b|[$£€\d]",
    re.I,
)
_NOUN = r"(?:(?:[a-z][a-z-]*|[A-Z]{2,}) )"
_STATES = re.compile(
    rf"(?P<det>(?:my|the|our) |)(?P<what>{_NOUN}{{1,4}}?)(?P<be>{_BE}|has been|have been) (?=(?P<next>[$£€]?[\w-]+))",
    re.I,
)
_IT_IS = re.compile(r"(?:it is|it was|it's|it’s) (?=(?P<next>[\w-]+))", re.I)
_I_AM = re.compile(r"(?:I am|I'm|I’m|i am|im|i'm)(?: an?)? (?=(?P<next>[a-z][\w-]*))")
_I_HAVE = re.compile(r"(?:I have|I've|I’ve|i have|i've) (?=(?P<next>[a-z]+))")
_I = re.compile(r"(?:I|i) (?=(?P<next>[a-z][\w']*))")
_THERE = re.compile(rf"there (?:{_BE})(?: an?)? (?=[\w])", re.I)
_IS_THERE = re.compile(r"(?:is|are) there(?: an?)? (?=\w)", re.I)
_WHAT_IS = re.compile(r"what(?: is|'s|’s| are| was| were) (?:the |an? |(?=(?:my|your) ))(?=[a-z0-9])", re.I)
_POSSIBLE = re.compile(
    r"is it (?=(?:possible|ok|okay|true|safe|normal|legal|illegal|necessary|allowed|too|free|good|bad)\b)", re.I
)
_WHY = re.compile(rf"(?:why|when|where) (?P<be>{_BE}) (?P<det>(?:my|the|our) |)(?=[a-z])", re.I)
_WHEN = re.compile(rf"when (?P<be>will) (?P<det>(?:my|the|our) |)(?P<what>{_NOUN}{{1,4}}?)(?P<then>be )(?=[a-z])", re.I)
_WHY_THERE = re.compile(r"why (?P<gone>(?:is there an? |are there ))(?=[a-z])", re.I)
_WHY_I = re.compile(
    r"(?:why|when|where) (?P<gone>(?:(?:was|were|am|are) (?:i|we) |(?:have|has|had) (?:i|we) been |(?:would|will|did|do) (?:i|we) (?:be |get )))(?=(?P<next>[a-z]+))",
    re.I,
)
_COUNTED = re.compile(
    rf"how (?:many|much) [^.,?!]*?\b(?P<be>(?:{_BE}) there )(?=(?:in|on|at|now|left|altogether|for|during|per)\b)"
    rf"|how many [^.,?!]*?(?<!more )\b(?P<doing>(?:{_BE}) )(?=[a-z]{{3,}}ing\b)",
    re.I,
)
_LINKS = frozenset("like for about called named that".split())
_IDIOM = re.compile(r"(?:deal|matter|use|hell|fuck|heck)\b|.*\b(?:called|named|known as)\b", re.I | re.S)


def frames(text: Text) -> Iterator[list[Edit]]:
    """Find what a telegram leaves out beside single words, sentence by sentence ("[What is the ]fee?", "card [is ]blocked")."""
    raw = text.raw
    for start, end in text.sentences():
        if given(raw, start) or start and raw[start - 1] in "\"“'‘(" or len(text.words) < 4:
            continue
        how = HOW_TO.match(raw, start + 4) if raw[start : start + 4].lower() == "how " else None
        if how and verb_follows(raw, how.end()) and text.level(*how.span()) < LOCKED:
            yield [(how.start(), how.end(), "to")]
            continue
        for spans in (_asked(raw, start, end), _said(raw, start, end)):
            if spans and _may_go(text, start, spans, end):
                yield _edits(text, start, spans)
                break


def _may_go(text: Text, start: int, spans: list[tuple[int, int]], end: int) -> bool:
    """Tell whether nothing there is locked or a name and three words stay ("virtual card" would ask nothing)."""
    raw = text.raw
    gone = sum(len(raw[s:e].split()) for s, e in spans)
    kept = all(text.level(s, e) <= SLOT and NAME not in text.mask[s:e] for s, e in spans)
    titled = any(may_title(raw, s) for s, _ in spans if s > start)
    return kept and not titled and text.level(start, start + 1) < LOCKED and len(raw[start:end].split()) - gone >= 3


def _edits(text: Text, start: int, spans: list[tuple[int, int]]) -> list[Edit]:
    if spans[0][0] == start:
        first = without(text, *spans[0])
        return [*first, *((s, e, "") for s, e in spans[1:])]
    return [(s, e, "") for s, e in spans]


def _asked(raw: str, at: int, end: int) -> list[tuple[int, int]]:
    """Find what a question can do without."""
    if raw[at:end].rstrip()[-1:] != "?" and not raw.islower() and kinds().get(ahead(raw, at)[1]) != "question":
        return []
    frame = _WHAT_IS.match(raw, at)
    if (
        frame
        and _LINKS.isdisjoint(raw[frame.end() : end].lower().rstrip("?.! ").split()[-1:])
        and not _does(raw[frame.end() : end])
        and not _IDIOM.match(raw, frame.end(), end)
    ):
        return [frame.span()]
    for opening in (_IS_THERE, _POSSIBLE):
        m = opening.match(raw, at)
        if m and kinds().get(ahead(raw, m.end())[1]) not in ("preposition", "adverb"):
            return [m.span()]
    why = _WHY.match(raw, at)
    if why and _comes_to_state(raw, why.end()):
        return [(why.start("be"), why.end("det"))]
    there = _WHY_THERE.match(raw, at)
    if there:
        return [there.span("gone")]
    mine = _WHY_I.match(raw, at)
    if mine and (is_participle(mine["next"]) or mine["next"].endswith("ing")):
        return [mine.span("gone")]
    when = _WHEN.match(raw, at)
    if when and _plain_thing(when["what"]):
        return [(when.start("be"), when.end("det")), when.span("then")]
    counted = _COUNTED.match(raw, at)
    if counted:
        return [counted.span("be") if counted["be"] else counted.span("doing")]
    return []


def _comes_to_state(raw: str, at: int) -> bool:
    """Tell whether a thing of one to six words and then its state follow ("transfer to my bank declined")."""
    for m in list(re.finditer(r"[A-Za-z-]+", raw[at : at + 80]))[:7]:
        low, start = m[0].lower(), at + m.start()
        if start > at and kinds().get(low) != "preposition" and _is_state(raw, start, m[0], asked=True):
            return True
        if kinds().get(low) not in (None, "preposition", "article") and low not in ("my", "your"):
            return False
    return False


def _does(said: str) -> bool:
    """Tell whether a verb of the main clause stays behind "what is the" ("what is the dog doing")."""
    words = said.lower().rstrip("?.! ").split()
    return any(w.endswith("ing") for w in words[1:3]) or "like" in words or is_said(said, 0)


def _said(raw: str, at: int, end: int) -> list[tuple[int, int]]:
    """Find what a statement can do without."""
    if raw[at:end].rstrip()[-1:] == "?" and kinds().get(ahead(raw, at)[1]) in ("question", "aux"):
        return []
    me = _I_AM.match(raw, at)
    if me and (kinds().get(me["next"]) in (None, "adverb", "negation") or me["next"] in ("on", "in", "at")):
        return [me.span()]
    have = _I_HAVE.match(raw, at)
    if have and (is_participle(have["next"]) or have["next"] in ("already", "just", "also")):
        return [have.span()]
    alone = _I.match(raw, at)
    if alone and _my_verb(alone["next"]):
        return [alone.span()]
    it = _IT_IS.match(raw, at)
    if it and (it["next"] in ("too", "very", "not", "still", "been", "only", "now") or it["next"].endswith("ing")):
        return [it.span()]
    there = _THERE.match(raw, at)
    if there and kinds().get(ahead(raw, there.end())[1]) not in ("preposition", "question", "conjunction", "aux"):
        return [there.span()]
    states = _STATES.match(raw, at)
    if states and _plain_thing(states["what"]) and _is_state(raw, states.start("next"), states["next"], asked=False):
        gone = [states.span("be")] if not states["det"] else [states.span("det"), states.span("be")]
        return [(s, e + (raw[e : e + 1] == " ")) for s, e in gone]
    return []


def _my_verb(word: str) -> bool:
    if word in ("can", "could", "do", "will", "may"):
        return False
    past = word in past_forms() or (word.endswith("ed") and len(word) > 3)
    return past or is_base_verb(word) or word in _MY_OTHERS


_MY_OTHERS = frozenset("would've didn't don't can't cannot haven't was would just still already".split())


def _plain_thing(what: str) -> bool:
    """Tell whether words are a thing alone, no clause and no pronoun ("second chapter", not "what I want")."""
    known = [kinds().get(w) for w in what.lower().split()]
    bad = ("pronoun", "question", "conjunction", "aux", "verb", "demonstrative", "polite", "adverb", "negation")
    return (
        not any(k in bad for k in known)
        and known[0] != "preposition"
        and known[-1] not in ("preposition", "article", "quantifier")
    )


def _is_state(raw: str, at: int, word: str, asked: bool) -> bool:
    """Tell whether a state follows that is plain without its copula; "the girl was asked to" and "coal is a rock" are not."""
    after_gap, after = ahead(raw, at + len(word))
    if after in ("that", "whether"):
        return False
    if is_participle(word) or word.endswith("ed"):
        ends = not after or any(c in ".,;?!\n" for c in after_gap)
        return (
            ends
            or after
            in ("by", "in", "on", "at", "from", "as", "yet", "again", "twice", "today", "when", "because", "and", "but")
            or (asked and after == "for")
        )
    return (word.endswith("ing") and len(word) > 4) or bool(_STATE.match(raw, at))
