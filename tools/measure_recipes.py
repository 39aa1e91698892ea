"""Measure what the recipes do to benchmark files: ``python tools/measure_recipes.py BENCH [RECIPE ...]``.

Writes bench/recipes.json, of which tools/make_docs.py makes the tables of docs/recipes.md and docs/truncation.md: what share of a
file's items each recipe changes, and what `truncated` takes, on each file. BENCH is a folder with the files named below,
a benchmark each, JSON Lines in the schemas that are commonly distributed; nothing is written where one of them is missing.
With RECIPE only the shares of these are measured again. All is drawn with fixed seeds: the same files give the same figures.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from perturb.core.text import WORD  # noqa: E402
from perturb.recipe import shipped  # noqa: E402
from perturb.runs.feed import Feed  # noqa: E402
from perturb.variant import Variant  # noqa: E402
from perturb.variants import Perturber  # noqa: E402

MEASURED = ROOT / "bench" / "recipes.json"
FILES = {
    "BANKING77": "banking77_test.jsonl",
    "HINT3": "hint3_test.jsonl",
    "SQuAD": "squad_xquad_en.jsonl",  # XQuAD's English part
    "GSM8K": "gsm8k_test.jsonl",
    "MMLU": "mmlu_test.jsonl",
    "Arena-Hard": "arena_hard_v0.1.jsonl",
    "BoolQ": "boolq_dev.jsonl",
    "CLINC150": "clinc150_test.jsonl",
    "IFEval": "ifeval.jsonl",
    "NQ": "nq_open_dev.jsonl",
    "ARC": "arc_challenge_test.jsonl",
    "MT-Bench": "mt_bench.jsonl",
}
# What share of texts a recipe changes: one draw of the first items of each.
SHARED = ("BANKING77", "HINT3", "SQuAD", "GSM8K", "MMLU", "Arena-Hard")
SHARE_ITEMS, SHARE_SEED = 400, 1
# What truncated takes: its kinds over all of these, and its steps on each of those.
MIXED = ("GSM8K", "BANKING77", "SQuAD", "NQ", "CLINC150", "MMLU", "ARC", "MT-Bench")
STEPPED = ("GSM8K", "BANKING77", "SQuAD", "CLINC150", "IFEval", "NQ")
MIXED_ITEMS, STEPPED_ITEMS, CUT_SEED = 400, 1500, 5
KINDS = {
    "cut.keywords": "key words", "cut.functions": "key words", "cut.state": "key words",
    "cut.constraint": "missing", "cut.topic": "missing", "cut.sentence": "missing", "vague.qualifier": "missing", "vague.entity": "missing",
    "refer.turn": "goes on", "refer.it": "goes on", "cut.subject": "goes on",
    "send.parts": "parts", "split.lines": "parts",
    "cut.unfinished": "at a word", "cut.head": "at a word", "cut.cap": "at a word",
    "cut.midword": "inside a word",
}  # fmt: skip
LIGHT = frozenset(("a", "an", "the", "my"))


def drawn(recipe: str, path: Path, items: int, seed: int, unchanged: str | None) -> tuple[list[Variant], int]:
    """Draw one variant of each of a file's first items; give them with the number of items that could be read."""
    perturber = Perturber(recipe, 1, seed, unchanged=unchanged, on_bad=lambda bad, item: None)
    variants = list(perturber(islice(Feed([str(path)], limit=items).items(), items)))
    return variants, perturber.stats["items"]


def share(recipe: str, path: Path, unchanged: str | None) -> int:
    """Give the per cent of a file's items that a recipe changes."""
    variants, items = drawn(recipe, path, SHARE_ITEMS, SHARE_SEED, unchanged)
    return round(100 * sum(v.changed for v in variants) / items)


def kept(recipe: str) -> bool:
    """Tell whether a run keeps the unchanged variants of a recipe."""
    perturber = Perturber(recipe)
    return perturber.policy(perturber.recipes[0]) == "keep"


