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
    if _asked_for(case, (bare, *others), at + len(bare)):
        return ""
    return f"Who is “{pronoun.strip().lower()}”: {listed((bare, *others[:3]))}?" if others else ""


def _others(case: Case, bare: str, at: int) -> list[str]:
    """List those of a name's kind who are named before it."""
    raw, genders = case.source.raw, case.lexis.genders
    named = (m[0].removesuffix("'s").removesuffix("’s") for m in WORD.finditer(raw, 0, at)
             if case.source.mask[m.start()] == NAME)  # fmt: skip
    return [n for n in dict.fromkeys(named) if n != bare and genders.get(n.lower()) == genders.get(bare.lower(), "u")]


def _asked_for(case: Case, people: tuple[str, ...], end: int) -> bool:
    """Tell whether the question later names one of them, who is then taken to be meant ("He has 15. How many has Steven?")."""
    rest = f"{case.source.raw[end:]} {case.evidence.beside}"
    return any(n in rest and stem(n.lower()) in case.question for n in people)


_RELATED = re.compile(r"\b(?P<n>\d[\d,]*) (?P<how>more|fewer|less) (?P<unit>[a-z-]{3,})")
_HAS = re.compile(r"\b(?P<n>\d[\d,]*) (?P<unit>[a-z-]{3,})")


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


def listed(things: tuple[str, ...]) -> str:
    """Write a choice ("Anna", "Beth", "Cid" -> "Anna, Beth or Cid")."""
    return ", ".join(things[:-1]) + f" or {things[-1]}" if len(things) > 1 else "".join(things)
