"""The mask: what the answer may depend on, by rules. Locked text, then numbers, then words and names.

One pass per item; its variants share the result. Rules know characters, not meaning.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Iterable, Iterator, Sequence

from perturb.core.text import FREE, LOCKED, NAME, SLOT, WORD, Text
from perturb.language.lexicon import rows, words

Span = tuple[int, int]

# (literals one of which must stand in the text, form); the literal test spares most texts the regular expression.
_LOCKS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (literals, re.compile(form, flags))
    for literals, form, flags in (
        (("```", "~~~"), r"(```|~~~).*?(?:\1|\Z)", re.S),
        (("`",), r"(?<!`)(`{1,2})(?!`)[^`\n]+\1(?!`)", 0),
        (("[asy]",), r"\[asy\].*?(?:\[/asy\]|\Z)", re.S),
        (("\\begin",), r"\\begin\{(\w+\*?)\}.*?(?:\\end\{\1\}|\Z)", re.S),
        (("\\[", "\\("), r"\\\[.*?\\\]|\\\(.*?\\\)", re.S),
        (("$",), r"\$\$.+?\$\$|(?<![\\$])\$(?=\S)[^$]{0,400}?(?<=[^\s\\])\$(?!\d)", re.S),
        (("\\",), r"\\[A-Za-z]+(?:\[[^\[\]]*\])?(?:\{[^{}]*\})*", 0),
        (("://", "www."), r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.)[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]", re.I),
        (("@",), r"[\w.+-]+@[\w-]+\.[\w.-]*\w|(?<!\w)@\w+", 0),
        (("#",), r"(?<!\w)#\w+", 0),
        (("/", "\\"), r"(?<![\w/\\])(?:[A-Za-z]:\\|~/|\.{1,2}/|/)(?:[\w.-]+[/\\])*[\w.-]*\w", 0),
        ((".",), r"\b[\w-]+\.(?:py|txt|csv|tsv|json|jsonl|ya?ml|xml|html?|md|pdf|docx?|xlsx?|png|jpe?g|gif|js|ts|c|cpp|h|"
                 r"java|rb|go|rs|sh|sql|zip|log|com|org|net|io|gov|edu|co\.uk)\b", 0),  # fmt: skip
        ((".",), r"\b[a-z_]\w+(?:\.[a-z_]\w+)+\b", 0),
        (("{",), r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\}){0,2000}\}", 0),
        (("<",), r"</?[A-Za-z_][^<>\n]{0,60}>", 0),
        (("[",), r"\[[^\[\]\n]{0,60}\](?:\([^()\s]*\))?", 0),
        (("_",), r"\w*_[\w_]*", 0),
        (("%",), r"%(?:\(\w+\))?[sdif]\b", 0),
        (('"',), r"\"[^\"\n]{1,300}\"", 0),
        (("“", "«", "‘"), r"“[^”\n]{1,300}”|«[^»\n]{1,300}»|‘[^’\n]{1,300}’(?!\w)", 0),
        (("'",), r"(?<!\w)'[^'\n]{1,120}'(?!\w)", 0),
        (("(",), r"\b\w+\((?:[^()\n]|\([^()\n]*\)){0,80}\)|\((?:\s*[-+]?(?:\d[\d.]*|[A-Za-z])\s*[,;]?)+\)", 0),
        (("=", "^", "+", "*", "<", ">", "/", "≤", "≥", "×", "÷", "−", "√", "→", "·"),
         r"(?<![\w$])[-+√]?(?:\d+(?:[.,]\d+)*|[A-Za-z]\d*|\d*[a-z])(?:\([^()\s]*\)|'+)?"
         r"(?:\s*(?:[=^+*<>/≤≥×÷−·]|->|→| - )\s*[-+√]?(?:\d+(?:[.,]\d+)*\w?|[A-Za-z]\d*(?![a-z])|\([^()\n]*\)))+", 0),  # fmt: skip
        (("=", "^"), r"\S*[=^](?:\S*[^\s.,;:!?])?", 0),
        ((")", ".", ":"), r"(?<![\w])(?:\([A-Z]\)|\((?:i{1,3}|iv|vi{0,3})\)|(?<!\S)[A-J][).:](?=\s))", 0),
        (("I", "V", "X"), r"\b(?:I[IVX]+|VI{0,3}|XI{0,3}|IX|IV)\b(?!')|\b[IVX]{1,4}\.(?=\s)", 0),
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
_OPTION_LINE = re.compile(r"^[ \t]*(?:\([A-Z]\)|[A-Z][).:]|[-•*]|\d{1,2}[).])[ \t]+\S.*$", re.M)
_OPTIONS_HEAD = re.compile(r"^[ \t]*(?:options|choices|answers?)[ \t]*:[ \t]*$", re.I | re.M)

_NUMBER = re.compile(
    r"(?:[$€£¥₹]\s?|#|\bno\. ?)?[-+−]?(?<![A-Za-z])(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[:/.-]\d+)*(?:st|nd|rd|th|s|k|K|M|bn|x)?\b\+?"
    r"(?:\s?[%°‰]\s?[CF]?\b|\s?[ap]\.?m\b\.?|\s?[€£])?|[$€£]|[¼½¾⅓⅔⅛]|\d+"
)
_NT = ("n't", "n’t")
_CAMEL = re.compile(r"[a-z]+[A-Z]|[A-Za-z]+\d|\d+[A-Za-z]")
_IDENTIFIER = re.compile(r"[a-z]{2,}\d*(?:[A-Z][a-z0-9]+)+")  # userName, not iPhone or macOS
_MONTHS = frozenset({"March", "May"})  # words too, unlike June
_LINKS = frozenset({"of", "the", "de", "la", "van", "von", "and", "&", "del", "di", "for", "in"})


@lru_cache(maxsize=None)
def slot_kinds(lang: str = "en") -> dict[str, str]:
    """Read the words a right answer may hang on ("never" -> "negation")."""
    return {row[0]: row[1] for row in rows("slots", lang)}


@lru_cache(maxsize=None)
def _common(lang: str = "en") -> frozenset[str]:
    return words("functions", lang) | words("polite", lang) | frozenset(slot_kinds(lang))


@lru_cache(maxsize=None)
def _known(lang: str = "en") -> frozenset[str]:
    return words("words", lang) | words("words", f"{lang}_wordnet")


def _unknown(low: str) -> bool:
    """Tell whether a short word at a sentence's start is in no list, so that it is likely a name ("Jamaar")."""
    return len(low) <= 8 and low not in _known() and not low.endswith(("ing", "ly", "ed", "s"))


