"""What a word problem tells beside its sums: scenes, days, kinds of things that no step of its known derivation takes."""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.readings import counted
from perturb.core.stems import stem
from perturb.core.text import NAME, SLOT, WORD
from perturb.core.values import number_value
from perturb.core.verdict import Case

# A scene that relates things is none ("They share them equally").
_RELATES = frozenset(
    "same equal equally share shares shared split splits divide divided together total double as rest remaining other others if then "
    "after before than again back lost lose ate gave left".split()
)
_BASE = frozenset("normal regular original usual full".split())  # the price before something came off it
_SPANS = frozenset("day days week weeks month months year years night nights weekend".split())


def known(case: Case) -> bool:
    """Tell whether the derivation of a problem is known to its end."""
    return case.evidence.task == "math" and case.evidence.needed is not None and case.evidence.complete


def aside(case: Case, loss: Labelled) -> bool:
    """Tell whether all that an edit took away is a scene or a day that no sum needs ("Ann wanted to bake. She has 3 …")."""
    return known(case) and (_scene(case, loss) or _day(case, loss))


def orphaned(case: Case, loss: Labelled) -> bool:
    """Tell whether a lost sentence named those of whom the rest speaks ("[She has 2 sons. ]One of them is 12")."""
    start, end, new, _ = loss
    raw, source = case.source.raw, case.source
    bounds = {s for s, _ in source.sentences()}
    after = next(((s, e) for s, e in source.sentences() if s >= end), None)
    if new.strip() or after is None or not (start in bounds or end in bounds):
        return False
    said = [(m.start(), m[0].lower()) for m in WORD.finditer(raw, *after)]
    at = next((i for i, (_, w) in enumerate(said) if w in _POINTING), None)
    if at is None or any(w not in case.lexis.functions and number_value(w) is None for _, w in said[:at]):
        return False  # who is meant may stand before it in its sentence
    before = {w[0].lower() for w in WORD.finditer(raw, 0, start)}
    if any(w not in case.lexis.functions and w not in case.lexis.polite for w in before):
        return False  # or in what was told before
    gone = [(m.start(), m[0]) for m in WORD.finditer(raw, start, end)]
    if said[at][1] in _SOME:
        things = [stem(w.lower()) for _, w in gone if len(w) > 3 and w.endswith("s")]
        return not set(things) <= {stem(w) for w in case.left}
    # who else is named in the rest may be meant by it
    names = {w.lower().removesuffix("'s") for s, w in gone if source.mask[s] == NAME}
    others = [w[0].lower().removesuffix("'s") for w in WORD.finditer(raw, after[0]) if source.mask[w.start()] == NAME]
    return bool(names) and any(w in case.lexis.genders and w not in names for w in others)


_SOME = frozenset("them these those both".split())
_POINTING = _SOME | frozenset("he she him her his hers".split())


def idle(case: Case, loss: Labelled, at: int, low: str, roles: set[str], said: bool) -> bool:
    """Tell whether a word of a problem bears on no sum ("at the [store]"); ``said`` says that it stands elsewhere."""
    if not known(case):
        return False
    if "reference" in roles:
        return said and not counted(case.source.raw)
    if stem(low) in case.question:
        return False
    if roles == {"vague"}:
        return low not in _BASE and not (
            _counted(case, at) or ("vague.qualifier" in loss[3] and _of_two_kinds(case, at + len(low), low))
        )
    return "cut.constraint" in loss[3]


def _of_two_kinds(case: Case, end: int, low: str) -> bool:
    """Tell whether the noun behind a qualifier has another one elsewhere ("half as many tubes of [blue] paint … of yellow paint")."""
    noun = WORD.match(case.source.raw, end + 1)
    if noun is None:
        return False
    before = re.findall(rf"([A-Za-z]+) {noun[0]}\b", case.source.raw)
    return any(w.lower() != low and w.lower() not in case.lexis.functions for w in before)


def _counted(case: Case, at: int) -> bool:
    """Tell whether a number or another slot word belongs to the noun that stands here ("24 grey [cats]")."""
    for m in reversed(list(WORD.finditer(case.source.raw, max(0, at - 30), at))):
        low = m[0].lower()
        if number_value(low) is not None or low[:1].isdigit() or case.lexis.kinds.get(low):
            return True
        if low in case.lexis.functions:
            return False
    return False


def _scene(case: Case, loss: Labelled) -> bool:
    """Tell whether an edit left out whole sentences before the first number, with no amount and no relation in them."""
    start, end, new, _ = loss
    source, spans = case.source, case.source.sentences()
    starts = {s for s, _ in spans}
    whole = start in starts and (end in starts or end == len(source.raw))
    if new.strip() or not whole or (start, end) == (0, len(source.raw)):
        return False
    if any(c.isdigit() for c in source.raw[:end]) or SLOT in source.mask[:end]:
        return False
    gone = [(m.start(), m[0].lower()) for m in WORD.finditer(source.raw, start, end)]
    if "?" in source.raw[start:end] or any(w in _RELATES for _, w in gone):
        return False
    names = {w.removesuffix("'s").removesuffix("’s") for at, w in gone if source.mask[at] == NAME}
    return names <= set(case.left) or len(names) == 1


def _day(case: Case, loss: Labelled) -> bool:
    """Tell whether an edit blurred the only day or date that a text tells, one without a number."""
    start, end, _, label = loss
    raw, kinds = case.source.raw, case.lexis.kinds
    if (
        "vague.date" not in label
        or re.search(r"\d|\bago\b", raw[start:end])
        or stem(raw[start:end].split()[-1].lower()) in case.question
    ):
        return False
    told = [m.start() for m in WORD.finditer(raw) if kinds.get(m[0].lower()) == "time" or m[0].lower() in _SPANS]
    return bool(told) and all(start <= at < end for at in told)
