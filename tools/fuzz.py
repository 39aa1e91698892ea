"""Throw broken records and recipes at perturb: ``python tools/fuzz.py --records 1000000 --recipes 100000``.

Records go, some hundreds a file, through reader, engine and writer as ``perturb run`` does it: files of every form and packing, every light recipe,
with and without rejects. Each file must end in a PerturbError, and then leave nothing, or in an output that other parsers than ours read, whose counts
are right and whose logs lead from the clean texts to the variants; one in twenty is written as lines too, and must read back the same.
Recipes must parse or end in a RecipeError that names its lines; what parses varies an item.

A record that takes more than 10 seconds of CPU (and one more for each 20,000 of its characters) is a hang. What goes wrong is printed with the number
that makes the same file again (--only NUMBER), and the search goes on.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fuzz_grammar as grammar
import fuzz_recipes
from fuzz_files import Wrong, logged, parsed, strict, written

from perturb.core.errors import PerturbError, UsageError
from perturb.core.registry import transforms
from perturb.items.codec import dumps
from perturb.items.detect import from_fields
from perturb.items.readers import read
from perturb.recipe import shipped
from perturb.recipe_yaml import parse_recipe
from perturb.recipe_yaml.document import decoded
from perturb.runs.outputs import Outputs
from perturb.runs.runner import run
from perturb.variants import Perturber

FORMS = [".jsonl"] * 8 + [".json", ".csv", ".tsv", ".parquet"]
PACKINGS = ["", "", "", "", ".gz", ".zst"]
PROFILES = {
    "chat": "chat",
    "choice": "mmlu",
    "math": "gsm8k",
    "reading": "squad",
    "support": from_fields("text", "category"),
}
SECONDS, CHARACTERS = 10.0, 20_000


class Hang(BaseException):
    """A record took too long."""


def arm(size: int = 0) -> None:
    """Start the clock of a record anew."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS + size / CHARACTERS, 1.0)  # again, where something swallowed it


@contextmanager
def watched() -> Iterator[None]:
    """Raise Hang where a record takes too long; what cannot be interrupted ends the process after ten minutes."""

    def ring(*_: object) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, ring)
    faulthandler.dump_traceback_later(600, exit=True, file=sys.__stderr__)
    try:
        arm()
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()


class Watched(Perturber):
    """A Perturber that starts the clock anew with each record."""

    def name(self, item: dict[str, Any]) -> str:
        """Name an item."""
        arm(len(str(item)))
        return super().name(item)

    def prepare(self, item: dict[str, Any], name: str) -> Any:
        """Make what an item's variants share."""
        arm(len(str(item)))
        return super().prepare(item, name)


# -- one file of records ------------------------------------------------------------------------------------


def a_file(number: int, seed: int, count: int, folder: Path, told: Counter[str]) -> None:
    """Make a file, run perturb over it, and look at what comes out."""
    rng = random.Random(f"{seed}/{number}")
    form = rng.choice(FORMS)
    source = folder / f"in{form}{rng.choice(PACKINGS)}"
    like = rng.choice([*PROFILES, "*"])
    skip = form != ".jsonl" or rng.random() < 0.9
    count = count if form == ".jsonl" and skip else count // 4
    told["records"] += written(rng, source, like, count)
    out = folder / f"out{rng.choice(FORMS)}{rng.choice(PACKINGS)}"
    recipe = rng.choice(recipes()) if rng.random() < 0.7 else "hurried"
    options: dict[str, Any] = {"n": rng.choice([1, 1, 1, 2]), "seed": number, "intensity": rng.choice([1.0, 1.0, 0.3, 4.0]),
                               "with_clean": rng.random() < 0.1, "fields": ("answer",) if rng.random() < 0.02 else ()}  # fmt: skip
    if rng.random() < 0.8 and form == ".jsonl" and like != "*":
        options["profile"] = PROFILES[like]
    bare = rng.random() < 0.05
    about = f"file {number}: {source.name} -> {out.name}, {recipe}, {options}"
    outputs = Outputs(str(out), rejects=str(folder / "rejects") if skip else "", bare=bare)
    try:
        perturber = Watched(recipe, **options)
        summary = run(perturber, str(source), outputs)
    except PerturbError as e:
        told["files refused"] += 1
        told["records in files refused"] += count
        assert str(e), about
        left = [p.name for p in folder.iterdir() if p != source]
        if left:
            raise Wrong(f"{about}: left {left}") from None
        return
    stats = perturber.stats
    over = sum(n for key, n in stats.items() if key.startswith("passed over"))
    told["read"] += stats["items"] + over
    told["rejected"] += summary.rejected
    told["written"] += summary.records
    told["files"] += 1
    if form == ".json" and stats["items"] + over + summary.rejected != count and source.suffix == ".json":
        told["arrays cut"] += 1
    found = parsed(out, about)
    if len(found) != summary.records or stats["variants"] + stats["clean"] != summary.records:
        raise Wrong(f"{about}: {len(found)} records stand there, the summary says {summary.records}")
    for line in (folder / "rejects").read_bytes().splitlines() if skip else ():
        strict(line)
    if not bare:
        for record in found:
            logged(record["perturb"], record, about)
    if rng.random() < 0.05:
        again(perturber, source, out, outputs, about)


