"""Programs that stand in a text without a fence: lines that can only be code, and what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

FEWEST = 3  # lines of code; with fewer a text may only look so ("x = 5")
_GAP = 3  # lines between two of code that belong to them, where none is prose
_LONGEST = 400  # characters of a line of code
_SIGNS = frozenset("=([.:'\"<>")

_NAME = r"[\w.\[\]\"'*&$@>-]+"
_CODE = re.compile(
    r"[ \t]*(?:"
    r"(?:async )?(?:def|class|struct|interface|contract|enum)[ ]\w.*[:{]"
    r"|import [\w.]+(?: as \w+)?(?:, ?[\w.]+)*;?|import .*[\"'];?|from [\w.]+ import \S.*|#include\b.*|<\?php.*"
    r"|(?:(?:public|private|protected|static|final|const|let|var|val|int|long|float|double|char|bool|boolean|string|String|auto|unsigned)[ ])*"
    + _NAME
    + r"(?: ?: ?[\w.\[\], ]+)? ?(?:[-+*/|&^%.:]|\*\*|//|<<|>>)?=(?![=>]).*"
    r"|(?:if|elif|else if|} else|while|for|switch|case|try|except|else|with|catch|do)\b.*[:{]"
    r"|(?:return|throw|raise|yield|break|continue)(?: \S+)?;?"
    r"|(?:\$ |> |PS [A-Z]:|#!).*|(?:docker|git|pip3?|npm|npx|sudo|cd|apt-get|curl|wget|mkdir|chmod|export|conda|yarn|brew|kubectl|ssh) .*"
    r"|(?:fi|done|esac|then|do|else)|(?:if|elif|while|until) \[.*|-{1,2}\w[\w-]*\)|[\w.$]+ ?<- ?.*|set -\w.*"
    r"|[\w.$]+\(.*\)?[;,:{]?|(?:namespace|package|use|using|pragma|break|end)\b[^.?!]*;"
    r"|\w[\w<>*]*(?: [*&]?\w+){1,2};|\.\w+(?:[ \t]+\S+){0,3}|\w+:|\w{1,7}[ \t]+\$?\w+(?:,[ \t]*[\w$()-]+)+"
    r"|</?[a-zA-Z!][^>]*>.*|[\"']?\w+[\"']? ?: ?[\w\"'\[{].*,|[\])}(\[{]+[;,)]*|;;|[\"'].*,"
    r")[ \t]*(?:(?://|#).*)?",
)
_REMARK = re.compile(r"[ \t]*(?:#|//|--|/?\*|;)|[ \t]*$")
# A line that says something: many words and no sign of a program, or a sentence with its mark.
_PROSE = re.compile(r"[ \t]*(?:[A-Z\"“][^=;{}<>]*[a-z][.?!:]|(?:[A-Za-z'’,]+ ){5,}[^=;{}<>()]*)[ \t]*")


# "2022-01-01,150.02,155.28": a line of a table, its cells short.
_ROW = re.compile(r"[ \t]*[^\s,][^,\n]{0,24}(?:,[ \t]?[^\s,][^,\n]{0,24}){2,}")


def tables(raw: str) -> Iterator[tuple[int, int]]:
    """Find what is handed over as a table, three lines and more of as many cells ("a,b,c\n1,2,3\n4,5,6")."""
    start = at = 0
    cells, run = 0, 0
    for line in [*raw.split("\n"), ""]:
        n = line.count(",") if _ROW.fullmatch(line) else 0
        if n and n == cells:
            run += 1
        else:
            if run >= FEWEST:
                yield start, at - 1
            start, cells, run = at, n, 1 if n else 0
        at += len(line) + 1


def programs(raw: str) -> Iterator[tuple[int, int]]:
    """Find the lines of programs in a text ("Why?\\nimport re\\nx = f(1)\\nprint(x)" -> the last three)."""
    lines = raw.split("\n")
    kinds = [_kind(line) for line in lines]
    if kinds.count("code") < FEWEST:
        return
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    spaced = '"""' in raw or "'''" in raw  # the prose of docstrings is no code
    for first, last in _blocks(kinds, 0 if spaced else _GAP):
        yield starts[first], starts[last + 1] - 1


def _kind(line: str) -> str:
    if _REMARK.match(line):
        return "remark"
    if len(line) > _LONGEST or _PROSE.fullmatch(line):
        return "prose"
    end = line.rstrip()
    if end.endswith((";", ") {", "){", "=> {")) and not _SIGNS.isdisjoint(line):
        return "code"
    return "code" if _CODE.fullmatch(line) else ""


def _blocks(kinds: list[str], gap: int) -> Iterator[tuple[int, int]]:
    """Join lines of code that no prose divides; a remark just above goes with them."""
    first = last = -1
    for i, kind in enumerate(kinds):
        if kind != "code":
            continue
        if last >= 0 and (i == last + 1 or (i - last <= gap + 1 and "prose" not in kinds[last + 1 : i])):
            last = i
            continue
        if last >= 0:
            yield first, last
        first = last = i
        while gap and first > 0 and kinds[first - 1] == "remark":
            first -= 1
    if last >= 0:
        yield first, last
