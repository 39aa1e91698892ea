"""How one asks for what is gone, and what its writer would answer ("How many eggs?", "16 eggs.")."""

from __future__ import annotations

from perturb.core.text import SLOT, WORD, Text
from perturb.core.values import number_value

_NO_THINGS = frozenset("does this always years-old hers ours theirs was has is as yes less plus minus times".split())


def ask_number(source: Text, start: int, end: int) -> str:
    """Write the question that asks for a lost number ("16 eggs" -> "How many eggs?")."""
    return number_asked(source, start, end)[0]


def number_asked(source: Text, start: int, end: int) -> tuple[str, str]:
    """Write the question for a lost number and the answer to it ("16 eggs" -> "How many eggs?", "16 eggs.")."""
    text = source.raw[start:end].strip()
    plain = reply(text, "number")
    if text[:1] in "$€£¥₹" or text[-1:] in "€£":
        return "How much money is it?", plain
    if text.endswith("%") or "percent" in text.lower():
        return "What percentage is it?", plain
    unit = WORD.findall(text)
    if len(unit) > 1 and unit[-1].isalpha() and number_value(unit[-1]) is None:
        if unit[-1].lower() in ("am", "pm"):
            return "At what time?", plain
        many = unit[-1].lower() if unit[-1].endswith("s") or len(unit[-1]) < 4 else unit[-1].lower() + "s"
        return f"How many {many}?", plain
    thing = _counted(source, end)
    if thing:
        return f"How many {thing}?", reply(f"{text} {thing}", "number")
    before = " ".join(source.raw[:start].rsplit(None, 3)[-3:])
    return (f"Which number comes after “{before}”?" if before else "Which number is it?"), plain


def _counted(source: Text, end: int) -> str:
    """Find what a number counts in the words behind it ("16 big red buses" -> "buses"), "" where nothing is plain."""
    for m in WORD.finditer(source.raw, end):
        if "." in source.raw[end : m.start()] or source.mask[m.start()] == SLOT:
            break
        if m[0].isalpha() and len(m[0]) > 3 and m[0].endswith("s") and m[0].lower() not in _NO_THINGS:
            return m[0].lower()
        if m.start() > end + 30:
            break
    return ""


def reply(text: str, kind: str) -> str:
    """Write what a person answers who is asked for this ("my card" -> "My card."; a question or a rest as it was)."""
    said = " ".join(text.split())
    if kind in ("question", "rest"):
        return said
    said = said.strip(' ,;:-–—"“”()[]')
    if kind == "name":
        said = said.removesuffix("'s").removesuffix("’s").rstrip("'’")
    if not said:
        return " ".join(text.split())
    return said[0].upper() + said[1:] + ("" if said[-1] in ".?!" else ".")
