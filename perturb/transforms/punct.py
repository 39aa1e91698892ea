"""Marks: left out, or set once too often."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Proposals, Text
from perturb.language.lexicon import like_case, rows

_FINAL = re.compile(r"(?<=[^\s.!?…])[.!?](?=[\"'”’)]?\s*\Z)")
_QUESTION = re.compile(r"(?<=[^\s.!?…¿])\?(?=(\s+\S)|\s*\Z)")
_END = re.compile(r"(?<=[^\W\d_]|[\d)\"'”’])([.!?])(?=\s|\Z)")
_MARK = re.compile(r"(?<=[^\W_])(?:[.?!,](?=\s|\Z)|['’](?=[^\W\d_]))")  # behind a word, one at a time
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
_SOON = 0.12  # of the apostrophes amiss in "-n't": "does'nt"
# Between words written small; what stands before the hyphen and is no word by itself is joined to the rest.
_HYPHEN = re.compile(
    r"(?<![\w-])(?:(?P<prefix>non|anti|multi|semi|sub|mid|micro|mini)|[a-z]{2,})(-)(?=[a-z]{2,}(?![\w-]))"
)


@transform("punct.no_final", times=1, reach="form", trait="no_final", spot="end")
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


@transform("punct.stray", times=1, reach="form")
def stray(text: Text, rng: Rng, *, table: str = "stray") -> Proposals:
    """Strike a wrong key for a mark, or one with it ("Where is Anna's card?" -> "Where is Anna;s card?")."""
    known = _struck(table)
    found: list[Edit] = []
    weights: list[int] = []
    for m in _MARK.finditer(text.raw):
        for written, weight in known.get(m[0], ()):
            found.append((m.start(), m.end(), written))
            weights.append(weight)
    yield from rng.by_weight(found, list(accumulate(weights)))


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
    yield _apostrophes(text.raw)


def _apostrophes(raw: str) -> list[Edit]:
    """List the losses of apostrophes that leave a word readable as itself, in order."""
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
    return sorted(members)


@transform("punct.apostrophe", times=1, reach="form")
def apostrophe(text: Text, rng: Rng) -> Proposals:
    """Lose one apostrophe, or set it a letter too soon ("it doesn't" -> "it does'nt")."""
    raw = text.raw
    for at in rng.shuffled([e[0] for e in _apostrophes(raw)]):
        if raw[at - 1 : at + 2].lower() in ("n't", "n’t") and len(raw[:at]) > 3 and rng.chance(_SOON):
            yield at - 1, at + 1, raw[at] + raw[at - 1]
        else:
            yield at, at + 1, ""


@transform("punct.hyphen", times=1)
def hyphen(text: Text, rng: Rng, *, table: str = "en") -> Proposals:
    """Lose a hyphen, or set one that most would not ("a well-known song" -> "a well known song")."""
    known = _hyphened(table)
    found: list[Edit] = []
    weights: list[int] = []
    for m in _HYPHEN.finditer(text.raw):
        found.append((m.start(2), m.end(2), "" if m["prefix"] else " "))
        weights.append(8)
    offered = text.words
    for i, (start, word) in enumerate(offered):
        after, two = offered[i + 1] if i + 1 < len(offered) else (-1, "")
        end = start + len(word)
        for plain, stop in ((word, end), (f"{word} {two}", after + len(two) if after == end + 1 else -1)):
            new = known.get(plain.lower())
            if new is not None and stop > 0 and text.raw[start:stop] == plain:
                found.append((start, stop, like_case(plain, new[0])))
                weights.append(new[1])
    yield from rng.by_weight(found, list(accumulate(weights)))


def _plain_stop(text: Text, at: int) -> bool:
    """Tell a sentence's full stop from one of an abbreviation or a label ("Dr.", "A.")."""
    return not _ABBREVIATED.search(text.raw, max(0, at - 6), at + 1)


def _quotes(raw: str) -> bool:
    """Tell whether single quotation marks open anywhere: then an s' may close one."""
    return re.search(r"(?:^|[\s(])['‘]\w", raw) is not None


@cache
def _hyphened(table: str) -> dict[str, tuple[str, int]]:
    return {row[0]: (row[1], int(row[2]) if len(row) > 2 else 1) for row in rows("hyphens", table)}


@cache
def _struck(table: str) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows("marks", table):
        found.setdefault(row[0], []).append((row[1].replace("_", " "), int(row[2]) if len(row) > 2 else 1))
    return found
