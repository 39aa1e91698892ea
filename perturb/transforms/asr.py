"""What a speech recogniser makes of a message that was said aloud."""

from __future__ import annotations

import re
from itertools import accumulate

from perturb.core.errors import UsageError
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.spoken import ordinal
from perturb.core.text import FREE, LOCKED, NAME, Edit, Proposals, Text
from perturb.core.values import NUMBER_WORDS, number_value
from perturb.language.lexicon import like_case, words
from perturb.language.speech.capitals import common_in_name, name_runs, taken_for_name
from perturb.language.speech.fits import fits, inaudible
from perturb.language.speech.mishearing import misheard, whole
from perturb.language.speech.near import near, small_ways, together
from perturb.language.speech.respelt import respelt
from perturb.language.speech.written import figures_said
from perturb.transforms.case import lower, lower_start

_MARKS = re.compile(
    r"(?<=\w)(?P<clause>[,;:])(?=\s)|(?P<quote>[\"“”„«»¿¡])|(?P<dash>\s[-–—]+\s)|(?P<long>(?<=\w)[–—](?=[^\W\d]))"
    r"|(?<![\w'’])(?P<open>['‘](?=\w))|(?P<close>(?<=[^\W\ds])['’](?!\w))"
    r"|(?P<end>[.?!…]+)(?=[\"”’')]*(?:\s|\Z))"
)
_ASIDE = re.compile(r"(?<!\w)\([^()\n]*[^\W\d_]{2}[^()\n]*\)(?!\w)")
_WIDE = re.compile(r"(?<=\S) {2,}(?=\S)")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|St|vs|etc|Inc|Jr|Sr|No|Prof))\Z", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=[^\W\d_]{2})['’](?=s(?![\w'’]))")


@transform("asr.plain", times=1, reach="form")
def plain(text: Text, rng: Rng, *, names: bool = True, stops: bool = True) -> Proposals:
    """Write as speech is taken down ("Is Rome far, Anna?" -> "is Rome far Anna").

    No capitals but those of names (with ``names`` false not those either), no commas, quotes, brackets, question
    marks; with ``stops`` a full stop still parts sentences, and hyphens and abbreviations are written as they are.
    """
    cased = next((lower_start if names else lower)(text, rng))
    yield sorted([*cased, *marks(text, stops)])


def marks(text: Text, stops: bool) -> list[Edit]:
    """List the marks that nobody says, each with what is left of it."""
    raw, found = text.raw, []
    end = len(raw.rstrip(" \t\n\"'”’)"))
    for m in _MARKS.finditer(raw):
        kind = m.lastgroup
        if kind == "end":
            if stops and m[0] == "." and _ABBREVIATED.search(raw, max(0, m.start() - 6), m.start()):
                continue
            new = "." if stops and m.end() < end else ""
        else:
            new = " " if kind in ("dash", "long") else ""
        found.append((m.start(), m.end(), new))
    found += [(m.start() + 1, m.end(), "") for m in _WIDE.finditer(raw)]
    for m in _ASIDE.finditer(raw):
        if LOCKED not in (text.mask[m.start()], text.mask[m.end() - 1]):  # both, or neither
            found += [(m.start(), m.start() + 1, ""), (m.end() - 1, m.end(), "")]
    if not stops:
        found += [(m.start(), m.end(), " ") for m in _HYPHEN.finditer(raw)]
    return found


@transform("asr.respell", times=1, reach="form")
def respell(text: Text, rng: Rng, *, names: bool = True) -> Proposals:
    """Write the words that somebody typed short or wrong as a recogniser knows them ("how do u activate ths" -> "how do you activate this").

    With ``names`` false who speaks stays small ("i").
    """
    yield respelt(text, names)


@transform("asr.possessive", times=1, reach="form")
def possessive(text: Text, rng: Rng) -> Proposals:
    """Write what belongs to somebody in one, as it sounds ("Newton's laws" -> "Newtons laws")."""
    members = []
    for m in _POSSESSIVE.finditer(text.raw):
        start = text.raw.rfind(" ", 0, m.start()) + 1
        if text.raw[start : m.start()].lower() not in _IS:
            members.append((m.start(), m.end(), ""))
    yield members


_IS = frozenset("it that there here what who where how he she let when why".split())


@transform("asr.numbers", times=1, reach="form")
def numbers(text: Text, rng: Rng) -> Proposals:
    """Write numbers out as they are said ("$5 in 1987" -> "five dollars in nineteen eighty seven")."""
    yield figures_said(text)


