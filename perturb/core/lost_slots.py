"""A slot word that an edit took away: does the answer need it?"""

from __future__ import annotations

import re
from itertools import combinations

from perturb.core.asked_number import asked_for
from perturb.core.edits import Labelled
from perturb.core.elsewhere import bounded, had_elsewhere, lists_itself
from perturb.core.lost_questions import question_word
from perturb.core.readings import rest_of_total
from perturb.core.stems import stem
from perturb.core.values import MONTHS, number_value
from perturb.core.verdict import Case

_MULTIPLES = {"once": 1.0, "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "thrice": 3.0, "triple": 3.0,
              "tripled": 3.0, "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
              "dozen": 12.0, "dozens": 12.0, "pair": 2.0, "pairs": 2.0, "couple": 2.0, "fifth": 0.2, "fifths": 0.2,
              "quadruple": 4.0, "single": 1.0}  # fmt: skip
_ROW = frozenset("pair couple single first second third fourth fifth sixth seventh eighth ninth tenth quarter".split())
_OFTEN = frozenset("hourly daily nightly weekly monthly quarterly yearly annually annual".split())


def judge_slot(case: Case, at: int, low: str, loss: Labelled, *, seen: bool = True) -> str:
    """Judge a lost slot word: "needed", "spare", "doubt" or "nothing"; "unclear" is a number's doubt, which stays.

    ``loss`` is the edit that took it. Not ``seen``: another value stands there.
    """
    value = number_value(low.strip("$€£¥₹%")) if low not in _MULTIPLES else _MULTIPLES[low]
    kind = "number" if value is not None else case.lexis.kinds.get(low, "")
    start, end = case.source.run(at)
    start, end = min(start, at), max(end, at + len(low))  # "forty-eight" is two runs
    if value == 2 and "couple" in loss[2]:
        return "unclear"  # most take it for two
    if low == "half" and _HALVES.search(case.source.raw, max(0, at - 9), at + 13):
        return "doubt"  # milk and cream
    if kind in ("number", "time") and _no_call_needs(case, kind, start, end):
        return "doubt"
    if (
        "vague.number" in loss[3]
        and case.evidence.all_slots
        and (value in _ROUND.get(loss[2].strip().lower(), ()) or _anyhow(case, start, end))
    ):
        return "doubt"
    if value is not None:
        return _number(case, value, low, start, end, loss) if seen else _misread(case, value, low)
    if kind == "question":
        return question_word(case, at, low)
    if kind == "unit" and any(c.isdigit() for c in case.source.raw[start:at]) and start < loss[0]:
        return "doubt"  # "the next 6 months" without "months"
    if kind == "unit" or low in ("$", "€", "£"):
        return "nothing"  # goes with its number
    asked = case.asking[0] <= at < case.asking[1]  # "I travel in December. What is the weather now?"
    if kind == "time" and case.evidence.all_slots and case.evidence.task != "math" and asked:
        if low == "today" or (low in _OFTEN and "vague.qualifier" in loss[3]):
            return (
                "doubt"  # a sum invested today grows as well on another day; "a yearly yield" is one without the word
            )
        whole = case.source.raw[loss[0] : loss[1]].strip(" ,.?!")  # "on April 22nd 2023", not "April" alone
        return _when(case, whole if len(whole.split()) < 7 else case.source.raw[start:end].strip())
    return "doubt"


_ROUND = {"a hundred or so": (100.0,), "a thousand or so": (1000.0,)}  # most would take just that
_HALVES = re.compile(r"\bhalf[ -](?:and|n|&)[ -]half\b", re.IGNORECASE)


def _no_call_needs(case: Case, kind: str, start: int, end: int) -> bool:
    """Tell whether no function takes such a value, or can do without the one that it is for ("with a review score of [4]")."""
    evidence, raw = case.evidence, case.source.raw
    if not evidence.all_slots or evidence.wants is None:
        return False
    before = re.split(r"[,;]|\band\b", raw[:start])[-1].split()[-4:]
    near = {stem(w.lower()) for w in (*before, *re.findall(r"\w+", re.split(r"[,;.]", raw[end:])[0])[:3])}
    return kind not in evidence.wants or bool(near & evidence.spares)


