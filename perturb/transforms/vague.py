"""What gets blurred: names become pronouns, nouns "things", numbers "some", dates "the other day"."""

from __future__ import annotations

import re
from functools import cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language import amounts, wordnet
from perturb.language.broader import KEPT_BY, counts_as, sounds
from perturb.language.grammar import begins_noun, ends_noun, given, is_plural, is_verb
from perturb.language.inflection import plural, replace_word
from perturb.language.lexicon import rows, table
from perturb.language.named import known_places, people
from perturb.language.phrases import mention
from perturb.language.places import Place, ahead, behind, is_participle
from perturb.language.smallwords import kinds


@transform("vague.number", times=1, reach="loss", role="vague")
def number(text: Text, rng: Rng) -> Proposals:
    """Say roughly how many ("16 eggs" -> "some eggs")."""
    for found in rng.shuffled(list(amounts.numbers(text.raw))):
        yield found.start, found.end, _in_place(text, found.start, rng.weighted(found.ways))


@transform("vague.date", times=1, reach="loss", role="vague")
def date(text: Text, rng: Rng) -> Proposals:
    """Say roughly when ("I paid on Monday" -> "I paid the other day")."""
    for found in rng.shuffled(list(amounts.times(text.raw, text.sentences()))):
        yield found.start, found.end, _in_place(text, found.start, rng.weighted(found.ways))


def _in_place(text: Text, start: int, new: str) -> str:
    """Give words the capital of what they replace; a digit that opens a sentence wants one too."""
    raw = text.raw
    c = raw[start : start + 1]
    opens = not c.isalpha() and not raw.islower() and Place(raw, start, start).opens()
    return new[:1].upper() + new[1:] if c.isupper() or opens else new


# -- things ----------------------------------------------------------------------------------------------------------


@cache
def _vaguer(name: str) -> dict[str, tuple[str, ...]]:
    """Read broader words, plurals to plurals ("dogs" -> ("animals", "pets"))."""
    found: dict[str, list[str]] = {}
    for row in rows("hypernyms", name):
        found.setdefault(row[0], []).append(row[1])
        if len(row) < 3 or row[2] == "c":
            found.setdefault(plural(row[0]), []).append(plural(row[1]))
    return {word: tuple(dict.fromkeys(values)) for word, values in found.items()}


@transform("vague.word", rate=0.06, reach="loss", role="vague")
def word(text: Text, rng: Rng, *, words: str = "en") -> Proposals:
    """Say a thing less exactly ("I lost my wallet" -> "I lost my thing")."""
    known, talked = _vaguer(words), mention(text.raw)
    offers = [
        (s, w)
        for s, w in text.words
        if w.lower() in known and _is_noun(text, s, w) and s < talked and not _again(text, s, w)
    ]
    for start, old in rng.shuffled(offers):
        before = behind(text.raw, start)[1]
        ways = [w for w in known[old.lower()] if counts_as(w, before, old) and sounds(text, start, old, w)]
        edits = replace_word(text, start, start + len(old), rng.choice(ways)) if ways else []
        if edits:
            yield edits if len(edits) > 1 else edits[0]


@transform("vague.hypernym", rate=0.06, reach="loss", role="vague", needs=("wordnet",))
def hypernym(text: Text, rng: Rng) -> Proposals:
    """Say a thing's kind, by WordNet ("the trout" -> "the fish")."""
    for start, old in rng.shuffled([(s, w) for s, w in text.words if len(w) > 2 and _is_noun(text, s, w)]):
        base = wordnet.base(old, "n")
        broader = wordnet.hypernyms(base, "n") if base else ()
        if not broader or broader[0] in _TOO_WIDE or not counts_as(broader[0], behind(text.raw, start)[1], old):
            continue
        new = broader[0]
        if base != old.lower():
            if plural(base) != old.lower():
                continue
            new = plural(new)
        elif is_plural(old):
            continue  # "colors" as a word of its own is a flag
        edits = replace_word(text, start, start + len(old), new)
        if edits:
            yield edits if len(edits) > 1 else edits[0]


_TOO_WIDE = frozenset(
    "organism being text advice substance material metal commodity maker educator consumer meal relation farm "
    "creation".split()
)


def _again(text: Text, start: int, old: str) -> bool:
    """Tell whether the text says the thing elsewhere too, or gives it as material ("this line: The old house …")."""
    low = old.lower()
    forms = {low, low + "s", low.removesuffix("s")}
    return any(w.lower() in forms and s != start for s, w in text.every_word()) or given(text.raw, start)


def _is_noun(text: Text, start: int, old: str) -> bool:
    """Tell whether a word is a whole noun where it stands ("her dog", not "dog food" or "hot dog")."""
    raw, end = text.raw, start + len(old)
    tag = text.tag(start)
    if (
        (tag and tag != "NOUN")
        or not ends_noun(raw, end)
        or raw[start - 1 : start] == "-"
        or Place(raw, start, end).named()
    ):
        return False
    gap, before = behind(raw, start)
    opens = not before or any(c in ".!?\n" for c in gap)
    if ahead(raw, end)[1] == "of":
        return False  # a measure: "a basket of apples"
    bare = is_plural(old) and (opens or (is_verb(before) and not before.endswith("ed")))
    return begins_noun(raw, start) or (bare and gap in ("", " ", ". "))


