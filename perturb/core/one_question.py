"""One question for all that one edit took; of a text that stops, the question asks for the rest."""

from __future__ import annotations

import re

from perturb.core.asked_number import vaguely_asked
from perturb.core.asking import ABOUT, ends_whole, missing_at, reply, stops_at
from perturb.core.cut_words import stub
from perturb.core.edits import Labelled
from perturb.core.text import WORD, Text
from perturb.core.verdict import Case

Missing = dict[str, str]
_STATED = frozenset(("number", "name", "time", "rest"))  # what an edit takes by its words


def at_end(source: Text, loss: Labelled) -> bool:
    """Tell whether an edit took the end of a text and put nothing there."""
    start, end, new, label = loss
    silent = not any(c.isalnum() for c in new)
    return silent and start > 0 and end >= len(source.raw.rstrip()) and "cut." in label


def name_once(case: Case, loss: Labelled, found: list[Missing], after: str) -> list[Missing]:
    """Say once what one edit took ("Los" and "Angeles", the four numbers of an address, a question with its numbers)."""
    start, end, new, _ = loss
    raw = case.source.raw
    if len(found) > 1 and not any(c.isalnum() for c in new):
        found = [m for i, m in enumerate(found) if not _within(m, found, i)]
    if found and any(c.isalnum() for c in new):
        return _replaced(case, loss, found)
    if not found or any(m["kind"] not in _STATED | {"question"} for m in found):
        return found
    whole = raw[start - len(stub(raw, start)) : end]
    asked = next((m for m in found if m["kind"] == "question"), None)
    if len(found) == 1 and found[0]["ask"] == ABOUT and raw[:start].split() and not at_end(case.source, loss):
        return [{**found[0], "ask": missing_at(raw, start, end).replace("something", "a name")}]
    if at_end(case.source, loss):
        return _ending(case, loss, found, asked, _stops(raw, loss, after))
    if len(found) < 2 or asked is not None:
        return found
    kinds = {m["kind"] for m in found}
    kind = kinds.pop() if len(kinds) == 1 else "rest"
    return [_one(case, whole, kind, missing_at(raw, start, end), reply(whole, "number"))]


def _stops(raw: str, loss: Labelled, after: str) -> str:
    """Ask a text that stops to go on, one that ends with a sentence for what is missing behind it."""
    if ends_whole(raw[: loss[0]]):
        return missing_at(raw, *loss[:2])
    return stops_at(after if after.endswith("...") else after.rstrip(" ?.!"))


def _replaced(case: Case, loss: Labelled, found: list[Missing]) -> list[Missing]:
    """Say once, and whole, what something vague stands for ("on March 17, 1915", not "on March 17"; "Los Angeles", not "Angeles")."""
    start, end, new, label = loss
    kinds = {m["kind"] for m in found}
    if label == "vague.number" and [m["kind"] for m in found] == ["number"]:
        return [{**found[0], "ask": vaguely_asked(case, found[0]["ask"], new, start, end)}]
    if not all(step.startswith("vague.") for step in label.split("+")) or not kinds <= {"name", "time"}:
        return found
    said, stays = " ".join(m["text"] for m in found).lower(), new.lower().split()
    gone = [w[0] for w in WORD.finditer(case.source.raw, start, end)]
    if all(w.lower() in said or w.lower() in stays or w.lower() in case.lexis.functions for w in gone):
        return found
    whole = case.source.raw[start:end].strip(" ,.?!")
    kind = found[0]["kind"]
    return [_one(case, whole, kind, found[0]["ask"], reply(whole, kind))]


def _ending(case: Case, loss: Labelled, found: list[Missing], asked: Missing | None, stops: str) -> list[Missing]:
    """Say once what went with the end of a text: its question, what it states, or both."""
    start, end = loss[:2]
    raw = case.source.raw
    whole = raw[start - len(stub(raw, start)) : end]
    if asked is not None and case.asking[0] <= start < case.asking[1] and raw[case.asking[0] : start].strip():
        return [{**asked, "ask": stops}]
    if asked is not None:
        fresh = raw[:start].rstrip()[-1:] in (".", "?", "!", ":")
        return [
            _one(case, whole, "question" if fresh else "rest", asked["ask"] if fresh else stops, reply(whole, "rest"))
        ]
    if len(found) > 1:
        return [_one(case, raw[start:end], "rest", stops, reply(whole, "rest"))]
    if found[0]["kind"] in ("number", "name") and _more(case, found[0]["text"], whole):
        return [{**found[0], "ask": stops, "reply": reply(whole, "rest")}]
    return found


def _one(case: Case, text: str, kind: str, ask: str, answer: str) -> Missing:
    return {"field": case.where, "text": text.strip(), "kind": kind, "ask": ask, "reply": answer}


def _within(m: Missing, found: list[Missing], i: int) -> bool:
    """Tell whether another entry names this one too ("New York" beside "Manhattan, New York")."""
    return any(
        _says(o["text"], m["text"]) and (len(m["text"]) < len(o["text"]) or j < i)
        for j, o in enumerate(found)
        if j != i and o["kind"] == m["kind"]
    )


def _says(whole: str, text: str) -> bool:
    """Tell whether a text stands in another as words ("2 feet" is not in "12 feet")."""
    return re.search(rf"(?<![\w.,]){re.escape(text)}(?!\w)", whole) is not None


def _more(case: Case, text: str, whole: str) -> bool:
    """Tell whether more went than one amount or name, so that nobody knows of what to ask ("[ if he has $50]")."""
    known = set(text.lower().split())
    small = case.lexis.functions | case.lexis.polite
    words = [w[0] for w in WORD.finditer(whole) if len(w[0]) > 1]
    return any(w.lower() not in small and w.lower() not in known and w not in text for w in words)
