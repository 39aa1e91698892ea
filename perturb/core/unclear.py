"""What is to be expected of texts with another reading, of such as name half of what they ask for, and of false premises."""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.readings import scopes
from perturb.core.said_in_full import COMES_ROUND
from perturb.core.stems import stem
from perturb.core.text import NAME, WORD
from perturb.core.values import number_value
from perturb.core.verdict import CLOSED, Case
from perturb.core.whom import candidates, listed

BREAKING = frozenset(("premise", "contradiction"))  # what is put in is false, or contradicts the rest
ROLES = BREAKING | {"scope", "referent", "absent", "topic", "follow", "subject", "sense", "terse", "constraint"}


def judge_reading(case: Case, loss: Labelled, roles: set[str], alone: bool) -> bool:
    """Note what a text with another reading misses; False where the loss is of another kind and is judged by its words.

    ``alone`` says that one step alone made this edit; where another met it, nothing is sure any more.
    """
    known = roles & ROLES
    if not known:
        return False
    role = min(known)
    if not alone:
        case.verdict.doubt = True
        return False
    if role in BREAKING:
        _broken(case, loss, role)
        return True
    start, end, new, _ = loss
    text = case.source.raw[start:end]
    if role == "terse":
        old_no, new_no = (bool(re.search(r"\bnot\b|n['’]?t\b", t)) for t in (text, new))
        return old_no and new_no and not re.search(r"\b[Ww]hy\b", text)
    if role == "constraint":
        return _constraint(case, text)
    if role == "scope":
        return _scope(case, loss)
    if role == "referent":
        asked = candidates(case, text, new, start)
        case.miss(_matters(case, start) and bool(asked), text.strip(), "reference", asked or "Who or what do you mean?")
        return True
    if role == "sense":
        others = case.lexis.senses.get(text.lower(), ())
        few = len([w for w in case.left if w not in case.lexis.functions and w not in case.lexis.polite]) < 4
        case.miss(
            _open(case) and few and not case.evidence.passage,
            text,
            "sense",
            f"Which {new.strip()} do you mean: {listed((text.lower(), *others))}?",
        )
        return True
    if role in ("topic", "follow"):
        return _topic(case, loss, role)
    if not any(c.isalnum() for c in text):
        return True  # a mark that went with the rest
    if role == "subject":
        case.miss(_open(case), text.strip(), "reference", "What are you writing about?")
    else:  # "absent"
        thing = next((w for w in ("screenshot", "photo", "picture", "file") if w in new), "attachment")
        # No argument of a call went ("switch [my order] to a burger"), or it is told what it is ("the numbers in a list … of the list").
        spare = case.evidence.all_slots and not any(m >= NAME for m in case.source.mask[start:end])
        head = WORD.findall(text.lower())[-1]
        told = new.lower().startswith("this") and stem(head) in map(stem, case.left)
        told |= case.evidence.task == "math" and _BOUND.search(text) is not None
        case.miss((_open(case) or _needed(case, text)) and not (spare or told), text.strip(), "attachment",
                  f"I can see no {thing} here. Could you send it again, or tell me what it shows?")  # fmt: skip
    return True


_BOUND = re.compile(
    r"\b(?:less|more|fewer|greater|smaller|larger|at most|at least|between|under|over)\b", re.I
)  # common sense may tell it


def _constraint(case: Case, text: str) -> bool:
    """Note a question that lost its when or where: a passage beside it may tell; a year that nothing tells is asked for."""
    if case.evidence.passage:
        case.verdict.doubt = True
        return True
    return year_gone(case, text) or _still_tells(case, text)


_SUPERLATIVE = re.compile(r"\b(?:most|least|[a-z]{2,}est|first|last|only|top)\b", re.IGNORECASE)
_SINCE = re.compile(r"\s*(?:before|after|during|since|until|by|under|for|with) ", re.IGNORECASE)


def _still_tells(case: Case, text: str) -> bool:
    """Note a doubt where a question may be plain without its place or time: it names another, or asks for the largest of all."""
    if case.evidence.task != "qa" or case.evidence.all_slots or re.search(r"\d", text):
        return False
    start, end = case.asking
    at = case.source.raw.find(text.strip())
    names = [m for m in WORD.finditer(case.source.raw, start, end) if case.source.mask[m.start()] == NAME]
    others = any(not at <= m.start() < at + len(text.strip()) for m in names)
    plain = others or _SINCE.match(text) or _SUPERLATIVE.search(case.source.raw, start, end)
    case.verdict.doubt |= bool(plain)
    return bool(plain)


