"""Other programs' noise as generators for ``perturb realism --generator``: a function of a text and a seed.

    cd bench && perturb realism --generator peers:keyboard --pairs human.tsv

Each augmenter is nlpaug's as it comes, or with the settings that its name says; the global generators that it draws from
are seeded for each call. (``SpellingAug`` passes through sets: PYTHONHASHSEED=0 makes its draws the same again.)
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any


@cache
def _augmenter(name: str, **settings: Any) -> Any:
    import nlpaug.augmenter.char as char
    import nlpaug.augmenter.word as word

    return getattr(word if name == "SpellingAug" else char, name)(**settings)


def _augmented(text: str, seed: int, name: str, **settings: Any) -> str:
    import numpy as np

    random.seed(seed)
    np.random.seed(seed)
    out = _augmenter(name, **settings).augment(text)
    return str(out[0] if isinstance(out, list) and out else out or text)


def keyboard(text: str, seed: int) -> str:
    return _augmented(text, seed, "KeyboardAug")


def keyboard_one_letter(text: str, seed: int) -> str:
    return _augmented(text, seed, "KeyboardAug", aug_char_max=1, include_special_char=False, include_numeric=False,
                      include_upper_case=False)  # fmt: skip


def ocr(text: str, seed: int) -> str:
    return _augmented(text, seed, "OcrAug")


def spelling(text: str, seed: int) -> str:
    return _augmented(text, seed, "SpellingAug")


def random_swap(text: str, seed: int) -> str:
    return _augmented(text, seed, "RandomCharAug", action="swap")


def random_insert(text: str, seed: int) -> str:
    return _augmented(text, seed, "RandomCharAug", action="insert")


def random_substitute(text: str, seed: int) -> str:
    return _augmented(text, seed, "RandomCharAug", action="substitute")


def random_delete(text: str, seed: int) -> str:
    return _augmented(text, seed, "RandomCharAug", action="delete")
