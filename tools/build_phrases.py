"""Build data/phrases/en.tsv: how names and terms of several words go on, for ends that a reader guesses.

    python tools/build_phrases.py WORDNET [--out data/phrases/en.tsv]

``WORDNET`` is a WordNet 3.0 database folder (data.noun, data.adj, data.adv), as ``tools/get_wordnet.py`` fetches it. Nothing is
drawn: the same bytes every time.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from perturb.language.lexicon import words

HEADER = """\
# Beginnings of terms and names of several words with the few words that go on: "articles of" is of agreement, confederation, incorporation.
# source: WordNet 3.0 (data.noun, data.adj, data.adv) without people, animals and plants; built by tools/build_phrases.py
# licence: WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. WordNet licence:
# licence: https://wordnet.princeton.edu/license-and-commercial-use
# columns: beginning; what may come next, separated by spaces
"""
FILES = ("data.noun", "data.adj", "data.adv")
ANIMALS, PEOPLE, PLANTS = "05", "18", "20"  # numbers of WordNet's lexicographer files
FEW = 8  # of more ways to go on a reader guesses none, not even by the first letters of the next word
WORDS = re.compile(r"[A-Za-z'-]{2,}(?:_[A-Za-z'-]+)+")


def phrases(folder: Path) -> Iterator[list[str]]:
    """Give WordNet's entries of several words, in lower case ("articles of confederation")."""
    for file in FILES:
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            if not line[:1].isdigit():
                continue
            _, group, _, count, *cells = line.split(" | ")[0].split()
            if group in (ANIMALS, PLANTS):
                continue
            for lemma in cells[: 2 * int(count, 16) : 2]:
                if WORDS.fullmatch(lemma) and not (group == PEOPLE and lemma[0].isupper()):
                    yield lemma.lower().split("_")


def beginnings(folder: Path) -> dict[str, list[str]]:
    """Find what comes next behind each beginning that has a telling word and few ways to go on."""
    small = words("functions") | words("polite")
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in phrases(folder):
        for n in range(1, len(entry)):
            if entry[n] != entry[0] and not all(w in small or len(w) < 3 for w in entry[:n]):
                found[tuple(entry[:n])].add(entry[n])
    rows = {}
    for begins, nexts in found.items():
        # A small word says nothing yet ("law[ of]"); what comes behind it stands in a row of its own.
        if not nexts <= small and len(nexts) <= FEW:
            rows[" ".join(begins)] = sorted(nexts)
    return rows


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/phrases/en.tsv"))
    given = parser.parse_args()
    rows = beginnings(given.wordnet)
    text = HEADER + "".join(f"{begins}\t{' '.join(nexts)}\n" for begins, nexts in sorted(rows.items()))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{given.out}: {len(rows)} beginnings, {len(text)} bytes")


if __name__ == "__main__":
    main()
