"""A recipe that can do nothing with a file's items is named, with what keeps it from it; options may be objects."""

from __future__ import annotations

import json
from pathlib import Path

from shell import RunCli, jsonl, read_jsonl

ASKED = [
    {
        "stem": "What is the capital of France?",
        "options": [{"id": i, "text": t} for i, t in zip("ABC", texts)],
        "key": key,
    }
    for texts, key in (
        (("Paris", "Rome", "Bonn"), "A"),
        (("Oslo", "Lyon", "Paris"), "C"),
        (("Bern", "Paris", "Nice"), "B"),
    )
]
FIELDS = ["--input-field", "stem", "--target-field", "key:letter"]


def test_options_that_are_objects(run_cli: RunCli, tmp_path: Path) -> None:
    jsonl(tmp_path / "q.jsonl", ASKED)
    fields = [*FIELDS, "--choices-field", "options[*].text"]
    done = run_cli("run", "q.jsonl", "-r", "shuffled_options", *fields, "-n", "3", "-s", "1", "-o", "o.jsonl")
    assert done.code == 0 and "dropped" not in done.err, done.err
    rows = read_jsonl(tmp_path / "o.jsonl")
    assert len(rows) == 9 and len({row["key"] for row in rows}) > 1
    for row in rows:
        assert [o["id"] for o in row["options"]] == ["A", "B", "C"], "labels stay, texts move"
        assert row["options"]["ABC".index(row["key"])]["text"] == "Paris"
        assert row["perturb"]["target_changed"] is any(m["field"] == "key" for m in row["perturb"]["moves"])
    assert run_cli("verify", "o.jsonl").code == 0
    rows[0]["key"] = "ABC"["ABC".index(rows[0]["key"]) - 1]
    jsonl(tmp_path / "wrong.jsonl", rows)
    (tmp_path / "o.jsonl.manifest.json").rename(tmp_path / "wrong.jsonl.manifest.json")
    wrong = run_cli("verify", "wrong.jsonl")
    assert wrong.code == 1 and ": target: key named Paris, now " in wrong.out, (wrong.out, wrong.err)


def test_verify_and_audit_know_the_fields_that_the_run_was_told(run_cli: RunCli, tmp_path: Path) -> None:
    rows = [{"nr": i, "stem": f"Where is my card {i}, please?", "other": "Where is it?", "gold": "x"} for i in range(4)]
    jsonl(tmp_path / "q.jsonl", rows)
    fields = ["--input-field", "stem", "--target-field", "gold", "--id-field", "nr"]
    assert run_cli("run", "q.jsonl", "-r", "case.lower", *fields, "-s", "1", "-o", "o.jsonl").code == 0
    assert run_cli("verify", "o.jsonl") == (0, "", "4 variants checked, 0 with violations\n")
    assert run_cli("audit", "o.jsonl", "-o", "sheet.csv").code == 0


def test_options_that_cannot_be_moved(run_cli: RunCli, tmp_path: Path) -> None:
    jsonl(tmp_path / "q.jsonl", ASKED)
    both = ["run", "q.jsonl", "-r", "shuffled_options", "-r", "case.lower", "-s", "1", *FIELDS]
    done = run_cli(*both, "--choices-field", "options", "-o", "o.jsonl")
    assert "\ndropped: 3 (unchanged)\ndropped, by recipe: shuffled_options 3\n" in done.err
    assert ("note: shuffled_options changed none of the items: 'options' must hold two or more texts "
            "('options[*].text' where they are objects with a text), and 'key' name one of them\n") in done.err  # fmt: skip
    none = run_cli(*both, "-o", "o.jsonl", "--force")
    assert "their profile names no options; say where they are with --choices-field" in none.err
    still = run_cli(*both, "--intensity", "0", "-o", "o.jsonl", "--force")
    assert "dropped, by recipe: shuffled_options 3, case.lower 3\n" in still.err
    assert "note: case.lower changed none of the items: --intensity 0 changes nothing\n" in still.err
    shards = [run_cli(*both, "--shard", f"{i}/2", "-q", "-o", f"{i}.jsonl").code for i in (1, 2)]
    assert shards == [0, 0] and run_cli("join", "1.jsonl", "2.jsonl", "-o", "all.jsonl").code == 0
    summaries = [json.loads((tmp_path / f"{n}.manifest.json").read_text())["summary"] for n in ("all.jsonl", "o.jsonl")]
    assert summaries[0]["without: shuffled_options"] == summaries[1]["without: shuffled_options"] == 3


