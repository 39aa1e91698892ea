"""Build data/typing/frequent*.tsv: what the typing model says of frequent words, worked out before.

    python tools/build_frequent.py [--out data/typing]

Words are those of data/pronunciations (by the frequencies of wordfreq that stand there) and the first names of data/names. Nothing is
drawn; some ten seconds on one core. To be run again whenever the model, a keyboard or what counts as a word has changed
(tests/test_frequent.py fails then).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path

from wordfreq import top_n_list

from perturb.language.lexicon import rows
from perturb.language.typing.documented import listed
from perturb.language.typing.frequent import NO_EDIT, TABLES, digest, pack, pack_total
from perturb.language.typing.kinds import fits, numbers_of
from perturb.language.typing.model import Model, model, number_of, slip_at, weighed
from perturb.language.typing.weights import DEPTH

# A word's cost in data/pronunciations up to which it is taken, by typist: 99 are all that stand there.
COST = {"residual": 18, "hasty": 16}
MORE = 60_000  # words of wordfreq of which the sum alone is kept: what slips of one kind need
KINDS_OF = "residual"  # the typist of typo.omit, typo.neighbor and the others
FIT = re.compile("[a-z]{3,}")
HEADER = """\
# What the typing model says of frequent words, {typist} typist, QWERTY keyboard: perturb/language/typing/frequent.py.
# source: data/typing and the words of data/pronunciations and data/names; built by tools/build_frequent.py
# licence: CC BY-SA 4.0, this file alone (as data/typing/en.tsv; word frequencies: wordfreq by Robyn Speer, CC BY-SA 4.0)
# made of: {digest}
# columns: word, scores of letters lost and swapped and of keys near, sums of letters added and put for others by place
"""


def chosen(most: int) -> list[str]:
    """Choose the words of which all is kept."""
    words = {word for word, _, cost, _ in rows("pronunciations") if int(cost) <= most}
    words |= {row[0].lower() for row in rows("names")}
    return [word for word in words if FIT.fullmatch(word)]


def further(words: Iterable[str]) -> list[str]:
    """Choose those of which the sum alone is kept; nothing coarse, since word lists of the net are."""
    coarse = [row[0] for row in rows("words", "coarse")]
    every = {word for word, _, _, _ in rows("pronunciations")} | set(top_n_list("en", MORE))
    every = {word for word in every if FIT.fullmatch(word) and not any(stem in word for stem in coarse)}
    return list(every.difference(words))


def row(learnt: Model, word: str) -> tuple[str, str]:
    """Work out what the model says of a word."""
    scores, n = learnt.scores(word), len(word)
    base = max(scores) - DEPTH
    weights = weighed(scores, base)
    swaps = n + 26 * (2 * n + 1)
    ones = [*range(n), *range(swaps, len(scores))]
    near = numbers_of("neighbor", word, learnt.layout) if learnt.typist == KINDS_OF else []
    names = [number_of(word, name) for name in listed().get(word, "").split()]
    above = [max(score - base, 0) for score in scores]
    numbers = [above[at] for at in ones]
    numbers += [above[at] if fits("neighbor", word, slip_at(word, at)) else 0 for at in near]
    numbers += [above[at] if at >= 0 else NO_EDIT for at in names]
    barred = [n for n, at in enumerate(ones) if weights[at] and not fits("slip", word, slip_at(word, at))]
    return pack(base, sum(weights), numbers, [sum(weights[at : at + 26]) for at in range(n, swaps, 26)], barred)


def sum_alone(learnt: Model, word: str) -> tuple[str, str]:
    """Work out what all edits of a word weigh together."""
    scores = learnt.scores(word)
    base = max(scores) - DEPTH
    return pack_total(base, sum(weighed(scores, base)))


def table(typist: str) -> str:
    """Make a typist's table."""
    learnt = model(typist, "qwerty")
    words = chosen(COST[typist])
    cells = {word: row(learnt, word) for word in words}
    if typist == KINDS_OF:
        cells.update((word, sum_alone(learnt, word)) for word in further(words))
    lines = ("\t".join((word, *cells[word])) + "\n" for word in sorted(cells))
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
