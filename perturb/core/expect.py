"""What a right answer now is, worked out from what was really changed. Pure: lists and evidence are given.

``same``: the gold answer holds; ``any_of``: several answers are right now; ``clarify``: needed information is gone,
so the right behaviour is to ask; ``abstain``: the premise is false or contradictory; ``unsure``: cannot be decided.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perturb.core.edits import Labelled, apply
from perturb.core.text import NAME, SLOT, WORD, Text
from perturb.core.values import NUMBER_WORDS, number_value, same_name

EXPECTATIONS = ("same", "any_of", "clarify", "abstain", "unsure")
CLOSED = frozenset({"choice", "intent"})


class Lexis(NamedTuple):
    """Word lists that ``expect`` reads: function words, polite words, slot words' kinds, first names' kinds (f, m, u)."""

    functions: frozenset[str]
    polite: frozenset[str]
    kinds: dict[str, str]
    genders: dict[str, str]


@dataclass(frozen=True)
class Evidence:
    """What is known of an answer's needs: the task, and the numbers that enter its derivation.

    ``needed`` is None where nothing is known; ``all_slots`` says that every slot is an argument of the answer.
    """

    task: str = "qa"
    needed: frozenset[float] | None = None
    all_slots: bool = False


@dataclass
class Verdict:
    """An expectation, what is missing, and whether anything was left undecided."""

    missing: list[dict[str, str]] = field(default_factory=list)
    doubt: bool = False

    def settle(self) -> str:
        """Give the expectation: a need that is gone for sure outweighs a doubt."""
        return "clarify" if self.missing else "unsure" if self.doubt else "same"


class Change(NamedTuple):
    """One field's source and its log."""

    field: str
    source: Text
    edits: Sequence[Labelled]


def expect(changes: Iterable[Change], is_loss: Callable[[str], str], lexis: Lexis, evidence: Evidence) -> Verdict:
    """Work out what to expect of a variant (a needed "16" became "some" -> clarify, missing "16").

    ``is_loss(label)`` gives the role of a step that may lose something ("cut", "vague", "reference") and "" for
    all others: these kept every slot and name by construction, so their edits are not looked at.
    """
    verdict = Verdict()
    for change in changes:
        losses = [e for e in change.edits if any(is_loss(s) for s in e[3].split("+"))]
        if losses:
            _judge(change, losses, is_loss, lexis, evidence, verdict)
    return verdict


def _judge(
    change: Change,
    losses: list[Labelled],
    is_loss: Callable[[str], str],
    lexis: Lexis,
    evidence: Evidence,
    verdict: Verdict,
) -> None:
    source = change.source
    after = apply(source.raw, change.edits)
    left = [w[0].lower() for w in WORD.finditer(after)]
    open_task = evidence.task not in CLOSED
    asked = _question_gone(source, change.edits, lexis)
    if asked:
        _miss(verdict, open_task, change.field, asked, "question", "What would you like to know?")
    elif _stops_short(source, losses, after, lexis):
        last = " ".join(after.split()[-3:])
        # A worked derivation whose numbers all stay can be answered though the last words are gone.
        sure = open_task and evidence.needed is None
        _miss(verdict, sure, change.field, source.raw[losses[-1][0] : losses[-1][1]].strip(), "rest",
              f"Your message stops at “{last}”. Could you send the rest?")  # fmt: skip
    for loss in losses:
        roles = {is_loss(s) for s in loss[3].split("+")} - {""}
        _judge_words(change.field, source, loss, left, lexis, evidence, verdict, roles)


def _miss(verdict: Verdict, sure: bool, where: str, text: str, kind: str, ask: str) -> None:
    if sure:
        verdict.missing.append({"field": where, "text": text, "kind": kind, "ask": ask})
    else:
        verdict.doubt = True


