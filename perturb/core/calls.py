"""Which argument of a function a lost value was for: a required one that nothing else tells has to be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from perturb.core.arguments import CLOCK, LABELS, UNITS, Value, assigned, values_of
from perturb.core.asking import ANYTHING, STOPS, WISH, ends_whole, reply, stops_at
from perturb.core.cut_words import stub
from perturb.core.edits import Labelled
from perturb.core.params import Param
from perturb.core.stems import stem
from perturb.core.text import WORD
from perturb.core.verdict import Case

Missing = dict[str, str]
_ASKED = frozenset(("number", "name", "time", "rest"))


def needed_by_call(case: Case, loss: Labelled, found: list[Missing], after: str) -> list[Missing]:
    """Keep the losses that have to be asked for since a function requires them ("[in 2019]", release_year); the others leave a doubt."""
    params = case.evidence.params
    if params and len(found) == 1 and found[0]["ask"] == WISH and not _valued(case, loss):
        return _doubted(case, found)  # the tools tell what can be wished for
    if not params or not found or any(m["kind"] not in _ASKED for m in found):
        return found
    lost = _for(case, loss)
    dated = _TODAY.search(case.source.raw, _sentence(case, loss[0]), loss[1]) if _RELATIVE.search(after) else None
    if not lost and not dated:
        return _doubted(case, found)
    begins = loss[0] - len(stub(case.source.raw, loss[0]))
    whole = case.source.raw[begins : loss[1]]
    if dated:
        return [{**found[0], "ask": "What is today's date?"}]
    if len(found) == 1 and len(lost) == 1 and not _vague(found[0]["ask"], after, case):
        ends = _at_end(case, loss) and not loss[2].strip(".")
        more = found[0]["kind"] == "time"  # "to April 5th" and "2023"
        said = reply(whole, "rest" if ends else "number") if ends or more else found[0]["reply"]
        named = found[0]["text"]
        if ((ends or more) and named not in whole) or (ends and found[0]["ask"].startswith(STOPS)):
            # "from July 10[, 2022 to July 20]": of the first date a part is there. Who asks for the rest gets all of it.
            named = whole.strip(" ,.?!")
        return [{**found[0], "text": named, "reply": said}]
    much = re.search(r"[.?!;]\s", whole) is not None or _beside(case, begins, loss[1], lost) > 1
    if _at_end(case, loss) and (_dangles(after, case) or (much and not ends_whole(case.source.raw[:begins]))):
        stop = {"text": whole.strip(), "kind": "rest", "ask": stops_at(after), "reply": reply(whole, "rest")}
        return found if "stops at" in found[0]["ask"] or len(lost) < 2 else [{**found[0], **stop}]
    ask = _asks(lost)
    if not ask:
        return found
    more = len(lost) > 1 or found[0]["text"].lower() in LABELS
    text, kind = (whole.strip(), "rest") if more else (found[0]["text"], found[0]["kind"])
    said = reply(whole, "rest" if more else "number") if more or len(found) > 1 else found[0]["reply"]
    return [{**found[0], "text": text, "kind": kind, "ask": ask, "reply": said}]


def _doubted(case: Case, found: list[Missing]) -> list[Missing]:
    case.verdict.doubt = True
    case.verdict.doubts += found
    return []


def _valued(case: Case, loss: Labelled) -> bool:
    """Tell whether a value went, and not words alone."""
    return any(loss[0] <= v.start < loss[1] for v in values_of(case))


def _sentence(case: Case, at: int) -> int:
    return next((s for s, e in case.source.sentences() if s <= at < e), at)


_TODAY = re.compile(r"\btoday(?:['’]s date)? is\b|\bit is \w+day\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:next|this|coming|last) (?:week|month|year|mon|tues|wednes|thurs|fri|satur|sun)|\btomorrow\b|\byesterday\b|\btonight\b",
    re.IGNORECASE,
)


def _vague(ask: str, after: str, case: Case) -> bool:
    """Tell whether a question does not say what it asks for ("Where or in what?"), or says of a whole sentence that it stops."""
    stops = ask.startswith(STOPS) and not _dangles(after, case)
    return (
        stops
        or ask.startswith(ANYTHING)
        or ask.endswith("whom or what?")
        or re.fullmatch(r"How many \w{1,2}\?", ask) is not None
    )


def _dangles(after: str, case: Case) -> bool:
    """Tell whether a text visibly goes on: behind a small word, in a word, behind dots or a comma."""
    left = after.rstrip()
    words = WORD.findall(left)
    if left.endswith(("...", "…", ",", ":", "-")):
        return True
    return bool(words) and left[-1:].isalnum() and words[-1].lower() in case.lexis.functions


def _beside(case: Case, begins: int, end: int, lost: list[Param]) -> int:
    """Count the words that went beside some arguments' values and names."""
    values = [v for v in values_of(case) if begins <= v.start < end]
    known = {n for p in lost for n in p.called | p.about} | {n for v in values for n in v.own}
    words = [w[0].lower() for w in WORD.finditer(case.source.raw, begins, end)]
    return sum(w.isalpha() and w not in case.lexis.functions and stem(w) not in known and w not in UNITS for w in words)


