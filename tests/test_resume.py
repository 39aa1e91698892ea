"""A run that was stopped: what is offered, what is taken from its journal, what is refused."""

from __future__ import annotations

import gzip
import json
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from shell import ENV, PERTURB, RunCli, jsonl, perturb

RUN = [
    "run",
    "x.jsonl",
    "-r",
    "hurried",
    "-n",
    "4",
    "--fields",
    "note",
    "-o",
    "o.jsonl",
    "--sidecar",
    "s.jsonl",
    "--rejects",
    "r.jsonl",
]


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a run that was killed on its way, and one of the same seed that was not."""
    folder = tmp_path_factory.mktemp("stopped")
    rows = [{"id": i, "question": f"Where is my new card {i}, please? " * 3, "note": "I have waited, because it was late."}
            for i in range(700)]  # fmt: skip
    jsonl(folder / "x.jsonl", [*rows[:80], {"question": 5}, *rows[80:300], [1], *rows[300:]])
    started = subprocess.Popen([*PERTURB, *RUN], cwd=folder, env=ENV, stderr=subprocess.DEVNULL)
    journal = folder / "o.jsonl.journal"
    for _ in range(1200):
        if journal.exists() and journal.read_bytes().count(b"\n") > 1:
            break
        time.sleep(0.02)
    started.send_signal(signal.SIGKILL)
    started.wait()
    seed = json.loads(journal.read_text().split("\n")[0])["seed"]
    (folder / "whole").mkdir()
    shutil.copy(folder / "x.jsonl", folder / "whole")
    done = perturb(*RUN, "--seed", str(seed), "-j", "2", cwd=folder / "whole")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def run(stopped: Path, tmp_path: Path) -> Path:
    """Copy the stopped run to where it may be changed; its journal then says another folder."""
    for path in stopped.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    journal = tmp_path / "o.jsonl.journal"
    journal.write_text(journal.read_text().replace(str(stopped), str(tmp_path)))
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize("args", [RUN, ["run", "-o", "o.jsonl"], [*RUN, "-j", "2"]], ids=["same", "none", "two"])
def test_it_ends_in_the_same_files(run_cli: RunCli, stopped: Path, run: Path, args: list[str]) -> None:
    done = run_cli(*args, "--resume")
    assert done.code == 0 and "2800 variants of 700 items" in done.err, done.err
    ours, whole = files(run), files(stopped / "whole")
    place = json.dumps(str(stopped / "whole"))[1:-1].encode()
    manifests = [json.loads(f.pop("o.jsonl.manifest.json").replace(place, str(run).encode())) for f in (ours, whole)]
    assert ours == whole and manifests[0]["summary"] == manifests[1]["summary"]
    assert {k: v for k, v in manifests[0].items() if k != "output"} == {
        k: v for k, v in manifests[1].items() if k != "output"
    }
    again = run_cli(*args, "--resume")
    assert (
        again.code == 0
        and "2800 variants" in again.err
        and files(run).keys() == ours.keys() | {"o.jsonl.manifest.json"}
    )


def test_it_is_offered_and_force_starts_again(run_cli: RunCli, run: Path) -> None:
    done = run_cli(*RUN)
    assert done.code == 2 and "o.jsonl: a run was stopped here with " in done.err
    assert "--resume goes on with it, --force starts again" in done.err
    assert run_cli(*RUN, "--force").code == 0
    assert sorted(files(run)) == ["o.jsonl", "o.jsonl.manifest.json", "r.jsonl", "s.jsonl", "x.jsonl"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["-n", "3"], "-n is 3, was 4"),
        (["-s", "5"], "--seed is 5, was "),
        (["-r", "typos"], "-r is typos, was hurried"),
        (["--sidecar", "t.jsonl"], "--sidecar is "),
        (["--limit", "9"], "--limit is 9, was none"),
        (["--shard", "1/2"], "--shard is 1/2, was none"),
    ],
)
def test_other_arguments_are_named(run_cli: RunCli, run: Path, args: list[str], says: str) -> None:
    before = files(run)
    done = run_cli("run", "-o", "o.jsonl", "--resume", *args)
    assert done.code == 2 and "the run was begun with other arguments: " in done.err and says in done.err
    assert files(run) == before


def test_what_changed_is_named(run_cli: RunCli, run: Path) -> None:
    good = (run / "x.jsonl").read_bytes()
    (run / "x.jsonl").write_bytes(good + b"\n")
    done = run_cli(*RUN, "--resume")
    assert (
        done.code == 1 and "o.jsonl.journal: cannot be gone on with" in done.err and "x.jsonl has changed" in done.err
    )
    (run / "x.jsonl").write_bytes(good)
    part = (run / "o.jsonl.part").read_bytes()
    (run / "o.jsonl.part").write_bytes(b"x" + part[1:])
    done = run_cli(*RUN, "--resume")
    assert done.code == 1 and "o.jsonl.part: is not what the journal says" in done.err and "--resume" not in done.err
    (run / "o.jsonl.part").write_bytes(part)
    assert run_cli(*RUN, "--resume").code == 0


def test_a_journal_that_is_cut_or_none(run_cli: RunCli, run: Path) -> None:
    journal = run / "o.jsonl.journal"
    data = journal.read_bytes()
    journal.write_bytes(data + b'{"at": 9')
    assert run_cli(*RUN, "--resume").code == 0
    (run / "o.jsonl").unlink()
    journal.write_bytes(data[:40])
    done = run_cli("run", "-o", "o.jsonl", "--resume")
    assert done.code == 2 and "no journal lies beside it; to begin the run, name ITEMS and --recipe" in done.err
    assert run_cli("run", "x.jsonl", "-r", "typo", "-o", "-", "--resume").code == 2


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    jsonl(tmp_path / "x.jsonl", [{"question": f"Where is my card {i}? " * 5} for i in range(3000)])
    args = [*PERTURB, "run", "x.jsonl", "-r", "hurried", "-n", "20", "-o", "o.jsonl", "--force"]
    first = subprocess.Popen(args, cwd=tmp_path, env=ENV, stderr=subprocess.PIPE)
    while not (tmp_path / "o.jsonl.part").exists():
        time.sleep(0.02)
    second = subprocess.run(args, cwd=tmp_path, env=ENV, capture_output=True, timeout=60)
    assert second.returncode == 2 and b"o.jsonl: another perturb is writing it now" in second.stderr
    assert (tmp_path / "o.jsonl.journal").stat().st_size and (tmp_path / "o.jsonl.part").exists()
    first.send_signal(signal.SIGINT)
    assert first.wait(30) == 130


def test_a_bad_record_late_in_the_file_can_be_passed_over(run_cli: RunCli, tmp_path: Path) -> None:
    rows = [{"id": i, "question": f"Where is my card {i}?"} for i in range(600)]
    jsonl(tmp_path / "x.jsonl", [*rows[:500], {"question": 5}, *rows[500:]])
    done = run_cli("run", "x.jsonl", "-r", "case.lower", "-s", "1", "-o", "o.jsonl")
    assert done.code == 1 and "x.jsonl:501: " in done.err
    assert done.err.endswith(" items are done: the same command with --resume --rejects FILE passes over bad records; "
                             "on a mended input --force starts again\n")  # fmt: skip
    assert run_cli("run", "-o", "o.jsonl", "--resume", "--rejects", "r.jsonl").code == 0
    assert (
        run_cli(
            "run", "x.jsonl", "-r", "case.lower", "-s", "1", "-o", "p.jsonl", "--rejects", "q.jsonl", "-j", "2"
        ).code
        == 0
    )
    assert (tmp_path / "o.jsonl").read_bytes() == (tmp_path / "p.jsonl").read_bytes()
    assert (tmp_path / "r.jsonl").read_bytes() == (tmp_path / "q.jsonl").read_bytes()


@pytest.mark.parametrize("end", ["csv.gz", "parquet"])
def test_a_packed_output_goes_on_too(run_cli: RunCli, run: Path, tmp_path: Path, end: str) -> None:
    """The half-written file is lines of JSON whatever the form."""
    args = ["run", "x.jsonl", "-r", "hurried", "-n", "4", "-s", "2", "--rejects", "q.jsonl"]
    started = subprocess.Popen([*PERTURB, *args, "-o", f"p.{end}"], cwd=tmp_path, env=ENV, stderr=subprocess.DEVNULL)
    journal = tmp_path / f"p.{end}.journal"
    while not (journal.exists() and journal.read_bytes().count(b"\n") > 1):
        time.sleep(0.02)
    started.kill()
    started.wait()
    assert run_cli(*args, "-o", f"p.{end}", "--resume").code == 0
    assert run_cli(*args, "-o", f"w.{end}", "--force").code == 0
    ours, whole = (json.loads((tmp_path / f"{n}.{end}.manifest.json").read_text())["output"]["sha256"] for n in "pw")
    assert ours == whole and not (tmp_path / f"p.{end}.part").exists()


def test_a_ctrl_c_just_behind_the_first_line_of_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the line speaks of stays, also where the input is gone by then and nothing can be noted any more."""
    from perturb.runs.job import Job
    from perturb.runs.journal import Journal, State
    from perturb.runs.outputs import Outputs
    from perturb.runs.start import start

    source = jsonl(tmp_path / "x.jsonl", [{"id": n, "question": f"Where is card {n}, please?"} for n in range(300)])
    note = Journal.note

    def noted(self: Journal, state: State, sample: list[Any]) -> None:
        note(self, state, sample)
        source.unlink(missing_ok=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "note", noted)
    with pytest.raises(KeyboardInterrupt) as caught:
        start(Job([str(source)], ["hurried"], seed=1), Outputs(str(tmp_path / "o.jsonl")))
    assert caught.value.left > 0  # type: ignore[attr-defined]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["o.jsonl.journal", "o.jsonl.part"]


