"""How one asks for what is gone, and what its writer would answer ("How many eggs?", "16 eggs.")."""

from __future__ import annotations

import re

from perturb.core.text import NAME, SLOT, WORD, Text
from perturb.core.values import number_value

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

    ``lost`` is what the edit that took it went over: nobody can point at words that went along, and the answer says them again.
    """
    text = source.raw[start:end].strip()
    plain = reply(text, "number")
    if lost is not None and _deep_within(source, start, lost):
        return missing_at(source.raw, *lost), reply(source.raw[slice(*lost)], "number")
    if text[:1] in "$€£¥₹" or text[-1:] in "€£":
        return "How much money is it?", plain
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
    joined = _JOINED.match(source.raw, end)
    if joined and text[-1:].isalnum():
        return f"How many {_many(joined[1])}?", reply(f"{text} {_many(joined[1])}", "number")  # "her 10-acre farm"
    rate = _RATE.match(source.raw, end)
    if rate and text[-1:].isalpha() and text[:1].isdigit():
        text, plain = text + rate[0], reply(text + rate[0], "number")
        return f"How many {_many(text.split()[1])} {' '.join(text.split()[2:])}?", plain
    unit = WORD.findall(text)
    if len(unit) > 1 and unit[-1].isalpha() and number_value(unit[-1]) is None:
        if unit[-1].lower() in ("am", "pm"):
            return "At what time?", plain
        one = unit[1] if unit[1].lower() in _SPANS else unit[-1]  # "30 day month"
        if one.lower() in ("celsius", "fahrenheit"):
            return f"How many degrees {one.capitalize()}?", plain
        power = f"{unit[-2].lower()} " if unit[-2].lower() in ("square", "cubic") else ""
        return f"How many {power}{_SHORT.get(one) or _many(one.lower())}?", plain
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
        return "What share is it?", plain
    if text.lower() in _TIMES:
        return "How many times as much?", plain
    thing = _counted(source, end)
    if thing:
        return f"How many {thing}?", reply(f"{text} {thing}", "number")
    said = re.split(r"[.?!]\s", source.raw[:start])[-1]
    before = " ".join(said.rsplit(None, 3)[-3:])
    if lost is not None and lost[0] < start - 1:
        if lost[0] and lost[1] >= len(source.raw.rstrip()):
            left = source.raw[: lost[0]]
            return missing_at(source.raw, *lost) if ends_whole(left) else stops_at(left), reply(
                source.raw[slice(*lost)], "rest"
            )
        return number_missing(source, start, end)
    if not before and lost is not None and lost[1] - lost[0] > len(text) + 2:
        return missing_at(source.raw, *lost), reply(source.raw[slice(*lost)], "number")
    return (f"Which number comes after “{before}”?" if before else "Which number is it?"), plain


def number_missing(source: Text, start: int, end: int) -> tuple[str, str]:
    """Ask for a number without saying of what, to which the whole sentence answers ("… Which one is it?", "Ann has 16 eggs.")."""
    whole = next((s for s in source.sentences() if s[0] <= start < s[1]), (start, end))
    return "There seems to be a number missing. Which one is it?", reply(source.raw[slice(*whole)], "number")


def _deep_within(source: Text, start: int, lost: tuple[int, int]) -> bool:
    """Tell whether telling words went along before a number, so that nobody knows what it counts ("[with a depth of at most 5]")."""
    words = [m[0] for m in WORD.finditer(source.raw, lost[0], start)]
    return (
        lost[0] > 0
        and lost[1] < len(source.raw.rstrip())
        and any(len(w) > 3 and w.lower() not in _LEADS for w in words)
    )


_LEADS = frozenset(
    "with from than over about after before under every only just more less least most next last first these those".split()
)


def stops_at(left: str) -> str:
    """Ask for the rest of a message that stops ("Where is the" -> "Your message stops at “Where is the”. …")."""
    return f"Your message stops at “{' '.join(left.split()[-3:])}”. Could you send the rest?"


def missing_at(raw: str, start: int, end: int) -> str:
    """Ask for what is missing within a text that ends as it should ("There seems to be something missing after “is due.”. …")."""
    before, behind = " ".join(raw[:start].split()[-3:]), " ".join(raw[end:].split()[:3])
    where = f"after “{before}”" if before else f"before “{behind}”"
    return f"There seems to be something missing {where}. What is it?"


def ends_whole(left: str) -> bool:
    """Tell whether what is left ends with a sentence ("It is due.")."""
    return left.rstrip().rstrip("\"'”’)")[-1:] in (".", "?", "!") and not left.rstrip().endswith("...")


def _many(unit: str) -> str:
    """Give a unit's plural ("inch" -> "inches", "cm" -> "cm")."""
    if unit == "foot":
        return "feet"
    if unit.endswith("s") or unit in _MANY or (len(unit) < 4 and unit not in _SPANS):
        return unit
    return unit + ("es" if unit.endswith(("ch", "sh", "x")) else "s")


PERSONAL = frozenset("he she they him her them his their".split())
_POINTED = {"there": "Where do you mean?"}
_WHERE = frozenset("in at near inside around".split())
_WHOM = frozenset("by with for from to of about on against between than like".split())


_I_AM = re.compile(
    r"(?:\bmy (?:first |last |full )?name(?: is|['’]s)|(?:^|[.,!?]\s*)(?:i am|i['’]m|this is))\s*$", re.IGNORECASE
)
WISH = "What would you like to know?"
ABOUT = "Who or what is it about?"
WHERE = "Where or in what?"


def name_asked(source: Text, at: int, stay: list[str]) -> str:
    """Write the question for a name that is gone ("films by Hitchcock" -> "By whom or what?"), or that ``stay`` points at."""
    if stay:
        return "Who do you mean?" if stay[0] in PERSONAL else _POINTED.get(stay[0], "Which one do you mean?")
    if _I_AM.search(source.raw[:at]):
        return "What is your name?"
    first = WORD.match(source.raw, at + (source.raw[at : at + 1] == " "))
    if first and first[0].lower() in _WHERE:
        return WHERE  # "in Premier League" reads on as one name
    kept = len(source.raw[:at].rstrip())
    if kept and source.mask[kept - 1] == source.mask[kept] == NAME and source.raw[kept] == " ":
        return f"What comes after “{source.raw[:kept].split()[-1]}”?"
    before = [w for w in source.raw[:at].lower().split() if w not in ("the", "a", "an")][-1:]
    if not before or before[0] not in _WHERE | _WHOM:
        return ABOUT
    return f"{before[0].capitalize()} whom or what?" if before[0] in _WHOM else WHERE


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


def reply(text: str, kind: str) -> str:
    """Write what a person answers who is asked for this ("my card" -> "My card."; a question or a rest as it was)."""
    said = " ".join(text.split())
    if kind in ("question", "rest"):
        return said.lstrip(",; ") or said
    said = said.strip(' ,;:-–—"“”()[]')
    if kind == "name":
        said = said.removesuffix("'s").removesuffix("’s").rstrip("'’")
    if not said:
        return " ".join(text.split())
    return said[0].upper() + said[1:] + ("" if said[-1] in ".?!" else ".")
