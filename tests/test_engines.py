"""What --engine ray says where Ray is not installed, and how its windows are counted; Ray itself is in integrations/."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from shell import ENV

from perturb.runs.on_ray import RayPool, Tries
from perturb.runs.pool import ordered


def test_ray_is_not_installed(items: Path) -> None:
    code = "import sys; sys.modules['ray'] = None; sys.argv[0] = 'perturb'; from perturb.cli import entry; entry()"
    args = ["run", items.name, "-r", "hurried", "--engine", "ray", "-o", "o.jsonl"]
    done = subprocess.run([sys.executable, "-c", code, *args], cwd=items.parent, env=ENV, capture_output=True)
    assert done.returncode == 1
    assert done.stderr == (b'Error: --engine ray needs Ray Data: pip install "perturb[ray]"; without it, -j N works with '
                           b"N processes\n")  # fmt: skip
    assert [p.name for p in items.parent.iterdir()] == [items.name]


class Windows(RayPool):
    """A RayPool whose windows are noted and answered at once."""

    def __init__(self, size: int) -> None:
        self._size, self.ahead, self._closed, self._window, self.sent = size, 2 * size, False, [], list[int]()

    def _send(self) -> None:
        self.sent += [len(self._window)] if self._window else []
        for data, answer in self._window:
            answer.set_result(data.upper())
        self._window = []


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 8, 9, 30])
@pytest.mark.parametrize("empty", [0, 1, 2], ids=["none", "some", "most"])
def test_no_chunk_waits_for_a_window_that_is_not_sent(count: int, empty: int) -> None:
    """Chunks without items take no place in a window; the last window goes out, full or not."""
    pool = Windows(4)
    nothing: Future[bytes] = Future()
    nothing.set_result(b"")

    def pieces() -> Iterator[bytes]:
        for n in range(count):
            yield b"" if empty and (n % 3 < empty) else b"x%d" % n

    def submit(data: bytes) -> Future[bytes]:
        return pool.submit(data) if data else nothing

    got = list(ordered(submit, pool.fed(pieces()), pool.ahead))
    assert got == [(data, data.upper()) for data in pieces()]
    assert sum(pool.sent) == len([p for p in pieces() if p]) and max(pool.sent, default=0) <= 4


def test_an_error_of_the_reading_comes_behind_what_stood_before_it() -> None:
    pool = Windows(4)

    def pieces() -> Iterator[bytes]:
        yield from (b"a", b"b")
        raise ValueError("line 3")

    seen: list[bytes] = []
    with pytest.raises(ValueError, match="line 3"):
        for _, got in ordered(pool.submit, pool.fed(pieces()), pool.ahead):
            seen.append(got)
    assert seen == [b"A", b"B"]


def test_tries_are_counted_for_the_windows_under_way() -> None:
    tries = Tries()
    assert [tries.begin(1, 0) for _ in range(3)] == [1, 2, 3]
    assert tries.begin(1, 1) == 1
    for window in range(2, 9):
        tries.begin(window, 0)
    assert sorted(tries.begun) == [(n, 0) for n in (5, 6, 7, 8)]
