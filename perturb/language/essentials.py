"""What a request cannot do without, found so that it can be left out: where and when, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perturb.core.text import LOCKED, NAME, Edit, Text
from perturb.core.values import NUMBER_WORDS
from perturb.language.grammar import given, irregular_past
from perturb.language.lexicon import words
from perturb.language.messages import first_person, is_message
from perturb.language.places import behind, is_participle
from perturb.language.smallwords import kinds

_BEFORE = re.compile(
    r"(?:(?<=[\w%)'’] )|^)(?:in|on|at|from|to|for|with|by|during|since|before|after|under|near|until) (?=[\w$€£])(?!the (?:two|three|four|five|six|\d+)\b)",
    re.I,
)
_TOKEN = re.compile(r"\S+")
_TIME = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|"
    r"december|tomorrow|tonight|today|yesterday)[.,?!]?",
    re.IGNORECASE,
)
# Before these the phrase is no extra: "is in Paris", "born in", "depends on", "the ratio of 3 to 4".
_NEEDS_IT = frozenset(
    "is are was were be been being am located based live lives lived living born depend depends depending belong belongs refer "
    "refers lead leads led according due equal equals add adds added from to up out between range ranges ranging only just not "
    "according compared connected related similar close next equivalent relative respect and or than as died came comes come "
    "divided multiplied multiply divide convert converted subtract raised increase increased decrease decreased go going goes went "
    "last lasts lasted sum sums sum amount amounts amounted total totals totaled totalled close closer closest stay stayed stays stand stands stood place made found used known end ends ended start starts started starting "
    "begin begins began beginning south north east west left right prior home commence commences commencing present presents presented".split()
)
_STRANDED = frozenset("with under by for to on at in".split())
_STOPS = ("preposition", "conjunction", "question")
# Behind a comma a list goes on: "with a principal of 50, annual rate of 5%".
_LIST = re.compile(r" (?:and )?(?:an? |the )?(?:[a-z-]+ ){1,3}(?:of|at|=) ", re.IGNORECASE)
_RELATES = re.compile(
    r" ?[A-Z]| [-–−$]?\d| \$| (?:who|whom|whose|which|where|that)\b"
)  # "the user with the ID 7890, who has …"
_IF = re.compile(r",? if (?:[A-Z][a-z]+|each|the|a|an|one|there|he|she|they|it)\b[^.?!,]*\d[^.?!,]*(?=\?|\.(?:\s|$))")


def constraints(text: Text) -> Iterator[tuple[int, int]]:
    """Find phrases with a name, a number or a time in them that a sentence can do without (" in Paris", " for $2 per egg").

    The span has one of the spaces around it. A last clause "if … has 20 sheep" counts too.
    """
    raw = text.raw
    for m in _IF.finditer(raw):
        if LOCKED not in text.mask[m.start() : m.end()] and len(raw[: m.start()].rsplit(".", 1)[-1].split()) > 3:
            yield m.span()
    for m in _BEFORE.finditer(raw):
        start = m.start()
        opens = start == 0 or raw[:start].rstrip()[-1:] in ".?!"
        by = raw[start : m.end()].strip().lower() == "by" and behind(raw, start)[1].endswith(("ed", "en", "ung", "ade"))
        if (
            by
            or behind(raw, start)[1] in _NEEDS_IT
            or kinds().get(behind(raw, start)[1]) == "preposition"
            or given(raw, start)
            or _paired(raw, start)
            or (start and raw[start - 1] not in " ")
        ):
            continue
        end, whole = _phrase_end(text, m.end())
        if not end or LOCKED in text.mask[start:end]:
            continue
        if opens:
            if whole == ",":
                yield start, text.over_space(end + 1)
        elif whole and len(_sentence(raw, start).split()) > 3:
            yield start - 1, end


def _paired(raw: str, at: int) -> bool:
    """Tell whether a phrase has its like in the sentence ("the share to 70 and the size[ to 9]", "bought at $5, sold at $9")."""
    said = _PIECE.split(raw[at:])[0]
    word = said.split()[0].lower()
    before, after = _sentence(raw, at).lower(), re.split(r"[.?!](?:\s|$)", raw[at + len(word) :])[0].lower()
    like = rf"\b{word} (?:[a-z]+ ){{0,3}}?(?:[$€£]?\d|(?:{_NUMBERS})\b)"
    number = re.match(like, raw[at:].lower())
    if re.match(rf"(?:by (?:\d|(?:{_NUMBERS})\b)|(?:before|after) (?:yesterday|tomorrow))", raw[at:].lower()):
        return True  # "18 feet[ by 12]", "the day[ before yesterday]"
    if re.match(rf"(?:to|in|by|out) [$€£]?(?:\d|(?:{_NUMBERS})\b)", raw[at:].lower()) and re.search(
        rf"(?:\d|\b(?:{_NUMBERS})) $", before
    ):
        return True  # "a scale of 1[ to 5]", "2[ in 5] of them"
    if word == "to" and re.search(r"\bfrom (?:\S+ ){1,2}$", before):
        return True  # "from 2010[ to 2015]"
    if re.match(rf"{word} [A-Z]", raw[at:]) and re.search(
        rf"(?:,| and| then)(?: [\w%-]+){{1,4}} {word} [A-Z]", raw[at + len(word) : at + len(word) + len(after)]
    ):
        return True  # "half are written[ in English], and 10% in German"
    behind_it = re.search(rf"(?:,| and| then)(?: [a-z0-9-]+){{1,6}} {word} ", after)
    ahead_of_it = re.search(rf"{like}.*(?:,|\band\b|\bthen\b)", before)
    return bool((behind_it and re.search(like, after)) or (number and ahead_of_it))


_PIECE = re.compile(r"[.?!,](?:\s|$)")
_NUMBERS = "|".join(sorted(NUMBER_WORDS))


def _sentence(raw: str, at: int) -> str:
    return re.split(r"[.?!]\s", raw[:at])[-1]


def _phrase_end(text: Text, at: int) -> tuple[int, str]:
    """Give where a phrase behind its preposition ends and what mark or word ends it; (0, "") where that is not plain."""
    raw, says, after = text.raw, False, 0
    tokens = list(_TOKEN.finditer(raw, at, min(len(raw), at + 80)))[:7]
    for n, t in enumerate(tokens):
        said = t[0].rstrip(".,?!;:")
        low = said.lower()
        if (
            not said
            or any(c in said for c in '()[]{}<>"“”')
            or kinds().get(low) in ("aux", "question", "pronoun")
            or low in ("and", "or", "which", "that", "not")
            or (n > 0 and irregular_past(low))
        ):
            return 0, ""  # "vehicles[ at the port became 30]" would lose its verb
        before = raw[:at].split()[-1].lower()
        if n == 0 and (low.endswith("ing") or (kinds().get(low) == "preposition" and before in _STRANDED)):
            return 0, ""  # "Who did he partner[ with in 1886]?"
        if n == 0 and raw[at - 3 : at].lower() == "to " and said.islower() and kinds().get(low) is None:
            number = low in NUMBER_WORDS or bool(_TIME.fullmatch(said))
            if not number:
                return 0, ""  # "to separate"
        number = any(c.isdigit() for c in said) or (low in NUMBER_WORDS and low != "one") or bool(_TIME.fullmatch(said))
        name = text.mask[t.start()] == NAME and said[:1].isupper()
        after = (3 if number else 0) if number or name else after - 1
        says |= number or name
        if says and after < 0:
            return 0, ""
        end = t.start() + len(said)
        if (
            re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", said)
            and raw[end : end + 1] == "."
            and raw[end + 1 : end + 2] in ("?", "!", ",", " ")
        ):
            end += 1  # "in the U.K.?"
        mark = raw[end : end + 1]
        if mark == "," and says and raw[at - 3 : at - 1].lower() in ("of", "th", "or") and _LIST.match(raw, end + 1):
            return 0, ""  # "for a principal of 50, rate of 5%"
        if mark and mark in ".,?!;:":
            return (end, mark) if says and not (mark == "," and _RELATES.match(raw, end + 1)) else (0, "")
        if end == len(raw):
            return (end, ".") if says else (0, "")
        following = tokens[n + 1][0].lower().strip(".,?!") if n + 1 < len(tokens) else ""
        kind = kinds().get(following, "")
        if following in ("of", "per", "and", "or", "to", "a", "an", "each", "every") or not following:
            continue
        if says and kind in _STOPS and following not in ("than", "as"):
            # No "with 2 fish attached to | it", no "for 2 nights starting | from".
            torn = kinds().get(low) == "preposition" or low.endswith("ing") or (n > 0 and is_participle(low))
            return (0, "") if torn else (end, following)
    return 0, ""


# -- what is wrong -------------------------------------------------------------------------------------------------

_WHY = re.compile(
    r"(?:but |so |and )?why (?P<be>isn't|is|are|aren't|won't|doesn't|wasn't|was|hasn't|has) (?P<det>my|the|this) (?P<what>(?:[a-z][a-z-]+ ){1,3}?)"
    r"(?P<not>not )?(?P<state>still pending|pending|declined|[a-z]+ing|[a-z]+ed|work|blocked|broken)(?: yet| properly| correctly)?[\s?!.]*$",
    re.IGNORECASE,
)
_IS = re.compile(
    r"(?:my|the) (?P<what>(?:[a-z][a-z-]+ ){1,3}?)(?P<be>is not|isn't|isn’t|does not|doesn't|doesn’t|has not|hasn't|is|was) "
    r"(?P<state>still pending|pending|declined|(?!going|trying|getting|having)[a-z]+ing|[a-z]+ed|work|arrived|blocked|broken)\b",
    re.IGNORECASE,
)


def complaint(text: Text) -> Iterator[list[Edit]]:
    """Find a short complaint and write it without its frame ("Why isn't my card working?" -> "card not working")."""
    raw, at = text.raw, text.over_space(0)
    small = words("functions")
    for form in (_WHY, _IS):
        m = form.match(raw, at)
        if m is None or LOCKED in text.mask[m.start() : m.end()] or any(w in small for w in m["what"].lower().split()):
            continue
        if form is _IS and len(text.words) > 9:
            return
        no = "n't" in m["be"].replace("’", "'") or m["be"].lower().endswith(" not") or bool(m.groupdict().get("not"))
        bare = m["be"].lower()[:4] in ("does", "won'") or m["state"].lower() == "work"
        said = "working" if bare and m["state"].lower() == "work" else m["state"]
        if bare and said != "working":
            return
        edits: list[Edit] = [(at, m.start("what"), "")]
        middle = (m.end("what"), m.start("state"))
        new = "not " if no else ""
        if raw[middle[0] : middle[1]] != new:
            edits.append((*middle, new))
        stop = len(raw) if form is _WHY else m.end("state")
        if stop > m.end("state") or said != m["state"]:
            edits.append((m.end("state"), stop, "ing" if said != m["state"] else ""))
        yield edits
        return


_SUBJECT = re.compile(
    r"(?:my|the|our) (?P<what>(?:[a-z][a-z-]+ ){1,3}?)(?:(?:has|have|is|are|was|does|did) )?"
    r"(?=(?:still|not|hasn't|haven't|isn't|aren't|wasn't|doesn't|didn't|won't|hasnt|isnt|doesnt|hasn’t|isn’t|doesn’t|never|keeps)\b)",
    re.IGNORECASE,
)


def subject_end(text: Text, start: int) -> int:
    """Find where what is complained of has been named ("My card still hasn't …" -> 8), 0 where no such thing opens the text."""
    m = _SUBJECT.match(text.raw, start)
    if m is None or m["what"].split()[-1] in ("seems", "looks") or not is_message(text) or len(text.sentences()) > 2:
        return 0
    if re.search(r"\b(?:did|does) $", m[0]) or not (first_person(text.raw) or len(text.words) < 10):
        return 0
    if not re.search(r"\b(?:has|have|is|are|was) $", m[0]) and text.raw[m.end() :].lower().startswith("not "):
        return 0  # "My team not creative way"
    small = words("functions")
    named = m["what"].lower().split()
    return 0 if any(w in small for w in named) or any(text.mask[start : m.end("what")]) else m.end()
