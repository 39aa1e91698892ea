"""Another word for the same: from a small table of safe pairs, or from WordNet behind guards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.stems import stem
from perturb.core.text import FREE, Proposals, Text, Word
from perturb.language import wordnet
from perturb.language.grammar import is_plural
from perturb.language.inflection import plural, replace_word, verb_forms
from perturb.language.lexicon import rows
from perturb.language.places import Place, ahead, behind

Pair = tuple[str, frozenset[str], frozenset[str]]

_SELF = frozenset("i i'm im me my we our us please".split())
_QUERY = frozenset("who what when where which whose how why".split())


@cache
def _pairs(name: str) -> dict[str, tuple[Pair, ...]]:
    """Read the table: word -> (synonym, words it may not follow, words it may not precede)."""
    found: dict[str, list[Pair]] = {}
    for row in rows("synonyms", name):
        guards = [frozenset(() if cell == "-" else cell.split(",")) for cell in (*row[2:4], "-", "-")[:2]]
        found.setdefault(row[0], []).append((row[1], guards[0], guards[1]))
    return {word: tuple(pairs) for word, pairs in found.items()}


@transform("synonym.common", rate=0.08)
def common(text: Text, rng: Rng, *, words: str = "en") -> Proposals:
    """Say it in another common word ("How do I purchase it?" -> "How do I buy it?")."""
    if _may_be_title(text.raw):
        return
    known = _pairs(words)
    telling = _label_stems(text.answers())
    for start, old in rng.shuffled(list(_known(text, known, words))):
        end = start + len(old)
        if not _is_common(text, start, end) or not telling.isdisjoint(map(stem, old.lower().split())):
            continue
        before, after = behind(text.raw, start)[1], ahead(text.raw, end)[1]
        fitting = [
            new
            for new, not_after, not_before in known[old.lower()]
            if before not in not_after and after not in not_before
        ]
        if not fitting:
            continue
        new = rng.choice(fitting)
        edits = replace_word(text, start, end, new.lower() if text.raw.islower() else new)
        if edits:
            yield edits if len(edits) > 1 else edits[0]


@lru_cache(maxsize=1024)
def _label_stems(answers: frozenset[str]) -> frozenset[str]:
    """Give the stems of the words in labels ("verify_my_identity"): near labels are told apart by just these words."""
    found = (word for answer in answers if " " not in answer for word in re.findall(r"[a-z]+", answer))
    return frozenset(stem(word) for word in found if len(word) > 2)


@cache
def _phrases(name: str) -> dict[str, tuple[str, ...]]:
    """List the table's phrases by their first words, longest first ("how" -> ("how do i", "how can i"))."""
    found: dict[str, list[str]] = {}
    for key in _pairs(name):
        if " " in key:
            found.setdefault(key.split(" ")[0], []).append(key)
    return {first: tuple(sorted(keys, key=lambda k: (-len(k), k))) for first, keys in found.items()}


def _known(text: Text, known: dict[str, tuple[Pair, ...]], name: str) -> Iterator[Word]:
    """Find the words and phrases of the table among the words on offer."""
    phrases, offered = _phrases(name), {start for start, _ in text.words}
    for start, word in text.words:
        low = word.lower()
        for phrase in phrases.get(low, ()):
            end = start + len(phrase)
            said = text.raw[start:end]
            if said.lower() == phrase and not text.raw[end : end + 1].isalnum() and text.level(start, end) == FREE:
                if all(m.start() + start in offered for m in re.finditer(r"[^ ]+", said)):
                    yield start, said
                    break
        else:
            if low in known:
                yield start, word


def _may_be_title(raw: str) -> bool:
    """Tell whether names and titles cannot be seen: a query all in lower case ("who plays the kid in …")."""
    if not raw.islower():
        return False
    said = raw.replace("’", "'").split()
    return bool(said) and (said[0] in _QUERY or not _SELF.intersection(said))


def _is_common(text: Text, start: int, end: int) -> bool:
    """Tell whether a word stands alone as a common word: no capital inside the sentence, no hyphen, no "'s"."""
    raw = text.raw
    if (raw[start - 1 : start] in ("-", "/") and start) or raw[end : end + 1] in ("-", "/", "'", "’"):
        return False
    old = raw[start:end]
    return "'" not in old and "’" not in old and not Place(raw, start, end).named()


_KINDS = {"NOUN": "n", "VERB": "v", "ADJ": "a", "ADV": "r"}


@transform("synonym.wordnet", rate=0.08, needs=("spacy", "wordnet"))
def by_wordnet(text: Text, rng: Rng) -> Proposals:
    """Say it in another word, by WordNet and part of speech ("the doctor" -> "the physician")."""
    telling = _label_stems(text.answers())
    for start, old in rng.shuffled([w for w in text.words if len(w[1]) > 2]):
        end, kind = start + len(old), _KINDS.get(text.tag(start), "")
        if not kind or not _is_common(text, start, end) or stem(old.lower()) in telling:
            continue
        new = _by_wordnet(old.lower(), kind)
        edits = replace_word(text, start, end, new) if new else []
        if edits:
            yield edits if len(edits) > 1 else edits[0]


@lru_cache(maxsize=65536)
def _by_wordnet(word: str, kind: str) -> str:
    """Give the commonest safe synonym in the word's own form ("cars" -> "automobiles"), "" where there is none."""
    base = wordnet.base(word, kind)
    found = [w for w in (wordnet.synonyms(base, kind) if base else ()) if w not in _UNFIT and base not in _UNFIT]
    if not found:
        return ""
    new = found[0]
    if base == word:
        return "" if kind == "n" and is_plural(word) else new
    if kind == "n":
        return plural(new) if plural(base) == word else ""
    if kind == "v":
        for old_form, new_form in zip(verb_forms(base), verb_forms(new), strict=True):
            if old_form == word and new not in _IRREGULAR:
                return new_form
    return ""


# Leading senses that mislead in use: seen in items that were read.
_UNFIT = frozenset(
    "assist help someone person percent percentage district territory procedure process papa regain wakeful "
    "furnish publish mama babe postpone shelving employ holding lately registration".split()
)
_IRREGULAR = frozenset(
    "begin get give find choose tell show keep build send leave speak eat make think understand pay sell buy take "
    "see know go come become feel hold bring write stand hear let mean set meet run lead grow lose fall spend "
    "rise drive break read cut put sleep win teach catch draw throw wear forget".split()
)