def again(perturber: Perturber, source: Path, out: Path, outputs: Outputs, about: str) -> None:
    """Write the same as lines, and compare what both read back as."""
    lines = out.with_name("again.jsonl")
    run(
        perturber,
        str(source),
        Outputs(str(lines), rejects=outputs.rejects and outputs.rejects + "2", bare=outputs.bare),
    )
    if not lines.stat().st_size:
        return
    ours, theirs = ([dumps(sorted(r.item.items())) for r in read(p)] for p in (out, lines))
    if ours != theirs:
        first = next((a, b) for a, b in zip([*ours, ""], [*theirs, ""]) if a != b)
        raise Wrong(f"{about}: reads back otherwise than lines do: {first}")


def recipes() -> list[str]:
    """List what needs nothing that is not installed: the shipped recipes and the single transforms."""
    return [*shipped(), *(t.name for t in transforms().values() if not t.needs)]


# -- one recipe ---------------------------------------------------------------------------------------------


def a_recipe(number: int, seed: int, told: Counter[str]) -> None:
    """Parse a recipe; what parses varies an item."""
    rng = random.Random(f"{seed}/recipe/{number}")
    data = fuzz_recipes.recipe(rng)
    told["recipes"] += 1
    try:
        parsed = parse_recipe(decoded(data, "mine.yaml"), name="mine", file="mine.yaml")
    except PerturbError as e:
        told["refused"] += 1
        for line in str(e).split("\n"):
            if not re.match(r".+\.yaml:\d+: .", line) and "pip install" not in line:
                raise Wrong(f"recipe {number}: a message without its line: {line[:200]!r} of {data[:300]!r}") from None
        return
    told["accepted"] += 1
    if rng.random() < 0.1:
        item = {"id": "a", **rng.choice(grammar.samples())}
        try:
            for v in Perturber(parsed, 1, number)([item]):
                strict(dumps(v.item))
                told["variants"] += 1
        except UsageError:  # a table that is not there, of a step that the trial text gives nothing to do
            told["refused late"] += 1


# -- all of it ----------------------------------------------------------------------------------------------


def attempt(what: str, told: Counter[str], fn: Any, *args: Any) -> None:
    """Do one, and say what went wrong with it."""
    try:
        with watched():
            fn(*args, told)
    except Hang:
        told["HANGS"] += 1
        print(f"{what}: HANG\n{''.join(traceback.format_exc().splitlines(True)[-14:])}", flush=True)
    except Exception:
        told["WRONG"] += 1
        print(f"{what}: {''.join(traceback.format_exc().splitlines(True)[-12:])}", flush=True)


def fuzz(
    records: int, recipes_: int, seed: int, each: int = 400, only: int | None = None, said: float = 0.0
) -> Counter[str]:
    """Do so many of both and give the counts."""
    told: Counter[str] = Counter()
    last, number = time.monotonic(), only or 0
    while told["records"] < records and told["WRONG"] < 1000:
        with tempfile.TemporaryDirectory(prefix="perturb-fuzz-") as name:
            attempt(f"file {number}", told, a_file, number, seed, each, Path(name))
        number += 1
        if only is not None:
            break
        if said and time.monotonic() - last > said:
            last = time.monotonic()
            print(dict(told), flush=True)
    for n in range(recipes_) if only is None else ():
        attempt(f"recipe {n}", told, a_recipe, n, seed)
    return told


def main() -> None:
    """Fuzz and print the counts; exit code 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--recipes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--each", type=int, default=400, help="records of a file")
    parser.add_argument("--only", type=int, help="the number of one file")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    begun = os.times()
    told = fuzz(given.records, given.recipes, given.seed, given.each, given.only, 60.0)
    now = os.times()
    print(f"seed {given.seed}: {dict(told)}; {now.user + now.system - begun.user - begun.system:.0f} s of CPU")
    sys.exit(bool(told["WRONG"] or told["HANGS"]))


if __name__ == "__main__":
    main()
