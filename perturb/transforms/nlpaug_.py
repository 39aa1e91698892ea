"""The offline augmenters of nlpaug, one word at a time, so that spacing, protection, amount and log are ours.

nlpaug draws from the global ``random`` and ``numpy.random``: both are set from our stream around each call and put
back. Its spelling table passes through sets, whose order changes with every process: here it is sorted. Settings
are the mild ones (one letter a word, no symbols), and a slip that makes another word, or a coarse one, is not
proposed. Left out: what loses words or their order, what changes the meaning, and what needs a model or a download.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from threading import RLock
from typing import Any

from perturb.core.errors import MissingResource, UsageError, did_you_mean
from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.core.values import same_name
from perturb.language.lexicon import like_case
from perturb.language.lexicon import table as read_table
from perturb.language.slips import is_word, unfit

ACTIONS = ("swap", "insert", "substitute", "delete")
NAMES = ("KeyboardAug", "OcrAug", *(f"RandomCharAug.{action}" for action in ACTIONS),
         "ReservedAug", "SpellingAug", "SplitAug")  # fmt: skip

_one_at_a_time = RLock()  # the states of random and numpy.random belong to the whole process


@transform("nlpaug.keyboard", rate=0.05, reach="form", needs=("nlpaug",))
def keyboard(text: Text, rng: Rng) -> Proposals:
    """Hit a key near the right one, as nlpaug's KeyboardAug does ("money" -> "moneu")."""
    return _letters(text, rng, "KeyboardAug")


@transform("nlpaug.ocr", rate=0.05, reach="form", needs=("nlpaug",))
def ocr(text: Text, rng: Rng) -> Proposals:
    """Misread a letter as a scanner does, by nlpaug's OcrAug ("cool" -> "co0l")."""
    return _letters(text, rng, "OcrAug")


@transform("nlpaug.random", rate=0.05, reach="form", needs=("nlpaug",))
def random_(text: Text, rng: Rng, *, action: str = "swap") -> Proposals:
    """Swap two letters, or insert, substitute or delete one, by nlpaug's RandomCharAug ("their" -> "thier")."""
    return _letters(text, rng, f"RandomCharAug.{_known(action, ACTIONS, 'action')}")


@transform("nlpaug.spelling", rate=0.05, reach="form", needs=("nlpaug",))
def spelling(text: Text, rng: Rng) -> Proposals:
    """Misspell a word as learners of English did, by nlpaug's SpellingAug ("because" -> "becaus")."""
    return _letters(text, rng, "SpellingAug")


@transform("nlpaug.split", rate=0.03, reach="form", needs=("nlpaug",))
def split(text: Text, rng: Rng) -> Proposals:
    """Put a space into a word, by nlpaug's SplitAug ("question" -> "ques tion")."""
    late: list[Edit] = []
    for start, word, new in _augmented(text, rng, "SplitAug", longer_than=4):
        if new.replace(" ", "", 1) == word:
            edit = (start, start + len(word), new)
            if " " in (new[1], new[-2]):  # a single letter is hardly ever left alone
                late.append(edit)
            else:
                yield edit
    yield from late


@transform("nlpaug.augment", rate=0.05, reach="form", needs=("nlpaug",))
def augment(text: Text, rng: Rng, *, name: str = "KeyboardAug", table: str = "") -> Proposals:
    """Run an augmenter of nlpaug by its name, ReservedAug with a table of one's own ("money" -> "moneu")."""
    _known(name, NAMES, "name")
    if name == "SplitAug":
        return split(text, rng)
    if name == "ReservedAug":
        if not table:
            raise UsageError("ReservedAug needs a table: {name: ReservedAug, table: FILE.tsv}, word<TAB>other a line")
        return _reserved(text, rng, table)
    return _letters(text, rng, name)


def _known(value: str, options: tuple[str, ...], what: str) -> str:
    if value not in options:
        raise UsageError(f"{what} is one of {', '.join(options)}, not {value!r}{did_you_mean(value, options)}")
    return value


# -- words in, proposals out ------------------------------------------------------------------------------


def _letters(text: Text, rng: Rng, name: str) -> Proposals:
    """Propose misspelt words: one token each, no other word, nothing coarse; people's first letters mostly hold."""
    late: list[Edit] = []
    for start, word, new in _augmented(text, rng, name):
        written = new.lower()
        if new.isalnum() and not is_word(written) and not unfit(word.lower(), written):
            edit = (start, start + len(word), new)
            if written[0] == word[0].lower() or name == "OcrAug":
                yield edit
            else:
                late.append(edit)
    yield from late


def _augmented(text: Text, rng: Rng, name: str, longer_than: int = 3) -> Iterator[tuple[int, str, str]]:
    """Give words with what an augmenter makes of them; whole words of letters only (not DNA, iPhone, 2nd, don't)."""
    shouted = text.raw.isupper()
    for start, word in rng.shuffled(text.words):
        if len(word) > longer_than and word.isalpha() and (word[1:].islower() or shouted):
            # In lower case, as nlpaug knows words and keys, and back again; a scanner sees the capitals.
            given = word if name == "OcrAug" else word.lower()
            new = _call(name, given, rng)
            if new != given:
                yield start, word, new if name == "OcrAug" else _like_case(word, new)