@lru_cache(maxsize=None)
def _first_names(lang: str = "en") -> frozenset[str]:
    return frozenset(w.lower() for w in words("names", lang))


def protected(raw: str, *, lock: Iterable[Span] = (), terms: re.Pattern[str] | None = None, info: Any = None) -> Text:
    """Make a Text with its mask ("It costs $48." -> "$48" a slot, the rest free).

    ``lock`` are spans locked by the item's profile, ``terms`` the user's own, ``info`` an analysis whose entities
    become names.
    """
    mask = bytearray(len(raw))
    for start, end in _locked(raw):
        mask[start:end] = b"\3" * (end - start)
    for start, end in lock:
        mask[start:end] = b"\3" * (end - start)
    if terms is not None:
        for m in terms.finditer(raw):
            mask[m.start() : m.end()] = b"\3" * (m.end() - m.start())
    tokens = [(m.start(), m[0]) for m in WORD.finditer(raw)]
    _numbers(raw, mask, tokens)
    _words(raw, mask, tokens)
    if info is not None:
        for start, end, label in info.ents:
            level = SLOT if label in _SLOT_ENTITIES else NAME
            for i in range(start, end):
                mask[i] = max(mask[i], level)
    text = Text(raw, bytes(mask), info=info)
    text._all = tokens
    return text


_SLOT_ENTITIES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})


def _locked(raw: str) -> Iterator[Span]:
    for literals, form in _LOCKS:
        for literal in literals:
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
    if _ORDER.search(raw):
        for start, end in Text(raw).sentences():
            if _ORDER.search(raw, start, end):
                yield start, end


def _numbers(raw: str, mask: bytearray, tokens: Sequence[tuple[int, str]]) -> None:
    """Mark numbers with their signs and units ("5 kg", "$3.50", "40 %") as slots."""
    kinds = slot_kinds()
    ends: dict[int, str] = {}
    for m in _NUMBER.finditer(raw):
        _raise_level(mask, m.start(), m.end(), SLOT)
        ends[m.end()] = m[0]
    last_was_number = -1
    for start, word in tokens:
        low = word.lower()
        if not word.isalpha() and mask[start : start + len(word)].count(SLOT):
            _raise_level(mask, start, start + len(word), SLOT)  # "10am", "5mg", "H2O" are one value
            ends[start + len(word)] = word
        if kinds.get(low) == "unit" or word in _SHORT_UNITS:
            gap = start - 1
            if start > 0 and raw[gap] in " -/" and (gap in ends or gap == last_was_number):
                _raise_level(mask, gap, start + len(word), SLOT)
                if raw[start + len(word) : start + len(word) + 1] == "/":
                    ends[start + len(word)] = word  # "5 mg/kg"
            elif start in ends:
                _raise_level(mask, start, start + len(word), SLOT)
        last_was_number = start + len(word) if kinds.get(low) == "number" else -1