@transform("asr.digits", rate=0.3, reach="form")
def digits(text: Text, rng: Rng) -> Proposals:
    """Write small numbers in digits, as recognisers of our days do ("the fourth of nine" -> "the 4th of 9")."""
    offered = text.words
    for i in rng.shuffled(range(len(offered))):
        start, word = offered[i]
        low = word.lower()
        beside = [offered[j][1].lower() for j in (i - 1, i + 1) if 0 <= j < len(offered)]
        if any(w in NUMBER_WORDS or w in _PLACES or w[:1].isdigit() for w in beside):
            continue
        if "and" in beside and _JOINED.search(text.raw, max(0, start - 13), start + len(word) + 4):
            continue  # "three hundred and seventy"
        value = number_value(low) if low in NUMBER_WORDS else None
        new = str(int(value)) if value is not None and 1 < value < 100 else _PLACES.get(low, "")
        if new:
            yield start, start + len(word), new


_JOINED = re.compile(r"\b(?:hundred|thousand|million) and ", re.I)
_PLACES = {ordinal(n): f"{n}th" for n in range(4, 21)}


_CAPITAL_EACH = 15  # words for each plain one, and one more, that are taken for a name at most


@transform("asr.capitals", times=1, reach="form")
def capitals(text: Text, rng: Rng) -> Proposals:
    """Mistake plain nouns for parts of names, or the ends of names for plain words ("the Pro Bowl game" -> "the Pro bowl game")."""
    members: list[Edit] = []
    for run in name_runs(text):
        for start, word in reversed(run):  # never "white House": what is left of a name has its first words
            if not common_in_name(word, len(run)) or not rng.chance(0.62 if (start, word) == run[-1] else 0.8):
                break
            members.append((start, start + len(word), word.lower()))
    left = 1 + len(text.words) // _CAPITAL_EACH
    for start, word in rng.shuffled(text.words):
        free = left > 0 and text.mask[start] == FREE and word.islower()
        if free and rng.chance(0.3) and taken_for_name(text, start, word):
            members.append((start, start + len(word), word.capitalize()))
            left -= 1
    yield sorted(members)


_SELDOM = 0.15  # small words that a careful recogniser may lose or mistake at all, so that not every text has some


@transform("asr.slip", rate=0.05, reach="form")
def slip(text: Text, rng: Rng) -> Proposals:
    """Hear a word of the same sound, a lost ending, a small word for another ("the lone team" -> "a loan team").

    Only what a reader sees through: whoever says the text aloud has the question back.
    """
    found: list[Edit] = []
    weights: list[int] = []
    before = (0, "")
    for start, word in text.words:
        low, end = word.lower().replace("’", "'"), start + len(word)
        if text.mask[start] in (FREE, NAME):
            for new, weight in (*small_ways(text.raw, start, word, False), *near(low)):
                seldom = not new or word.lower() in words("functions")
                likely = rng.chance(_SELDOM) if seldom else inaudible(text.raw, start, end, new)
                if likely and fits(text.raw, start, end, new):
                    found.append(whole(text, start, end, like_case(word, new)))
                    weights.append(weight)
            pair = together(before[1].lower(), low)
            if pair and text.raw[before[0] + len(before[1]) : start] == " ":
                found.append((before[0], end, like_case(before[1], pair)))
                weights.append(30)
        before = (start, word)
    yield from rng.by_weight(found, list(accumulate(weights)))


@transform("asr.mishear", times=1, reach="loss", role="misheard")
def mishear(text: Text, rng: Rng, *, wer: float = 0.1, values: bool = False, names: bool = True) -> Proposals:
    """Hear other words that sound like it ("How many balls did Kuechly register" -> "how many balls did coach lee register").

    ``wer`` is the share of words that come out wrong (0.22 as people's questions did in NoiseQA); with ``values`` numbers,
    negations and question words are misheard too; with ``names`` false nothing heard has a capital. A message is heard once: intensity over 1 adds nothing, ``wer`` does.
    """
    if not 0 <= wer <= 1:
        raise UsageError(f"asr.mishear: wer is {wer}; a share of words from 0 to 1 is expected, like 0.1")
    edits = misheard(text, rng, wer, values)
    yield edits if names else [(start, end, new.lower()) for start, end, new in edits]