def _like_case(word: str, new: str) -> str:
    return new if word.islower() else like_case(word, new)


def _reserved(text: Text, rng: Rng, table: str) -> Proposals:
    """Replace words by the ones that a table gives for them."""
    known = read_table("reserved", table)
    for start, word in rng.shuffled([w for w in text.words if w[1].lower() in known]):
        new = _call("ReservedAug", word.lower(), rng, table)
        if new != word.lower():
            yield start, start + len(word), _like_case(word, new)


def _call(name: str, word: str, rng: Rng, table: str = "") -> str:
    """Let an augmenter work on a word; it answers with a list, an empty one or the word itself where it cannot."""
    augmenter = _augmenter(name, table)
    with seeded(rng):
        out = augmenter.augment(word)
    new = out[0] if isinstance(out, list) and out else out
    return new if isinstance(new, str) and new else word


@contextmanager
def seeded(rng: Rng) -> Iterator[None]:
    """Set the states of ``random`` and ``numpy.random`` from a stream, and put back what they were."""
    import numpy as np

    seed = rng.below(1 << 32)
    with _one_at_a_time:
        ours, theirs = random.getstate(), np.random.get_state()
        try:
            random.seed(seed)
            np.random.seed(seed)
            yield
        finally:
            random.setstate(ours)
            np.random.set_state(theirs)


# -- the augmenters, made once a process ------------------------------------------------------------------


@cache
def _augmenter(name: str, table: str = "") -> Any:
    try:
        char, word = import_module("nlpaug.augmenter.char"), import_module("nlpaug.augmenter.word")
    except ImportError as e:
        how = 'get it with: pip install "nlpaug>=1.1.11,<3"'
        raise MissingResource(f"nlpaug cannot be imported ({e}); {how}") from None
    kind, _, action = name.partition(".")
    make: dict[str, Callable[[], Any]] = {
        "KeyboardAug": lambda: char.KeyboardAug(**_ONE_LETTER, include_special_char=False, include_numeric=False,
                                                include_upper_case=False),
        "OcrAug": lambda: char.OcrAug(**_ONE_LETTER),
        "RandomCharAug": lambda: char.RandomCharAug(action, **_ONE_LETTER, include_upper_case=False,
                                                    include_numeric=False, spec_char=""),
        "ReservedAug": lambda: word.ReservedAug([[k, *v] for k, v in sorted(read_table("reserved", table).items())],
                                                aug_p=1.0, **_WHOLE),
        "SpellingAug": lambda: _spelling(word.SpellingAug(aug_p=1.0, **_WHOLE)),
        "SplitAug": lambda: word.SplitAug(aug_p=1.0, min_char=4, tokenizer=_whole, reverse_tokenizer=" ".join),
    }  # fmt: skip
    return make[kind]()


def _whole(text: str) -> list[str]:
    return [text]


# nlpaug's own tokenizer splits at every mark and puts spaces where it sees fit: it never runs.
_WHOLE: dict[str, Any] = {"tokenizer": _whole, "reverse_tokenizer": "".join}
_ONE_LETTER: dict[str, Any] = {
    **_WHOLE,
    "aug_char_min": 1,
    "aug_char_max": 1,
    "aug_word_min": 1,
    "aug_word_max": 1,
    "aug_word_p": 1.0,
}


def _spelling(augmenter: Any) -> Any:
    """Give SpellingAug a table of its own: the one it comes with is shared by the whole process and turned round."""
    model = import_module("nlpaug.model.word_dict").Spelling(augmenter.dict_path, include_reverse=False)
    augmenter.model = _Misspellings(model.dict)
    return augmenter


class _Misspellings:
    """What SpellingAug takes for its model: in one order, whatever PYTHONHASHSEED, and only what is near the word."""

    def __init__(self, known: dict[str, list[str]]) -> None:
        self._known = known
        self._near: dict[str, list[str]] = {}
        self.dict = self

    def __contains__(self, word: str) -> bool:
        return bool(self.predict(word))

    def __getitem__(self, word: str) -> list[str]:
        return self.predict(word)

    def predict(self, word: str) -> list[str]:
        """List the misspellings of a word ("their" -> ["ther", "thier", …])."""
        near = self._near.get(word)
        if near is None:
            near = self._near[word] = [w for w in sorted(set(self._known.get(word, ()))) if _misspells(word, w)]
        return near


def _misspells(word: str, written: str) -> bool:
    """Keep what one could write for the word: in plain letters, from its first letter on, two slips at most."""
    letters = written.isascii() and written.isalpha() and written.islower()
    return letters and written[0] == word[0] and written != word and same_name(word, written)
