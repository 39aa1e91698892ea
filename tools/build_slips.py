"""Build data/slips/en.tsv: how often each slip of one letter is made, by the letters around it.

    python tools/build_slips.py FACTS

Reads the gh and irc rows of ``FACTS/misspellings.tsv``, keeps the pairs that differ by one slip, and divides what
was slipped by how often the misspelt words offered it; rare contexts lean on commoner ones.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from perturb.language.slips import VOWELS, coarser

HEADER = """\
# Slips of one letter per 100,000 chances in misspelt words, by context: "^" begins and "$" ends a word, "*" is any.
# source: our own mining of typo-fixing commits in public repositories; self-corrections in Ubuntu IRC logs
# source: (irc-disentanglement, Kummerfeld et al. 2019); built by tools/build_slips.py
# licence: letter statistics; ours, MIT as this project; irc: CC BY 4.0
# columns: slip, context (omit, double: before-letter-after; undouble: letter-letter-after; swap: before-pair;
# columns: insert: before-new-after; vowel: before-old-new-after), slips per 100,000 chances
"""
WORD = re.compile(r"[a-z]{3,}")
LEAN = 8.0  # chances that the commoner context counts for
MOST = 6  # one misspelling counts at most so often, or "overriden" would teach the rest

Slip = tuple[str, str]


def slip_of(clean: str, noisy: str) -> Slip | None:
    """Name the slip between two words ("their", "thier" -> ("swap", "hei")), None for more than one."""
    i = 0
    while i < min(len(clean), len(noisy)) and clean[i] == noisy[i]:
        i += 1
    j = 0
    while j < min(len(clean), len(noisy)) - i and clean[-1 - j] == noisy[-1 - j]:
        j += 1
    old, new = clean[i : len(clean) - j], noisy[i : len(noisy) - j]
    word = f"^{clean}$"
    i += 1
    if len(old) == 1 and not new:
        first = i - 1 if word[i - 1] == old else i
        if word[first : first + 2] == old * 2:
            return "undouble", word[first : first + 3]
        return "omit", word[i - 1 : i + 2]
    if len(new) == 1 and not old:
        for at in (i - 1, i):
            if word[at] == new:
                return "double", word[at - 1 : at + 2]
        return "insert", word[i - 1] + new + word[i]
    if len(old) == 2 and new == old[::-1]:
        return "swap", word[i - 1 : i + 2]
    if len(old) == len(new) == 1 and old in VOWELS and new in VOWELS:
        return "vowel", word[i - 1] + old + new + word[i + 1]
    return None


def chances_of(clean: str) -> list[Slip]:
    """List what a word offers to each slip ("all" -> ("omit", "^al"), ("undouble", "ll$"), …)."""
    word, out = f"^{clean}$", []
    for i in range(1, len(word) - 1):
        a, b, c = word[i - 1 : i + 2]
        out.append(("insert", a + b))
        if b == c:
            out.append(("undouble", b + c + word[i + 2]))
        elif a != b:
            out += [("omit", a + b + c), ("double", a + b + c)]
            if b in VOWELS:
                out.append(("vowel", a + b + c))
        if c not in ("$", b):
            out.append(("swap", a + b + c))
    out.append(("insert", word[-2:]))
    return out


def lines_of(made: Counter[Slip], offered: Counter[Slip]) -> list[str]:
    """Turn counts into rates, from the commonest context to the rarest."""
    n, x = Counter[Slip](), Counter[Slip]()
    for (slip, key), count in offered.items():
        keys = [key]
        if slip == "insert":
            keys = [key[0] + new + key[1] for new in "abcdefghijklmnopqrstuvwxyz"]
        elif slip == "vowel":
            keys = [key[:2] + new + key[2] for new in VOWELS if new != key[1]]
        for each in keys:
            at: str | None = each
            while at is not None:
                x[slip, at] += count
                n[slip, at] += made[slip, each] * (at == each)
                at = coarser(slip, at)
    for (slip, key), count in made.items():
        up = coarser(slip, key)
        while up is not None:
            n[slip, up] += count
            up = coarser(slip, up)
    rates: dict[Slip, float] = {}

    def rate(slip: str, key: str) -> float:
        if (slip, key) not in rates:
            up = coarser(slip, key)
            base = n[slip, key] / x[slip, key] if up is None else rate(slip, up)
            rates[slip, key] = base if up is None else (n[slip, key] + LEAN * base) / (x[slip, key] + LEAN)
        return rates[slip, key]

    out = []
    for slip, key in sorted(x):
        # of the many letters that could be put in, only those that were are worth a line
        if slip in ("insert", "vowel") and not n[slip, key] or x[slip, key] < 3:
            continue
        out.append(f"{slip}\t{key}\t{max(1, round(100_000 * rate(slip, key)))}\n")
    return out


def main() -> None:
    """Read the folder of facts and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/slips/en.tsv"))
    args = parser.parse_args()
    made, offered = Counter[Slip](), Counter[Slip]()
    for line in (args.facts / "misspellings.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        corpus, kind, clean, noisy, count, _ = line.split("\t")
        clean, noisy = clean.lower(), noisy.lower()
        if corpus in ("gh", "irc") and kind == "nonword" and WORD.fullmatch(clean) and WORD.fullmatch(noisy):
            times = min(int(count), MOST)
            slip = slip_of(clean, noisy)
            if slip:
                made[slip] += times
                for chance in chances_of(clean):
                    offered[chance] += times
    text = HEADER + "".join(lines_of(made, offered))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{args.out}: {sum(made.values())} slips, {len(text)} bytes")


if __name__ == "__main__":
    main()