def test_a_ctrl_c_just_behind_the_journals_head_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perturb.runs.job import Job
    from perturb.runs.journal import Journal
    from perturb.runs.outputs import Outputs
    from perturb.runs.start import start

    source = jsonl(tmp_path / "x.jsonl", [{"id": n, "question": f"Where is card {n}, please?"} for n in range(3)])
    begin = Journal.begin

    def begun(self: Journal, head: dict[str, Any]) -> None:
        begin(self, head)
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "begin", begun)
    with pytest.raises(KeyboardInterrupt):
        start(Job([str(source)], ["hurried"], seed=1), Outputs(str(tmp_path / "o.jsonl")))
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


@pytest.mark.parametrize("name", ["o.jsonl.part", "o.jsonl.journal", "o.jsonl.manifest.json.part", "s.jsonl.part"])
def test_files_of_others_beside_the_output_stay(run_cli: RunCli, tmp_path: Path, name: str) -> None:
    """A download that is called OUT.part, say; as an input it is not even replaced with --force."""
    rows = [{"id": n, "question": f"Where is card {n}, please?"} for n in range(3)]
    jsonl(tmp_path / "x.jsonl", rows)
    jsonl(tmp_path / name, rows)
    before, args = files(tmp_path), ["-r", "case.lower", "-s", "1", "-o", "o.jsonl", "--sidecar", "s.jsonl"]
    for more in ([], ["--resume"]):
        done = run_cli("run", "x.jsonl", *args, *more)
        said = f"{name}: lies where the run keeps what is half-written, and is not of perturb; move it away, or --force"
        assert done.code == 2 and said in done.err, done.err
    for more in ([], ["--force"]):
        done = run_cli("run", name, *args, *more)
        assert done.code == 2 and f"Error: {name}: has the name that the run needs" in done.err, done.err
    assert files(tmp_path) == before
    assert run_cli("run", "x.jsonl", *args, "--force").code == 0
    assert sorted(files(tmp_path)) == ["o.jsonl", "o.jsonl.manifest.json", "s.jsonl", "x.jsonl"]


