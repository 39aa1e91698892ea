"""What is said to be in a picture that is not there ("see screenshot"): nobody can know what it shows."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Edit, Proposals, Text
from perturb.language.lexicon import rows, table
from perturb.language.messages import asks, first_person, is_message, orders

_SHOWN = re.compile(
    r"\b(?P<what>(?:(?P<own>my)|this|the|that(?! [a-z]+s )) (?P<which>(?:(?!the |my |this |that |an? |same )[a-z-]+ ){0,2})(?:payment|transfer|charge|error|"
    r"message|transaction|statement|bill|screen|order(?! from)|package|parcel|fee|refund|balance|page|website|"
    r"(?P<written>code|form|invoice|receipt|letter|email|list|table|graph|text|sentence|paragraph|poem|function|program|equation|problem)))"
    r"(?=[?.!,]| (?:still|not|being|pending|declined|for me|in|from)\b)"
)
# What is written is there to be shown only where it is the writer's, or something is to be done with it as it stands.
_WORKED_ON = re.compile(
    r"\b(?:fix|debug|check|correct|proofread|review|read|translate|summari[sz]e|shorten|simplify|rewrite|rephrase|improve|edit|solve|draw|plot|sign|"
    r"fill (?:in|out)|understand|run|refactor|(?:wrong|problem|mistakes?|errors?) (?:with|in)) $",
    re.IGNORECASE,
)
_WHICH = frozenset("first second third last next final whole following short long python java javascript html css math algebra "
                   "homework quadratic linear word".split())  # fmt: skip

_THING = re.compile(
    r"\b(?:payment|transfer|charge|fee|error|message|transaction|statement|refund|balance|bill|order|deduct|debit)[a-z]*\b",
    re.I,
)
_PROBLEM = re.compile(r"\b(?:how (?:many|much|far|long|old)|calculate|find the)\b", re.I)
_QUOTED = re.compile(r":\s|[\"“`]|(?<!\w)'")  # it is said right here
_DEFINES = re.compile(r"An? [a-z ]+ (?:is|are) (?:an?|any|one) ")  # "A binary array is an array that …": known anyway
_EXPLAINED = re.compile(r",? (?:where|whose|which|such that|i\.e\.)(?!\w)")  # "the two sum problem, where …"
_WISH = re.compile(r"(?:please|let|i(?:'d| would) like|i want|i need|i will|can|could)\b", re.I)


@transform("attach.instead", times=1, reach="loss", role="absent")
def instead(text: Text, rng: Rng) -> Proposals:
    """Point to a picture instead of saying it ("I was charged $5 twice. Why?" -> "See screenshot. Why?").

    Only of a sentence with a number in a word problem, or of what a message can show (a charge, an error, a code to be mended).
    """
    raw, spans = text.raw, text.sentences()
    said: dict[str, list[str]] = {}
    for kind, note in rows("attach"):
        said.setdefault(kind, []).append(note)
    message = is_message(text)
    told = [(s, e) for s, e in spans if _told(raw[s:e])]
    own = message and first_person(raw)
    sums = len(spans) > 2 and _PROBLEM.search(raw) is not None
    for start, end in rng.shuffled(told if len(spans) > 1 else []):
        problem = sums and _pictured(text, start, end, spans)
        shown = own and len(text.words) < 60 and "\n" not in raw and _THING.search(raw, start, end)
        if text.level(start, end) == LOCKED:
            continue
        if problem and not own:
            yield _elsewhere(text, start, end, spans, said, rng)
        elif shown:
            yield start, end, _cased(rng.choice(said["sentence"]), raw)
    for m in rng.shuffled(list(_SHOWN.finditer(raw)) if message and len(spans) < 3 else []):
        if LOCKED in text.mask[m.start("what") : m.end("what")] or _QUOTED.search(raw, m.end("what")):
            continue
        if not m["own"] and m["written"] and not _given(raw, m):
            continue
        end = text.back_over_space(len(raw))
        here = re.search(r"\b(?:above|below|following|previous)\b", m["what"])
        if (
            here
            or " given " in m["what"]
            or _EXPLAINED.match(raw, m.end("what"))
            or not (raw[end - 1].isalnum() or raw[end - 1] in ".?!")
        ):
            continue
        note = _cased(rng.choice(said["end"]), raw)
        gap = " " if raw[end - 1] in ".?!" else ", "
        edits: list[Edit] = [(m.start("what"), m.end("what"), "this")]
        if m.end("what") < end:
            edits.append((end, len(raw), gap + (note if gap == " " else note[0].lower() + note[1:])))
        else:
            edits = [(m.start("what"), len(raw), "this" + gap + note[0].lower() + note[1:])]
        yield edits


def _given(raw: str, m: re.Match[str]) -> bool:
    """Tell whether what is written is there already ("fix the code"), not to be written or known by name ("the halting problem")."""
    return _WORKED_ON.search(raw, 0, m.start("what")) is not None and set(m["which"].split()) <= _WHICH


# Who or what these mean was said before ("Tuesday, he walked", "the rest").
_LEANS = re.compile(
    r"\b(?:he|she|they|him|them|his|hers?|their|it|its|this|these|those|also|then|another|other|others|rest|remaining|each|both)\b",
    re.I,
)
_HE = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
_DOCS = re.compile(r"\"\"\"|'''|^\s*def \w+\(", re.MULTILINE)


def _pictured(text: Text, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a picture could stand for a sentence with a number: a whole one, and none after it leans on the first."""
    raw = text.raw
    whole = raw[start].isalpha() or raw[start].isdigit() or raw[start] in "$€£"
    if not whole or raw[start].islower() or not any(c.isdigit() for c in raw[start:end]) or _DOCS.search(raw):
        return False
    if start > text.over_space(0):
        return True
    following = next((raw[s:e] for s, e in spans if s >= end), "")
    someone = _HE.search(raw, end)
    named = someone and any(m[0] in table("names") for m in re.finditer(r"[A-Z][a-z]+", raw[end : someone.start()]))
    return not _LEANS.search(following) and bool(named or not someone)


