"""A ledger: no variant comes twice, replay needs it not, and what was stopped is neither lost nor added twice."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from shell import ENV, PERTURB, RunCli, jsonl, perturb, read_jsonl

from perturb import PerturbBatch, Perturber, vary
from perturb.core.errors import CannotGoOn, DataError, UsageError
from perturb.core.keys import item_key
from perturb.ledger import About, Ledger, Snapshot

WORDS = "my card has not arrived yet can you help where is the money i sent on monday why was it declined".split()
SHORT = [{"id": "hi", "text": "Hi"}, {"id": "ok", "text": "Thanks, ok."}]


def short_items(count: int) -> list[dict[str, Any]]:
    rng = random.Random(3)
    return [
        {"id": f"q{n}", "text": " ".join(rng.choices(WORDS, k=rng.randint(4, 9))).capitalize() + "?"}
        for n in range(count)
    ]


def given(path: Path) -> list[tuple[str, str]]:
    return [(row["perturb"]["of"], row["text"]) for row in read_jsonl(path)]


def again(folder: Path) -> list[str]:
    with Ledger(folder / "seen.db") as known:
        return [f"{run['variants']} {run['again']}" for run in known.runs()]


# -- ten runs ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make ten runs over 300 short items with one ledger, some by two processes, some of other recipes."""
    folder = tmp_path_factory.mktemp("ten")
    jsonl(folder / "x.jsonl", short_items(300))
    for n in range(10):
        recipes = ["-r", "hurried", "-r", "typos"] if n % 3 == 2 else ["-r", "hurried"]
        done = perturb("run", "x.jsonl", *recipes, "-n", "2", "-s", str(n), "-j", str(1 + n % 2), "--ledger", "seen.db", "-o",
                       f"o{n}.jsonl", cwd=folder)  # fmt: skip
        assert done.code == 0, done.err
    return folder


def test_no_variant_twice(ten: Path) -> None:
    every = [pair for n in range(10) for pair in given(ten / f"o{n}.jsonl")]
    assert len(every) > 6000 and len(set(every)) == len(every)
    with Ledger(ten / "seen.db") as known:
        assert known.counts() == (300, len(every)) and known.overlaps() == []
    first = (ten / "o9.jsonl.manifest.json").read_text()
    assert json.loads(first)["ledger"]["runs"] == 9 and json.loads(first)["freshness"]["ledger"]["given before"] > 50


@pytest.mark.parametrize("number", [6, 8])
def test_one_of_them_is_done_again_without_the_ledger(ten: Path, tmp_path: Path, number: int) -> None:
    shutil.copy(ten / "x.jsonl", tmp_path)
    manifest = (ten / f"o{number}.jsonl.manifest.json").read_text()
    (tmp_path / "m.json").write_text(manifest)
    for jobs in "12":
        done = perturb("replay", "m.json", "--input", "x.jsonl", "-j", jobs, "-o", f"{jobs}.jsonl", cwd=tmp_path)
        assert done.code == 0, done.err
        assert (tmp_path / f"{jobs}.jsonl").read_bytes() == (ten / f"o{number}.jsonl").read_bytes()
    plain = perturb("run", "x.jsonl", "-r", "hurried", "-n", "2", "-s", str(number), "-q", cwd=tmp_path)
    assert plain.out != (ten / f"o{number}.jsonl").read_text(), "the ledger made no difference, so this tests nothing"


def test_a_manifest_written_otherwise_and_edited(ten: Path, tmp_path: Path) -> None:
    found = json.loads((ten / "o6.jsonl.manifest.json").read_text())
    file, source = tmp_path / "m.json", ("--check", "--input", ten / "x.jsonl")

    def replayed(**changes: Any) -> str:
        file.write_text(json.dumps({**found, **changes}, indent=changes.pop("indent", None)))
        done = perturb("replay", file, *source, cwd=tmp_path)
        assert done.code in (0, 1)
        return done.err

    lines = found["attempts"]
    assert "the same bytes" in replayed()
    assert "everything it names is the same, but the output differs" in replayed(
        attempts=lines[1:] and [lines[0][:1] + ["1:7"], *lines[1:]]
    )
    assert "lists " in replayed(attempts=lines[::-1]) and "lists " in replayed(attempts=[["none", "1:1"], *lines])
    for wrong in (
        [1],
        [["q1"]],
        [["q1", "1-2"]],
        [["q1", 5]],
        [{}],
        ["q1"],
        [["q1", "1:1 "]],
        [["q1", "9" * 30 + "+"]],
    ):
        assert "attempts: " in (err := replayed(attempts=wrong)) and 'a text like "2:3 7+"' in err
    assert "attempts, a list, is missing" in replayed(attempts=None)
    assert "job.ledger names no ledger" in replayed(job={**found["job"], "ledger": ""})
    text = (ten / "o6.jsonl.manifest.json").read_text()
    file.write_text(text[: text.index('"attempts"') + 40])
    assert "m.json: attempts: " in perturb("replay", file, *source, cwd=tmp_path).err


