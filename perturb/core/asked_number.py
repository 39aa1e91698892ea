"""The question for a lost number, put so that whoever sees only what is left understands it."""

from __future__ import annotations

import re

from perturb.core.asking import BY_PLACE, MISSING, MONEY, SHARE, ends_whole, missing_at, reply, stops_at
from perturb.core.stems import stem
from perturb.core.text import NAME, SLOT, WORD, Text
from perturb.core.values import number_value
from perturb.core.verdict import Case

_MANY = frozenset("sheep people children men women fish deer feet teeth mice geese".split())  # plurals without -s
_SHARES = frozenset("half quarter third fifth thirds quarters fifths".split())
_TIMES = frozenset("twice double doubled triple tripled thrice".split())
_SPANS = frozenset("second minute hour day week month year inch foot mile degrees".split())
_SHORT = {"m": "meters", "cm": "centimeters", "mm": "millimeters", "km": "kilometers", "g": "grams", "kg": "kilograms", "mg": "milligrams",
          "lb": "pounds", "lbs": "pounds", "oz": "ounces", "ft": "feet", "s": "seconds", "l": "liters", "L": "liters", "mph": "miles per hour",
          "ml": "milliliters", "mL": "milliliters", "h": "hours", "V": "volts", "J": "joules", "N": "newtons"}  # fmt: skip
_MORE = re.compile(r" (?:more|fewer|less) [a-z-]{3,}s\b")
_AND_MORE = re.compile(r"(?:,? (?:and |or )?\d[\d,.]*(?= [a-z]))+")
_HOUR = re.compile(r"\d{1,2}(?::\d\d)?[ap]\.?m\.?", re.I)  # "12pm"
_JOINED = re.compile(r"-(?!(?:by|and|or|to|in|on|at)\b)([a-z]{2,}(?<!ed))\b", re.IGNORECASE)
_RATE = re.compile(r" per [a-z]+\b")
_ENDS = frozenset("out to from for with in on at by into".split())
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_IN_YEAR = frozenset("in year since until".split())
_NO_THINGS = frozenset(
    "does exists this always years-old hers ours theirs was has is as yes less plus minus times ones".split()
)


def ask_number(source: Text, start: int, end: int) -> str:
    """Write the question that asks for a lost number ("16 eggs" -> "How many eggs?")."""
    return number_asked(source, start, end)[0]


def number_asked(source: Text, start: int, end: int, lost: tuple[int, int] | None = None) -> tuple[str, str]:
    """Write the question for a lost number and the answer to it ("16 eggs" -> "How many eggs?", "16 eggs.").

    ``lost`` is the range of the edit that took it: the question cannot point at words that went along, and the answer says them again.
    """
    if lost is not None and _deep_within(source, start, lost):
        return missing_at(source.raw, *lost), reply(source.raw[slice(*lost)], "number")
    text = source.raw[start:end].strip()
    return (
        _by_form(source, start, end, text)
        or _by_unit(source, end, text)
        or _by_thing(source, start, end, text, lost)
        or _by_place(source, start, end, lost)
    )


def _by_form(source: Text, start: int, end: int, text: str) -> tuple[str, str] | None:
    """Ask by how the number is written ("$5", "20%", "7 pm", "the 19th century", "in 1999")."""
    plain = reply(text, "number")
    if text[:1] in "$€£¥₹" or text[-1:] in "€£":
        return MONEY, plain
    if text.endswith("%") or "percent" in text.lower():
        return "What percentage is it?", plain
    if _HOUR.fullmatch(text):
        return "At what time?", plain
    row = re.match(r"\d+(?:st|nd|rd|th)\b ?", text)
    if row:  # "19th century"
        following = WORD.match(source.raw, end + 1)
        thing = text[row.end() :] or (following[0] if following and following[0].islower() else "one")
        return f"Which {thing}?", plain
    if _YEAR.fullmatch(text) and source.raw[:start].lower().rpartition(" ")[0].rpartition(" ")[2] in _IN_YEAR:
        return "In which year?", plain
    return None


