"""What an edit took away, word by word: is it needed, spare, or undecided?"""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.guesses import names_guessed, offered
from perturb.core.lost_names import judge_name, names_hidden
from perturb.core.lost_questions import asks_otherwise, frame_end
from perturb.core.lost_slots import judge_slot
from perturb.core.misheard import judge_misheard
from perturb.core.stems import stem
from perturb.core.stories import aside, idle, orphaned
from perturb.core.text import NAME, SLOT, WORD, Text
from perturb.core.unclear import year_gone
from perturb.core.values import NUMBER_WORDS, number_value, same_name
from perturb.core.verdict import CLOSED, Case

_WORDED = "|".join(sorted(NUMBER_WORDS, key=lambda w: (-len(w), w)))
# A number in words is one token ("forty-eight"): its parts say nothing by themselves.
_FRACTION = re.compile(r"\b\d+/\d+(?:rds?|ths?|nds?)?\b")
_TOKEN = re.compile(
    rf"[$€£¥₹]?\d+(?:,\d+)*(?:\.\d+)?%?|\b(?:{_WORDED})(?:(?:-|[ ]+(?:and[ ]+)?)(?:{_WORDED}))*\b|[^\W\d_]+(?:['’][^\W\d_]+)*",
    re.I,
)


def values_in(text: str) -> frozenset[float]:
    """Give the values of the numbers in a text, in digits or words ("$8.50 for two" -> 8.5, 2); "one" is a pronoun too.

    The parts of a fraction ("2/3") are no amounts of their own.
    """
    text = _FRACTION.sub(" ", text)
    found = (number_value(m[0].strip("$€£¥₹%")) for m in _TOKEN.finditer(text) if m[0].lower() != "one")
    return frozenset(v for v in found if v is not None)


