"""Speed of the hot path against nlpaug, in one process, on the same texts, both changing the same number of words.

    python bench/hot.py [FILE.jsonl ...]

(1) One typo step of the engine, edits and new text, on a masked text, against ``KeyboardAug().augment`` set to change as
many words of each text, one letter in each: two, or four.
(2) Three steps through Perturber, item out, with mask, log and record, against ``KeyboardAug().augment`` set for each
variant to change as many words as that variant changed (three in most; a lost final mark is not counted). One variant an
item, and ten, which share the mask. Two recipes: "voice" (lower start, no final mark, two typos), whose first two steps
draw nothing and so are done once an item, and "typos" (omit, swap, neighbor, one each), all of whose steps draw.
(3) ``perturb --help`` over ``python -c pass``, medians of wall time.

CPU time of this process, for each ten texts or variants the best of several rounds taken in turns. All texts of a file together, then by length, since
nlpaug's cost grows with the text and ours with the edits. Texts are the inputs and passages of data/samples, or of the
first 400 lines of the files named, of at least eight words. x: how many times as many texts (variants) a second as nlpaug.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from perturb.core import engine
from perturb.core.edits import splice
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.language.protect import protected
from perturb.recipe_yaml import parse_recipe
from perturb.variant import Variant
from perturb.variants import Perturber

T = TypeVar("T")
ROUNDS = 7
CHUNK = 10
VARIANTS = 10
RECIPES = {
    "voice": "summary: a voice\nsteps: [case.lower_start, punct.no_final, typo.neighbor: {times: 2}]\n",
    "typos": "summary: typos\nsteps: [typo.omit: {times: 1}, typo.swap: {times: 1}, typo.neighbor: {times: 1}]\n",
}


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
    """Count the words that differ, the marks behind them aside."""
    return sum(a.rstrip(".?!") != b.rstrip(".?!") for a, b in zip(old.split(), new.split()))


def best(tasks: dict[str, Callable[[], Iterator[object]]]) -> dict[str, float]:
    """Time each task in turns, for a twentieth of a second at least, and add up the best of each of its chunks.

    All chunks are run in their order in every pass, so that caches are as warm as in passes over the texts; whatever else
    the machine does meanwhile spoils single chunks, not the whole.
    """
    chunks: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            enough = time.process_time() + 0.05
            now = 0.0
            while now < enough:
                spent, began = [], time.process_time()
                for _ in task():
                    now = time.process_time()
                    spent.append(now - began)
                    began = time.process_time()
                chunks[name] = list(map(min, chunks.get(name, spent), spent))
    return {name: sum(spent) for name, spent in chunks.items()}


def by_chunk(work: Callable[[T], object], inputs: Iterable[T]) -> Iterator[object]:
    """Do the work on each of the inputs, stopping after every few."""
    inputs = iter(inputs)
    while chunk := list(islice(inputs, CHUNK)):
        yield [work(one) for one in chunk]


class Peer:
    """nlpaug's KeyboardAug, one letter in each of the words it is told to change."""

    def __init__(self) -> None:
        import nlpaug.augmenter.char as nac

        random.seed(1)
        self._make = nac.KeyboardAug
        self._made: dict[int, Any] = {}

    def one(self, pair: tuple[str, int]) -> str:
        """Change so many words of a text."""
        raw, k = pair
        out: str = self._for(k).augment(raw)[0]
        return out

    def words(self, pairs: list[tuple[str, int]]) -> int:
        """Count the words that it changes, by its own log (it spaces marks anew, so texts do not compare)."""
        count = 0
        for raw, k in pairs:
            self._for(k).include_detail = True
            count += len(self._for(k).augment(raw)[0][1])
            self._for(k).include_detail = False
        return count

    def _for(self, k: int) -> Any:
        if k not in self._made:
            self._made[k] = self._make(aug_word_min=k, aug_word_max=k, aug_char_max=1)
        return self._made[k]


def measure_step(raws: list[str], peer: Peer, k: int) -> tuple[float, float, float, float]:
    """Give CPU microseconds a text, ours and nlpaug's, and the words that both changed."""
    slip, made = get("typo.neighbor"), [protected(raw) for raw in raws]
    pairs = [(raw, k) for raw in raws]

    def ours(pair: tuple[int, Text]) -> str:
        edits = engine.run(pair[1], slip, {}, Rng(7, str(pair[0])).stream(slip.name), rate=None, times=k)
        return splice(pair[1].raw, edits)

    numbered = list(enumerate(made))
    words = sum(map(changed, raws, map(ours, numbered))), peer.words(pairs)
    t = best({"ours": lambda: by_chunk(ours, numbered), "peer": lambda: by_chunk(peer.one, pairs)})
    size = len(raws)
    return t["ours"] / size * 1e6, t["peer"] / size * 1e6, words[0] / size, words[1] / size


def measure_recipe(raws: list[str], peer: Peer, recipe: str, n: int) -> tuple[float, float, float, float]:
    """Give CPU microseconds a variant, ours and nlpaug's, and the words that both changed."""
    items, parsed = [{"question": raw, "answer": ""} for raw in raws], parse_recipe(RECIPES[recipe])

    def variants() -> Iterator[Variant]:
        return Perturber(parsed, n=n, seed=7, profile="qa", unchanged="keep")(items)

    pairs = [(v.clean_text, changed(v.clean_text, v.text)) for v in variants()]
    words = sum(k for _, k in pairs), peer.words(pairs)
    # The variants are drawn while a chunk of them is listed, so that all of the work is timed.
    t = best({"ours": lambda: by_chunk(lambda v: v.item, variants()), "peer": lambda: by_chunk(peer.one, pairs)})
    size = len(pairs)
    return t["ours"] / size * 1e6, t["peer"] / size * 1e6, words[0] / size, words[1] / size


def main() -> None:
    raws, peer = texts(sys.argv[1:]), Peer()
    print(f"Python {sys.version.split()[0]}; CPU µs a text or variant")
    print("  words a text  texts | task            |   ours nlpaug     x | words changed: ours nlpaug")
    for low, high in ((8, 10_000), (8, 19), (20, 39), (40, 79), (80, 10_000)):
        some = [r for r in raws if low <= len(r.split()) <= high]
        if len(some) < 4:
            continue
        rows = {f"typo step, {k}": measure_step(some, peer, k) for k in (2, 4)}
        for recipe in RECIPES:
            rows |= {f"{recipe}, n={n}": measure_recipe(some, peer, recipe, n) for n in (1, VARIANTS)}
        name = "all" if (low, high) == (8, 10_000) else f"{low} to {high}" if high < 10_000 else f"{low} or more"
        for task, (ours, theirs, words, their_words) in rows.items():
            print(f"{name:>14} {len(some):>6} | {task:15} | {ours:6.1f} {theirs:6.1f} {theirs / ours:5.1f} | "
                  f"{words:19.2f} {their_words:6.2f}")  # fmt: skip
    print(f"perturb --help: {start_up():.0f} ms over bare python")


def start_up() -> float:
    """Give the milliseconds that ``perturb --help`` takes over a bare interpreter."""

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