# -- processes, shards, several recipes ----------------------------------------------------------------------


@pytest.fixture
def begun(run_cli: RunCli, tmp_path: Path) -> Path:
    """Make items enough for several blocks, and a ledger with one run over them."""
    jsonl(tmp_path / "x.jsonl", short_items(600))
    assert (
        run_cli(
            "run", "x.jsonl", "-r", "hurried", "-n", "2", "-s", "1", "--ledger", "seen.db", "-o", "first.jsonl"
        ).code
        == 0
    )
    shutil.copy(tmp_path / "seen.db", tmp_path / "copy.db")
    return tmp_path


ARGS = ["run", "x.jsonl", "-r", "hurried", "-r", "slang+typos", "-n", "2", "-s", "2"]


def rows_of(path: Path) -> tuple[list[Any], list[Any]]:
    base = sqlite3.connect(path)
    runs = base.execute("SELECT run, key, chain, recipes, n, seed, items, variants, sha256 FROM runs").fetchall()
    return runs, base.execute("SELECT * FROM given").fetchall()


def test_two_processes_and_shards_give_the_bytes_of_one(run_cli: RunCli, begun: Path) -> None:
    assert run_cli(*ARGS, "--ledger", "copy.db", "-o", "one.jsonl").code == 0
    one, known = (begun / "one.jsonl").read_bytes(), rows_of(begun / "copy.db")
    shutil.copy(begun / "seen.db", begun / "two.db")
    assert run_cli(*ARGS, "--ledger", "two.db", "-j", "2", "-o", "two.jsonl").code == 0
    assert (begun / "two.jsonl").read_bytes() == one and rows_of(begun / "two.db") == known
    for n in (1, 2):
        where = "seen.db" if n == 1 else "other.db"
        shutil.copy(begun / "seen.db", begun / "other.db")
        done = run_cli(*ARGS, "--ledger", where, "--shard", f"{n}/2", "-j", "2", "-o", f"s{n}.jsonl")
        assert done.code == 0 and (begun / f"s{n}.jsonl.given").stat().st_size % 16 == 0, done.err
    assert len(rows_of(begun / "seen.db")[0]) == 1, "shards only look"
    done = run_cli("join", "s2.jsonl", "s1.jsonl", "-o", "j.jsonl")
    assert done.code == 0 and "seen.db: run 2, 2" in done.err, done.err
    assert (begun / "j.jsonl").read_bytes() == one and rows_of(begun / "seen.db") == known
    joined, whole = (json.loads((begun / f"{name}.jsonl.manifest.json").read_text()) for name in ("j", "one"))
    assert joined.pop("output")["sha256"] == whole.pop("output")["sha256"]
    assert joined.pop("job")["ledger"] == "seen.db" and whole.pop("job")["ledger"] == "copy.db"
    assert joined == whole and whole["attempts"]
    for manifest in ("j.jsonl", "s2.jsonl"):
        assert run_cli("replay", f"{manifest}.manifest.json", "--check").code == 0
    assert run_cli("join", "s2.jsonl", "s1.jsonl", "-o", "k.jsonl").code == 0
    assert rows_of(begun / "seen.db") == known, "joined again, it is the same run"


