"""Build data/typing/frequent*.tsv: what the typing model says of frequent words, worked out before.

    pip install wordfreq==3.1.1
    python tools/build_frequent.py [--out data/typing]

Words are those of data/pronunciations, the first names of data/names, and the most frequent of wordfreq. Nothing is drawn: the same
bytes every time, half a minute on one core. To be run again whenever the model, a keyboard or what counts as a word has changed;
tests/test_frequent.py fails then.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from perturb.language.lexicon import rows
from perturb.language.slips import coarse
from perturb.language.typing.documented import listed
from perturb.language.typing.frequent import NO_EDIT, TABLES, digest, pack
from perturb.language.typing.kinds import fits, numbers_of
from perturb.language.typing.model import Model, model, number_of, slip_at, weighed
from perturb.language.typing.weights import DEPTH

# Words of which all is kept, by typist: those that cost so much in data/pronunciations, at most.
COST = {"residual": 18, "hasty": 15}
# Of the most frequent words of wordfreq, what slips of one kind need: the scores, and the sum alone.
SCORED, SUMMED = 30_000, 60_000
KINDS_OF = "residual"  # the typist of typo.omit, typo.neighbor and the others
FIT = re.compile("[a-z]{3,}")
HEADER = """\
# What the typing model says of frequent words, {typist} typist, QWERTY keyboard: perturb/language/typing/frequent.py.
# source: data/typing/en.tsv, for the words of data/pronunciations and data/names and the most frequent of wordfreq 3.1.1;
# source: built by tools/build_frequent.py
# licence: CC BY-SA 4.0, this file alone (as data/typing/en.tsv; wordfreq by Robyn Speer: Google Books Ngrams, Leeds Internet
# licence: Corpus, Wikipedia, ParaCrawl, OpenSubtitles, SUBTLEX)
# made of: {digest}
# columns: word, scores of letters lost and swapped and of keys near, sums of letters added and put for others by place
"""


def chosen(typist: str) -> dict[str, int]:
    """Choose words, and how much is kept of each (0: the sum, 1: scores, 2: all)."""
    from wordfreq import top_n_list

    found: dict[str, int] = {}
    if typist == KINDS_OF:
        found = dict.fromkeys(top_n_list("en", SUMMED), 0) | dict.fromkeys(top_n_list("en", SCORED), 1)
        found = {word: kept for word, kept in found.items() if not coarse("", word)}  # the net's lists have such words
    found |= {word: 2 for word, _, cost, _ in rows("pronunciations") if int(cost) <= COST[typist]}
    found |= {row[0].lower(): 2 for row in rows("names")}
    return {word: found[word] for word in sorted(found) if FIT.fullmatch(word)}


def row(learnt: Model, word: str, kept: int) -> tuple[str, str]:
    """Work out what the model says of a word."""
    scores, n = learnt.scores(word), len(word)
    base = max(scores) - DEPTH
    weights = weighed(scores, base)
    if not kept:
        return pack(base, sum(weights))
    swaps = n + 26 * (2 * n + 1)
    ones = [*range(n), *range(swaps, len(scores))]
    barred = [n for n, at in enumerate(ones) if weights[at] and not fits("slip", word, slip_at(word, at))]
    above = [max(score - base, 0) for score in scores]
    numbers = [above[at] for at in ones]
    if learnt.typist == KINDS_OF:
        near = numbers_of("neighbor", word, learnt.layout)
        numbers += [above[at] if fits("neighbor", word, slip_at(word, at)) else 0 for at in near]
    if kept == 1:
        return pack(base, sum(weights), numbers, barred)
    names = [number_of(word, name) for name in listed().get(word, "").split()]
    numbers += [above[at] if at >= 0 else NO_EDIT for at in names]
    return pack(base, sum(weights), numbers, barred, [sum(weights[at : at + 26]) for at in range(n, swaps, 26)])


def table(typist: str) -> str:
    """Make a typist's table."""
    learnt = model(typist, "qwerty")
    lines = ("\t".join((word, *row(learnt, word, kept))) + "\n" for word, kept in chosen(typist).items())
    return HEADER.format(typist=typist, digest=digest()) + "".join(lines)


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("data/typing"))
    args = parser.parse_args()
    for typist, name in TABLES.items():
        text = table(typist)
        (args.out / f"{name}.tsv").write_text(text, encoding="ascii", newline="\n")
        print(f"{args.out / name}.tsv: {text.count(chr(10))} lines, {len(text)} bytes")


if __name__ == "__main__":
    main()