def shares(recipes: list[str], bench: Path) -> dict[str, Any]:
    """Measure the shares of items that recipes change, drawn again where unchanged, and as a run draws where that keeps them."""
    found: dict[str, Any] = {"redrawn": {}, "kept": {}, "boolq": {}}
    for recipe in recipes:
        found["redrawn"][recipe] = [share(recipe, bench / FILES[name], "redraw") for name in SHARED]
        if kept(recipe):
            found["kept"][recipe] = [share(recipe, bench / FILES[name], None) for name in SHARED]
        if recipe == "false_premise":  # wants questions for yes or no, of which the others have none
            found["boolq"][recipe] = share(recipe, bench / FILES["BoolQ"], "redraw")
        print(f"{recipe:20} {found['redrawn'][recipe]} {found['kept'].get(recipe, '')}", flush=True)
    return found


def steps_of(variant: Variant) -> set[str]:
    """Give the steps that made a variant's edits and moves."""
    edits = {step.split("#")[0] for e in variant.edits for step in e.step.split("+")}
    return edits | {move["step"] for move in variant.moves}


def is_light(variant: Variant) -> bool:
    """Tell whether a variant lost nothing but articles, "my" and marks, or only came in parts."""
    for edit in variant.edits:
        old, new = (Counter(w[0].lower() for w in WORD.finditer(text)) for text in (edit.old, edit.new))
        if new - old or not (old - new).keys() <= LIGHT:
            return False
    return True


def kinds(bench: Path) -> dict[str, Any]:
    """Count the kinds of truncation over several benchmarks together."""
    count: Counter[str] = Counter()
    variants = 0
    for name in MIXED:
        for v in drawn("truncated", bench / FILES[name], MIXED_ITEMS, CUT_SEED, None)[0]:
            count.update({KINDS[step] for step in steps_of(v)})
            variants += 1
    return {"variants": variants, "per cent": {kind: round(100 * n / variants, 1) for kind, n in count.most_common()}}


def steps(bench: Path) -> dict[str, Any]:
    """Count what `truncated` does on single benchmarks: items with a variant, light ones, the most frequent steps (per cent)."""
    found = {}
    for name in STEPPED:
        variants, items = drawn("truncated", bench / FILES[name], STEPPED_ITEMS, CUT_SEED, None)
        count = Counter(step for v in variants for step in steps_of(v))
        found[name] = {
            "items": round(100 * len(variants) / items),
            "light": round(100 * sum(map(is_light, variants)) / len(variants)),
            "steps": [[step, round(100 * n / len(variants))] for step, n in count.most_common(4)],
        }
        print(name, found[name], flush=True)
    return found


def _in_a_line(m: re.Match[str]) -> str:
    """Write a list of figures in one line."""
    return f"[{' '.join(m[1].split())}]"


def main() -> int:
    """Measure and write bench/recipes.json; exit code 2, and nothing written, where a file is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("recipes", nargs="*", metavar="RECIPE")
    given = parser.parse_args()
    missing = [file for file in FILES.values() if not (given.bench / file).is_file()]
    if missing:
        print(f"nothing measured: {given.bench} has no {', '.join(missing)}", file=sys.stderr)
        return 2
    old = json.loads(MEASURED.read_text("utf-8")) if MEASURED.exists() else {}
    new = shares(given.recipes or shipped(), given.bench)
    if given.recipes:
        new = {key: {**old.get("shares", {}).get(key, {}), **new[key]} for key in new}
    done = {"shares": {key: dict(sorted(new[key].items())) for key in new}}
    if not given.recipes or "truncated" in given.recipes:
        done["truncated"] = {"kinds": kinds(given.bench), "steps": steps(given.bench)}
    text = re.sub(r"\[\s+([^][{}]*?)\s+\]", _in_a_line, json.dumps({**old, **done}, indent=1, ensure_ascii=False))
    MEASURED.write_text(text + "\n", encoding="utf-8")
    print(f"wrote {MEASURED.relative_to(ROOT)}; now: python tools/make_docs.py docs/recipes.md docs/truncation.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
