"""Texts with more than one reading, and texts that break: which reading the gold answers, what else it may mean, how to ask.

The transforms of ``scope`` and the judge of what to expect go by the same forms, so that a question is written from the very words
that went ("60% of the price" without "of the price" -> "Is it 60% of the price, or 60% off it?").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perturb.core.edits import Labelled
from perturb.core.text import NAME, WORD, Text
from perturb.core.values import number_value
from perturb.core.verdict import CLOSED, Case

BREAKING = frozenset(("premise", "contradiction"))  # what is put in is false, or contradicts the rest
ROLES = BREAKING | {"scope", "referent", "absent", "topic", "subject", "sense"}


class Reading(NamedTuple):
    """Words that settle which of two things is meant: edits that leave them out, what goes, what to ask, the value at stake."""

    edits: tuple[tuple[int, int, str], ...]
    gone: tuple[int, int]
    ask: str
    value: str


_AMOUNT = r"[$€£]?\d[\d,]*(?:\.\d+)?"
_WORDED = "two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty"
_PRICE = r"(?:the |its |their )(?:original |regular |full |normal |usual |retail |first )?(?:price|cost|value|amount)"
_STOP = r"(?=[.,;?]|$| (?:and|but|while|for|if|how|to) )"
_OF = re.compile(
    rf"(?P<verb>\b(?:cost|costs) (?:only )?)?(?P<n>\d+(?:\.\d+)?%)(?P<gone> (?P<of>of|off)(?: of)? {_PRICE}){_STOP}"
)
_OFF = re.compile(r"\b(?:is|are|was|were|get|gets|got|at) (?:an? )?(?:extra )?(?P<n>\d+(?:\.\d+)?%)(?P<gone> (?P<of>off)"
                  r"(?: its| their)?)(?=[.,;?]|$)")  # fmt: skip
_EACH = re.compile(
    rf"(?P<n>(?:{_AMOUNT}|\b(?:{_WORDED}))(?: [a-z]+){{0,3}}?)(?P<gone>,? (?:each|apiece|per person)){_STOP}"
)
_EACH_DID = re.compile(
    r"(?<=[a-z] )(?P<gone>each )(?=(?:bought|ate|had|have|gave|got|paid|made|sold|earned|spent|need|ran|drank|took|brought|"
    rf"received|donated|contributed|ordered|picked|read|baked|put) (?P<n>(?:{_AMOUNT}|\b(?:{_WORDED}))(?: [a-z]+)?))"
)
_PER = re.compile(
    rf"(?P<n>(?:{_AMOUNT}|\b(?:{_WORDED}))(?: [a-z]+){{0,3}}?)(?P<gone> (?:a|an|per|every|each) "
    rf"(?P<unit>day|week|month|hour|minute|year|night|shift|class|game|visit|trip)){_STOP}"
)
_THAN = re.compile(
    rf"\b(?P<n>{_AMOUNT}|twice|half|{_WORDED}|three times)(?: [a-z]+){{0,3}}? (?P<how>more|fewer|less|older|younger|taller|longer)"
    r"(?: [a-z]+){0,2}?(?P<gone> than (?P<who>[A-Z][a-z]+))(?=[.,;?]|$)"
)
_AS = re.compile(
    rf"\b(?P<n>twice|half|{_AMOUNT} times|(?:{_WORDED}) times) as (?P<how>many|much|old|long|tall)(?: [a-z]+){{0,3}}?"
    r"(?P<gone> as (?P<who>[A-Z][a-z]+))(?=[.,;?]|$)"
)
_BOTH = re.compile(r"\b(?P<how>[a-z]{3,}) (?P<one>[a-z]{3,}s|men) and (?P<gone>(?P=how) )(?P<two>[a-z]{3,}s|women)\b")


def scopes(raw: str, kind: str) -> Iterator[Reading]:
    """Find words that settle a scope or an attachment ("percent": of or off; "share": each or altogether; "than"; "both")."""
    if kind == "percent":
        for m in (*_OF.finditer(raw), *_OFF.finditer(raw)):
            verb = m.groupdict().get("verb") or ""
            edits = [(*m.span("gone"), "")]
            if verb:
                edits.insert(0, (m.start("verb"), m.end("verb"), "are " if verb.startswith("cost ") else "is "))
            n = m["n"]
            yield Reading(tuple(edits), m.span("gone"), f"Is it {n} of the price, or {n} off it?", n)
    elif kind == "share":
        for m in (*_EACH.finditer(raw), *_EACH_DID.finditer(raw)):
            if not _priced(raw, m.start("n")):
                yield _alone(m, f"Is it {m['n']} for each, or {m['n']} altogether?")
        for m in _PER.finditer(raw):
            if len(re.findall(rf"\b{m['unit']}|\bdaily\b|\bweekly\b", raw)) == 1:
                said = " ".join(m["gone"].split())
                yield _alone(m, f"Is it {m['n']} {said}, or {m['n']} altogether?")
    elif kind == "than":
        names = dict.fromkeys(
            m[0] for m in re.finditer(r"(?<=[a-z,;] )[A-Z][a-z]+\b|^[A-Z][a-z]+(?= (?:is|has|had)\b)", raw)
        )
        for m in (*_THAN.finditer(raw), *_AS.finditer(raw)):
            others = [n for n in names if n != m["who"] and not raw[: m.start()].endswith(n)]
            if len(others) > 1:
                how = f"as {m['how']} as" if " as " in m["gone"] else f"{m['how']} than"
                yield _alone(m, f"{how[0].upper()}{how[1:]} whom: {m['who']} or {others[0]}?")
    elif kind == "both":
        for m in _BOTH.finditer(raw):
            if m["how"] not in ("the", "and", "for", "his", "her", "our", "all", "two", "six", "ten", "more", "some"):
                yield _alone(m, f"Are the {m['two']} {m['how']} too, or only the {m['one']}?")


def _alone(m: re.Match[str], ask: str) -> Reading:
    return Reading(((*m.span("gone"), ""),), m.span("gone"), ask, m["n"] if "n" in m.groupdict() else "")


def _priced(raw: str, at: int) -> bool:
    """Tell whether a price is told of things one by one as it is ("apples are $.75")."""
    return raw[at : at + 1] in "$€£" and bool(
        re.search(r"\b(?:is|are|was|were|costs?|costing|for) (?:only )?$", raw[:at])
    )


# -- what to expect of them -----------------------------------------------------------------------------------------


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
    if role == "scope":
        return _scope(case, loss)
    if role == "referent":
        asked = _candidates(case, text, new)
        case.miss(_matters(case, start) and bool(asked), text.strip(), "reference", asked or "Who or what do you mean?")
        return True
    if role == "sense":
        others = case.lexis.senses.get(text.lower(), ())
        case.miss(_open(case), text, "sense", f"Which {new.strip()} do you mean: {_listed((text.lower(), *others))}?")
        return True
    if role == "topic":
        return _topic(case, loss)
    if not any(c.isalnum() for c in text):
        return True  # a mark that went with the rest
    if role == "subject":
        case.miss(_open(case), text.strip(), "reference", "What are you writing about?")
    else:  # "absent"
        thing = next((w for w in ("screenshot", "photo", "picture", "file") if w in new), "attachment")
        case.miss(_open(case) or _needed(case, text), text.strip(), "attachment",
                  f"I can see no {thing} here. Could you send it again, or tell me what it shows?")  # fmt: skip
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
    return any(_among(v, needed) and v not in left for v in values if v is not None)


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
            case.miss(sure, case.source.raw[start:end].strip(), "scope", found.ask)
            return True
        if (start, end) in [e[:2] for e in found.edits]:
            return True  # goes with the other
    return False


def _candidates(case: Case, name: str, pronoun: str) -> str:
    """Ask which of those is meant who are named before ("Who is “she”: Anna or Beth?"), "" where there is but one."""
    raw = case.source.raw
    bare = name.removesuffix("'s").removesuffix("’s").strip()
    if pronoun.strip().lower() in ("them", "of them", "those"):
        return f"How many of which: {_listed(counted(raw))}?" if len(counted(raw)) > 1 else ""
    kind = case.lexis.genders.get(bare.lower(), "u")
    names = dict.fromkeys(m[0].removesuffix("'s").removesuffix("’s") for m in WORD.finditer(raw)
                          if case.source.mask[m.start()] == NAME)  # fmt: skip
    others = [n for n in names if n != bare and case.lexis.genders.get(n.lower()) in (kind, "u")]
    return f"Who is “{pronoun.strip().lower()}”: {_listed((bare, *others[:3]))}?" if others else ""


_COUNTED = re.compile(rf"\b(?:\d[\d,]*|{_WORDED}) (?:[a-z]+ )?([a-z]{{3,}}s)\b")
_MEASURES = frozenset(
    "times days weeks months years hours minutes seconds miles feet inches dollars cents percent pounds ounces yards meters "
    "liters gallons degrees points steps kilometers others was has".split()
)


def counted(raw: str) -> tuple[str, ...]:
    """List the things that a text counts ("3 red apples and 4 pears" -> ("apples", "pears"))."""
    return tuple(n for n in dict.fromkeys(m[1] for m in _COUNTED.finditer(raw)) if n not in _MEASURES)


def _listed(things: tuple[str, ...]) -> str:
    return ", ".join(things[:-1]) + f" or {things[-1]}" if len(things) > 1 else "".join(things)


def _topic(case: Case, loss: Labelled) -> bool:
    """Note a message of which only what it is about stays."""
    start, end, _, _ = loss
    text = case.source.raw[start:end].strip(" ?.!")
    content = [w for w in WORD.findall(text) if w.lower() not in case.lexis.polite]
    if content and not any(m["kind"] == "question" for m in case.verdict.missing):
        topic = " ".join(case.left)
        case.miss(_open(case), text, "question", f"What would you like to know about “{topic}”?")
    return True


def _broken(case: Case, loss: Labelled, role: str) -> None:
    """Note a false premise; or a contradiction where the answer hangs on what is said twice."""
    if role == "premise":
        case.verdict.broken = True
        return
    told = _plain(loss[2])
    for start, end in case.source.sentences():
        said = case.source.raw[start:end]
        if _plain(said) == told:
            sure = case.evidence.all_slots or _needed_there(case, said)
            if sure and case.evidence.task not in CLOSED:
                case.verdict.broken = True
                return
    case.verdict.doubt = True


def _needed_there(case: Case, said: str) -> bool:
    needed = case.evidence.needed or frozenset()
    values = (number_value(m[0]) for m in re.finditer(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+", said))
    return any(v is not None and _among(v, needed) for v in values)


def _plain(sentence: str) -> list[str]:
    """List a sentence's words without its numbers ("It costs $5." -> ["it", "costs"])."""
    return [w.lower() for w in WORD.findall(sentence) if number_value(w) is None and not w[:1].isdigit()]


__all__ = ["BREAKING", "ROLES", "Reading", "Text", "counted", "judge_reading", "scopes"]