def _by_unit(source: Text, end: int, text: str) -> tuple[str, str] | None:
    """Ask by the unit that goes with the number ("her 10-acre farm", "5 miles per hour", "30 square feet")."""
    joined = _JOINED.match(source.raw, end)
    if joined and text[-1:].isalnum():
        return f"How many {_many(joined[1])}?", reply(f"{text} {_many(joined[1])}", "number")
    rate = _RATE.match(source.raw, end)
    if rate and text[-1:].isalpha() and text[:1].isdigit():
        text += rate[0]
        return f"How many {_many(text.split()[1])} {' '.join(text.split()[2:])}?", reply(text, "number")
    plain, unit = reply(text, "number"), WORD.findall(text)
    if len(unit) < 2 or not unit[-1].isalpha() or number_value(unit[-1]) is not None:
        return None
    if unit[-1].lower() in ("am", "pm"):
        return "At what time?", plain
    one = unit[1] if unit[1].lower() in _SPANS else unit[-1]  # "30 day month"
    if one.lower() in ("celsius", "fahrenheit"):
        return f"How many degrees {one.capitalize()}?", plain
    power = f"{unit[-2].lower()} " if unit[-2].lower() in ("square", "cubic") else ""
    return f"How many {power}{_SHORT.get(one) or _many(one.lower())}?", plain


def _by_thing(source: Text, start: int, end: int, text: str, lost: tuple[int, int] | None) -> tuple[str, str] | None:
    """Ask by what the number counts ("3 more eggs", "3 times", "half", "twice", "16 eggs")."""
    more = _MORE.match(source.raw, end)
    if more:
        return f"How many {more[0].strip()}?", reply(f"{text}{more[0]}", "number")
    following = WORD.match(source.raw, end + 1)
    if following and following[0].lower() == "times":
        return "How many times?", reply(f"{text} times", "number")
    coins = re.search(r"(?<![\d/])\d+ $", source.raw[:start]) if text.lower().startswith("quarter") else None
    if coins:
        return "How many quarters?", reply(coins[0] + text, "number")
    gone = lost or (start, end)
    if text.lower() in _SHARES | _TIMES and len(source.raw[slice(*gone)].split()) > 5:
        return missing_at(source.raw, *gone), reply(source.raw[slice(*gone)], "number")
    if text.lower() in _SHARES:
        return SHARE, reply(text, "number")
    if text.lower() in _TIMES:
        return "How many times as much?", reply(text, "number")
    thing = _counted(source, end)
    return (f"How many {thing}?", reply(f"{text} {thing}", "number")) if thing else None


def _by_place(source: Text, start: int, end: int, lost: tuple[int, int] | None) -> tuple[str, str]:
    """Ask by where the number stood; where that went too, for all that went."""
    raw = source.raw
    if lost is not None and lost[0] < start - 1:
        left = raw[: lost[0]]
        if left and lost[1] >= len(raw.rstrip()):
            ask = missing_at(raw, *lost) if ends_whole(left) else stops_at(left)
            return ask, reply(raw[slice(*lost)], "rest")
        return number_missing(source, start, end)
    before = " ".join(re.split(r"[.?!]\s", raw[:start])[-1].rsplit(None, 3)[-3:])
    if not before and lost is not None and lost[1] - lost[0] > len(raw[start:end].strip()) + 2:
        return missing_at(raw, *lost), reply(raw[slice(*lost)], "number")
    ask = f"{BY_PLACE} comes after “{before}”?" if before else f"{BY_PLACE} is it?"
    return ask, reply(raw[start:end].strip(), "number")


def number_missing(source: Text, start: int, end: int) -> tuple[str, str]:
    """Ask for a number without saying what it counts; the answer is the whole sentence ("… Which one is it?", "Ann has 16 eggs.")."""
    whole = next((s for s in source.sentences() if s[0] <= start < s[1]), (start, end))
    return f"{MISSING} a number missing. Which one is it?", reply(source.raw[slice(*whole)], "number")


def _deep_within(source: Text, start: int, lost: tuple[int, int]) -> bool:
    """Tell whether words that say what a number counts went along before it ("[with a depth of at most 5]")."""
    words = [m[0] for m in WORD.finditer(source.raw, lost[0], start)]
    return (
        lost[0] > 0
        and lost[1] < len(source.raw.rstrip())
        and any(len(w) > 3 and w.lower() not in _LEADS for w in words)
    )


_LEADS = frozenset(
    "with from than over about after before under every only just more less least most next last first these those".split()
)


def _many(unit: str) -> str:
    """Give a unit's plural ("inch" -> "inches", "cm" -> "cm")."""
    if unit == "foot":
        return "feet"
    if unit.endswith("s") or unit in _MANY or (len(unit) < 4 and unit not in _SPANS):
        return unit
    return unit + ("es" if unit.endswith(("ch", "sh", "x")) else "s")


