"""What is heard for a word or two without loss: words of the same sound, endings, compounds apart or together."""

from __future__ import annotations

from functools import cache, lru_cache

from perturb.language.grammar import is_plural
from perturb.language.lexicon import rows, words
from perturb.language.places import ahead, is_base_verb
from perturb.language.protect import slot_kinds
from perturb.language.speech.phones import READ_ONLY, known

Ways = tuple[tuple[str, int], ...]

_FAMILIAR, _PLAIN = 12, 13  # costs: a word too familiar to be heard in two; the dearest of the two
_SUFFIXES = ("ness", "ing", "ed", "less", "er", "ers")
_RARER = 4  # how much rarer than the word itself one of its sound may be


@lru_cache(maxsize=65536)
def near(word: str) -> Ways:
    """List what may be heard for a lower-case word, with weights ("lone" -> (("loan", …), …))."""
    mine = known().get(word)
    if mine is None or len(word) < 2 or word in slot_kinds() or word in words("functions"):
        return ()  # small words have a table of their own: "do" is never "due"
    sounds, cost, is_name = mine
    found = [
        (other, 4 * (cost + _RARER + 1 - known()[other][1]))
        for other in _by_sound().get(sounds, ())
        if other != word and known()[other][1] <= cost + _RARER and known()[other][2] == is_name
    ]
    if not is_name and len(word) > 3 and "'" not in word:
        found += [(form, weight) for form, weight in _forms(word, sounds) if _fits(form, word)]
        found += [(apart, 6) for apart in _apart(word)]
    return tuple(found)


def small_ways(raw: str, start: int, word: str, lost: bool) -> Ways:
    """List what a small word is heard as where it stands: "a" only before its noun, for it may be a quantity."""
    low = word.lower().replace("’", "'")
    if low in ("a", "an", "the", "i"):
        gap, following = ahead(raw, start + len(word))
        if gap != " " or following in words("functions") or len(following) < 2:
            return ()
    return small(lost).get(low, ())


def _forms(word: str, sounds: str) -> Ways:
    """List a word with its ending lost, or an s or d more ("registered" -> "register")."""
    if word in words("functions"):
        return ()  # "wills", "mays" stand nowhere
    ways = [] if is_plural(word) else [(word + "s", 4)]
    if is_base_verb(word):
        ways.append((word + ("d" if word.endswith("e") else "ed"), 3))
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        ways = [(word[:-1], 10)] + ([(word[:-2], 10)] if word.endswith("es") else [])
    if word.endswith("ed") and sounds[-1] in "DT":
        ways += [(word[:-1], 4), (word[:-2], 6)]
    return tuple(ways)


def _fits(form: str, word: str) -> bool:
    other = known().get(form)
    small = form in slot_kinds() or form in words("functions")
    return other is not None and other[1] < READ_ONLY and not other[2] and not small and form != word


def _apart(word: str) -> tuple[str, ...]:
    """Part a compound into two words whose sounds are its own ("rainforest" -> "rain forest")."""
    sounds, cost, _ = known()[word]
    found: list[str] = []
    if cost < _FAMILIAR or word.endswith(_SUFFIXES):
        return ()
    for at in range(3, len(word) - 2):
        one, two = known().get(word[:at]), known().get(word[at:])
        if (
            one
            and two
            and _loose(one[0] + two[0]) == _loose(sounds)
            and max(one[1], two[1]) <= _PLAIN
            and not (one[2] or two[2])
        ):
            found.append(f"{word[:at]} {word[at:]}")
    return tuple(found)


def _loose(sounds: str) -> str:
    """Take the weak vowels for one ("FORUST", "FOR1ST")."""
    return sounds.translate(_WEAK)


_WEAK = str.maketrans("UE", "11")


def together(one: str, two: str) -> str:
    """Give the compound that two words make, "" where they make none ("west", "side" -> "westside")."""
    if min(len(one), len(two)) < 3:
        return ""
    whole = known().get(one + two)
    parts = known().get(one), known().get(two)
    if whole is None or parts[0] is None or parts[1] is None or _loose(whole[0]) != _loose(parts[0][0] + parts[1][0]):
        return ""
    return one + two


@cache
def _by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, (sounds, cost, _) in known().items():
        usable = word not in slot_kinds() and word not in words("functions") and "'" not in word
        if cost < READ_ONLY and usable and len(word) > 2:
            found.setdefault(sounds, []).append(word)
    return found


@cache
def small(lost: bool) -> dict[str, Ways]:
    """Read what small words are heard as, with weights; with ``lost`` also where what is asked may change."""
    found: dict[str, list[tuple[str, int]]] = {}
    for said, heard, weight, sense in rows("asr", "small"):
        if lost or sense == "kept":
            found.setdefault(said, []).append((heard.strip("-"), int(weight)))
    return {said: tuple(ways) for said, ways in found.items()}
