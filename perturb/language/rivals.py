"""Who and what a pronoun may mean beside what it stands for: another person, a thing named nearer, or nothing at all."""

from __future__ import annotations

import re

from perturb.core.text import Text
from perturb.language.grammar import is_plural
from perturb.language.lexicon import table, words
from perturb.language.places import behind, is_base_verb, is_participle

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


# As open as a pronoun where nothing was said of them before: "the state" does not say which.
_OPEN = frozenset(
    "region state area country city town village place district county province company team group organization organisation consortium "
    "rights game match show movie film book song series season event war battle law act court building river project beaches "
    "club party government system program agreement treaty election period era case incident divide split merger deal decision plan proposal "
    "theory study report change vote bill speech attack invasion revolt ship station airport bridge road island museum park album channel network".split()
)
_CODING = re.compile(
    r"\b(?:write|create|implement|develop|make) (?:an? |the )?(?:[a-z]+ )?(?:function|program|method|class|regex|query)\b",
    re.IGNORECASE,
)


def open_already(raw: str, start: int, head: str) -> bool:
    """Tell whether a noun says no more than "it" would: nothing said which one, or code is to take it as input ("join the tuples")."""
    if re.search(rf"\b{re.escape(head.removesuffix('s'))}", raw[:start], re.IGNORECASE):
        return False
    return head in _OPEN or _CODING.search(raw) is not None


_FOR = frozenset(
    "look looking looks search searching pay paying paid apply applying ask asking asked charge charged wait waiting fee fees refund".split()
)


def paid_for(raw: str, start: int) -> bool:
    """Tell whether "for" belongs to the word before it ("pay for them") and does not say for whose sake something is done."""
    return behind(raw, start - 1 - len("for"))[1] in _FOR


_NAMED = re.compile(
    r"\b(?:an?|the|my|his|her|its|their|our|your|this|that|one) (?:[a-z-]+ ){0,2}?(?P<noun>[a-z-]{3,})(?: of [a-z]+)?(?![a-z-])(?! of)"
)
_LEADS = frozenset(
    "the my his her its their our your these those of for with in on to from about and or some many several any all few two three four five".split()
)


def nearer(raw: str, opens: int, start: int, beside: str, head: str) -> list[str]:
    """List the nouns that a pronoun for ``head`` could be taken to mean: named after it, or where the sentence does not name it ("documents … storing them").

    ``beside`` is a preposition right before the pronoun: "a fee on it" is no fee on a fee.
    """
    here = raw[opens:start]
    again = [m.end() for m in re.finditer(rf"\b{re.escape(head)}\b", here)]
    here = here[again[-1] if again else 0 :].rstrip()
    small = words("functions")
    if is_plural(head):
        each = list(re.finditer(r"[A-Za-z0-9']+", here))
        led = ["", *(m[0].lower() for m in each)]
        return [
            m[0]
            for m, before in zip(each, led)
            if len(m[0]) > 3 and m[0].islower() and is_plural(m[0]) and m[0] not in small and _noun(m[0], before)
        ]
    tail = f" {beside}"
    end = len(here) - len(tail) if beside and here.endswith(tail) else len(here) + 1
    things = (m for m in _NAMED.finditer(here) if m.end() < end)
    return [m["noun"] for m in things if m["noun"] not in small and not is_plural(m["noun"])]


def _noun(plural: str, before: str) -> bool:
    """Tell whether a word on -s is a noun behind this word, and no verb ("retrieve documents", not "she documents")."""
    if not is_base_verb(plural[:-1]):
        return True
    return (
        not before
        or before[0].isdigit()
        or before in _LEADS
        or is_base_verb(before)
        or is_participle(before)
        or before.endswith("ing")
    )
