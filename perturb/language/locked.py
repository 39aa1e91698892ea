"""Locked text: forms that nothing may change (code, mathematics, links, quotations, options, orders about the answer)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from perturb.core.text import Text
from perturb.language.code import programs, tables

Span = tuple[int, int]

_DOTTED = re.compile(r"\.[a-z_]")
_DOLLARS = re.compile(r"\$[^$]*\$(?!\d)")
_NUMERALS = ("II", "IV", "VI", "IX", "XI", "XV", "XX")
Needed: TypeAlias = "tuple[str, ...] | re.Pattern[str]"
# (what must stand in the text: one of some literals, or a cheap form; the form; its flags). The test spares most texts
# the form: their marks alone say which few to try.
_FORMS: tuple[tuple[Needed, str, int], ...] = (
    (("```", "~~~"), r"(```|~~~).*?(?:\1|\Z)", re.S),
    (("`",), r"(?<!`)(`{1,2})(?!`)[^`\n]+\1(?!`)", 0),
    (("[asy]",), r"\[asy\].*?(?:\[/asy\]|\Z)", re.S),
    (("\\begin",), r"\\begin\{(\w+\*?)\}.*?(?:\\end\{\1\}|\Z)", re.S),
    (("\\[", "\\("), r"\\\[.*?\\\]|\\\(.*?\\\)", re.S),
    # the run up to the next mark is taken whole (as an atomic group would, before Python 3.11)
    (_DOLLARS, r"\$(?:\$.+?\$\$|(?<![\\$]\$)(?=\S)(?=([^$]{0,400}))\1(?<=[^\s\\])\$(?!\d))", re.S),
    (("$\\",), r"(?<![\\$])\$(?=\\)[^$\n]{1,400}\$", 0),  # a space before the end, and still a formula
    (("\\",), r"\\[A-Za-z]+(?:\[[^\[\]]*\])?(?:\{[^{}]*\})*", 0),
    (("://", "www."), r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.)[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]", re.I),
    (("@",), r"[\w.+-]+@[\w-]+\.[\w.-]*\w|(?<!\w)@\w+", 0),
    (("#",), r"(?<!\w)#\w+", 0),
    (("/", "\\"), r"(?<![\w/\\])(?:[A-Za-z]:\\|~/|\.{1,2}/|/)(?:[\w.-]+[/\\])*[\w.-]*\w", 0),
    (_DOTTED, r"\b[\w-]+\.(?:py|txt|csv|tsv|json|jsonl|ya?ml|xml|html?|md|pdf|docx?|xlsx?|png|jpe?g|gif|js|ts|c|cpp|h|"
             r"java|rb|go|rs|sh|sql|zip|log|com|org|net|io|gov|edu|co\.uk)\b", 0),  # fmt: skip
    (_DOTTED, r"\b[a-z_]\w+(?:\.[a-z_]\w+)+\b|\b[a-z_]\.[a-z_]\w+(?=\()", 0),
    (("{",), r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\}){0,2000}\}", 0),
    (("<",), r"</?[A-Za-z_][^<>\n]{0,60}>", 0),
    (("[",), r"\[[^\[\]\n]{0,60}\](?:\([^()\s]*\))?", 0),
    (("_",), r"\w*_[\w_]*", 0),
    (("%",), r"%(?:\(\w+\))?[sdif]\b", 0),
    (('"',), r"\"(?<!\"\"\")(?!\"\")[^\"\n]{1,300}\"", 0),  # three in a row open a docstring
    (('"',), r"(?<!\w)\"(?=[^\s\"])[^\"\n]{1,120}(?<=\S)\"(?!\w)", 0),  # a quotation within one
    (("“", "«", "‘"), r"“[^”\n]{1,300}”|«[^»\n]{1,300}»|‘[^’\n]{1,300}’(?!\w)", 0),
    (("'",), r"'(?<!\w')[^'\n]{1,120}'(?!\w)", 0),
    (("(",), r"\b\w+\((?:[^()\n]|\([^()\n]*\)){0,80}\)|\(\s*[-+]?(?:\d[\d.]*|[A-Za-z])\s*(?:[,;]\s*[-+]?(?:\d[\d.]*|[A-Za-z])\s*)*\)", 0),
    (("=", "^", "+", "*", "<", ">", "/", "≤", "≥", "×", "÷", "−", "√", "→", "·"),
     r"(?<![\w$])[-+√]?(?:\d+(?:[.,]\d+)*|[A-Za-z]\d*|\d*[a-z])(?:\([^()\s]*\)|'+)?"
     r"(?:\s*(?:[=^+*<>/≤≥×÷−·]|->|→| - )\s*[-+√]?(?:\d+(?:[.,]\d+)*\w?|[A-Za-z]\d*(?![a-z])|\([^()\n]*\)))+", 0),  # fmt: skip
    (("=", "^"), r"\S*[=^](?:\S*[^\s.,;:!?])?", 0),
    (("(",), r"\((?:[A-Z]|i{1,3}|iv|vi{0,3})\)(?<!\w\([A-Z]\))", 0),
    (("|",), r"\|", 0),
    (("*",), r"\*{3,}|(?<![\w*])\*[^\s*][^*\n]{0,60}\*(?![\w*])", 0),
)  # fmt: skip
# What a word of the text tells of it, so that what hangs on words is looked for only where one of them stands.
_MATERIAL_WORD, _SPELT_WORD, _ORDER_WORD, _OPTION, _NUMERAL, _LISTED, DIGIT = (1 << bit for bit in range(7))
# Forms around a word, with what tells of it: an option's letter, "IV", the number of a line.
_WORD_FORMS: tuple[tuple[int, Needed, str, int], ...] = (
    (_OPTION, (") ", ". ", ": ", ")\n", ".\n", ":\n"), r"[A-J](?<!\S.)[).:](?=\s)", 0),
    (_NUMERAL, _NUMERALS, r"[IVX](?<!\w.)[IVX]+\b(?!')", 0),
    (_LISTED, re.compile(r"[IVX]\.\s"), r"(?m:^)[IVX]{1,4}\.(?=\s)", 0),
)
_LOCKS = tuple((0, needed, re.compile(form, flags)) for needed, form, flags in _FORMS) + tuple(
    (hint, needed, re.compile(form, flags)) for hint, needed, form, flags in _WORD_FORMS
)
_PATTERN_MARKS = {_DOTTED: ".", _DOLLARS: "$"}  # the mark that a cheap form needs
_MARKS = frozenset(
    c
    for _, needed, _ in _LOCKS
    for c in ("".join(needed) if isinstance(needed, tuple) else _PATTERN_MARKS.get(needed, ""))
    if not (c.isalnum() or c.isspace())
)
_NO_MARKS = bytes(c for c in range(128) if chr(c) not in _MARKS)


# "4 less than 3 times as many", "200 words a minute", "how many did she start with?" are of a story, no orders.
_NOT_TIMES = r"(?! (?:the|as|what|my|his|her|their|its|our|an?|per|each|more|that|one)\b)"
_COUNTED = rf"(?: of)? \w+ (?:words?|sentences?|paragraphs?|bullet|sections?|letters?|lines?|times{_NOT_TIMES}|stanzas?|capital)"
_BEGINS = r"(?:starts?|ends?) with(?!\?|,| \$?\d| (?:an? (?:certain|total|number)|some|no|his|her|their)\b)"
_USED = r" (?:us(?:e|ing)|includ\w+|contain\w*|mention\w*|any commas?|say any(?:thing| words?)|other words?)"
# "Separate the paragraphs with ***": charges that are "separated by 3 m" are none.
_PARTED = (
    r"separat(?:e|ed|ing)\b(?: \w+){0,6}? (?:by|with|using):?(?: \w+){0,3}? "
    r"(?:\*|-{2,}|#|(?:symbols?|asterisks?|markdown|dividers?|commas?|semicolons?|blank|empty|new ?lines?|line breaks?|hyphens?|pipes?)\b)"
)
_ORDER = re.compile(
    # At most places one look at the next character says that no order begins there; at others, the first letter of each
    # way to begin, which is why none is a group.
    r"\b(?=[abdefhilmnprswy\d])(?:"
    r"your (?:final |entire |whole )?(?:answer|response|reply|output)\b(?: (?:should|must|in|as|with|to|is)\b)?|"
    + "".join(rf"{verb} (?:with|in|using|only|by)\b|" for verb in ("answer", "respond", "reply"))
    + r"in (?:json|xml|yaml|csv|markdown|latex|html)\b|"
    + "".join(
        rf"{amount}{_COUNTED}|"
        for amount in "at least,at most,less than,more than,fewer than,exactly,around,about,maximum,minimum".split(",")
    )
    + "".join(rf"{no}{_USED}|" for no in ("do not", "don't", "never", "without", "avoid", "no"))
    + r"\d+\+? words?\b(?! (?:an?|per|with)\b|,? what)|all (?:lowercase|uppercase|caps|capital)|in (?:lowercase|uppercase)"
    r"|as an? (?:list|table|integer|decimal|fraction|percentage|comma)|in (?:the|this) (?:form|format)\b"
    rf"|{_PARTED}|asterisks? (?:symbols?|marks?|markers?)|(?:markdown )?bullet points?|markdown (?:divider|format|ticks)"
    r"|exact (?:phrase|question|request|sentence)|rounded? to|simplest form|lowest terms|enter (?:your|the)|wrap (?!for\b)|highlight(?!s)|postscript|"
    rf"{_BEGINS}|end your)",
    re.I,
)
_ORDER_LOWER = re.compile(_ORDER.pattern)  # of a text in lower case: three times as fast as without regard to case
# What is to be worked on as it stands: everything behind "Correct the following paragraph:", the word to be spelt.
_MATERIAL = re.compile(
    r"\b(?:edit|proofread|correct|fix|rewrite|rephrase|paraphrase|translat\w+|summari[sz]e|identify|classify|extract|count|"
    r"analy[sz]e|evaluat\w+|convert|revise|improve|complete|continue|expand)\b[^.?!\n]{0,80}?\b(?:following|this|these|below|given|"
    r"presented)\b[^:\n]{0,80}(?::|\n)",
    re.I,
)
_SPELT = re.compile(
    r"\bhow (?:many (?:letters?|characters|vowels|consonants|syllables|words)|do (?:you|i) spell|is \w+ spel)", re.I
)
_OPTION_LINE = re.compile(r"^[ \t]*(?:\([A-Z]\)|[A-Z][).:]|[-•*]|\d{1,2}[).])[ \t]+\S.*$", re.M)
_OPTIONS_HEAD = re.compile(r"^[ \t]*(?:options|choices|answers?)[ \t]*:[ \t]*$", re.I | re.M)

_MATERIAL_WORDS = frozenset("following this these below given presented".split())
_SPELT_WORDS = frozenset(
    "letter letters characters vowels vowel consonants consonant syllables syllable words word spell spelled spelt".split()
)
_ORDER_WORDS = frozenset(
    "answer response reply output respond json xml yaml csv markdown latex html word words sentence sentences paragraph paragraphs "
    "bullet section sections letter letters line lines times stanza stanzas capital use using include including contain containing "
    "mention mentioning commas comma lowercase uppercase caps list table integer decimal fraction percentage form format round rounded "
    "simplest lowest enter wrap highlight postscript start starts end ends used included contains separate separated separating asterisk "
    "asterisks markdown divider say phrase question request".split()
)


def marks_in(raw: str) -> frozenset[str]:
    """Give the characters of a text that a locked form may hang on ("It's $5." -> {"'", "$", "."})."""
    if raw.isascii():
        return frozenset(raw.encode().translate(None, _NO_MARKS).decode())
    return _MARKS.intersection(raw)


def hints_of(word: str) -> int:
    """Give what a word tells of its text, as bits: which lists know it, whether it has a digit."""
    low = word.lower()
    said = (
        (_MATERIAL_WORD, low in _MATERIAL_WORDS),
        (_SPELT_WORD, low in _SPELT_WORDS),
        (_ORDER_WORD, low in _ORDER_WORDS),
        (_OPTION, len(word) == 1 and word in "ABCDEFGHIJ"),
        (_NUMERAL, any(n in word for n in _NUMERALS)),
        (_LISTED, len(word) <= 4 and set(word) <= set("IVX")),
        (DIGIT, re.search(r"\d", word) is not None),
    )
    return sum(hint for hint, true in said if true)


@lru_cache(maxsize=4096)
def _possible(marks: frozenset[str], hints: int) -> tuple[tuple[Needed, re.Pattern[str]], ...]:
    """List the forms that a text of these marks and hints may hold, with what of it is still to be looked for."""
    found: list[tuple[Needed, re.Pattern[str]]] = []
    for hint, needed, form in _LOCKS:
        if hint and not hint & hints:
            continue
        if isinstance(needed, tuple):
            needed = tuple(n for n in needed if not _MARKS.intersection(n) - marks)
            if needed:
                found.append((() if any(n in marks for n in needed) else needed, form))
        elif _PATTERN_MARKS.get(needed, ".") in marks:
            found.append((needed, form))
    return tuple(found)


def locked(raw: str, marks: frozenset[str], hints: int) -> Iterator[Span]:
    """Yield the spans of a text that are locked by their form; ``marks`` and ``hints`` are what it has of each."""
    asked: Needed = ()
    there = True
    for needed, form in _possible(marks, hints):
        if needed is not asked:
            asked, there = needed, _holds(raw, needed)
        if there:
            for m in form.finditer(raw):
                portion = _PORTION.match(raw, m.start()) if "/" in m[0] else None
                if portion is None or portion.end() < m.end():
                    yield m.span()
    if "\n" in raw:
        lines = [m.span() for m in _OPTION_LINE.finditer(raw)]
        if len(lines) > 1 or (lines and raw[: lines[0][0]].rstrip().endswith(":")):
            yield from lines  # "Use bullet points such as: * Point 1"
        if len(lines) > 1:
            for m in _OPTIONS_HEAD.finditer(raw):
                yield m.span()
        if not marks.isdisjoint("=({"):
            yield from programs(raw)
        if raw.count(",") > 5 and raw.count("\n") > 1:
            yield from tables(raw)
    # Long forms over whole texts are slow: a word that each of them needs is looked for first.
    if hints & _MATERIAL_WORD and (":" in raw or "\n" in raw):
        material = _MATERIAL.search(raw)
        if material and material.end() < len(raw):
            yield material.end(), len(raw)
    low = raw.lower() if hints & (_SPELT_WORD | _ORDER_WORD) else ""
    for known, first, form in ((_SPELT_WORD, _SPELT, _SPELT), (_ORDER_WORD, _ORDER_LOWER, _ORDER)):
        if hints & known and first.search(low):
            for start, end in Text(raw).sentences():
                if form.search(raw, start, end):
                    yield start, end


# "1/3 of the cake", "2 3/4 cups": a portion of something in a sentence, a number and no formula.
_PORTION = re.compile(
    r"\d/(?:[2-9]|1\d|20|100)(?:rds?|ths?)?\b(?= (?:[a-z]{3,}|of|an?|is|as|to|in|on|at|by)\b(?! ?[=+*/^]))"
)


def _holds(raw: str, needed: Needed) -> bool:
    if isinstance(needed, tuple):
        for literal in needed:
            if literal in raw:
                return True
        return not needed
    return needed.search(raw) is not None
