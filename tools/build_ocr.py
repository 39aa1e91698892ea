"""Build data/ocr/: what scanners take characters for, and how scans differ from page to page.

    python tools/build_ocr.py FACTS CORPUS

Reads the counts of ``FACTS/ocr_confusions.icdar2017.tsv``. ``CORPUS`` is the folder of the English texts of the same
competition (ICDAR 2017, post-OCR correction; lines "[OCR_aligned] …", "[ GS_aligned] …"): from it come only how often each
character had the chance to be misread, between what kinds of characters marks and spaces are lost and found, and the events
per hundred characters of each document.
"""

from __future__ import annotations

import argparse
import ast
from collections import Counter
from itertools import product
from pathlib import Path

from perturb.language.hyphens import divisions
from perturb.transforms.ocr import kind_of, side_of

SOURCE = """\
# source: counts of ICDAR 2017 post-OCR correction, English monographs (1.18 million characters); built by tools/build_ocr.py
# licence: counts are facts; the competition's texts are not shipped; the table: MIT as this project
"""
CONFUSIONS = (
    "# What a scanner sees for what is printed, in events per million chances.\n"
    + SOURCE
    + """\
# columns: printed (∅ nothing), seen (∅ nothing), between (kinds of the characters around it: L letter, S space,
# columns: P mark; * any; h inside a word where it may be divided), events per million chances; spaces are written "_"
"""
)
DIGITS = (
    "# What a scanner sees for a digit.\n"
    + SOURCE
    + "# columns: printed, seen, events (counts, smoothed by one half)\n"
)
PAGES = (
    "# How much worse than the mean a page is scanned: middles of sixteen equal shares of documents.\n"
    + SOURCE
    + "# columns: share, events per 100 characters over their mean, in thousandths\n"
)
# Of all events, in thousandths (facts/ocr_summary.json); the hyphens of line ends are insertions too.
SHARES = {"sub": 598, "multi": 161, "del": 131, "ins": 82, "hyphen": 28}
SPACED = frozenset(" .,;:!?'-")
FEW = 1000  # chances that what is printed seldom is taken to have had besides
LEAST = 3  # what was seen more seldom is as often the aligner's mistake
DOCUMENTS = 2  # what one document alone shows is its own: the one that has "é" for e holds half of all events


def kept(truth: str, seen: str, count: int) -> bool:
    """Tell whether a row says what a scanner takes for what: no small capitals, digits, long s, or misalignment."""
    if count < LEAST or len(truth) > 3 or len(seen) > 3 or not (truth + seen).isprintable():
        return False
    if not all(c.isascii() and (c.isalpha() or c in SPACED) for c in truth):
        return False
    if any(c.isdigit() and c not in "0158" for c in seen) or "_" in seen or any(ord(c) > 0x2022 for c in seen):
        return False
    if len(truth) > 1 and (not truth.isalpha() or truth.lower() == seen.lower() or not seen):
        return False
    if any(c.isdigit() for c in seen) and (len(truth) != 1 or len(seen) != 1):
        return False
    if not truth:
        return len(seen) == 1
    if len(truth) == 1 and not truth.isalpha():
        return len(seen) < 2
    return len(truth) < 3 or count >= 10


def texts_of(folder: Path) -> list[tuple[str, str]]:
    """Read the aligned pairs of a folder (truth, seen)."""
    pairs = []
    for path in sorted(folder.rglob("*.txt")):
        if not path.parent.name.startswith("eng_"):
            continue
        lines = {line.split("]")[0].strip("[ "): line.split("]", 1)[1][1:] for line in
                 path.read_text("utf-8").split("\n") if line.startswith("[")}  # fmt: skip
        pairs.append((lines["GS_aligned"], lines["OCR_aligned"]))
    return pairs


def events_of(truth: str, seen: str) -> list[tuple[int, int]]:
    """List the stretches in which an aligned pair differs ("#": the truth is not known)."""
    found, i, size = [], 0, min(len(truth), len(seen))
    while i < size:
        j = i
        while j < size and truth[j] != seen[j] and truth[j] != "#":
            j += 1
        if j > i:
            found.append((i, j))
        i = max(j, i + 1)
    return found


