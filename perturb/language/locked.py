"""Locked text: forms that nothing may change (code, mathematics, links, quotations, options, orders about the answer)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perturb.core.text import Text

Span = tuple[int, int]

_DOTTED = re.compile(r"\.[a-z_]")
# (what must stand in the text: one of some literals, or a cheap form; the form). The test spares most texts the form.
_LOCKS: tuple[tuple[tuple[str, ...] | re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (needed, re.compile(form, flags))
    for needed, form, flags in (
        (("```", "~~~"), r"(```|~~~).*?(?:\1|\Z)", re.S),
        (("`",), r"(?<!`)(`{1,2})(?!`)[^`\n]+\1(?!`)", 0),
        (("[asy]",), r"\[asy\].*?(?:\[/asy\]|\Z)", re.S),
        (("\\begin",), r"\\begin\{(\w+\*?)\}.*?(?:\\end\{\1\}|\Z)", re.S),
        (("\\[", "\\("), r"\\\[.*?\\\]|\\\(.*?\\\)", re.S),
        # the run up to the next mark is taken whole (as an atomic group would, before Python 3.11)
        (("$",), r"\$\$.+?\$\$|(?<![\\$])\$(?=\S)(?=([^$]{0,400}))\1(?<=[^\s\\])\$(?!\d)", re.S),
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
        ((") ", ". ", ": ", ")\n", ".\n", ":\n"), r"[A-J](?<!\S.)[).:](?=\s)", 0),
        (("II", "IV", "VI", "IX", "XI", "XV", "XX"), r"[IVX](?<!\w.)[IVX]+\b(?!')", 0),
        (re.compile(r"[IVX]\.\s"), r"(?m:^)[IVX]{1,4}\.(?=\s)", 0),
        (("|",), r"\|", 0),
    )
)  # fmt: skip

_ORDER = re.compile(
    r"\b(?:your (?:final |entire |whole )?(?:answer|response|reply|output)\b(?: (?:should|must|in|as|with|to|is)\b)?"
    r"|(?:answer|respond|reply) (?:with|in|using|only|by)\b"
    r"|in (?:json|xml|yaml|csv|markdown|latex|html)\b"
    r"|(?:at least|at most|less than|more than|fewer than|exactly|around|about|maximum|minimum)(?: of)? \w+ "
    r"(?:words?|sentences?|paragraphs?|bullet|sections?|letters?|lines?|times|stanzas?|capital)"
    r"|(?:do not|don't|never|without|avoid|no) (?:us(?:e|ing)|includ\w+|contain\w*|mention\w*|any commas?)"
    r"|\d+\+? words?\b|all (?:lowercase|uppercase|caps|capital)|in (?:lowercase|uppercase)"
    r"|as an? (?:list|table|integer|decimal|fraction|percentage|comma)|in (?:the|this) (?:form|format)\b"
    r"|rounded? to|simplest form|lowest terms|enter (?:your|the)|wrap |highlight|postscript|starts? with|ends? with|end your)",
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
    "simplest lowest enter wrap highlight postscript start starts end ends used included contains".split()
)


def locked(raw: str, written: Iterable[str]) -> Iterator[Span]:
    """Yield the spans of a text that are locked by their form; ``written`` are its words."""
    for needed, form in _LOCKS:
        if isinstance(needed, re.Pattern):
            if needed.search(raw):
                for m in form.finditer(raw):
                    yield m.span()
            continue
        for literal in needed:
            if literal in raw:
                for m in form.finditer(raw):
                    yield m.span()
                break
    if "\n" in raw:
        lines = [m.span() for m in _OPTION_LINE.finditer(raw)]
        if len(lines) > 1:
            yield from lines
            for m in _OPTIONS_HEAD.finditer(raw):
                yield m.span()
    # Long forms over whole texts are slow: a word that each of them needs is looked for first.
    low = set(map(str.lower, written))
    if not low.isdisjoint(_MATERIAL_WORDS) and (":" in raw or "\n" in raw):
        material = _MATERIAL.search(raw)
        if material and material.end() < len(raw):
            yield material.end(), len(raw)
    for known, first, form in ((_SPELT_WORDS, _SPELT, _SPELT), (_ORDER_WORDS, _ORDER_LOWER, _ORDER)):
        if not low.isdisjoint(known) and first.search(raw.lower()):
            for start, end in Text(raw).sentences():
                if form.search(raw, start, end):
                    yield start, end
