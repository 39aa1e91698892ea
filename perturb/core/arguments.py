"""The values that a text tells, and which argument of a function each of them is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perturb.core.params import Param
from perturb.core.stems import stem
from perturb.core.text import LOCKED, NAME, SLOT
from perturb.core.values import MONTHS, number_value
from perturb.core.verdict import Case


class Value(NamedTuple):
    """A value told in a text: of what kind, where, and the words around it that say what it is for."""

    kind: str  # "number", "time", "name", or "word" where only plain words are there
    start: int
    end: int
    near: frozenset[str]
    before: str
    own: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()  # what stands right behind it, or in it
    fraction: bool = False
    plain: bool = False  # no mark of an address in it

    @property
    def small(self) -> bool:
        """Tell whether it is a number that may count anything ("the other two sides")."""
        return not self.own.isdisjoint(("two", "thre"))


def values_of(case: Case) -> list[Value]:
    """List the values that a text told before anything went: numbers, dates, names and quotations."""
    source = case.source
    raw, found = source.raw, list[tuple[str, int, int]]()
    for m in _TOKEN.finditer(raw):
        at, end = m.span()
        if source.mask[at] == LOCKED:
            run = source.run(at)
            if not (found and found[-1][2] >= run[1]):
                found.append(("name" if any(c.isalpha() for c in raw[slice(*run)]) else "number", *run))
            continue
        told = _kind(case, m, m[0].lower())
        if not told:
            continue
        last = found[-1] if found else ("", 0, 0)
        if _joined(last, told, raw[last[2] : at], raw[last[1] : last[2]] if told == "time" else m[0]):
            found[-1] = ("time" if "time" in (told, last[0]) else told, last[1], end)
        else:
            found.append((told, at, end))
    ends, starts = [0, *(end for _, _, end in found)], [*(at for _, at, _ in found[1:]), len(raw)]
    return [_value(raw, *f, ends[i], starts[i]) for i, f in enumerate(found)]


def _kind(case: Case, m: re.Match[str], low: str) -> str:
    """Tell what kind of value a word or number is, "" where it is none ("2019" -> "time", "1800" of square feet -> "number")."""
    raw, level = case.source.raw, case.source.mask[m.start()]
    if level == NAME and not (low in _BETWEEN or low in LABELS):
        return "time" if _MONTH.fullmatch(low) else "name"
    if low[0].isdigit() or low[0] in "$€£":
        year = _YEAR.fullmatch(low) and not _COUNTS.match(raw, m.end())
        return "time" if year or CLOCK.match(raw, m.start()) or _ROW.fullmatch(low) or "-" in low else "number"
    if level == SLOT and number_value(low) is not None and low != "one":
        return "number"
    said = _MONTH.fullmatch(low) or (level == SLOT and case.lexis.kinds.get(low) == "time")
    return "time" if said and level != NAME else ""


_BETWEEN = frozenset("in on at from by for with to and near or between".split())
LABELS = frozenset("id ids ip url api uuid pin zip bpm dna esrb".split())


def _joined(last: tuple[str, int, int], kind: str, gap: str, number: str) -> bool:
    """Tell whether a token goes on with the value before it ("New" "York", "April" "4th", "2023")."""
    if kind == last[0] == "name":
        return gap in (" ", ", ", "-", ".", ". ", " & ")
    if "time" not in (kind, last[0]) or "name" in (kind, last[0]) or not _DATED.fullmatch(number):
        return False
    return re.fullmatch(r",? ?(?:of |the |at |,)?|-|/|:|\. ?", gap) is not None


_TOKEN = re.compile(
    r"[$€£]?\d(?:[\d.,:/-]*\d)?(?:e-?\d+|[a-zµ]{1,4})?[²³]?(?![\w])%?|[^\W\d_]+(?:['’-][^\W\d_]+)*", re.IGNORECASE
)
_DATED = re.compile(
    r"(?:.*\b)?\d{1,4}(?:st|nd|rd|th|:\d\d)?(?:[ ]?[ap]m)?|.*[a-z]{3}|\d[\d/:-]+\d", re.IGNORECASE | re.DOTALL
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\ds?")
_COUNTS = re.compile(r" (?:square|cubic|feet|(?!(?:was|is|has|does)\b)[a-z]+s)\b")  # "1800 square feet"
_ROW = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
CLOCK = re.compile(r"\d[\d:]*(?: ?[ap]\.?m\b|:\d\d)|\d+ o['’]clock", re.IGNORECASE)
_MONTH = re.compile("|".join(MONTHS) + r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|yesterday")


_CLAUSE = re.compile(r"[,;.?!](?:\s|$)|\b(?:and|with|for|in|at|from|by|on)\b")


def _value(raw: str, kind: str, start: int, end: int, last: int, following: int) -> Value:
    """Look at the words around a value, within its clause, behind the ``last`` value and before the ``following`` one."""
    before = re.split(r"[,;.?!]\s|\band\b", raw[max(last, start - 60) : start])[-1].split()[-7:]
    behind = _CLAUSE.split(raw[end : min(following, end + 60)])[0].split()[:3]
    small = [w.lower() for w in before if w.lower() not in ("the", "a", "an")]
    lead = small[-1] if small else ""
    if kind == "name":
        cut = max((i for i, w in enumerate(before) if w.lower() in _BETWEEN), default=-1)
        before = before[cut + 1 :]
    words = [w.lower().strip("'’\"()[],.?!") for w in (*before, *raw[start:end].split(), *behind)]
    marks = [c for c in "$%" if c in raw[start : end + 1]]
    own = frozenset(stem(w) for w in re.findall(r"[a-z]+", raw[start:end].lower()))
    unit = re.match(r"[ -]?([A-Za-z]+)", raw[end:])
    units = frozenset([*own, *marks, *([stem(unit[1].lower())] if unit else [])])
    return Value(
        kind,
        start,
        end,
        frozenset([*(stem(w) for w in words if w), *own, *marks]),
        lead,
        own,
        units,
        "." in raw[start:end],
        not re.search(r"[./@\\]", raw[start:end]),
    )


def assigned(values: list[Value], params: Sequence[Param], case: Case) -> dict[Param, Value]:
    """Tell which argument each value is for, by the words around it, else in their order."""
    fits = [(score(v, p), i, j) for i, v in enumerate(values) for j, p in enumerate(params) if takes(v, p)]
    tops: dict[int, int] = {}
    for points, i, _ in fits:
        tops[i] = max(points, tops.get(i, points))
    found: dict[Param, Value] = {}
    done: set[int] = set()
    for points, i, j in sorted((f for f in fits if f[0] == tops[f[1]]), key=lambda f: (-f[0], f[1])):
        p = params[j]
        if i in done or (p in found and not p.many):
            continue
        if points <= 0:
            rest = [q for q in params if takes(values[i], q) and q not in found and not q.choices]
            if values[i].kind == "name" and values[i].before in _ASIDE and not all(q.needed for q in rest):
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


_ASIDE = frozenset("with by from in at using via".split())


def takes(value: Value, param: Param) -> bool:
    """Tell whether an argument takes such a value at all: none of "10 days" that is no time, none that is not on its list."""
    if value.kind not in param.takes or (param.choices and value.own.isdisjoint(map(stem, param.choices))):
        return False
    if value.plain and not _ADDRESSES.isdisjoint(param.name.split()):
        return False  # "on Cisco Nexus" is no URL
    if param.name.startswith("prob") and value.kind == "number" and not (value.fraction or "%" in value.units):
        return False
    if value.kind != "number" or score(value, param) > 0:
        return True
    timed = "time" in param.takes and not param.numeric and not param.many
    numbered = not {"id", "identifier", "code"}.isdisjoint(param.name.split()) or (value.fraction and param.whole)
    return not timed and not numbered and not value.small and UNITS.keys().isdisjoint(value.units)


_ADDRESSES = frozenset("url uri path email link".split())


def score(value: Value, param: Param) -> int:
    """Tell how well what stands around a value fits an argument ("[radius 3]", radius -> 4)."""
    points = 3 * len(value.near & param.called) + len(value.near & param.about)
    if value.kind == "name":
        points += (4 if value.before in _AT else (value.before == "of" and param.needed)) * param.placed
        points += 2 * (value.before == "on" and "platform" in param.name)
        points += 2 * (value.before == "by" and not _MAKERS.isdisjoint(param.name.split()))
    said = {w.rstrip("0123456789") for w in param.name.split()}
    points += 3 * len(value.own & param.called) + 4 * (not value.own.isdisjoint(map(stem, param.choices)))
    points += 2 * (value.before == "in" and not _CONTESTS.isdisjoint(said))
    if (
        value.kind == "name"
        and "time" in param.takes
        and "zone" not in param.name
        and value.own.isdisjoint(param.called)
    ):
        return -1  # "in La Liga" is no season
    if value.kind == "time":
        points += 2 * (not _TIMES.isdisjoint(said))
    for end, words in (("from", _STARTS), ("to", _ENDS)):
        points += 2 * (value.before == end and not words.isdisjoint(said))
    return points + 6 * any(w in value.units and not said.isdisjoint(names) for w, names in UNITS.items())


_AT = frozenset("in near at from to around within inside".split())
_CONTESTS = frozenset("league tournament competition championship cup".split())
_MAKERS = frozenset(
    "artist author director directed composer creator writer painter singer maker brand manufacturer company sculptor".split()
)
_TIMES = frozenset(
    "date time day month year years season period when datetime start end century frame timeframe timezone".split()
)
_STARTS = frozenset("database table dataset from start origin source departure first in check begin initial".split())
_ENDS = frozenset("to till end destination target out last final arrival until".split())
_LONG = "distance height length depth radius width altitude diameter size range base".split()
_LASTING = "time years period duration term months days hours nights year timeframe minutes plazo holding".split()
_HEAVY = "weight mass kg".split()
UNITS: dict[str, frozenset[str]] = {
    **{stem(w): frozenset(_LONG) for w in ("m", "cm", "km", "mm", "meter", "metre", "kilometer", "feet", "foot", "inch", "mile", "unit")},
    **{stem(w): frozenset(_LASTING) for w in ("year", "month", "week", "day", "hour", "night", "minute", "second")},
    **{stem(w): frozenset(_HEAVY) for w in ("kg", "g", "pound", "lb", "gram")},
    "$": frozenset("amount price cost budget principal investment payment value fee deposit income".split()),
    "%": frozenset("rate percentage interest yield growth return percent annual discount".split()),
    "percent": frozenset("rate percentage interest yield growth return annual discount".split()),
    stem("degree"): frozenset("temperature temp angle".split()),
    "coulomb": frozenset(["charge"]),
}  # fmt: skip
