"""Chunks through processes: results in order, few in flight, and the chunk of a process that died done again.

A process is a fresh interpreter with a pipe each way (worker.py), tended by a thread: a dead one is known by its pipe's
end, and the chunk that it had goes to the next. Of the standard library's pools one waits for ever then and one gives up.
A chunk that ends every process is done item by item (alone.py).
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock, local
from typing import Any, TypeVar

from perturb.core.errors import PerturbError, WorkerDied
from perturb.runs.alone import one_by_one
from perturb.runs.worker import error_of, packed, receive, send

T = TypeVar("T")
TRIES = 4  # times that a chunk, then each of its items, is given to a process before it is given up
_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from perturb.runs.worker import main; main()"


class Pool:
    """Run chunks in ``jobs`` processes (``with Pool(2, hello) as pool: pool.submit(data).result()``).

    ``hello`` tells a new process what its work is. Leaving ends all processes at once, also in the middle of a chunk.
    """

    def __init__(self, jobs: int, hello: dict[str, Any]) -> None:
        self.hello = json.dumps(hello).encode()
        self._skip = bool(hello["skip"])
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="perturb-worker", initializer=_deaf)
        self._own = local()
        self._lock = Lock()
        self._all: set[subprocess.Popen[bytes]] = set()
        self._closed = False
        self.ahead = 2 * jobs + 2  # chunks in flight, at most

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._closed = True
            processes = list(self._all)
        for process in processes:
            process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in processes:
            process.wait()
            _close(process)

    @property
    def pids(self) -> list[int]:
        """List the processes' ids."""
        with self._lock:
            return [process.pid for process in self._all]

    def submit(self, data: bytes) -> Future[bytes]:
        """Have a chunk done by whichever process is free first."""
        return self._threads.submit(self._done, data)

    def apart(self, data: bytes) -> bytes:
        """Have a chunk done item by item that ended every process elsewhere."""
        return self._threads.submit(self._one_by_one, data, f"{TRIES} times").result()

    def fed(self, pieces: Iterator[T]) -> Iterator[T]:
        """Yield what is to be submitted: a process takes it when it is free."""
        return pieces

    def _done(self, data: bytes) -> bytes:
        answer, how = self._tried(data)
        return self._one_by_one(data, how) if answer is None else answer

    def _one_by_one(self, data: bytes, how: str) -> bytes:
        return packed(one_by_one(data, how, self._tried, self._skip))

    def _tried(self, data: bytes) -> tuple[bytes | None, str]:
        """Have a chunk done, by several processes one after the other where they end at it; None and how the last one did."""
        status = 0
        for _ in range(TRIES):
            process: Any = getattr(self._own, "process", None) or self._started()
            answer = _asked(process, data)
            if answer is not None:
                return answer, ""
            status = self._gone()
        return None, f"{TRIES} times ({_how(status)})"

    def _started(self) -> subprocess.Popen[bytes]:
        status = 0
        for _ in range(TRIES):
            process = self._spawned()
            answer = _asked(process, self.hello)
            if answer is not None:
                error = error_of(json.loads(answer)["error"])
                if error is not None:
                    raise error
                return process
            status = self._gone()
        raise WorkerDied(f"a worker process ended {TRIES} times ({_how(status)}) while it was starting")

    def _spawned(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise PerturbError("stopped")
            try:
                process = subprocess.Popen([sys.executable, "-c", _START, json.dumps(sys.path)],
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
            except OSError as e:
                raise WorkerDied(f"no worker process can be started ({(e.strerror or str(e)).lower()})") from None
            self._all.add(process)
            self._own.process = process
        return process

    def _gone(self) -> int:
        process: subprocess.Popen[bytes] = self._own.process
        self._own.process = None
        process.kill()
        status = process.wait()
        with self._lock:
            self._all.discard(process)
        _close(process)
        return status


def _deaf() -> None:
    """Keep a Ctrl-C from this thread, and from the processes that it starts, from their first moment on."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})


def _asked(process: Any, data: bytes) -> bytes | None:
    """Send a process a frame and give its answer, None where it is gone."""
    try:
        send(process.stdin, data)
        return receive(process.stdout)
    except OSError:
        return None


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()


def _how(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit code {status}"


def ordered(submit: Callable[[T], Future[bytes]], chunks: Iterator[T], window: int) -> Iterator[tuple[T, bytes]]:
    """Yield each chunk with its result in the chunks' order, at most ``window`` in flight.

    What ``chunks`` raises is raised once all chunks before it have been yielded.
    """
    waiting: deque[tuple[T, Future[bytes]]] = deque()
    error: Exception | None = None
    more = True
    while more or waiting:
        while more and len(waiting) < window:
            try:
                chunk = next(chunks)
            except StopIteration:
                more = False
            except Exception as e:
                more, error = False, e
            else:
                waiting.append((chunk, submit(chunk)))
        if waiting:
            chunk, result = waiting.popleft()
            yield chunk, result.result()
    if error is not None:
        raise error
