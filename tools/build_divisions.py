"""Build data/divisions/en.tsv: where a printer divides the words that are most written.

    python tools/build_divisions.py

Asks Pyphen (``pip install pyphen``), which reads TeX's patterns for American English and the exceptions that the TeX Users
Group lists. Words are those of data/pronunciations and data/words; who runs perturb needs no Pyphen.
"""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

from perturb.language.lexicon import rows

HEAD = """\
# Where a printer divides a word at the end of a line, two letters before and three after at least.
# source: what TeX's patterns for American English and TUGboat's exceptions say (hyph_en_US, by Pyphen {version}) of the words
# source: of data/pronunciations and data/words; built by tools/build_divisions.py
# licence: MIT as this project (places are facts; the patterns are not shipped)
# columns: word, after how many letters it may be divided
"""
SHORTEST = 5  # letters: two before and three after


def listed() -> list[str]:
    """List the words to ask of, in small letters alone."""
    every = (*rows("pronunciations"), *rows("words", "en"), *rows("words", "en_wordnet"))
    return sorted({w for w, *_ in every if len(w) >= SHORTEST and w.isascii() and w.isalpha() and w.islower()})


def main() -> None:
    """Ask of each word and write the table."""
    import pyphen

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("data/divisions/en.tsv"))
    args = parser.parse_args()
    divided = pyphen.Pyphen(lang="en_US", left=2, right=3)
    found = {word: " ".join(map(str, divided.positions(word))) for word in listed()}
    body = "".join(f"{word}\t{places}\n" for word, places in found.items() if places)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(HEAD.format(version=version("pyphen")) + body, encoding="utf-8", newline="\n")
    print(f"{args.out}: {body.count(chr(10))} of {len(found)} words")


if __name__ == "__main__":
    main()