def test_what_join_refuses(run_cli: RunCli, begun: Path) -> None:
    for n in (1, 2):
        assert run_cli(*ARGS, "--ledger", "seen.db", "--shard", f"{n}/2", "-o", f"s{n}.jsonl").code == 0

    def refused(*more: str) -> str:
        done = run_cli("join", "s1.jsonl", "s2.jsonl", "-o", "j.jsonl", *more)
        assert done.code in (1, 2) and not (begun / "j.jsonl").exists(), done.err
        return done.err

    hashes = (begun / "s1.jsonl.given").read_bytes()
    (begun / "s1.jsonl.given").write_bytes(hashes[:-16])
    assert "s1.jsonl.given: is not what its shard's manifest says" in refused()
    (begun / "s1.jsonl.given").unlink()
    assert "s1.jsonl.given: is not there" in refused()
    (begun / "s1.jsonl.given").write_bytes(hashes)
    (begun / "seen.db").rename(begun / "moved.db")
    assert "say with --ledger FILE where it is" in refused()
    assert run_cli("run", "x.jsonl", "-r", "typos", "--ledger", "new.db", "-o", "t.jsonl").code == 0
    assert "is not the ledger that the run began with" in refused("--ledger", "new.db")
    # The same items meanwhile, by another run: what both gave is found when the second of them ends.
    assert run_cli(*ARGS, "--ledger", "moved.db", "-o", "meanwhile.jsonl").code == 0
    done = run_cli("join", "s1.jsonl", "s2.jsonl", "-o", "j.jsonl", "--ledger", "moved.db")
    assert done.code == 0 and "run 2" in done.err, "the same run, whoever made it"
    for made in begun.glob("j.jsonl*"):
        made.unlink()
    shutil.copy(begun / "copy.db", begun / "moved.db")
    assert run_cli(*ARGS[:-1], "3", "--ledger", "moved.db", "-o", "other.jsonl").code == 0
    assert "that run 2 of the ledger gave too, which was added since this run began" in refused("--ledger", "moved.db")
    assert run_cli(*ARGS, "--ledger", "seen.db", "--shard", "1/2").code == 2


# -- what was stopped ----------------------------------------------------------------------------------------


LONG = ["run", "x.jsonl", "-r", "hurried", "-n", "9", "-s", "2", "--ledger", "seen.db", "-o", "o.jsonl"]


def stopped(folder: Path, *args: str) -> None:
    """Start a run and kill it once its journal has a line of what is done."""
    started = subprocess.Popen([*PERTURB, *args], cwd=folder, env=ENV, stderr=subprocess.DEVNULL)
    journal = folder / "o.jsonl.journal"
    for _ in range(3000):
        if journal.exists() and journal.read_bytes().count(b"\n") > 1:
            break
        time.sleep(0.02)
    started.send_signal(signal.SIGKILL)
    assert started.wait() == -signal.SIGKILL


@pytest.fixture
def killed(run_cli: RunCli, begun: Path) -> Path:
    """Make a run with a ledger that was killed on its way."""
    jsonl(begun / "x.jsonl", short_items(1500))
    stopped(begun, *LONG)
    assert (begun / "o.jsonl.given.part").exists() and len(rows_of(begun / "seen.db")[0]) == 1
    return begun


def test_a_killed_run_goes_on_with_its_snapshot(run_cli: RunCli, killed: Path) -> None:
    # Another run, of other items, ends meanwhile: what this one looks at stays what it was.
    jsonl(killed / "y.jsonl", [{"id": f"y{n}", "text": "Where is my card?"} for n in range(30)])
    assert run_cli("run", "y.jsonl", "-r", "hurried", "--ledger", "seen.db", "-o", "y.out").code == 0
    done = run_cli("run", "-o", "o.jsonl", "--resume", "-j", "2")
    assert done.code == 0 and "run 3" in done.err, done.err
    assert run_cli(*LONG[:-3], "copy.db", "-o", "whole.jsonl").code == 0
    assert (killed / "o.jsonl").read_bytes() == (killed / "whole.jsonl").read_bytes()
    ours, whole = (json.loads((killed / f"{n}.jsonl.manifest.json").read_text()) for n in ("o", "whole"))
    assert (
        ours["attempts"] == whole["attempts"]
        and ours["freshness"] == whole["freshness"]
        and ours["ledger"] == whole["ledger"]
    )
    assert sorted(p.name for p in killed.glob("o.jsonl*")) == ["o.jsonl", "o.jsonl.manifest.json"]


def test_another_ledger_is_refused(run_cli: RunCli, killed: Path) -> None:
    (killed / "seen.db").rename(killed / "mine.db")
    done = run_cli("run", "-o", "o.jsonl", "--resume")
    assert done.code == 1 and "seen.db: the ledger is not there; put it back" in done.err
    assert run_cli("run", "x.jsonl", "-r", "typos", "--ledger", "seen.db", "-o", "t.jsonl").code == 0
    done = run_cli("run", "-o", "o.jsonl", "--resume")
    assert done.code == 1 and "seen.db: is not the ledger that the run began with (its run 1 is another)" in done.err
    done = run_cli("run", "-o", "o.jsonl", "--resume", "--ledger", "mine.db")
    assert done.code == 2 and "--ledger is " in done.err
    (killed / "mine.db").replace(killed / "seen.db")
    assert run_cli("run", "-o", "o.jsonl", "--resume").code == 0


