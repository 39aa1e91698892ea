"""Which stretches of a message a recogniser gets wrong, and what it writes for them.

Rates are those of the spoken half of NoiseQA (588 questions read aloud by people to a recogniser of 2020): 1.13 wrong
stretches in ten words, half of them one word long, content words and names twice as often as small words.
"""

from __future__ import annotations

from collections.abc import Sequence

from perturb.core.rng import Rng
from perturb.core.text import FREE, LOCKED, NAME, SLOT, Text, Word
from perturb.language.lexicon import like_case, words
from perturb.language.speech.fits import fits
from perturb.language.speech.hearing import hearings
from perturb.language.speech.near import near, small_ways
from perturb.language.speech.phones import READ_ONLY, known, sounds, taken_for

# How likely a stretch begins at a word, in percent of the average word; a rare word is known less well.
_STARTS = {"small": 50, "slot": 40}
_RARITY = ((9, 40), (12, 62), (15, 120), (18, 165), (READ_ONLY, 200), (READ_ONLY + 1, 240))  # by the cost of hearing it
_UNKNOWN = 520
_RARE = 15  # cost of hearing
# How many words a stretch has, at a word error rate of 22 %; noisier speech has longer ones.
_MEASURED = 0.22
_LENGTHS = ((1, 48), (2, 18), (3, 13), (4, 9), (5, 6), (6, 4), (8, 3), (10, 1))
_LONG = 4  # words; quieter speech has fewer stretches as long
_EASY = 3  # words of a stretch in which all are common: what people got wrong over more of them held a rare word
_TRIES = 4  # strings drawn before a stretch is taken to be heard right
_SPOT = 0.55  # stretches for each wrong word


def misheard(text: Text, rng: Rng, wer: float, values: bool) -> list[tuple[int, int, str]]:
    """Give the edits of one hearing of a text at a word error rate (0.2 -> "lone" as "loan", "Panther" as "pan their")."""
    offered, edits, at = text.words, [], 0
    # Stretches that meet are one, and where values are spared the other words bear more: measured, 5 to 22 %.
    lengths = [(n, w if n < _LONG else w * min(1.0, wer / _MEASURED)) for n, w in _LENGTHS]
    share = wer * _SPOT * (1 + wer / 2) * (1.0 if values else 1.07) / 100
    while at < len(offered):
        start = offered[at][0]
        kind = kind_of(text, offered[at])
        spared = kind == "slot" and not (values and offered[at][1].isalpha())
        if spared or not rng.chance(share * _chance(offered[at][1], kind)):
            at += 1
            continue
        last, hard = at + 1, _hard(offered[at][1])
        for _ in range(rng.weighted(lengths) - 1):
            if last < len(offered) and joined(text, offered[last - 1], offered[last], values):
                hard = hard or _hard(offered[last][1])
                if last - at < _EASY or hard:
                    last += 1
        stretch = offered[at:last]
        end = stretch[-1][0] + len(stretch[-1][1])
        new = heard(text, stretch, rng)
        if new is not None:
            edits.append(whole(text, start, end, new))
        at = last
    return edits


def kind_of(text: Text, word: Word) -> str:
    """Tell what kind a word is ("the" -> "small", "Rome" -> "name", "when" -> "slot")."""
    level = text.level(word[0], word[0] + len(word[1]))
    if level == FREE:
        return "small" if word[1].lower() in words("functions") else "free"
    return "name" if level == NAME else "slot" if level == SLOT else "locked"


def _chance(word: str, kind: str) -> int:
    if kind in _STARTS:
        return _STARTS[kind]
    if len(word) > 1 and word.isupper():
        return 60  # spelt out, letter by letter
    mine = known().get(word.lower().replace("’", "'").removesuffix("'s"))
    return _UNKNOWN if mine is None else next(share for most, share in _RARITY if mine[1] < most)


def _hard(word: str) -> bool:
    """Tell whether a word is rare or unknown, so that a recogniser loses its thread over it."""
    mine = known().get(word.lower().replace("’", "'").removesuffix("'s"))
    return mine is None or mine[1] >= _RARE


def joined(text: Text, one: Word, two: Word, values: bool) -> bool:
    """Tell whether a stretch may go on from one word to the next: nothing but a space between, nothing protected."""
    end, start = one[0] + len(one[1]), two[0]
    if text.raw[end:start].strip(" ,-") or start - end > 2 or LOCKED in text.mask[end:start]:
        return False
    return (values and two[1].isalpha()) or SLOT not in text.mask[end : start + len(two[1])]


def heard(text: Text, stretch: Sequence[Word], rng: Rng) -> str | None:
    """Draw what is heard for a stretch, "" for nothing, None where nothing else would be."""
    said, raw = [word for _, word in stretch], text.raw
    start, end = stretch[0][0], stretch[-1][0] + len(said[-1])
    if len(said) == 1:
        low = said[0].lower()
        ways = tuple(way for way in small_ways(raw, start, said[0], True) if fits(raw, start, end, way[0]))
        if ways and rng.chance(0.7):
            return rng.weighted(ways)
        if 1 < len(low) < 5 and rng.chance(0.16):
            return ""
        ways = tuple(way for way in near(low) if fits(raw, start, end, way[0]))
        if ways and rng.chance(0.6):
            return like_case(said[0], rng.weighted(ways))
    elif rng.chance(0.3):
        del said[rng.below(len(said))]
    spoken = "".join(sounds(word) for word in said)
    found = hearings(" ".join(w for _, w in stretch), blurred(spoken, rng, 1 if len(said) > 1 else 2))
    if not found.strings:
        return None
    new = found.strings[rng.pick(found.sums)]
    for _ in range(_TRIES):
        if fits(raw, start, end, new):
            break
        new = found.strings[rng.pick(found.sums)]
    else:
        return None
    named = any(text.mask[at] == NAME for at, _ in stretch)
    if new.count(" ") < 2 and rng.chance(0.3 if named else 0.05):
        new = " ".join(w.capitalize() if len(w) > 3 and w.islower() else w for w in new.split())  # taken for a name
    return new


def blurred(said: str, rng: Rng, by: int) -> str:
    """Lose or change some sounds, as noise, haste or an accent do ("L0N" -> "L0M")."""
    out = list(said)
    for _ in range(rng.weighted(_BLURS) * len(said) // (100 * by)):
        at = rng.below(len(out))
        way = rng.below(100)
        if way < 26:
            out[at] = ""
        elif way < 48:
            out[at] += _ADDED[rng.below(len(_ADDED))]
        elif len(out[at]) == 1:
            heard, sums = taken_for(out[at])
            out[at] = heard[rng.pick(sums)]
    return "".join(out)


_ADDED = "TNSLDRZKPMUU1126AE"  # sounds heard where there was none, by how common they are
# How many of a hundred sounds are blurred before the words are sought.
_BLURS = ((0, 2), (30, 3), (55, 4), (70, 2))


def whole(text: Text, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Make the edit; where nothing was heard, a space goes too."""
    if not new:
        after = text.over_space(end)
        return (start, after, "") if after < len(text.raw) else (text.back_over_space(start), end, "")
    return start, end, new
