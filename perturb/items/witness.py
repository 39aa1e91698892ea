"""The corpus as a witness: does a shortened message still say one thing, going by a benchmark's own training items?

For items with closed labels (intents). A message is looked up first as it stands, as a run of words inside other messages,
then by its content words in any order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from perturb.core.stems import stem
from perturb.core.verdict import Lexis

ENOUGH = 3  # messages of the gold's label that must say it too before their agreement counts
MOST = 6  # labels that a message may fit; one that fits more says nothing
WIDE = 15  # labels under which its words may stand at all
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’")
# Function words that tell messages apart all the same ("why was it declined", "pay back", "not here yet").
_TELLING = frozenset(
    "how why when where who whose not no never without yet still already back again up off out before after".split()
)

_ASKS = frozenset("tell know explain say".split())  # "can you tell me why" is about anything


class Testimony(NamedTuple):
    """What a witness says: ``same``, ``any_of`` with the labels that fit (the gold first), or ``unsure``, and why."""

    expect: str
    labels: tuple[str, ...] = ()
    why: str = ""


class Witness:
    """Messages with their labels, indexed by word (``Witness([("Where is my card?", "card_arrival")], lexis())``).

    Built once; what it says depends on the set of its messages alone, not on their order.
    """

    def __init__(self, messages: Iterable[tuple[str, str]], lexis: Lexis) -> None:
        self._spare = (lexis.functions | lexis.polite) - _TELLING
        known = sorted({(_spelt(text), label) for text, label in messages})
        self._texts = [f" {text} " for text, _ in known]
        self._labels = [label for _, label in known]
        self._stems = [frozenset(map(stem, text.split())) for text, _ in known]
        self._sizes = [len({stem(w) for w in text.split() if w not in self._spare}) for text, _ in known]
        found: dict[str, list[int]] = {}
        for i, (text, _) in enumerate(known):
            for word in dict.fromkeys(map(stem, text.split())):
                found.setdefault(word, []).append(i)
        self._where = {word: tuple(places) for word, places in found.items()}

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, label: str) -> bool:
        return label in self._labels

    def says(self, text: str, gold: str, clean: str = "") -> Testimony:
        """Say what a shortened message may mean ("exchange rates" -> any_of, exchange_rate and fiat_currency_support).

        ``clean`` is the message that it was shortened from, which is no witness for itself.
        """
        said, own = _spelt(text), f" {_spelt(clean)} "
        content = [w for w in said.split() if w not in self._spare]
        if not set(content) - _TELLING - _ASKS:
            return Testimony("unsure", why="no word of it says anything")
        fits = self._holding(content, own, gold)
        labels = self._count(fits)
        if len(labels) > WIDE:
            return Testimony("unsure", why=f"its words stand under {len(labels)} labels")
        whole = self._count(self._holding(said.split(), own, gold, said))
        if any(label != gold for label in whole):
            return _several(gold, whole, "it stands in messages of other labels")
        # A message of which this is the better part says what it says; in a longer one the words may mean another thing.
        size = len({stem(w) for w in content})
        near = self._count([i for i in fits if size * 5 >= self._sizes[i] * 3])
        if any(label != gold for label in near):
            return _several(gold, near, "its words are most of messages of other labels")
        others = sum(labels.values()) - labels[gold]
        if labels[gold] >= ENOUGH and (not others or (near[gold] >= ENOUGH and others * 5 <= labels[gold])):
            return Testimony("same", (gold,), f"{labels[gold]} messages of its label say it, and {others} of others")
        return Testimony("unsure", why="too few messages say it" if not others else "other messages have its words too")

    def occurs_elsewhere(self, text: str, gold: str) -> list[str]:
        """List the other labels of messages in which this one stands, as a run of words."""
        said = _spelt(text)
        return sorted({self._labels[i] for i in self._holding(said.split(), "", gold, said)} - {gold}) if said else []

    def _holding(self, words: Sequence[str], own: str, gold: str, run: str = "") -> list[int]:
        """List the messages with all these words, or with them as one ``run``; but for the message's own."""
        stems = frozenset(map(stem, (w for w in words if not run or w not in _ANYTHING))) or frozenset(map(stem, words))
        places = min((self._where.get(s, ()) for s in sorted(stems)), key=len)
        if run:
            said = _run(run)
            found = [i for i in places if said.search(self._texts[i])]
        else:
            found = [i for i in places if stems <= self._stems[i]]
        return [i for i in found if self._texts[i] != own or self._labels[i] != gold]

    def _count(self, found: list[int]) -> Counter[str]:
        return Counter(self._labels[i] for i in found)


def _several(gold: str, fits: Counter[str], why: str) -> Testimony:
    """Give the labels that fit, the gold and then the most frequent first; unsure where they are too many."""
    others = sorted((label for label in fits if label != gold), key=lambda label: (-fits[label], label))
    if len(others) >= MOST:
        return Testimony("unsure", why=f"it fits {len(others) + 1} labels")
    return Testimony("any_of", (gold, *others), why)


def normal(text: str) -> str:
    """Fold case, marks and apostrophes ("Where's my card?" -> "wheres my card")."""
    return " ".join(_WORD.findall(text.lower().translate(_APOSTROPHES)))


_NOT = re.compile(r"\b(is|are|was|were|has|have|had|do|does|did|would|could|should)nt\b")


def _spelt(text: str) -> str:
    """Write contracted denials out, as some people do ("hasn't arrived" -> "has not arrived")."""
    return _NOT.sub(r"\1 not", normal(text))


_ANYTHING = frozenset("it its them they".split())


@lru_cache(maxsize=4096)
def _run(said: str) -> re.Pattern[str]:
    """Write a run of words as a pattern in which "it" is any thing ("it was declined": "my card was declined")."""
    words = said.split()
    if not set(words) - _ANYTHING:
        return re.compile(f" {said} ")
    return re.compile(" " + "".join(r"(?:[^ ]+ ){1,4}" if w in _ANYTHING else f"{w} " for w in words))
