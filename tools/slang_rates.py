"""Measure slang.register on texts: how often each word of the tables was written short, beside the table's rate.

    python tools/slang_rates.py chats.jsonl --field text --register sms --seeds 20

Prints the commonest words with a measured rate (their number, the rate asked and the rate got, in per cent, at places
where a form may stand), then slang and dropped apostrophes in 1,000 words and the share of texts changed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.language.conditions import fits
from perturb.language.lexicon import rows
from perturb.language.phrases import REGISTERS, lexicon, offers
from perturb.language.protect import protected
from perturb.transforms.slang import TABLES


def asked(register: str) -> tuple[dict[str, float], set[str]]:
    """Give the per cent of times that each key is to be written short, and the keys whose rate is measured."""
    column = REGISTERS.index(register)
    rates: Counter[str] = Counter()
    measured = set()
    for name in TABLES:
        for row in rows("slang", name):
            rates[row[0]] += float(row[2 + column])  # type: ignore[assignment]
            if register in row[7].split("+"):
                measured.add(row[0])
    return dict(rates), measured


def main() -> None:
    """Read the file, write the variants, print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--field", default="text")
    parser.add_argument("--register", default="sms", choices=REGISTERS)
    parser.add_argument("--seeds", type=int, default=10)
    args = parser.parse_args()
    items = (json.loads(line) for line in args.file.read_text("utf-8").splitlines() if line.strip())
    texts = [protected(item[args.field]) for item in items if isinstance(item.get(args.field), str)]
    rates, measured = asked(args.register)
    there, short = Counter[str](), Counter[str]()
    words = slang = marks = changed = 0
    for text in texts:
        there.update(_places(text, args.register))
        for seed in range(args.seeds):
            rng = Rng(seed, text.raw)
            edits = engine.run(text, get("slang.register"), {"register": args.register}, rng, rate=None, times=1)
            words += len(text.words)
            changed += bool(edits)
            for start, end, new in edits:
                old = text.raw[start:end].lower().replace("’", "'")
                short[old] += 1
                mark = old.replace("'", "") == new.lower()
                slang, marks = slang + (not mark), marks + mark
    for key in [k for k, _ in there.most_common() if k in measured and rates[k] > 0][:30]:
        print(f"{key:14}{there[key]:6}{rates[key]:8.1f}{100 * short[key] / there[key] / args.seeds:8.1f}")
    total = len(texts) * args.seeds
    print(f"in 1,000 words: {1000 * slang / words:.1f} slang, {1000 * marks / words:.1f} apostrophes dropped")
    print(f"texts changed: {100 * changed / total:.0f} %")


def _places(text: Text, register: str) -> Counter[str]:
    """Count the places of each key where one of its forms may stand."""
    found: Counter[str] = Counter()
    for key, at, forms in offers(text.view("form"), lexicon("slang", TABLES, register)):
        found[key] += sum(any(fits(place, form.where) for form in forms) for place in at)
    return found


if __name__ == "__main__":
    main()
