"""What noise costs a retriever: ours against people's, who typed and spoke the same questions.

    python bench/retrieval.py FACTS BENCH typed:RECIPE [spoken:RECIPE …] [--seeds 20] [--half tune|test]

A TF-IDF retriever (scikit-learn's TfidfVectorizer as it comes, cosine) ranks the passages of BENCH/squad_xquad_en.jsonl for
the questions of FACTS/noiseqa_tune.jsonl whose ids stand there. It is asked with the clean questions, as people typed and
spoke them, and as each RECIPE (a name, file, transform or family) writes them: accuracy at 1 and at 3, the loss in
points, and its distance to the loss of the column named before the colon ("typed" where none is). Ours are means over the
seeds; ± is two standard errors of the difference people's noise makes, over questions.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from perturb.evaluate.realism.generators import text_generator
from perturb.evaluate.realism.halves import in_half


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


class Retriever:
    """Rank passages by the cosine of their TF-IDF vectors with a question's."""

    def __init__(self, passages: list[str]) -> None:
        self.vectors = TfidfVectorizer()
        self.matrix = self.vectors.fit_transform(passages)

    def hits(self, questions: list[str], gold: list[int]) -> tuple[list[bool], list[bool]]:
        """Tell for each question whether its passage stands first, and among the first three; ties go to the others."""
        scores = (self.vectors.transform(questions) @ self.matrix.T).toarray()
        ranks = [sum(float(s) >= float(row[g]) for s in row) for row, g in zip(scores, gold)]
        return [r <= 1 for r in ranks], [r <= 3 for r in ranks]


def share(hits: list[bool]) -> float:
    return 100 * sum(hits) / len(hits)


def error(clean: list[bool], noisy: list[bool]) -> float:
    """Give two standard errors of the difference of two accuracies on the same questions, in points."""
    d = [a - b for a, b in zip(clean, noisy)]
    mean = sum(d) / len(d)
    return 200 * math.sqrt(sum((x - mean) ** 2 for x in d) / len(d) / (len(d) - 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path)
    parser.add_argument("bench", type=Path)
    parser.add_argument("recipes", nargs="*", metavar="[COLUMN:]RECIPE")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--half", choices=["tune", "test"])
    given = parser.parse_args()
    squad = {r["id"]: r for r in rows(given.bench / "squad_xquad_en.jsonl")}
    passages = list(dict.fromkeys(r["context"] for r in squad.values()))
    place = {p: i for i, p in enumerate(passages)}
    every = rows(given.facts / "noiseqa_tune.jsonl")
    some = [r for r in every if r["id"] in squad and in_half(r["id"], given.half)]
    gold = [place[squad[r["id"]]["context"]] for r in some]
    print(f"{len(some)} of {len(every)} questions{f' (half: {given.half})' if given.half else ''} over {len(passages)} "
          f"passages; {given.seeds} seeds; accuracy in %")  # fmt: skip
    retriever = Retriever(passages)
    clean = retriever.hits([r["clean"] for r in some], gold)
    print(f"{'':32} {'@1':>6} {'loss':>6} {'gap':>6}  {'@3':>6} {'loss':>6} {'gap':>6}")
    print(f"{'clean':32} {share(clean[0]):6.1f} {'':13}  {share(clean[1]):6.1f}")
    lost: dict[str, list[float]] = {}
    for column in ("typed", "spoken"):
        found = retriever.hits([r[column] for r in some], gold)
        lost[column] = [share(c) - share(f) for c, f in zip(clean, found)]
        told = [
            f"{share(f):6.1f} {loss:6.1f} {f'±{error(c, f):.1f}':>6}" for c, f, loss in zip(clean, found, lost[column])
        ]
        print(f"{column + ' by people':32} {'  '.join(told)}")
    for name in given.recipes:
        column, _, recipe = name.rpartition(":")
        column = column or "typed"
        generate = text_generator(recipe)
        sums = [0.0, 0.0]
        for seed in range(given.seeds):
            found = retriever.hits([generate(r["clean"], seed) for r in some], gold)
            sums = [s + share(f) / given.seeds for s, f in zip(sums, found)]
        told = [
            f"{s:6.1f} {share(c) - s:6.1f} {share(c) - s - human:+6.1f}"
            for s, c, human in zip(sums, clean, lost[column])
        ]
        print(f"{f'{recipe} ({column})':32} {'  '.join(told)}")


if __name__ == "__main__":
    main()
