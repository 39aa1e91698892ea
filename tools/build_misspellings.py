"""Build data/misspellings/{en,en_sa,en_listed}.tsv from a folder of facts: documented misspellings, one file per licence.

    python tools/build_misspellings.py FACTS

``FACTS/misspellings.tsv`` has the columns corpus, class, clean, noisy, count, licence. Only corpora whose word
pairs may be shipped are read. Run tools/build_words.py first: a pair whose misspelling is a word is left out.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from perturb.language.slips import is_word, unfit
from perturb.language.typing.documented import likely

# What a written count is worth: own mining is running text, the Wikipedia list has each pair once.
OURS = {"gh": 2.0, "irc": 2.0}
SHARE_ALIKE = {"toefl": 2.0, "wikipedia": 1.5}

OURS_HEADER = """\
# Misspellings that people wrote, by the word they meant. Built by tools/build_misspellings.py.
# source: gh: our own mining of typo-fixing commits in public repositories
# source: irc: self-corrections in the Ubuntu IRC logs of irc-disentanglement (Kummerfeld et al. 2019)
# licence: word pairs with counts; gh: ours, MIT as this project; irc: CC BY 4.0
"""
SHARE_ALIKE_HEADER = """\
# More misspellings that people wrote, by the word they meant. Built by tools/build_misspellings.py.
# source: toefl: TOEFL-Spell (Educational Testing Service); wikipedia: Wikipedia's list of common misspellings
# licence: CC BY-SA 4.0, this file alone; changed: lower case, single words, counts turned into weights
"""
LISTED_HEADER = """\
# Misspellings on a list without counts, by the word they meant. Built by tools/build_misspellings.py.
# source: dictionary of codespell (https://github.com/codespell-project/codespell)
# licence: CC BY-SA 3.0, this file alone; changed: lower case, single words, sorted by the word meant, likely ones alone
# columns: word, misspellings
"""
COLUMNS = "# columns: word, misspelling, weight (100 * value of corpus * count ** 0.8, summed), corpora\n"

WORD = re.compile(r"[a-z]{3,}")


def pairs(facts: Path, values: dict[str, float]) -> dict[tuple[str, str], Counter[str]]:
    """Count each pair by corpus (("the", "teh") -> {"gh": 12, "irc": 1})."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for line in (facts / "misspellings.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        corpus, kind, clean, noisy, count, _ = line.split("\t")
        clean, noisy = clean.lower(), noisy.lower()
        if corpus in values and kind == "nonword" and fits(clean, noisy, int(count)):
            counts.setdefault((clean, noisy), Counter())[corpus] += int(count)
    return counts


def fits(clean: str, noisy: str, count: int) -> bool:
    """Tell whether a pair is a misspelling to ship."""
    return _plausible(clean, noisy) and not (count == 1 and _stray(clean, noisy))


def _plausible(clean: str, noisy: str) -> bool:
    """Keep slips of one word ("the", "teh"): no other word, no cut-off, nothing coarse."""
    return (
        bool(WORD.fullmatch(clean) and WORD.fullmatch(noisy))
        and clean != noisy
        and abs(len(clean) - len(noisy)) <= 2
        and not is_word(noisy)
        and not unfit(clean, noisy)
    )


def _stray(clean: str, noisy: str) -> bool:
    """Tell a stray key at the end of a word, as editors' commands leave it ("making", "makingm"), from a misspelling."""
    added = noisy[len(clean) :] if noisy.startswith(clean) else ""
    return len(added) == 1 and added not in (clean[-1], "e", "s", "d") and (clean[-1] + added) not in ("ng", "ht")


def write(path: Path, header: str, counts: dict[tuple[str, str], Counter[str]], values: dict[str, float]) -> None:
    """Write a table, sorted by word."""
    lines = []
    for (clean, noisy), by in sorted(counts.items()):
        weight = round(sum(100 * values[corpus] * n**0.8 for corpus, n in by.items()))
        lines.append(f"{clean}\t{noisy}\t{weight}\t{'+'.join(sorted(by))}\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + COLUMNS + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{path}: {len(lines)} pairs of {len({pair[0] for pair in counts})} words")


def write_listed(path: Path, found: dict[str, list[str]]) -> None:
    """Write the list: a row a word."""
    lines = [f"{word}\t{' '.join(sorted(noisy))}\n" for word, noisy in sorted(found.items())]
    path.write_text(LISTED_HEADER + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{path}: {sum(map(len, found.values()))} pairs of {len(found)} words")


def listed(facts: Path, known: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Read what the list has beside what is ``known`` with a count."""
    found: dict[str, list[str]] = {}
    read = pairs(facts, {"codespell": 1.0})
    meant = {clean for clean, _ in [*read, *known]}
    for clean, noisy in read:
        if (clean, noisy) not in known and noisy not in meant and likely(clean, noisy):
            found.setdefault(clean, []).append(noisy)
    return found


def main() -> None:
    """Read the folder of facts and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/misspellings"))
    args = parser.parse_args()
    ours, share_alike = pairs(args.facts, OURS), pairs(args.facts, SHARE_ALIKE)
    write(args.out / "en.tsv", OURS_HEADER, ours, OURS)
    write(args.out / "en_sa.tsv", SHARE_ALIKE_HEADER, share_alike, SHARE_ALIKE)
    write_listed(args.out / "en_listed.tsv", listed(args.facts, {*ours, *share_alike}))


if __name__ == "__main__":
    main()
