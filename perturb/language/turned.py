"""Direct questions made clauses: "where can I pay" -> "where I can pay", as they stand behind "could you tell me"."""

from __future__ import annotations

import re

from perturb.core.text import Edit

# A direct question that is easily made a clause: its verb moves behind its subject.
_WHO = r"(?P<who>I|i|we|you|they|it|there|(?:this|that)(?= (?:possible|happening|for|about|taking|so|not|being|still)\b|[?.!]?$))\b"
_TURNED = re.compile(
    r"(?P<wh>[Ww]hat|[Ww]here|[Ww]hen|[Ww]hy|[Hh]ow(?: long| much| many)?|[Ww]ho|[Ww]hich) "
    rf"(?P<be>is|are|was|can|could|should|will|would|do) {_WHO}"
)
_WHETHER = re.compile(rf"(?P<be>[Ii]s|[Aa]re|[Ww]as|[Cc]an|[Ww]ill|[Ss]hould|[Aa]m|[Dd]o) {_WHO}")
_DOES = re.compile(
    r"(?:[Hh]ow|[Ww]hat|[Ww]hy)(?: long| much)? (?P<be>does) (?P<who>it) (?P<verb>take|cost|mean|work|need)\b"
)
_NAMED = re.compile(
    r"(?P<wh>[Ww]hat|[Ww]here|[Ww]hen|[Ww]ho) (?P<be>is|are) (?:the|my|your|our)(?: (?!that|which|who|when|if|to|can|do|is|are|not|still)[a-z'-]+){1,4}(?=[?.]?$)"
)
_NEEDS = re.compile(r" (?:need|have|want|look|feel)\b")


def moved(said: str) -> list[Edit]:
    """Put a question's verb behind its subject: edits ("What is my rate?" -> those of "What my rate is?"), [] where that is hard."""
    if m := _DOES.match(said):
        return [(m.start("be"), m.end(), f"it {m['verb']}s")]
    if m := _NAMED.match(said):
        return [(m.start("be"), m.end("be") + 1, ""), (m.end(), m.end(), f" {m['be']}")]
    if m := _TURNED.match(said):
        be, who = m["be"], m["who"]
        if be != "do":
            return [(m.start("be"), m.end(), f"{who} {be}")]
        how_to = who in "Ii" and m["wh"].lower() in ("how", "where") and not _NEEDS.match(said, m.end())
        return [] if who in ("it", "there") else [(m.start("be"), m.end(), "to" if how_to else who)]
    m = _WHETHER.match(said)
    if m is None or m["who"] == "you" or (m["be"].lower() == "do" and m["who"] in ("it", "there")):
        return []
    return [(0, m.end(), f"if {m['who']}" + ("" if m["be"].lower() == "do" else f" {m['be'].lower()}"))]
