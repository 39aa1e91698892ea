"""What commands on a file of variants take from the manifest of its run, and what options say over it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from shell import RunCli, jsonl

ROWS: list[dict[str, Any]] = [
    {"nr": f"k{n}", "stem": f"Which of these numbers is the {word} of the four?", "picks": ["12", "7", "30", "5"],
     "gold": gold, "story": f"The numbers were drawn on day {n}."}
    for n, (word, gold) in enumerate([("smallest", "D"), ("largest", "C"), ("second", "B")])
]  # fmt: skip
FLAGS = ("--input-field", "stem", "--target-field", "gold:letter", "--choices-field", "picks", "--id-field", "nr")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    jsonl(tmp_path / "q.jsonl", ROWS)
    return tmp_path


def made(run_cli: RunCli, name: str, *more: str) -> None:
    done = run_cli("run", "q.jsonl", "-r", "case.lower", "-s", "1", "-q", *FLAGS, "-o", name, *more)
    assert done.code == 0, done.err


def rows_of(done: Any) -> list[tuple[Any, ...]]:
    """Give ids, answers and the letters that options have, of rows for deepeval."""
    assert done.code == 0, done.err
    return [(r["name"].split("#")[0], r["expected_output"], "\nB. 7" in r["input"]) for r in done.records]


GOLD = [(row["nr"], row["gold"], True) for row in ROWS]


@pytest.mark.parametrize("more", [(), ("--field", "log"), ("--sidecar", "logs.jsonl"), ("--manifest", "m.json")])
@pytest.mark.parametrize("name", ["o.jsonl", "o.csv"])
def test_export_takes_all_from_the_manifest(run_cli: RunCli, folder: Path, more: tuple[str, ...], name: str) -> None:
    made(run_cli, name, *more)
    named = more if "--manifest" in more else ()
    assert rows_of(run_cli("export", name, "--to", "deepeval", *named)) == GOLD
    assert run_cli("verify", name, *named).err == "3 variants checked, 0 with violations\n"
    assert run_cli("audit", name, "-o", "sheet.csv", "--force", *named).code == 0


def test_flags_say_what_no_manifest_does(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl")
    shutil.copy(folder / "o.jsonl", folder / "alone.jsonl")
    assert rows_of(run_cli("export", "alone.jsonl", "--to", "deepeval", *FLAGS)) == GOLD
    assert run_cli("verify", "alone.jsonl", "--source", "q.jsonl", *FLAGS).code == 0
    assert run_cli("audit", "alone.jsonl", "--source", "q.jsonl", "-o", "s.csv", *FLAGS).code == 0
    over = run_cli("export", "o.jsonl", "--to", "deepeval", "--target-field", "story")
    assert [r["expected_output"] for r in over.records] != [row["gold"] for row in ROWS], "over what the manifest says"
    context = run_cli("export", "o.jsonl", "--to", "deepeval", "--context-field", "story")
    assert [r["context"] for r in context.records] == [[row["story"]] for row in ROWS]
    assert [r["expected_output"] for r in context.records] == [row["gold"] for row in ROWS], (
        "the rest is the manifest's"
    )


def test_a_flag_over_a_format_that_is_found_is_known_to_export(run_cli: RunCli, folder: Path) -> None:
    bank = [{"text": f"Where is card {n} of mine?", "category": "card_arrival", "nr": f"c{n}"} for n in range(3)]
    jsonl(folder / "bank.jsonl", bank)
    args = ("-r", "hurried", "--target-field", "nr", "-s", "1", "-q", "-o", "b.jsonl")
    assert run_cli("run", "bank.jsonl", *args).code == 0
    rows = run_cli("export", "b.jsonl", "--to", "deepeval").records
    assert [r["expected_output"] for r in rows] == ["c0", "c1", "c2"]


def test_a_manifest_of_another_file_is_refused(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl")
    lines = (folder / "o.jsonl").read_text().splitlines(keepends=True)
    (folder / "o.jsonl").write_text("".join(lines[:2]))
    says = "o.jsonl: 2 records; its manifest tells of 3 with another sha256: was it cut or edited? (--part takes a part"
    for command in (("export", "o.jsonl", "--to", "deepeval"), ("audit", "o.jsonl", "-o", "s.csv")):
        done = run_cli(*command)
        assert done.code == 1 and says in done.err and done.out == "", done.err
        assert run_cli(*command, "--part").code == 0
    made(run_cli, "other.jsonl", "--intensity", "0", "--unchanged", "keep")
    done = run_cli("export", "o.jsonl", "--to", "deepeval", "--manifest", "other.jsonl.manifest.json")
    assert done.code == 1 and "its manifest tells of 3" in done.err
    for name, says in (("q.jsonl", "q.jsonl: not a manifest"), ("nope.json", "nope.json: no such file")):
        assert says in run_cli("export", "o.jsonl", "--to", "csv", "--manifest", name).err
    done = run_cli("export", "o.jsonl.manifest.json", "--to", "csv")
    assert done.code == 2 and "is the manifest of a run; expected the file that it wrote, o.jsonl" in done.err


@pytest.mark.parametrize(
    "flag", ["--input-field", "--target-field", "--choices-field", "--context-field", "--id-field"]
)
def test_a_flag_that_names_no_field_is_told(run_cli: RunCli, folder: Path, flag: str) -> None:
    made(run_cli, "o.jsonl")
    for command in (("verify", "o.jsonl"), ("audit", "o.jsonl", "-o", "s.csv"),
                    ("export", "o.jsonl", "--to", "deepeval")):  # fmt: skip
        done = run_cli(*command, flag, "nope")
        assert done.code and "'nope'" in done.err and done.out == "", (command, done.err)


def test_a_sidecar_is_held_to_the_texts_beside_it(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl", "--sidecar", "log.jsonl")
    (folder / "bare.jsonl").write_bytes((folder / "o.jsonl").read_bytes())
    export = ("export", "bare.jsonl", "--to", "csv", *FLAGS)
    done = run_cli(*export)
    assert done.code == 1 and "bare.jsonl:1: field 'perturb' is not there; expected a file that perturb run" in done.err
    assert run_cli(*export, "--sidecar", "log.jsonl").code == 0
    done = run_cli("export", "q.jsonl", "--to", "csv", *FLAGS, "--sidecar", "log.jsonl")
    assert done.code == 1 and "q.jsonl:1: the log does not fit its text: 'which' does not stand at 0" in done.err
    for command in (("export", "log.jsonl", "--to", "csv"), ("verify", "log.jsonl", "--source", "q.jsonl", *FLAGS)):
        done = run_cli(*command)
        assert done.code == 1 and "log.jsonl:1: a line of a sidecar, which has no texts; expected the file" in done.err
    log = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    jsonl(folder / "log.jsonl", log[::-1])
    assert rows_of(run_cli("export", "o.jsonl", "--to", "deepeval")) == GOLD, "lines say of which record they are"
    jsonl(folder / "log.jsonl", log[:2])
    done = run_cli("export", "o.jsonl", "--to", "deepeval")
    assert done.code == 1 and "o.jsonl:3: no line of log.jsonl is of this record" in done.err


def test_export_says_that_no_answer_was_found(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl")
    done = run_cli("export", "o.jsonl", "--to", "deepeval", "--target-field", "story")
    assert done.code == 0 and "note: no row has a right answer; --target-field names the field" in done.err, done.err
    assert "note" not in run_cli("export", "o.jsonl", "--to", "deepeval").err


def test_files_that_a_run_named_are_found_from_its_folder(run_cli: RunCli, folder: Path) -> None:
    (folder / "mine.yaml").write_text("input: stem\ntarget: gold\ntarget_kind: letter\nchoices: picks\nid: nr\n")
    (folder / "terms.txt").write_text("numbers\n")
    args = ("-p", "mine.yaml", "--protect", "terms.txt", "-s", "1", "-q", "-o", "o.jsonl")
    assert run_cli("run", "q.jsonl", "-r", "case.lower", *args).code == 0
    (folder / "inner").mkdir()
    elsewhere = {"cwd": folder / "inner"}
    assert rows_of(run_cli("export", "../o.jsonl", "--to", "deepeval", **elsewhere)) == GOLD
    assert run_cli("verify", "../o.jsonl", **elsewhere).code == 0
    (folder / "mine.yaml").unlink()
    done = run_cli("export", "o.jsonl", "--to", "deepeval")
    assert done.code and "mine.yaml" in done.err, "answers are told by the profile"
    assert run_cli("explain", "o.jsonl", "--json").records[0]["texts"][0]["field"] == "stem"
