"""What perturb verify finds in nlpaug's defaults on real benchmark items.

    python bench/verify_peers.py FOLDER [ITEMS]

Takes ITEMS (500) items spread over the files of FOLDER for each augmenter, changes their input as nlpaug does by default, and
prints the share of variants in which anything that bears the answer is damaged.
"""

from __future__ import annotations

import copy
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import nlpaug.augmenter.char as nac
import nlpaug.augmenter.word as naw
import numpy

from perturb.items.codec import loads
from perturb.items.detect import detect
from perturb.items.field_paths import get_path, set_path
from perturb.verify import Pair, verify

AUGMENTERS = {
    "KeyboardAug": nac.KeyboardAug,
    "OcrAug": nac.OcrAug,
    "RandomCharAug (substitute)": nac.RandomCharAug,
    "SpellingAug": naw.SpellingAug,
}


def items_of(folder: Path, count: int) -> list[tuple[str, dict[str, Any]]]:
    """Take items spread evenly over the files and over each file."""
    files = sorted(folder.glob("*.jsonl"))
    each = -(-count // len(files))
    out = []
    for file in files:
        lines = [line for line in file.read_text("utf-8").split("\n") if line]
        out += [(file.stem, loads(line)) for line in lines[:: max(1, len(lines) // each)][:each]]
    return out[:count]


def main(folder: str, count: str = "500") -> None:
    """Print a row for each augmenter."""
    print("| nlpaug | variants | with violations | of these: number | negation | locked |\n|---|---|---|---|---|---|")
    for name, make in AUGMENTERS.items():
        random.seed(1)
        numpy.random.seed(1)
        augmenter, wrong, total = make(), 0, 0
        kinds: Counter[str] = Counter()
        for where, item in items_of(Path(folder), int(count)):
            profile = detect(item)
            changed = copy.deepcopy(item)
            for path in profile.inputs(item):
                text = str(get_path(item, path))
                if text.strip():
                    set_path(changed, path, augmenter.augment(text)[0])
            found = {v.kind for v in verify(Pair(where, "", item, changed, None, profile))}
            kinds.update(found)
            wrong, total = wrong + bool(found), total + 1
        shares = " | ".join(f"{100 * kinds[k] / total:.0f} %" for k in ("number", "negation", "locked"))
        print(f"| {name} | {total} | {100 * wrong / total:.0f} % | {shares} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