def _anyhow(case: Case, start: int, end: int) -> bool:
    """Tell whether a request is met with about as many: of what is looked for ("find [5] restaurants"), of a span ("the last [2] weeks")."""
    raw = case.source.raw
    return _SOME_DAYS.search(raw, max(0, start - 16), start) is not None or (
        _SOUGHT.search(raw, max(0, start - 40), start) is not None
        and re.match(r" [a-z]+(?: [a-z]+)?s\b", raw[end:]) is not None
    )


_SOME_DAYS = re.compile(r"\b(?:last|past|next|coming|upcoming|following|previous) $", re.I)
_SOUGHT = re.compile(
    r"\b(?:find|give|show|list|recommend|suggest|search|fetch|get|look for|draw|serves?)(?: me| us| for)?(?: the)?(?: top| best| nearest)? $",
    re.I,
)


def _number(case: Case, value: float, low: str, start: int, end: int, loss: Labelled) -> str:
    raw, evidence, lost = case.source.raw, case.evidence, loss[:2]
    text = raw[start:end].strip()
    before = "".join(raw[:start].rsplit(None, 1)[-1:]).lower()
    if (evidence.all_slots and low == "one") or (low in _ROW and before == "the"):
        return "doubt"  # more often a pronoun than an argument; one of a row ("the third"), two people ("the pair")
    if evidence.all_slots and any(w in MONTHS for w in raw[max(0, start - 16) : start].lower().split()):
        return _when(case, raw[_month_before(raw, start) : end])
    if evidence.all_slots and _MONTH_NEXT.match(raw, end):
        return "doubt"  # "the 2nd of March": the month is asked for
    if (
        evidence.all_slots
        and evidence.task == "math"
        and ((low.isalpha() and value <= 3) or (value, before) == (1, "from"))
    ):
        return "doubt"  # "tangent at two points": as often told as given; a number "through 100" is one from 1
    if (
        evidence.all_slots
        and evidence.task == "math"
        and (
            value in case.values
            or _year(value, text, before)
            or _adds_up(case, value)
            or rest_of_total(raw, end, value)
        )
    ):
        return "doubt"  # it stands elsewhere, say in a drawing; tells when it was; or is the sum of those that are told
    if (value, evidence.all_slots) == (52, True) and re.search(r"\b(?:cards?|deck)\b", raw):
        return "doubt"  # a deck has so many
    if evidence.all_slots and evidence.task == "math" and not loss[2] and "vague.number" in loss[3]:
        return "doubt"  # "closer than to any of the [four ]corners": told of before, or known
    if evidence.all_slots and (
        _listed(raw, start, end, value) or lists_itself(case, end, value) or _now(case, raw, start, end)
    ):
        return "doubt"
    if evidence.all_slots and raw[lost[1] :].lstrip()[:1] == ":":
        return "doubt"  # "[with scores of sample 1]: 22, 33, 42"
    if evidence.all_slots and case.misses(text):
        return "needed"
    if evidence.all_slots:
        case.miss(True, text, "number", *asked_for(case, start, end, lost))
        return "needed"
    if evidence.needed is None:
        return "doubt"
    if value in evidence.cancels:
        return "nothing" if "vague.number" in loss[3] else "unclear"
    if _in(value, evidence.needed, low):
        if any(len(_COUNTED.findall(m[0])) == value for m in _LIST.finditer(raw)):
            return "unclear"  # as many things are listed ("5 scores: 65, 94, …")
        if before in ("the", "these", "those", "all") and low.isalpha() and value in (2, 3):
            return "unclear"  # "How much do the two pay": told of before
        if re.search(rf"\b1/{int(value)}\b", raw[: lost[0]] + " " + raw[lost[1] :]):
            return "unclear"  # "[4] friends … 1/4 more"
        if elsewhere := had_elsewhere(case, value, start, loss):
            return elsewhere
        if value in case.values and (before in _AGAIN or not _each_needed(case, value)):
            return "unclear"  # another mention of that value stays
        if not case.misses(text):
            case.miss(True, text, "number", *asked_for(case, start, end, lost))
        return "needed"
    if value in (2, 3, 4) and _ROW_BY_ROW.search(raw):
        return "unclear"  # "2 chapters. The first … the second": no third is to be counted
    if bounded(raw, end):
        return "unclear"  # "a bonus if she teaches more than 3 classes. … [4] classes"
    return "spare" if _spare(case, value, low) else "unclear"


