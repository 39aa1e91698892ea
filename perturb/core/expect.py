"""What a right answer now is, worked out from what was really changed. Pure: lists and evidence are given.

``same``: the gold answer holds (without a gold: the request is the same); ``any_of``: several answers are right now;
``clarify``: needed information is gone, so the right behaviour is to ask; ``abstain``: the premise is false or
contradictory; ``unsure``: cannot be decided. All is judged on the finished log, so that a later step which touches what
an earlier verdict rests on (the other mention of a name, a premise put in) is judged with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from perturb.core.asked_number import ask_number
from perturb.core.asking import WISH, reply, stops_at
from perturb.core.calls import needed_by_call
from perturb.core.cut_words import stub
from perturb.core.edits import Labelled, apply
from perturb.core.guesses import guessed
from perturb.core.losses import judge_loss, values_in
from perturb.core.one_question import at_end, name_once
from perturb.core.said_in_full import much_said
from perturb.core.stems import stem
from perturb.core.telling import amount_in
from perturb.core.text import NAME, SLOT, WORD, Text
from perturb.core.unclear import ROLES, judge_reading
from perturb.core.verdict import CLOSED, EXPECTATIONS, Case, Change, Evidence, Lexis, Verdict


def expect(changes: Iterable[Change], is_loss: Callable[[str], str], lexis: Lexis, evidence: Evidence) -> Verdict:
    """Work out what to expect of a variant (a needed "16" became "some" -> clarify, missing "16").

    ``is_loss(label)`` gives the role of a step that may lose something ("cut", "vague", "reference", "misheard", "misread", or
    "premise" and "contradiction", which break what is asked) and "" for all others: these kept every slot and name by
    construction, so their edits are not looked at.
    """
    verdict, changes = Verdict(), list(changes)
    asked = _asked_words(changes) if evidence.task == "math" else frozenset()
    for change in changes:
        losses = [e for e in change.edits if any(is_loss(s) for s in e[3].split("+"))]
        if losses:
            elsewhere = any(_questions(c.source) for c in changes if c is not change)
            _judge(change, losses, is_loss, lexis, evidence, verdict, asked, elsewhere)
    return verdict


def _judge(
    change: Change,
    losses: list[Labelled],
    is_loss: Callable[[str], str],
    lexis: Lexis,
    evidence: Evidence,
    verdict: Verdict,
    question: frozenset[str],
    elsewhere: bool,
) -> None:
    source = change.source
    after = apply(source.raw, change.edits)
    asking = (0, 0) if elsewhere and not _questions(source) else _asking(source)
    case = Case(change.field, source, [w[0].lower() for w in WORD.finditer(after)], lexis, evidence, verdict, asking,
                _tail(source, losses, asking), question, values_in(after), "?" in after)  # fmt: skip
    # "How can I do that[ with Terraform]?" still asks.
    gone_for_good = [e for e in change.edits if {is_loss(s) for s in e[3].split("+")} != {"constraint"}]
    asked = _question_gone(source, gone_for_good, lexis)
    before = len(verdict.missing)
    if asked and not _only_offers(case, asked):
        sure = evidence.task not in CLOSED and not _asks_still(case, losses) and not much_said(case, losses[-1][0])
        case.miss(sure, asked, "question", WISH)
    elif _stops_short(source, losses, after):
        _rest_missing(case, losses[-1], after)
    begun = verdict.missing[before:]  # goes with what the end lost
    ends = at_end(source, losses[-1])
    found: list[dict[str, str]] = [] if ends else needed_by_call(case, losses[-1], begun, after)
    for loss in losses:
        since = len(verdict.missing)
        steps = [is_loss(s) for s in loss[3].split("+") if is_loss(s)]
        if not judge_reading(case, loss, set(steps), len(steps) == 1):
            judge_loss(case, loss, set(steps) - ROLES or {"cut"})
        more = [*(begun if loss is losses[-1] and ends else []), *verdict.missing[since:]]
        found = [*found, *needed_by_call(case, loss, name_once(case, loss, more, after), after)]
    verdict.missing[before:] = found
    gone = {w[0].lower() for w in WORD.finditer(source.raw, *losses[-1][:2])}
    if ends and gone and gone <= _PARTICLES:
        verdict.doubt = True  # "when did the ice age come[ out]" is another question


def _rest_missing(case: Case, loss: Labelled, after: str) -> None:
    """Note the rest of a text that stops as missing, unless only a "please" went."""
    start, end = loss[:2]
    raw, evidence = case.source.raw, case.evidence
    # A sum whose numbers all stay can be done though the last words are gone.
    sure = evidence.task not in CLOSED and evidence.needed is None and not guessed(case, start, end)
    sure = sure and (evidence.task != "math" or amount_in(case, start, end))
    begins = start - len(stub(raw, start))  # "sta" is sent again with its end
    if any(w[0].lower() not in ("there", "please", "thanks") for w in WORD.finditer(raw, begins, end)):
        case.miss(sure, raw[start:end].strip(), "rest", stops_at(after), reply(raw[begins:end], "rest"))


_PARTICLES = frozenset("out up off down over away back through around along".split())


def _asks_still(case: Case, losses: list[Labelled]) -> bool:
    """Tell whether all but one word of a short question is there, and a story before it tells the rest ("How much did she[ spend?]")."""
    start, end = case.asking
    at = losses[-1][0]
    kept = [w[0].lower() for w in WORD.finditer(case.source.raw, start, at)]
    gone = [w[0].lower() for w in WORD.finditer(case.source.raw, at, end)]
    known = {stem(w) for w in case.left}
    content = [w for w in gone if w not in case.lexis.functions and w not in ("total", "altogether")]
    few = len(content) < 3 and len([w for w in content if stem(w) not in known]) < 2
    asked = kept[:1] == ["how"] or case.lexis.kinds.get(kept[0] if kept else "") == "question"
    return at > start and asked and len(kept) > 2 and (few or case.evidence.passage)


def _asked_words(changes: list[Change]) -> frozenset[str]:
    """Give the stems of the words in the sentence that asks, which may stand in another field than the loss."""
    asking = [(c.source, s) for c in changes for s in _questions(c.source)]
    if not asking and changes:
        asking = [(changes[-1].source, _asking(changes[-1].source))]
    return frozenset(stem(m[0].lower()) for source, span in asking for m in WORD.finditer(source.raw, *span))


def _says(new: str) -> bool:
    """Tell whether there are words in what stands there now ("..." says nothing)."""
    return any(c.isalnum() for c in new)


def _asking(source: Text) -> tuple[int, int]:
    """Give the last sentence that ends in a question mark, else the last one ("Find the age of Ann.")."""
    return (_questions(source) or source.sentences() or [(0, 0)])[-1]


def _questions(source: Text) -> list[tuple[int, int]]:
    """List the sentences that end in a question mark."""
    return [s for s in source.sentences() if source.raw[s[0] : s[1]].rstrip("\"'”’)").endswith("?")]


def _tail(source: Text, losses: list[Labelled], asking: tuple[int, int]) -> tuple[int, int]:
    """Give what a cut took from the end of the sentence that asks: it says what is asked, though words of it stand elsewhere."""
    start, end = asking
    while end > start and not source.raw[end - 1].isalnum():
        end -= 1
    for s, e, new, _ in losses:
        if start < s < end <= e and not _says(new):
            return s, e
    return 0, 0


def _question_gone(source: Text, edits: Sequence[Labelled], lexis: Lexis) -> str:
    """Give the sentence that asks where it is wholly gone while others stay, else ""."""
    asking = _questions(source)
    if len(source.sentences()) < 2 or not asking:
        return ""
    start, end = asking[-1]
    if len(asking) > 1 and not any(s < asking[-2][1] and not _says(new) for s, _, new, _ in edits):
        return ""  # the question before it is there still
    words = [(m.start(), m[0].lower()) for m in WORD.finditer(source.raw, start, end)]
    content = [at for at, low in words if low not in lexis.functions]
    if not content and len(asking) == 1:
        content = [at for at, _ in words]  # "What can I do now?"
    gone = [at for at in content if any(s <= at < e and not _says(new) for s, e, new, _ in edits)]
    return source.raw[start:end] if content and len(gone) == len(content) else ""


def _only_offers(case: Case, asked: str) -> bool:
    """Tell whether a lost question asks for nothing that was not wished for before ("I would like to know the forecast. [Could you tell me?]")."""
    source = case.source
    before = source.raw[: source.raw.find(asked)]
    said = {stem(m[0].lower()) for m in WORD.finditer(before)}
    words = [m[0].lower() for m in WORD.finditer(asked) if m[0].lower() not in case.lexis.functions]
    wished = case.evidence.task in ("chat", "instruct") and re.search(
        r"\b(?:like|want|need|wish|please)\b", before, re.IGNORECASE
    )
    return bool(wished) and asked[:1].lower() in "cw" and all(w in _OFFER or stem(w) in said for w in words)


_OFFER = frozenset(
    "provide tell give help show find information info detail details answer please look check know out set up do handle assist arrange process".split()
)


def _stops_short(source: Text, losses: list[Labelled], after: str) -> bool:
    """Tell whether the text was cut off at its end and visibly stops: on a function word or inside a word."""
    start, end, _, label = losses[-1]
    if end < len(source.raw.rstrip()) or not after.strip():
        return False
    if source.raw[:start].rstrip()[-1:] in (".", "?", "!"):
        return False  # what stands there is whole, though its last word is one that sentences seldom end on
    words = WORD.findall(after)
    if not words or not any(s.startswith("cut.") for s in label.split("+")):
        return False
    if after[after.rindex(words[-1]) + len(words[-1]) :].strip(" \t\n.,…-"):
        return False  # "two critiques separated by ******."
    inside = 0 < start < len(source.raw) and source.raw[start - 1].isalnum() and source.raw[start].isalnum()
    last, gone = words[-1].lower(), source.raw[start:end].split()
    if last in ("in", "on") and gone:  # "log in" may end so; "died in" before a year, a name or an article does not
        at = source.raw.find(gone[0], start)
        return source.mask[at] in (NAME, SLOT) or gone[0].lower() in _DANGLING
    return inside or last in _DANGLING


# Words that no message ends on: articles, prepositions before their noun, conjunctions, possessives.
_DANGLING = frozenset(
    "a an the of and or but if because my your his their our its than as from with into onto at by for to is are was "
    "were am be can could will would should does do did has have that which whose every each i i'm it's there's very so "
    "between during about without when where while until since unless".split()
)


__all__ = ["EXPECTATIONS", "Change", "Evidence", "Lexis", "Verdict", "ask_number", "expect"]
