"""Who may be meant by a pronoun, and the question that asks."""

from __future__ import annotations

import re

from perturb.core.readings import counted
from perturb.core.stems import stem
from perturb.core.text import NAME, WORD
from perturb.core.verdict import Case


def candidates(case: Case, name: str, pronoun: str, at: int) -> str:
    """Ask which of those is meant who are named before ("Who is “she”: Anna or Beth?"), "" where there is but one."""
    raw = case.source.raw
    bare = name.removesuffix("'s").removesuffix("’s").strip()
    if pronoun.strip().lower() in ("them", "of them", "those"):
        return f"How many of which: {listed(counted(raw))}?" if len(counted(raw)) > 1 else ""
    others = _others(case, bare, at)
    others = [n for n in others if not _impossible(case, n, bare, at)]
    if _asked_of(case, others, bare, at) or _compared_with(case, others, bare):
        return ""
    return f"Who is “{pronoun.strip().lower()}”: {listed((bare, *others[:3]))}?" if others else ""


def _others(case: Case, bare: str, at: int) -> list[str]:
    """List those of a name's kind who are named before it."""
    raw, genders = case.source.raw, case.lexis.genders
    named = (m[0].removesuffix("'s").removesuffix("’s") for m in WORD.finditer(raw, 0, at)
             if case.source.mask[m.start()] == NAME)  # fmt: skip
    return [n for n in dict.fromkeys(named) if n != bare and genders.get(n.lower()) == genders.get(bare.lower(), "u")]


def _asked_of(case: Case, others: list[str], bare: str, at: int) -> bool:
    """Tell whether the amount told here is asked of another: it is not theirs ("He has 3 pens. How many pens does Bob have?")."""
    start, end = next(((s, e) for s, e in case.source.sentences() if s <= at < e), (at, at))
    told = {stem(w) for m in _COUNTS.finditer(case.source.raw, start, end) for w in m[1].split()}
    told -= set(map(stem, case.lexis.functions))
    theirs = any(stem(n.lower()) in case.question for n in others) and stem(bare.lower()) not in case.question
    return theirs and not told.isdisjoint(case.question)


_MORE_THAN = re.compile(r"[Hh]ow many (?:more|fewer|less)\b[^?.]*\bthan\b[^?.]*")
_RELATED = re.compile(r"\b(?P<n>\d[\d,]*) (?P<how>more|fewer|less) (?P<unit>[a-z-]{3,})")
_HAS = re.compile(r"\b(?P<n>\d[\d,]*) (?P<unit>[a-z-]{3,})")


def _compared_with(case: Case, others: list[str], bare: str) -> bool:
    """Tell whether it is asked how many more one of them has than the other: of two readings one gives less than none."""
    asked = " ".join(m[0] for m in _MORE_THAN.finditer(f"{case.source.raw} {case.evidence.beside}"))
    return bare in asked and any(n in asked for n in others)


def _impossible(case: Case, other: str, bare: str, at: int) -> bool:
    """Tell whether somebody would have less than nothing if the amounts told here were another's ("Ann has 9 fewer. She has 3.")."""
    raw = case.source.raw
    start, end = next(((s, e) for s, e in case.source.sentences() if s <= at < e), (at, at))
    here = {m["unit"]: int(m["n"].replace(",", "")) for m in _HAS.finditer(raw, start, end)}
    before = re.split(r"[.?!]\s", raw[:start].rstrip(" .?!"))[-1]
    first = min(((before.find(n), n) for n in (other, bare) if n in before), default=(0, ""))[1]
    for m in _RELATED.finditer(before):
        more = int(m["n"].replace(",", "")) * (1 if m["how"] == "more" else -1)
        # "First has n more than second": if it is the first's, the second has that much less.
        rest = here.get(m["unit"], 10**9) - more if first == other else here.get(m["unit"], 10**9) + more
        if rest < 0:
            return True
    return False


_COUNTS = re.compile(r"\d[\d,.]* ([a-z-]{3,}(?: [a-z-]{3,})?)\b")


def listed(things: tuple[str, ...]) -> str:
    """Write a choice ("Anna", "Beth", "Cid" -> "Anna, Beth or Cid")."""
    return ", ".join(things[:-1]) + f" or {things[-1]}" if len(things) > 1 else "".join(things)
