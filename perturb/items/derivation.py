"""Worked solutions as GSM8K writes them: their steps, the numbers that these take from the text, and those that cancel out."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from perturb.core.stems import stem
from perturb.core.values import close, number_value

STEP = re.compile(r"<<([^<>]*)>>")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_TERM = r"\(?[$€£]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)%?\)?"
# A sum that is written without brackets: "The total is 400/20 = 20", not "x + 4 = 9" or "3 * 4 = <<3*4=12>>12".
_PLAIN = re.compile(
    rf"(?<![\w.)=+*/×÷−–-])(?<![=+*/×÷−–-] )(?P<left>{_TERM}(?: ?[-+*/×÷−–x] ?{_TERM})+) ?= ?[$€£]?(?P<right>\d[\d,]*(?:\.\d+)?)(?P<of>%?)"
    r"(?!\d|[\d.]*[a-z]? ?[-+*/×÷−–x] ?\d)"
)
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", "x": "*", "X": "*", "[": "(", "]": ")"})


class Step(NamedTuple):
    """One step of a derivation: the numbers that enter it, what comes out, and the sum as it stands there ("16-3-4=9")."""

    takes: tuple[float, ...]
    gives: float | None
    sum: str = ""
    marked: bool = True  # between << and >>


def steps_of(solution: str) -> list[Step]:
    """Read the steps of a worked solution ("… <<16-3-4=9>>9 eggs" -> [((16, 3, 4), 9, "16-3-4")])."""
    found = []
    for m in re.finditer(rf"{STEP.pattern}|{_PLAIN.pattern}", solution):
        if m["left"]:
            found += _plain(m)
            continue
        left, _, right = m[1].rpartition("=")
        takes = numbers(left or right)
        gives = numbers(right) if left else []
        found.append(Step(tuple(takes), gives[0] if gives else None, left or right))
    return found


def _plain(m: re.Match[str]) -> list[Step]:
    """Read a sum without brackets, where it comes out as it says: what only looks like one does not."""
    left, result = m["left"], number_value(m["right"])
    came = worth(left)
    if came is None or result is None or not any(close(came * f, result) for f in ((1, 100) if m["of"] else (1,))):
        return []
    return [Step(tuple(numbers(left)), result, left, marked=False)]


def given(steps: list[Step], complete: bool = True) -> frozenset[float]:
    """Tell which numbers a derivation takes from its text (16-3-4=9, 9*2=18 -> 16, 3, 4 and 2).

    A number that a step before gave may be that step's: it is not known to be taken from the text. Nor are the numbers
    of a step whose result nothing takes up, unless it is the last, or the answer is worked out of such results in words
    (not ``complete``: 2*6=12, 3*8=24, "so they cost $36").
    """
    steps = [s for s in steps if s.takes != (s.gives,)]  # "12=12" is no step
    wanted: set[float] = set()
    found: set[float] = set()
    for i in range(len(steps) - 1, -1, -1):
        step = steps[i]
        last = i == len(steps) - 1 or (not complete and not any(step.gives in s.takes for s in steps[i + 1 :]))
        if last or step.gives in wanted:
            before = {s.gives for s in steps[:i]}
            wanted.update(step.takes)
            found.update(v for v in step.takes if v not in before)
    return frozenset(found)


def uses(steps: list[Step], needed: frozenset[float]) -> tuple[tuple[float, int], ...]:
    """Count the steps that take each number, of those that none gives ("3*2=6, 3*4=12" -> 3 twice)."""
    gives = {step.gives for step in steps}
    counts = ((v, sum(v in step.takes for step in steps)) for v in sorted(needed - gives))
    return tuple((v, n) for v, n in counts if n > 1)


def counts(solution: str) -> frozenset[tuple[float, str]]:
    """List which number the words of a solution give what thing, as stems ("2*3=6. The 3 red boxes" -> (3, "red"), (3, "box"))."""
    found = set()
    for m in _COUNTED.finditer(STEP.sub("", solution)):
        value = number_value(m[1])
        if value is not None:
            found |= {(value, stem(w)) for w in m[2].lower().split()}
    return frozenset(found)


_COUNTED = re.compile(r"(?<![\d.$/])(\d[\d,]*(?:\.\d+)?|[A-Za-z]+) (?=([a-z]{2,}(?: [a-z]{2,})?))", re.IGNORECASE)


def repeats(step: Step) -> set[float]:
    """Tell how often a step takes the same number (100+100+100+80 -> 3): the text may have said so."""
    return {float(step.takes.count(v)) for v in step.takes} - {1.0}


def cancelling(steps: list[Step], needed: frozenset[float], text: str) -> frozenset[float]:
    """Tell which numbers could be any others: the steps done again with them end the same (80*1/4=20, 20/80*100=25 -> 80).

    Only where it is plain which step takes up what: no result is a number of the text or one that everybody knows, none of
    two alike is taken after both are there, and the text says the number once, in digits or in words.
    """
    said = Counter(v for v in map(number_value, _SAID.findall(text)) if v is not None)
    end = _done(steps, {})
    if end is None or not _plainly_chained(steps, said):
        return frozenset()
    shares = {v for step in steps for v in map(float, re.findall(r"([\d.]*\d)%", step.sum)) if v != 100}
    gives = {step.gives for step in steps}
    twofold = {2.0, 0.5} if _TWOFOLD.search(text) else set()
    others = {
        v: [_done(steps, {v: other}) for other in (2 * v + 2, 3 * v + 1)]
        for v in needed - shares - gives - twofold
        if said[v] == 1 and v > 1
    }
    return frozenset(v for v, ends in others.items() if all(e is not None and close(e, end) for e in ends))


_SAID = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+(?:-[A-Za-z]+)*")
_TWOFOLD = re.compile(r"\b(?:half|halves|halved|twice|doubled?|doubles)\b", re.IGNORECASE)
_COMMON = frozenset({1.0, 2.0, 7.0, 12.0, 24.0, 60.0, 100.0, 1000.0})


def _plainly_chained(steps: list[Step], said: Counter[float]) -> bool:
    """Tell whether each number that a step takes is either of the text or of one step before, for certain."""
    free: dict[float, bool] = {}  # what steps gave: whether it was taken up
    for i, step in enumerate(steps):
        for v in set(step.takes) & free.keys():
            if v in said or v in _COMMON or step.takes.count(v) > 1:
                return False
            free[v] = True
        last = i == len(steps) - 1
        if step.gives is None or len(step.takes) < 2 or not (last or free.get(step.gives, True)):
            return False
        free[step.gives] = False
    return True


def _done(steps: list[Step], swap: dict[float, float]) -> float | None:
    """Do the steps, some numbers of the text swapped for others; None where a step cannot be read or does not come out."""
    now: dict[float, float] = {}
    came = None
    for step in steps:
        came = worth(step.sum, lambda v: now.get(v, swap.get(v, v)))
        if came is None or step.gives is None or not (swap or close(came, step.gives) or close(100 * came, step.gives)):
            return None
        now[step.gives] = came
    return came


def worth(said: str, of: Callable[[float], float] = lambda v: v) -> float | None:
    """Work out a sum ("3/5*700" -> 420.0), each number by what ``of`` makes of it; None where it is none ("2x")."""
    plain = re.sub(r"[$€£,\s]", "", said).translate(_SIGNS)
    try:
        # "100%" is one, whatever else is a hundred
        plain = re.sub(r"([\d.]*\d)%", lambda m: repr(float(m[1]) / 100), plain)
        return _worth(ast.parse(re.sub(r"(?<![\d.])0+(?=\d)", "", plain), mode="eval").body, of)
    except (SyntaxError, ValueError, TypeError, ZeroDivisionError, OverflowError, RecursionError):
        return None


def _worth(node: ast.expr, of: Callable[[float], float]) -> float:
    if isinstance(node, ast.Constant):
        return of(float(node.value))  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_worth(node.operand, of)
    if not isinstance(node, ast.BinOp):
        raise TypeError(node)
    left, right = _worth(node.left, of), _worth(node.right, of)
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    if isinstance(node.op, ast.Mult):
        return left * right
    if isinstance(node.op, ast.Div):
        return left / right
    raise TypeError(node.op)


def numbers(text: str) -> list[float]:
    """List the values of the numbers in a text (".5*1,200" -> [0.5, 1200])."""
    values = (number_value(n if n[0] != "." else "0" + n) for n in _NUMBER.findall(text))
    return [v for v in values if v is not None]
