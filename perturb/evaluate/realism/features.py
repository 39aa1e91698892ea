"""What is seen of a misspelling: the sixteen features that divergences are taken of, numbers, and n-grams of edits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from perturb.evaluate.realism.align import VOWELS, Slip, slips
from perturb.evaluate.realism.letters import ADJACENT, distance, finger, hand, natural, sound

FEATURES = (
    "op", "fine_op", "edits", "position", "first", "last", "key_distance", "vowels", "inserted_kind", "deleted_kind",
    "characters", "sounds_same", "naturalness", "deleted", "inserted", "substituted",
)  # fmt: skip


def near(clean: str, s: Slip) -> bool:
    """Tell whether an inserted letter's key touches the key of a letter beside it."""
    return any(distance(s.new, c) <= ADJACENT for c in clean[max(0, s.at - 1) : s.at + 1] if c != s.new)


def doubled(word: str, c: str, at: int) -> bool:
    """Tell whether a letter at ``at`` (or put in there) stands beside its like."""
    return c in word[max(0, at - 1) : at] or c in word[at : at + 1]


@lru_cache(maxsize=65536)
def fine(clean: str, s: Slip) -> str:
    """Name the kind of an edit ("success" -> "succes": "undouble")."""
    if s.op == "del":
        beside = s.old in (clean[s.at - 1 : s.at], clean[s.at + 1 : s.at + 2])
        return "undouble" if beside else "del"
    if s.op == "ins":
        return "double" if doubled(clean, s.new, s.at) else "ins adjacent" if near(clean, s) else "ins other"
    if s.op == "sub":
        if s.old in VOWELS and s.new in VOWELS:
            return "sub vowel"
        return "sub adjacent" if distance(s.old, s.new) <= ADJACENT else "sub other"
    return "trans"


def _bin(d: float) -> str:
    return "<=1.26" if d <= ADJACENT else "<=2.1" if d <= 2.1 else "<=3.1" if d <= 3.1 else ">3.1" if d < 9 else "none"


