"""The commands that show things: preview, explain, list, show, lint."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shell import REPO, RunCli, jsonl, read_jsonl

from perturb.recipe import load_recipe, shipped

TEXT = "Where is my new card? I don't know, because it has not arrived on Monday."


def test_preview(run_cli: RunCli, items: Path) -> None:
    done = run_cli("preview", "-r", "hurried", "-n", "3", "-s", "1", TEXT)
    assert done.code == 0 and len(done.out.splitlines()) == 3 and done.err == "seed: 1\n"
    rows = run_cli("preview", "-r", "hurried", "-n", "3", "-s", "1", TEXT, "--json").records
    assert [r["text"] for r in rows] == [line.removesuffix("   [unchanged]") for line in done.out.splitlines()]
    of_file = run_cli("preview", "-r", "hurried", "-r", "case.lower", items, "--limit", "2")
    assert [line.split(":")[0] for line in of_file.out.splitlines()] == ["hurried", "case.lower"] * 2
    asked = run_cli("preview", "-r", "vague.entity", "-s", "1", "I want to go to Paris on Monday.", "--intensity", "5")
    assert "[clarify]" in asked.out and "    missing name 'Paris'; ask: " in asked.out
    assert "no file is named 'items.jsnol'" in run_cli("preview", "-r", "typo", "items.jsnol").err


@pytest.mark.parametrize("name", ["math", "choice", "support"])
def test_preview_shows_what_run_writes(run_cli: RunCli, name: str) -> None:
    recipes = [part for r in shipped() if not load_recipe(r).needs for part in ("-r", r)]
    given = [REPO / f"data/samples/{name}.jsonl", *recipes, "-n", "2", "--limit", "2", "--seed", "5"]
    shown, written = run_cli("preview", *given, "--json").records, run_cli("run", *given, "-q").records
    field = {"math": "question", "choice": "question", "support": "text"}[name]
    assert [(r.pop("text"), r) for r in shown] == [(r[field], r["perturb"]) for r in written]
    assert len({r["recipe"] for r in shown}) > 20


def test_preview_says_what_was_dropped_and_draws_by_the_policy_that_is_named(run_cli: RunCli) -> None:
    given = ["preview", "-r", "truncated", "-n", "2", "-s", "2", "Is the shop open?"]
    done, kept = run_cli(*given), run_cli(*given, "--unchanged", "keep")
    dropped = 2 - len([line for line in done.out.splitlines() if not line.startswith("    ")])
    assert dropped and f"dropped: {dropped} (unchanged)" in done.err and "[unchanged]" not in done.out
    assert "[unchanged]" in kept.out and "dropped" not in kept.err
    none = run_cli("preview", "-r", "hurried", "Is the shop open?", "--expect", "clarify", "-s", "1")
    assert (none.code, none.out, none.err) == (0, "", "no variant of 1 item; left out: 1 (same)\nseed: 1\n")


@pytest.mark.parametrize(("recipe", "mode"), [("typos", "kept"), ("truncated", "drawn again, up to eight times")])
def test_show_on_gives_the_share_that_a_run_changes(run_cli: RunCli, recipe: str, mode: str) -> None:
    file = REPO / "data/samples/support.jsonl"
    shown = run_cli("show", recipe, "--on", file)
    assert shown.code == 0 and f"; an unchanged one is {mode})" in shown.out
    changed = [row["perturb"]["changed"] for row in run_cli("run", file, "-r", recipe, "-s", "1", "-q").records]
    found = json.loads(run_cli("show", recipe, "--on", file, "--json").out)
    assert (found["items"], found["changed"]) == (24, sum(changed)) and 0 < sum(changed) < 24


def test_explain(run_cli: RunCli, items: Path) -> None:
    run_cli("run", items, "-r", "hurried", "-n", "2", "-s", "1", "-o", "o.jsonl", "--with-clean")
    done = run_cli("explain", "o.jsonl", "--limit", "3")
    rows = read_jsonl(items.parent / "o.jsonl")
    assert done.code == 0 and done.err == ""
    assert f" #0 clean: same\n  {rows[0]['question']}\n  unchanged\n" in done.out
    assert " #1 hurried: same\n" in done.out and "question[" in done.out
    logs = run_cli("explain", "o.jsonl", "--json")
    assert [{k: v for k, v in one.items() if k != "texts"} for one in logs.records] == [r["perturb"] for r in rows[:10]]
    assert logs.err == "" and run_cli("explain", "o.jsonl").err.startswith("note: the first 10; --limit N shows more")
    assert "items.jsonl:1: field 'perturb' is not there" in run_cli("explain", items).err


def marks_taken(text: str, kept: str) -> str:
    """Read a marked text with its edits undone ("-") or done ("+")."""
    text = re.sub(r"\[-(.*?)-\]", r"\1" if kept == "-" else "", text, flags=re.S)
    return re.sub(r"\{\+(.*?)\+\}", r"\1" if kept == "+" else "", text, flags=re.S)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("o.jsonl", ()),
        ("o.csv", ()),
        ("o.parquet", ("--field", "log")),
        ("o.json", ()),
        ("o.jsonl", ("--sidecar", "s.jsonl")),
        ("o.csv", ("--sidecar", "s.json")),
    ],
)
def test_explain_shows_the_whole_text_with_its_edits_in_place(
    run_cli: RunCli, items: Path, name: str, more: tuple[str, ...]
) -> None:
    clean = [row["question"] for row in read_jsonl(items)]
    assert run_cli("run", items, "-r", "hurried", "-s", "1", "-q", "-o", name, *more).code == 0
    variants = [row["question"] for row in run_cli("run", items, "-r", "hurried", "-s", "1", "-q").records]
    done = run_cli("explain", name)
    assert done.code == 0, done.err
    shown = [line[2:] for head, line in zip(done.out.splitlines(), done.out.splitlines()[1:]) if " #1 hurried" in head]
    assert [marks_taken(line, "-") for line in shown] == clean and [
        marks_taken(line, "+") for line in shown
    ] == variants
    rows = run_cli("explain", name, "--json").records
    assert [[(t["field"], t["old"], t["new"], t["marked"]) for t in row["texts"]] for row in rows] == [
        [("question", *row)] for row in zip(clean, variants, shown)
    ]


def test_explain_shows_all_inputs_of_an_item(run_cli: RunCli, tmp_path: Path) -> None:
    row = {"Body": "Tom has five tins.", "Question": "How many tins has he?", "Answer": 5.0, "ID": "c1"}
    items = jsonl(tmp_path / "two.jsonl", [{**row, "Equation": "5", "Type": "Addition"}])
    fields = ("--input-field", "Body", "--input-field", "Question", "--id-field", "ID")
    assert run_cli("run", items, "-r", "case.lower", "-s", "1", *fields, "-q", "-o", "o.jsonl").code == 0
    texts = run_cli("explain", "o.jsonl", "--json").records[0]["texts"]
    assert [t["field"] for t in texts] == ["Body", "Question"]
    assert f"  Body: {texts[0]['marked']}\n  Question: {texts[1]['marked']}\n" in run_cli("explain", "o.jsonl").out


def test_explain_picks_records_by_item_and_number(run_cli: RunCli, items: Path) -> None:
    both = ("-r", "hurried", "-r", "typo", "-n", "3", "--with-clean")
    assert run_cli("run", items, *both, "-s", "1", "-q", "-o", "o.jsonl").code == 0
    logs = [row["perturb"] for row in read_jsonl(items.parent / "o.jsonl")]
    first, last = logs[0]["of"], logs[-1]["of"]

    def told(*args: str) -> list[tuple[str, int, str]]:
        done = run_cli("explain", "o.jsonl", "--json", *args)
        assert done.code == 0 and done.err == "", done.err
        return [(log["of"], log["variant"], log["recipe"]) for log in done.records]

    every = [(log["of"], log["variant"], log["recipe"]) for log in logs]
    assert told("--id", last) == [one for one in every if one[0] == last] and len(told("--id", last)) == 7
    assert told("--id", last, "--id", first, "--limit", "8") == [o for o in every if o[0] in (first, last)][:8]
    assert told("--id", last, "--variant", "2") == [(last, 2, "hurried"), (last, 2, "typo")]
    assert told("--variant", "0") == [one for one in every if one[1] == 0]
    assert told("--id", f"{last}#typo.{logs[-1]['run']}.3") == [every[-1]]
    for args, says in (
        (("--id", first, "--id", last[:6]), f"o.jsonl: no record is of item '{last[:6]}'; did you mean '{last}'?"),
        (("--id", "q17"), "no record is of item 'q17'; the ids are what the added field says under 'of'"),
        (("--id", first, "--variant", "4"), f"item '{first}' has no variant 4, only 0, 1, 2, 3"),
        (("--variant", "4"), "o.jsonl: no record is variant 4"),
    ):
        done = run_cli("explain", "o.jsonl", *args)
        assert done.code == 1 and says in done.err and done.err.count("\n") == 1, done.err
    assert run_cli("explain", "--mask", "o.jsonl", "--id", first).code == 2


def test_explain_says_what_it_cannot_explain(run_cli: RunCli, items: Path) -> None:
    for name, more in (("o.jsonl", ("--sidecar", "s.jsonl")), ("b.jsonl", ("--bare",))):
        assert run_cli("run", items, "-r", "hurried", "-s", "1", "-q", "-o", name, *more).code == 0
    rows = read_jsonl(items.parent / "o.jsonl")
    jsonl(items.parent / "cut.jsonl", rows[1:])
    jsonl(items.parent / "short.jsonl", read_jsonl(items.parent / "s.jsonl")[:2])
    for args, says in (
        (("b.jsonl",), "b.jsonl:1: field 'perturb' is not there; expected a file that perturb run wrote, not --bare"),
        (("nope.jsonl",), "nope.jsonl: no such file; did you mean 'o.jsonl'?"),
        (("o.jsonl.manifest.json",), "is the manifest of a run; expected the file that it wrote, o.jsonl"),
        (("cut.jsonl", "--sidecar", "s.jsonl"), "cut.jsonl:1: the log does not fit its text: "),
        (("o.jsonl", "--sidecar", "short.jsonl"), "o.jsonl:3: no line of short.jsonl is of this record"),
        (("o.jsonl", "--sidecar", "items.jsonl"), "items.jsonl:1: has no 'line'; expected the sidecar"),
    ):
        done = run_cli("explain", *args)
        assert done.code and says in done.err and done.err.count("\n") == 1, done.err
    done = run_cli("explain", TEXT)
    assert done.code == 2 and "no file is named 'Where is" in done.err.replace('"', "'") and "--mask shows" in done.err


def test_explain_mask(run_cli: RunCli, items: Path) -> None:
    done = run_cli("explain", "--mask", "Janet has 16 eggs for http://a.b")
    assert done.out == "‹Janet› has [16] eggs for {http://a.b}\n"
    assert done.err == "(‹name› [slot] {locked})\n"
    row = run_cli("explain", "--mask", "Janet has 16 eggs", "--json").records[0]
    assert row["mask"][:6] == ["name"] * 5 + ["free"] and len(row["mask"]) == len(row["text"])
    assert len(run_cli("explain", "--mask", items, "--limit", "2").out.splitlines()) == 2
    run_cli("run", items, "-r", "case.lower", "-o", "o.jsonl")
    assert len(run_cli("explain", "--mask", "o.jsonl", "--limit", "2").out.splitlines()) == 2


@pytest.mark.parametrize("what", ["recipes", "transforms", "profiles"])
def test_list(run_cli: RunCli, what: str) -> None:
    plain, rows = run_cli("list", what), json.loads(run_cli("list", what, "--json").out)
    names = [row["name"] for row in rows]
    assert [line.split()[0] for line in plain.out.splitlines()] == names == sorted(names)
    assert all(row["summary"] for row in rows) and plain.err == ""


def test_list_is_of_recipes_first(run_cli: RunCli) -> None:
    assert run_cli("list").out == run_cli("list", "recipes").out


@pytest.mark.parametrize("name", ["hurried", "typo.omit", "choices.shuffle", "typo", "choices", "gsm8k", "banking77"])
def test_show(run_cli: RunCli, name: str) -> None:
    done = run_cli("show", name)
    assert (done.code, done.err) == (0, "") and len(done.out) > 30
    assert json.loads(run_cli("show", name, "--json").out)


def test_lint(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text("summary: x\nsteps: [typo.omit]\n")
    (tmp_path / "bad.yaml").write_text("summary: x\nsteps:\n  - typo.nieghbor\n  - typo.omit: {rate: 3, longer: 4}\n")
    assert run_cli("lint", "good.yaml", "hurried").out.splitlines()[0] == "good.yaml: 1 step, no mistakes"
    done = run_cli("lint", "good.yaml", "bad.yaml", "none.yaml")
    assert done.code == 2 and done.out == "good.yaml: 1 step, no mistakes\n"
    lines = done.err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "bad.yaml:3",
        "bad.yaml:4",
        "bad.yaml:4",
        "none.yaml",
        "4 mistakes",
    ]
    run = run_cli("preview", "-r", "bad.yaml", "Where?")
    assert run.code == 2 and run.err == "Error: " + "\n".join(lines[:3]) + "\n"
