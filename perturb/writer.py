"""The person a recipe imagines: how careless (severity), in which style, with which typing.

A writer has a stream of its own, named by the profile's user field where there is one, else by item and variant. One
latent draw couples casing, marks, apostrophes and slang; another scales the number of misspelt words, so that texts of
one writer go together and writers differ as people do (negative binomial, k about 2.2 over 883 TOEFL essays).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from perturb.core.rng import Rng
from perturb.language.lexicon import rows

SEVERITIES = {"light": 0.3, "normal": 0.8, "heavy": 2.2, "extreme": 6.0, "human": 0.8}
STYLES = ("formal", "chat", "sloppy")
TYPISTS = ("residual", "hasty", "learner", "poor_speller")

# Midpoints of 32 equal shares of a gamma distribution with shape 2.2 and mean 1 (scaled to mean 1 exactly).
_GAMMA = (
    0.1113, 0.1937, 0.2543, 0.3066, 0.3545, 0.3997, 0.4434, 0.4860, 0.5282, 0.5701, 0.6123, 0.6548, 0.6980, 0.7421,
    0.7873, 0.8339, 0.8822, 0.9326, 0.9853, 1.0408, 1.0998, 1.1628, 1.2308, 1.3049, 1.3867, 1.4785, 1.5836, 1.7073,
    1.8590, 2.0576, 2.3513, 2.9606,
)  # fmt: skip


@dataclass(frozen=True)
class Writer:
    """Say who writes (``Writer(0.8, "chat", "hasty")``); severity is misspelt words per 100, None where not governed."""

    severity: float | None = None
    style: str = ""
    typist: str = "residual"


class Mood:
    """One writer's draws: carelessness and style, the same for all texts of that writer."""

    __slots__ = ("careless", "factor", "rng")

    def __init__(self, rng: Rng, style: str) -> None:
        self.rng = rng
        self.factor = _GAMMA[rng.below(len(_GAMMA))]
        self.careless = bool(style) and rng.random() < _traits(style)["careless"][0]

    def shows(self, style: str, trait: str) -> bool:
        """Tell whether this writer's message has a trait ("no_final" under "chat" -> three times in four if careless)."""
        careless, careful = _traits(style)[trait]
        return self.rng.stream(trait).random() < (careless if self.careless else careful)

    def slips(self, mean: float, u: float) -> int:
        """Give how many words go wrong, from the mean of such texts and one uniform draw; monotone in the mean."""
        return poisson(mean * self.factor, u)


@cache
def _traits(style: str) -> dict[str, tuple[float, float]]:
    return {r[1]: (float(r[2]), float(r[3])) for r in rows("writers", "styles") if r[0] == style}


@cache
def typing_of(typist: str) -> tuple[tuple[str, float], ...]:
    """List the transforms by which a typist slips, with weights ("hasty" -> (("typo.omit", 26.0), …))."""
    return tuple((r[1], float(r[2])) for r in rows("writers", "typists") if r[0] == typist)


def poisson(mean: float, u: float) -> int:
    """Give the count at which the Poisson distribution passes ``u`` (1.0, 0.5 -> 1); monotone in both.

    Additions, multiplications and divisions only, so that every machine gets the same count.
    """
    if mean > 16:
        return _poisson_of_many(mean, u)
    x = max(0.0, mean) / 65536.0
    p = 1.0 - x * (1.0 - x / 2.0 * (1.0 - x / 3.0))
    for _ in range(16):
        p *= p
    count, total = 0, p
    while total <= u and (p > 1e-17 or count < mean):
        count += 1
        p *= mean / count
        total += p
    return count


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
