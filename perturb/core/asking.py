"""How one asks for what is gone, and what its writer would answer ("How many eggs?", "16 eggs.")."""

from __future__ import annotations

import re

from perturb.core.text import NAME, WORD, Text

# Questions, or how they begin: what kind a question is, is told by these.
ABOUT = "Who or what is it about?"
WHERE = "Where or in what?"
WISH = "What would you like to know?"
MONEY = "How much money is it?"
SHARE = "What share is it?"
BY_PLACE = "Which number"  # "Which number comes after “he has”?"
MISSING = "There seems to be"  # "There seems to be something missing after “is due.”. What is it?"
FOLLOWS = "What comes after"  # "What comes after “New”?"
STOPS = "Your message stops at"
# The kinds that do not say what is asked for.
ANYTHING = (MISSING, BY_PLACE, ABOUT, WHERE, SHARE, FOLLOWS)


def stops_at(left: str) -> str:
    """Ask for the rest of a message that stops ("Where is the" -> "Your message stops at “Where is the”. …")."""
    return f"{STOPS} “{' '.join(left.split()[-3:])}”. Could you send the rest?"


def missing_at(raw: str, start: int, end: int) -> str:
    """Ask for what is missing within a text that ends as it should ("There seems to be something missing after “is due.”. …")."""
    before, behind = " ".join(raw[:start].split()[-3:]), " ".join(raw[end:].split()[:3])
    where = f"after “{before}”" if before else f"before “{behind}”"
    return f"{MISSING} something missing {where}. What is it?"


def ends_whole(left: str) -> bool:
    """Tell whether what is left ends with a sentence ("It is due.")."""
    return left.rstrip().rstrip("\"'”’)")[-1:] in (".", "?", "!") and not left.rstrip().endswith("...")


PERSONAL = frozenset("he she they him her them his their".split())
_POINTED = {"there": "Where do you mean?"}
_WHERE = frozenset("in at near inside around".split())
_WHOM = frozenset("by with for from to of about on against between than like".split())


_I_AM = re.compile(
    r"(?:\bmy (?:first |last |full )?name(?: is|['’]s)|(?:^|[.,!?]\s*)(?:i am|i['’]m|this is))\s*$", re.IGNORECASE
)


def name_asked(source: Text, at: int, stay: list[str]) -> str:
    """Write the question for a name that is gone ("films by Hitchcock" -> "By whom or what?"), or that ``stay`` points at."""
    if stay:
        return "Who do you mean?" if stay[0] in PERSONAL else _POINTED.get(stay[0], "Which one do you mean?")
    if _I_AM.search(source.raw[:at]):
        return "What is your name?"
    first = WORD.match(source.raw, at + (source.raw[at : at + 1] == " "))
    if first and first[0].lower() in _WHERE:
        return WHERE  # "in Premier League" reads on as one name
    kept = len(source.raw[:at].rstrip())
    if kept and source.mask[kept - 1] == source.mask[kept] == NAME and source.raw[kept] == " ":
        return f"{FOLLOWS} “{source.raw[:kept].split()[-1]}”?"
    before = [w for w in source.raw[:at].lower().split() if w not in ("the", "a", "an")][-1:]
    if not before or before[0] not in _WHERE | _WHOM:
        return ABOUT
    return f"{before[0].capitalize()} whom or what?" if before[0] in _WHOM else WHERE


def reply(text: str, kind: str) -> str:
    """Write what a person answers who is asked for this ("my card" -> "My card."; a question or a rest as it was)."""
    said = " ".join(text.split())
    if kind in ("question", "rest"):
        return said.lstrip(",; ") or said
    said = said.strip(' ,;:-–—"“”()[]')
    if kind == "name":
        said = said.removesuffix("'s").removesuffix("’s").rstrip("'’")
    if not said:
        return " ".join(text.split())
    return said[0].upper() + said[1:] + ("" if said[-1] in ".?!" else ".")
