"""What a lost name means: is the person or place told elsewhere, can nobody else be meant, or has one to ask?"""

from __future__ import annotations

import re

from perturb.core.asking import PERSONAL, WHERE, missing_at, name_asked, reply, stops_at
from perturb.core.text import NAME, SLOT, WORD, Text
from perturb.core.verdict import CLOSED, Case, Lexis


def judge_name(case: Case, name: str, at: int, stay: list[str], asked: bool) -> bool:
    """Judge a lost name; True where it stays in doubt. ``asked`` says that it stood in the sentence that asks.

    A pronoun in its place keeps the sense if it can mean no other name in the text.
    """
    task, left, lexis = case.evidence.task, case.left, case.lexis
    bare = _bare(name)
    if not bare.split():
        return False  # a possessive ending by itself
    others = {n for n in _names(case.source) if n not in bare.split()}
    personal = bool(stay) and stay[0] in PERSONAL
    if personal and (_he_before(case.source, at, stay[0]) or _another_kind(case, stay[0])):
        return True  # "he ate half of what Dave had": another "he" would not be Dave
    if personal and not others and not asked and lexis.genders.get(bare, "u") != "u":
        return False  # the only one who is spoken of
    known = {n for n in others if n in lexis.genders and _may_be(n, stay[0], lexis)} if personal else set()
    if task == "math" and len(known) == 1 and not any(_bare(w) in bare.split() for w in left):
        return True  # who is told nothing of: everybody takes "he" for the one who is spoken of
    if personal and not known:
        if task == "math" or any(_bare(w) in bare.split() for w in left):
            return not others <= lexis.genders.keys()  # other names may be people or shops: nobody can tell
    elif any(_bare(w) == bare.split()[0] for w in left) or set(bare.split("-")) <= set(left):
        # Named elsewhere; yet a pronoun may mean another, and in a sum the number beside it is nobody's now.
        return bool(stay) or task == "math"
    elif task == "math" and not others:
        return False  # only one person in the problem: nobody else can be meant
    if task == "math" and not (asked and personal):
        return True  # who it was seldom enters the sum
    if not stay and task == "qa" and _SOME.match(case.source.raw):
        return True  # "What are some films banned[ in Australia]": some can be named
    if not stay and not asked and task == "qa":
        return True  # what is asked is there
    if task in CLOSED or any(_bare(w) in bare.split() for w in left):
        return True  # of a longer name a part may say enough ("Malala")
    if task in ("chat", "instruct") and not case.evidence.all_slots and (personal or not stay):
        return True  # without a gold answer, a detail that went may be no loss to the request ("a good way to ask her out")
    if case.evidence.wants is not None and "name" not in case.evidence.wants:
        return True  # no function needs one
    if not case.misses(name):
        guessed = bool(stay) and not known and _guessed(case, bare, stay)
        case.miss(not case.evidence.passage and not guessed, name, "name", *_asked(case, name, at, stay))
    return False


def _asked(case: Case, name: str, at: int, stay: list[str]) -> tuple[str, str]:
    """Write the question for a lost name, and the answer to it where that is not just the name."""
    asks, bare, raw = name_asked(case.source, at, stay), _bare(name), case.source.raw
    if asks == WHERE and case.evidence.wants is None and bare in case.lexis.places():
        asks = f"In which {case.lexis.places()[bare]}?"
    begins, ends = case.tail
    rest = [w[0].lower() for w in WORD.finditer(raw, begins, ends)]
    if begins <= at < ends and any(len(w) > 3 and w not in case.lexis.functions and w not in bare for w in rest):
        # More than a name went: "completely[ legal in Germany]", "the n'th[ carol number]".
        asks = missing_at(raw, begins, ends) if raw[ends:].strip() else stops_at(raw[:begins])
        return asks, reply(raw[begins:ends], "rest")
    owner = name.endswith(("'s", "’s")) and not re.match(r" \w", raw[at + len(name) :])  # "from McDonald's."
    return asks, f"{name}." if owner else ""


def _guessed(case: Case, bare: str, stay: list[str]) -> bool:
    """Tell whether some will know who or where is meant: "Why did Darth Vader fight him?", "Is Palm Springs there?".

    A person or company may be plain from two other words with a capital, a place from one; a function call still lacks its place.
    """
    there = stay[0] not in PERSONAL and stay[:2] != ["that", "company"]
    if there and case.evidence.all_slots:
        return _LANDMARK.search(case.source.raw) is not None  # "the Louvre Museum there"
    if there and names_hidden(case, stay):
        return True
    return _named(case.source, bare) > (not there)


_SOME = re.compile(r"\s*(?:what|which) (?:are|were) some\b|\s*(?:name|list) some\b", re.I)
_LANDMARK = re.compile(
    r"\b[A-Z][\w.'’]+ (?:Museum|Hotel|Tower|Bridge|Palace|Airport|University|Stadium|Cathedral|Theat(?:er|re)|Gallery|Zoo|Castle|Opera|Abbey|Center|Centre)\b"
)


def names_hidden(case: Case, stay: list[str]) -> bool:
    """Tell whether a question all in small letters may hold another name, which tells the place ("where is fort myers located there").

    Names in small letters cannot be told from other words: where three content words are left, one may be a name.
    """
    if case.evidence.task != "qa" or not case.source.raw.islower() or not stay:
        return False
    said = {w for w in case.left if w not in case.lexis.functions and w not in stay and w != "where"}
    return len(said) > 2


def _named(source: Text, bare: str) -> int:
    """Count the other words with a capital, in titles too."""
    opens = {s for s, _ in source.sentences()}
    words = {m[0] for m in WORD.finditer(source.raw) if m[0][0].isupper() and len(m[0]) > 1 and m.start() not in opens
             and source.mask[m.start()] != SLOT}  # fmt: skip
    return sum(_bare(w) not in bare.split() for w in words)


_THE = re.compile(r"\b[Tt]he ([A-Z]\w+)")
_HE = (frozenset("he him his".split()), frozenset("she her hers".split()), frozenset("they them their".split()))


def _he_before(source: Text, at: int, pronoun: str) -> bool:
    """Tell whether the sentence has such a pronoun before the name at ``at``: that one means somebody else."""
    kind = next((group for group in _HE if pronoun in group), frozenset())
    start = next((s for s, e in source.sentences() if s <= at < e), at)
    return any(m[0].lower() in kind for m in WORD.finditer(source.raw, start, at))


def _another_kind(case: Case, pronoun: str) -> bool:
    """Tell whether the rest only says "her" of the person for whom the new pronoun is "he" ("His room … than her room is wide")."""
    said = {w[0].lower() for w in WORD.finditer(f"{case.source.raw} {case.evidence.beside}")}
    own = next((group for group in _HE if pronoun in group), frozenset())
    return any(said & group and not said & own for group in _HE[:2] if own in _HE[:2] and group is not own)


def _bare(name: str) -> str:
    return name.lower().replace("’", "'").removesuffix("'s")


def _may_be(name: str, pronoun: str, lexis: Lexis) -> bool:
    """Tell whether a pronoun may mean a name ("anna", "he" -> False; a name of unknown kind: yes)."""
    kind = lexis.genders.get(name, "u")
    if pronoun in ("he", "him", "his"):
        return kind != "f"
    return kind != "m" if pronoun in ("she", "her", "hers") else True


def _names(source: Text) -> set[str]:
    found = [m for m in WORD.finditer(source.raw) if source.mask[m.start()] == NAME]
    things = _THE.finditer(source.raw)  # "the Buckingham palace" is nobody
    called = {m.start(1) for m in things}
    return {_bare(m[0]) for m in found if m.start() not in called}
