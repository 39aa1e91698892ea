"""The person a recipe imagines: how careless (severity), in which style, with which typing.

A writer has a stream of its own, named by the profile's user field where there is one, else by item and variant. One
draw scales the number of misspelt words, so that texts of one writer go together and writers differ as people do
(negative binomial, k about 2.2 over 883 TOEFL essays). Who misspells more is the likelier to be careless of style, and
one who is careless leaves out capitals, marks and apostrophes together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from perturb.core.rng import Rng
from perturb.language.lexicon import rows

# Misspelt words per 100. "human" is how people retyped the questions of NoiseQA: unread, so far above what is left in.
SEVERITIES = {"light": 0.3, "normal": 0.8, "heavy": 2.2, "extreme": 6.0, "human": 5.6}
STYLES = ("formal", "chat", "sloppy")
TYPISTS = ("residual", "hasty", "learner", "poor_speller", "copying")

# Midpoints of 32 equal shares of a gamma distribution with shape 2.2 and mean 1 (scaled to mean 1 exactly).
_GAMMA = (
    0.1113, 0.1937, 0.2543, 0.3066, 0.3545, 0.3997, 0.4434, 0.4860, 0.5282, 0.5701, 0.6123, 0.6548, 0.6980, 0.7421,
    0.7873, 0.8339, 0.8822, 0.9326, 0.9853, 1.0408, 1.0998, 1.1628, 1.2308, 1.3049, 1.3867, 1.4785, 1.5836, 1.7073,
    1.8590, 2.0576, 2.3513, 2.9606,
)  # fmt: skip
# The careless misspell 1.5 to 2 times as many words as the careful (style_joint: 1.5 and 2.0 in prompts to chatbots).
_MORE = 1.75


@dataclass(frozen=True)
class Writer:
    """Say who writes (``Writer(0.8, "chat", "hasty")``); severity is misspelt words per 100, None where not governed.

    With ``autocorrect`` a phone makes words of the slips.
    """

    severity: float | None = None
    style: str = ""
    typist: str = "residual"
    autocorrect: bool = False


class Mood:
    """One writer's draws: carelessness and style, the same for all texts of that writer."""

    __slots__ = ("careless", "factor", "rng")

    def __init__(self, rng: Rng, style: str) -> None:
        self.rng = rng
        at = rng.below(len(_GAMMA))
        self.factor = _GAMMA[at]
        self.careless = bool(style) and rng.random() < _careless(style)[at]

    def shows(self, style: str, trait: str, message: str = "") -> bool:
        """Tell whether this writer's message has a trait ("no_final" under "chat" -> three times in four if careless).

        A question loses its last mark at a rate of its own.
        """
        if trait == "no_final" and message.endswith("?"):
            trait = "no_question"
        careless, careful = _traits(style)[trait]
        # Who never presses shift writes "i" too: one draw for both.
        stream = self.rng.stream("lower" if trait in ("lower_all", "lower_i") else trait)
        return stream.random() < (careless if self.careless else careful)

    def slips(self, mean: float, u: float) -> int:
        """Give how many words go wrong, from the mean of such texts and one uniform draw; monotone in the mean."""
        return poisson(mean * self.factor, u)


def spared(mean: float) -> float:
    """Give the share of texts without a misspelt word, from the mean of such texts (0.36 -> 0.72)."""
    return sum(_none(mean * g) for g in _GAMMA) / len(_GAMMA)


@cache
def _traits(style: str) -> dict[str, tuple[float, float]]:
    return {r[1]: (float(r[2]), float(r[3])) for r in rows("writers", "styles") if r[0] == style}


@cache
def _careless(style: str) -> tuple[float, ...]:
    """Give the chance to be careless by how much one misspells, so that the style's share of people comes out."""
    share = _traits(style)["careless"][0]
    spread = sum((g - 1.0) * (g - 1.0) for g in _GAMMA) / len(_GAMMA)
    # E(g | careless) = _MORE * E(g | careful) where the chance is share * (1 + slope * (g - 1)), before it is cut off
    slope = (_MORE - 1.0) * (1.0 - share) / (spread * (1.0 - share + _MORE * share))
    low, high = 0.0, 2.0 * share
    for _ in range(40):
        level = (low + high) / 2.0
        chances = tuple(min(1.0, max(0.0, level + share * slope * (g - 1.0))) for g in _GAMMA)
        low, high = (level, high) if sum(chances) < share * len(_GAMMA) else (low, level)
    return chances


@cache
def typing_of(typist: str, style: str = "", autocorrect: bool = False) -> tuple[tuple[str, float, dict[str, Any]], ...]:
    """List the steps by which a typist misspells, with weights and parameters ("hasty" -> (("space.omit", 6.0, {}), …)).

    In an informal style apostrophes are the style's; with ``autocorrect`` a phone corrects what would be no word.
    """
    found = [(r[1], float(r[2]), dict(p.split("=") for p in r[3].split() if p != "-"))
             for r in rows("writers", "typists") if r[0] == typist]  # fmt: skip
    if style in ("chat", "sloppy"):
        found = [f for f in found if f[0] != "punct.apostrophe"]
    if autocorrect:
        mended = ("typo", "misspelling", "space.omit", "punct.apostrophe")  # what a phone puts right or makes a word of
        left = [f for f in found if not f[0].startswith(mended)]
        weight = sum(w for _, w, _ in found) - sum(w for _, w, _ in left)
        found = [*left, ("realword.autocorrect", weight, {})]
    return tuple(found)


def poisson(mean: float, u: float) -> int:
    """Give the count at which the Poisson distribution passes ``u`` (1.0, 0.5 -> 1); monotone in both.

    Additions, multiplications and divisions only, so that every machine gets the same count.
    """
    if mean > 16:
        return _poisson_of_many(mean, u)
    p = _none(mean)
    count, total = 0, p
    while total <= u and (p > 1e-17 or count < mean):
        count += 1
        p *= mean / count
        total += p
    return count


def _none(mean: float) -> float:
    """Give the Poisson chance of none, e to the minus mean."""
    x = max(0.0, mean) / 65536.0
    p = 1.0 - x * (1.0 - x / 2.0 * (1.0 - x / 3.0))
    for _ in range(16):
        p *= p
    return p


def _poisson_of_many(mean: float, u: float) -> int:
    """Do the same from the most likely count outward, where the chance of none is too small for a number."""
    mode = int(mean)
    below, above = [1.0], [1.0]  # chances of mode, mode - 1, … and of mode, mode + 1, …, up to a factor
    while below[-1] > 1e-17 and len(below) <= mode:
        below.append(below[-1] * (mode - len(below) + 1) / mean)
    while above[-1] > 1e-17:
        above.append(above[-1] * mean / (mode + len(above)))
    chances = below[:0:-1] + above
    rest, count = u * sum(chances), mode - len(below) + 1
    for chance in chances[:-1]:
        rest -= chance
        if rest < 0:
            break
        count += 1
    return count
