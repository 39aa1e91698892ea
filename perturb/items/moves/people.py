"""People of a word problem under other names, everywhere in the item, the worked solution included."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from perturb.core.registry import item_transform
from perturb.core.rng import Rng
from perturb.items.field_paths import get_path
from perturb.items.view import ItemView
from perturb.language.lexicon import rows, table, words

# First names that are words, places, months, brands as well: a problem may mean those.
_DOUBTFUL = frozenset(
    "Will May June April August Mark Grace Hope Faith Joy Rose Bill Art Jack Drew Pat Sue Ray Dean Grant Chase Rich Frank Christian Guy "
    "Miles Dale Lane Penny Ruby Amber Violet Iris Ivy Summer Autumn Melody Harmony Olive Pearl Jade Crystal Daisy Lily Misty Sandy "
    "Charlotte Paris Florence Sydney Austin Jackson Madison Savannah Victoria Lincoln Carolina Virginia Georgia Brooklyn Chelsea Jordan "
    "India Israel Chad Kenya Holly Heather Angel Destiny Dawn Eve Star Angus Basil Rusty Buddy Lucky Max Bob".split()
)
_WORD = re.compile(r"(?<![\w'’.-])([A-Z][a-z]+)(?=(?:['’]s?)?(?![\w-]))")

_CAPITAL = re.compile(r"(?<![\w'’.-])[A-Z][a-z]{2,}(?![\w-])")


@cache
def _names() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("names") if len(row[0]) > 2 and row[0] not in _DOUBTFUL}


@item_transform("people.rename")
def rename(item: ItemView, rng: Rng) -> None:
    """Give the people of a word problem other names ("Natalia sold 48 clips" -> "Priya sold 48 clips").

    Only in problems that bring all they need along (profiles of task math), never where a question asks about the world; a
    name goes to one of the same gender and no one's in the item, in the question and in the solution alike.
    """
    profile = item.profile
    if profile.task != "math":
        return
    fields = [place for path in profile.input for place in profile.expand(item.item, path)]
    text = "\n".join(str(item.get(place)) for place in fields)
    known = _names()
    people = [name for name in dict.fromkeys(_WORD.findall(text)) if name in known and _person(text, name)]
    if not people or "[asy]" in text:
        return  # a drawing says them too
    everything = _all_text(item.item)
    if any(_alike(name, other) for other in set(_CAPITAL.findall(everything)) for name in people):
        return  # one person, it may be, whom the item calls "Martha" and "Marta", or "Jean" and "John"
    taken = {name.lower() for name in _WORD.findall(everything)}
    new: dict[str, str] = {}
    for name in people:
        free = [n for n, kind in known.items() if kind == known[name] and n.lower() not in taken]
        if not free:
            return
        new[name] = rng.choice(free)
        taken.add(new[name].lower())
    if any(re.search(rf"(?<![\w-]){name.lower()}(?![\w-])", everything) for name in new):
        return  # "danny" further down would stay who he was
    every = "|".join(map(re.escape, sorted(new, key=lambda n: (-len(n), n))))
    form = re.compile(rf"(?<![\w-])({every})(?:(['’])(?!\w))?(?![\w-])")
    solution = [
        path for path in (profile.target, profile.evidence_field) if path and isinstance(get_path(item.item, path), str)
    ]
    for place in dict.fromkeys([*fields, *solution, *_others(item, fields)]):
        value = item.get(place)
        if isinstance(value, str):
            item.set(place, form.sub(lambda m: _written(m, new[m[1]]), value))


def _alike(name: str, other: str) -> bool:
    """Tell whether two names may be two spellings of one ("Jean" and "Jeans", "Peter" and "Pierre"; not "Tim" and "The")."""
    if name == other or name[0] != other[0] or abs(len(name) - len(other)) > 1:
        return False
    one, two = sorted((name, other))  # the ratio of two names depends on which stands first
    ratio = SequenceMatcher(None, one, two).ratio()
    return ratio >= 0.5 and (other in table("names") or other.lower() not in _common())


@cache
def _common() -> frozenset[str]:
    return words("words", "en") | words("words", "en_wordnet") | words("functions", "en") | words("slots", "en")


def _written(m: re.Match[str], name: str) -> str:
    """Write a new name with the mark behind the old one ("Carlos' car" -> "Peter's car")."""
    mark = m[2] or ""
    return f"{name}{mark}s" if mark and m[1].endswith("s") and not name.endswith("s") else f"{name}{mark}"


def _person(text: str, name: str) -> bool:
    """Tell whether a name stands for a person alone: no capital word beside it ("Paris Hilton", "Lake Victoria")."""
    for m in re.finditer(rf"(?<![\w-]){name}(?![\w-])", text):
        before, after = text[: m.start()].rstrip(" ")[-1:], text[m.end() :].split(" ", 2)
        last = text[: m.start()].split()[-1:]
        if last and last[0][0].isupper() and before.isalpha() and last[0] not in _FRONT:
            return False
        if text[m.end() : m.end() + 1] == " " and len(after) > 1 and after[1][:1].isupper() and after[1].isalpha():
            return False
    return True


# Capital words that stand before a name at a sentence's start.
_FRONT = frozenset(
    "If When Then After Before While Because Since As Although But And So Now Today Yesterday Later Once Suppose Each Every Mr Mrs Ms Dr "
    "Uncle Aunt How Does Did Is Was Has Had Can Could Would Will At On In For From With By To Of That".split()
)


def _all_text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_all_text(v) for v in value.values())
    if isinstance(value, list):
        return "\n".join(map(_all_text, value))
    return value if isinstance(value, str) else ""


def _others(item: ItemView, fields: list[str]) -> list[str]:
    """List the item's further top fields with text, which name the same people (SVAMP's Body beside its Question)."""
    skip = {item.profile.id, *fields}
    return [key for key, value in item.item.items() if isinstance(value, str) and key not in skip and "." not in key]
