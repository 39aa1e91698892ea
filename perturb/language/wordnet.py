"""WordNet by NLTK, behind guards: most of its raw synonyms are unusable (buy -> bribe, client -> node).

Only a word's first sense counts, and only where that sense is most of its uses in WordNet's own counts; what is
offered must be in its first sense too. NLTK is imported only when a step needs it. Its reader is not safe in
threads: use processes.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from perturb.core.errors import MissingResource

HOW = "python -m nltk.downloader wordnet"

LEADING = 0.7  # the share of a word's uses that its first sense must have
TOP = 6  # hypernyms nearer than this to the root say nothing ("object", "attribute")
COMMON = 5  # how often a word must stand in the texts that WordNet counted ("motorcar" does once)
RARER = 0.09  # a synonym that is much rarer than the word is a stilted one ("employ" for "use")


@lru_cache(maxsize=1)
def wordnet() -> Any:
    """Give NLTK's WordNet reader, loaded and tried; MissingResource with the command that gets it."""
    try:
        reader = import_module("nltk.corpus").wordnet
    except ImportError:
        raise MissingResource(f"this needs NLTK and WordNet; get them with: pip install nltk && {HOW}") from None
    try:
        reader.ensure_loaded()
        found = reader.synsets("dog")
    except LookupError:
        raise MissingResource(f"this needs WordNet; get it with: {HOW}") from None
    except OSError as e:  # a file is missing, or lies where NLTK may not read (a link to another folder)
        raise MissingResource(f"WordNet is here but cannot be read ({e}); get a new copy with: {HOW}") from None
    if not found or None in found:
        raise MissingResource(f"the copy of WordNet here is damaged (wrong line ends?); get a new one with: {HOW}")
    return reader


def version() -> str:
    """Name the WordNet in use, for the manifest ("wordnet 3.0")."""
    return f"wordnet {wordnet().get_version()}"


def base(word: str, pos: str) -> str:
    """Find the dictionary form ("children", "n" -> "child"); "" where WordNet has none."""
    return str(wordnet().morphy(word.lower(), pos) or "")


@lru_cache(maxsize=65536)
def synonyms(word: str, pos: str) -> tuple[str, ...]:
    """List safe synonyms of a base form, the commonest first ("buy", "v" -> ("purchase",))."""
    sense = _first_sense(word, pos)
    if sense is None:
        return ()
    own = sum(m.count() for m in sense.lemmas() if m.name() == word)
    uses = {str(m.name()): m.count() for m in sense.lemmas()}
    return tuple(w for w in _first_words(sense, pos, word) if uses[w] >= RARER * own)


@lru_cache(maxsize=65536)
def hypernyms(word: str, pos: str) -> tuple[str, ...]:
    """List broader words of a base form, the commonest first ("trout", "n" -> ("fish",))."""
    sense = _first_sense(word, pos)
    if sense is None:
        return ()
    found: list[str] = []
    for broader in sorted(sense.hypernyms(), key=lambda s: str(s.name())):
        if pos == "v" or broader.min_depth() >= TOP:
            found += (w for w in _first_words(broader, pos, word) if w not in found)
    return tuple(found)


@lru_cache(maxsize=65536)
def antonyms(word: str, pos: str) -> tuple[str, ...]:
    """List opposites of a base form's first sense, the commonest first ("hot", "a" -> ("cold",))."""
    sense = _first_sense(word, pos)
    if sense is None:
        return ()
    counted = {(-a.count(), a.name()) for m in sense.lemmas() if m.name() == word for a in m.antonyms()}
    return tuple(name for _, name in sorted(counted) if _plain(name))


def _first_sense(word: str, pos: str) -> Any:
    """Give the first synset of a word, None where that sense does not lead clearly."""
    senses = wordnet().synsets(word, pos)
    if not senses:
        return None
    # All parts of speech count: "can" is a tin by its noun senses alone.
    uses = [(m.count(), s) for s in wordnet().synsets(word) for m in s.lemmas() if m.name() == word]
    total = sum(n for n, _ in uses)
    first = sum(n for n, s in uses if s == senses[0])
    if (total and first < LEADING * total) or (not total and len(uses) > 1):
        return None
    return senses[0]


def _first_words(sense: Any, pos: str, but: str) -> tuple[str, ...]:
    """List a synset's words that are common, plain, and lead with this very sense."""
    counted = sorted((-m.count(), str(m.name())) for m in sense.lemmas())
    return tuple(w for n, w in counted if n <= -COMMON and w != but and _plain(w) and _first_sense(w, pos) == sense)


def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.islower() and len(word) > 2
