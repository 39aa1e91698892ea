"""Results paired by id: what is counted, and what is refused."""

from __future__ import annotations

import csv
import json
from math import comb

import pytest
from shell import jsonl, perturb, read_jsonl

from perturb.evaluate.pairing import mcnemar


def row(name, variant, correct, expect="same", recipe="hurried", **more):
    return {
        "orig_id": name,
        "variant": variant,
        "recipe": recipe if variant else "",
        "expect": expect,
        "correct": correct,
        **more,
    }


ROWS = [row("a", 0, True), row("a", 1, False), row("b", 0, True), row("b", 1, True), row("c", 0, False), row("c", 1, True),
        row("d", 0, True), row("d", 1, False, "clarify")]  # fmt: skip


def test_pairs_are_counted_both_ways(tmp_path):
    done = perturb("pair", jsonl(tmp_path / "rows.jsonl", ROWS), "-o", tmp_path / "pairs.jsonl")
    assert done.code == 0, done.err
    assert done.out == "hurried: 3 pairs of 3 items; clean 0.667, perturbed 0.667; lost 1, won 1; p 1\n"
    assert done.err == "left out: 1 clarify\n"
    pairs = [(p["orig_id"], p["clean"], p["perturbed"]) for p in read_jsonl(tmp_path / "pairs.jsonl")]
    assert pairs == [("a", 1.0, 0.0), ("b", 1.0, 1.0), ("c", 0.0, 1.0)]


def test_order_is_no_matter_and_files_may_be_apart(tmp_path):
    clean, varied = ([r for r in reversed(ROWS) if bool(r["variant"]) is v] for v in (False, True))
    one = perturb("pair", jsonl(tmp_path / "v.jsonl", varied), jsonl(tmp_path / "c.jsonl", clean), "--json")
    two = perturb("pair", jsonl(tmp_path / "rows.jsonl", ROWS), "--json")
    assert one.out == two.out and json.loads(one.out)["lost"] == 1


def test_csv_gives_the_same(tmp_path):
    with open(tmp_path / "rows.csv", "w", newline="") as f:
        table = csv.DictWriter(f, list(ROWS[0]))
        table.writeheader()
        table.writerows(ROWS)
    assert perturb("pair", tmp_path / "rows.csv").out == perturb("pair", jsonl(tmp_path / "r.jsonl", ROWS)).out


def test_p_is_mcnemars_over_items_each_once():
    assert mcnemar(20, 0) == 2 / 2**20 and mcnemar(0, 0) == 1.0 and mcnemar(5, 5) == 1.0
    assert mcnemar(7, 2) == mcnemar(2, 7) == 2 * sum(comb(9, k) for k in range(3)) / 2**9


def test_variants_of_one_item_are_not_independent(tmp_path):
    rows = [row("a", 0, True), *(row("a", n, False) for n in range(1, 30))]
    found = json.loads(perturb("pair", jsonl(tmp_path / "rows.jsonl", rows), "--json").out)
    assert (found["n"], found["items"], found["lost"], found["p"]) == (29, 1, 29, 1.0)


def test_the_noise_floor_is_said(tmp_path):
    again = jsonl(tmp_path / "again.jsonl", [row("a", 0, False), row("b", 0, True)])
    done = perturb("pair", jsonl(tmp_path / "rows.jsonl", ROWS), "--rerun", again)
    assert "rerun: 1 of 2 clean items scored otherwise the second time" in done.err


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([*ROWS, row("a", 1, True)], "variant 1 of 'a' is scored twice"),
        ([*ROWS, row("a", 0, True)], "the clean 'a' is scored twice"),
        ([row("a", 1, True)], "1 item has scored variants and no clean result ('a'; first in "),
        ([row("a", 0, True)], "no variant to pair"),
        ([{"variant": 1, "recipe": "x", "correct": True}], "no orig_id"),
        ([{"orig_id": "a", "recipe": "x", "correct": True}], "no variant"),
        ([row("a", "one", True)], "variant 'one'"),
        ([row("a", 1, True, recipe="")], "names no recipe"),
        ([row("a", 0, 7)], "score 7; expected one from 0 to 1"),
        ([{**row("a", 0, ""), "score": None}], "no field 'correct' or 'score'"),
        ([row("a", 0, "maybe")], "score 'maybe'"),
    ],
)
def test_what_cannot_be_paired_is_said(tmp_path, rows, told):
    done = perturb("pair", jsonl(tmp_path / "rows.jsonl", rows))
    assert done.code == 1 and told in done.err and "rows.jsonl" in done.err + "rows.jsonl" and not done.out


