"""Contractions, both ways: "do not" and "don't" say the same in another register."""

from __future__ import annotations

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.language.phrases import lexicon, rewritten
from perturb.language.places import PRONOUNS, QUESTION, Place, is_participle

_NEGATED = {"can't": "cannot", "won't": "will not", "shan't": "shall not"}
_TAILS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will"}
_IS = frozenset("it that there here what who where he she".split())
# After these "don't" and its like may stand before their subject, where "do not" cannot ("Don't you think").
_SUBJECTS = PRONOUNS | frozenset(
    "u this that these those there the a an my your our their his her its any some all anyone everyone "
    "everything".split()
)
# Behind these "it's" is written for "its".
_OWNED = frozenset("of in on at with from by to into over".split())
_WANTS = frozenset("like love prefer rather".split())


@transform("contraction.join", rate=0.1, reach="form")
def join(text: Text, rng: Rng, *, words: str = "en") -> Proposals:
    """Contract what speech contracts ("I do not know" -> "I don't know").

    Left alone: what is stranded ("I know what it is"), stressed ("is NOT"), or the main verb ("I have a card").
    """
    mark = "’" if "’" in text.raw and "'" not in text.raw else "'"
    for edits in rewritten(text, rng, lexicon("contractions", (words,))):
        yield [(start, end, new.replace("'", mark)) for start, end, new in edits]


@transform("contraction.split", rate=0.1, reach="form")
def split(text: Text, rng: Rng) -> Proposals:
    """Write contractions in full, where it is certain what they stand for ("it's late" -> "it is late")."""
    for start, word in rng.shuffled([w for w in text.words if "'" in w[1] or "’" in w[1]]):
        place = Place(text.raw, start, start + len(word))
        full = _full(word.lower().replace("’", "'"), place)
        if full and not (word.isupper() and len(word) > 3):
            yield start, start + len(word), word[0] + full[1:]


def _full(word: str, place: Place) -> str:
    """Give the words a contraction stands for, or "" where that is not certain."""
    gap, following = place.after
    goes_on = gap == " " and bool(following)
    if word.endswith("n't"):
        last = place.before[1]
        if word == "ain't" or last in QUESTION or (following in _SUBJECTS and last not in PRONOUNS):
            return ""
        if place.clause() and (word != "don't" or not goes_on):
            return ""  # a question or a tag, unless it is an order: "Don't worry"
        return _NEGATED.get(word, word[:-3] + " not")
    head, mark, tail = word.partition("'")
    tail = mark + tail
    if tail in _TAILS and head in PRONOUNS and goes_on:
        return f"{head} {_TAILS[tail]}"
    if tail == "'d" and head in PRONOUNS and following in _WANTS:
        return f"{head} would"
    if tail == "'s" and head in _IS and goes_on and not is_participle(following) and following not in PRONOUNS:
        if place.before[1] in _OWNED:
            return ""  # "the name of it's owner": its
        return f"{head} is" if following not in ("not", "already", "never", "just", "always", "also") else ""
    return ""
