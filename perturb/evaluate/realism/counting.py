"""What is counted of a text and what became of it: edits of characters and words, casing, marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from perturb.evaluate.realism.differ import Change, changes, distance


@dataclass(frozen=True)
class Counts:
    """A clean text against a noisy one; ``letters`` and ``words`` are the edits, case and marks counting."""

    clean: str
    noisy: str
    distance: int  # Levenshtein, of characters
    letters: tuple[Change, ...]  # transpositions being one edit
    words: tuple[Change, ...]
    size: int  # characters of the clean text
    length: int  # its words

    @property
    def casing(self) -> int:
        """Count the edits of characters that only change case."""
        return sum(c.kind == "substitute" and c.old.lower() == c.new.lower() for c in self.letters)

    @property
    def marks(self) -> int:
        """Count the edits that bring, take or change a mark: no letter, digit or space."""
        return sum(any(not x.isalnum() and not x.isspace() for x in c.old + c.new) for c in self.letters)

    def kinds(self, kind: str) -> int:
        """Count the edits of characters of a kind ("delete")."""
        return sum(c.kind == kind for c in self.letters)

    def word_kinds(self, kind: str) -> int:
        """Count the edits of words of a kind ("insert")."""
        return sum(c.kind == kind for c in self.words)


@lru_cache(maxsize=32768)
def count(clean: str, noisy: str) -> Counts:
    """Compare two texts; words are what stands between white space, marks and all."""
    a, b = clean.split(), noisy.split()
    return Counts(clean, noisy, distance(clean, noisy), tuple(changes(clean, noisy, swaps=True)),
                  tuple(changes(a, b)), len(clean), len(a))  # fmt: skip


# What is measured: name -> (what of a text is counted, of how many). All are sums over the texts, divided once.
def _share(part: float, whole: float) -> tuple[float, float]:
    return float(part), float(whole)


KINDS = ("delete", "insert", "substitute", "transpose")
FINAL = ".!?"


def figures(c: Counts) -> dict[str, tuple[float, float]]:
    """Give what a text adds to each figure: (counted, out of)."""
    edits, of_words = len(c.letters), len(c.words)
    begins = c.clean[:1].isupper()
    ends = c.clean.rstrip()[-1:] in tuple(FINAL)
    return {
        "character error rate": _share(c.distance, c.size),
        "word error rate": _share(of_words, c.length),
        "words changed": _share(of_words - c.word_kinds("insert"), c.length),
        "unchanged texts": _share(c.clean == c.noisy, 1),
        **{f"characters: {kind}": _share(c.kinds(kind), edits) for kind in KINDS},
        **{f"words: {kind}": _share(c.word_kinds(kind), of_words) for kind in KINDS[:3]},
        "casing": _share(c.casing, edits),
        "marks": _share(c.marks, edits),
        "lower-case start": _share(begins and c.noisy[:1].islower(), begins),
        "final mark lost": _share(ends and c.noisy.rstrip()[-1:] not in tuple(FINAL), ends),
    }
