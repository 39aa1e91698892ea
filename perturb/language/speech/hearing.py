"""What a recogniser may hear for a stretch of speech: word strings that sound like it, the likelier first.

The sounds of the stretch are cut into pieces in every way; each piece is looked up among the words of nearly the same
sounds, and the cheapest strings of words are kept. The cost of a string is that of its confused sounds and of its
words, rare ones being dear. Whole numbers throughout, so that every machine keeps the same strings.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from perturb.language.grammar import is_plural
from perturb.language.lexicon import rows, words
from perturb.language.protect import slot_kinds
from perturb.language.speech.phones import READ_ONLY, confusion_costs, known

LONGEST = 11  # sounds in a piece
WIDTH = 10  # strings kept for each length, in the search
BEST = 8  # words kept for a piece
KEPT = 16  # strings that a hearing is drawn from
CHEAPEST = 10  # confusion, if any (data/asr/phones.tsv)
DEAREST = 90  # confusion of a piece, at most
WORD_PRICE = 2  # how much a word's rarity weighs against its sounds
BREAK = 72  # what one more word costs

CONTENT = 6  # what a word that carries meaning costs behind another, where no known term has the two
MORE = 90  # what each word over those said costs besides

# Sounds by the place and manner that recognisers confuse; the vowels are one class, and h and y hardly heard.
_CLASSES = {
    **dict.fromkeys("A3UO9IE416@&+0", "a"), "2": "ar", **dict.fromkeys("PB", "p"), **dict.fromkeys("TD", "t"),
    **dict.fromkeys("X8", "t"), **dict.fromkeys("KG", "k"), **dict.fromkeys("FV", "f"), **dict.fromkeys("SZ57CJ", "s"),
    **dict.fromkeys("MNQ", "n"), "L": "l", "R": "r", "W": "w", "Y": "", "H": "",
}  # fmt: skip
_TRANSLATED = str.maketrans(_CLASSES)
_KINDS = "aptkfsnlrw"


class Hearings(NamedTuple):
    """Strings of words that a stretch may be heard as, with running sums of their weights."""

    strings: tuple[str, ...]
    sums: tuple[int, ...]


def key(sounds: str) -> str:
    """Reduce sounds to what is hardly ever confused ("NIT" -> "nat"); vowels beside each other are one."""
    out = sounds.translate(_TRANSLATED)
    while "aa" in out:
        out = out.replace("aa", "a")
    return out


@lru_cache(maxsize=8192)
def hearings(said: str, sounds: str) -> Hearings:
    """List what ``sounds`` may be heard as, other than ``said`` itself ("lone", "L0N" -> ("loan", …))."""
    best: list[list[tuple[int, str]]] = [[] for _ in range(len(sounds) + 1)]
    best[0] = [(0, "")]
    for end in range(1, len(sounds) + 1):
        found: dict[str, int] = {}
        for start in range(max(0, end - LONGEST), end):
            if not best[start]:
                continue
            for cost, word in pieces(sounds[start:end]):
                for before, string in best[start]:
                    whole = f"{string} {word}" if string else word
                    total = before + cost + (odd(string.rpartition(" ")[2], word) if string else 0)
                    if total < found.get(whole, 1 << 30):
                        found[whole] = total
        best[end] = sorted((cost, string) for string, cost in found.items())[: WIDTH if end < len(sounds) else KEPT + 2]
    low = said.lower()
    more = low.count(" ")
    ways = sorted(
        (cost + MORE * max(0, string.count(" ") - more), string) for cost, string in best[-1] if string.lower() != low
    )[:KEPT]
    if not ways:
        return Hearings((), ())
    least = ways[0][0]
    weights = [_WEIGHTS[min(cost - least, len(_WEIGHTS) - 1)] for cost, _ in ways]
    return Hearings(tuple(string for _, string in ways), tuple(accumulate(weights)))


_WEIGHTS = tuple(4096 * 12**n // 13**n + 1 for n in range(80))  # a twelfth less for each unit of cost


@cache
def _goes_on() -> dict[str, frozenset[str]]:
    """Read which words go on a term ("ice" -> cream, …)."""
    return {start: frozenset(more.split()) for start, more in rows("phrases")}


def odd(one: str, two: str) -> int:
    """Price two words that hardly ever stand side by side ("the of", "a apple"): a recogniser has read a lot."""
    if one == two:
        return 60
    if one in _ARTICLES:
        small = two.lower() in words("functions")
        return 50 if small else 70 if one != "the" and ((one == "an") != (two[0] in "aeiou") or is_plural(two)) else 0
    if one in _BEFORE_VERB and two.endswith("s") and two not in words("functions"):
        return 40
    if two == "I":
        return 0 if one.lower() in words("functions") else 20
    return 0 if {one, two} & words("functions") or two in _goes_on().get(one.lower(), ()) else CONTENT


_ARTICLES = frozenset(("a", "an", "the"))
_BEFORE_VERB = frozenset("I you we they can could will would did do does".split())  # "I tells"


@lru_cache(maxsize=65536)
def pieces(sounds: str) -> tuple[tuple[int, str], ...]:
    """List the words that sound nearly so, with their costs, cheapest first ("L0N" -> ((…, "loan"), …))."""
    index, shape = _index(), key(sounds)
    keys = {shape: None}
    if len(sounds) > 1:
        keys.update(dict.fromkeys(shape[:i] + shape[i + 1 :] for i in range(len(shape))))
        if len(shape) > 2:
            for i in range(len(shape) + 1):
                keys.update(dict.fromkeys(shape[:i] + k + shape[i:] for k in _KINDS))
    found: list[tuple[int, str]] = []
    most = 1 << 30  # of a word that would still be among the best
    for one in keys:
        least = 0 if one == shape else CHEAPEST
        for price, word, its in index.get(one, ()):
            room = min(DEAREST, most - price)
            if room <= least:
                break  # the others under this key are dearer
            cost = confusion(sounds, its, room)
            if cost < room:
                found.append((cost + price, word))
                if len(found) > BEST:
                    found.sort()
                    found.pop()
                    most = found[-1][0]
    found.sort()
    return tuple(found)


def confusion(said: str, heard: str, most: int) -> int:
    """Sum up what hearing ``heard`` for ``said`` costs, sound by sound; ``most`` where it comes to more."""
    if said == heard:
        return 0
    if abs(len(said) - len(heard)) > 3:
        return most
    costs = confusion_costs()
    row = [0]
    for b in heard:
        row.append(row[-1] + costs["-" + b])
    for a in said:
        gone = costs[a + "-"]
        last, row = row, [row[0] + gone]
        left = row[0]
        for j, b in enumerate(heard):
            at = last[j] if a == b else last[j] + costs[a + b]
            other = last[j + 1] + gone
            if other < at:
                at = other
            left += costs["-" + b]
            if left < at:
                at = left
            row.append(at)
            left = at
        if min(row) >= most:
            return most
    return min(row[-1], most)


@cache
def _index() -> dict[str, list[tuple[int, str, str]]]:
    """Put the words that may be heard under their keys, the commoner first; none that an answer may hang on."""
    kinds = slot_kinds()
    index: dict[str, list[tuple[int, str, str]]] = {}
    for word, (sounds, cost, is_name) in known().items():
        if cost < READ_ONLY and word not in kinds and not word.endswith("n't"):
            written = "I" + word[1:] if word == "i" or word[:2] == "i'" else word.capitalize() if is_name else word
            index.setdefault(key(sounds), []).append((cost * WORD_PRICE + BREAK, written, sounds))
    return {shape: sorted(found)[:24] for shape, found in index.items()}
