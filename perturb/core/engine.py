"""The engine: read proposals as far as the intensity says, refuse what may not be, log the rest."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from perturb.core.edits import Labelled
from perturb.core.errors import StepFailed
from perturb.core.registry import Transform
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, NAME, SLOT, Edit, Text
from perturb.core.values import same_name, same_value

_NEAR = 200  # characters beside an edit that tell whether a name is still that name
PATIENCE = 400  # refusals in a row after which a stream of proposals is given up


def run(
    text: Text, transform: Transform, params: dict[str, Any], rng: Rng, *, rate: float | None, times: float
) -> list[Edit]:
    """Give a step's edits of ``text``, in order (rate 0.1 on twenty words -> about two edits).

    The amount wanted is ``ceil(amount - u)`` with one draw u: right on average even for short texts, and
    monotone, since a greater amount reads the same stream further.
    """
    view = text.view(transform.reach)
    wanted = how_many(view, transform, rng, rate=rate, times=times)
    return take(view, transform, params, rng, wanted) if wanted > 0 else []


def how_many(view: Text, transform: Transform, rng: Rng, *, rate: float | None, times: float) -> int:
    """Give how many edits a step is to make; one draw is spent on it, read only where the amount is no whole number."""
    amount = times if rate is None else rate * len(view.words)
    if transform.spread is not None:
        amount *= rng.choice(transform.spread())
    if amount <= 0:
        return 0
    whole = int(amount)
    if whole == amount:
        rng.skip()
        return whole
    return ceil(amount - rng.random())


def take(
    view: Text,
    transform: Transform,
    params: dict[str, Any],
    rng: Rng,
    wanted: int,
    done: Sequence[Labelled] | None = None,
) -> list[Edit]:
    """Give the ``wanted`` edits of what a transform proposes for a text seen with its reach, in order, or as many as may be.

    Proposals are taken as they come, past those that may not be. ``done`` are edits of other steps in single words of this
    text: no word of theirs is changed again.
    """
    taken: list[Edit] = []
    refused, patience = 0, 1 if transform.ordered else PATIENCE
    raw, mask, plain, size = view.raw, view.mask, view.simple, len(view.raw)
    for proposal in transform.fn(view, rng, **params):
        if done:
            proposal = _elsewhere(raw, proposal, done)
        if type(proposal) is tuple:
            start, end, new = proposal
            # Most edits touch nothing protected: one count says so for the edit and its neighbours.
            fits = plain and 0 < start <= end < size and mask.count(0, start - 1, end + 1) == end - start + 2
            if fits and new.isascii() and raw[start:end] != new:
                for s, e, _ in taken:
                    if start <= e and s <= end:
                        fits = not _meets(proposal, taken)
                        break
            else:
                fits = allowed(view, proposal, taken, transform)
            if fits:
                taken.append(proposal)
        else:
            members = _fitting(view, proposal, taken, transform)
            taken += members
            fits = bool(members) or (transform.ordered and not proposal)  # "nothing falls here" counts in a row
        if fits:
            wanted -= 1
            if not wanted:
                break
            refused = 0
        else:
            refused += 1
            if refused >= patience:
                break
    if len(taken) > 1:
        taken.sort()
    return taken


def _elsewhere(raw: str, proposal: Any, done: Sequence[Labelled]) -> Any:
    """Give of a proposal for single words what is for other words than those that are changed already, [] where nothing is."""
    if type(proposal) is not tuple:
        return [edit for edit in proposal if _elsewhere(raw, edit, done)]
    start, end, _ = proposal
    for other in done:
        # Of one word are edits with nothing or letters alone between them.
        between = raw[other[1] : start] if other[1] <= start else raw[end : other[0]]
        if not between or between.isalpha():
            return []
    return proposal


def _fitting(view: Text, proposal: Any, taken: list[Edit], transform: Transform) -> list[Edit]:
    """Keep the members of a list proposal that may be done."""
    kept: list[Edit] = []
    latest: list[Edit] = []  # those that end where the last one does: all that an edit behind them can meet
    last = -1
    for edit in proposal:
        near = latest if edit[0] == last else kept
        if allowed(view, edit, taken, transform) and (edit[0] > last or not _meets(edit, near)):
            kept.append(edit)
            latest = [*latest, edit] if edit[1] == last else [edit] if edit[1] > last else latest
            last = max(last, edit[1])
    return kept


def allowed(view: Text, edit: Edit, taken: list[Edit], transform: Transform) -> bool:
    """Tell whether an edit respects range, mask, reach, the neighbours of slots and the edits already taken."""
    start, end, new = edit
    raw, mask = view.raw, view.mask
    if not 0 <= start <= end <= len(raw):
        raise StepFailed(
            f"the step {transform.name} failed: it proposed to replace {start} to {end} in a text of {len(raw)} characters: a bug in it"
        )
    if raw[start:end] == new or (taken and _meets(edit, taken)):
        return False
    reach = transform.reach
    if view.simple and 0 < start <= end < len(raw):
        if mask.count(0, start - 1, end + 1) == end - start + 2:
            return new.isascii() or _encodable(new)  # nothing protected in it or beside it
        if reach == "form" and mask[start - 1] < SLOT and mask[end] < SLOT and _slips(raw, mask, start, end, new):
            return True
    if start < end:
        inside = mask[start:end]
        if LOCKED in inside or (reach == "free" and (NAME in inside or SLOT in inside)):
            return False
        delicate = reach == "form" and (NAME in inside or SLOT in inside)
    else:
        # an insertion inside a protected run: only a name's or a slot's form may bear it
        within = 0 < start < len(raw) and mask[start - 1] and mask[start]
        if within and (reach == "free" or mask[start - 1] == LOCKED or mask[start] == LOCKED):
            return False
        delicate = bool(within) and reach == "form"
    if end - start == len(new) and raw[start:end].lower() == new.lower():
        return view.simple or not (start in view.joins() or end in view.joins())  # case alone: no value is in it
    if delicate and not _keeps_form(view, start, end, new):
        return False
    if (start > 0 and mask[start - 1] >= SLOT) or (end < len(raw) and mask[end] >= SLOT):
        if not _keeps_apart(view, start, end, new):
            return False
    if not view.simple:
        joins = view.joins()
        if start in joins or end in joins:
            return False
    return new.isascii() or _encodable(new)


def _meets(edit: Edit, others: list[Edit]) -> bool:
    start, end, _ = edit
    for s, e, _ in others:
        if start < e and s < end:
            return True
        if (s == e or start == end) and start <= e and s <= end:
            return True
    return False


def _keeps_form(view: Text, start: int, end: int, new: str) -> bool:
    """Ask of a ``form`` edit that names stay recognisable and slots keep their value."""
    raw, mask = view.raw, view.mask
    size = end - start
    if size and len(new) > size and new[-size - 1] == " " and new[-size:].casefold() == raw[start:end].casefold():
        if not (start and mask[start - 1]):
            new = new[-size:]  # words put before a run, its case at most changed ("What" -> "So what"), leave it whole
    low, high, levels = start, end, set()
    at, stop = (start, end) if size else (start - 1, start + 1)
    while at < stop:
        if mask[at]:
            s, e = view.run(at)
            levels.add(mask[at])
            low, high = min(low, s), max(high, e)
            at = e
        else:
            at += 1
    if levels == {NAME}:  # of names without end ("Anna and Beth and …") only what is near: the rest is the same
        low, high = max(low, start - _NEAR), min(high, end + _NEAR)
    old_run, new_run = raw[low:high], raw[low:start] + new + raw[end:high]
    if levels == {NAME}:
        return same_name(old_run, new_run)
    return same_value(old_run, new_run)


def _slips(raw: str, mask: bytes, start: int, end: int, new: str) -> bool:
    """Tell whether an edit within a text is one slip of the hand in a name that has more letters: nearly all that names meet."""
    old = raw[start:end]
    if len(old) > 1 or len(new) > 1:
        if len(old) != 2 or new != old[::-1]:
            return False
    low, high = (start, end) if old else (start - 1, end + 1)
    if mask.count(NAME, low, high) != high - low or not (old.isascii() and new.isascii()):
        return False
    return (mask[start - 1] == NAME and raw[start - 1].isalnum()) or (mask[end] == NAME and raw[end].isalnum())


def _keeps_apart(view: Text, start: int, end: int, new: str) -> bool:
    """Refuse what would glue a word or digit to a slot or locked text ("at 5" -> "at5")."""
    raw, mask = view.raw, view.mask
    if start > 0 and mask[start - 1] >= SLOT and raw[start - 1].isalnum():
        old_next = raw[start] if start < len(raw) else ""
        next_ = new[0] if new else (raw[end] if end < len(raw) else "")
        if _sticks(next_) and not _sticks(old_next):
            return False
        if next_ in ".,-" and next_ and end < len(raw) and not new[1:] and raw[end].isdigit():
            return False
        if next_ in _UNITS and next_ and next_ != old_next:
            return False
    if end < len(raw) and mask[end] >= SLOT and raw[end].isalnum():
        old_last = raw[end - 1] if end > 0 else ""
        last = new[-1] if new else (raw[start - 1] if start > 0 else "")
        if _sticks(last) and not _sticks(old_last):
            return False
        if last in _SIGNS and last and last != old_last:
            return False
    return True


_UNITS, _SIGNS = "%‰°$€£¥₹/^", "-−+.$€£¥₹#/"


def _sticks(c: str) -> bool:
    return c.isalnum() or c in ("_", "'", "’")


def _encodable(new: str) -> bool:
    try:
        new.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
