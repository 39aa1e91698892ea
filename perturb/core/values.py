"""Whether two spellings of a slot say the same ("48" and "forty-eight", "don't" and "dont")."""

from __future__ import annotations

import re

from perturb.core.common_ends import common_ends
from perturb.core.spoken import says

_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
MONTHS = tuple("january february march april may june july august september october november december".split())
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_SCALES)

_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.\d+)?")
_AMOUNT = re.compile(r"(\D*)(\d[\d,]*(?:\.\d+)?)(\D*)")
_CONTRACTION = re.compile(
    r"\b(ca|wo|sha|do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need)n'?t\b"
)
_FULL = {"ca": "can", "wo": "will", "sha": "shall"}
_HYPHEN, _PER = re.compile(r"(?<=[a-z])-(?=[a-z])"), re.compile(r"(?<=[a-z])/(?=[a-z])")
_IS = re.compile(r"\b(what|who|where|when|how|that|there|here)'?s\b")
# Chat forms that hold a negation, a day or a unit, and what they say.
_CHAT = {
    "idk": "i do not know", "dunno": "do not know", "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow",
    "2day": "today", "2nite": "tonight", "tonite": "tonight", "w/o": "without", "mins": "minutes", "l8r": "later",
    "nxt": "next", "wat": "what", "wht": "what", "wut": "what", "wats": "what is", "wen": "when", "nvm": "never mind",
    "np": "no problem", "wdym": "what do you mean", "wbu": "what about you", "hbu": "how about you", "idc": "i do not care",
    "idm": "i do not mind", "whaddya": "what do you", "whatcha": "what are you", "wassup": "what is up",
    "wth": "what the heck", "y": "why", "nothin": "nothing", "ttyl": "talk to you later",
    "idt": "i do not think", "dw": "do not worry", "tn": "tonight", "tdy": "today", "hrs": "hours", "hr": "hour", "min": "minute",
    "secs": "seconds", "wks": "weeks", "mths": "months", "yrs": "years", "wdyt": "what do you think", "wyd": "what are you doing",
    "hru": "how are you", "wya": "where are you", "oclock": "o clock", "wtv": "whatever",
}  # fmt: skip
# Those that can be said in more than one way.
_SAID = {
    "aint": ("is not", "are not", "am not", "has not", "have not"), "cya": ("see you later",), "alot": ("a lot",),
    "ngl": ("not going to lie", "not gonna lie", "im not going to lie", "im not gonna lie"), "iirc": ("if i remember correctly", "if i recall correctly"),
}  # fmt: skip
_CHAT_FORM = re.compile(rf"(?<!\w)(?:{'|'.join(_CHAT)})(?!\w)")
_SAID_FORM = re.compile(rf"(?<!\w)(?:{'|'.join(_SAID)})(?!\w)")
_MONEY = re.compile(
    r"(?P<sign>[$£]) ?(?P<digits>.+)|(?P<words>.+) (?P<name>pounds?|quid|dollars?|bucks?)|a (?P<note>fiver|tenner)",
    re.DOTALL,
)


def number_value(words: str) -> float | None:
    """Read a number in digits or words ("forty-eight" -> 48.0, "1,200" -> 1200.0), or None ("1,5", "twenty twenty")."""
    text = words.strip().lower()
    if text[:1].isdigit() or text[:1] in ("-", "+"):
        text = text.rstrip(",")
        return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
    # ``room`` bounds what may still be added to ``current``, ``limit`` the scales: "sixty twelve" says no number.
    total, current, room, limit, joined = 0.0, 0.0, 1000, 10**15, False
    for word in re.split(r"[\s-]+", text):
        n = _UNITS.get(word, _TENS.get(word, -1))
        if n >= 0:
            if n >= room or (n == 0 and word != text):
                return None
            current, room = current + n, 10 if word in _TENS else 0
        elif word == "hundred":
            if not current or room > 10:
                return None
            current, room = current * 100, 100
        elif word in _SCALES and current and _SCALES[word] < limit:
            limit = _SCALES[word]
            total, current, room = total + current * limit, 0.0, 1000
        elif word != "and" or joined or room not in (100, 1000) or not total + current:
            return None
        joined = word == "and"
    return None if joined else total + current