# -- qualifiers ------------------------------------------------------------------------------------------------------

_DEGREE = frozenset("very more most so too as how less least quite really and or not than pretty rather even".split())


@transform("vague.qualifier", rate=0.06, reach="loss", role="vague")
def qualifier(text: Text, rng: Rng, *, adjectives: str = "qualifiers") -> Proposals:
    """Leave out which one it is ("I lost my new card" -> "I lost my card")."""
    known = frozenset(row[0] for row in rows("vague", adjectives))
    for start, old in rng.shuffled([w for w in text.words if w[1] in known]):
        raw, end = text.raw, start + len(old)
        gap, after = ahead(raw, end)
        back, before = behind(raw, start)
        if gap != " " or back != " " or before in _DEGREE or before in known or after in known or after in kinds():
            continue
        if after.removesuffix("s") in table("vague", "compounds").get(old, ()) or given(raw, start):
            continue
        if f"{old} {after}" in _places():
            continue  # "new york" without its capitals
        if re.match(r"[a-z]+, [a-z]", raw[end + 1 :]):
            continue  # "her favorite flavor, strawberry"
        if (
            after in _PARTS
            or is_participle(after)
            or after in NUMBER_WORDS
            or not after.isalpha()
            or after.endswith(("ed", "ly", "ing"))
            or raw[end + 1].isupper()
        ):
            continue
        bare = kinds().get(before) == "preposition" and not is_plural(after)
        if raw.islower() and (before == "the" or bare):
            continue  # it may be a title or a name ("the white album", "at red robin")
        if (
            kinds().get(before) in ("article", "demonstrative", "preposition", "quantifier")
            or before in KEPT_BY
            or before.isdigit()
        ):
            edits = replace_word(text, start, end, "")
            if edits:
                yield edits if len(edits) > 1 else edits[0]


@cache
def _places() -> frozenset[str]:
    return frozenset(row[0].lower() for row in rows("vague", "places"))


_PARTS = frozenset(
    "enough distance time times year years deal number numbers amount while bit one ones house style price rate size".split()
)


@cache
def _senses() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Read names and what they are short for by their first words ("computer" -> [(("mouse",), "mouse")])."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, short, _ in rows("vague", "senses"):
        first, *rest = name.split(" ")
        found.setdefault(first, []).append((tuple(rest), short))
    return found


@transform("vague.sense", times=1, reach="loss", role="sense")
def sense(text: Text, rng: Rng) -> Proposals:
    """Say a word that may mean something else ("I lost my debit card" -> "I lost my card")."""
    known, raw = _senses(), text.raw
    offers: list[Edit] = []
    for start, old in text.words:
        for rest, short in known.get(old.lower(), ()):
            name = " ".join((old, *rest))
            end = start + len(name)
            if raw[start:end].lower() != " ".join((old.lower(), *rest)) or raw[end : end + 1].isalnum():
                continue
            plain = not any(text.mask[start:end]) and ends_noun(raw, end) and not given(raw, start)
            if plain and raw.lower().count(short) == 1 and raw[start:end][1:].islower():
                offers.append((start, end, short))
    for start, end, short in rng.shuffled(offers):
        edits = replace_word(text, start, end, short)
        if edits:
            yield edits if len(edits) > 1 else edits[0]


# -- names -----------------------------------------------------------------------------------------------------------


@transform("vague.entity", times=1, reach="loss", role="reference")
def entity(text: Text, rng: Rng, *, names: str = "en", all: bool = False) -> Proposals:
    """Say he, she, they or there for a name ("Janet sold 3 eggs in Rome" -> "She sold 3 eggs there").

    One mention at a time, a later one where the name comes again; with ``all`` every mention that grammar allows.
    """
    mentions: dict[str, list[Edit]] = {}
    for name, edit in people(text, names):
        mentions.setdefault(name, []).append(edit)
    offers: list[Edit | list[Edit]] = []
    for name, edits in mentions.items():
        if all:
            offers.append(edits)
        else:
            again = len(re.findall(rf"\b{re.escape(name)}\b", text.raw)) > 1
            offers += [e for e in edits if not again or e[0] > text.raw.index(name)]
    offers += known_places(text)
    if _TRANSLATE.match(text.raw):  # "Translate: I talk of Ann": who is meant is nothing to the translator
        offers = [o for o in offers if not given(text.raw, o[0][0] if isinstance(o, list) else o[0])]
    yield from rng.shuffled(offers)


_TRANSLATE = re.compile(r"\s*(?:please |can you |could you )*(?:translate|paraphrase|proofread)\b", re.IGNORECASE)