def _at_end(case: Case, loss: Labelled) -> bool:
    return loss[1] >= len(case.source.raw.rstrip())


def _asks(lost: list[Param]) -> str:
    """Ask for some arguments at once ("What are the tournament and the season?")."""
    if len(lost) == 1:
        return lost[0].ask()
    labels = [p.label(among=True) for p in lost]
    if not all(labels) or len(labels) > 3:
        return ""
    return f"What are the {', the '.join(labels[:-1])} and the {labels[-1]}?"


def _for(case: Case, loss: Labelled) -> list[Param]:
    """List the required arguments of a function that were told only by what an edit took away."""
    raw, params = case.source.raw, case.evidence.params
    begins, end = loss[0] - len(stub(raw, loss[0])), loss[1]
    every_value = values_of(case)
    values = [v for v in every_value if v.kind != "name" or not _offered(case, raw[v.start : v.end])]
    gone = [_gone(case, v, begins, end) for v in values]
    found = assigned([v for v, lost in zip(values, gone, strict=True) if not lost], params, case)
    lost = [v for v, is_lost in zip(values, gone, strict=True) if is_lost]
    if not lost and any(v.start < end and v.end > begins for v in every_value):
        return []
    if not lost:
        return _worded(case, begins, end, [p for p in params if p not in found])
    fresh = [v for v in lost if not _told(case, raw[max(begins, v.start) : v.end], v.kind)]
    every = assigned(values, params, case)
    out = [p for p, v in every.items() if v in fresh and p.needed and not (p.placed and _located(found))]
    return [p for p in params if p in out]


def _gone(case: Case, v: Value, begins: int, end: int) -> bool:
    """Tell whether a value went; of a name that is there in part, two letters tell nothing ("in El[ Gastor]")."""
    if v.start < begins < v.end and v.kind == "time":
        return CLOCK.search(case.source.raw, begins, v.end) is not None  # "Thursday[ at 4:30 PM]"
    if v.start < begins < v.end and case.source.raw[:begins].split()[-1].lower() in case.lexis.functions:
        return True  # "the Treaty of[ Lisbon]"
    if v.start < begins < v.end:
        return begins - v.start < _TELLS
    return begins <= v.start < end


_TELLS = 4


def _located(found: Iterable[Param]) -> bool:
    """Tell whether coordinates are there, which tell the place."""
    said = [p.name for p in found]
    return any(n.startswith("lat") for n in said) and any(n.startswith("lon") for n in said)


def _told(case: Case, text: str, kind: str) -> bool:
    """Tell whether the function itself, a default or another place of the text gives a lost value ("on Spotify", play_spotify_song)."""
    words = [w[0].lower().removesuffix("'s").removesuffix("’s") for w in WORD.finditer(text)]
    if text.strip() == "52" and re.search(r"\bcards\b", case.source.raw):
        return True  # a deck has so many
    if kind != "name" or not words:
        return False
    left = set(case.left) | {w.removesuffix("'s") for w in case.left}
    return _offered(case, " ".join(w for w in words if w not in left))


def _offered(case: Case, text: str) -> bool:
    """Tell whether the functions say a name themselves, or a default does."""
    words = [w[0].lower().removesuffix("'s").removesuffix("’s") for w in WORD.finditer(text)]
    offer = set(case.evidence.tools_told.split())
    known = offer | {stem(w) for w in offer} | {w for p in case.evidence.params for w in p.given.split()}
    return all(w in known or stem(w) in known for w in words if w not in case.lexis.functions)


def _worded(case: Case, begins: int, end: int, params: Sequence[Param]) -> list[Param]:
    """Find the argument that plain words were for ("at the[ airport]"): one that its name or its choices tell, or the only one left."""
    raw, small = case.source.raw, case.lexis.functions | case.lexis.polite
    words = [w[0].lower() for w in WORD.finditer(raw, begins, end)]
    known = {stem(w) for w in (*case.left, *case.evidence.tools_told.split())}
    fresh = {stem(w) for w in words if w not in small and stem(w) not in known}
    fits = [p for p in params if "name" in p.takes and not p.numeric]
    if not fresh:
        return []
    points = {p: 3 * len(fresh & p.called) + len(fresh & p.about) + 4 * (not p.choices.isdisjoint(words)) for p in fits}
    top = max(points.values(), default=0)
    best = [p for p in fits if points[p] == top]
    return best[:1] if best and all(p.needed for p in best) and (top or len(best) == 1) else []