def test_why_few_items_gave_a_variant(run_cli: RunCli, tmp_path: Path) -> None:
    rows = [{"question": f"is a tomato of kind {i} blue", "answer": i > 0, "passage": "It is red."} for i in range(12)]
    jsonl(tmp_path / "q.jsonl", rows)
    run = ["run", "q.jsonl", "-p", "boolq", "-s", "1", "--force", "-o", "o.jsonl", "-r"]
    few = run_cli(*run, "false_premise").err
    assert "\nnote: false_premise gave 1 of 12 variants: premise.option only where the options are short names" in few
    assert "; premise.claim only where the right answer is no: the benchmark itself says" in few
    jsonl(tmp_path / "q.jsonl", rows[1:])
    assert (
        "\nnote: false_premise changed none of the items: premise.option only where"
        in run_cli(*run, "false_premise").err
    )
    jsonl(tmp_path / "q.jsonl", rows[:1] * 3)
    assert "note: false_premise" not in run_cli(*run, "false_premise").err
    assert "note: vague_asker changed none of the items\n" in run_cli(*run, "vague_asker").err, (
        "some of its steps take any text"
    )


def test_explain_reads_a_sidecar(run_cli: RunCli, items: Path) -> None:
    run_cli("run", items, "-r", "hurried", "-s", "1", "-o", "o.jsonl")
    run_cli("run", items, "-r", "hurried", "-s", "1", "-o", "b.jsonl", "--sidecar", "s.jsonl")
    both = [run_cli("explain", name, "--json").records for name in ("s.jsonl", "o.jsonl")]
    assert [log.pop("texts") for log in both[0]] == [[]] * 6  # it has none
    assert both[0] == [{key: value for key, value in log.items() if key != "texts"} for log in both[1]]
    assert run_cli("explain", "b.jsonl").out == run_cli("explain", "o.jsonl").out != run_cli("explain", "s.jsonl").out


def test_an_empty_list_of_expectations_is_none(run_cli: RunCli, items: Path) -> None:
    done = run_cli("run", items, "-r", "hurried", "--expect", "")
    assert (done.code, done.out) == (2, "") and "--expect needs a value: --expect same,clarify" in done.err


def test_all_mistakes_of_a_profile_are_said_with_their_lines(run_cli: RunCli, items: Path) -> None:
    (items.parent / "mine.yaml").write_text(
        "input: question\nfoo: 1\ntask: quiz\nlock: [nonsense]\ndetect: {a: wat}\ninput: answer\n"
    )
    done = run_cli("run", items, "-r", "hurried", "-p", "mine.yaml")
    assert (done.code, done.out) == (2, "")
    assert [line.removeprefix("Error: ").split(" ")[0] for line in done.err.splitlines()] == [
        f"mine.yaml:{n}:" for n in (2, 3, 4, 5, 6)
    ]
    assert "not 'quiz'" in done.err and "'input' is given twice" in done.err
    (items.parent / "mine.yaml").write_text("input: [question\n")
    assert "Error: mine.yaml:2: not YAML: " in run_cli("run", items, "-r", "hurried", "-p", "mine.yaml").err


def test_a_later_input_that_is_not_there_is_said_before_the_first_is_read(run_cli: RunCli, items: Path) -> None:
    done = run_cli("run", items, "itens.jsonl", "-r", "hurried")
    assert (done.code, done.out) == (
        1,
        "",
    ) and "Error: itens.jsonl: no such file; did you mean 'items.jsonl'?" in done.err


def test_preview_knows_the_fields_that_it_was_told(run_cli: RunCli, items: Path) -> None:
    done = run_cli("preview", items, "-r", "hurried", "--fields", "qestion")
    assert done.code == 2 and "no item has a field 'qestion'" in done.err


def test_recipes_in_a_row(run_cli: RunCli) -> None:
    text = "Where is my new card, because I don't know?"
    assert run_cli("preview", "-r", "slang + typos", "-s", "1", text) == run_cli(
        "preview", "-r", "slang+typos", "-s", "1", text
    )
    assert "join them with +: slang+typos" in run_cli("preview", "-r", "slang,typos", text).err
    assert (
        "Missing option '-r' / '--recipe'. Try -r hurried; perturb list shows all recipes."
        in run_cli("preview", text).err
    )
