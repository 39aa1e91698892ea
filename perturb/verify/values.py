"""The numbers and the negations that a text says, however it writes them ("1,200", "twelve hundred", "isnt")."""

from __future__ import annotations

import re
from collections import Counter

_SMALL = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_TOKEN = re.compile(
    r"(?<![^\W\d_])(?![\d,]+(?i:st|nd|rd|th)\b)(?<!\d,)(?<!\d)\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*"
)  # not the digits of "b4"
_IN_WORDS = "|".join(sorted((*_SMALL, *_TENS, *_LARGE), key=lambda w: (-len(w), w)))
_SPELT = re.compile(rf"\b(?:{_IN_WORDS})(?:[ -](?:and )?(?:{_IN_WORDS}))*\b", re.I)
_NOTES = {"quid": 1.0, "buck": 1.0, "fiver": 5.0, "tenner": 10.0}
_NOTE = re.compile(r"\ba (quid|buck|fiver|tenner)\b", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_NOT = re.compile(
    r"(?:ca|wo|sha|do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need|ai)n['’]?t|cannot", re.I
)
_NEGATIONS = frozenset("not never no none nobody nothing nothin nowhere neither nor without dunno idk nope".split())
_LIMITS = frozenset("except unless only twice half double triple dozen least most all each every both either".split())


def numbers(text: str) -> Counter[float]:
    """Count the values that a text names ("48 and forty-eight" -> {48.0: 2}); "one" as a word is a pronoun too: left out."""
    found: Counter[float] = Counter()
    run: list[str] = []
    end = 0
    found.update(_NOTES[m[1].lower()] for m in _NOTE.finditer(text))
    for m in [*_TOKEN.finditer(text), None]:
        word = m[0].lower() if m else ""
        joined = m is not None and text[end : m.start()] in (" ", "\n", "-", "\u2011")
        spells = (
            word in _SMALL or word in _TENS or word in _LARGE or (word == "point" and bool(run) and "point" not in run)
        )
        if run and not (joined and (spells or (word == "and" and run[-1] in _LARGE))):
            found.update(_spelt(run))
            run = []
        if m is None:
            break
        end = m.end()
        if word[0].isdecimal():
            found[float(word.replace(",", ""))] += 1
        elif spells or (run and word == "and"):
            run.append(word)
    return found


def undivided(clean: str, now: str) -> str:
    """Join the words that a line end or a hyphen divides in a variant ("ten-\\nsion" for "tension")."""
    words = {m[0].lower() for m in _WORD.finditer(clean)}
    return re.sub(r"(?<![^\W_])([^\W\d_]+)(?:-\n?|\n)([^\W\d_]+)(?![^\W_])",
                  lambda m: m[1] + m[2] if (m[1] + m[2]).lower() in words else m[0], now)  # fmt: skip


def spelt(text: str) -> list[tuple[int, int]]:
    """List where numbers stand in words ("about ninety-six" -> [(6, 16)])."""
    return [m.span() for m in _SPELT.finditer(text)]


def _spelt(run: list[str]) -> list[float]:
    """Read number words ("two hundred and five" -> [205]; "five six" -> [5, 6])."""
    while run and run[-1] in ("and", "point"):
        run = run[:-1]
    if "point" in run:  # "four point five"
        at = run.index("point")
        digits = [_SMALL.get(word, 10) for word in run[at + 1 :]]
        whole = _spelt([*run[:at], "and"]) or [1.0]
        if max(digits) < 10 and len(whole) == 1:
            return [float(f"{whole[0]:.0f}." + "".join(map(str, digits)))]
        run = run[:at]
    out: list[float] = []
    total, part, seen = 0, 0, False
    last = 10**12
    for word in run:
        if word == "and":
            continue
        n = _SMALL.get(word, _TENS.get(word, -1))
        if n >= 0:
            fits = not seen or last >= 100 or (20 <= last < 100 and last % 10 == 0 and 0 < n < 10)
            if not fits:
                out.append(total + part)
                total, part = 0, 0
            part, last, seen = part + n, n if n else 1, True
        elif seen:
            scale = _LARGE[word]
            part, total = (part * 100, total) if scale == 100 else (0, total + part * scale)
            last = scale
    if seen:
        out.append(total + part)
    if len(out) == 2 and 10 <= out[0] <= 20 and 10 <= out[1] <= 99:  # "twenty twenty three", "nineteen eighty"
        out = [100 * out[0] + out[1]]
    return [value for value in out if value != 1 or len(run) > 1]


_SOUNDS = {"2": "to", "4": "for"}


def misread(clean: str, now: str) -> Counter[float]:
    """Count the digits that open a word in place of letters ("8potify" for "Spotify", "2day" -> {8.0: 1, 2.0: 1})."""
    whole = {m[0].lower() for m in _WORD.finditer(clean)}
    words = whole | {part for word in whole for part in re.split("['’]", word) if part}  # "8hakespeare's", "L'0real"
    found: Counter[float] = Counter()
    for m in re.finditer(r"(?<![\w.,])(\d)([^\W\d_]{2,})", now):
        rest, sound = m[2].lower(), _SOUNDS.get(m[1], "-")
        if any((w[0].isalpha() and _alike(w[1:], rest)) or w.startswith(sound + rest[0]) for w in words):
            found[float(m[1])] += 1
    return found


def _alike(one: str, other: str) -> bool:
    """Tell whether two ends of words differ in one letter at most ("crub", "cruh")."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other)) <= (len(one) > 2)


def ones(text: str) -> int:
    """Count the word "one" and the digit alone, which may stand for each other ("1" said out loud)."""
    return sum(1 for m in _WORD.finditer(text) if m[0].lower() in ("one", "1"))


def negations(text: str) -> list[tuple[str, str, str]]:
    """List the negations of a text with the words before and behind ("I do not know" -> [("not", "do", "know")])."""
    words = [m[0].lower().replace("’", "'") for m in _WORD.finditer(re.sub(r"(?i)(?<!\w)w/o(?!\w)", "without", text))]
    out = []
    for i, word in enumerate(words):
        if word in _NEGATIONS or _NOT.fullmatch(word):
            out.append((word, " ".join(words[max(0, i - 3) : i]), " ".join(words[i + 1 : i + 5])))
    return out


def limits(text: str) -> Counter[str]:
    """Count the words that bound or multiply ("only two of all" -> {"only": 1, "all": 1})."""
    return Counter(m[0].lower() for m in _WORD.finditer(text) if m[0].lower() in _LIMITS)