class _Gone:
    """What the words that an edit took away come to: names and where they stood, words now unsaid, unused numbers, doubts."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.unnamed: list[str] = []
        self.spare_numbers = 0
        self.doubt = False


def judge_loss(case: Case, loss: Labelled, roles: set[str]) -> None:
    """Look at each word that an edit of these roles took away and note in the verdict what it means."""
    if "misheard" in roles:
        judge_misheard(case, loss)  # other words stand there: whoever answers cannot know that some are missing
        return
    start, end, new, label = loss
    raw = case.source.raw
    if raw[start:end].lower() == new.lower():
        return  # a capital handed on ("Please only" -> "Only")
    if orphaned(case, loss) or asks_otherwise(case, start, end):
        case.verdict.doubt = True
    if aside(case, loss) or ("vague.date" in label and _when_said(case, raw[start:end], roles)):
        return
    stay = [w[0].lower() for w in WORD.finditer(new)]
    gone = _words_gone(case, loss, roles, stay)
    gone.doubt |= _says_more(case, loss, gone)
    if gone.unnamed:
        _note_unnamed(case, loss, gone.unnamed, stay)
    slipped = bool(stay) and "+" in label and "cut." in label  # "but[ only in Swahili]" as "buth"
    if names_guessed(case, loss, gone.names) or (gone.names and slipped):
        gone.names, gone.doubt = {}, True
    for name, at in gone.names.items():
        gone.doubt |= judge_name(case, name, at, stay, case.asking[0] <= start < case.asking[1])
    if case.tail[0] <= start < case.tail[1]:
        rest = [w[0].lower() for w in WORD.finditer(raw, start, end)]
        if gone.doubt or len([w for w in rest if w not in case.lexis.polite]) > 1:
            case.verdict.doubt = True  # the end of the question says what is asked, in small words too ("by himself")
    # Where no number of a passage enters the worked derivation, the answer needs nothing of that passage.
    if gone.doubt and not (case.evidence.needed is not None and gone.spare_numbers):
        case.verdict.doubt = True


def _words_gone(case: Case, loss: Labelled, roles: set[str], stay: list[str]) -> _Gone:
    """Judge the slots that an edit took away, and gather its names and the other words that say something."""
    start, end, new, _ = loss
    source, gone = case.source, _Gone()
    told = {v for v in (number_value(m[0]) for m in _TOKEN.finditer(new)) if v is not None}
    framed = frame_end(case, start, end)
    for m in _TOKEN.finditer(source.raw):
        word, at = m[0], m.start()
        if m.end() <= start:
            continue
        if at >= end:
            break
        low = word.lower()
        if _stays(low, stay) or (told and number_value(low) in told):
            continue  # it is there still, or the same number written otherwise
        level = source.mask[at]
        if level == NAME and low == "do":
            continue  # "How DO I"
        if level == SLOT:
            outcome = judge_slot(case, at, low, loss, seen="misread" not in roles)
            gone.spare_numbers += outcome == "spare"
            gone.doubt |= outcome == "doubt"
            if outcome == "unclear":
                case.verdict.doubt = True
        elif level == NAME:
            _name_gone(source, at, start, end, gone)
        elif at < framed or idle(case, loss, at, low, roles, _said_elsewhere(low, case.left)):
            continue
        elif _says_something(case, at, low, roles):
            if "reference" in roles and stay and not _said_elsewhere(low, case.left):
                gone.unnamed.append(word)
            else:
                gone.doubt = True
    return gone


def _name_gone(source: Text, at: int, start: int, end: int, gone: _Gone) -> None:
    """Note a name, whole, of which an edit took the word at ``at`` ("Naples, Florida" is one, and so is "U.S")."""
    raw = source.raw
    first, last = source.run(at)
    whole = _INITIALS.match(raw, first)
    first, last = max(first, start), min(whole.end() if whole else last, end)
    if first and raw[first - 1].isalnum() and raw[first].isalnum():
        if last - first < 4 and first - raw.rfind(" ", 0, first) > 2:
            gone.doubt = True  # "Great Brit": most will guess it
            return
        first = raw.rfind(" ", 0, first) + 1  # "United St" has no "States"
    joined = next((n for n, s in gone.names.items() if raw[s + len(n) : first] in (", ", ".")), "")
    if joined:
        first = gone.names.pop(joined)
    gone.names.setdefault(raw[first:last].strip(), first)


def _says_more(case: Case, loss: Labelled, gone: _Gone) -> bool:
    """Tell whether the loss matters as a whole, whatever its words do: a sentence, what made a question of it, who is asked about."""
    start, end, _, label = loss
    raw, task = case.source.raw, case.evidence.task
    if "vague.entity" in label and not gone.names and not gone.unnamed:
        return True  # "in the us" as "there"
    if "cut.sentence" in label:  # what it said as a whole is said nowhere else
        said = [w[0].lower() for w in WORD.finditer(raw, start, end)]
        content = [w for w in said if w not in case.lexis.functions and w not in case.lexis.polite]
        if len(content) > (0 if task == "instruct" else 2) or _FORMULA.search(raw, start, end):
            return True  # "D ≡ E" is content too
    if task != "intent" and (_asks_no_more(raw, start, end) or _states(case, end)):
        return True
    return bool(gone.names) and case.tail[0] <= start < case.tail[1]  # though named elsewhere


def _note_unnamed(case: Case, loss: Labelled, unnamed: list[str], stay: list[str]) -> None:
    """Note a thing that is only pointed at now ("this error" for "error 404" -> "What do you mean by “this error”?")."""
    start, end, new, _ = loss
    source = case.source
    # Where other sentences or a worked derivation may tell, it is not certain that somebody has to ask.
    sure = case.evidence.task not in CLOSED and case.evidence.needed is None and len(source.sentences()) == 1
    # Of a call, the one tool that is there tells what is set to 70; "this error" was told of before.
    sure = sure and not case.evidence.passage and not case.evidence.all_slots and not _points_back(source, start)
    sure = sure and not offered(case, [w.lower() for w in unnamed]) and not names_hidden(case, stay)
    case.miss(sure, source.raw[start:end], "reference", f"What do you mean by “{new.strip()}”?")


_FORMULA = re.compile(r"[=<>≡→⊃∨∧¬~·∀∃≤≥∈]")
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}|(?:[A-Za-z]\.)+[A-Za-z]\b")
_POINTS = re.compile(r"(?:this|that|these|those) ", re.I)


def _points_back(source: Text, at: int) -> bool:
    """Tell whether enough was said before a phrase for it to point at ("it prints all of it twice. what causes [this error]?")."""
    return _POINTS.match(source.raw, at) is not None and len(WORD.findall(source.raw[:at])) > 7


_MAY_I = re.compile(r"(?:can|could|may|should|will|would|am|are) (?=(?:i|we)\b)", re.I)


def _asks_no_more(raw: str, start: int, end: int) -> bool:
    """Tell whether a question lost the word that made it one ("[Can ]I plug it in there like normal")."""
    m = _MAY_I.match(raw, start)
    return m is not None and m.end() == end


_DO = re.compile(r"(?:do|can|could|will|would|should|may|must|are|were) ", re.I)
_IS_THERE = re.compile(r"(?:is|are|was|were) there ", re.I)
_MANY = re.compile(
    r"(?:(?:all|most|some|many|the|these|your|our|[a-z]+) ){0,3}?(?:[a-z]{2,}[^\Ws]s|peopl\w*|men|women|children|you|they|we) (?P<then>[a-z]+)\b",
    re.I,
)


def _states(case: Case, end: int) -> bool:
    """Tell whether a question of one sentence for yes or no is a statement without the word that opened it ("[Can ]people turn into stone").

    Where the question mark stays it asks still, and beside a passage what is asked is plain. So is "[is ]it true".
    """
    raw, before = case.source.raw, _DO.match(case.source.raw)
    unclear = case.evidence.task == "qa" and not case.evidence.passage and not case.asks
    there = _IS_THERE.match(raw)
    if there and unclear and end >= there.end():
        return True  # "food that all of them have": whether, or which?
    if before is None or not unclear or end < before.end():
        return False
    if raw[: before.end()].split()[0].lower() in case.left[:1]:
        return False
    says = [w for w in case.left if w not in case.lexis.functions]
    many = _MANY.match(raw, before.end())
    verb = many is not None and many["then"].lower() not in case.lexis.functions
    be = before[0].lower() in ("are ", "were ")
    return len(set(map(stem, says))) < 2 or (verb and not be)


def _when_said(case: Case, text: str, roles: set[str]) -> bool:
    """Settle a time that was blurred: a message's intent does not depend on the day, and some years have to be asked for.

    A number that is gone is never passed over ("wake me [at 6am]").
    """
    number = any(c.isdigit() for c in text) or values_in(text)
    hangs_on_none = case.evidence.task == "intent" and roles == {"vague"} and not number
    return hangs_on_none or year_gone(case, text)


def _stays(low: str, stay: list[str]) -> bool:
    """Tell whether a word, each part of it, or another form of it stands in what replaces it."""
    return (
        low in stay
        or all(part in stay for part in re.split(r"[\s-]+", low))
        or (len(low) > 3 and any(same_name(low, s) for s in stay))
    )


_FINE = frozenset("ok okay fine alright possible".split())


def _says_something(case: Case, at: int, low: str, roles: set[str]) -> bool:
    """Tell whether a free word is content; one made vaguer counts though it stands elsewhere: the tie is lost."""
    if low in _FINE and case.tail[0] <= at < case.tail[1]:
        return True  # "Is a transfer[ okay?]"
    if low in case.lexis.functions or (low in case.lexis.polite and roles != {"vague"}):
        return False
    if case.tail[0] <= at < case.tail[1]:
        return True  # what is asked
    return roles == {"vague"} or "reference" in roles or not _said_elsewhere(low, case.left)


def _said_elsewhere(low: str, left: list[str]) -> bool:
    base = stem(low)
    return any(w == low or stem(w) == base for w in left)
