"""Keyboards: which keys touch, which hand and finger strikes them (``data/keyboards``)."""

from __future__ import annotations

from functools import cache

from perturb.language.lexicon import rows


class Keyboard:
    """A layout ("qwerty"): ``touch`` says 1 for keys beside each other in a row, 2 for such in rows above and below."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.touch: dict[tuple[str, str], int] = {}
        self.finger: dict[str, int] = {}
        for key, same_row, other_rows, finger in rows("keyboards", name):
            self.touch.update({(key, k): 1 for k in same_row.strip("-")})
            self.touch.update({(key, k): 2 for k in other_rows.strip("-")})
            self.finger[key] = int(finger)

    def one_hand(self, a: str, b: str) -> bool:
        """Tell whether one hand strikes both ("t", "h" -> False); fingers 0 to 4 are the left hand's."""
        x, y = self.finger.get(a, -9), self.finger.get(b, 19)
        return x >= 0 and y < 10 and (x < 5) == (y < 5)

    def one_finger(self, a: str, b: str) -> bool:
        """Tell whether one finger strikes both ("e", "d" -> True)."""
        return a in self.finger and self.finger[a] == self.finger.get(b)

    def substituted(self, old: str, new: str) -> int:
        """Say how two keys lie: touching, one hand, one finger, the same finger of the other hand."""
        x, y = self.finger.get(old, 99), self.finger.get(new, 99)
        mirror = x + y == 9 and x not in (4, 5)
        return self.touch.get((old, new), 0) + 3 * self.one_hand(old, new) + 6 * (x == y) + 12 * mirror

    def inserted(self, before: str, new: str, after: str) -> int:
        """Say how a key put in lies to those around it."""
        touch = self.touch
        return touch.get((before, new), 0) + 3 * touch.get((after, new), 0) + 9 * self.one_hand(before, new)

    def near(self, new: str, *others: str) -> bool:
        """Tell whether a key touches one of the others ("r", "e", "a" -> True)."""
        return any((other, new) in self.touch for other in others)

    def lost(self, before: str, old: str, after: str) -> int:
        """Say how a key left out lies to those around it."""
        return (
            self.one_hand(before, old) + 2 * self.one_hand(after, old)
            + 4 * self.one_finger(before, old) + 8 * self.one_finger(after, old)
        )  # fmt: skip

    def swapped(self, before: str, first: str, second: str, after: str) -> int:
        """Say how two keys struck in the wrong order lie: other hands, one finger, and those around them."""
        return (
            (not self.one_hand(first, second)) + 2 * self.one_finger(first, second)
            + 4 * self.one_hand(before, first) + 8 * self.one_hand(second, after)
        )  # fmt: skip


@cache
def keyboard(name: str) -> Keyboard:
    """Read a layout once ("azerty")."""
    return Keyboard(name)