def _counted(source: Text, end: int) -> str:
    """Find what a number counts in the words behind it ("16 big red buses" -> "buses"), "" where nothing is plain."""
    row = _AND_MORE.match(source.raw, end)  # "34 and 22 oranges"
    end = row.end() if row else end
    for m in WORD.finditer(source.raw, end):
        if "." in source.raw[end : m.start()] or source.mask[m.start()] == SLOT or m[0].lower() in _ENDS:
            break
        many = (
            len(m[0]) > 3 and m[0].endswith("s") and not m[0].endswith("ss") and m[0].lower() not in _NO_THINGS
        ) or m[0].lower() in _MANY
        if m[0].isalpha() and many and source.mask[m.start()] != NAME:
            power = re.search(r"\b(?:square|cubic) $", source.raw[end : m.start()])
            owned = re.match(r"['’] ([a-z]+s)\b", source.raw[m.end() :])  # "32 teachers' cars"
            if owned:
                return f"{m[0].lower()}' {owned[1]}"
            return (power[0] if power else "") + m[0].lower()
        if m.start() > end + 30:
            break
    return ""


_OF = re.compile(r"How many (?:[a-z'’-]+ )*?(?P<thing>[a-z'’-]+)\?")


def asked_for(case: Case, start: int, end: int, lost: tuple[int, int]) -> tuple[str, str]:
    """Ask for a lost number so that whoever sees only the rest understands it ("How many eggs?", "16 eggs.").

    The question must not be the text's own ("How many figures fit on his shelves?"), nor name a thing that went along and that
    nothing else names.
    """
    source = case.source
    ask, says = number_asked(source, start, end, lost)
    gone = missing_at(source.raw, *lost), reply(source.raw[slice(*lost)], "number")
    if ask == MONEY and 0 < lost[0] < start - 1 and end <= lost[1] < len(source.raw.rstrip()):
        return gone  # "He sells each jar[ for $50]."
    of = _OF.fullmatch(ask)
    if of is None or lost[1] - lost[0] < end - start + 12:
        return ask, says
    thing = stem(of["thing"])
    if thing in case.question and thing in _wanted(case):
        return number_missing(source, start, end)
    if thing in map(stem, case.left):
        return ask, says
    said = case.lexis.functions | {"square", "cubic"}
    words = (w[0].lower() for w in WORD.finditer(source.raw, *lost))
    told = any(w.isalpha() and len(w) > 3 and stem(w) != thing and w not in said for w in words)
    return (ask, says) if case.lexis.kinds.get(of["thing"]) == "unit" and not told else gone


_BEHIND = re.compile(r"(?: (?!than\b|to\b)[A-Za-z-]+){0,2}")
_OF_THEM = re.compile(r" of (?:them|those|these|(?:the|his|her|their|my|our) (?:[a-z-]+ ){0,2}?[a-z-]{3,}s)\b")


def vaguely_asked(case: Case, ask: str, new: str, start: int, end: int) -> str:
    """Ask for a blurred amount by quoting it ("How many are “some marbles”?") where "How many marbles?" could be the text's own question."""
    raw, of = case.source.raw, _OF.fullmatch(ask)
    if of is not None and stem(of["thing"]) in _wanted(case):
        thing = re.match(rf"(?: [a-z-]+)*? {re.escape(of['thing'])}\b", raw[end:])
        return f"How many are “{new.strip()}{thing[0]}”?" if thing else ask
    them = _OF_THEM.match(raw, end)
    if them or ask.startswith(BY_PLACE):
        # With the words around it, so that it is plain which: “He sold some of them”, “eggs and finds some more”.
        before = re.split(r"[.?!]\s", raw[:start])[-1].split()[-3:]
        behind = them or _BEHIND.match(raw, end)
        return f"How many are meant by “{' '.join([*before, new.strip()])}{behind[0] if behind else ''}”?"
    return ask


def _wanted(case: Case) -> set[str]:
    """Give the stems of what a text asks the number of ("How many total action figures could …" -> total, action, figur)."""
    text = f"{case.source.raw} {case.evidence.beside}"
    return {stem(w) for m in re.finditer(r"[Hh]ow many ((?:[a-z-]+ ){1,4})", text) for w in m[1].split()}
