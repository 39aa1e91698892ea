"""Speed of the hot path against nlpaug, in one process, on the same texts.

    python bench/hot.py [FILE.jsonl ...]

(1) One typo step of the engine, edits and new text, on a masked text, against ``KeyboardAug().augment``, both set to
change two words of each text, or four. (2) A three-step recipe through Perturber, log and record included, against
``KeyboardAug().augment`` as it comes: one variant an item, its mask counted in, and ten, which share the mask.
CPU time of this process, the best of several rounds taken in turns; by length of text, since nlpaug's cost grows with
the text and ours with the edits. (3) ``perturb --help`` over ``python -c pass``, medians of wall time.
Texts are the inputs and passages of data/samples, or of the files named.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected
from perturb.recipe_yaml import parse_recipe
from perturb.variants import Perturber

ROUNDS = 7
THREE = "summary: three steps\nsteps: [case.lower_start, punct.no_final, typo.neighbor: {times: 2}]\n"


def texts(files: list[str]) -> list[str]:
    """Read the texts of at least eight words, so that two of them can change."""
    folder = Path(__file__).parents[1] / "data" / "samples"
    found: dict[str, None] = {}
    for file in [Path(f) for f in files] or sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").split("\n")[:400]:
            item = json.loads(line) if line else {}
            fields = [item.get(k) for k in ("question", "text", "context", "prompt")]
            found.update({t: None for t in fields if isinstance(t, str) and len(t.split()) >= 8})
    return list(found)


def changed(old: str, new: str) -> int:
    return sum(a != b for a, b in zip(old.split(), new.split()))


def best(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Time each task in turns, for a twentieth of a second at least so that caches are warm, and keep its best round."""
    times: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            passes, began = 0, time.process_time()
            while passes == 0 or time.process_time() - began < 0.05:
                task()
                passes += 1
            spent = (time.process_time() - began) / passes
            times[name] = min(times.get(name, spent), spent)
    return times


def measure(raws: list[str]) -> dict[str, float]:
    """Give CPU microseconds a text or variant for each task, and the words that the typo step changed."""
    import nlpaug.augmenter.char as nac

    random.seed(1)
    peers = {k: nac.KeyboardAug(aug_word_min=k, aug_word_max=k, aug_char_max=1) for k in (2, 4)}
    plain = nac.KeyboardAug()
    slip, made, recipe = get("typo.neighbor"), [protected(raw) for raw in raws], parse_recipe(THREE)
    items = [{"question": raw, "answer": ""} for raw in raws]

    def peer(k: int) -> list[str]:
        return [peers[k].augment(raw)[0] for raw in raws]

    def ours(k: int) -> list[str]:
        out = []
        for i, text in enumerate(made):
            edits = engine.run(text, slip, {}, Rng(7, str(i)).stream(slip.name), rate=None, times=k)
            out.append(text.spliced(edits).raw)
        return out

    def whole(n: int) -> int:
        return sum(len(v.item) > 0 for v in Perturber(recipe, n=n, seed=7, profile="qa", unchanged="keep")(items))

    tasks = {
        "peer2": lambda: peer(2), "ours2": lambda: ours(2), "peer4": lambda: peer(4), "ours4": lambda: ours(4),
        "peer": lambda: [plain.augment(raw) for raw in raws], "one": lambda: whole(1), "ten": lambda: whole(10),
    }  # fmt: skip
    for task in tasks.values():
        task()
    n = len(raws)
    t = {name: seconds / n * 1e6 for name, seconds in best(tasks).items()}
    t["ten"] /= 10
    t["words"] = sum(map(changed, raws, ours(2))) / n
    return t


def main() -> None:
    raws = texts(sys.argv[1:])
    print(
        f"Python {sys.version.split()[0]}; CPU µs; x: how many times as many texts per second as nlpaug's KeyboardAug"
    )
    print("  words a text  texts | 2 words: ours nlpaug     x | 4 words: ours nlpaug     x | nlpaug as it comes | "
          "3 steps, n=1     x   n=10     x")  # fmt: skip
    for low, high in ((8, 19), (20, 39), (40, 79), (80, 10_000), (8, 10_000)):
        some = [r for r in raws if low <= len(r.split()) <= high]
        if len(some) >= 4:
            t = measure(some)
            assert 1.9 <= t["words"] <= 2.0, t["words"]
            name = f"{low} to {high}" if high < 10_000 else f"{low} or more"
            print(f"{name:>14} {len(some):>6} | {t['ours2']:13.1f} {t['peer2']:6.1f} {t['peer2'] / t['ours2']:5.1f} | "
                  f"{t['ours4']:13.1f} {t['peer4']:6.1f} {t['peer4'] / t['ours4']:5.1f} | {t['peer']:18.1f} | "
                  f"{t['one']:12.1f} {t['peer'] / t['one']:5.1f} {t['ten']:6.1f} {t['peer'] / t['ten']:5.1f}")  # fmt: skip
    print(f"perturb --help: {start_up():.0f} ms over bare python")


def start_up() -> float:
    def ms(command: list[str]) -> float:
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return (time.perf_counter() - began) * 1000

    help_ = [
        sys.executable,
        "-c",
        "import sys; sys.argv = ['perturb', '--help']; from perturb.cli import entry; entry()",
    ]
    pairs = [(ms(help_), ms([sys.executable, "-c", "pass"])) for _ in range(15)]
    return statistics.median(a for a, _ in pairs) - statistics.median(b for _, b in pairs)


if __name__ == "__main__":
    main()
