"""Two people of whom a pronoun may mean either: nobody else is told of, and neither is told already."""

from __future__ import annotations

import re

from perturb.core.text import Text
from perturb.language.lexicon import table

_AMOUNT = re.compile(
    r"\d[\d,.]*\d?\s+(?:[a-z]+ ){0,1}?(?P<unit>[a-z]{3,})\b(?! (?:more|less|fewer|older|younger|taller|shorter|longer|ahead|behind|further))"
)
_HOW = re.compile(r"[Hh]ow (?:many (?P<unit>[a-z]+)|(?P<old>old|far|tall|long))\b")
_UNIT_OF = {"old": "years", "far": "miles", "tall": "feet", "long": "minutes"}
_PERSON = re.compile(r"\b(?:he|him|his|she|her|hers|they|their|them)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z][a-z]+")


def one_of_two(text: Text, name: str, at: int, names: str = "en") -> bool:
    """Tell whether "he" or "she" for a name may mean another of the sentence before ("Ann met Beth. [Beth] has 3 cats.")."""
    known, spans, raw = table("names", names), text.sentences(), text.raw
    i = next((n for n, (s, e) in enumerate(spans) if s <= at < e), 0)
    kind = known.get(name, ("u",))[0]
    if not i or kind not in ("f", "m"):
        return False
    before, here = raw[slice(*spans[i - 1])], raw[slice(*spans[i])]
    kin = [w for w in _CAPITAL.findall(before) if known.get(w, ("",))[0] == kind]
    others = [w for w in dict.fromkeys(kin) if w != name]
    if not others or kin[0] == name or name not in raw[: spans[i][0]] or here.count(name) > 1:
        return False  # who was spoken of first is taken to be meant
    if next(w for w in _CAPITAL.findall(raw) if known.get(w, ("",))[0] == kind) == name:
        return False  # the story is this one's
    if any(_told_already(raw, spans[i], other) for other in others):
        return False  # the other's is told: everyone sees who is meant
    if re.search(rf"\b{name} (?:has|had|have) [^.?!]*\bleft\b", raw[spans[i][1] :]):
        return False  # "Then he ate 5. Now Ann's brother has 3 left."
    if _PERSON.search(here) or re.search(r"\b(?:he|she|his|her)\b", before, re.I):
        return False
    return not any(w != name and w in known for w in _CAPITAL.findall(here))


def _told_already(raw: str, here: tuple[int, int], other: str) -> bool:
    """Tell whether somebody's amount of what this sentence tells or asks is told elsewhere ("Bob … driving 55 miles")."""
    said = raw[slice(*here)]
    units = {m["unit"] for m in _AMOUNT.finditer(said)} | {m["unit"] or _UNIT_OF[m["old"]] for m in _HOW.finditer(said)}
    for m in re.finditer(
        rf"\b{other}\b(?P<rest>[^.?!;]*)", raw[: here[0]] + "." * (here[1] - here[0]) + raw[here[1] :]
    ):
        rest = re.split(r"\b(?:while|whereas|but|than)\b", m["rest"])[0]
        if any(a["unit"] in units and not re.search(r"\b(?:more|less|fewer)\b", a[0]) for a in _AMOUNT.finditer(rest)):
            return True
    return False
