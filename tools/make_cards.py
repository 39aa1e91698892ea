"""Measure the realism cards anew: ``python tools/make_cards.py FACTS [--bench BENCH] [--peers] [SUBJECT ...]``.

Writes data/realism/SUBJECT.json for each card of tools/cards.yaml (or those named), then shows them in a line each; with
``--peers`` writes bench/peers.json instead, which depends on nlpaug alone. FACTS is a folder with the human pairs, BENCH
one with benchmark files (default: bench beside FACTS). Write docs/realism.md again afterwards (tools/make_docs.py).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from perturb.core.errors import PerturbError  # noqa: E402
from perturb.evaluate.realism.cards import Card, in_a_line, written  # noqa: E402
from perturb.evaluate.realism.measuring import Human, measure  # noqa: E402
from perturb.evaluate.realism.reading import Columns  # noqa: E402

PEERS = ROOT / "bench" / "peers.json"


def human(corpus: dict[str, Any], facts: Path, bench: Path) -> Human:
    """Find a corpus' file and say how it is read."""
    file = (bench if corpus.get("bench") else facts) / corpus["file"]
    columns = Columns(corpus.get("clean", "clean"), corpus.get("noisy", "noisy"), id=corpus.get("id", "id"))
    return Human(str(file), columns, corpus.get("half"), "", corpus["name"], corpus["licence"])


def one(subject: str, what: dict[str, str], corpora: dict[str, Human]) -> Card | str:
    """Make one card; a message where it cannot be made."""
    try:
        return measure(subject, what.get("run", ""), generator=what.get("generator", ""),
                       words=corpora.get(what.get("words", "")), texts=corpora.get(what.get("texts", "")))  # fmt: skip
    except PerturbError as e:
        return f"not made: {e}"


def main() -> int:
    """Make the cards; exit code 1 where one could not be made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path)
    parser.add_argument("subjects", nargs="*")
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--peers", action="store_true")
    given = parser.parse_args()
    if given.peers and os.environ.get("PYTHONHASHSEED") != "0":  # nlpaug's SpellingAug draws from sets
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    plan = yaml.safe_load((ROOT / "tools" / "cards.yaml").read_text("utf-8"))
    bench = given.bench or given.facts.parent / "bench"
    corpora = {name: human(corpus, given.facts, bench) for name, corpus in plan["corpora"].items()}
    wanted = {
        k: v for k, v in plan["peers" if given.peers else "cards"].items() if not given.subjects or k in given.subjects
    }
    began, made, failed = time.monotonic(), {}, 0
    with ProcessPoolExecutor(2) as pool:
        results = {k: pool.submit(one, k, v, corpora) for k, v in wanted.items()}
        for subject, result in results.items():
            card = result.result()
            failed += isinstance(card, str)
            print(f"{subject}: {card if isinstance(card, str) else in_a_line(card)}", flush=True)
            if isinstance(card, dict):
                made[subject] = card
    if given.peers:
        known = json.loads(PEERS.read_text("utf-8")) if PEERS.is_file() else {}
        PEERS.write_text(
            json.dumps({k: {**known, **made}[k] for k in plan["peers"] if k in {**known, **made}}, indent=1) + "\n"
        )
    else:
        (ROOT / "data" / "realism").mkdir(exist_ok=True)
        for subject, card in made.items():
            path = ROOT / "data" / "realism" / f"{subject}.json"
            known = json.loads(path.read_text("utf-8")) if path.is_file() else {}
            if "validity" in known:  # what people said of it is not measured here
                card["validity"] = known["validity"]
            path.write_text(written(card), "utf-8")
    print(f"{len(made)} of {len(wanted)} cards in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
