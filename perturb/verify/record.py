"""What a record says of itself: does the log lead from the clean text to this one, does the verdict fit it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from perturb.items.field_paths import get_path, set_path, values_at
from perturb.verify.pairs import Pair, shown
from perturb.verify.structure import gold
from perturb.verify.values import numbers, spelt

EXPECTATIONS = ("same", "any_of", "clarify", "abstain", "unsure")
Found = Iterator[tuple[str, str]]


_SAID_AGAIN = re.compile(r"\.(?:repair|restart|repeat)|repeat\.")  # steps that say words again, or wrong ones first


class Removed(NamedTuple):
    """What a variant owns up to: texts that are gone, and texts that came in beside what they repair."""

    lost: str
    added: str


def promise(pair: Pair) -> str:
    """Say what a variant promises ("expect is same")."""
    return f"expect is {pair.log['expect']}" if pair.log else "a file without a log promises the same"


def removed(pair: Pair) -> Removed:
    """Give what may be gone: what is declared missing, and what went with a whole stretch of words.

    A single value that went by itself counts only where the record says that it is missing, or that it cannot tell. What a speech
    step wrote is taken at its word: numbers said one after the other cannot be told apart again.
    """
    if pair.log is None:
        return Removed("", "")
    lost: list[str] = []
    added: list[str] = []
    open_ = pair.log.get("expect") != "same"
    for e in pair.log.get("edits", ()):
        old, new = str(e.get("old", "")), str(e.get("new", ""))
        words = len(old.split())
        aloud = "asr." in str(e.get("step", ""))  # values run together: "twenty second twenty twenty three"
        if open_ and (whole := _number_around(pair, e)):
            lost.append(whole[0])
            added.append(whole[1])
            continue
        phrase = _SAID_AGAIN.search(str(e.get("step", ""))) is not None or (words < 2 and len(new.split()) > 4)
        stretch = words > 2 and len(new.split()) * 2 <= words
        if open_ or aloud or stretch or (old and not phrase and _unneeded(pair, old)):
            lost.append(old)
        if aloud:
            added.append(" ; ".join(new.split()))
        elif phrase or (open_ and not old):
            added.append(
                new
            )  # a phrase of its own ("Not sure if this is the right place, but"), "(or 10, it says both)"
    told = [str(m.get("text", "")) for m in pair.log.get("missing", ())]
    lost += [text for text in told if not any(text in old for old in lost)]
    if open_:
        for move in pair.log.get("moves", ()):  # a question written anew: "Which organ …?" as "Why does the stomach …?"
            if move["field"] in pair.profile.input:
                lost.append(str(move["old"]))
                added.append(str(move["new"]))
    return Removed(" ; ".join(lost), " ; ".join(added))


def _number_around(pair: Pair, edit: dict[str, Any]) -> tuple[str, str] | None:
    """Give the number in words that an edit changed a word of, before and after ("ninety-six" -> "ninety-sick"), else None."""
    text = get_path(pair.clean, str(edit.get("field", "")))
    start, end = int(edit["start"]), int(edit["end"])
    if not isinstance(text, str) or text[start:end] != edit.get("old"):
        return None
    for low, high in spelt(text):
        if low < start < high or low < end < high:
            low, high = min(low, start), max(high, end)
            return text[low:high], text[low:start] + str(edit.get("new", "")) + text[end:high]
    return None


def _unneeded(pair: Pair, old: str) -> bool:
    """Tell whether the item's own solution does without the values of a text (GSM8K's steps, SVAMP's equation)."""
    profile = pair.profile
    solution = get_path(pair.clean, profile.evidence_field or profile.target) if profile.evidence else None
    return isinstance(solution, str) and not set(numbers(old)) & set(numbers(solution))


def said_aloud(pair: Pair) -> bool:
    """Tell whether numbers were written as they are said ("two point five three point two" cannot be told apart again)."""
    return any("asr.numbers" in str(e.get("step")) for e in (pair.log or {}).get("edits", ()))


def said_by_digit(pair: Pair) -> bool:
    """Tell whether a digit of the variant is a chat form of a small word ("2" for "to")."""
    edits = pair.log.get("edits", ()) if pair.log else ()
    return any(str(e.get("new")) in ("2", "4") and str(e.get("old")).lower() in ("to", "too", "for") for e in edits)


def log(pair: Pair) -> Found:
    """Check that the moves and edits, done again by hand, give this very item."""
    if pair.log is None:
        return
    item: dict[str, Any] = json.loads(json.dumps(pair.clean))
    for move in pair.log.get("moves", ()):
        if get_path(item, move["field"]) != json.loads(move["old"]):
            yield "log", f"a move says that {move['field']} held {shown(move['old'])}, and it did not"
        try:
            set_path(item, move["field"], json.loads(move["new"]))
        except (LookupError, TypeError, ValueError):
            yield "log", f"a move names {move['field']}, which the item does not have"
    fields = dict.fromkeys(e["field"] for e in pair.log.get("edits", ()))
    for field in fields:
        text = get_path(item, field)
        edits = [e for e in pair.log["edits"] if e["field"] == field]
        if not isinstance(text, str):
            yield "log", f"edits of {field!r}, which holds no text"
            continue
        yield from _replayed(field, text, edits, get_path(pair.item, field))
    changed = bool(pair.log.get("edits") or pair.log.get("moves"))
    if pair.log.get("changed") is not changed:
        yield "log", f"changed is {pair.log.get('changed')}, but there are {'' if changed else 'no '}edits"
    for path in pair.profile.input:
        for place in pair.profile.expand(item, path):
            if place not in fields and get_path(item, place) != get_path(pair.item, place):
                yield "log", f"{place} differs, and no edit says so"