_ROW_BY_ROW = re.compile(
    r"\b(?:first|second|third|fourth|other|remaining|rest|last|winner|loser|former|latter)\b", re.I
)


_MONTH_SAID = re.compile(rf"(?:\b(?:on|in|from|to|until|since) )?\b(?:{'|'.join(MONTHS)})\b", re.I)


def _month_before(raw: str, at: int) -> int:
    """Find where the month before a day or a year begins, with the small word before it ("on April 22", 9 -> 0)."""
    months = list(_MONTH_SAID.finditer(raw[:at]))
    return months[-1].start() if months and at - months[-1].start() < 24 else at


def _adds_up(case: Case, value: float) -> bool:
    """Tell whether three numbers that are there make up one that went ("30 students: 20 got 80, 8 got 90, 2 got 100").

    Or whether it is what two others leave of a total ("a total of 24 books: [8] on the first shelf, 10 on the second, 6 …").
    """
    told = sorted(v for v in case.values if v < value)[:12]
    rest = sorted(case.values)[:12] if _TOTAL.search(case.source.raw) else []
    return any(abs(a + b + c - value) < 1e-9 for a, b, c in combinations(told, 3)) or any(
        a + b + value in case.values for a, b in combinations(rest, 2)
    )


_TOTAL = re.compile(r"\b(?:total of|in all|altogether)\b", re.IGNORECASE)


def _listed(raw: str, start: int, end: int, value: float) -> bool:
    """Tell whether as many things follow as a number says ("the other two sides as 4 and 5", "[Two samples ][2, 3] and [4, 5]").

    Signs may stand before it ("The signs $+$, $-$ and $*$ stand for [three] digits").
    """
    if 1 < value == len(_SIGNS.findall(re.split(r"[.?!]\s", raw[:start])[-1])):
        return True
    rest = re.split(r"[.?!;]\s", raw[end:])[0]
    return 1 < value in (len(_COUNTED.findall(rest)), len(_POINTS.findall(rest)))


# "$A$, $B$, and $C$", "[2, 3] and [4, 5]", "(1, -2) and (3, 4)"
_POINTS = re.compile(r"\b[A-Z]\b(?=\$?(?:,|:| and|\W*$))|(?<=and )\$?[A-Z]\b|[\[(]-?[\d.]+(?:, ?-?[\d.]+)+[\])]")
_SIGNS = re.compile(r"\$[^$]+\$(?=,| and)|(?<=and )\$[^$]+\$")
_DURATION = re.compile(r"[\s-]*(?:hours?|days?|nights?|weeks?|months?|years?)\b", re.IGNORECASE)


def _now(case: Case, raw: str, start: int, end: int) -> bool:
    """Tell whether a time told beside a question for what is now is lost ("I stay for 5 days. What is the current weather?")."""
    spans = _DURATION.match(raw, end) or _DURATION.search(raw, start, end)
    asked = case.asking[0] <= start < case.asking[1]
    return (
        bool(spans) and not asked and bool(re.search(r"\b(?:current|currently|now|today)\b", raw[slice(*case.asking)]))
    )


def _year(value: float, text: str, before: str) -> bool:
    return 1500 <= value < 2100 and text.isdigit() and before in ("in", "year", "since")


