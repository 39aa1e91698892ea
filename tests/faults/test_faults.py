"""Full disks, folders and inputs that go away under way: one clear message, nothing half-written, and a way on."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from shell import ENV, PERTURB, RunCli, jsonl

from perturb.items.readers import read
from perturb.runs.pool import Pool

TEXT = "Where is my new card {}, please? I have waited since Monday because it has not come. "
RUN = ["run", "../x.jsonl", "-r", "hurried", "-n", "2", "-s", "3", "-o", "o.jsonl"]
SLOW = ["run", "x.jsonl", "-r", "phone_user", "-n", "8", "-s", "3", "-o", "sub/o.jsonl"]


def write(path: Path, n: int, times: int = 1) -> Path:
    return jsonl(path, [{"id": i, "question": TEXT.format(i) * times} for i in range(n)])


def begun(args: list[str], folder: Path, part: Path) -> subprocess.Popen[bytes]:
    """Start a run and wait until some of it is in its journal."""
    started = subprocess.Popen([*PERTURB, *args], cwd=folder, env=ENV, stderr=subprocess.PIPE)
    journal = part.with_suffix(".journal")
    for _ in range(1200):
        if journal.exists() and journal.read_bytes().count(b"\n") > 1:
            return started
        time.sleep(0.02)
    started.kill()
    raise AssertionError("nothing was done")


def said(started: subprocess.Popen[bytes]) -> str:
    err = started.communicate(timeout=60)[1].decode()
    assert "Traceback" not in err and "a bug in" not in err, err
    return err


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of its own with 400 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)], capture_output=True
    ).returncode:  # fmt: skip
        pytest.skip("may not mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk(run_cli: RunCli, tmp_path: Path, small: Path, jobs: str) -> None:
    write(tmp_path / "x.jsonl", 1000)
    done = run_cli(*RUN, "-j", jobs, cwd=small)
    assert done.code == 1 and "Error: o.jsonl: cannot be written (no space left on the device)" in done.err
    assert not (small / "o.jsonl").exists() and not (small / "o.jsonl.manifest.json").exists()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
    again = run_cli(*RUN, "--resume", cwd=small)
    assert again.code == 0, again.err
    assert sorted(p.name for p in small.iterdir()) == ["o.jsonl", "o.jsonl.manifest.json"]
    (small / "o.jsonl").rename(small / "a.jsonl")
    assert run_cli(*RUN, "--force", cwd=small).code == 0
    assert (small / "o.jsonl").read_bytes() == (small / "a.jsonl").read_bytes()


def test_a_disk_that_is_full_from_the_start(run_cli: RunCli, tmp_path: Path, small: Path) -> None:
    write(tmp_path / "x.jsonl", 10)
    with pytest.raises(OSError), (small / "other").open("wb", buffering=0) as f:
        while True:
            f.write(bytes(4096))
    done = run_cli(*RUN, cwd=small)
    assert done.code == 1 and done.err == "Error: o.jsonl: cannot be written (no space left on the device)\n"
    assert [p.name for p in small.iterdir()] == ["other"]


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_a_disk_that_is_full_when_the_form_is_written(
    run_cli: RunCli, tmp_path: Path, small: Path, ending: str
) -> None:
    """All records fit, as lines; the file that is made of them does not."""
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    write(tmp_path / "x.jsonl", 200)
    args = [*RUN[:-1], f"o.{ending}"]
    (tmp_path / "known").mkdir()
    known = tmp_path / "known" / "o.jsonl"
    assert run_cli(*RUN, cwd=known.parent).code == 0
    fill = small / "other"
    fill.write_bytes(os.urandom(400_000 - known.stat().st_size - 24_000))
    done = run_cli(*args, cwd=small)
    assert done.code == 1 and f"Error: o.{ending}: cannot be written (no space left on the device)" in done.err, (
        done.err
    )
    assert not (small / f"o.{ending}").exists() and "--resume goes on" in done.err
    fill.unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
    assert run_cli(*args, "--resume", cwd=small).code == 0
    assert sorted(p.name for p in small.iterdir()) == [f"o.{ending}", f"o.{ending}.manifest.json"]
    again = [r.item for r in read(small / f"o.{ending}")]
    assert again == [r.item for r in read(known)]


def test_files_may_not_grow(tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl", 2000)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))

    args = [*PERTURB, "run", "x.jsonl", "-r", "hurried", "-n", "2", "-s", "3", "-o", "o.jsonl"]
    done = subprocess.run(args, cwd=tmp_path, env=ENV, capture_output=True, preexec_fn=limited, timeout=60)
    assert done.returncode == 1 and b"Error: o.jsonl: cannot be written (file too large)" in done.stderr
    assert b"items are done: the same command with --resume goes on" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["o.jsonl.journal", "o.jsonl.part", "x.jsonl"]
    assert subprocess.run([*args, "--resume"], cwd=tmp_path, env=ENV, capture_output=True).returncode == 0
    assert subprocess.run([*args[:-1], "a.jsonl"], cwd=tmp_path, env=ENV, capture_output=True).returncode == 0
    assert (tmp_path / "o.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


def test_the_folder_is_taken_away(tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl", 800, 2)
    (tmp_path / "sub").mkdir()
    started = begun(SLOW, tmp_path, tmp_path / "sub" / "o.jsonl.part")
    shutil.rmtree(tmp_path / "sub")
    err = said(started)
    assert started.returncode == 1 and err.count("Error: ") == 1
    assert "sub/o.jsonl: its folder, or the files in it, were taken away while it was written" in err
    assert "--resume" not in err and sorted(p.name for p in tmp_path.iterdir()) == ["x.jsonl"]


@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_the_input_changes_under_way(tmp_path: Path, how: str) -> None:
    file = write(tmp_path / "x.jsonl", 800, 2)
    good = file.read_bytes()
    (tmp_path / "sub").mkdir()
    started = begun(SLOW, tmp_path, tmp_path / "sub" / "o.jsonl.part")
    if how == "gone":
        file.unlink()
    elif how == "cut":
        os.truncate(file, len(good) * 2 // 3 + 5)
    else:
        with file.open("r+b") as f:
            f.seek(len(good) - 200)
            f.write(b"x" * 20)
    if how == "gone":  # what is open stays readable: a Ctrl-C ends it sooner
        started.send_signal(signal.SIGINT)
        assert "--resume goes on" in said(started)
    else:
        err = said(started)
        assert started.returncode == 1 and err.startswith("Error: x.jsonl: changed while it was read (")
        assert "items are done: on the same input the same command with --resume goes on; on another one --force" in err
    assert sorted(p.name for p in (tmp_path / "sub").iterdir()) == ["o.jsonl.journal", "o.jsonl.part"]
    refused = subprocess.run([*PERTURB, *SLOW, "--resume"], cwd=tmp_path, env=ENV, capture_output=True)
    assert refused.returncode == 1 and b"o.jsonl.journal: cannot be gone on with" in refused.stderr
    assert b"x.jsonl is not there" in refused.stderr or b"x.jsonl has changed" in refused.stderr
    file.write_bytes(good)
    for args in ([*SLOW, "--resume"], [*SLOW[:-1], "a.jsonl", "-j", "2"]):
        done = subprocess.run([*PERTURB, *args], cwd=tmp_path, env=ENV, capture_output=True)
        assert done.returncode == 0, done.stderr
    both = [sha256(p.read_bytes()).hexdigest() for p in (tmp_path / "sub" / "o.jsonl", tmp_path / "a.jsonl")]
    assert both[0] == both[1]


def test_a_ctrl_c_leaves_no_process_and_no_traceback(tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl", 800, 2)
    (tmp_path / "sub").mkdir()
    args = [*PERTURB, *SLOW, "-j", "2"]
    started = subprocess.Popen(args, cwd=tmp_path, env=ENV, stderr=subprocess.PIPE, start_new_session=True)
    for _ in range(1200):
        if (tmp_path / "sub" / "o.jsonl.part").exists() and (tmp_path / "sub" / "o.jsonl.part").stat().st_size:
            break
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGINT)  # as a terminal sends it: to the workers too
    err = said(started)
    assert started.returncode == 130 and "stopped: no file was written\n" in err
    for _ in range(100):
        try:
            os.killpg(started.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("a worker is left over")


DIES = (
    "import os, signal\nfrom perturb import transform\n\n@transform('my.die', times=1)\ndef die(text, rng):\n"
    '    """Kill the process at items 300 and 301 ("a" -> "b")."""\n    if "card 300," in text.raw or "card 301," in text.raw:\n'
    "        os.kill(os.getpid(), signal.SIGKILL)\n    at = text.raw.index(' card')\n    yield at, at, ' old'\n"
)
DIED = "ended its worker process 4 times (signal 9): too little memory, or a fault in compiled code?"


def test_an_item_that_always_ends_its_worker_ends_the_run_with_one_message(run_cli: RunCli, tmp_path: Path) -> None:
    """It is named with its line, and what stood before it is done."""
    write(tmp_path / "x.jsonl", 600)
    (tmp_path / "die.py").write_text(DIES)
    args = ["run", "x.jsonl", "-r", "my.die", "--plugin", "die.py", "-s", "1", "-j", "2", "-o", "o.jsonl"]
    done = run_cli(*args)
    assert done.code == 1 and done.err.startswith(f"Error: x.jsonl:301: the item '300' {DIED}\n"), done.err
    assert re.search(r"\n(\d+) items are done: the same command with --resume --rejects FILE passes over", done.err), (
        done.err
    )
    again = run_cli("run", "--resume", "-o", "o.jsonl", "-j", "2", "--rejects", "r.jsonl")
    assert again.code == 0, again.err
    rejected = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert [(r["line"], r["reason"]) for r in rejected] == [(n + 1, f"the item '{n}' {DIED}") for n in (300, 301)]
    ours = (tmp_path / "o.jsonl").read_bytes()
    rows = (tmp_path / "x.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "x.jsonl").write_bytes(b"".join(rows[:300] + rows[302:]))
    assert run_cli(*args[:-1], "without.jsonl").code == 0
    assert ours.count(b"old card") >= 598
    assert without_run(ours) == without_run((tmp_path / "without.jsonl").read_bytes())


def without_run(lines: bytes) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in lines.splitlines()]
    for record in records:
        del record["perturb"]["run"]  # of arguments and inputs
    return records


def test_items_that_end_a_worker_only_together_are_all_done(run_cli: RunCli, tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl", 64)
    (tmp_path / "die.py").write_text(
        "import os, signal\nfrom perturb import transform\nseen = set()\n\n@transform('my.die', times=1)\ndef die(text, rng):\n"
        '    """Kill the process once it has had items 5 and 7 ("a" -> "b")."""\n'
        "    seen.update(n for n in (5, 7) if f'card {n},' in text.raw)\n"
        "    if len(seen) > 1 and 'PERTURB_TEST_LIVES' not in os.environ:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n    at = text.raw.index(' card')\n    yield at, at, ' old'\n"
    )
    args = ["run", "x.jsonl", "-r", "my.die", "--plugin", "die.py", "-s", "1", "-j", "2", "--sidecar"]
    for name, env in (("a", {}), ("b", {"PERTURB_TEST_LIVES": "1"})):
        done = run_cli(*args, f"{name}.side", "-o", f"{name}.jsonl", env=env)
        assert done.code == 0, done.err
    for end in ("side", "jsonl"):
        assert (tmp_path / f"a.{end}").read_bytes() == (tmp_path / f"b.{end}").read_bytes() != b""


def test_a_worker_that_ends_while_it_starts(run_cli: RunCli, tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl", 64)
    (tmp_path / "die.py").write_text(
        "import os\nfrom perturb import transform\n\n@transform('my.ok', times=1)\ndef ok(text, rng):\n"
        '    """Do nothing ("a" -> "a")."""\n    yield from ()\n\n'
        "if os.getppid() == int(os.environ['PERTURB_TEST_PID']):\n    os._exit(3)\n"
    )
    code = "import os; os.environ['PERTURB_TEST_PID'] = str(os.getpid()); from perturb.cli import entry; entry()"
    args = ["run", "x.jsonl", "-r", "typos", "--plugin", "die.py", "-j", "2", "-o", "o.jsonl"]
    done = subprocess.run([sys.executable, "-c", code, *args], cwd=tmp_path, env=ENV, capture_output=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr == b"Error: a worker process ended 4 times (exit code 3) while it was starting\n"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["die.py", "x.jsonl"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_a_worker_hears_no_ctrl_c_from_its_first_moment_on() -> None:
    """One that comes while it imports would show a traceback."""
    pool = Pool(1, {"skip": False})
    with pool:
        process = pool._threads.submit(pool._spawned).result()
        status = Path(f"/proc/{process.pid}/status").read_text()
    blocked = int(re.findall(r"SigBlk:\s*(\w+)", status)[0], 16)
    assert blocked >> signal.SIGINT - 1 & 1 and blocked >> signal.SIGHUP - 1 & 1
