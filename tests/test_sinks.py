"""Writing records: whole or not at all, and a clear message for every output that cannot be."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from perturb.core.errors import BadRecord, DataError, UsageError
from perturb.items.readers import read
from perturb.items.rejects import Rejects
from perturb.items.sinks import Sink


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def left(out: Path) -> list[str]:
    return sorted(p.name for p in out.parent.iterdir())


def test_writes_lines_and_says_what(out: Path) -> None:
    with Sink(out) as sink:
        sink.write({"b": "é\u2028", "a": [1, 2.50]})
        sink.write({"a": "\ud83d"})
        assert not out.exists()
    data = '{"b": "é\u2028", "a": [1, 2.5]}\n{"a": "\\ud83d"}\n'.encode()
    assert out.read_bytes() == data
    assert (sink.count, sink.size, sink.sha256) == (2, len(data), sha256(data).hexdigest())
    assert left(out) == ["out.jsonl"]


def test_text_as_it_is(out: Path) -> None:
    with Sink(out) as sink:
        sink.write_text('{\n "a": 1\n}\n')
    assert out.read_text() == '{\n "a": 1\n}\n'


def test_nothing_written_is_an_empty_file(out: Path) -> None:
    with Sink(out):
        pass
    assert out.read_bytes() == b""


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_what_was_there(out: Path, error: type[BaseException]) -> None:
    out.write_text("before")
    with pytest.raises(error), Sink(out, force=True) as sink:
        sink.write({"a": "x" * 1_000_000})
        raise error
    assert out.read_text() == "before"
    assert left(out) == ["out.jsonl"]


def test_stdout(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with Sink("-") as sink:
        sink.write({"a": 1})
    assert capfdbinary.readouterr().out == b'{"a": 1}\n'
    assert not sys.stdout.closed


def test_mode_is_the_usual_or_the_old_one(out: Path) -> None:
    with Sink(out):
        pass
    plain = out.with_name("plain")
    plain.write_text("")
    assert out.stat().st_mode == plain.stat().st_mode
    out.chmod(0o640)
    with Sink(out, force=True):
        pass
    assert out.stat().st_mode & 0o777 == 0o640


def test_link_is_followed(out: Path) -> None:
    link = out.with_name("link.jsonl")
    link.symlink_to(out)
    with Sink(link) as sink:
        sink.write({"a": 1})
    assert link.is_symlink()
    assert out.read_bytes() == b'{"a": 1}\n'


# -- outputs that cannot be -------------------------------------------------------------------------------


def refused(path: str | Path, **how: object) -> str:
    with pytest.raises(UsageError) as e, Sink(path, **how):  # type: ignore[arg-type]
        pass
    return str(e.value).replace(str(Path(path).parent), "")


def test_existing_needs_force(out: Path) -> None:
    out.write_text("before")
    assert refused(out) == "/out.jsonl: exists already; give another name, or --force to replace it"
    with Sink(out, force=True) as sink:
        sink.write({})
    assert out.read_text() == "{}\n"


def test_input_is_never_the_output(out: Path) -> None:
    out.write_text("{}")
    link = out.with_name("link.jsonl")
    link.symlink_to(out)
    hard = out.with_name("hard.jsonl")
    os.link(out, hard)
    for other in (out, link, hard):
        assert "is the same file as" in refused(out, force=True, inputs=["-", str(other)])
    assert "is the same file as" in refused(out.with_name("new"), inputs=[str(out.parent / "." / "new")])


def test_folder(out: Path) -> None:
    assert refused(out.parent).endswith("is a directory; give a file name in it")


def test_no_folder(out: Path) -> None:
    assert "cannot be written (no folder" in refused(out / "no" / "x")


def test_below_a_file(out: Path) -> None:
    out.write_text("")
    assert "cannot be written (no folder" in refused(out / "x")


def test_folder_that_takes_no_files() -> None:
    if not os.path.isdir("/proc/self"):
        pytest.skip("needs a folder that nobody may write to")
    assert "cannot be written (no such file or directory)" in refused("/proc/self/x")


def test_name_with_nul() -> None:
    assert "not a file name" in refused("a\0b")


def test_no_space() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")
    said = r"^/dev/full: cannot be written \(no space left on the device\)$"
    with pytest.raises(DataError, match=said), Sink("/dev/full") as sink:
        sink.write({"a": 1})
    with pytest.raises(DataError, match="no space left"), Sink("/dev/full") as sink:
        for _ in range(10):
            sink.write({"a": "x" * 100_000})


def test_no_space_in_a_folder_leaves_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said = r"no space left on the device\); nothing was written under that name \(1 records were done\)"
    with pytest.raises(DataError, match=said), Sink(out) as sink:
        sink.write({"a": 1})
    assert left(out) == []


@pytest.mark.parametrize("value", [{1, 2}, float("nan"), b"x"])
def test_what_is_not_json(out: Path, value: object) -> None:
    with pytest.raises(BadRecord, match=r"record 2 cannot be written as JSON"), Sink(out) as sink:
        sink.write({"a": 1})
        sink.write({"a": value})
    assert left(out) == []


def test_device_needs_no_force() -> None:
    with Sink("/dev/null") as sink:
        sink.write({"a": 1})
    assert sink.count == 1


# -- kills and broken pipes, for real ---------------------------------------------------------------------

ENDLESS = """
import sys
from perturb.items.sinks import Sink
with Sink(sys.argv[1], force=True) as out:
    for n in range(10**9):
        out.write({"n": n, "text": "x" * 1000})
        if n == 2000:
            print("going", file=sys.stderr, flush=True)
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_leaves_the_old_file(out: Path, sign: signal.Signals) -> None:
    out.write_text("before")
    with subprocess.Popen([sys.executable, "-c", ENDLESS, str(out)], stderr=subprocess.PIPE) as child:
        assert child.stderr is not None
        child.stderr.readline()
        parts = [p for p in out.parent.iterdir() if p != out]
        assert len(parts) == 1
        assert parts[0].stat().st_size > 0
        child.send_signal(sign)
        child.stderr.read()
    assert child.returncode != 0
    assert out.read_text() == "before"
    assert len(left(out)) == (2 if sign == signal.SIGKILL else 1)  # nobody cleans up after SIGKILL