# What points at the statement that stands right before.
_POINTS = re.compile(
    r"\b(?:it|its|this(?! (?:week|month|year|time)\b)|that|these|those|them|they|their|also|then|another|others?|rest|remaining|each(?! [a-z])|each of|"
    r"both|so|such|same|(?<!how many )(?<!how much )(?:more|less)|he|she|his|her)\b",
    re.IGNORECASE,
)


def _elsewhere(
    text: Text, start: int, end: int, spans: list[tuple[int, int]], said: dict[str, list[str]], rng: Rng
) -> Edit | list[Edit]:
    """Take a sentence of a problem out and point to a picture before or behind it all, in its place where the next one leans on it."""
    raw, last = text.raw, text.back_over_space(len(text.raw))
    following = next(((s, e) for s, e in spans if s >= end), None)
    if following is None or raw[last - 1] not in ".?!" or "\n" in raw[:last]:
        return start, end, rng.choice(said["story"])
    points = {m[0].lower() for m in _POINTS.finditer(raw, *following)}
    if points & {"he", "she", "his", "her"} and (_HE.search(raw, 0, start) or not _NAMED.search(raw, start, end)):
        points -= {"he", "she", "his", "her"}  # who was spoken of before
    if points:
        return start, end, rng.choice(said["story"])
    cut = (start, following[0], "")
    if start > text.over_space(0) and rng.chance(0.3):
        return [(text.over_space(0), text.over_space(0), f"{rng.choice(said['before'])} "), cut]
    return [cut, (last, last, f" {rng.choice(said['after'])}")]


_NAMED = re.compile(r"(?<=\w )[A-Z][a-z]+|^[A-Z][a-z]+")


def _told(sentence: str) -> bool:
    """Tell whether a sentence says something and asks for nothing."""
    if _WISH.match(sentence) or _DEFINES.match(sentence) or _PROBLEM.search(sentence):
        return False
    return not asks(sentence) and not orders(sentence) and len(sentence.split()) > 3 and sentence.rstrip()[-1:] in ".!"


def _cased(note: str, raw: str) -> str:
    return note.lower() if raw.islower() else note