def categories(clean: str, noisy: str, deciles: Sequence[float]) -> dict[str, list[str]]:
    """Give the values of the sixteen features; those of edits once an edit, "-" where an edit has none.

    ``deciles`` are the nine limits of naturalness: the change of mean trigram log-probability.
    """
    edits = slips(clean, noisy)
    low, size = noisy.lower(), len(clean)
    out: dict[str, list[str]] = {
        "edits": [str(min(3, len(edits)))],
        "characters": [charset(noisy)],
        "sounds_same": [str(sound(clean) == sound(low))],
        "naturalness": [str(bisect_left(deciles, natural(low)[0] - natural(clean)[0]))],
        "op": [s.op for s in edits],
        "fine_op": [fine(clean, s) for s in edits],
        "position": [str(min(9, 10 * s.at // size)) for s in edits],
        "first": [str(s.at == 0) for s in edits],
        "last": [str(s.at + len(s.old) >= size) for s in edits],
        "key_distance": [_bin(distance(s.old, s.new)) if s.op == "sub" else "-" for s in edits],
        "vowels": [_vowels(s) for s in edits],
        "inserted_kind": [_inserted(clean, s) for s in edits],
        "deleted_kind": [_deleted(clean, s) for s in edits],
        "deleted": [s.old if s.op == "del" else "-" for s in edits],
        "inserted": [s.new if s.op == "ins" else "-" for s in edits],
        "substituted": [s.old + s.new if s.op == "sub" else "-" for s in edits],
    }
    return out


def charset(noisy: str) -> str:
    """Name what characters a written word has ("m0ney" -> "digit")."""
    if noisy.isascii() and noisy.isalpha():
        return "lower" if noisy.islower() else "upper"
    return "digit" if any(c.isdigit() for c in noisy) else "letters" if noisy.isalpha() else "symbol"


def _vowels(s: Slip) -> str:
    return s.op + "".join("v" if c in VOWELS else "c" for c in s.old) + ">" + "".join(
        "v" if c in VOWELS else "c" for c in s.new
    )  # fmt: skip


def _inserted(clean: str, s: Slip) -> str:
    if s.op != "ins":
        return "-"
    if doubled(clean, s.new, s.at):
        return "same"
    return "near" if near(clean, s) else "vowel" if s.new in VOWELS else "other"


def _deleted(clean: str, s: Slip) -> str:
    if s.op != "del":
        return "-"
    if fine(clean, s) == "undouble":
        return "double"
    if s.old == "e" and s.at == len(clean) - 1:
        return "final e"
    return "vowel" if s.old in VOWELS else "consonant"


NUMBERS = 32


def numbers(clean: str, noisy: str) -> list[float]:
    """Give the numbers that the boosted trees see of a misspelling (32 of them)."""
    edits = slips(clean, noisy)
    low, size = noisy.lower(), len(clean)
    kinds = [fine(clean, s) for s in edits]
    ops = [s.op for s in edits]
    first, last = (edits[0], edits[-1]) if edits else (Slip("sub", 0, "", ""), Slip("sub", 0, "", ""))
    pairs = [(s.old, s.new) for s in edits if s.op == "sub"] + [(s.old[0], s.old[1]) for s in edits if s.op == "trans"]
    pairs += [(clean[max(0, s.at - 1)], s.new) for s in edits if s.op == "ins"]
    (mean, least), (mean0, least0) = natural(low), natural(clean)
    touched = "".join(s.old + s.new for s in edits)
    runs = max((len(low[i:]) - len(low[i:].lstrip(c)) for i, c in enumerate(low)), default=0)
    return [
        len(edits), ops.count("del"), ops.count("ins"), ops.count("sub"), ops.count("trans"),
        kinds.count("undouble"), kinds.count("double"), kinds.count("ins adjacent"), kinds.count("sub vowel"),
        kinds.count("sub adjacent"), first.at / max(1, size), first.at, size - last.at - len(last.old), size,
        len(noisy) - size, float(first.at == 0), float(last.at + len(last.old) >= size),
        min((distance(a, b) for a, b in pairs), default=-1.0), max((distance(a, b) for a, b in pairs), default=-1.0),
        sum(hand(a) == hand(b) for a, b in pairs), sum(finger(a) == finger(b) for a, b in pairs),
        float(sound(clean) == sound(low)), mean, mean - mean0, least, least - least0,
        sum(not c.isalpha() for c in noisy), sum(c.isupper() for c in noisy),
        sum(c in VOWELS for c in touched), sum(c not in VOWELS for c in touched), runs, last.at - first.at,
    ]  # fmt: skip


def grams(clean: str, noisy: str) -> list[str]:
    """Name the edits in their contexts, for the hashed features of the logistic regression."""
    edits = slips(clean, noisy)
    padded, low, size = f"^^{clean}$$", noisy.lower(), len(clean)
    same = sound(clean) == sound(low)
    change = int(max(-6.0, min(3.0, 3 * (natural(low)[0] - natural(clean)[0]))))
    out = [f"n{min(3, len(edits))}", f"n{min(3, len(edits))} l{min(14, size)}", f"set {charset(noisy)}"]
    for s in edits:
        kind = fine(clean, s)
        what = f"{s.op} {s.old}>{s.new}"
        at = s.at + 2
        after = at + len(s.old)
        l1, l2, r1, r2 = padded[at - 1], padded[at - 2 : at], padded[after], padded[after : after + 2]
        place = min(s.at, 3), min(size - s.at - len(s.old), 3)
        shape = "".join("v" if c in VOWELS else "c" if c.isalpha() else c for c in l2 + "_" + r2)
        out += [
            what, f"{l1}<{what}", f"{what}<{r1}", f"{l1}<{what}<{r1}", f"{l2}<{what}", f"{what}<{r2}",
            f"{kind} p{place[0]}", f"{kind} e{place[1]}", f"{kind} p{place} l{min(14, size) // 2}",
            f"{s.op} {shape}", f"{s.op} {l1}_{r1}", f"{kind} s{same}", f"{kind} t{change}", f"{what} p{place[0]}",
            f"{what} e{place[1]}",
        ]  # fmt: skip
        if s.op == "trans":
            out.append(f"trans h{hand(s.old[0]) == hand(s.old[1])} p{place[0]}")
    return out
