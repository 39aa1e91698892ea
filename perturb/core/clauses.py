"""Where a message may be parted in two: after a sentence, or before a clause that could stand alone."""

from __future__ import annotations

import re

from perturb.core.text import Text

# A joining word that a subject, a question or a request follows; "bread and butter" is no clause end.
_CLAUSE = re.compile(
    r"(?<=[\w)'’])(?<!\bhe),?[ ](?=(?:and|but|so|because|cause|cuz|also|then|plus|though|although|or)\s+"
    r"(?:i|i'm|im|i’m|i've|ive|you|we|he|she|it|it's|they|there|how|what|where|why|who|can|could|do|does|did|is|are|"
    r"will|would|should|please|pls)\s+\w)",
    re.I,
)
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("<", ">"))
_ODD = ('"', "$", "`")


def sentence_gaps(text: Text) -> list[tuple[int, int]]:
    """List the gaps between sentences ("Hi you. Is it?" -> [(7, 8)]), none inside brackets, quotes or code."""
    spans = text.sentences()
    gaps = [(end, start) for (_, end), (start, _) in zip(spans, spans[1:], strict=False)]
    return [gap for gap in gaps if _parts(text.raw, *gap)]


def clause_gaps(text: Text) -> list[tuple[int, int]]:
    """List the gaps before clauses, their comma in them ("it broke, and i need it" -> [(8, 10)])."""
    return [m.span() for m in _CLAUSE.finditer(text.raw) if _parts(text.raw, *m.span())]


def _parts(raw: str, end: int, start: int) -> bool:
    """Tell whether both parts are whole: two words or more, nothing left open."""
    first = raw[:end]
    if any(first.count(a) != first.count(b) for a, b in _PAIRS) or any(first.count(c) % 2 for c in _ODD):
        return False
    return len(first.split()) > 1 and len(raw[start:].split()) > 1
