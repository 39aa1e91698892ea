"""Whether a reader still sees what was said behind what a recogniser wrote: the same words in another form, or doubt."""

from __future__ import annotations

import re

from perturb.core.edits import Labelled
from perturb.core.text import SLOT
from perturb.core.values import same_value
from perturb.core.verdict import Case

# Small words that may stand for each other and leave what is asked.
_LIKE = (
    "a an the this that these those", "is are", "was were", "has have", "do does", "their there they're", "its it's",
    "your you're", "been being",
)  # fmt: skip
_CLASS = {word: group.split()[0] for group in _LIKE for word in group.split()}
_ENDINGS = ("ies", "es", "ed", "s")


def judge_misheard(case: Case, loss: Labelled) -> None:
    """Note a doubt unless only articles, endings, spaces or small words of one sense differ ("games" -> "game")."""
    start, end, new, _ = loss
    raw = case.source.raw
    while start > 0 and raw[start - 1].isalnum() and start < len(raw) and raw[start].isalnum():
        start -= 1
    old = raw[start:end]
    if SLOT in case.source.mask[start:end]:
        case.verdict.doubt |= not same_value(old.strip(), new.strip())
    elif _sense(old) != _sense(new):
        case.verdict.doubt = True


def _sense(words: str) -> str:
    """Fold what does not matter: articles, spaces, endings ("the registers" -> "register")."""
    found = [_CLASS.get(w, w) for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", words.lower().replace("’", "'"))]
    return "".join(_stem(w) for w in found if w != "a")


def _stem(word: str) -> str:
    word = word.replace("'", "")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("ss"):
            return word[: -len(ending)].rstrip("ey")
    return word.rstrip("ey") if len(word) > 3 else word