@pytest.mark.parametrize("output", ["o.jsonl", "o.csv"])
def test_two_outputs_whose_working_names_meet(run_cli: RunCli, tmp_path: Path, output: str) -> None:
    jsonl(tmp_path / "x.jsonl", [{"id": 1, "question": "Where is my card, please?"}])
    side = f"{output}.part.made" if output == "o.csv" else f"{output}.part"
    done = run_cli("run", "x.jsonl", "-r", "case.lower", "-o", output, "--sidecar", side)
    assert done.code == 2 and f"{side}: has the name that the run needs" in done.err
    assert list(files(tmp_path)) == ["x.jsonl"]


@pytest.mark.parametrize("size", [0, 5, 12, 40])
def test_a_journal_that_was_cut_in_its_head_is_ours(run_cli: RunCli, run: Path, size: int) -> None:
    journal = run / "o.jsonl.journal"
    journal.write_bytes(journal.read_bytes()[:size])
    assert run_cli(*RUN, "--limit", "9").code == 0
    assert not journal.exists() and not (run / "o.jsonl.part").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_second_input_with_other_fields_is_advised_what_works(run_cli: RunCli, tmp_path: Path, jobs: str) -> None:
    jsonl(tmp_path / "x.jsonl", [{"question": f"Where is my card {i}?"} for i in range(600)])
    other = jsonl(tmp_path / "y.jsonl", [{"message": f"Where is my bag {i}?"} for i in range(3)])
    args = ["run", "x.jsonl", "y.jsonl", "-r", "case.lower", "-s", "1", "-o", "o.jsonl", "-j", jobs]
    done = run_cli(*args)
    assert done.code == 1 and "y.jsonl:1: no field 'question'" in done.err
    assert " items are done: the same command with --resume --rejects FILE passes over bad records" in done.err
    passed = run_cli(*args, "--resume", "--rejects", "r.jsonl")
    assert passed.code == 0 and "rejected: 3 records" in passed.err
    run_cli(*args, "--force")
    jsonl(other, [{"question": f"Where is my bag {i}?"} for i in range(3)])
    assert run_cli(*args, "--resume").code == 1
    assert run_cli(*args, "--force").code == 0 and len((tmp_path / "o.jsonl").read_text().splitlines()) == 603


def test_an_input_that_cannot_be_read_to_its_end_is_not_promised_to_go_on_when_it_is_mended(
    run_cli: RunCli, tmp_path: Path
) -> None:
    rows = [json.dumps({"question": f"Where is my card {i * i % 9973}?", "n": i}) for i in range(3000)]
    data = gzip.compress("\n".join(rows).encode())
    (tmp_path / "x.jsonl.gz").write_bytes(data[: len(data) * 3 // 4])
    done = run_cli("run", "x.jsonl.gz", "-r", "case.lower", "-s", "1", "-o", "o.jsonl")
    assert done.code == 1 and "cannot be read" in done.err
    assert "on the same input the same command with --resume goes on; on another one --force starts again" in done.err
