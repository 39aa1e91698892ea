"""Articles and other single small words: which of them a telegram does without, and which tell what is meant."""

from __future__ import annotations

import re

from perturb.core.text import Text
from perturb.language.fixed import bound, may_title
from perturb.language.places import ahead, behind, is_base_verb, is_participle
from perturb.language.smallwords import before_name, kinds, needs_the, plain_article, thinks


def leaves_out(text: Text, start: int, word: str) -> int:
    """Weigh how readily a word is left out where it stands; 0 where never."""
    raw, end, low = text.raw, start + len(word), word.lower()
    if raw[end : end + 1] != " " or (start > 0 and raw[start - 1] not in ' \n"(“'):
        return 0
    gap, after = ahead(raw, end)
    if gap != " " or len(text.words) < 4 or bound(raw, start) or may_title(raw, start):
        return 0
    before_gap, before = behind(raw, start)
    opens = not before or any(c in ".!?\n:" for c in before_gap)
    if low == "the":
        apart = _apposed(raw, start, end) or _runs_on(raw, start, end, opens) or said_to_be(raw, start)
        return 0 if needs_the(after) or before_name(raw, end) or apart or before == "what" else 6
    if low in ("a", "an"):
        bare = plain_article(raw, start, end) and not _runs_on(raw, start, end, opens)
        return 6 if bare and not said_to_be(raw, start) else 0
    if low == "that":
        return 2 if before_gap == " " and thinks(before) and kinds().get(after) in ("pronoun", "article") else 0
    if low in ("do", "did", "are", "have") and opens and after == "you":
        return 2
    if low == "my":
        close = (
            kinds().get(before) in ("preposition", "aux", "conjunction")
            or is_base_verb(before)
            or is_participle(before)
        )
        return 2 if (close and before_gap == " ") or opens else 0
    if low == "of" and before in ("all", "both") and after in ("the", "my"):
        return 4
    return 0


def said_to_be(raw: str, start: int) -> bool:
    """Tell whether a question says a thing to be another, which its article alone tells ("is light [a] wave or [a] particle")."""
    before = behind(raw, start)[1]
    asked = re.match(r"\s*(?:why |how )?(?:is|are|was|were) ", re.split(r"[.?!]\s+", raw[:start])[-1], re.IGNORECASE)
    named = kinds().get(before, "conjunction") == "conjunction"
    return asked is not None and named and not (is_base_verb(before) or is_participle(before))


def _apposed(raw: str, start: int, end: int) -> bool:
    """Tell whether a thing stands between commas behind a name ("Alfie, [the] albatross, flies")."""
    return raw[max(0, start - 2) : start] == ", " and re.match(r" [a-z-]+(?: [a-z-]+)?,", raw[end:]) is not None


_FINITE = re.compile(
    r" (?:(?!(?:and|but|or|so|that|which|who|it|i|to|for|in|on|of|at|from|with|if|when|because) )[a-z-]+ ){1,3}?(?:is|are|was|were|has|have|had|will|can|does|did|do)\b"
)


def _runs_on(raw: str, start: int, end: int, opens: bool) -> bool:
    """Tell whether a clause begins with no mark before it ("is pending [the] payment is due"): its article parts the two."""
    gap, before = behind(raw, start)
    if (
        opens
        or gap != " "
        or kinds().get(before) in ("conjunction", "question", "preposition", "aux", "demonstrative", "verb")
        or thinks(before)
    ):
        return False
    said = re.split(r"[.?!,;]", raw[:start])[-1]
    return (
        _FINITE.match(raw, end) is not None
        and re.search(r"\b(?:is|are|was|were|has|have|had|will)\b", said) is not None
    )