def year_gone(case: Case, text: str) -> bool:
    """Note a year without which a question has many answers ("who won the final [in 2016]"); False where that is not certain."""
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", text)
    again = COMES_ROUND.search(case.source.raw, *case.asking)
    when = re.match(r"\s*(?:in|at|for|during) ", text, re.I)
    start, end = case.asking
    asked = start <= case.source.raw.find(text.strip()) < end
    if case.evidence.task != "qa" or case.evidence.passage or not asked or None in (year, again, when):
        return False
    case.miss(_open(case), text.strip(), "time", "Which year do you mean?")
    return True


def _open(case: Case) -> bool:
    """Tell whether somebody may be asked and nothing is known of what the answer needs."""
    return case.evidence.task not in CLOSED and case.evidence.needed is None


def _needed(case: Case, text: str) -> bool:
    """Tell whether a text holds a number that the known derivation needs and that stands nowhere else."""
    needed = case.evidence.needed
    if needed is None or case.evidence.task in CLOSED:
        return False
    values = [number_value(m[0].strip("$€£%")) for m in re.finditer(r"[$€£]?\d[\d,]*(?:\.\d+)?%?|[^\W\d_]+", text)]
    left = [number_value(w) for w in case.left]
    return any(_among(v, needed) and v not in left and not _counted_out(case, text, v) for v in values if v is not None)


_ONE_BY_ONE = re.compile(
    r"\b(?:the (?:first|second|third|fourth|last|other|former|latter)|both|neither|one of (?:the|them))\b", re.I
)


def _counted_out(case: Case, text: str, value: float) -> bool:
    """Tell whether the rest goes through what a small number counts ("It has 2 planes. The first … The other …")."""
    return value <= 4 and _ONE_BY_ONE.search(case.source.raw.replace(text, " ")) is not None


def _among(value: float, needed: frozenset[float]) -> bool:
    shares = (value, value / 100, 1 - value / 100, 1 + value / 100, 100 - value, 100 + value)
    return any(abs(s - n) <= 1e-9 * max(1.0, abs(n)) for s in shares for n in needed)


def _matters(case: Case, at: int) -> bool:
    """Tell whether the sentence around ``at`` bears on the answer: it asks, or says a number that is needed."""
    if case.evidence.task in CLOSED:
        return False
    if case.evidence.needed is None:
        return case.asking[0] <= at < case.asking[1]
    start, end = next(((s, e) for s, e in case.source.sentences() if s <= at < e), (at, at))
    values = [number_value(m[0].strip("$€£%")) for m in re.finditer(r"[$€£]?\d[\d,]*(?:\.\d+)?%?|[^\W\d_]+",
                                                                  case.source.raw[start:end])]  # fmt: skip
    said = any(v is not None and _among(v, case.evidence.needed) for v in values)
    return said or case.asking[0] <= at < case.asking[1]


_EVERY = re.compile(r"\b(?:every|each|per) [a-z]+")


def _scope(case: Case, loss: Labelled) -> bool:
    start, end, _, label = loss
    kind = next(s for s in label.split("+") if "scope." in s).split("scope.")[-1].split("#")[0]
    for found in scopes(case.source.raw, kind):
        if found.gone == (start, end):
            value = number_value(re.sub(r"[^\d.]", "", found.value.split()[0])) if found.value else None
            if value is None and found.value:
                value = number_value(found.value.split()[0]) or {"twice": 2.0, "half": 0.5}.get(found.value)
            needed = case.evidence.needed
            sure = (
                case.evidence.task not in CLOSED and needed is not None and value is not None and _among(value, needed)
            )
            # "5 hours[ each] for two weeks" beside "4 hours every week" is read so, too.
            sure = sure and not (kind == "share" and _EVERY.search(case.source.raw[:start] + case.source.raw[end:]))
            case.miss(sure, case.source.raw[start:end].strip(), "scope", found.ask)
            return True
        if (start, end) in [e[:2] for e in found.edits]:
            return True  # goes with the other
    return False


