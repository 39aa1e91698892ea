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
        return
    after = _WORD.search(raw, end)
    following = after[0].lower() if after else ""
    functions = case.lexis.functions
    if _joined(old) != _joined(new) and _sense(old, following, functions) != _sense(new, following, functions):
        case.verdict.doubt = True


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _joined(words: str) -> str:
    return "".join(_WORD.findall(words.lower()))


def _sense(words: str, following: str, functions: frozenset[str]) -> str:
    """Fold what does not matter: articles before their nouns, spaces, endings ("the registers" -> "register")."""
    found = [w.replace("’", "'") for w in _WORD.findall(words.lower())]
    out = ""
    for word, after in zip(found, [*found[1:], following]):
        like = _CLASS.get(word, word)
        if like != "a" or (word == "a" and (after in functions or len(after) < 2)):  # "of a is": a quantity
            out += _stem(like)
    return out


# Two spellings of one word ("defense", "organisation", "colour", "centre", "travelled").
_SPELLINGS = tuple(
    (re.compile(form), new)
    for form, new in (
        (r"(?<=..)ence(?=s?\Z)", "ense"), (r"(?<=...)is(?=e[ds]?\Z|ing\Z|ation)|ys(?=e[ds]?\Z|ing\Z)", "iz"), (r"(?<=..)our(?=s|ed|ing|it|al|\Z)", "or"),
        (r"(?<=[bt])re(?=s?\Z)", "er"), (r"ll(?=ed\Z|ing\Z|er\Z)", "l"), (r"ogue\Z", "og"), (r"\Agrey", "gray"),
    )
)  # fmt: skip


def _stem(word: str) -> str:
    word = word.replace("'", "")
    if len(word) > 3:
        for form, new in _SPELLINGS:
            word = form.sub(new, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("ss"):
            return word[: -len(ending)].rstrip("ey")
    return word.rstrip("ey") if len(word) > 3 else word