def _replayed(field: str, text: str, edits: list[dict[str, Any]], now: Any) -> Found:
    out, at = "", 0
    for e in edits:
        start, end = int(e["start"]), int(e["end"])
        if start < at or not start <= end <= len(text):
            yield "log", f"{field}[{start}:{end}] is out of order or out of the text"
            return
        if text[start:end] != e["old"]:
            yield "log", f"{field}[{start}:{end}] says {shown(e['old'])}, the clean text {shown(text[start:end])}"
        out += text[at:start] + e["new"]
        at = end
    if out + text[at:] != now:
        yield "log", f"{field}: the edits do not lead to this text"


def verdict(pair: Pair) -> Found:
    """Check that what is expected fits what is said to be missing, and that what is missing is not there."""
    if pair.log is None:
        return
    expect, missing = pair.log.get("expect"), pair.log.get("missing", [])
    if expect not in EXPECTATIONS:
        yield "verdict", f"expect is {expect!r}; it is one of {', '.join(EXPECTATIONS)}"
    if expect == "clarify" and not missing:
        yield "verdict", "clarify, but nothing is missing"
    if expect != "clarify" and missing:
        yield "verdict", f"{expect}, but {shown(missing[0].get('text'))} is missing"
    if expect == "clarify" and pair.profile.task in ("choice", "intent"):
        yield "verdict", "clarify, though an answer is one of given labels: nobody can be asked"
    yield from _answers(pair)
    if expect != "same" and not (pair.log.get("edits") or pair.log.get("moves")):
        yield "verdict", f"{expect}, but nothing was changed"
    for m in missing:
        text, field = str(m.get("text", "")), str(m.get("field", ""))
        clean, now = get_path(pair.clean, field), get_path(pair.item, field)
        if isinstance(clean, str) and isinstance(now, str) and text:
            if " ".join(text.split()) not in " ".join(clean.split()):
                yield "verdict", f"{shown(text)} is said to be missing and was never there"
            elif not _fewer(clean, now, text):
                yield "verdict", f"{shown(text)} is said to be missing and stands there"
        if not str(m.get("ask", "")).strip().endswith("?"):
            yield "verdict", f"no question asks for {shown(text)}"
        if _bare(text) not in _bare(str(m.get("reply", ""))):
            yield "verdict", f"the reply {shown(m.get('reply', ''))} does not give {shown(text)}"


def _answers(pair: Pair) -> Found:
    """Check the answers that a record allows: several under any_of, the gold among them; the gold once answered under clarify."""
    log = pair.log or {}
    expect, any_of, answered = log.get("expect"), log.get("any_of"), log.get("target_if_answered")
    if not isinstance(any_of, list) or not all(isinstance(a, str) for a in any_of):
        yield "verdict", f"any_of is {shown(any_of)}; expected a list of texts"
        return
    if not isinstance(answered, str):
        yield "verdict", f"target_if_answered is {shown(answered)}; expected a text"
        return
    gold = [" ".join(text.split()) for text in golds(pair)]
    if (expect == "any_of") != (len(any_of) > 1) or len(set(any_of)) != len(any_of):
        yield "verdict", f"{expect}, but any_of is {shown(any_of)}"
    if any_of and gold and pair.profile.task == "intent" and not set(gold) & set(any_of):
        yield "verdict", f"any_of leaves the right answer out: {shown(gold[0])}"
    if answered and expect != "clarify":
        yield "verdict", f"{expect}, but target_if_answered is {shown(answered)}"
    told = _bare(answered) or answered.strip()  # an answer of marks alone ("---")
    if expect == "clarify" and gold and not any(told and told in g.casefold() for g in gold):
        yield "verdict", f"target_if_answered is {shown(answered)}, the right answer {shown(gold[0])}"


def golds(pair: Pair) -> list[str]:
    """List the right answers as texts, labels and numbers too (51.0 -> "51")."""
    found = gold(pair.clean, pair)
    if not found and pair.profile.target:
        values = values_at(pair.clean, pair.profile.target)
        found = [f"{v:.15g}" if isinstance(v, (int, float)) else "" for v in values if not isinstance(v, bool)]
    return [text for text in found if text.strip()]


def _bare(text: str) -> str:
    """Fold a text to compare it: case, spaces, marks at its ends, a possessive."""
    text = " ".join(text.split()).casefold().strip(" .,;:!?\"“”()[]-–—'’")
    return text.removesuffix("'s").removesuffix("’s")


def _fewer(clean: str, now: str, part: str) -> bool:
    """Tell whether a part stands less often than it did, whole where it stood whole ("2" is not in "20")."""
    whole = re.compile(rf"(?<![\w.,]){re.escape(part)}(?!\w|[.,]\d)")
    was = len(whole.findall(clean))
    return len(whole.findall(now)) < was if was else now.count(part) < clean.count(part)