def _topic(case: Case, loss: Labelled, role: str) -> bool:
    """Note a message of which only what it is about stays, or what is new in it beside a message that nobody has seen."""
    start, end, _, _ = loss
    text = case.source.raw[start:end].strip(" ?.!")
    content = [w for w in WORD.findall(text) if w.lower() not in case.lexis.polite]
    if content and not any(m["kind"] == "question" for m in case.verdict.missing):
        topic, raw = _FRONT.sub("", " ".join(case.left)), " ".join(case.source.raw.split())
        at = raw.lower().find(topic)
        topic = raw[at : at + len(topic)] if at >= 0 else topic  # with its capitals
        ask = f"What would you like to know about “{topic}”?"
        if role == "follow":
            ask = f"I cannot see what you asked before “{topic}”. What is your question?"
        # Whoever sends a thing's name alone wants to know what it is, as far as one can tell: "[What is a ]twin prime".
        case.miss(_open(case) and not _WHAT_IS.fullmatch(text), text, "question", ask, raw)
    return True


_FRONT = re.compile(r"^(?:(?:ok|and|also|what|how|about) )+", re.IGNORECASE)
_WHAT_IS = re.compile(
    r"(?:what|who)(?: is| are| was| were|['’]?s)(?: an?| the)?|define(?: an?| the)?"
    r"|(?:(?:please |can you |could you |i want to |i need to )*(?:(?:find|get|give|show|provide|tell|look|search|learn|explain|describe|read)"
    r"(?: me| us| up| for| out)?|what do you know|know|what can you tell me)(?: (?:an?|some|any|more|the|all|information|info|details|facts|"
    r"something|everything|overview|results|of|about|on|for))*)",
    re.IGNORECASE,
)


def _broken(case: Case, loss: Labelled, role: str) -> None:
    """Note a false premise; or a contradiction where the answer hangs on what is said twice."""
    if role == "premise" and case.evidence.task not in CLOSED:
        case.verdict.broken = True
        return
    said = _contradicted(case, loss)
    # Of a sum without a derivation nobody knows whether it takes what is said twice.
    sure = (case.evidence.all_slots and case.evidence.task != "math") or _needed_there(case, said)
    # A share may come out alike whichever of the two holds: "There are 100 (or 140) plants. A fourth … What percent …?"
    if said and sure and case.evidence.task not in CLOSED and not _SHARE.search(case.source.raw):
        case.verdict.broken = True
    else:
        case.verdict.doubt = True


_SHARE = re.compile(
    r"\b(?:what|which|the) (?:\w+ )?(?:percent(?:age)?|%|fraction|ratio|proportion|portion)\b(?=[^.]*\?)", re.IGNORECASE
)


def _contradicted(case: Case, loss: Labelled) -> str:
    """Find the statement that what was put in contradicts: the one that it says again, else the one that it stands in."""
    told = _plain(loss[2])
    spans = [(case.source.raw[start:end], start, end) for start, end in case.source.sentences()]
    for said, _, _ in spans:
        if (plain := _plain(said)) and told[-len(plain) :] == plain:
            return said
    if any(2 * len(set(told) & set(_plain(said))) > len(set(_plain(said))) for said, _, _ in spans):
        return ""  # said again in words that a later step has changed
    return next((said for said, start, end in spans if start < loss[0] < end), "")


def _needed_there(case: Case, said: str) -> bool:
    needed, cancels = case.evidence.needed or frozenset(), case.evidence.cancels
    told = [_value(m) for m in re.finditer(_NUMERAL, case.source.raw)]
    values = (_value(m) for m in re.finditer(_NUMERAL, said))
    # "3 chapters" are not the 3 pages that the derivation takes.
    return any(v is not None and v not in cancels and _among(v, needed) and told.count(v) == 1 for v in values)


_NUMERAL = r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+"


def _value(m: re.Match[str]) -> float | None:
    return number_value(m[0])


def _plain(sentence: str) -> list[str]:
    """List a sentence's words without its numbers ("It costs $5." -> ["it", "costs"])."""
    return [w.lower() for w in WORD.findall(sentence) if number_value(w) is None and not w[:1].isdigit()]
