"""Ray Data in place of our own processes: the same bytes, also where a worker is killed under way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shell import ENV, PERTURB, RunCli, jsonl

here = pytest.importorskip("ray.data", reason="make test-integrations gets it")
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc"),
    pytest.mark.xdist_group("ray"),
]

TEXT = "Where is my new card {}, please? I have waited since Monday because it has not come. "
RUN = ["run", "x.jsonl", "-r", "hurried", "-s", "3", "-q"]
RAY = ["--engine", "ray", "-j", "2"]


def items(folder: Path, n: int) -> None:
    rows = [{"id": f"q{i}" if i % 97 else "same", "question": TEXT.format(i)} for i in range(n)]
    jsonl(folder / "x.jsonl", rows)


def workers(root: int) -> list[int]:
    """List the processes that do chunks for a Ray that a process started."""
    parents, found = {}, []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if (folder / "cmdline").read_bytes().startswith(b"ray::MapBatches"):
                found.append(int(folder.name))
        except OSError:
            continue
    return [pid for pid in found if root in _above(pid, parents)]


def _above(pid: int, parents: dict[int, int]) -> list[int]:
    out = []
    while pid in parents:
        pid = parents[pid]
        out.append(pid)
    return out


def started(folder: Path, args: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*PERTURB, *args], cwd=folder, env=ENV, stderr=subprocess.PIPE, start_new_session=True)


def until_two_work(run: subprocess.Popen[bytes], part: Path) -> list[int]:
    """Wait until two workers are at it and some of the output is there."""
    for _ in range(2400):
        assert run.poll() is None, run.communicate()
        if part.exists() and part.stat().st_size and len(found := workers(run.pid)) > 1:
            return found
        time.sleep(0.02)
    raise AssertionError("nothing was done")


def test_a_worker_is_killed_under_way(run_cli: RunCli, tmp_path: Path) -> None:
    items(tmp_path, 6000)
    assert run_cli(*RUN, "-n", "3", "-o", "a.jsonl").code == 0
    run = started(tmp_path, [*RUN, *RAY, "-n", "3", "-o", "b.jsonl"])
    victim = until_two_work(run, tmp_path / "b.jsonl.part")[0]
    assert not (tmp_path / "b.jsonl").exists()
    os.kill(victim, signal.SIGKILL)
    err = run.communicate(timeout=200)[1].decode()
    assert run.returncode == 0 and err == ""
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    made = [json.loads((tmp_path / f"{name}.jsonl.manifest.json").read_text()) for name in "ab"]
    made[1]["output"]["path"] = made[0]["output"]["path"]
    assert made[0] == made[1]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["x.jsonl", *(f"{name}.jsonl{more}" for name in "ab" for more in ("", ".manifest.json"))]
    )


def test_a_run_that_was_killed_goes_on_without_ray(run_cli: RunCli, tmp_path: Path) -> None:
    items(tmp_path, 3000)
    run = started(tmp_path, [*RUN, *RAY, "-n", "6", "-o", "b.jsonl", "--sidecar", "s.jsonl"])
    until_two_work(run, tmp_path / "b.jsonl.part")
    os.killpg(run.pid, signal.SIGINT)
    err = run.communicate(timeout=60)[1].decode()
    assert run.returncode == 130 and "Traceback" not in err and "--resume goes on" in err, err
    assert not (tmp_path / "b.jsonl").exists()
    assert run_cli("run", "--resume", "-o", "b.jsonl", "-q").code == 0
    assert run_cli(*RUN, "-n", "6", "-o", "a.jsonl", "--sidecar", "t.jsonl").code == 0
    for ours, theirs in (("a.jsonl", "b.jsonl"), ("t.jsonl", "s.jsonl")):
        assert (tmp_path / ours).read_bytes() == (tmp_path / theirs).read_bytes()


def test_what_the_user_brings_reaches_the_workers(run_cli: RunCli, tmp_path: Path) -> None:
    """A recipe's file, a plugin, protected terms, bad records; and an item that ends its process every time."""
    (tmp_path / "mine.yaml").write_text("summary: x\nsteps: [my.shout, {use: typos}]\n")
    (tmp_path / "shout.py").write_text(
        "import os, signal\nfrom perturb import transform\n\n@transform('my.shout', times=1)\ndef shout(text, rng):\n"
        '    """Shout ("a" -> "A"), and kill the process where it says so ("b" -> "B")."""\n'
        "    if 'DIE' in text.raw:\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    for start, word in text.words:\n        yield start, start + len(word), word.upper()\n"
    )
    (tmp_path / "terms.txt").write_text("new card\n")
    rows = [{"id": n, "question": TEXT.format(n) if n % 50 else 5} for n in range(300)]
    jsonl(tmp_path / "x.jsonl", rows)
    args = ["run", "x.jsonl", "-r", "mine.yaml", "--plugin", "shout.py", "--protect", "terms.txt", "-p", "chat",
            "--input-field", "question", "-s", "1", "-q"]  # fmt: skip
    for name, how in (("a", []), ("b", RAY)):
        assert run_cli(*args, *how, "-o", f"{name}.jsonl", "--rejects", f"{name}.rejects").code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert (tmp_path / "a.rejects").read_bytes() == (tmp_path / "b.rejects").read_bytes() != b""
    jsonl(tmp_path / "x.jsonl", [{"id": n, "question": TEXT.format("DIE" if n == 250 else n)} for n in range(300)])
    done = run_cli(*args, *RAY, "-o", "c.jsonl")
    died = "the item '250' ended its worker process 4 times (signal 9): "
    assert done.code == 1 and done.err.startswith(f"Error: x.jsonl:251: {died}"), done.err
    assert done.out == ""  # Ray says there of each worker that it died
    assert not (tmp_path / "c.jsonl").exists()
    done = run_cli(*args, *RAY, "-o", "c.jsonl", "--force", "--rejects", "c.rejects")
    rejected = [json.loads(line) for line in (tmp_path / "c.rejects").read_text().splitlines()]
    assert done.code == 0 and [r["line"] for r in rejected] == [251] and rejected[0]["reason"].startswith(died), (
        done.err
    )


def test_a_cluster_that_is_not_there(run_cli: RunCli, tmp_path: Path) -> None:
    items(tmp_path, 3)
    done = run_cli(*RUN, *RAY, "-o", "c.jsonl", env={"RAY_ADDRESS": "nonsense"})
    assert done.code == 2 and done.err.startswith("Error: Ray at RAY_ADDRESS=nonsense cannot be reached"), done.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.jsonl"]


def test_nothing_of_ray_is_loaded_without_it(tmp_path: Path) -> None:
    items(tmp_path, 3)
    code = "import sys, perturb.cli.run_, perturb.runs.start, perturb.runs.work; print('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True).stdout == b"False\n"