def _judge_words(
    where: str,
    source: Text,
    loss: Labelled,
    left: list[str],
    lexis: Lexis,
    evidence: Evidence,
    verdict: Verdict,
    roles: set[str],
) -> None:
    """Look at each word that an edit took away: is it needed, spare, or undecided?"""
    start, end, new, _ = loss
    stay = [w[0].lower() for w in WORD.finditer(new)]
    told = {v for v in (number_value(m[0]) for m in _TOKEN.finditer(new)) if v is not None}
    spare_numbers, doubts = 0, False
    unnamed: list[str] = []
    names: dict[str, None] = {}
    for m in _TOKEN.finditer(source.raw):
        word, at = m[0], m.start()
        if m.end() <= start:
            continue
        if at >= end:
            break
        low = word.lower()
        if (
            low in stay
            or all(part in stay for part in re.split(r"[\s-]+", low))
            or (len(low) > 3 and any(same_name(low, s) for s in stay))
        ):
            continue
        level = source.mask[at]
        if told and number_value(low) in told:
            continue  # the same number, written otherwise
        if level == SLOT:
            outcome = _slot(where, source, at, low, left, lexis, evidence, verdict)
            spare_numbers += outcome == "spare"
            doubts |= outcome == "doubt"
        elif level == NAME:
            low_end = source.run(at)
            names[source.raw[max(low_end[0], start) : min(low_end[1], end)].strip()] = None
        elif (
            low not in lexis.functions
            and low not in lexis.polite
            and (roles == {"vague"} or not _said_elsewhere(low, left))
        ):
            if "reference" in roles and stay and not _said_elsewhere(low, left):
                unnamed.append(word)
            else:
                doubts = True  # a word made vaguer is no longer tied to its other mentions
    if unnamed:
        # Where other sentences or a worked derivation may tell, it is not certain that somebody has to ask.
        sure = evidence.task not in CLOSED and evidence.needed is None and len(source.sentences()) == 1
        _miss(verdict, sure, where, source.raw[start:end], "reference", f"What do you mean by “{new.strip()}”?")
    for name in names:
        doubts |= _name(where, source, name, left, stay, lexis, evidence, verdict)
    # In a worked derivation a passage whose every number is unused says nothing that the answer needs.
    if doubts and not (evidence.needed is not None and spare_numbers):
        verdict.doubt = True


_WORDED = "|".join(sorted(NUMBER_WORDS, key=lambda w: (-len(w), w)))
# A number in words is one token ("forty-eight"): its parts say nothing by themselves.
_TOKEN = re.compile(
    rf"[$€£¥₹]?\d+(?:,\d+)*(?:\.\d+)?%?|\b(?:{_WORDED})(?:(?:-|[ ]+(?:and[ ]+)?)(?:{_WORDED}))*\b|[^\W\d_]+(?:['’][^\W\d_]+)*",
    re.I,
)
_MULTIPLES = {"once": 1.0, "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "thrice": 3.0, "triple": 3.0,
              "tripled": 3.0, "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
              "dozen": 12.0, "dozens": 12.0, "pair": 2.0, "pairs": 2.0, "couple": 2.0, "fifth": 0.2, "fifths": 0.2,
              "quadruple": 4.0, "single": 1.0}  # fmt: skip


def _slot(
    where: str, source: Text, at: int, low: str, left: list[str], lexis: Lexis, evidence: Evidence, verdict: Verdict
) -> str:
    """Judge a lost slot word: "needed", "spare", "doubt" or "nothing"."""
    value = number_value(low.strip("$€£¥₹%")) if low not in _MULTIPLES else _MULTIPLES[low]
    kind = "number" if value is not None else lexis.kinds.get(low, "")
    start, end = source.run(at)
    start, end = min(start, at), max(end, at + len(low))  # "forty-eight" is two runs
    text = source.raw[start:end].strip()
    if value is not None:
        before = source.raw[:start].lower().split()
        if (evidence.all_slots and low == "one") or (low in _ORDINALS and before and before[-1] == "the"):
            return "doubt"  # more often a pronoun than an argument; one of a row, not a share
        if evidence.all_slots and any(w in _MONTHS for w in source.raw[max(0, start - 16) : start].lower().split()):
            kind, text = "time", source.raw[max(0, start - 16) : end].split(None, 1)[-1]
            return "needed" if any(m["kind"] == "time" for m in verdict.missing) else _when(verdict, where, text)
        if evidence.all_slots:
            _miss(verdict, True, where, text, "number", ask_number(source, start, end))
            return "needed"
        if evidence.needed is None:
            return "doubt"
        if _in(value, evidence.needed, low):
            if any(number_value(w) == value for w in left):
                return "doubt"  # another mention of that value stays; which one the answer uses is not known
            if not any(m["text"] == text and m["field"] == where for m in verdict.missing):
                _miss(verdict, True, where, text, "number", ask_number(source, start, end))
            return "needed"
        return "doubt" if low in _MULTIPLES or _derived(value, evidence.needed) else "spare"
    if kind == "question":
        return _question_word(source, at, low)
    if kind == "unit" or low in ("$", "€", "£"):
        return "nothing"  # goes with its number
    if kind == "time" and evidence.all_slots:
        return "needed" if any(m["kind"] == "time" for m in verdict.missing) else _when(verdict, where, text)
    return "doubt"