def shared(pairs: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Collect the events that several documents have ("c" -> "o"; not "e" -> "é")."""
    found: Counter[tuple[str, str]] = Counter()
    for truth, seen in pairs:
        events = events_of(truth, seen)
        found.update({(truth[i:j].replace("@", ""), seen[i:j].replace("@", "")) for i, j in events})
    return {event for event, n in found.items() if n >= DOCUMENTS}


def places(pairs: list[tuple[str, str]]) -> Counter[tuple[str, str, str]]:
    """Count between what kinds of characters marks and spaces were lost or found."""
    found: Counter[tuple[str, str, str]] = Counter()
    for truth, seen in pairs:
        for i, j in events_of(truth, seen):
            old, new = truth[i:j].replace("@", ""), seen[i:j].replace("@", "")
            found[old, new, side_of(truth[i - 1 : i]) + side_of(truth[j : j + 1])] += 1
    return found


def chances(pairs: list[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Count what is printed (one to three characters) between what, and each gap between two characters ("")."""
    found: Counter[tuple[str, str]] = Counter()
    for truth, _ in pairs:
        text = truth.replace("@", "").replace("#", "")
        kinds = [side_of(c) for c in text]
        for i in range(1, len(text) - 3):
            between = kinds[i - 1] + kinds[i]
            found["", between] += 1
            found[text[i], kinds[i - 1] + kinds[i + 1]] += 1
            for size in (1, 2, 3):
                found[text[i : i + size], "*"] += 1
        for word in text.lower().split():
            found["", "h"] += len(divisions(word.strip(".,;:!?'\"")))
    return found


def rates(counts: list[tuple[str, str, int]], pairs: list[tuple[str, str]]) -> list[tuple[str, str, str, float]]:
    """Turn counts into events per million chances, each kind of event scaled to its share of all that were seen."""
    seen_at, offered, common = places(pairs), chances(pairs), shared(pairs)
    rows: list[tuple[str, str, str, float, float]] = []
    for truth, seen, count in counts:
        if not kept(truth, seen, count) or (truth, seen) not in common:
            continue
        spaced = not truth or (not truth.isalpha() and len(truth) == 1)
        wheres = {"*": 1.0} if not spaced else _shares(truth, seen, seen_at)
        for where, share in wheres.items():
            n = offered[truth, where]
            if n >= 20:
                rate = count * share / (n + FEW)
                alone = truth == "I" and any(c.isdigit() for c in seen)  # hardly ever in a word, and never written so
                rows.append((truth, seen, where, 0.0 if alone else n * rate, 1e6 * rate))

    def group(truth: str, seen: str, where: str) -> str:
        return "hyphen" if where == "h" else kind_of(truth, seen)

    totals: dict[str, float] = dict.fromkeys(SHARES, 0.0)
    for truth, seen, where, expected, _ in rows:
        totals[group(truth, seen, where)] += expected
    scale = {kind: SHARES[kind] / 1000 * sum(totals.values()) / total for kind, total in totals.items()}
    return [(t, s, w, rate * scale[group(t, s, w)]) for t, s, w, _, rate in rows]


def _shares(truth: str, seen: str, seen_at: Counter[tuple[str, str, str]]) -> dict[str, float]:
    """Divide a row's count among the places where such events were seen; a hyphen comes from the end of a line."""
    if (truth, seen) == ("", "-"):
        return {"h": 1.0}
    wheres = ["".join(p) for p in product("LSP", repeat=2)]
    found = {w: seen_at[truth, seen, w] for w in wheres}
    if not truth and seen.isalpha():
        found = {w: n for w, n in found.items() if "L" in w}
    total = sum(found.values())
    return {w: n / total for w, n in found.items() if n > 0.03 * total} if total else {}


def written(text: str) -> str:
    """Write a cell of the table: a space as "_"."""
    return text.replace(" ", "_")


def main() -> None:
    """Read the folders and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/ocr"))
    args = parser.parse_args()
    counts = []
    for line in (args.facts / "ocr_confusions.icdar2017.tsv").read_text("utf-8").split("\n")[1:]:
        if line:
            truth, seen, count = line.split("\t")
            counts.append((str(ast.literal_eval(truth)), str(ast.literal_eval(seen)), int(count)))
    pairs = texts_of(args.corpus)
    found = [(written(t) or "∅", written(s) or "∅", w, r) for t, s, w, r in rates(counts, pairs) if r >= 0.5]
    body = "".join(f"{t}\t{s}\t{w}\t{max(1, round(r))}\n" for t, s, w, r in sorted(found))
    digits: Counter[tuple[str, str]] = Counter({(a, b): 1 for a, b in product("0123456789", repeat=2) if a != b})
    for truth, seen, count in counts:
        if truth.isdigit() and len(truth) == len(seen) == 1 and seen.isascii() and seen.isalnum():
            digits[truth, seen] += 2 * count
    per = sorted(
        1000 * len(events_of(t, s)) / len(t.replace("@", "")) for t, s in pairs if len(t.replace("@", "")) > 800
    )
    middles = [per[(2 * i + 1) * len(per) // 32] for i in range(16)]
    mean = sum(middles) / 16
    args.out.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("confusions", CONFUSIONS + body),
        ("digits", DIGITS + "".join(f"{t}\t{s}\t{n}\n" for (t, s), n in sorted(digits.items()))),
        ("pages", PAGES + "".join(f"{i + 1:02}\t{round(1000 * m / mean)}\n" for i, m in enumerate(middles))),
    ):
        (args.out / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")
        print(f"{args.out / name}.tsv: {text.count(chr(10))} lines")


if __name__ == "__main__":
    main()
