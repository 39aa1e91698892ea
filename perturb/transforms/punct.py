"""Marks: left out, or set once too often."""

from __future__ import annotations

import re

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text

_FINAL = re.compile(r"(?<=[^\s.!?…])[.!?](?=[\"'”’)]?\s*\Z)")
_QUESTION = re.compile(r"(?<=[^\s.!?…¿])\?(?=(\s+\S)|\s*\Z)")
_END = re.compile(r"(?<=[^\W\d_]|[\d)\"'”’])([.!?])(?=\s|\Z)")
# Before a joining word; before a closing clause, but never one comma of a pair.
_COMMA = re.compile(
    r"(?<=[^\W\d_])(,) (?:(?:and|but|so|or|nor|yet|then|how|what)\b"
    r"|(?:because|which|if|when|while|who|where)\b(?=[^,.?!]*(?:[.?!]|\Z)))"
)
# Behind an opening clause or phrase, where what follows can only be the main clause, not more of a list.
_MAIN = (
    "(?:how|what|which|who|when|where|why|is|are|do|does|did|can|could|would|will"
    "|i|you|he|she|it|we|they|there|call|please|tell)"
)
_OPENING = re.compile(
    r"\s*(?:"
    r"(?:if|although|though|because|since|while|once|unless|given)\s[^,.?!;:]*[^\W\d_](,)\s"
    r"(?:(?:the|a|an|his|her|my)\s|MAIN\b)"
    r"|(?:when|after|before|during|on|in|at|as|for|until|despite|according|with|from)\s[^,.?!;:]*[^\W\d_](,)\s"
    r"MAIN\b"
    r"|(?:however|finally|then|yes|no|hi|hello|hey|please|also|so|well|sorry|unfortunately|today|yesterday|currently"
    r"|recently|sometimes|usually|normally)(,)\s(?=[^\W\d_])"
    r")".replace("MAIN", _MAIN),
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|St|vs|etc|Inc|Jr|Sr|No|Prof))\.\Z", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’](?:s|t|re|ve|ll|d|m)(?![\w'’])", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=[^\W\d_]s)['’](?= [^\W\d_])")
# Without the mark these are other words, or coarse ones.
_OTHER_WORDS = frozenset("he'll hell's i'll she'd she'll we'd we'll we're who're".split())
_WHOLE = re.compile(r"[^\W\d_]+\Z")


@transform("punct.no_final", times=1, reach="form", trait="no_final")
def no_final(text: Text, rng: Rng) -> Proposals:
    """Leave the last mark off ("Where is my card?" -> "Where is my card")."""
    m = _FINAL.search(text.raw, max(0, len(text.raw) - 64))
    if m and not _ABBREVIATED.search(text.raw, max(0, m.start() - 6), m.end()):
        yield m.start(), m.end(), ""


@transform("punct.no_question", times=1, reach="form")
def no_question(text: Text, rng: Rng) -> Proposals:
    """Never set a question mark ("Is it late? I can wait." -> "Is it late. I can wait.")."""
    yield [(m.start(), m.end(), "." if m[1] else "") for m in _QUESTION.finditer(text.raw)]


@transform("punct.doubled", times=1)
def doubled(text: Text, rng: Rng) -> Proposals:
    """Set a mark twice or more ("Where is my card?" -> "Where is my card??")."""
    ends = [m for m in _END.finditer(text.raw) if m[1] != "."]
    for m in reversed(ends):
        more = m[1] * rng.weighted(((1, 6), (2, 3), (3, 1)))
        yield m.end(), m.end(), more


@transform("punct.ellipsis", times=1)
def ellipsis(text: Text, rng: Rng) -> Proposals:
    """Let a sentence trail off ("It was fine. Now it is not." -> "It was fine... Now it is not.")."""
    ends = [m for m in _END.finditer(text.raw) if m[1] == "." and _plain_stop(text, m.start())]
    for m in rng.shuffled(ends):
        yield m.end(), m.end(), rng.weighted(((".", 1), ("..", 3)))


@transform("punct.no_comma", times=1)
def no_comma(text: Text, rng: Rng) -> Proposals:
    """Leave out a comma that the sense does not need ("If so, call me" -> "If so call me")."""
    found: list[Edit] = [(m.start(1), m.end(1), "") for m in _COMMA.finditer(text.raw)]
    for start, end in text.sentences():
        m = _OPENING.match(text.raw, start, end)
        if m and m.lastindex and text.raw.count(",", start, end) == 1:
            found.append((m.start(m.lastindex), m.end(m.lastindex), ""))
    yield from rng.shuffled(found)


@transform("punct.no_apostrophe", times=1, reach="form", trait="no_apostrophe")
def no_apostrophe(text: Text, rng: Rng) -> Proposals:
    """Leave every apostrophe out ("It's Anna's, isn't it" -> "Its Annas, isnt it")."""
    raw = text.raw
    members: list[Edit] = []
    for m in _APOSTROPHE.finditer(raw):
        at = m.start()
        before = _WHOLE.search(raw, max(0, at - 24), at)
        stem = before[0].lower() if before else ""
        if f"{stem}'{m[0][1:].lower()}" in _OTHER_WORDS or (len(stem) < 2 and stem != "i") or stem.endswith("s"):
            continue
        members.append((at, at + 1, ""))
    if not _quotes(raw):
        members += [(m.start(), m.end(), "") for m in _PLURAL.finditer(raw)]
    yield sorted(members)


def _plain_stop(text: Text, at: int) -> bool:
    """Tell a sentence's full stop from one of an abbreviation or a label ("Dr.", "A.")."""
    return not _ABBREVIATED.search(text.raw, max(0, at - 6), at + 1)


def _quotes(raw: str) -> bool:
    """Tell whether single quotation marks open anywhere: then an s' may close one."""
    return re.search(r"(?:^|[\s(])['‘]\w", raw) is not None
