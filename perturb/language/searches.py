"""A question as it is typed into a search box: its frame goes as a whole or stays as a whole."""

from __future__ import annotations

import re

from perturb.core.text import LOCKED, Edit, Text
from perturb.language.articles import said_to_be
from perturb.language.auxiliaries import supports
from perturb.language.fixed import bound
from perturb.language.messages import asks
from perturb.language.places import ahead, behind, is_base_verb, is_participle
from perturb.language.portions import FILLED, HOW_TO, holes
from perturb.language.smallwords import asks_of_verb, kinds, searched_without

# What a question says of its thing behind "what will the": "weather kuwait tomorrow".
_WILL_BE = re.compile(r"what (?:will|would|should) (?=(?:the|my|our) (?:[a-z-]+ ){1,3}?be\b)", re.IGNORECASE)
# Here another clause begins: of its subject and verb none goes ("when he played", "that would benefit").
_CLAUSE = re.compile(
    r"(?<=[\w,] )(?:(?:that|which|who|whom|whose|when|if|because|while|where|although|though|unless|what|how|why|until|than|since|before|"
    r"after|as|once)\b|(?P<who>i|you|he|she|we|they|it|people|u)\b(?=(?:['’]\w+)? [a-z]))",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:called|named|known as|like|about|for|to)[\s?.!]*(?=$|(?:that|which|who|when)\b)", re.IGNORECASE
)
_LIKE = re.compile(r"what(?:'s|’s|s| is| are| was| were) (?:the |my |an? )?(?:[\w-]+ ){1,4}like\b", re.IGNORECASE)
_ONLY = re.compile(
    r"(?:do|does|did|can|could|are|is) (?:you|they|we|people) (?:only|ever|never|always|really)\b", re.IGNORECASE
)
_TOLD = re.compile(r"\b(?:what|who|where) .* (?:is|are|was|were)[\s?.!]*$", re.IGNORECASE)


def query(text: Text, terse: bool, bare: bool) -> list[Edit]:
    """Give the edits that leave a search of a question ("What is the highest mountain of Peru?" -> "highest mountain of Peru")."""
    raw, at = text.raw, text.over_space(0)
    if _ONLY.match(raw, at) or (FILLED.match(raw, at) and _TOLD.search(raw, at + 5)):
        return []  # "only say true statements" would be an order; "Do you know what the limits are" has two frames
    gone = bytearray(len(raw))
    clause = _clause(raw, at)
    opening = _WILL_BE.match(raw, at) or FILLED.match(raw, at)
    framed = opening is None or _frame_stays(text, opening, clause)
    if opening and not framed:
        gone[opening.start() : opening.end()] = b"\1" * (opening.end() - opening.start())
    to = HOW_TO.search(raw)
    how_to = to.span() if to and verb_follows(raw, to.end()) else (0, 0)  # "how [do I ->to] pay"
    told = opening is not None and kinds().get(ahead(raw, opening.end())[1]) == "question"  # "tell me what it is"
    clause = min(clause, opening.end()) if opening and told else clause
    spans = [] if opening and framed and opening.end() > at else list(supports(raw, at, clause, bool(opening)))
    for start, end in spans:
        if not how_to[0] <= start < how_to[1] and text.level(start, end) < LOCKED:
            gone[start:end] = b"\1" * (end - start)
    for start, word in text.words:
        kind = kinds().get(word.lower())
        if opening and framed and start < opening.end() and kind != "article":
            continue
        if start >= clause and kind in ("pronoun", "demonstrative") and word.lower() not in _OWNERS:
            continue
        if kind == "article" and said_to_be(raw, start):
            continue
        if searched_without(text, start, word.lower(), terse, bare) and not how_to[0] <= start < how_to[1]:
            gone[start : start + len(word)] = b"\1" * len(word)
    edits = [(*how_to, "to")] if how_to[1] else []
    return sorted([*edits, *holes(text, gone)])


def _clause(raw: str, at: int) -> int:
    """Find where a clause within the question begins, its length where none does; the one of "Do you know when" is the question."""
    opening = FILLED.match(raw, at)
    begins = max(opening.end(), at + 1) if opening else at + 1
    m = _CLAUSE.search(raw, begins)
    while m and (m.start() <= begins + 1 or not _begins(raw, m)):
        m = _CLAUSE.search(raw, m.end())
    return m.start() if m else len(raw)


def _begins(raw: str, m: re.Match[str]) -> bool:
    """Tell whether a clause begins at a word ("limits to the amount [I] can", "money than [I] asked"); "do I", "use it" are none."""
    before, after = behind(raw, m.start())[1], ahead(raw, m.end())[1]
    if m[0] != "I" and not m[0].islower() and not raw.isupper():
        return False  # "Doctor Who"
    if m["who"]:
        known = kinds().get(before)
        verb = after in _AUX or is_base_verb(after) or is_participle(after)
        return known in (None, "preposition", "conjunction") and verb and before not in ("if", "help")
    if m[0].lower() in ("until", "than", "since", "before", "after", "as", "once"):
        return kinds().get(after) in ("pronoun", "demonstrative") and after not in _OWNERS
    return True


_OWNERS = frozenset("my your our his her their its".split())
_AUX = frozenset(
    "am is are was were do does did can could will would should may might has have had need want get got don't can't".split()
)


def _frame_stays(text: Text, opening: re.Match[str], clause: int) -> bool:
    """Tell whether half of a question's frame would stay without its opening ("[What ]percentage has the firm achieved")."""
    raw, says = text.raw, opening[0].strip().lower()
    if bound(raw, opening.start()) or _LIKE.match(raw, opening.start()):
        return True  # "What the hell", "what is the winter like"
    is_of = says.startswith("what") and says != "what"
    if is_of and (is_said(raw, opening.end()) or ahead(raw, opening.end())[1] in _SUBJECTS):
        return True  # "What are the attacks causing", "What is it illegal to do"
    if asks_of_verb(raw, opening) and not _WILL_BE.match(raw, opening.start()):
        return True
    if says.startswith("what") and _NAMED.search(raw, opening.end()):
        return says != "what" and re.search(r"\b(?:called|named|known as)\b", raw[opening.end() :].lower()) is not None
    if says != "what":
        return False
    dropped = list(supports(raw, opening.start(), clause, True))
    return any(
        kinds().get(word.lower()) == "aux" and not any(s <= start < e for s, e in dropped)
        for start, word in text.words
        if opening.end() < start < clause
    )


def is_said(raw: str, at: int) -> bool:
    """Tell whether what follows "what is the" says what the thing does or is ("country known for", "dog doing in the yard")."""
    said = [m[0].lower() for m in re.finditer(r"[\w'’-]+", raw[at:])]
    for i, word in enumerate(said):
        if word in _APART:
            return False
        last = i + 1 == len(said)
        if i and (is_participle(word) or word.endswith("ing")) and (last or kinds().get(said[i + 1]) == "preposition"):
            return True
    return False


_SUBJECTS = frozenset("it this that he she they there you i we".split())
_APART = frozenset("that which who of to you i we they he she it for".split())


def verb_follows(raw: str, at: int) -> bool:
    """Tell whether a verb stands behind "how do I", whichever it is ("flash")."""
    gap, word = ahead(raw, at)
    return (
        gap == " "
        and word.isalpha()
        and kinds().get(word, "verb") == "verb"
        and not word.endswith("ly")
        or (asks(raw) and word in ("have", "do", "be"))
    )
