"""The corpus as a witness: does a shortened message still say one thing, going by a benchmark's own training items?

For items with closed labels (intents). A message is looked up as it stands, as a run of words inside other messages, and by its
content words in any order. Several labels are promised only where nothing speaks for one more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perturb.core.stems import stem
from perturb.core.verdict import Lexis
from perturb.items.leaning import Leaning
from perturb.items.wording import ANYTHING, WHOSE, begun, opening, run_of, spelt

ENOUGH = 3  # messages of the gold's label that must say it too before their agreement counts
MOST = 6  # labels that a message may fit; one that fits more says nothing
WIDE = 15  # labels under which its words may stand at all
SEEN = 8  # messages that must say it before a list of labels can be whole
UNSEEN = 0.05  # share of labels seen once among them: the share of those not seen at all, by Good and Turing
MANY = 0.1  # share of the messages with its words that makes a label one of those it fits
LEFT = 0.2  # share of these messages that may be under labels that are not listed
LEANS = 0.02  # what the words alone must say for a label before it has to be listed
UNLIKE = 0.005  # and for one that is listed
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


class Found(NamedTuple):
    """Labels of the messages that say what a shortened one says, with how many of each.

    ``fits`` have its content words, ``whole`` the message as a run of words, ``near`` are not much longer; ``like`` are the last two.
    ``headed`` are labels of those that begin to ask or tell as it does ("what is", "i have to"), all where it is but a topic.
    """

    fits: Counter[str]
    whole: Counter[str]
    near: Counter[str]
    like: Counter[str]
    headed: frozenset[str]


class Witness:
    """Messages with their labels, indexed by word (``Witness([("Where is my card?", "card_arrival")], lexis())``).

    Built once; what it says depends on the set of its messages alone, not on their order.
    """

    def __init__(self, messages: Iterable[tuple[str, str]], lexis: Lexis) -> None:
        self._spare = (lexis.functions | lexis.polite) - _TELLING
        self._polite = lexis.polite
        known = sorted({(spelt(text), label) for text, label in messages})
        self._texts = [f" {text} " for text, _ in known]
        self._labels = [label for _, label in known]
        self._stems = [frozenset(map(stem, text.split())) for text, _ in known]
        self._sizes = [len({stem(w) for w in text.split() if w not in self._spare}) for text, _ in known]
        found: dict[str, list[int]] = {}
        for i, (text, _) in enumerate(known):
            for word in dict.fromkeys(map(stem, text.split())):
                found.setdefault(word, []).append(i)
        self._where = {word: tuple(places) for word, places in found.items()}
        self._leaning = Leaning(zip(self._stems, self._labels))

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, label: str) -> bool:
        return label in self._labels

    def says(self, text: str, gold: str, clean: str = "") -> Testimony:
        """Say what a shortened message may mean ("exchange rates" -> any_of, exchange_rate and fiat_currency_support).

        ``clean`` is the message that it was shortened from, which is no witness for itself.
        """
        said = spelt(text)
        if not set(self._content(said)) - _TELLING - _ASKS:
            return Testimony("unsure", why="no word of it says anything")
        found = self._found(said, gold, spelt(clean))
        labels = found.fits
        if len(labels) > WIDE:
            return Testimony("unsure", why=f"its words stand under {len(labels)} labels")
        others = labels.total() - labels[gold]
        if found.like.total() == found.like[gold] and labels[gold] >= ENOUGH:
            if not others or (found.near[gold] >= ENOUGH and others * 5 <= labels[gold]):
                why = f"{labels[gold]} messages of its label say it, and {others} of others"
                return Testimony("same", (gold,), why)
        return self._several(said, gold, found)

    def parts(self, text: str, gold: str, clean: str) -> bool:
        """Tell whether messages of another label say what is left of one, and none of that label has the words of the whole."""
        said, before = spelt(text), spelt(clean)
        if not (self._content(said) and self._content(before)):
            return False
        left, was = self._found(said, gold, before), self._found(before, gold, before)
        return len(left.fits) <= WIDE and not left.like.keys() - {gold} <= was.fits.keys()

    def _content(self, said: str) -> list[str]:
        return [w for w in said.split() if w not in self._spare]

    def _found(self, said: str, gold: str, clean: str) -> Found:
        """Find the messages that say what a shortened one says; but for the one that it was shortened from."""
        content, own = self._content(said), f" {clean} "
        fits = self._holding(content, own, gold)
        whole = self._holding(said.split(), own, gold, said)
        # A message of which this is the better part says what it says; in a longer one the words may mean another thing.
        size = len({stem(w) for w in content})
        near = [i for i in fits if size * 5 >= self._sizes[i] * 3]
        head = opening(said, self._polite, self._spare)
        headed = frozenset(
            self._labels[i] for i in fits if not head or begun(self._texts[i], self._polite)[: len(head)] == head
        )
        return Found(self._count(fits), self._count(whole), self._count(near), self._count({*whole, *near}), headed)

    def _several(self, said: str, gold: str, found: Found) -> Testimony:
        """List the labels that fit, the gold and then the most frequent first; unsure where one more may."""
        alone = self._leaning.of(map(stem, self._content(said)))
        together = self._leaning.of(stem(w) for w in said.split() if w not in WHOSE)
        total = found.fits.total()
        listed = {
            label
            for label, n in found.fits.items()
            if (n > 1 or label in found.near)
            and (label in found.near or label in found.whole or n >= MANY * total or alone[label] >= LEANS)
            and together[label] >= UNLIKE
        }
        rest = [label for label in self._leaning.labels if label not in listed and together[label] >= UNLIKE]
        leans = any(alone[label] >= LEANS or together[label] >= MANY / 2 for label in rest)
        why = self._doubt(said, gold, found, listed)
        if not why and sum(found.fits[label] for label in rest) > LEFT * total:
            why = "other labels have its words"
        if not why and leans:
            why = "its words lean to other labels"
        if not why and not listed - {gold} <= found.headed:
            why = "nothing under some of them begins so"
        if why:
            return Testimony("unsure", why=why)
        others = sorted(listed - {gold}, key=lambda label: (-found.fits[label], label))
        return Testimony("any_of", (gold, *others), f"{total} messages say it")

    def _doubt(self, said: str, gold: str, found: Found, listed: set[str]) -> str:
        """Say why a list of labels may not be whole, "" where nothing speaks against it."""
        words = {stem(w) for w in self._content(said) if w not in _TELLING and w not in _ASKS}
        if gold not in listed or found.fits[gold] < 2:
            return "its own label is not among those that say it"
        if not 1 < len(listed) <= MOST:
            return f"it fits {len(listed)} labels"
        if found.fits.total() < SEEN:
            return f"{found.fits.total()} messages say it"
        stops = said.split()[-1] in self._spare  # "how do I cancel a"
        if len(words) == 1 and (stops or not listed <= found.whole.keys()):
            return "it is one word"
        if _unseen(found.like if found.like.total() >= SEEN else found.fits) > UNSEEN:
            return "there may be labels that no message shows"
        return "" if any(map(self._tells, sorted(words))) else "none of its words stands under few labels"

    def _tells(self, word: str) -> bool:
        """Tell whether a word narrows it down by itself, whatever else is said ("pending", not "account")."""
        labels = self._count(self._where.get(word, ()))
        total = labels.total()
        often = [n for n in labels.values() if n > 1 and n * 33 >= total]
        return word.isalpha() and total >= SEEN and len(often) <= MOST and _unseen(labels) <= UNSEEN

    def occurs_elsewhere(self, text: str, gold: str) -> list[str]:
        """List the other labels of messages in which this one stands, as a run of words."""
        said = spelt(text)
        return sorted({self._labels[i] for i in self._holding(said.split(), "", gold, said)} - {gold}) if said else []

    def saying(self, text: str, gold: str, clean: str = "") -> Counter[str]:
        """Count the labels of messages that say what is left of one: with its words in a row, or as their better part."""
        said = spelt(text)
        return self._found(said, gold, spelt(clean)).like if self._content(said) else Counter()

    def _holding(self, words: Sequence[str], own: str, gold: str, run: str = "") -> list[int]:
        """List the messages with all these words, or with them as one ``run``; but for the message's own."""
        stems = frozenset(map(stem, (w for w in words if not run or w not in ANYTHING))) or frozenset(map(stem, words))
        places = min((self._where.get(s, ()) for s in sorted(stems)), key=len)
        if run:
            said = run_of(run)
            found = [i for i in places if said.search(self._texts[i])]
        else:
            found = [i for i in places if stems <= self._stems[i]]
        return [i for i in found if self._texts[i] != own or self._labels[i] != gold]

    def _count(self, found: Iterable[int]) -> Counter[str]:
        return Counter(self._labels[i] for i in found)


def _unseen(labels: Counter[str]) -> float:
    """Estimate the share of messages under labels not seen yet, by those seen once."""
    return sum(n == 1 for n in labels.values()) / max(1, labels.total())