_SHORT_UNITS = frozenset("m g l L h s ft am pm AM PM cm mm km kg mg ml mL lb lbs oz min sec hr hrs V W J N Hz K C F".split())


def _words(raw: str, mask: bytearray, tokens: Sequence[tuple[int, str]]) -> None:
    """Mark slot words and names; a capital counts where no sentence begins."""
    kinds, common = slot_kinds(), _common()
    shouting = raw.isupper()
    titled: set[str] = set()
    doubtful: list[tuple[int, str]] = []
    for i, (start, word) in enumerate(tokens):
        low = word.lower()
        kind = kinds.get(low) or kinds.get(low.replace("’", "'").removesuffix("'s"))
        if kind is not None:
            if kind != "unit":
                _raise_level(mask, start, start + len(word), SLOT)
            continue
        if low.endswith(_NT) or (len(low) > 3 and "'" in low.replace("’", "'") and low.replace("’", "'").split("'")[0] in _ASKING):
            _raise_level(mask, start, start + len(word), SLOT)
            continue
        first = word[0]
        if first.islower() and _CAMEL.match(word):
            code = _IDENTIFIER.fullmatch(word)
            _raise_level(mask, start, start + len(word), LOCKED if code else NAME)
            continue
        if word in _MONTHS and _dated(raw, tokens, i):
            _raise_level(mask, start, start + len(word), SLOT)
            continue
        if low == word or shouting or low == "i" or low[:2] in ("i'", "i’"):
            if low == word and low in _first_names() and not _is_word(low):
                _raise_level(mask, start, start + len(word), NAME)
            continue
        if word.isupper() and len(word) > 1:
            _raise_level(mask, start, start + len(word), NAME)
        elif first.isupper():
            if _begins(raw, mask, start):
                doubtful.append((i, low))
            else:
                titled.add(low)
                _name(raw, mask, tokens, i)
    for i, low in doubtful:
        start, word = tokens[i]
        base = low.replace("’", "'").removesuffix("'s")
        follows = i + 1 < len(tokens) and mask[tokens[i + 1][0]] == NAME and raw[start + len(word) : tokens[i + 1][0]] == " "
        if base not in common and (base in titled or base in _first_names() or follows or _unknown(base) or (base != low and base not in _ASKING)):
            _name(raw, mask, tokens, i)


_ASKING = frozenset("what who where when how which why".split())
_WORDLIKE = frozenset("will may mark grace hope faith joy rose bill art jack drew pat sue ray dean grant chase rich frank "
                      "christian guy miles dale lane penny ruby amber violet iris ivy april june august summer autumn "
                      "melody harmony olive pearl jade crystal daisy lily misty sandy".split())  # fmt: skip


def _dated(raw: str, tokens: Sequence[tuple[int, str]], i: int) -> bool:
    """Tell whether "May" or "March" is a month: a number beside it, or a word that months follow ("in May")."""
    around = [tokens[j][1].lower() for j in (i - 1, i + 1) if 0 <= j < len(tokens)]
    return any(w[0].isdigit() for w in around) or (i > 0 and around[0] in _BEFORE_MONTHS)


_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rev)\Z")
_BEFORE_MONTHS = frozenset("in of since until till last next this by during early late mid every".split())


def _is_word(low: str) -> bool:
    return low in _WORDLIKE


def _begins(raw: str, mask: bytearray, start: int) -> bool:
    at = start - 1
    while at >= 0 and raw[at] in " \t\"'“‘(*-•":
        at -= 1
    if raw[max(at, 0) : at + 1] == "." and _TITLED.search(raw, max(0, at - 5), at):
        return False
    return at < 0 or raw[at] in ".!?:\n;…|])" or mask[at] == LOCKED


def _name(raw: str, mask: bytearray, tokens: Sequence[tuple[int, str]], i: int) -> None:
    """Mark a name and, where the word before is one too, what joins them ("Bank of England")."""
    start, word = tokens[i]
    _raise_level(mask, start, start + len(word), NAME)
    for back in (1, 2):
        if i - back < 0:
            return
        before, linked = tokens[i - back]
        if mask[before] == NAME and raw[before + len(linked) : start].replace("-", " ").strip() in ("", *_LINKS):
            _raise_level(mask, before, start, NAME)
            return
        if linked.lower() not in _LINKS:
            return


def _raise_level(mask: bytearray, start: int, end: int, level: int) -> None:
    for i in range(start, end):
        if mask[i] < level:
            mask[i] = level


__all__ = ["FREE", "LOCKED", "protected", "slot_kinds"]
