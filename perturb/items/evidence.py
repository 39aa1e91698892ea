"""What an answer needs, as far as an item itself shows it: a worked derivation, an equation, or every slot."""

from __future__ import annotations

from typing import Any

from perturb.core.losses import values_in
from perturb.core.verdict import Evidence
from perturb.items.derivation import STEP, cancelling, counts, given, numbers, repeats, steps_of, uses
from perturb.items.field_paths import get_path
from perturb.items.offers import Offer, offered
from perturb.items.profiles import Profile


def evidence_of(item: dict[str, Any], profile: Profile) -> Evidence:
    """Find what an answer needs: the numbers that enter GSM8K's <<…>> steps, an equation, or every slot."""
    beside = get_path(item, profile.context) if profile.context else None
    # What one message of several no longer says, another may.
    passage = (isinstance(beside, (str, list)) and bool(beside)) or len(profile.inputs(item)) > 1
    texts = [beside] if isinstance(beside, str) else [get_path(item, path) for path in profile.inputs(item)]
    title = item.get("title") if isinstance(beside, str) else None
    offer = offered(item) if profile.evidence == "all" else Offer()
    return Evidence(
        profile.task,
        all_slots=profile.evidence == "all",
        passage=passage,
        beside=" ".join(t for t in [*texts, title] if isinstance(t, str)) if passage else "",
        tools=offer.words,
        wants=offer.wants,
        spares=offer.spares,
        params=offer.params,
        tools_told=offer.told,
        gold=_sentence(get_path(item, profile.target) if profile.target else None),
        **_derived(item, profile),
    )


def _derived(item: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """Read what a worked solution or an equation tells of the numbers that it takes, {} where an item has none."""
    source = get_path(item, profile.evidence_field or profile.target) if profile.evidence in _WORKED else None
    if not isinstance(source, str):
        return {}
    if profile.evidence == "equation":
        return {"needed": frozenset(numbers(source)), "sums": (source,)}
    steps, answer = steps_of(source), source.rpartition("####")[2]
    complete = bool(steps) and steps[-1].gives in numbers(answer)
    marked = [step for step in steps if step.marked]
    # What the marked steps alone take is taken, though a sum between them comes out the same.
    needed = given(steps, complete) | given(marked, bool(marked) and marked[-1].gives in numbers(answer))
    cancels = cancelling(steps, needed, _texts(item, profile)) if complete else frozenset()
    told = values_in(STEP.sub(" ", source).split("####")[0])
    told |= {v for step in steps for v in (*step.takes, *repeats(step))}
    return {
        "needed": needed - cancels if steps else None,
        "complete": complete,
        "uses": uses(steps, needed),
        "told": told - needed,
        "sums": tuple(step.sum for step in steps),
        "cancels": cancels,
        "counts": counts(source),
    }


def _texts(item: dict[str, Any], profile: Profile) -> str:
    return " ".join(t for path in profile.inputs(item) if isinstance(t := get_path(item, path), str))


_WORKED = ("gsm8k", "equation")


def _sentence(answer: object) -> str:
    """Give an answer that is told in a sentence, else "": what a name alone ("Paris") hangs on, nobody knows."""
    return answer if isinstance(answer, str) and len(answer.split()) > 4 else ""
