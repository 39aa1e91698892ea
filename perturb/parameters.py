"""What the shipped transforms' parameters mean and may be: for `perturb show`, `perturb lint` and the docs."""

from __future__ import annotations

import re
from pathlib import Path

from perturb.core.errors import did_you_mean
from perturb.core.registry import Transform
from perturb.resources import root

MEANINGS = {
    "action": "what happens to a letter: swap, insert, substitute or delete",
    "around": "sentences of the passage that stay before and behind the answers",
    "bare": "content words alone, without marks and small words",
    "channel": "where the text is cut: sms 160, tweet 280, chat 255, subject 60, push 50 characters; instead of chars",
    "chars": "characters that stay",
    "ellipsis": "end the cut text in ...",
    "first": "which sentence goes first: one of words alone, or one with numbers",
    "held": "chance that shift is held for two letters, rather than missed",
    "hyphens": "chance that a word at a line's end is hyphenated",
    "keep": "words that always stay",
    "keyboard": "the keyboard's layout",
    "longer_than": "only words of more letters than this",
    "longest": "words that a query has at most",
    "near": "a sentence on the text's own topic, where it has a clear one",
    "numbers": "a sentence that names a number, and no other",
    "scope": "all: the whole text; word: one word that bears feeling",
    "stops": "keep full stops",
    "style": "the first label as it is to be: A, (A), a), 1., none",
    "typist": "who types (docs/typing.md)",
    "up_to": "the greatest number that is written as a word",
    "values": "question words, negations and quantities are misheard too (digits never)",
    "wer": "word error rate: share of words misheard",
    "whole_words": "cut between words",
    "width": "characters a line",
    "register": "how people write there: customer, chat, sms or social",
    "nlpaug.augment: name": "nlpaug's augmenter (docs/resources.md)",
    "choices.shuffle: numbers": "numbers in order are mixed like all options, or reversed",
    "vague.entity: all": "every mention that grammar allows, not one",
    "talk": "words are put right, hardly ever a question's beginning",
    "disfluency.repair: values": "numbers are put right too (20 no make that 10)",
    "asr.respell: names": "one writes oneself with a capital (I)",
    "asr.mishear: names": "what is heard may have capitals",
    "asr.plain: names": "keep the capitals of names",
}
WORDS = {
    "case.caps: scope": ("all", "word"),
    "choices.shuffle: numbers": ("mixed", "reversed"),
    "cut.sentence: first": ("words", "numbers"),
}
# Parameters that name a table: the folder in data/ that holds the shipped ones.
TABLES = {
    "contraction: words": "contractions",
    "distract: table": "distract",
    "filler: words": "fillers",
    "greeting: words": "greetings",
    "hedge: words": "hedges",
    "key: keyboard": "keyboards",
    "misspelling: table": "misspellings",
    "nlpaug: table": "reserved",
    "premise: table": "premise",
    "punct.hyphen: table": "hyphens",
    "punct.stray: table": "marks",
    "realword: keyboard": "keyboards",
    "realword: table": "realword",
    "refer: names": "names",
    "send: words": "hedges",
    "slang: tags": "slang",
    "slang: words": "slang",
    "space: table": "space",
    "synonym: words": "synonyms",
    "typo: keyboard": "keyboards",
    "vague: adjectives": "vague",
    "vague: names": "names",
    "vague: words": "hypernyms",
}


def topic(t: Transform, key: str) -> str:
    """Name the folder in ``data/`` that a parameter's tables are of (slang.texting's "words" -> "slang"), "" for others."""
    if t.plugin or not isinstance(t.params[key].default, str):
        return ""
    return TABLES.get(f"{t.name}: {key}") or TABLES.get(f"{t.family}: {key}", "")


def meaning(t: Transform, key: str) -> str:
    """Say what a parameter of a shipped transform means ("keep" -> "words that always stay"), "" for a plugin's."""
    if t.plugin:
        return ""
    said = MEANINGS.get(f"{t.name}: {key}") or MEANINGS.get(key, "")
    folder = topic(t, key)
    return "; ".join(filter(None, (said, f"a table of data/{folder}, or your own .tsv" if folder else "")))


def out_of_range(t: Transform, key: str, value: object) -> str:
    """Say why a shipped transform's parameter cannot be that ("keep" of -3), "" where it can."""
    if t.plugin or isinstance(value, bool):
        return ""
    words = WORDS.get(f"{t.name}: {key}", ())
    if words and value not in words:
        return f"must be {' or '.join(words)}, not {value!r}{did_you_mean(str(value), words)}"
    if isinstance(t.params[key].default, float) and isinstance(value, float) and not 0 <= value <= 1:
        return f"must be a number from 0 to 1, not {value:g}"
    if isinstance(value, int) and value < 0:
        return f"must be a whole number of 0 or more, not {value}"
    return ""


def columns(folder: str, name: str) -> str:
    """Give a shipped table's columns as its first lines say them ("slang", "clips" -> "key, informal, …")."""
    path = root("data") / folder / f"{name}.tsv"
    head = path.read_text("utf-8").split("\n")[:8] if path.is_file() else []
    return " ".join(line.removeprefix("# columns: ") for line in head if line.startswith("# columns: "))


def misfit(t: Transform, params: dict[str, object], own: str) -> str:
    """Find what makes a user's table none for a step ("mine.tsv:3: found 'abc' in column 3; expected a number…")."""
    from perturb.language.lexicon import numbered, rows

    key = next(k for k, v in params.items() if v == own)
    folder, default = topic(t, key), str(t.params[key].default)
    if not folder or not (root("data") / folder / f"{default}.tsv").is_file():
        return f"{own}: is no table for this step"
    shipped = rows(folder, default)
    named = re.sub(r" \([^()]*\)", "", columns(folder, default))
    short = (
        " (or key, short form, weight, conditions)" if folder == "slang" and named.startswith("key, informal") else ""
    )
    expected = f"expected the columns of data/{folder}/{default}.tsv: {named}{short}"
    numeric = [i for i in range(len(shipped[0])) if all(_is_number(row[i]) for row in shipped)]
    for line, row in numbered(Path(own)):
        for i in numeric:
            if i < len(row) and (i == 2 or len(row) == len(shipped[0])) and not _is_number(row[i]):
                return f"{own}:{line}: found {row[i]!r} in column {i + 1}, expected a number; {expected}"
    for line, row in numbered(Path(own)):
        if len(row) < len(shipped[0]):
            return f"{own}:{line}: found {len(row)} columns; {expected}"
    return f"{own}: is no table for this step; {expected}"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
