"""Numbers as they are said ("1,204" -> "one thousand two hundred and four", "1987" -> "nineteen eighty seven").

``ways`` lists all readings of a number with its sign, unit or money, the commonest first; two notations say the same
where one is a reading of the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}  # fmt: skip
_MONEY = {"$": ("dollar", "cent"), "£": ("pound", "penny"), "€": ("euro", "cent"), "¥": ("yen", ""), "₹": ("rupee", "")}
_UNITS = {
    "km": "kilometers", "cm": "centimeters", "mm": "millimeters", "kg": "kilograms", "mg": "milligrams", "g": "grams",
    "ml": "milliliters", "ft": "feet", "lb": "pounds", "lbs": "pounds", "oz": "ounces", "mph": "miles per hour",
    "hrs": "hours", "hr": "hours", "mins": "minutes", "min": "minutes", "sec": "seconds", "k": "thousand",
    "°c": "degrees celsius", "°f": "degrees fahrenheit", "°": "degrees", "%": "percent", "m": "meters",
    "bn": "billion", "kgs": "kilograms", "kb": "kilobytes", "gb": "gigabytes", "mb": "megabytes", "am": "a m", "pm": "p m", "a.m.": "a m", "p.m.": "p m",
}  # fmt: skip
_FORM = re.compile(
    r"(?P<money>[$£€¥₹])?\s?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?"
    r"(?P<tail>\s?(?:hundred|thousand|million|billion|trillion))?(?P<unit>\s?(?:°[cf]?|%|percent|[a-z]{1,3}|[ap]\.m\.))?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?:\s?([ap])\.?m\.?)?")
_RATED = re.compile(r"(?P<amount>.*\d.*)/(?P<unit>[a-z]+)")
_JOINED = re.compile(r"(?P<amount>\d[\d,.]*)-(?P<word>[a-z]{3,})")
_PARTS = re.compile(r"(?:(\d+) )?(\d{1,2})/(\d{1,3})(?:rds?|ths?)?")
_FRACTIONS = {"1/2": ("one half", "a half", "half"), "1/4": ("one quarter", "a quarter", "one fourth"),
              "3/4": ("three quarters", "three fourths"), "1/3": ("one third", "a third"), "2/3": ("two thirds",),
              "½": ("one half", "a half", "half"), "¼": ("one quarter", "a quarter"), "¾": ("three quarters",)}  # fmt: skip


def cardinal(n: int, *, joined: bool = True) -> str:
    """Say a whole number under 10**15 (1204 -> "one thousand two hundred and four")."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10 - 2] + (f" {_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        rest = cardinal(n % 100) if n % 100 else ""
        return f"{_ONES[n // 100]} hundred" + (f"{' and' if joined else ''} {rest}" if rest else "")
    size, name = next((s, w) for s, w in _SCALES if n >= s)
    small = n % size
    head = f"{cardinal(n // size, joined=joined)} {name}"
    if not small:
        return head
    return f"{head}{' and' if joined and small < 100 else ''} {cardinal(small, joined=joined)}"


def year(n: int) -> str:
    """Say a year (1987 -> "nineteen eighty seven", 1905 -> "nineteen oh five", 2004 -> "two thousand and four")."""
    high, low = divmod(n, 100)
    if n % 1000 < 10:
        return cardinal(n)
    if not low:
        return f"{cardinal(high)} hundred"
    return f"{cardinal(high)} {'oh ' if low < 10 else ''}{cardinal(low)}"


def ordinal(n: int) -> str:
    """Say the place in a row (23 -> "twenty third")."""
    head, _, last = cardinal(n).rpartition(" ")
    last = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return f"{head} {last}".strip()


@lru_cache(maxsize=4096)
def ways(written: str) -> tuple[str, ...]:
    """List how a number may be said, the commonest first ("$5" -> "five dollars", …), none where it is not known."""
    if re.search(r"\d\s?[A-Z](?![a-zA-Z])", written):
        return ()  # "5M", "300 K": too much may be meant
    low = " ".join(written.lower().split())
    if low in _FRACTIONS:
        return _FRACTIONS[low]
    joined = _with_more(low) or _parts(low)
    if joined:
        return joined
    clock = _CLOCK.fullmatch(low)
    if clock:
        return _clock(int(clock[1]), int(clock[2]), clock[3])
    place = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)", low)
    if place:
        return (ordinal(int(place[1])),) if int(place[1]) else ()
    decade = re.fullmatch(r"(1[1-9]|20)?([1-9]0)['’]?s", low)
    if decade:
        tens = cardinal(int(decade[2]))[:-1] + "ies" if decade[2] != "10" else "tens"
        return (f"{cardinal(int(decade[1]))} {tens}" if decade[1] else tens,)
    m = _FORM.fullmatch(low)
    return tuple(dict.fromkeys(_amount(m))) if m else ()


