"""Which texts a recipe is for: nobody dictates a page of code, and only who wants something gets upset over it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from perturb.core.text import Text
from perturb.language.code import programs, tables
from perturb.language.messages import is_message, speaks

KINDS = {
    "message": "that somebody could have sent",
    "sayable": "that can be said aloud",
    "own": "in which somebody speaks of himself and asks for something",
}
# Formulas, code, forms, addresses: what is read and not said. A line behind another is a list, a poem, a document.
_UNSAID = re.compile(
    r"[\\{}<>|=^~`\[\]]|__|\$\d*(?!(?:[kmb]|bn|mn)\b)[a-z(]|https?:|www\.|\w\(\S|\w_\w|\w\.\w+(?-i:[A-Z])|\b0x\d|\S\n\s*\S"
    r"|[?:.,]\s+\(?(?-i:A)[.)] \S[^\n]*(?<!\w)(?-i:B)[.)] \S",
    re.IGNORECASE,
)


class Fit(NamedTuple):
    """What a recipe's ``for`` says of its texts (``Fit(40, "sayable").holds(text)``); 0 words are as many as may be."""

    words: int = 0
    kind: str = ""

    def holds(self, text: Text) -> bool:
        """Tell whether a clean text is of these; worked out once for a text."""
        return text.once(f"for {self.words} {self.kind}", lambda: self._holds(text))

    def _holds(self, text: Text) -> bool:
        if self.words and len(text.raw.split()) > self.words:
            return False
        return not self.kind or _TESTS[self.kind](text)

    def said(self) -> str:
        """Say it in words ("texts of at most 40 words that can be said aloud")."""
        size = f" of at most {self.words} words" if self.words else ""
        return f"texts{size}{' ' + KINDS[self.kind] if self.kind else ''}"


def fits_all(fits: Iterable[Fit], text: Text) -> bool:
    """Tell whether a text is one that all of them are for."""
    return all(fit.holds(text) for fit in fits)


def _sayable(text: Text) -> bool:
    raw = text.raw.strip()
    if not raw or _UNSAID.search(raw):
        return False
    return next(programs(raw), None) is None and next(tables(raw), None) is None


def _own(text: Text) -> bool:
    """Tell whether somebody wants something for himself."""
    return is_message(text) and speaks(text.raw)


_TESTS = {"message": is_message, "sayable": _sayable, "own": _own}
