"""What a function that an item offers says of one of its arguments, and how one asks for it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from perturb.core.stems import stem

_PLACED = frozenset(
    "city town location country state county region place address origin destination area province zone zip venue court "
    "jurisdiction restaurant restaurants store shop brewery museum park hotel neighborhood district airport station loc".split()
)
_WHAT = frozenset(
    "name id identifier number date time datetime code amount address type url text query content message data path value "
    "title body function formula command list string format".split()
)
_UNSAID = frozenset("of by for in to from at on with as is val str num no the per loc lat lon max min".split())
_VAGUE = frozenset("params parameters data body options arguments args kwargs".split())
_EMPTY = frozenset("a an the specific specified given desired".split())
_SHORT = frozenset(["id"])
_COUNT = re.compile(r"(?:num|no|number|total|count)(?: of)? (?=[a-z]{3,}s\b)")
_PHRASE = re.compile(
    r"(?:(?:the|an?) |(?=[a-z]+(?<!ed)(?<!ing)(?<!s) ))(?!number\b)((?:(?!the |an? )[a-z]+[- ]){0,2}?[a-z]{3,})(?=(?: (?:of|for|to|from|in|at|on|where|that|which|with|by|as|is|you|when|during|used)\b|[.,;(]|\Z))",
    re.IGNORECASE,
)


class Param(NamedTuple):
    """One argument of a function: the words of its name and of what is said of it, and what it takes."""

    name: str  # "start date"
    says: str  # "the date of departure"
    takes: frozenset[str]  # "number", "time", "name"
    needed: bool = False
    many: bool = False  # a list, which may hold more than what is told
    numeric: bool = False
    whole: bool = False  # an integer
    choices: frozenset[str] = frozenset()  # the words that it takes, where it takes few
    given: str = ""  # what it is where nothing is told

    @property
    def called(self) -> frozenset[str]:
        """Give the stems of its name's words ("release year" -> "releas", "year")."""
        return _stems(self.name, 1)

    @property
    def about(self) -> frozenset[str]:
        """Give the stems of what is said of it."""
        return _stems(self.says, 4)

    @property
    def placed(self) -> bool:
        """Tell whether it is a place ("city", "brewery")."""
        return (
            not _PLACED.isdisjoint(self.name.split())
            or re.match(r"(?:the )?(?:city|country|location|place)\b", self.says) is not None
        )

    def label(self, among: bool = False) -> str:
        """Name it in a question ("passenger name", "finish"), "" where its name is none that one says; "number of years" ``among`` others."""
        words = self.name.replace("freq ", "frequency ").split()
        counted = _COUNT.sub("", self.name)
        if counted != self.name and len(counted.split()) < 4:
            return f"number of {counted}"
        if len(self.name) < 3 or not _VAGUE.isdisjoint(words):
            return ""  # "x", "params"
        if not (
            words
            and all(len(w) > 2 or w in _SHORT for w in words)
            and _UNSAID.isdisjoint(words)
            and words[-1].isalpha()
        ):
            told = _PHRASE.match(self.says)
            words = told[0].lower().removeprefix("the ").split()[-3:] if told else []
            words = [w for w in words if w not in _EMPTY]
        if among and words and self.numeric and _plural(words[-1]):
            return f"number of {' '.join(words)}"
        return " ".join(words)

    def ask(self) -> str:
        """Ask for it ("Which finish?", "What is the passenger name?", "How many nights?"), "" where one cannot by its name."""
        label = self.label()
        if not label:
            return ""
        last = label.split()[-1]
        many = _plural(last)
        if self.numeric and label.startswith("number of "):
            return f"How many {label.removeprefix('number of ')}?"
        if self.numeric and many and not self.many:
            return f"How many {label}?"
        if label == "time" and self.numeric:
            return "How long?"
        if many:
            return f"Which {label}?"
        if self.numeric and _plural(label.split()[0]):
            return f"How many {label.split()[0]}?"
        what = last in _WHAT or (self.numeric and last not in ("year", "season", "month", "day"))
        return f"What is the {label}?" if what else f"Which {label}?"


@lru_cache(maxsize=4096)
def _stems(words: str, least: int) -> frozenset[str]:
    return frozenset(stem(w.rstrip("0123456789")) for w in words.split() if len(w) >= least) - _COMMON


def _plural(word: str) -> bool:
    return word.endswith("s") and word[-2:] not in ("ss", "us", "is")


_COMMON = frozenset(
    stem(w)
    for w in "name number value string specific specified given default optional format used which that this type param parameter the "
    "from with for and such example will should want like where when get find list if not by or to of in be is are it its you user".split()
)