def _with_more(low: str) -> tuple[str, ...]:
    """Say what stands about an amount ("#7", "-3", "$35/hour", "40-hour", "5$", "3:2", ".5")."""
    rated, tied = _RATED.fullmatch(low), _JOINED.fullmatch(low)
    counted = rated and re.fullmatch(r"(.*\d) ([a-z]+)", rated["amount"])
    if rated and counted and not ways(rated["amount"]):
        return tuple(
            f"{way} {counted[2]} {per} {rated['unit']}" for way in ways(counted[1]) for per in ("per", "a", "an")
        )
    if rated:
        each = rated["unit"]
        one = "an" if each[0] in "aeiou" or each.startswith("hour") else "a"
        return tuple(f"{way} {per} {_SINGLE.get(each, each)}" for way in ways(rated["amount"]) for per in ("per", one))
    if tied:
        return tuple(f"{way} {tied['word']}" for way in ways(tied["amount"]))
    for sign, said in (
        ("#", ("number",)),
        ("-", ("minus", "negative")),
        ("−", ("minus", "negative")),
        ("–", ("minus",)),
    ):
        if low.startswith(sign) and low[1:2].isdigit():
            return tuple(f"{word} {way}" for word in said for way in ways(low[1:]))
    if low[-1:] in ("$", "£", "€") and low[:1].isdigit():
        return ways(low[-1] + low[:-1].rstrip())
    part = re.fullmatch(r"([$£€])?\.(\d+)", low)
    if part:
        if part[1]:
            return ways(f"{part[1]}0.{part[2].ljust(2, '0')}")
        return tuple(way[at:] for way in ways(f"0.{part[2]}") for at in (5, 0))  # "zero" may be left out
    ratio = re.fullmatch(r"(\d{1,2}):(\d)", low)
    return (f"{cardinal(int(ratio[1]))} to {cardinal(int(ratio[2]))}",) if ratio else ()


_SINGLE = {"hr": "hour", "min": "minute", "sec": "second", "kg": "kilogram", "km": "kilometer"}


def _parts(low: str) -> tuple[str, ...]:
    """Say a fraction ("2/5" -> "two fifths", "2 1/2" -> "two and a half")."""
    m = _PARTS.fullmatch(low)
    if m is None or not 0 < int(m[2]) < int(m[3]):
        return ()
    plain = f"{m[2]}/{m[3]}"
    name = ordinal(int(m[3])).removeprefix("one ") + ("s" if m[2] != "1" else "")
    said = _FRACTIONS.get(plain, (f"{cardinal(int(m[2]))} {name}", *((f"a {name}",) if m[2] == "1" else ())))
    if not m[1]:
        return said
    return tuple(f"{cardinal(int(m[1]))} and {way}" for way in (*said[1:], said[0]) if way != "half")


def by_digit(digits: str) -> str:
    """Say a long number digit by digit ("7021" -> "seven oh two one")."""
    return " ".join("oh" if d == "0" else _ONES[int(d)] for d in digits)


def _amount(m: re.Match[str]) -> list[str]:
    whole, part = m["whole"].replace(",", ""), m["part"] or ""
    bare = not (part or m["tail"] or m["unit"] or m["money"] or "," in m["whole"])
    single = [by_digit(whole), by_digit(whole).replace("oh", "zero")] if bare and len(whole) > 3 else []
    if len(whole) > 12 or (len(whole) > 1 and whole[0] == "0"):
        return single
    n, tail, unit = int(whole), (m["tail"] or "").strip(), (m["unit"] or "").strip()
    if unit and unit not in _UNITS and unit != "percent":
        return []
    said = [cardinal(n), cardinal(n, joined=False)]
    if not (part or tail or unit or m["money"] or "," in m["whole"]) and 1100 <= n < 2100:
        said = [year(n), *said] + ([f"twenty {cardinal(n % 100)}"] if n > 2009 else [])
    said += single
    if m["money"]:
        return _money(m["money"], n, part, tail, said) if not unit else []
    if part:
        said = [f"{s} point {' '.join(_ONES[int(d)] for d in part[1:])}" for s in said]
    if tail:
        said = [f"{s} {tail}" for s in said]
    if unit:
        name = _UNITS.get(unit, unit)
        said = [f"{s} {name[:-1] if n == 1 and not part and name in _ONE else name}" for s in said]
    return said


_ONE = frozenset(u for u in _UNITS.values() if u.endswith("s") and u not in ("degrees celsius", "celsius"))


def _money(sign: str, n: int, part: str, tail: str, said: list[str]) -> list[str]:
    """Say money ("$3.50" -> "three dollars and fifty cents", "three fifty")."""
    coin, small = _MONEY[sign]
    coins = coin if coin == "yen" or (n == 1 and not part and not tail) else coin + "s"
    if tail or not part:
        decimals = f" point {' '.join(_ONES[int(d)] for d in part[1:])}" if part else ""
        return [f"{s}{decimals}{' ' + tail if tail else ''} {coins}" for s in said]
    part = part.ljust(3, "0")
    if len(part) != 3 or not small:
        return [f"{s} point {' '.join(_ONES[int(d)] for d in part[1:])} {coins}" for s in said]
    cents = int(part[1:])
    coins = coin if n == 1 else coin + "s"
    if not cents:
        return [f"{s} {coins}" for s in said]
    pence = small if cents == 1 else "pence" if small == "penny" else small + "s"
    if not n:
        return [f"{cardinal(cents)} {pence}"]
    return [f"{s} {coins} and {cardinal(cents)} {pence}" for s in said]


def _clock(hour: int, minute: int, half: str | None) -> tuple[str, ...]:
    """Say a time of day ("10:30" -> "ten thirty", "9:05 pm" -> "nine oh five p m")."""
    if hour > 24 or minute > 59:
        return ()
    end = f" {half} m" if half else ""
    if not minute:
        return (f"{cardinal(hour)}{end or ' ' + _OCLOCK}",)
    return (f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}{end}",)


_OCLOCK = "o'clock"


def says(words: str, written: str) -> bool:
    """Tell whether words are a reading of a written number ("twenty ten", "2010" -> True)."""
    plain = " ".join(words.lower().replace("-", " ").split())
    return any(plain == " ".join(way.replace("-", " ").split()) for way in ways(written))
