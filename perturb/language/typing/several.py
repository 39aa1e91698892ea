"""Two or three edits in one word, which people do not make one by one: a syllable lost ("dependcies"), one written twice
("definining"), letters that changed places over another ("hexademical"), or two slips that belong together ("vehical").

How often each is made, and of which letters, is learnt (``data/typing/several.tsv``, tools/typing_several.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, pairwise

from perturb.core.rng import Rng
from perturb.language.lexicon import rows
from perturb.language.typing import shape
from perturb.language.typing.edits import Edits
from perturb.language.typing.model import Slip, class_of, slip_at
from perturb.language.typing.shape import CLASSES, EDGE, IS_VOWEL, LETTERS, OP_OF
from perturb.language.typing.weights import DEPTH, powers, trigrams

KINDS = ("lost", "again", "moved", "apart")
LONG = 9
SHORT = 5  # letters; people leave two slips in four or five of them where it sounds the same or letters changed places
POOL = 16  # slips that belong together are drawn so many times, once for a word, and weighed
BITS = 25  # a change in naturalness beyond so many bits says no more
# Who spells by ear takes what sounds the same eight times as often, and seldom puts letters in another's place.
BY_EAR = {"poor_speller": 96}
SHARES = {"poor_speller": {"moved": 40}}  # in hundredths of what others have
_NUMBER = {c: n for n, c in enumerate(LETTERS + EDGE)}

Option = tuple[str, list[str]]  # what is written, features


def natural(word: str) -> int:
    """Give how natural a word's letters are: log2 of the trigrams' probability, in eighths ("the" over "hte")."""
    table, s = trigrams(), f"..{word}."
    other = len(_NUMBER)
    return sum([table.get(s[i : i + 2], table[".."])[_NUMBER.get(s[i + 2], other)] for i in range(len(s) - 2)])


def sound(word: str) -> str:
    """Spell roughly how a word sounds, inner vowels left out ("recieve", "receive" -> "rsf")."""
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    out = "a" if word[:1] in "aeiou" else word[:1]
    for c in word[1:]:
        if c not in "aeiouyhw" and c != out[-1:]:
            out += c
    return out


_SOUNDS = tuple(
    tuple(p.split("-")) for p in "ph-f tch-X ch-X sh-X tio-Xo cio-Xo ssio-Xo sce-se sci-si ce-se ci-si cy-si ck-k c-k "
    "q-k x-ks z-s dge-je dgi-ji ge-je gi-ji th-T v-f d-t".split()
)  # fmt: skip


def whole_pieces(word: str, count: int, kind: str) -> Iterator[Option]:
    """List what comes of a piece of ``count`` letters "lost" or written "again", or of letters "moved" over others."""
    size, vowel = len(word), "".join(["v" if IS_VOWEL.get(c) else "c" for c in word])
    if kind == "lost" and size - count > 2:
        for i in range(1, size - count):  # a word without its end is seen at once, and so is "le"
            j = i + count
            echo = word[i - 1] == word[j - 1] or word[j] == word[i]
            yield word[:i] + word[j:], [_at(i, size), "echo" if echo else "", vowel[i : i + 2]]
    elif kind == "again":
        for i in range(size - count + 1):
            yield word[: i + count] + word[i:], [_at(i, size), vowel[i : i + 2], "end" * (i + count == size)]
    elif kind == "moved":
        yield from _moved(word, size, vowel)


def _moved(word: str, size: int, vowel: str) -> Iterator[Option]:
    for i in range(size - 2):
        a, b, c = word[i], word[i + 1], word[i + 2]
        told = [_at(i, size), vowel[i : i + 3], "end" * (i + 3 == size)]
        for how, new in (("turned", c + b + a), ("left", b + c + a), ("right", c + a + b)):
            if a != c and new[0] != a and new[2] != c:
                yield word[:i] + new + word[i + 3 :], [how, *told]
    for i in range(size - 3):
        a, d = word[i], word[i + 3]
        if a != d:
            ends = vowel[i] + vowel[i + 3]
            yield (
                word[:i] + d + word[i + 1 : i + 3] + a + word[i + 4 :],
                ["far", _at(i, size), ends, "end" * (i + 4 == size)],
            )


def _at(i: int, size: int) -> str:
    return f"at {shape.place(i, size)}"


def together(word: str, first: Slip, second: Slip) -> list[str]:
    """Say what two slips have to do with each other and with the word."""
    (i, j, new), (k, m, other) = first, second
    one, two = class_of(word, first), class_of(word, second)
    ops, more = OP_OF[one] + OP_OF[two], len(new) + len(other) - (j - i) - (m - k)
    out = [f"by {min(5, k - j)}", ops, f"size {shape.size(len(word))}", f"more {more}"]
    out += [CLASSES[one], CLASSES[two], _at(i, len(word)), _at(k, len(word))]
    if ops in ("di", "id") and word[i:j] + word[k:m] == new + other:
        out.append("moved")
    if (word[i:j], new) == (word[k:m], other):
        out.append("alike")
    return out


def spelt(word: str, slips: Iterable[Slip]) -> str:
    """Write a word with its slips, which do not meet."""
    for i, j, new in sorted(slips, reverse=True):
        word = word[:i] + new + word[j:]
    return word


def slips_apart(edits: Edits, rng: Rng, count: int = 2) -> list[Slip]:
    """Draw slips one by one until there are ``count`` that do not meet; too few where that hardly comes."""
    slips: list[Slip] = []
    for _ in range(20):
        i, j, _ = slip = slip_at(edits.word, edits.number(rng.below(edits.total)))
        if all(j < s or e < i or (i < j and s < e and (j == s or e == i)) for s, e, _ in slips):
            slips.append(slip)
            if len(slips) == count:
                break
    return sorted(slips)


class Several:
    """What was learnt of words with several edits: shares of kinds, and weights of features in 32nds of a bit."""

    def __init__(self, learnt: Iterable[tuple[str, ...]], typist: str = "residual") -> None:
        self.weight: dict[tuple[str, str], int] = {}
        self.share: dict[tuple[str, int, int], int] = {}
        for kind, feature, value in learnt:
            cells = feature.split(" ")
            if cells[0] == "share":
                scale = SHARES.get(typist, {}).get(kind, 100)
                self.share[kind, int(cells[1]), int(cells[2])] = int(value) * scale // 100
            else:
                self.weight[kind, feature] = int(value)
        self.by_ear = BY_EAR.get(typist, 0)
        self._sums = {
            (count, size): list(accumulate([self.share.get((kind, count, size), 0) for kind in KINDS]))
            for count in (2, 3)
            for size in range(5)
        }

    def kind(self, rng: Rng, word: str, count: int) -> str:
        """Draw of which kind the edits of a word are ("compatibility", 2 -> "lost")."""
        sums = self._sums[count, shape.size(len(word))]
        return KINDS[rng.pick(sums)]

    def options(self, edits: Edits, count: int, kind: str) -> tuple[list[str], list[int]]:
        """List what may be written for a word with ``count`` edits of a kind, words among it, with running sums of weights."""
        word = edits.word
        if len(word) < count + 2 or not edits.total:
            return [], []  # nothing would be left of it
        found: dict[str, tuple[int, int]] = {}
        base, heard, get = natural(word), sound(word), self.weight.get
        for new, told in self._apart(edits, count) if kind == "apart" else whole_pieces(word, count, kind):
            if new == word or len(new) < 2 or (kind in ("apart", "lost") and _mangled(word, new, heard)):
                continue
            score, times = found.get(new, (-(10**6), 0))
            other = get((kind, "natural"), 0) * max(-8 * BITS, min(0, natural(new) - base)) // 8
            other += sum([get((kind, f), 0) for f in told])
            if sound(new) == heard:
                other += get((kind, "heard"), 0) + self.by_ear
            # what was drawn twice counts twice; a piece has come by two ways
            found[new] = max(score, other), times + 1 if kind == "apart" else 1
        return list(found), list(accumulate(_weights(found.values())))

    def _apart(self, edits: Edits, count: int) -> Iterator[Option]:
        word = edits.word
        rng = Rng("several", word, count)
        for _ in range(POOL):
            slips = slips_apart(edits, rng, count)
            if len(slips) == count:
                yield spelt(word, slips), [f for two in pairwise(slips) for f in together(word, *two)]


def _mangled(word: str, new: str, heard: str) -> bool:
    """Tell whether little is left of a word, no letter having moved: a short one sounds like another ("easy", "lsay"), of one of
    up to nine letters more than one sound is off ("banavi")."""
    sounds = sound(new)
    if len(word) > LONG or sounds == heard or sorted(new) == sorted(word):
        return False
    return len(word) <= SHORT or not _one_off(heard, sounds)


def _one_off(a: str, b: str) -> bool:
    """Tell whether one sound at most was lost, added or put for another."""
    head = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    rest, other = a[head:], b[head:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def _weights(scores: Iterable[tuple[int, int]]) -> list[int]:
    """Turn (score, times) into whole weights."""
    given, power = list(scores), powers()
    low = max([score for score, _ in given], default=0) - DEPTH
    return [times * power[score - low] if score > low else 0 for score, times in given]


@cache
def several(typist: str) -> Several:
    """Read what was learnt once."""
    return Several(rows("typing", "several"), typist)
