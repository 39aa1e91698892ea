"""Build data/words/{en,en_wordnet}.tsv: words that a slip should not happen to make.

    python tools/build_words.py FACTS WORDNET

``FACTS/typos_in_context.tsv`` holds lines around typos (corpus, clean, noisy, left, right), of which the gh rows are
our own mining; ``WORDNET`` is a WordNet 3.0 database folder (cntlist.rev, *.exc).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

OURS = """\
# Words of technical prose with their counts: what a slip of the finger should not happen to make.
# source: our own mining of typo-fixing commits in public repositories; built by tools/build_words.py
# licence: MIT as this project (word counts)
# columns: word, count
"""
WORDNET = """\
# Words of up to eight letters that occur in WordNet's tagged texts: what a slip should not happen to make.
# source: WordNet 3.0 (cntlist.rev and exception lists); built by tools/build_words.py
# licence: WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. WordNet licence:
# licence: https://wordnet.princeton.edu/license-and-commercial-use
# columns: word, count
"""
TOKEN = re.compile(r"(?<![\w/.@:#'-])[A-Za-z]+(?![\w/@:#'-])")
SHORT = re.compile(r"[a-z]{3,8}")


def of_facts(facts: Path) -> Counter[str]:
    """Count the words around our mined typos, less what stands as a typo somewhere."""
    typos, counts = set(), Counter[str]()
    for line in (facts / "misspellings.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if cells[1] == "nonword":
            typos.add(cells[3].lower())
    for line in (facts / "typos_in_context.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        corpus, _, _, left, right = line.split("\t")
        if corpus == "gh":
            for side in (left, right):
                counts.update(word.lower() for word in TOKEN.findall(side)[1:-1])
    return Counter({w: n for w, n in counts.items() if n >= 3 and SHORT.fullmatch(w) and w not in typos})


def of_wordnet(folder: Path) -> Counter[str]:
    """Count the lemmas of the tagged texts and add their irregular forms."""
    counts = Counter[str]()
    for line in (folder / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, _, count = line.split()
        word = key.split("%")[0]
        if SHORT.fullmatch(word):
            counts[word] += int(count)
    for path in sorted(folder.glob("*.exc")):
        for line in path.read_text(encoding="utf-8").splitlines():
            form, *lemmas = line.split()
            if SHORT.fullmatch(form) and any(counts[lemma] > 4 for lemma in lemmas):
                counts[form] += 1
    return Counter({w: n for w, n in counts.items() if n > 0})


def write(path: Path, header: str, counts: Counter[str]) -> None:
    """Write a word list, sorted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = header + "".join(f"{word}\t{n}\n" for word, n in sorted(counts.items()))
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(counts)} words, {len(text)} bytes")


def main() -> None:
    """Read both folders and write both lists."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/words"))
    args = parser.parse_args()
    write(args.out / "en.tsv", OURS, of_facts(args.facts))
    write(args.out / "en_wordnet.tsv", WORDNET, of_wordnet(args.wordnet))


if __name__ == "__main__":
    main()
