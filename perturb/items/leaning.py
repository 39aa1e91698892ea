"""Which labels a message leans to, going by each of its words alone: a naive Bayes over labelled messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import fsum

SMOOTH = 0.5  # messages with a word that each label is taken to have had more, in 2.5 messages more


class Leaning:
    """Counts of words under labels (``Leaning([({"card", "lost"}, "lost_card")]).of(["lost"]) == {"lost_card": 1.0}``).

    Products of floats without logarithms, in an order that is fixed: the same on every machine.
    """

    def __init__(self, messages: Iterable[tuple[Iterable[str], str]]) -> None:
        self._sizes: Counter[str] = Counter()
        self._counts: dict[str, Counter[str]] = {}
        for words, label in messages:
            self._sizes[label] += 1
            for word in words:
                self._counts.setdefault(word, Counter())[label] += 1
        self.labels = sorted(self._sizes)

    def of(self, words: Iterable[str]) -> dict[str, float]:
        """Give each label's share of what the words say; words that no message has say nothing."""
        shares = dict.fromkeys(self.labels, 1.0)
        for word in sorted(set(words)):
            counts = self._counts.get(word)
            if counts is None:
                continue
            for label in self.labels:
                shares[label] *= (counts[label] + SMOOTH) / (self._sizes[label] + 5 * SMOOTH)
            total = fsum(shares.values())
            shares = {label: share / total for label, share in shares.items()}
        return shares