# What each tool writes, cut to the keys that are read.
DOC = {"question": "What is it?", "perturb": {"of": "a", "variant": 0, "recipe": "", "run": "", "expect": "same"}}
VARIED = {
    "question": "wat is it",
    "perturb": {"of": "a", "variant": 1, "recipe": "hurried", "run": "k7", "expect": "same"},
}
META = [
    {"orig_id": "a", "variant": 0, "expect": "same"},
    {"orig_id": "a", "variant": 1, "recipe": "hurried", "run": "k7"},
]
LINES = {
    "lm-eval": [{"doc_id": n, "doc": doc, "filter": f, "metrics": ["exact_match"], "exact_match": float(n == 0 and f == "strict")}
                for n, doc in enumerate([DOC, VARIED]) for f in ("strict", "flexible")],
    "openai-evals": [{"spec": {}}, *({"event_id": n, "sample_id": f"e.test.{n}", "type": "match", "data": {"correct": not n}}
                                     for n in (1, 0))],
}  # fmt: skip
WHOLE = {
    "inspect": {"eval": {}, "samples": [{"id": n, "epoch": e, "metadata": m, "scores": {"match": {"value": "IC"[not n]}}}
                                        for n, m in enumerate(META) for e in (1, 2)]},
    "promptfoo": {"results": {"results": [{"success": not n, "score": 0.5, "provider": {"id": "p"}, "testCase": {"metadata": m}}
                                          for n, m in enumerate(META)]}},
    "helm": [{"instance_id": "a", "stats": [{"name": {"name": "exact_match"}, "count": 1, "mean": 1.0}]},
             {"instance_id": "a", "perturbation": {"name": "hurried", "seed": 1},
              "stats": [{"name": {"name": "exact_match"}, "count": 1, "mean": 0.0}]}],
}  # fmt: skip


def paired(tmp_path, *args):
    done = perturb("pair", *args, "-o", tmp_path / "pairs.jsonl", "--force")
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize("tool", [*LINES, *WHOLE])
def test_every_tools_results_are_told_by_their_form(tmp_path, tool):
    file = tmp_path / ("results.jsonl" if tool in LINES else "results.json")
    file.write_text("".join(json.dumps(r) + "\n" for r in LINES[tool]) if tool in LINES else json.dumps(WHOLE[tool]))
    more = ["--filter", "strict"] if tool == "lm-eval" else []
    if tool == "openai-evals":
        more = ["--samples", jsonl(tmp_path / "samples.jsonl", META)]
    out = paired(tmp_path, file, *more)
    assert out == "hurried: 1 pair of 1 item; clean 1.000, perturbed 0.000; lost 1, won 0; p 1\n"


@pytest.mark.parametrize("tool", ["lm-eval", "inspect", "promptfoo", "helm", "openai-evals"])
def test_a_file_of_another_tool_is_refused(tmp_path, tool):
    done = perturb("pair", jsonl(tmp_path / "rows.jsonl", ROWS), "--from", tool)
    assert done.code == 1 and "rows.jsonl: " in done.err


def test_what_has_no_scores_is_said(tmp_path):
    done = perturb("pair", jsonl(tmp_path / "rows.jsonl", [VARIED]))
    assert done.code == 1 and "neither the items nor what perturb run wrote has any" in done.err
    done = perturb("pair", jsonl(tmp_path / "rows.jsonl", ROWS), "--from", "lm-eval")
    assert done.code == 1 and "has no metric; is it a file of another tool? --from says which" in done.err
    done = perturb("pair", tmp_path / "none*.jsonl")
    assert done.code == 1 and "no file matches" in done.err


def test_a_table_that_perturb_wrote_can_be_scored(tmp_path):
    items = jsonl(tmp_path / "items.jsonl", [{"id": f"q{n}", "question": "Where is my new card?"} for n in range(3)])
    done = perturb("run", items, "-r", "case.lower", "--with-clean", "-s", "1", "-o", tmp_path / "o.csv")
    assert done.code == 0, done.err
    with (tmp_path / "o.csv").open(newline="") as f:
        rows = [{**row, "correct": "C" if row["question"][0] == "W" else "I"} for row in csv.DictReader(f)]
    for n in (0, 3):  # two files, which a pattern names
        with (tmp_path / f"scored{n}.csv").open("w", newline="") as f:
            table = csv.DictWriter(f, rows[0])
            table.writeheader()
            table.writerows(rows[n : n + 3])
    out = paired(tmp_path, tmp_path / "scored*.csv")
    assert out.startswith("case.lower: 3 pairs of 3 items; clean 1.000, perturbed 0.000; lost 3"), out


def test_several_scores_must_be_chosen_among(tmp_path):
    file = jsonl(tmp_path / "s.jsonl", LINES["lm-eval"])
    done = perturb("pair", file)
    assert done.code == 1 and "the filters are 'strict', 'flexible'; choose one with --filter" in done.err
    done = perturb("pair", file, "--filter", "strict", "--metric", "acc")
    assert done.code == 1 and "no metric 'acc'; it has 'exact_match'" in done.err
    done = perturb("pair", jsonl(tmp_path / "o.jsonl", LINES["openai-evals"]))
    assert done.code == 1 and "give the exported file with --samples" in done.err