def _each_needed(case: Case, value: float) -> bool:
    """Tell whether as many steps take a number as the text mentions it, each its own ("2 degrees … 3 hours … 3 degrees")."""
    uses = dict(case.evidence.uses).get(value, 0)
    if not uses or value in _KNOWN - {3.0, 16.0, 36.0}:
        return False  # some of the steps may bring it themselves
    said = sum(number_value(m[0].strip("$€£,")) == value for m in _NUMERAL.finditer(case.source.raw))
    return 1 < said <= uses


_MONTH_NEXT = re.compile(rf"(?:st|nd|rd|th)?,? (?:of )?(?:{'|'.join(MONTHS)})\b", re.I)
_AGAIN = frozenset("the these those all both its their such".split())  # "the 6 issue magazine" was told of before
_NUMERAL = re.compile(r"[$€£]?\d[\d,]*(?:\.\d+)?|[A-Za-z]+(?:-[A-Za-z]+)*")
_LIST = re.compile(r"\d+(?:\.\d+)?(?:, \$?\d+(?:\.\d+)?)+,? and \$?\d+")
_COUNTED = re.compile(r"\d+(?:\.\d+)?")


def _spare(case: Case, value: float, low: str) -> bool:
    """Tell whether a derivation surely does without a number: all that it takes is there still, and none of it in another unit.

    Once or nothing enters no derivation though it counts ("1 of each"); a share or a part is seldom said for nothing.
    """
    needed, told, complete = case.evidence.needed or frozenset(), case.evidence.told, case.evidence.complete
    if not complete or low in _MULTIPLES or low[-1:] == "%" or value <= 1 or value != value // 1:
        return False
    return not any(_near(value * f, needed | told) for f in _UNITS) and _closed(case, needed)


def _misread(case: Case, value: float, low: str) -> str:
    """Judge a number that was misread: nobody can see it, so nobody would ask."""
    needed = case.evidence.needed
    if needed is None:
        return "doubt"
    return "spare" if not _in(value, needed, low) and _spare(case, value, low) else "unclear"


def _when(case: Case, text: str) -> str:
    if not (case.misses(text) or any(m["kind"] == "time" or m["text"] in text for m in case.verdict.missing)):
        often = text.lower().split()[-1] in _OFTEN
        case.miss(True, text, "time", "How often?" if often else "When?")
    return "needed"


def _in(value: float, needed: frozenset[float], low: str) -> bool:
    """Tell whether a value stands in the derivation, a percentage also as a share, half as its inverse."""
    if _near(value, needed):
        return True
    if low.endswith("%"):
        shares = (value / 100, 1 - value / 100, 1 + value / 100, 100 - value, 100 + value)
        return any(_near(v, needed) for v in shares)
    return low in _MULTIPLES and value < 1 and _near(1 / value, needed)


_UNITS = (1, 100, 1 / 100, 60, 1 / 60, 12, 1 / 12, 1000, 1 / 1000, 7, 24, 16)  # one number in another unit

# What a derivation may bring itself: units of time, length and weight, and hundredths.
_KNOWN = frozenset({0.0, 0.01, 0.5, 1.0, 2.0, 3.0, 4.0, 7.0, 10.0, 12.0, 16.0, 24.0, 30.0, 36.0, 52.0, 60.0, 100.0, 365.0, 1000.0,
                    3600.0, 5280.0})  # fmt: skip


def _closed(case: Case, needed: frozenset[float]) -> bool:
    """Tell whether the derivation can be done with the numbers that the text still has, in any notation, and common units.

    Where it cannot, one that went may stand behind a step in another form (2 hours as 120 minutes).
    """
    told = set(case.values) | {_MULTIPLES[w] for w in case.left if w in _MULTIPLES}
    told |= {float(w) for w in case.left if w.isascii() and w.isdigit()}  # a fraction's too
    forms = {f for v in told for f in (v, v / 100, 1 - v / 100, 1 + v / 100, 100 - v, 100 + v)} | {
        1 / v for v in told if v
    }
    have = frozenset(forms)
    return all(n in _KNOWN or _near(n, have) for n in needed)


def _near(value: float, needed: frozenset[float]) -> bool:
    return any(abs(value - n) <= 1e-6 * max(1.0, abs(n)) for n in needed)
