"""Speed of the hot path against nlpaug, in one process, on the same texts.

    python bench/hot.py

Texts are those of data/samples. (1) One typo step of the engine, edits and new text, against
``KeyboardAug().augment``, both changing the same number of words of each text. (2) A three-step recipe through
Perturber, masks, log and record included, against the same. Seconds are CPU time of this process, the best of
several rounds taken in turns. (3) Wall time of ``perturb --help`` over bare ``python -c pass``, median.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected
from perturb.recipe_yaml import parse_recipe
from perturb.variants import Perturber

ROUNDS = 7
THREE = "summary: three steps\nsteps: [case.lower_start, punct.no_final, typo.neighbor: {times: 2}]\n"


def texts() -> list[str]:
    """Read the sample texts of at least twelve words, so that two of them can change."""
    folder = Path(__file__).parents[1] / "data" / "samples"
    items = [json.loads(line) for f in sorted(folder.glob("*.jsonl")) for line in f.read_text("utf-8").splitlines()]
    found = [str(i.get("question") or i.get("text") or "") for i in items]
    return [t for t in found if len(t.split()) >= 12]


def changed(old: str, new: str) -> int:
    return sum(a != b for a, b in zip(old.split(), new.split()))


def best(tasks: dict[str, object]) -> dict[str, float]:
    """Time each task in turns and keep its best round."""
    times: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            began = time.process_time()
            task()  # type: ignore[operator]
            spent = time.process_time() - began
            times[name] = min(times.get(name, spent), spent)
    return times


def main() -> None:
    import nlpaug.augmenter.char as nac

    raws = texts()
    random.seed(1)
    augmenters = {k: nac.KeyboardAug(aug_word_min=k, aug_word_max=k, aug_char_max=1) for k in (2, 4)}
    slip = get("typo.neighbor")
    made = [protected(raw) for raw in raws]
    recipe = parse_recipe(THREE)
    items = [{"question": raw, "answer": ""} for raw in raws]

    def peer(k: int) -> list[str]:
        return [augmenters[k].augment(raw)[0] for raw in raws]

    def ours(k: int) -> list[str]:
        out = []
        for i, text in enumerate(made):
            edits = engine.run(text, slip, {}, Rng(7, str(i)).stream(slip.name), rate=None, times=k)
            out.append(text.spliced(edits).raw)
        return out

    def whole() -> list[dict[str, object]]:
        return [v.item for v in Perturber(recipe, n=1, seed=7, profile="qa", unchanged="keep")(items)]

    for task in (lambda: peer(2), lambda: ours(2), whole):
        task()
    t = best({f"peer{k}": (lambda k=k: peer(k)) for k in (2, 4)} | {f"ours{k}": (lambda k=k: ours(k)) for k in (2, 4)}
             | {"whole": whole})  # fmt: skip
    n = len(raws)
    print(f"{n} texts, {sum(len(r.split()) for r in raws) / n:.0f} words each, Python {sys.version.split()[0]}")
    for k in (2, 4):
        words = sum(map(changed, raws, ours(k))) / n, sum(map(changed, raws, peer(k))) / n
        print(f"one typo step, {words[0]:.1f} words changed: {t[f'ours{k}'] / n * 1e6:6.1f} µs a text; nlpaug "
              f"KeyboardAug, {words[1]:.1f} words: {t[f'peer{k}'] / n * 1e6:6.1f} µs; ratio {t[f'peer{k}'] / t[f'ours{k}']:.1f}")
    print(f"three steps through Perturber, with mask, log and record: {t['whole'] / n * 1e6:6.1f} µs a variant; "
          f"ratio to nlpaug's one step {t['peer2'] / t['whole']:.1f}")
    print(f"perturb --help: {start_up():.0f} ms over bare python")


def start_up() -> float:
    def ms(command: list[str]) -> float:
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return (time.perf_counter() - began) * 1000

    help_ = [sys.executable, "-c", "import sys; sys.argv = ['perturb', '--help']; from perturb.cli import entry; entry()"]
    pairs = [(ms(help_), ms([sys.executable, "-c", "pass"])) for _ in range(15)]
    return statistics.median(a for a, _ in pairs) - statistics.median(b for _, b in pairs)


if __name__ == "__main__":
    main()