_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth quarter".split())
_MONTHS = frozenset("january february march april may june july august september october november december".split())


def _when(verdict: Verdict, where: str, text: str) -> str:
    _miss(verdict, True, where, text, "time", "When?")
    return "needed"


def _in(value: float, needed: frozenset[float], low: str) -> bool:
    if _near(value, needed):
        return True
    shares = (value / 100, 1 - value / 100, 1 + value / 100, 100 - value, 100 + value)
    if low.endswith("%") or value <= 100:
        if low.endswith("%"):
            return any(_near(v, needed) for v in shares)
    return low in _MULTIPLES and value < 1 and _near(1 / value, needed)


def _derived(value: float, needed: frozenset[float]) -> bool:
    """Tell whether a value may stand behind a step in another unit or as a share (2 hours as 120 minutes)."""
    if value == 0:
        return True
    factors = (60, 1 / 60, 12, 1 / 12, 7, 24, 1000, 1 / 1000, 100, 1 / 100, 0.5, 2, 1 / 3, 52, 365, 30, 36, 16, 3, 5280)
    if any(_near(value * f, needed) for f in factors):
        return True
    return any(_near(v, needed) for v in (value + 1, value - 1, 1 / value, 1 - 1 / value, 1 + value, 100 - value))


def _near(value: float, needed: frozenset[float]) -> bool:
    return any(abs(value - n) <= 1e-6 * max(1.0, abs(n)) for n in needed)


def _question_word(source: Text, at: int, low: str) -> str:
    """Judge a lost question word: "what/which X" and "how do I" leave the request; "how many" or "why" do not."""
    after = source.raw[at + len(low) :].lower().split()[:2]
    if low in ("what", "which", "whats"):
        return "nothing"
    if low == "how" and after[:1] and after[0] in ("do", "can", "to", "would", "should", "could", "does"):
        return "nothing"
    if low == "that" or (low in ("who", "where", "when") and at > 0 and not _begins_sentence(source, at)):
        return "doubt"
    return "doubt"


def _begins_sentence(source: Text, at: int) -> bool:
    return any(start == at for start, _ in source.sentences())


def _name(
    where: str,
    source: Text,
    name: str,
    left: list[str],
    stay: list[str],
    lexis: Lexis,
    evidence: Evidence,
    verdict: Verdict,
) -> bool:
    """Judge a lost name; True where it stays in doubt.

    A pronoun in its place leaves the sense where no other name in the text can be meant by it.
    """
    bare = _bare(name)
    others = {n for n in _names(source) if n not in bare.split()}
    personal = bool(stay) and stay[0] in _PERSONAL
    known = {n for n in others if n in lexis.genders and _may_be(n, stay[0], lexis)} if personal else set()
    if personal and not known:
        if evidence.task == "math" or any(_bare(w) in bare.split() for w in left):
            return not others <= lexis.genders.keys()  # other names may be people or shops: nobody can tell
    elif any(_bare(w) == bare.split()[0] for w in left):
        return bool(stay)  # named elsewhere; yet with a pronoun for it that may mean another
    elif evidence.task == "math" and not others:
        return False  # only one person in the problem: nobody else can be meant
    if evidence.task in CLOSED or any(_bare(w) in bare.split() for w in left):
        return True  # of a longer name a part may say enough ("Malala")
    if evidence.task in ("chat", "instruct") and not evidence.all_slots and not personal and not stay:
        return True  # without a gold answer, a detail that went may be no loss to the request
    if not any(m["text"] == name and m["field"] == where for m in verdict.missing):
        ask = "Who do you mean?" if stay and stay[0] in _PERSONAL else "Which one do you mean?"
        _miss(verdict, True, where, name, "name", ask)
    return False