def test_what_another_run_gave_meanwhile_is_refused_at_the_end(run_cli: RunCli, killed: Path) -> None:
    assert run_cli(*LONG[:-1], "p.jsonl", "--limit", "40").code == 0  # the same seed: the same variants
    done = run_cli("run", "-o", "o.jsonl", "--resume")
    assert done.code == 1 and "that run 2 of the ledger gave too" in done.err and "--force starts again" in done.err
    assert not (killed / "o.jsonl").exists() and len(rows_of(killed / "seen.db")[0]) == 2
    assert run_cli(*LONG, "--force").code == 0
    assert [line.split()[1] for line in again(killed)] == ["0"] * 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be ended in the middle")
@pytest.mark.parametrize("moment", ["before", "inside", "after"])
def test_killed_while_it_ends(run_cli: RunCli, begun: Path, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the journal's last line, the ledger and the names: nothing is lost, nothing is added twice."""
    assert run_cli(*ARGS, "--ledger", "copy.db", "-o", "one.jsonl").code == 0
    monkeypatch.chdir(begun)
    child = os.fork()
    if not child:
        try:
            _ends_at(moment)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not (begun / "o.jsonl").exists() and (begun / "o.jsonl.journal").exists()
    assert len(rows_of(begun / "seen.db")[0]) == (2 if moment == "after" else 1)
    for _ in range(2):
        assert run_cli("run", "-o", "o.jsonl", "--resume").code == 0
        assert (begun / "o.jsonl").read_bytes() == (begun / "one.jsonl").read_bytes()
        ours, known = rows_of(begun / "seen.db"), rows_of(begun / "copy.db")
        assert ours == known and sorted(p.name for p in begun.glob("o.jsonl*")) == ["o.jsonl", "o.jsonl.manifest.json"]


def _ends_at(moment: str) -> None:
    from perturb.runs import work
    from perturb.runs.job import Job
    from perturb.runs.outputs import Outputs
    from perturb.runs.start import start

    adds = work.added

    def ending(ledger: Ledger, *args: Any, **how: Any) -> Any:
        if moment == "inside":
            ledger._base.set_trace_callback(lambda said: os._exit(9) if said.startswith("INSERT INTO runs") else None)
        if moment != "before":
            adds(ledger, *args, **how)
        os._exit(9)

    work.added = ending
    start(Job(["x.jsonl"], ["hurried", "slang+typos"], seed=2, n=2, ledger="seen.db"), Outputs("o.jsonl"))


def test_two_runs_at_once(run_cli: RunCli, begun: Path) -> None:
    with Ledger(begun / "seen.db", hold=True):
        done = run_cli(*ARGS, "--ledger", "seen.db", "-o", "o.jsonl")
        assert done.code == 2 and "seen.db: another run works with this ledger now; wait for its end" in done.err
        assert not list(begun.glob("o.jsonl*")) and run_cli("ledger", "seen.db").code == 0
        assert run_cli(*ARGS, "--ledger", "seen.db", "--shard", "1/2", "-o", "s.jsonl").code == 0
    assert run_cli(*ARGS, "--ledger", "seen.db", "-o", "o.jsonl").code == 0


# -- items that have no more ---------------------------------------------------------------------------------


def test_exhausted_items_are_counted_and_said(run_cli: RunCli, tmp_path: Path) -> None:
    """The second recipe makes of these items what the first one makes."""
    jsonl(tmp_path / "x.jsonl", SHORT)
    for n, wrote in enumerate((2, 0)):
        done = run_cli(
            "run",
            "x.jsonl",
            "-r",
            "case.lower",
            "-r",
            "case.lower_start",
            "-n",
            "3",
            "--ledger",
            "seen.db",
            "-o",
            f"{n}.jsonl",
        )
        assert done.code == 0 and f"wrote {wrote} variants of 2 items" in done.err
        assert f"exhausted: 2 items gave {12 - wrote} variants fewer than asked for: 41 draws in a row" in done.err, (
            done.err
        )
        assert run_cli("replay", f"{n}.jsonl.manifest.json", "--check").code == 0
    first, second = (json.loads((tmp_path / f"{n}.jsonl.manifest.json").read_text()) for n in range(2))
    assert first["attempts"] == [["hi", "2+", "1+"], ["ok", "2+", "1+"]]
    assert (
        second["attempts"] == [["hi", "1+", "1+"], ["ok", "1+", "1+"]]
        and second["freshness"]["ledger"]["exhausted"] == 2
    )


def test_what_came_out_unchanged_is_given_once(run_cli: RunCli, tmp_path: Path) -> None:
    """Unless it is to be kept, again and again; and what a recipe never changes is not exhausted but unchanged."""
    jsonl(tmp_path / "x.jsonl", [{"id": f"q{n}", "text": "Ok then"} for n in range(20)])
    args = ["run", "x.jsonl", "-r", "typos", "-n", "4", "--ledger", "seen.db"]
    for n in range(3):
        done = run_cli(*args, "-s", str(n), "-o", f"{n}.jsonl")
        assert done.code == 0
    clean = [pair for n in range(3) for pair in given(tmp_path / f"{n}.jsonl") if pair[1] == "Ok then"]
    assert 0 < len(clean) == len(set(clean)) <= 20
    kept = run_cli(*args, "-s", "9", "--unchanged", "keep")
    assert [row["text"] for row in kept.records].count("Ok then") > 20 and kept.code == 0
    never = run_cli("run", "x.jsonl", "-r", "number.words", "--ledger", "seen.db", "-n", "2")
    assert never.out == "" and "dropped: 40 (unchanged)" in never.err and "exhausted" not in never.err, never.err
    dropped = run_cli(
        "run", "x.jsonl", "-r", "typos", "-n", "2", "--unchanged", "drop", "--ledger", "seen.db", "-o", "d.jsonl"
    )
    assert dropped.code == 0 and run_cli("replay", "d.jsonl.manifest.json", "--check").code == 0


# -- the file ------------------------------------------------------------------------------------------------


def test_ledgers_that_are_none(run_cli: RunCli, items: Path) -> None:
    (items.parent / "text.db").write_text("no database, and long enough to be looked at as one, page by page\n" * 90)
    base = sqlite3.connect(items.parent / "other.db")
    base.execute("CREATE TABLE mine (x)")
    base.commit()
    before = {p.name: p.read_bytes() for p in items.parent.iterdir()}
    for name, code, says in (("text.db", 1, "not a ledger"), ("other.db", 1, "not a ledger; expected a file that perturb run --ledger made"),
                             (".", 2, "is a directory"), ("none/x.db", 2, "no folder 'none'"), ("items.jsonl", 1, "not a ledger"),
                             ("o.jsonl", 2, "named for two outputs")):  # fmt: skip
        done = run_cli("run", items, "-r", "typo", "--ledger", name, "-o", "o.jsonl")
        assert done.code == code and says in done.err, (name, done.err)
        assert {p.name: p.read_bytes() for p in items.parent.iterdir()} == before
    for name, code, says in (
        ("none.db", 2, "no such ledger"),
        ("text.db", 1, "not a ledger"),
        (".", 2, "is a directory"),
    ):
        done = run_cli("ledger", name)
        assert done.code == code and says in done.err
    base.execute("PRAGMA application_id = 1885696628")
    base.execute("PRAGMA user_version = 9")
    assert "a ledger of another perturb (version 9" in run_cli("ledger", "other.db").err


def test_no_text_is_in_it(run_cli: RunCli, items: Path) -> None:
    assert run_cli("run", items, "-r", "case.lower", "--ledger", "seen.db", "-o", "o.jsonl", "-j", "2").code == 0
    data = (items.parent / "seen.db").read_bytes().lower()
    assert b"hurried" not in data and b"case.lower" in data
    for row in read_jsonl(items.parent / "o.jsonl"):
        assert not any(word.lower().encode() in data for word in row["question"].split() if len(word) > 4)


def test_what_it_shows(run_cli: RunCli, items: Path) -> None:
    for n, name in enumerate(("a", "b", "c")):
        args = ["-s", "1"] if name == "c" else ["-s", str(n + 1), "--ledger", "seen.db"]
        assert run_cli("run", items, "-r", "hurried", *args, "-o", f"{name}.jsonl").code == 0
    shown = run_cli("ledger", "seen.db").out
    assert (
        "run  recipes  n  items  variants  again  seed  output\n  1  hurried  1      6         6      0     1  a.jsonl\n"
        in shown
    )
    assert shown.endswith("12 variants of 6 items in 2 runs, none given twice\n")
    # A run that was made without it, and one that is there; then all of them, where the ledger was lost.
    done = run_cli("ledger", "seen.db", "--add", "c.jsonl.manifest.json", "--add", "b.jsonl.manifest.json", "--json")
    found = json.loads(done.out)
    assert "c.jsonl.manifest.json: run 1, is there already" in done.err and len(found["runs"]) == 2
    (items.parent / "seen.db").unlink()
    assert run_cli("run", items, "-r", "hurried", "-r", "typos", "-s", "1", "-o", "d.jsonl").code == 0
    done = run_cli("ledger", "seen.db", *(f"--add={name}.jsonl.manifest.json" for name in "abd"))
    assert (
        done.code == 0 and "d.jsonl.manifest.json: run 3, " in done.err and "runs 1 and 3 share 6 variants" in done.out
    ), done.out


def test_through_a_pipe(run_cli: RunCli, items: Path) -> None:
    first = run_cli(
        "run", "-", "-r", "hurried", "-n", "3", "-s", "1", "--ledger", "seen.db", "-q", input=items.read_bytes()
    )
    second = run_cli(
        "run", "-", "-r", "hurried", "-n", "3", "-s", "1", "--ledger", "seen.db", "-q", input=items.read_bytes(), env={}
    )
    texts = [[row["question"] for row in done.records] for done in (first, second)]
    assert len(texts[0]) == 18 and not {*texts[0]} & {*texts[1]} and again(items.parent)[1].endswith(" 0")
    assert sorted(p.name for p in items.parent.iterdir()) == ["items.jsonl", "seen.db"]


# -- in Python -----------------------------------------------------------------------------------------------


def test_a_perturber_with_a_ledger(tmp_path: Path) -> None:
    rows, path = short_items(40), tmp_path / "seen.db"
    runs = [list(Perturber("hurried", 3, seed=n, ledger=path)(rows)) for n in range(3)]
    every = [(v.id, v.text) for run in runs for v in run]
    assert len(every) == len(set(every)) > 300
    # What was given stands there also where the stream is left; what was not does not.
    stream = Perturber("hurried", 3, seed=7, ledger=path)(rows)
    left = [next(stream) for _ in range(5)]
    with pytest.raises(UsageError, match="another run works with this ledger"):
        list(Perturber("hurried", seed=8, ledger=path)(rows))
    stream.close()  # type: ignore[attr-defined]
    with Ledger(path) as known:
        assert [run["variants"] for run in known.runs()][3:] == [5]
        assert all(known.has(item_key(v.id), v.fingerprint) for v in left)
    assert vary({"id": "q1", "text": rows[1]["text"]}, "hurried", 2, seed=0, ledger=path)[0].text not in {
        t for i, t in every if i == "q1"
    }
    one = Perturber("hurried", seed=0, ledger=path).one(rows[2])
    assert ("q2", one.text) not in every
    with pytest.raises(UsageError, match="a batch takes no ledger"):
        PerturbBatch("hurried", 1, ledger=path)


def test_snapshots(tmp_path: Path) -> None:
    path = str(tmp_path / "seen.db")
    about = About("hurried", 1, 1, 1, "o", "aa")
    with Ledger(path, hold=True) as first:
        assert first.add([(1, 10), (1, 11), (1, 10)], about) == (1, 2)
    with Ledger(path) as known:
        at = known.snapshot
        assert known.has(1, 10) and not known.has(1, 12) and not known.has(2, 10)
        with Ledger(path, hold=True) as second:
            assert second.add([(1, 12)], about._replace(sha256="bb")) == (2, 1)
        assert not known.has(1, 12), "added since"
    with Ledger(path, at=at, hold=True) as late:
        assert not late.has(1, 12)
        with pytest.raises(CannotGoOn, match="1 variant that run 2 of the ledger gave too"):
            late.add([(1, 12), (1, 13)], about._replace(sha256="cc"))
    with Ledger(path, at=at, hold=True) as late:
        assert late.add([(1, 13)], about._replace(sha256="cc")) == (3, 1)
        assert late.run_of(about._replace(sha256="cc")) == 3 and not late.run_of(about._replace(sha256="dd"))
    for wrong in (Snapshot(path, 9, "x"), Snapshot(path, 1, "x")):
        with pytest.raises(CannotGoOn, match="is not the ledger that the run began with"):
            Ledger(path, at=wrong)
    with pytest.raises(DataError, match="is cut"):
        from perturb.runs.ledgers import _pairs

        (tmp_path / "g").write_bytes(b"x" * 40)
        list(_pairs(str(tmp_path / "g")))