def test_broken_pipe_is_let_through() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        head = subprocess.run(["head", "-1"], stdin=child.stdout, capture_output=True, check=True)
        assert child.stdout is not None
        child.stdout.close()
        assert child.stderr is not None
        said = child.stderr.read().decode()
    assert json.loads(head.stdout)["n"] == 0
    assert "BrokenPipeError" in said
    assert "DataError" not in said


def test_fifo(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    with subprocess.Popen(["head", "-1", str(fifo)], stdout=subprocess.PIPE) as head:
        with Sink(fifo) as sink:
            sink.write({"a": 1})
        assert head.communicate(timeout=20)[0] == b'{"a": 1}\n'
    assert fifo.is_fifo()


# -- rejects ----------------------------------------------------------------------------------------------


def test_rejects(out: Path) -> None:
    source = out.with_name("in.jsonl")
    source.write_bytes(b'{"a": 1}\n{"a": }\n["b"]\n{"a": "\x92"}\n{"a": 2}\n')
    with Rejects(out) as rejects:
        assert [r.item["a"] for r in read(source, on_bad=rejects)] == [1, 2]
        rejects(BadRecord("no field 'q'"), '{"a": 1}')
    rows = [json.loads(line) for line in io.StringIO(out.read_text())]
    assert [(row["line"], row["record"]) for row in rows] == [
        (2, '{"a": }'),
        (3, '["b"]'),
        (4, '{"a": "\\x92"}'),
        (None, '{"a": 1}'),
    ]
    assert rows[0]["reason"] == "not JSON: found '}'; expected a JSON value"
    assert list(rows[0]) == ["line", "reason", "record"]


def test_fast_enough(out: Path) -> None:
    """A record costs about 9 µs to read and write; this fails at ten times that."""
    source = out.with_name("in.jsonl")
    source.write_text('{"question": "How many clips did Natalia sell altogether?", "answer": "72"}\n' * 5000)
    begun = time.process_time()
    with Sink(out) as sink:
        for record in read(source):
            sink.write(record.item)
    assert out.read_bytes() == source.read_bytes()
    assert (time.process_time() - begun) / 5000 < 90e-6
