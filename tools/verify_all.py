"""Verify what every shipped recipe writes over every file of a folder, and say how many variants, and what is wrong with them.

    python tools/verify_all.py FOLDER [--items 200] [-n 1] [--seed 31] [--file PART]… [--recipe NAME]…

Items are taken evenly over each file. A line for each violation, the counts at the end; exit code 1 where anything was found. Recipes
that need what is not installed (WordNet, spaCy) are left out and named.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from perturb import Perturber
from perturb.core.errors import BadRecord, MissingResource
from perturb.items.codec import dumps, loads
from perturb.recipe import shipped
from perturb.verify import Pair, verify

SHOWN = 40  # lines


def pairs(file: Path, recipe: str, items: int, n: int, seed: int) -> Iterator[Pair]:
    """Yield the variants that a recipe writes of a file's items, each written out and read again."""
    lines = [line for line in file.read_text("utf-8").split("\n") if line]
    chosen = [loads(line) for line in lines[:: max(1, len(lines) // items)]][:items]
    refused: list[BadRecord] = []
    for variant in Perturber(recipe, n=n, seed=seed, on_bad=lambda bad, item: refused.append(bad))(chosen):
        item = loads(dumps(variant.item))
        log = item.pop("perturb")
        yield Pair(file.stem, log["of"], variant.source, item, log, variant.profile)


def main() -> int:
    """Print violations and counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("-n", type=int, default=1)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--file", action="append", default=[])
    parser.add_argument("--recipe", action="append", default=[])
    given = parser.parse_args()
    files = [f for f in sorted(given.folder.glob("*.jsonl")) if not given.file or any(p in f.stem for p in given.file)]
    total, wrong, left_out = 0, 0, set()
    kinds: Counter[str] = Counter()
    for recipe in given.recipe or sorted(shipped()):
        for file in files:
            try:
                for pair in pairs(file, recipe, given.items, given.n, given.seed):
                    found, total = verify(pair), total + 1
                    wrong += bool(found)
                    kinds.update(v.kind for v in found)
                    for v in found if wrong <= SHOWN else ():
                        print(f"{v.where} {recipe} {v.of}: {v.kind}: {v.what}", flush=True)
            except MissingResource as e:
                left_out.add(f"{recipe} ({e})")
        print(f"{recipe}: {total} variants so far, {wrong} with violations", file=sys.stderr, flush=True)
    told = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
    print(f"{total} variants of {len(files)} files, {wrong} with violations{f' ({told})' if told else ''}")
    for name in sorted(left_out):
        print(f"left out: {name}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