def _bare(name: str) -> str:
    return name.lower().replace("’", "'").removesuffix("'s")


def _may_be(name: str, pronoun: str, lexis: Lexis) -> bool:
    """Tell whether a pronoun may mean a name ("anna", "he" -> False; a name of unknown kind: yes)."""
    kind = lexis.genders.get(name, "u")
    if pronoun in ("he", "him", "his"):
        return kind != "f"
    return kind != "m" if pronoun in ("she", "her", "hers") else True


_PERSONAL = frozenset("he she they him her them his their".split())


def _names(source: Text) -> set[str]:
    return {
        m[0].lower().replace("’", "'").removesuffix("'s")
        for m in WORD.finditer(source.raw)
        if source.mask[m.start()] == NAME
    }


def _said_elsewhere(low: str, left: list[str]) -> bool:
    stem = _stem(low)
    return any(w == low or _stem(w) == stem for w in left)


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    for ending in ("ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")


def _question_gone(source: Text, edits: Sequence[Labelled], lexis: Lexis) -> str:
    """Give the sentence that asks where it is wholly gone while others stay, else ""."""
    sentences = source.sentences()
    asking = [s for s in sentences if source.raw[s[0] : s[1]].rstrip("\"'”’)").endswith("?")]
    if len(sentences) < 2 or not asking:
        return ""
    start, end = asking[-1]
    words = [(m.start(), m[0].lower()) for m in WORD.finditer(source.raw, start, end)]
    content = [at for at, low in words if low not in lexis.functions]
    if not content and len(asking) == 1:
        content = [at for at, _ in words]  # "What can I do now?"
    gone = [at for at in content if any(s <= at < e and not new.strip() for s, e, new, _ in edits)]
    return source.raw[start:end] if content and len(gone) == len(content) else ""


def _stops_short(source: Text, losses: list[Labelled], after: str, lexis: Lexis) -> bool:
    """Tell whether the text was cut off at its end and visibly stops: on a function word or inside a word."""
    start, end, _, label = losses[-1]
    if end < len(source.raw.rstrip(" \t\n.?!")) or not after.strip():
        return False
    words = WORD.findall(after)
    if not words or not any(s.startswith("cut.") for s in label.split("+")):
        return False
    inside = 0 < start < len(source.raw) and source.raw[start - 1].isalnum() and source.raw[start].isalnum()
    last, gone = words[-1].lower(), source.raw[start:end].split()
    if last in ("in", "on") and gone:  # "log in" may end so; "died in" before a year, a name or an article does not
        at = source.raw.find(gone[0], start)
        return source.mask[at] in (NAME, SLOT) or gone[0].lower() in DANGLING
    return inside or last in DANGLING


# Words that no message ends on: articles, prepositions before their noun, conjunctions, possessives.
DANGLING = frozenset(
    "a an the of and or but if because my your his their our its than as from with into onto at by for to is are was "
    "were am be can could will would should does do did has have that which whose every each i i'm it's there's very so "
    "between during about without when where while until since unless".split()
)


def ask_number(source: Text, start: int, end: int) -> str:
    """Write the question that asks for a lost number ("16 eggs" -> "How many eggs?")."""
    text = source.raw[start:end].strip()
    if text[:1] in "$€£¥₹" or text[-1:] in "€£":
        return "How much money is it?"
    if text.endswith("%") or "percent" in text.lower():
        return "What percentage is it?"
    unit = WORD.findall(text)
    if len(unit) > 1 and unit[-1].isalpha() and number_value(unit[-1]) is None:
        return f"How many {unit[-1].lower()}?"
    for m in WORD.finditer(source.raw, end):
        if "." in source.raw[end : m.start()] or source.mask[m.start()] == SLOT:
            break
        if m[0].isalpha() and len(m[0]) > 2 and m[0].endswith("s"):
            return f"How many {m[0].lower()}?"
        if m.start() > end + 30:
            break
    before = " ".join(source.raw[:start].split()[-3:])
    return f"Which number comes after “{before}”?" if before else "Which number is it?"
