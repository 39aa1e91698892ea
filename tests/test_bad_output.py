"""Outputs that cannot be written, and runs that are stopped: nothing half-written, and one message."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shell import ENV, PERTURB, RunCli, jsonl

GOOD = b'{"id": 1, "question": "Where is my new card, please?", "answer": "here"}\n'
RUN = ["run", "x.jsonl", "-r", "case.lower+typo.omit", "-s", "1", "-o", "o.jsonl"]


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize(
    ("output", "code", "says"),
    [
        ("x.jsonl", 2, "is the same file as x.jsonl"),
        ("link.jsonl", 2, "is the same file as x.jsonl"),
        ("old.jsonl", 2, "exists already; give another name, or --force to replace it"),
        ("none/o.jsonl", 2, "no folder 'none'"),
        ("x.jsonl/o.jsonl", 2, "x.jsonl/o.jsonl: cannot be written"),
        (".", 2, "is a directory"),
        ("/dev/full", 1, "no space left on"),
        ("/proc/o.jsonl", 2, "/proc/o.jsonl: cannot be written"),
        ("a" * 300, 2, "cannot be written (file name too long)"),
    ],
)
def test_outputs_that_cannot_be(run_cli: RunCli, tmp_path: Path, output: str, code: int, says: str) -> None:
    if output.startswith("/") and not Path(output).parent.joinpath("full" if "full" in output else "self").exists():
        pytest.skip("not on this system")
    (tmp_path / "x.jsonl").write_bytes(GOOD * 3)
    (tmp_path / "old.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to("x.jsonl")
    done = run_cli(*RUN[:-1], output)
    assert (done.code, done.out) == (code, "") and says in done.err and done.err.count("Error") == 1
    assert files(tmp_path) == ["link.jsonl", "old.jsonl", "x.jsonl"]
    assert (tmp_path / "x.jsonl").read_bytes() == GOOD * 3 and (tmp_path / "old.jsonl").read_text() == "old"
    if output in ("x.jsonl", "link.jsonl"):
        assert run_cli(*RUN[:-1], output, "--force").code == 2


def test_force_and_files_that_are_never_replaced(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(GOOD)
    (tmp_path / "mine.yaml").write_text("summary: x\nsteps: [case.lower]\n")
    (tmp_path / "terms.txt").write_text("card\n")
    args = ["run", "x.jsonl", "-r", "mine.yaml", "--protect", "terms.txt", "--force"]
    for option, name in (
        ("-o", "mine.yaml"),
        ("--manifest", "x.jsonl"),
        ("--rejects", "terms.txt"),
        ("--sidecar", "x.jsonl"),
    ):
        done = run_cli(*args, option, name)
        assert (done.code, done.out) == (2, "") and f"{name}: is the same file as {name}" in done.err
    (tmp_path / "o.jsonl").write_text("old")
    assert run_cli(*args, "-o", "o.jsonl").code == 0 and (tmp_path / "o.jsonl").read_text() != "old"


def test_stdout_that_is_full(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(GOOD)
    for args in (["run", "x.jsonl", "-r", "case.lower"], ["list", "transforms"], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*PERTURB, *args], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, env=ENV, timeout=30
            )
        assert done.returncode == 1
        assert re.fullmatch(rb"Error: <stdout>: .*no space left on (the )?device\)?\n", done.stderr)


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    jsonl(tmp_path / "x.jsonl", [{"id": i, "question": f"Where is my new card {i}, please?"} for i in range(3000)])
    for args in ("run x.jsonl -r case.lower", "preview -r case.lower x.jsonl --limit 3000", "list transforms"):
        line = f'"{sys.executable}" -m perturb {args} | head -1; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=tmp_path, env=ENV, timeout=30)
        first, status = done.stdout.split(b"\n")[:2]
        assert first and status == b"0" and b"Broken" not in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.parametrize(("sign", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129), ("SIGKILL", -9)])
def test_stopped_while_it_runs(tmp_path: Path, sign: str, code: int) -> None:
    jsonl(
        tmp_path / "x.jsonl", [{"id": i, "question": f"Where is my new card {i}, please? " * 20} for i in range(2000)]
    )
    (tmp_path / "o.jsonl").write_text("old")
    args = [
        *PERTURB,
        "run",
        "x.jsonl",
        "-r",
        "phone_user",
        "-n",
        "50",
        "-o",
        "o.jsonl",
        "--rejects",
        "r.jsonl",
        "--force",
    ]
    started = subprocess.Popen(args, stderr=subprocess.PIPE, cwd=tmp_path, env=ENV)
    for _ in range(300):
        if any(p.suffix == ".part" and p.stat().st_size for p in tmp_path.iterdir()):
            break
        time.sleep(0.05)
    os.kill(started.pid, getattr(signal, sign))
    _, err = started.communicate(timeout=30)
    assert started.returncode == code
    if sign != "SIGKILL":
        assert re.fullmatch(
            rb"\n?stopped(: no file was written)?\n(1 item is|[0-9]+ items are) done: the same command with --resume goes on\n",
            err,
        )
    assert (tmp_path / "o.jsonl").read_text() == "old"
    left = [name for name in files(tmp_path) if name != "o.jsonl.manifest.json.part"]
    assert left == ["o.jsonl", "o.jsonl.journal", "o.jsonl.part", "r.jsonl.part", "x.jsonl"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_cannot_say_it(run_cli: RunCli, encoding: str) -> None:
    done = run_cli(
        "preview", "-r", "case.lower", "-s", "1", "Where is the café ’…’ 👍?", env={"PYTHONIOENCODING": encoding}
    )
    assert done.code == 0 and done.out.startswith("where is the caf")


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.jsonl"
    try:
        Path(os.fsdecode(name)).write_bytes(GOOD)
    except OSError:
        pytest.skip("not on this file system")
    for args in ([b"run", name, b"-r", b"case.lower", b"-o", name + b".out"], [b"replay", name + b".out.manifest.json", b"--check"],
                 [b"run", name + b"x", b"-r", b"typo"], [b"preview", b"-r", b"typo", b"caf\xe9 is closed"]):  # fmt: skip
        done = subprocess.run([*PERTURB, *args], capture_output=True, env=ENV, timeout=30)
        assert done.returncode == (1 if args[1].endswith(b"x") else 0) and b"Traceback" not in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["o.xlsx", "o.PDF", "o.zip", "o.xls.gz", "o.docx"])
def test_an_ending_of_another_format_is_refused(run_cli: RunCli, items: Path, name: str) -> None:
    done = run_cli("run", items, "-r", "typos", "-o", name)
    assert (done.code, done.out) == (2, "") and len(done.err.splitlines()) == 1
    assert done.err.startswith(f"Error: {name}: .") and "expected one of .jsonl .ndjson .json .csv" in done.err
    assert sorted(p.name for p in items.parent.iterdir()) == ["items.jsonl"]


@pytest.mark.parametrize("name", ["log.csv", "log.jsonl.gz", "log.parquet"])
def test_a_sidecar_is_called_what_it_is(run_cli: RunCli, items: Path, name: str) -> None:
    done = run_cli("run", items, "-r", "hurried", "-o", "o.jsonl", "--sidecar", name)
    assert done.code == 2 and done.err == f"Error: {name}: a sidecar is JSON Lines as they are; name it .jsonl\n"
    assert files(items.parent) == ["items.jsonl"]
    for part in ("1", "2"):
        args = ("-o", f"{part}.jsonl", "--sidecar", f"{part}.log.jsonl", "--shard", f"{part}/2")
        assert run_cli("run", items, "-r", "hurried", "-s", "1", *args).code == 0
    done = run_cli("join", "1.jsonl", "2.jsonl", "-o", "o.jsonl", "--sidecar", name)
    assert done.code == 2 and "a sidecar is JSON Lines as they are" in done.err
    assert "o.jsonl" not in files(items.parent)


def test_any_other_ending_holds_lines_of_json(run_cli: RunCli, items: Path) -> None:
    assert run_cli("run", items, "-r", "typos", "-q", "-o", "o.txt").code == 0
    assert run_cli("run", items, "-r", "typos", "-q", "-o", "o.v2").code == 0


def test_a_ctrl_c_says_that_what_went_to_stdout_is_not_whole(tmp_path: Path) -> None:
    jsonl(tmp_path / "x.jsonl", [{"question": f"Where is my card number {n}? It is late."} for n in range(3000)])
    args = [*PERTURB, "run", "x.jsonl", "-r", "phone_user", "-n", "50"]
    started = subprocess.Popen(args, cwd=tmp_path, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None and started.stdout.readline()
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=30)
    assert started.returncode == 130 and err.strip() == b"stopped: what went to stdout is not whole"
