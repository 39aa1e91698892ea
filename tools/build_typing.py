"""Build data/typing: how people misspell words, learnt from what they wrote.

    python tools/build_typing.py FACTS [--out data/typing]

Reads ``FACTS/misspellings.tsv`` (corpus, class, clean, noisy, count, licence) and writes the weights of the typing model
(en.tsv), letter trigrams (trigrams.tsv), how many edits a misspelling has (edits.tsv), what those with several look like
(several.tsv) and what each typist is given to (typists.tsv). Needs numpy and scipy (``pip install scikit-learn``); seeded, some minutes on one core. docs/typing.md says more.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import typing_fit as fit
import typing_habits as habits
from typing_several import several_lines

from perturb.language.typing.model import Model
from perturb.language.typing.shape import EDGE, LETTERS
from perturb.language.typing.weights import Weights

RUNNING = ("gh", "gh_tool", "irc", "toefl")  # counts are of running text
LISTS = ("codespell", "wikipedia")
LEAST = 5  # weights below five 32nds of a bit are left out

SOURCES = """\
# source: gh: our own mining of typo-fixing commits in public repositories; irc: self-corrections in the Ubuntu IRC logs of
# source: irc-disentanglement (Kummerfeld et al. 2019); toefl: TOEFL-Spell (Educational Testing Service); codespell:
# source: dictionary of codespell; wikipedia: Wikipedia's list of common misspellings; built by tools/build_typing.py
# licence: CC BY-SA 4.0, this file alone (gh: ours, MIT; irc: CC BY 4.0; toefl: CC BY-SA 4.0; codespell: CC BY-SA 3.0;
# licence: wikipedia: CC BY-SA); changed: statistics of the word pairs, none of which is in it
"""
EN = f"""\
# Weights of the typing model: what makes a slip likely, in 32nds of a bit (docs/typing.md).
{SOURCES}# columns: template, context, weight (of insertions and substitutions: each new letter with its weight)
"""
TRIGRAMS = """\
# How natural a third letter is after two: log2 of its probability, in eighths; "." is a word's edge.
# source: the word lists data/words/en.tsv and en_wordnet.tsv, each word once; built by tools/build_typing.py
# licence: letter statistics; MIT as this project and the WordNet licence (LICENSES/)
# columns: two letters, eighths of a bit for a to z and the end
"""
EDITS = f"""\
# How many edits a misspelling has, by length of the word: shares in 10,000.
{SOURCES}# source: hasty, poor_speller: shares published for self-corrections in chat and for Holbrook's poor spellers
# columns: typist, length of the word, one edit, two, three
"""
SEVERAL = f"""\
# Words with two or three edits: shares of kinds by number of edits and size of word in 10,000, weights of features.
{SOURCES}# columns: kind of misspelling, feature or "share", weight in 32nds of a bit (of naturalness: for each bit) or share
"""
TYPISTS = f"""\
# What each typist is given to: added to a class of edits in a zone (0 first letter, 1 inside, 2 last or after).
{SOURCES}# source: hasty, poor_speller: shares published for self-corrections in chat and for Holbrook's poor spellers (no
# source: pairs of Holbrook's were used)
# columns: typist, class of edits (or "alike": letters that sound alike), zone, weight in 32nds of a bit
"""


def write(path: Path, header: str, lines: list[tuple[str, ...]]) -> None:
    """Write a table in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = header + "".join("\t".join(line) + "\n" for line in sorted(lines))
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(lines)} rows, {len(text)} bytes")


def trigram_lines(table: fit.Ints) -> list[tuple[str, ...]]:
    """Write the trigrams, a row for each two letters."""
    letters = LETTERS + EDGE
    return [
        (a + b, " ".join(str(int(x)) for x in table[i, j, :27]))
        for i, a in enumerate(letters)
        for j, b in enumerate(letters)
    ]


def main() -> None:
    """Read the folder of facts and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/typing"))
    args = parser.parse_args()
    began = time.monotonic()
    pairs = fit.read(args.facts / "misspellings.tsv", RUNNING)
    counts = Counter[tuple[str, str]]()
    for _, clean, noisy, n in pairs:
        counts[clean, noisy] += n
    table = fit.natural()
    problem = fit.Problem(fit.weighed(counts), fit.listed(fit.read(args.facts / "misspellings.tsv", LISTS)), table)
    weights = problem.fit()
    learnt = problem.lines(weights, LEAST)
    write(args.out / "en.tsv", EN, list(learnt))
    write(args.out / "several.tsv", SEVERAL, several_lines(counts, Model("qwerty", Weights(learnt), {})))
    write(args.out / "trigrams.tsv", TRIGRAMS, trigram_lines(table))
    write(args.out / "edits.tsv", EDITS, habits.edit_lines(pairs))
    write(args.out / "typists.tsv", TYPISTS, habits.typist_lines(pairs, Weights(learnt)))
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
