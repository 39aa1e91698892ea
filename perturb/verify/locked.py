"""What of a text must come through letter by letter: code, mathematics, links, placeholders, quotations, the answer.

Written anew, not taken from the mask, and narrower than it: only forms of which nobody could say that a person retyped them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORMS = tuple(
    re.compile(form, flags)
    for form, flags in (
        (r"```.*?```", re.S),
        (r"\[asy\].*?\[/asy\]|\\begin\{(\w+\*?)\}.*?\\end\{\1\}|\\\[.*?\\\]|\\\(.*?\\\)", re.S),
        (r"(?<!`)`[^`\n]+`(?!`)", 0),
        (r"\$\$.+?\$\$", re.S),
        (r"(?<![\\$\w])\$(?=\S)(?:[^$\n]*[\\^_={+][^$\n]*|[^$\d\s][^$\s]{0,11}|[A-Za-z] - [A-Za-z])\$(?!\d)", 0),
        (r"\\[a-zA-Z]{2,}(?:\{[^{}\n]*\})*", 0),
        (r"\bhttps?://[^\s<>\"')\]]*[\w/]", 0),
        (r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", 0),
        (r"\{\{?[A-Za-z_]\w*\}\}?", 0),
        (r"</?[A-Za-z_]\w*>", 0),
        (r"(?<!\w)_{2,}(?!\w)", 0),
        (r"(?<!\w)\"(?=\S)[^\"\n]{1,120}(?<=\S)\"(?!\w)", 0),
        (r"(?<!\w)'(?=\S)[^'\n]{1,100}(?<=\S)'(?!\w)", 0),
        (r"“[^”\n]{1,120}”", 0),
        (r"\b\w*_\w+\b", 0),
        (r"\b[a-z]\w*(?:\.[a-z_]\w+)+(?:\([^()\n]*\))?|\b\w+\([^()\n]{0,60}\)", 0),
        (r"(?<![\w/])/(?:[\w.-]+/)*[\w-]+\.\w+", 0),
        (r"(?<!\w)\[[A-Za-z][^\[\]\n]{0,60}\](?!\()", 0),
        (r"^[ \t]*>>>.*$", re.M),
        (r"(?m)^[ \t]*\([A-Z]\)[ \t]+\S[^\n]*$", 0),
        (r"\b(?:II|III|IV|VI|VII|VIII|IX)\b(?!')", 0),
    )
)
# Sentences that say what form the answer is to have: a checker or a scorer counts on each word of them.
_ORDERS = re.compile(
    r"(?<![^\s.?!])[^\s.?!][^.?!\n]*?\b(?:express your answer|round your answer|your (?:answer|response) (?:should|must)|answer in (?:fewer|less|at most)"
    r"|(?:respond|reply|answer) (?:only )?(?:in|with|using) (?:json|one word|yes or no)|at least \d+ (?:times|words|sentences)"
    r"|do not use any commas|wrap your)\b[^.?!\n]*",
    re.I,
)


def locked_strings(text: str, terms: Iterable[str] = ()) -> list[tuple[int, str]]:
    """List what must stay in a text with where it begins ("Run `ls`." -> [(4, "`ls`")]).

    ``terms`` are strings that must stay wherever they stand whole, in any case: the gold answer, options, the user's own. Of
    spans that overlap the longest counts.
    """
    found = [m.span() for form in (*_FORMS, _ORDERS) for m in form.finditer(text)]
    bullets = list(re.finditer(r"^[ \t]*(?:[-*•]|[A-Z][.)])[ \t]+\S.*$", text, re.M))
    found += [m.span() for m in bullets] if len(bullets) > 1 else []
    for term in {t.strip() for t in terms}:
        if len(term) > 1 or term.isdigit():
            found += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.I)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return [(start, text[start:end]) for start, end in kept]


def out_of_place(source: str, variant: str, terms: Iterable[str] = ()) -> list[tuple[str, str]]:
    """List the locked strings that a variant lost or put in another order (-> [("lost", "`ls`")])."""
    at, out = 0, []
    for _, string in locked_strings(source, terms):
        here = variant.find(string, at)
        if here < 0:
            out.append(("moved" if string in variant else "lost", string))
        else:
            at = here + len(string)
    return out
