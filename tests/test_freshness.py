"""What a run says of its variants: figures that can be counted by hand, on a sample that is the same however it is made."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from shell import RunCli, jsonl, read_jsonl

from perturb import Perturber
from perturb.runs.batch import PerturbBatch
from perturb.runs.freshness import EACH, Sample, _size, freshness, hashed, items_for, measured

MANIFEST = "o.jsonl.manifest.json"


def told(folder: Path, name: str = MANIFEST) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / name).read_text())["freshness"]
    return found


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        ("the", "teh", 2),
        ("a", "", 1),
        ("", "xy", 2),
        ("How", "how", 1),
        ("aa", "aaa", 1),
        ("don't", "dont", 1),
        ("abc", "xbz", 3),
    ],
)
def test_characters_that_an_edit_changes(old: str, new: str, size: int) -> None:
    assert _size(old, new) == _size(new, old) == size


def test_one_variant_measured() -> None:
    v = Perturber("case.lower", seed=1).one({"id": "q", "question": "Where IS Anna?"})
    assert v.text == "where is anna?"
    row = measured(v, 3)
    assert row[4:6] == ["where is anna?", ""]
    recipe, key, same, share, words, hashes, steps = hashed([row])[0]
    assert hashed([row[:]]) == [row]
    assert (recipe, key, same, share, words, len(hashes)) == (
        3,
        v.fingerprint,
        0,
        286,
        3,
        24,
    )  # four of fourteen characters
    assert steps == {"case.lower": 3}


def test_the_figures_are_those_that_one_counts(run_cli: RunCli, items: Path) -> None:
    done = run_cli("run", items, "-r", "hurried", "-n", "3", "-s", "2", "-o", "o.jsonl")
    rows = read_jsonl(items.parent / "o.jsonl")
    words = [row["question"].split() for row in rows]
    single = [w for each in words for w in each]
    double = [pair for each in words for pair in zip(each, each[1:])]
    found = told(items.parent)
    assert found["sample"] == {"items": 6, "variants": 18} and found["identical"] == 0 and found["distinct"] == 1
    assert found["distinct_1"] == round(len({*single}) / len(single), 4)
    assert found["distinct_2"] == round(len({*double}) / len(double), 4)
    assert sum(found["changed_characters"].values()) == 18 and found["changed_characters"]["none"] == 0
    edits = [step for row in rows for e in row["perturb"]["edits"] for step in e["step"].split("+")]
    assert found["steps"].keys() == {*edits}
    for step, figures in found["steps"].items():
        assert figures["per_100_words"] == round(100 * edits.count(step) / len(single), 3)
        there = sum(any(step in e["step"].split("+") for e in row["perturb"]["edits"]) for row in rows)
        assert figures["variants"] == round(there / 18, 4)
    assert f"distinct-1 {found['distinct_1']:.3f}" in done.err and "edits per 100 words: " in done.err
    assert "overlap" not in done.err and "previous" not in found and "ledger" not in found


def test_what_is_equal_to_its_item_and_moves(run_cli: RunCli, items: Path) -> None:
    args = (
        "run",
        items,
        "-r",
        "typo.swap",
        "--intensity",
        "0.02",
        "--unchanged",
        "keep",
        "-n",
        "4",
        "-o",
        "o.jsonl",
        "-s",
        "3",
    )
    done = run_cli(*args)
    rows = read_jsonl(items.parent / "o.jsonl")
    equal = sum(not row["perturb"]["changed"] for row in rows)
    found = told(items.parent)
    assert (
        0 < equal < 24 and found["identical"] == round(equal / 24, 4) and found["changed_characters"]["none"] == equal
    )
    texts = {row["perturb"]["of"]: set[str]() for row in rows}
    for row in rows:
        texts[row["perturb"]["of"]].add(row["question"])
    assert found["distinct"] == round(sum(map(len, texts.values())) / 24, 4) < 1
    assert f"fresh: {100 * equal / 24:.0f} % equal to their item" in done.err
    jsonl(items.parent / "c.jsonl", [{"question": "Which?", "choices": ["one", "two", "three"], "answer": 1}])
    assert run_cli("run", "c.jsonl", "-r", "choices.shuffle", "-o", "m.jsonl", "-s", "1").code == 0
    assert told(items.parent, "m.jsonl.manifest.json")["steps"] == {
        "choices.shuffle": {"per_100_words": 100.0, "variants": 1.0}
    }


def test_overlap_with_the_run_that_stood_there(run_cli: RunCli, items: Path) -> None:
    def overlap(*args: str) -> Any:
        assert run_cli("run", items, *args, "-o", "o.jsonl", "--force").code == 0
        return told(items.parent).get("previous")

    assert overlap("-r", "hurried", "-n", "3", "-s", "1") is None
    first = {(r["perturb"]["of"], r["question"]) for r in read_jsonl(items.parent / "o.jsonl")}
    assert overlap("-r", "hurried", "-n", "3", "-s", "1") == {"variants": 18, "overlap": 1.0}
    found = overlap("-r", "hurried", "-n", "3", "-s", "2")
    second = [(r["perturb"]["of"], r["question"]) for r in read_jsonl(items.parent / "o.jsonl")]
    assert found == {"variants": 18, "overlap": round(sum(v in first for v in second) / 18, 4)}
    assert overlap("-r", "typos", "-s", "2") is None, "of another recipe"
    (items.parent / MANIFEST).write_text('{"format": 1, "perturb": "x", "freshness": {"hashes": 5}}')
    assert overlap("-r", "hurried") is None


def batches(rows: list[tuple[str, dict[str, Any]]], sizes: list[int]) -> Sample:
    """Measure items in batches of these sizes, and gather what they give."""
    own = Perturber("hurried", 2, seed=1).stream(rows[0][1])
    batch, sample = PerturbBatch.of(own), Sample(items_for(2, 1))
    at = 0
    for size in sizes:
        for rank, found in batch.encoded(rows[at : at + size]).sample:
            sample.take(rank, found)
        at += size
    return sample


def test_the_sample_does_not_hang_on_order_or_parts() -> None:
    rows = [(f"q{n}", {"id": f"q{n}", "question": f"Where is my card {n}, please?"}) for n in range(1200)]
    whole = batches(rows, [256] * 5)
    assert len(whole.rows) == items_for(2, 1) == 100 and sum(map(len, whole.rows.values())) == 200
    mixed = rows[:]
    random.Random(1).shuffle(mixed)
    parts = [batches(mixed[at : at + 400], [100, 300]) for at in (0, 400, 800)]
    joined = Sample(100)
    for part in parts:
        for rank, found in part.all():
            joined.take(rank, found)
    assert joined.all() == whole.all()
    assert freshness(joined, ["hurried"], {}) == freshness(whole, ["hurried"], {})


def test_the_sample_stays_small() -> None:
    sample = Sample(20)
    most = 0
    for n in range(20_000):
        sample.take((n * 7919) % 20_011, [])
        if n % 100 == 0:
            most = max(most, len(sample.noted()))
            sample.new = []
    assert len(sample.rows) == 20 and [rank for rank, _ in sample.all()] == sorted(sample.rows) and most <= 20
    assert sample.all()[-1][0] < 25
    assert items_for(1, 1) == 200 and items_for(1000, 1) == 25 and items_for(10, 30) == 25
    v = list(
        Perturber("hurried", EACH + 5, seed=1)(
            [{"id": "q", "question": "Where is my new card, please, and who has it now?"}]
        )
    )
    done = PerturbBatch.of(Perturber("hurried", EACH + 5, seed=1).stream(v[0].source)).encoded([("q", v[0].source)])
    assert len(v) == EACH + 5 and [len(rows) for _, rows in done.sample] == [EACH]


def test_nothing_to_measure(run_cli: RunCli, items: Path) -> None:
    done = run_cli("run", items, "-r", "hurried", "--intensity", "0", "-o", "o.jsonl")
    assert done.code == 0 and "fresh" not in done.err
    assert told(items.parent)["sample"] == {"items": 0, "variants": 0}


def test_shares_of_all_variants_and_of_the_sample_are_told_apart(run_cli: RunCli, tmp_path: Path) -> None:
    jsonl(tmp_path / "x.jsonl", [{"question": f"Where is the red bag number {n} now?"} for n in range(1200)])
    done = run_cli("run", "x.jsonl", "-r", "phone_user", "-s", "1", "-o", "o.jsonl")
    found, summary = told(tmp_path), json.loads((tmp_path / "o.jsonl.manifest.json").read_text())["summary"]
    size = found["sample"]["variants"]
    assert (
        size < summary["variants"] == 1200 and "% of all 1,200 variants equal to their item; of a sample of" in done.err
    )
    assert f"of a sample of {size}, " in done.err and "% of the sample\n" in done.err
    assert "edits per 100 words (sample): " in done.err
