"""What an answer needs, as far as an item itself shows it: a worked derivation, an equation, or every slot."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from perturb.core.losses import values_in
from perturb.core.values import number_value
from perturb.core.verdict import Evidence
from perturb.items.field_paths import get_path
from perturb.items.offers import Offer, offered
from perturb.items.profiles import Profile

_STEP = re.compile(r"<<([^<>]*)>>")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


class Step(NamedTuple):
    """One step of a derivation: the numbers that enter it and what comes out ("16-3-4=9")."""

    takes: tuple[float, ...]
    gives: float | None


def evidence_of(item: dict[str, Any], profile: Profile) -> Evidence:
    """Find what an answer needs: the numbers that enter GSM8K's <<…>> steps, an equation, or every slot."""
    needed: frozenset[float] | None = None
    complete = True
    told: frozenset[float] = frozenset()
    uses: tuple[tuple[float, int], ...] = ()
    if profile.evidence in ("gsm8k", "equation"):
        source = get_path(item, profile.evidence_field or profile.target)
        if isinstance(source, str):
            if profile.evidence == "gsm8k":
                steps = steps_of(source)
                complete = bool(steps) and steps[-1].gives in numbers(source.rpartition("####")[2])
                needed = given(steps, complete) if steps else None
                uses = _uses(steps, needed or frozenset())
                told = values_in(_STEP.sub(" ", source).split("####")[0])
                told = (told | {v for step in steps for v in (*step.takes, *_repeats(step))}) - (needed or frozenset())
            else:
                needed = frozenset(numbers(source))
    beside = get_path(item, profile.context) if profile.context else None
    # What one message of several no longer says, another may.
    passage = (isinstance(beside, (str, list)) and bool(beside)) or len(profile.inputs(item)) > 1
    texts = [beside] if isinstance(beside, str) else [get_path(item, path) for path in profile.inputs(item)]
    title = item.get("title") if isinstance(beside, str) else None
    told_beside = " ".join(t for t in [*texts, title] if isinstance(t, str)) if passage else ""
    offer = offered(item) if profile.evidence == "all" else Offer()
    return Evidence(
        profile.task,
        needed,
        profile.evidence == "all",
        told,
        complete,
        uses,
        passage,
        told_beside,
        offer.words,
        offer.wants,
        offer.spares,
        offer.params,
        offer.told,
        _sentence(get_path(item, profile.target) if profile.target else None),
    )


def _sentence(answer: object) -> str:
    """Give an answer that is told in a sentence, else "": what a name alone ("Paris") hangs on, nobody knows."""
    return answer if isinstance(answer, str) and len(answer.split()) > 4 else ""


def steps_of(solution: str) -> list[Step]:
    """Read the steps of a worked solution ("… <<16-3-4=9>>9 eggs" -> [((16, 3, 4), 9)])."""
    found = []
    for step in _STEP.findall(solution):
        left, _, right = step.rpartition("=")
        takes = numbers(left or right)
        gives = numbers(right) if left else []
        found.append(Step(tuple(takes), gives[0] if gives else None))
    return found


def _repeats(step: Step) -> set[float]:
    """Tell how often a step takes the same number (100+100+100+80 -> 3): the text may have said so."""
    return {float(step.takes.count(v)) for v in step.takes} - {1.0}


def _uses(steps: list[Step], needed: frozenset[float]) -> tuple[tuple[float, int], ...]:
    """Count the steps that take each number, of those that none gives ("3*2=6, 3*4=12" -> 3 twice)."""
    gives = {step.gives for step in steps}
    counts = ((v, sum(v in step.takes for step in steps)) for v in sorted(needed - gives))
    return tuple((v, n) for v, n in counts if n > 1)


def given(steps: list[Step], complete: bool = True) -> frozenset[float]:
    """Tell which numbers a derivation takes from its text (16-3-4=9, 9*2=18 -> 16, 3, 4 and 2).

    A number that a step before gave may be that step's: it is not known to be taken from the text. Nor are the numbers
    of a step whose result nothing takes up, unless it is the last, or the answer is worked out of such results in words
    (not ``complete``: 2*6=12, 3*8=24, "so they cost $36").
    """
    steps = [s for s in steps if s.takes != (s.gives,)]  # "12=12" is no step
    wanted: set[float] = set()
    found: set[float] = set()
    for i in range(len(steps) - 1, -1, -1):
        step = steps[i]
        last = i == len(steps) - 1 or (not complete and not any(step.gives in s.takes for s in steps[i + 1 :]))
        if last or step.gives in wanted:
            before = {s.gives for s in steps[:i]}
            wanted.update(step.takes)
            found.update(v for v in step.takes if v not in before)
    return frozenset(found)


def numbers(text: str) -> list[float]:
    """List the values of the numbers in a text (".5*1,200" -> [0.5, 1200])."""
    values = (number_value(n if n[0] != "." else "0" + n) for n in _NUMBER.findall(text))
    return [v for v in values if v is not None]
