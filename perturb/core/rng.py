"""Named randomness: a stream is a hash of its names, never a state that is passed on.

The numbers are part of the file format: a change here changes everybody's test sets
(tests/test_rng.py pins them).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from struct import Struct
from typing import Any, TypeVar

T = TypeVar("T")

_unpack = Struct("<8I").unpack_from
_ONE = 1.0 / 4294967296.0
_new = object.__new__
_parts: dict[str, bytes] = {}  # labels as they are hashed; a run has few


class Rng:
    """Draw numbers that depend on names alone (``Rng(7, "q12", "question").stream("typo.omit")``).

    Names are strings or integers and are hashed unambiguously: ``Rng(1, "0x")`` and ``Rng(10, "x")``
    differ. Sixteen 32-bit draws come from one BLAKE2b digest; more from the digest and a counter.
    """

    # Class attributes stand in until the first draw: most streams are named and hardly drawn from.
    _at = 8
    _words: tuple[int, ...] = ()
    _digest = b""
    _block = 0  # half blocks read so far
    _skipped = 0  # draws passed over before the first
    _named = False

    def __init__(self, *names: int | str) -> None:
        # ascii(), not repr(): which characters repr() escapes differs among Python versions.
        self._name = ascii(names).encode()

    def stream(self, label: str) -> Rng:
        """Name a stream below this one ("typo.omit" -> its own numbers); drawing from one moves no other."""
        part = _parts.get(label)
        if part is None:
            data = label.encode("utf-8", "surrogatepass")
            part = b"%d:%b" % (len(data), data)
            if len(_parts) < 4096:
                _parts[label] = part
        new = _new(Rng)
        new._name = self._name + part
        self._named = True
        return new

    @property
    def place(self) -> int:
        """Tell how far this stream was read; it stays while nothing is drawn from it or named below it."""
        return self._block << 6 | self._at << 1 | self._named

    def skip(self) -> None:
        """Pass over one draw whose value is not needed; a stream's first one then costs no hash."""
        if not self._block and not self._skipped:
            self._skipped = 1
        else:
            self.random()

    def _more(self) -> int:
        # A block is read by halves: most streams end within the first.
        if self._block:
            return self._further()
        self._block = 1
        self._digest = digest = blake2b(self._name).digest()
        self._words = words = _unpack(digest)
        at = self._skipped
        self._at = at + 1
        drawn: int = words[at]
        return drawn

    def _further(self) -> int:
        halves = self._block
        if not halves & 1:
            self._digest = blake2b(b"%b#%d" % (self._name, halves >> 1)).digest()
        self._words = words = _unpack(self._digest, 32 * (halves & 1))
        self._block, self._at = halves + 1, 1
        drawn: int = words[0]
        return drawn

    # The draw is written out in each method: a call would cost more than the draw.

    def random(self) -> float:
        """Draw a number in [0, 1) (-> 0.7312…)."""
        at = self._at
        if at < 8:
            self._at = at + 1
            return self._words[at] * _ONE
        return self._more() * _ONE

    def below(self, n: int) -> int:
        """Draw an integer from 0 to ``n - 1`` (6 -> a die's 0…5). The bias is below n / 2**32."""
        at = self._at
        if at < 8:
            self._at = at + 1
            return self._words[at] * n >> 32
        return self._more() * n >> 32

    def choice(self, options: Sequence[T]) -> T:
        """Draw one of ``options`` ("abc" -> "b"); IndexError where there is none."""
        at = self._at
        if at < 8:
            self._at = at + 1
            return options[self._words[at] * len(options) >> 32]
        return options[self._more() * len(options) >> 32]

    def chance(self, p: float) -> bool:
        """Say yes with probability ``p`` (0.3 -> True three times in ten)."""
        return self.random() < p

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """Draw by weight ([("a", 3), ("b", 1)] -> "a" three times in four)."""
        total = 0.0
        for _, weight in options:
            total += weight
        at = self.random() * total
        for option, weight in options:
            at -= weight
            if at < 0:
                return option
        return options[-1][0]

    def pick(self, cumulative: Sequence[int]) -> int:
        """Draw an index by running sums of whole weights ([3, 4] -> 0 three times in four)."""
        at = self._at
        if at < 8:
            self._at = at + 1
            return bisect_right(cumulative, self._words[at] * cumulative[-1] >> 32)
        return bisect_right(cumulative, self._more() * cumulative[-1] >> 32)

    def shuffled(self, options: Sequence[T]) -> Iterator[T]:
        """Yield all of ``options`` in random order, paying only for what is read ("abc" -> "c", "a", "b")."""
        rest = list(options)
        left = len(rest)
        while left:
            i = self.below(left)
            left -= 1
            yield rest[i]
            rest[i] = rest[left]

    def by_weight(self, options: Sequence[T], cumulative: Sequence[int]) -> Iterator[T]:
        """Yield ``options`` without repeats, heavier ones sooner; ``cumulative`` are running sums of whole weights."""
        if not options or cumulative[-1] <= 0:
            return
        seen: set[int] = set()
        total = cumulative[-1]
        for _ in range(4 * len(options)):
            at = self._at
            if at < 8:
                self._at = at + 1
                i = bisect_right(cumulative, self._words[at] * total >> 32)
            else:
                i = bisect_right(cumulative, self._more() * total >> 32)
            if i not in seen:
                seen.add(i)
                yield options[i]
        for i in self.shuffled([i for i in range(len(options)) if i not in seen]):
            yield options[i]

    def normal(self) -> float:
        """Draw from the unit normal, as twelve uniforms less six (exact on every platform: no logarithm)."""
        return sum(self.random() for _ in range(12)) - 6.0

    def __reduce__(self) -> Any:
        raise TypeError("an Rng is not stored or passed between processes: name it again where it is needed")