def _plain(text: str) -> str:
    """Fold case, apostrophes, contractions and a few chat forms ("Don't" -> "do not", "what's" -> "what is")."""
    text = " ".join(text.replace("’", "'").casefold().split())
    text = text.replace("cannot", "can not")
    text = _CONTRACTION.sub(lambda m: f"{_FULL.get(m[1], m[1])} not", text)
    text = _CHAT_FORM.sub(lambda m: _CHAT[m[0]], _IS.sub(r"\1 is", text))
    return text.replace("'", "")


def close(one: float, other: float) -> bool:
    """Tell whether two numbers are the same but for rounding (0.1 + 0.2, 0.3 -> True)."""
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _read(text: str) -> str:
    """Read marks between words aloud ("two-thirds", "miles/hour" -> "miles per hour")."""
    return " ".join(_PER.sub(" per ", _HYPHEN.sub(" ", text)).split())


def _money(text: str) -> tuple[str, float] | None:
    """Read an amount of pounds or dollars ("30 quid" -> ("£", 30.0), "a tenner" -> ("£", 10.0))."""
    m = _MONEY.fullmatch(text)
    if m is None:
        return None
    if m["note"]:
        return "£", 10.0 if m["note"] == "tenner" else 5.0
    amount = 1.0 if m["words"] == "a" else number_value(m["digits"] or m["words"])
    sign = m["sign"] or ("£" if m["name"][0] in "pq" else "$")
    return None if amount is None else (sign, amount)


def same_value(old: str, new: str) -> bool:
    """Tell whether a slot keeps its value ("48" -> "forty-eight": yes; "48" -> "84": no).

    Case, apostrophes, negative contractions and the notation of numbers may differ, also as they are said aloud
    ("$5", "five dollars"); nothing else.
    """
    a, b = _plain(old), _plain(new)
    if a == b or _read(a) == _read(b):
        return True
    said = _SAID_FORM.search(b)
    if said is not None and any(a == b[: said.start()] + full + b[said.end() :] for full in _SAID[said[0]]):
        return True
    x, paid = number_value(a), _money(a)
    if (x is not None and x == number_value(b)) or (paid is not None and paid == _money(b)):
        return True
    return (x is None and _same_amount(a, b)) or _says(old, new)


def _same_amount(a: str, b: str) -> bool:
    """Tell whether two amounts in digits differ in their separators alone ("$1,200 each", "$1200 each")."""
    one, two = _AMOUNT.fullmatch(a), _AMOUNT.fullmatch(b)
    if one is None or two is None or (one[1], one[3]) != (two[1], two[3]):
        return False
    x = number_value(one[2])
    return x is not None and x == number_value(two[2])


def _says(a: str, b: str) -> bool:
    """Tell whether one is the other said aloud, but for words that both have ("$5 each", "five dollars each")."""
    old, new = a.split(), b.split()
    while len(old) > 1 and len(new) > 1 and old[0].lower() == new[0].lower():
        old, new = old[1:], new[1:]
    while len(old) > 1 and len(new) > 1 and old[-1].lower() == new[-1].lower():
        old, new = old[:-1], new[:-1]
    x, y = " ".join(old), " ".join(new)
    return says(y, x) if any(c.isdigit() for c in x) else any(c.isdigit() for c in y) and says(x, y)


def same_name(old: str, new: str) -> bool:
    """Tell whether a name is still that name with a slip in it ("Charleston" -> "Charelston": yes).

    At most two letter edits for long names, one for names under five letters; case, spaces and
    apostrophes are free.
    """
    a = re.sub(r"[\s'’.-]", "", old).casefold()
    b = re.sub(r"[\s'’.-]", "", new).casefold()
    if a == b:
        return bool(a) or not old.strip()
    return bool(b) and _distance(a, b) <= (2 if len(a) > 4 else 1)


def _distance(a: str, b: str) -> int:
    """Count letter edits, a swap of neighbours as one (optimal string alignment)."""
    if abs(len(a) - len(b)) > 2:
        return 3
    start, end = common_ends(a, b)
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    if len(a) < 2 and len(b) < 2:
        return len(a) or len(b)
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row, older = row, [i], before
        before = last
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
