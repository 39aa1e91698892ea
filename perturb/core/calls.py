"""Which argument of a function a lost value was for: one that it cannot do without, and that nothing else tells, has to be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perturb.core.asking import ends_whole, reply
from perturb.core.edits import Labelled
from perturb.core.endings import stub
from perturb.core.params import Param
from perturb.core.stems import stem
from perturb.core.text import LOCKED, NAME, SLOT, WORD
from perturb.core.values import number_value
from perturb.core.verdict import Case

Missing = dict[str, str]
_ASKED = frozenset(("number", "name", "time", "rest"))


class Value(NamedTuple):
    """A value told in a text: of what kind, where, and the words around it that say what it is for."""

    kind: str  # "number", "time", "name", or "word" where only plain words are there
    start: int
    end: int
    near: frozenset[str]
    before: str
    own: frozenset[str] = frozenset()

    @property
    def small(self) -> bool:
        """Tell whether it is a number that may count anything ("the other two sides")."""
        return not self.own.isdisjoint(("two", "thre"))


def needed_by_call(case: Case, loss: Labelled, found: list[Missing], after: str) -> list[Missing]:
    """Keep what has to be asked for since a function cannot do without it ("[in 2019]", release_year); the rest is in doubt."""
    params = case.evidence.params
    if not params or not found or any(m["kind"] not in _ASKED for m in found):
        return found
    lost = _for(case, loss)
    dated = _TODAY.search(case.source.raw, _sentence(case, loss[0]), loss[1]) if _RELATIVE.search(after) else None
    if not lost and not dated:
        case.verdict.doubt = True
        case.verdict.doubts += found
        return []
    begins = loss[0] - len(stub(case.source.raw, loss[0]))
    whole = case.source.raw[begins : loss[1]]
    if dated:
        return [{**found[0], "ask": "What is today's date?"}]
    if len(found) == 1 and len(lost) == 1 and not _vague(found[0]["ask"], after, case):
        return found
    much = re.search(r"[.?!;]\s", whole) is not None or _beside(case, begins, loss[1], lost) > 1
    if _at_end(case, loss) and (_dangles(after, case) or (much and not ends_whole(case.source.raw[:begins]))):
        return found
    ask = _asks(lost)
    if not ask:
        return found
    text, kind = (whole.strip(), "rest") if len(lost) > 1 else (found[0]["text"], found[0]["kind"])
    said = reply(whole, "rest" if kind == "rest" else "number") if len(lost) > 1 or len(found) > 1 else found[0]["reply"]
    return [{**found[0], "text": text, "kind": kind, "ask": ask, "reply": said}]


def _sentence(case: Case, at: int) -> int:
    return next((s for s, e in case.source.sentences() if s <= at < e), at)


_TODAY = re.compile(r"\btoday(?:['’]s date)? is\b|\bit is \w+day\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:next|this|coming|last) (?:week|month|year|mon|tues|wednes|thurs|fri|satur|sun)|\btomorrow\b|\byesterday\b|\btonight\b",
    re.IGNORECASE,
)
_VAGUE = ("There seems", "Which number", "Who or what is it", "Where or in what", "What share", "What comes after")


def _vague(ask: str, after: str, case: Case) -> bool:
    """Tell whether a question would do for anything ("Where or in what?"), or says of a whole sentence that it stops."""
    stops = ask.startswith("Your message stops") and not _dangles(after, case)
    return stops or ask.startswith(_VAGUE) or ask.endswith("whom or what?") or re.fullmatch(r"How many \w{1,2}\?", ask) is not None


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
    return sum(w.isalpha() and w not in case.lexis.functions and stem(w) not in known and w not in _UNITS for w in words)


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
    """List the arguments that a function cannot do without and that only what an edit took told."""
    raw, params = case.source.raw, case.evidence.params
    begins, end = loss[0] - len(stub(raw, loss[0])), loss[1]
    values = values_of(case)
    gone = [_gone(case, v, begins, end) for v in values]
    found = assigned([v for v, lost in zip(values, gone, strict=True) if not lost], params, case)
    lost = [v for v, is_lost in zip(values, gone, strict=True) if is_lost]
    if not lost and any(v.start < end and v.end > begins for v in values):
        return []
    if not lost:
        return _worded(case, begins, end, [p for p in params if p not in found])
    fresh = [v for v in lost if not _told(case, raw[max(begins, v.start) : v.end], v.kind)]
    every = assigned(values, params, case)
    out = [p for p, v in every.items() if v in fresh and p.needed and not (p.placed and _located(found))]
    return [p for p in params if p in out]


def _gone(case: Case, v: Value, begins: int, end: int) -> bool:
    """Tell whether a value went; of a name that is there in part, two letters tell nothing ("in El[ Gastor]")."""
    if v.start < begins < v.end:
        return begins - v.start < _TELLS
    return begins <= v.start < end


_TELLS = 4


def _located(found: Iterable[Param]) -> bool:
    """Tell whether coordinates are there, which tell the place."""
    said = [p.name for p in found]
    return any(n.startswith("lat") for n in said) and any(n.startswith("lon") for n in said)


def assigned(values: list[Value], params: Sequence[Param], case: Case) -> dict[Param, Value]:
    """Tell which argument each value is for, by the words around it, else in their order."""
    fits = [(score(v, p), i, j) for i, v in enumerate(values) for j, p in enumerate(params) if takes(v, p)]
    tops = {i: max(s for s, n, _ in fits if n == i) for i in {n for _, n, _ in fits}}
    found: dict[Param, Value] = {}
    done: set[int] = set()
    for points, i, j in sorted((f for f in fits if f[0] == tops[f[1]]), key=lambda f: (-f[0], f[1])):
        p = params[j]
        if i in done or (p in found and not p.many):
            continue
        if points <= 0:
            rest = [q for q in params if takes(values[i], q) and q not in found and not q.choices]
            if values[i].kind == "name" and not all(q.needed for q in rest):
                continue  # one that can be left out may be meant as well
            p = next((q for q in rest if q.needed), p)
        else:
            same = [params[k] for s, n, k in fits if n == i and s == points and params[k] not in found]
            p = next((q for q in same if q.needed), p)
        if p not in found:
            found[p] = values[i]
        done.add(i)
    for p in params:
        if p.choices and not p.choices.isdisjoint(case.left):
            found.setdefault(p, Value("word", -1, -1, frozenset(), ""))
    return found


def takes(value: Value, param: Param) -> bool:
    """Tell whether an argument takes such a value at all: none of "10 days" that is no time, none that is not on its list."""
    if value.kind not in param.takes or (param.choices and value.own.isdisjoint(map(stem, param.choices))):
        return False
    if value.kind != "number" or score(value, param) > 0:
        return True
    timed = "time" in param.takes and not param.numeric and not param.many
    return not timed and not value.small and _UNITS.keys().isdisjoint(value.near)


def score(value: Value, param: Param) -> int:
    """Tell how well what stands around a value fits an argument ("[radius 3]", radius -> 4)."""
    points = 3 * len(value.near & param.called) + len(value.near & param.about)
    if value.kind == "name":
        points += (4 if value.before in _AT else value.before in ("of", "")) * param.placed
        points += 2 * (value.before == "on" and "platform" in param.name)
        points += 2 * (value.before == "by" and not _MAKERS.isdisjoint(param.name.split()))
    said = set(param.name.split())
    points += 3 * len(value.own & param.called)
    points += 2 * (value.before == "in" and not _CONTESTS.isdisjoint(said))
    if value.kind == "name" and "time" in param.takes and not points:
        return -1  # "in La Liga" is no season
    if value.kind == "time":
        points += 2 * (not _TIMES.isdisjoint(said))
    for end, words in (("from", _STARTS), ("to", _ENDS)):
        points += 2 * (value.before == end and not words.isdisjoint(said))
    return points + 2 * any(w in value.near and not said.isdisjoint(names) for w, names in _UNITS.items())


_AT = frozenset("in near at from to around within inside".split())
_CONTESTS = frozenset("league tournament competition championship cup".split())
_MAKERS = frozenset("artist author director directed composer creator writer painter singer maker brand manufacturer company sculptor".split())
_TIMES = frozenset("date time day month year years season period when datetime start end century frame timeframe timezone".split())
_STARTS = frozenset("database table dataset from start origin source departure first in check begin initial".split())
_ENDS = frozenset("to till end destination target out last final arrival until".split())
_LONG = "distance height length depth radius width altitude diameter size range base".split()
_LASTING = "time years period duration term months days hours nights year timeframe minutes plazo holding".split()
_HEAVY = "weight mass kg".split()
_UNITS: dict[str, frozenset[str]] = {
    **{w: frozenset(_LONG) for w in ("m", "cm", "km", "mm", "meter", "metre", "kilometer", "feet", "foot", "inch", "mile", "unit")},
    **{w: frozenset(_LASTING) for w in ("year", "month", "week", "day", "hour", "night", "minute", "second")},
    **{w: frozenset(_HEAVY) for w in ("kg", "g", "pound", "lb", "gram")},
    "$": frozenset("amount price cost budget principal investment payment value fee deposit income".split()),
    "%": frozenset("rate percentage interest yield growth return percent annual discount".split()),
    "percent": frozenset("rate percentage interest yield growth return annual discount".split()),
    "degre": frozenset("temperature temp angle".split()),
    "coulomb": frozenset(["charge"]),
}  # fmt: skip


def _told(case: Case, text: str, kind: str) -> bool:
    """Tell whether the function itself, a default or another place of the text gives a lost value ("on Spotify", play_spotify_song)."""
    words = [w[0].lower().removesuffix("'s").removesuffix("’s") for w in WORD.finditer(text)]
    if kind != "name" or not words:
        return False
    offer = set(case.evidence.tools_told.split())
    known = offer | {stem(w) for w in offer} | {w for p in case.evidence.params for w in p.given.split()}
    left = set(case.left) | {w.removesuffix("'s") for w in case.left}
    content = [w for w in words if w not in case.lexis.functions] or words
    return all(w in known or stem(w) in known or w in left for w in content)


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


def values_of(case: Case) -> list[Value]:
    """List the values that a text told before anything went: numbers, dates, names and quotations."""
    source = case.source
    raw, found = source.raw, list[tuple[str, int, int]]()
    for m in _TOKEN.finditer(raw):
        at, end, low = m.start(), m.end(), m[0].lower()
        level, kind = source.mask[at], case.lexis.kinds.get(low, "")
        if level == LOCKED:
            run = source.run(at)
            if not (found and found[-1][2] >= run[1]):
                letters = any(c.isalpha() for c in raw[slice(*run)])
                found.append(("name" if letters else "number", *run))
            continue
        if level == NAME and (low in _BETWEEN or low in _LABELS):
            continue
        if level == NAME:
            told = "time" if _MONTH.fullmatch(low) else "name"
        elif low[0].isdigit() or low[0] in "$€£":
            told = "time" if _YEAR.fullmatch(low) or _CLOCK.match(raw, at) or _ROW.fullmatch(low) or "-" in low else "number"
        elif level == SLOT and number_value(low) is not None and low != "one":
            told = "number"
        elif _MONTH.fullmatch(low) or (level == SLOT and kind == "time"):
            told = "time"
        else:
            continue
        if found and _joined(found[-1], told, raw[found[-1][2] : at]):
            found[-1] = ("time" if "time" in (told, found[-1][0]) else told, found[-1][1], end)
        else:
            found.append((told, at, end))
    ends, starts = [0, *(end for _, _, end in found)], [*(at for _, at, _ in found[1:]), len(raw)]
    return [_value(raw, *f, ends[i], starts[i]) for i, f in enumerate(found)]


_BETWEEN = frozenset("in on at from by for with to and near or between".split())
_LABELS = frozenset("id ids ip url api uuid pin zip bpm dna esrb".split())


def _joined(last: tuple[str, int, int], kind: str, gap: str) -> bool:
    """Tell whether a token goes on with the value before it ("New" "York", "April" "4th", "2023")."""
    if kind == last[0] == "name":
        return gap in (" ", ", ", "-", ".", ". ", " & ")
    time = "time" in (kind, last[0]) and "name" not in (kind, last[0])
    return time and re.fullmatch(r",? ?(?:of |the |at |,)?|-|/|:|\. ?", gap) is not None


_TOKEN = re.compile(r"[$€£]?\d(?:[\d.,:/-]*\d)?(?:e-?\d+|[a-zµ]{1,4})?[²³]?(?![\w])%?|[^\W\d_]+(?:['’-][^\W\d_]+)*", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\ds?")
_ROW = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_CLOCK = re.compile(r"\d[\d:]*(?: ?[ap]\.?m\b|:\d\d)|\d+ o['’]clock", re.IGNORECASE)
_MONTH = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|yesterday"
)


def _value(raw: str, kind: str, start: int, end: int, last: int, following: int) -> Value:
    """Look at the words around a value, within its clause, behind the ``last`` value and before the ``following`` one."""
    before = re.split(r"[,;.?!]\s|\band\b", raw[max(last, start - 60) : start])[-1].split()[-7:]
    behind = re.split(r"[,;.?!](?:\s|$)|\b(?:and|with|for|in|at|from|by|on)\b", raw[end : min(following, end + 60)])[0].split()[:3]
    small = [w.lower() for w in before if w.lower() not in ("the", "a", "an")]
    lead = small[-1] if small else ""
    if kind == "name":
        cut = max((i for i, w in enumerate(before) if w.lower() in _BETWEEN), default=-1)
        before = before[cut + 1 :]
    words = [w.lower().strip("'’\"()[],.?!") for w in (*before, *raw[start:end].split(), *behind)]
    marks = [c for c in "$%" if c in raw[start : end + 1]]
    own = frozenset(stem(w) for w in re.findall(r"[a-z]+", raw[start:end].lower()))
    return Value(kind, start, end, frozenset([*(stem(w) for w in words if w), *own, *marks]), lead, own)
