"""Names in a text, and what one says instead of them: people (he, she, they), places and companies (there, that city)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from perturb.core.text import NAME, SLOT, Edit, Text
from perturb.language.grammar import FREE_OF_NUMBER, case_of, ends_noun
from perturb.language.lexicon import rows, table
from perturb.language.places import Place, ahead, behind, is_base_verb
from perturb.language.smallwords import kinds

_PRONOUNS = {
    "f": {"subject": "she", "object": "her", "owner": "her"},
    "m": {"subject": "he", "object": "him", "owner": "his"},
    "u": {"subject": "they", "object": "them", "owner": "their"},
}


def people(text: Text, names: str) -> Iterator[tuple[str, Edit]]:
    """Find first names that a pronoun may stand for, with that edit ("Ann sold" -> ("Ann", (0, 3, "She")))."""
    raw, known = text.raw, table("names", names)
    said = {w.lower() for _, w in text.words}
    she, he = bool(said & {"she", "her", "hers"}), bool(said & {"he", "his", "him"})
    told = ("" if he else "f") if she else ("m" if he else "u")  # of a name that is both, the text itself may tell
    for start, found in text.words:
        if text.mask[start] == SLOT:
            continue  # "April 25th"
        name = found[:-2] if found.endswith(("'s", "’s")) else found
        kind = known.get(name, ("",))[0]
        if kind == "u":
            kind = told
        elif told != "u" and kind in _PRONOUNS and told != kind and _alone(text, name, start, known):
            continue  # "Jesse … her room": who is called so is no "he" here
        if kind not in _PRONOUNS:
            continue
        end = start + len(name)
        case = case_of(raw, start, end)
        if not case or (kind == "u" and case == "subject" and not _free_of_number(raw, start, end)):
            continue
        before, after = behind(raw, start)[1], ahead(raw, end)[1]
        if _LONGER.match(raw, end) or before == "the" or (case == "subject" and after == "the"):
            continue  # "Roger de Tosny", "the Normans", "Edward the Confessor"
        if before == "with" and after.endswith("ing"):
            continue  # "split it with Bo getting more": "with him" reads as whom it is split with
        if (before in ("do", "does", "did") and not is_base_verb(after)) or (
            kind == "u" and before in ("from", "in", "near")
        ):
            continue  # "does Norman architecture have", "from Sydney"
        new = _PRONOUNS[kind][case]
        opens = Place(raw, start, end).opens()
        yield name, (start, end + 2 if case == "owner" else end, new[:1].upper() + new[1:] if opens else new)


def _alone(text: Text, name: str, start: int, known: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether nobody else is named in a text, and no pronoun stands before a name."""
    said = [(at, w.lower(), w.removesuffix("'s").removesuffix("’s")) for at, w in text.words]
    before = any(at < start and low in ("she", "her", "hers", "he", "his", "him") for at, low, _ in said)
    return not before and not any(bare in known and bare != name for _, _, bare in said)


_LONGER = re.compile(r" (?:the|de|of|van|von|der|den|da|di|del|la|le|al|el|bin|ibn) (?:the |la |der )?[A-Z]")


def _free_of_number(raw: str, start: int, end: int) -> bool:
    """Tell whether the verb is the same for one and for many ("Alex had" and "they had")."""
    before, after = behind(raw, start)[1], ahead(raw, end)[1]
    if before in FREE_OF_NUMBER:
        return True
    return before not in ("is", "was", "does", "has") and (
        after in FREE_OF_NUMBER or after.endswith("ed") or after in ("sold", "bought")
    )


@cache
def _place_form() -> tuple[re.Pattern[str], dict[str, str]]:
    known = {row[0].lower(): row[1] for row in rows("vague", "places")}
    longest_first = sorted(known, key=lambda n: (-len(n), n))
    form = rf"(?<![\w'’-])(?P<at>(?:in|to|at|from) )?(?P<name>{'|'.join(map(re.escape, longest_first))})(?![\w-])"
    return re.compile(form, re.IGNORECASE), known


def known_places(text: Text) -> Iterator[Edit]:
    """Find places and companies whose kind is known ("in Rome" -> "there", "Rome's" -> "that city's")."""
    form, known = _place_form()
    raw = text.raw
    lower = raw.islower()
    for m in form.finditer(raw):
        name, at = m["name"], m["at"]
        kind = known.get(name.lower(), "")
        if not kind:
            continue  # "İ" in lower case is two characters
        start, end = m.span("name")
        owner = raw[end : end + 2] in ("'s", "’s")
        if not (owner or ends_noun(raw, end)) or (name.islower() and (not lower or kind == "company")):
            continue
        if not _whole_name(raw, start, end):
            continue
        if at and m.start() > 1 and text.mask[m.start() - 2] == NAME:
            continue  # "London in the UK": no "London there"
        if at and re.search(r"\b(?:this|that|what|which|a|an) \w+ ?\Z", raw[: m.start()]):
            continue  # "this city in California"
        if at and (behind(raw, m.start())[1] in _NO_THERE or (not owner and ahead(raw, end)[1] in _BE)):
            continue  # "are there there", "the lab he went to there", "the most common form there is"
        if at and _HERE.search(raw, 0, m.start()):
            continue  # "near me there"
        if at and not owner and kind != "company" and _is_where(raw, m.start(), at.strip().lower()):
            yield m.start(), end, "There" if at[0].isupper() else "there"
        else:
            new = f"that {kind}"
            yield start, end, new[:1].upper() + new[1:] if Place(raw, start, end).opens() and not lower else new


_NO_THERE = frozenset("there here to at in from of on near by for with into about located situated found".split())
_BE = frozenset("is are was were".split())
_HERE = re.compile(r"\b(?:near|around|close to|nearest|closest) (?:me|us|here)\b|\b(?:nearby|locally)\b", re.IGNORECASE)


def _whole_name(raw: str, start: int, end: int) -> bool:
    """Tell whether a place's name is no part of a longer name or of a list ("University of Chicago", "Rome and Paris")."""
    gap, before = behind(raw, start)
    if raw[end : end + 1] == "," or ahead(raw, end)[1] in ("and", "or"):
        return False
    if gap not in ("", " ") or (gap and raw[start - 2] in ",-") or before in ("and", "or", "new", "the", "st"):
        return False
    if before == "of" and (raw.islower() or raw[start - 4 - len(behind(raw, start - 4)[1]) :][:1].isupper()):
        return False  # "great wall of china"
    return not gap or kinds().get(before) in ("preposition", "aux", "conjunction", "question")


def _is_where(raw: str, start: int, at: str) -> bool:
    """Tell whether a preposition and its place are "there" ("in Rome", "flew to Rome", not "damage to Rome")."""
    return at in ("in", "at") or (at == "to" and behind(raw, start)[1] in _MOVES)


_MOVES = frozenset(
    "go goes going gone went come comes came travel travels traveled travelled traveling drive drives drove "
    "driving fly flies flew flying move moves moved moving migrated return returned get got back way trip trips "
    "flight flights directions ticket tickets sent send ship shipped".split()
)
