"""Who decides what rules leave open: first the witness (the benchmark's own messages), then the user's judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, Union

from perturb.core.asking import reply
from perturb.core.edits import apply
from perturb.core.errors import DataError, StepFailed, UsageError
from perturb.core.expect import EXPECTATIONS, Verdict
from perturb.core.verdict import CLOSED
from perturb.items.detect import detect
from perturb.items.field_paths import get_path
from perturb.items.profiles import Profile
from perturb.items.readers import read
from perturb.items.witness import Witness
from perturb.prepare import lexis
from perturb.variant import Variant

Ruling = Union[str, tuple[str, Sequence[str]], None]
Judge = Callable[[dict[str, Any], str], Ruling]
Paths = Union[str, PathLike[str], Iterable[Union[str, PathLike[str]]]]


def witness_of(
    given: Paths | Witness | None, profile: Profile | None, told: Mapping[str, Any] | None = None
) -> Witness | None:
    """Read a benchmark's own labelled messages from files; DataError where they are not such messages.

    Their fields are the profile's, else found by a file's first message, but for those that flags named (``told``).
    """
    if given is None or isinstance(given, Witness):
        return given
    paths = [given] if isinstance(given, (str, PathLike)) else list(given)
    messages: list[tuple[str, str]] = []
    for path in paths:
        form = profile
        for record in read(path):
            form = form or detect(record.item, told)
            if form.task != "intent" or not form.target:
                raise DataError(
                    f"{record.where}: items of profile {form.name} cannot be witnesses; expected messages with a label each "
                    "(profile intent), or name their fields with --profile"
                )
            label = get_path(record.item, form.target)
            texts = [get_path(record.item, place) for place in form.inputs(record.item)]
            if label is None or not all(isinstance(t, str) for t in texts):
                raise DataError(f"{record.where}: no label in {form.target!r}; expected a message with its label")
            messages.append((" ".join(texts), str(label)))
    return Witness(messages, lexis()) if messages else None


def settle(variant: Variant, witness: Witness | None, judge: Judge | None) -> None:
    """Decide what a variant's rules left open, in place: first the witness, then the judge."""
    profile = variant._prepared.profile
    if witness is not None and profile.task == "intent" and profile.target:
        _heard(variant, witness)
    if judge is not None and variant.expect == "unsure":
        _asked(variant, judge)


def _heard(variant: Variant, witness: Witness) -> None:
    """Go by what the witness says of a message that lost something."""
    short = shortened(variant)
    if short is None or variant.verdict.broken:
        return
    clean = " ".join(text.raw for _, text in variant._texts)
    gold = str(get_path(variant.source, variant._prepared.profile.target))
    said = witness.says(short, gold, clean)
    if variant.expect == "unsure":
        if said.expect != "unsure":
            variant.rule(Verdict(readings=said.labels))
    elif said.expect != "same" and witness.parts(short, gold, clean):
        # Only small words went, and they made the difference.
        variant.rule(Verdict(readings=said.labels) if said.expect == "any_of" else Verdict(doubt=True))


def shortened(variant: Variant) -> str | None:
    """Give the clean text with the losses alone made, None where nothing was lost: a slip is no other word."""
    losing = {s.label for s in variant.steps if s.transform.reach == "loss"}
    found, lost = [], False
    for (_, text), log in zip(variant._texts, variant._logs):
        losses = [e for e in log if losing & set(e[3].split("+"))]
        lost = lost or bool(losses)
        found.append(apply(text.raw, losses))
    return " ".join(found) if lost else None


def _asked(variant: Variant, judge: Judge) -> None:
    try:
        ruling = judge(variant.source, variant.text)
    except Exception as e:
        raise StepFailed(f"the judge failed: {type(e).__name__}: {e}") from e
    answers: Sequence[str] = ()
    expect = ruling
    if isinstance(ruling, (tuple, list)) and len(ruling) == 2:
        expect, answers = ruling
    if expect is None or expect == "unsure":
        return
    if expect not in EXPECTATIONS:
        raise UsageError(f"the judge said {ruling!r}; expected {', '.join(EXPECTATIONS)} or None")
    if expect == "any_of" and (isinstance(answers, str) or len(answers) < 2):
        raise UsageError('the judge said "any_of" without answers; expected ("any_of", [answer, answer, …])')
    if expect == "clarify":
        if variant._prepared.profile.task not in CLOSED:  # with closed labels nobody can be asked
            variant.rule(Verdict(missing=variant.verdict.doubts or _lost(variant)))
    else:
        readings = tuple(map(str, answers)) if expect == "any_of" else ()
        variant.rule(Verdict(readings=readings, broken=expect == "abstain"))


def _lost(variant: Variant) -> list[dict[str, str]]:
    """Name what went where no rule could say what it was."""
    losing = {s.label for s in variant.steps if s.transform.reach == "loss"}
    found = []
    for (path, text), log in zip(variant._texts, variant._logs):
        for start, end, _, label in log:
            gone = text.raw[start:end].strip()
            if gone and losing & set(label.split("+")):
                found.append({"field": path, "text": gone, "kind": "detail", "ask": "Could you say more about what you need?",
                              "reply": reply(gone, "detail")})  # fmt: skip
    return found


__all__ = ["Judge", "settle", "shortened", "witness_of"]
