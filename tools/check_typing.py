"""Measure the typing model by cross-validation, and that it says what it was trained to say.

    python tools/check_typing.py FACTS [--by row|pair|word] [--folds N]
    python tools/check_typing.py FACTS --agree

Held out are fifths of ``FACTS/typos_in_context.tsv`` (gh, irc, toefl): by row; by distinct pair of word and misspelling; or
by word. For each fold the model is trained and the list of misspellings on record made without it: by row or pair the held
out occurrences are taken from their own corpus, by word those words from every list. Then ``measure_pairs`` of
perturb.evaluate.realism compares draws with what was held out. Needs scikit-learn; some minutes a fold.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from itertools import accumulate
from pathlib import Path

import build_misspellings
import typing_fit as fit
import typing_habits as habits
from build_typing import LEAST, LISTS, RUNNING
from typing_several import several_lines

from perturb.core.rng import Rng
from perturb.evaluate.realism import PairCard, measure_pairs
from perturb.language.typing import spelling
from perturb.language.typing.documented import Listed, likely
from perturb.language.typing.model import Model, model
from perturb.language.typing.several import Several
from perturb.language.typing.weights import Weights

FOLDS = 5
Row = tuple[str, str, str]
Counts = list[tuple[str, str, str, int]]


def rows_of(facts: Path) -> list[Row]:
    """Read corpus, word and misspelling of every typo in context."""
    lines = (facts / "typos_in_context.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t")[:3] for line in lines]
    rows = [(corpus, clean.lower(), noisy.lower()) for corpus, clean, noisy in cells]
    return [r for r in rows if re.fullmatch("[a-z]+", r[1]) and re.fullmatch("[a-z]+", r[2]) and r[1] != r[2]]


def fold_of(n: int, row: Row, by: str) -> int:
    """Give the fold of a row."""
    name = {"row": str(n), "pair": f"{row[1]} {row[2]}", "word": row[1]}[by]
    return Rng("fold", by, name).below(FOLDS)


def without(pairs: Counts, held: list[Row], by: str) -> Counts:
    """Take what is held out from the counts."""
    if by == "word":
        words = {clean for _, clean, _ in held}
        return [p for p in pairs if p[1] not in words]
    gone = Counter(held)
    kept = [(c, a, b, n - gone[c, a, b]) for c, a, b, n in pairs]
    return [p for p in kept if p[3] > 0]


def on_record(counts: Counts) -> dict[str, Listed]:
    """Make the list of misspellings as tools/build_misspellings.py does, from some counts."""
    values = {**build_misspellings.OURS, **build_misspellings.SHARE_ALIKE}
    found: dict[str, dict[str, int]] = {}
    for corpus, clean, noisy, n in counts:
        if corpus in values and build_misspellings.fits(clean, noisy, n) and likely(clean, noisy):
            by = found.setdefault(clean, {})
            by[noisy] = by.get(noisy, 0) + round(100 * values[corpus] * n**0.8)
    return {word: (list(by), list(accumulate(by.values()))) for word, by in sorted(found.items())}


def on_lists(counts: Counts) -> dict[str, str]:
    """Make the list without counts as tools/build_misspellings.py does."""
    found: dict[str, list[str]] = {}
    recorded = on_record(counts)
    for corpus, clean, noisy, n in sorted(counts):
        if corpus == "codespell" and build_misspellings.fits(clean, noisy, n) and likely(clean, noisy):
            if noisy not in recorded.get(clean, ((), ()))[0]:
                found.setdefault(clean, []).append(noisy)
    return {clean: " ".join(noisy) for clean, noisy in found.items()}


def trained(counts: Counts, facts_counts: Counts) -> tuple[Model, list[list[int]], Several]:
    """Train a model on counts; with it the numbers of edits, and what words with several look like."""
    running = Counter[tuple[str, str]]()
    for corpus, clean, noisy, n in counts:
        if corpus in RUNNING:
            running[clean, noisy] += n
    lists = [p for p in counts if p[0] in LISTS]
    problem = fit.Problem(fit.weighed(running), fit.listed(lists), fit.natural())
    learnt = problem.lines(problem.fit(), LEAST)
    shares = {int(r[1]): [*map(int, r[2:])] for r in habits.edit_lines(facts_counts) if r[0] == "residual"}
    plain = Model("qwerty", Weights(learnt), {})
    return plain, [shares[max(2, n)] for n in range(max(shares) + 1)], Several(several_lines(running, plain))


def measured(facts: Path, by: str, folds: int) -> None:
    """Print the card of each fold and their mean."""
    rows = rows_of(facts)
    every = fit.read(facts / "misspellings.tsv", (*RUNNING, *LISTS))
    cards: list[PairCard] = []
    for fold in range(folds):
        held = [row for n, row in enumerate(rows) if fold_of(n, row, by) == fold]
        counts = without(every, held, by)
        learnt, shares, pieces = trained(counts, [p for p in counts if p[0] in RUNNING])
        ours = spelling.Speller("residual", learnt, on_record(counts), on_lists(counts), pieces)
        ours.counts = shares
        card = measure_pairs([row[1:] for row in held], lambda word, k, o=ours: o[word].draw(Rng("check", word, k)))
        cards.append(card)
        print(by, fold, _line([card]), json.dumps({k: round(v, 4) for k, v in card.jsd_by.items()}), flush=True)
    print(by, "mean", _line(cards))


def _line(cards: list[PairCard]) -> str:
    names = ("auc_adj", "jsd", "coverage", "hit", "realism")
    means = (sum(getattr(card, name) for card in cards) / len(cards) for name in names)
    return " ".join(f"{name} {mean:.4f}" for name, mean in zip(names, means))


def main() -> None:
    """Read the flags."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("--by", choices=("row", "pair", "word"), action="append")
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--agree", action="store_true")
    args = parser.parse_args()
    if args.agree:
        agree(args.facts)
        return
    for by in args.by or ("row", "word"):
        measured(args.facts, by, args.folds)


def agree(facts: Path) -> None:
    """Compare the scores of the model, word by word, with sums of the shipped weights over the training's features."""
    words = sorted({row[1] for row in rows_of(facts)})[::40]
    worst = fit.disagreement(words, model("residual", "qwerty"))
    print(f"{len(words)} words: the two differ by {worst} at most")
    if worst:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
