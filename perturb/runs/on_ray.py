"""Chunks through Ray Data: the processes of this machine, or the nodes of a cluster, in place of pool.py's.

Items are read, named and written here, and chunks go out a window at a time, each window a Ray dataset of one block a chunk; two windows are
under way, so that no worker waits for the last chunk of one. Ray does the chunk of a worker that died again.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, redirect_stdout
from functools import lru_cache
from typing import Any, TypeVar

from perturb.core.errors import MissingResource, UsageError, WorkerDied
from perturb.runs.pool import TRIES, Pool
from perturb.runs.worker import answered

T = TypeVar("T")
EACH = 16  # chunks of a window for each process
_STORE = 256 << 20  # bytes of shared memory that a Ray of our own begins with


class RayPool:
    """Run chunks on Ray (``with RayPool(2, hello) as pool: pool.submit(data).result()``), which ``fed`` must count.

    A Ray of its own with ``jobs`` processes is started and stopped again, offline, unless RAY_ADDRESS names a cluster or Ray runs in
    this process already. ``hello`` tells a worker what its work is. Raises MissingResource where Ray is not installed.
    """

    def __init__(self, jobs: int, hello: dict[str, Any]) -> None:
        self.hello = json.dumps(hello)
        self.ray = _ray()
        self.mine = not self.ray.is_initialized()
        self._window: list[tuple[bytes, Future[bytes]]] = []
        if self.mine:
            _start(self.ray, jobs)
        self._size = EACH * max(1, int(self.ray.cluster_resources().get("CPU", 1)))
        self.ahead = 2 * self._size
        self._tries = self.ray.remote(num_cpus=0)(Tries).remote()
        self._sent, self._closed, self._quiet = 0, False, ExitStack()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="perturb-ray")

    def __enter__(self) -> RayPool:
        # Ray says on stdout that a worker died, between the records where those go there too.
        nowhere = self._quiet.enter_context(open(os.devnull, "w"))
        self._quiet.enter_context(redirect_stdout(nowhere))
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)
        if self.mine:
            self.ray.shutdown()
        self._quiet.close()

    def submit(self, data: bytes) -> Future[bytes]:
        """Have a chunk done, in the window that is sent off next."""
        answer: Future[bytes] = Future()
        self._window.append((data, answer))
        return answer

    def fed(self, pieces: Iterator[T]) -> Iterator[T]:
        """Yield what is to be submitted, and send a window off behind every so many and behind the last."""
        try:
            for n, piece in enumerate(pieces, 1):
                yield piece
                if n % self._size == 0:
                    self._send()
        finally:
            self._send()

    def _send(self) -> None:
        if self._window and not self._closed:
            self._sent += 1
            self._threads.submit(self._do, self._sent, self._window)
            self._window = []

    def _do(self, number: int, window: list[tuple[bytes, Future[bytes]]]) -> None:
        data = self.ray.data
        given = {"hello": self.hello, "number": number, "tries": self._tries}
        try:
            rows = [{"at": n, "chunk": chunk} for n, (chunk, _) in enumerate(window)]
            blocks = data.from_items(rows, override_num_blocks=len(rows))
            for row in blocks.map_batches(_batch, batch_size=None, batch_format="pyarrow", fn_kwargs=given).iter_rows():
                window[row["at"]][1].set_result(row["answer"])
                if self._closed:
                    return
        except Exception as e:
            for _, answer in window:
                if not answer.done():
                    answer.set_exception(_said(e))


class Tries:
    """Count how often each chunk was begun: Ray Data by itself would try one that kills its process again without end."""

    def __init__(self) -> None:
        self.begun: Counter[tuple[int, int]] = Counter()

    def begin(self, window: int, at: int) -> int:
        """Count one more, and forget windows that are long done."""
        if not self.begun[window, at]:
            self.begun = Counter({key: n for key, n in self.begun.items() if key[0] > window - 4})
        self.begun[window, at] += 1
        return self.begun[window, at]


def _batch(table: Any, hello: str, number: int, tries: Any) -> Any:
    """Do a block's chunks, in a worker."""
    import pyarrow
    import ray

    rows = table.to_pylist()
    answers = []
    for row in rows:
        often = ray.get(tries.begin.remote(number, row["at"]))
        answers.append(answered(hello, row["chunk"]) if often <= TRIES else _apart(hello, row["chunk"]))
    return pyarrow.table({"at": pyarrow.array([row["at"] for row in rows], pyarrow.int64()),
                          "answer": pyarrow.array(answers, pyarrow.large_binary())})  # fmt: skip


def _apart(hello: str, chunk: bytes) -> bytes:
    """Do a chunk that ended every worker that had it, item by item, in a process that may end too."""
    with Pool(1, json.loads(hello)) as pool:
        return pool.apart(chunk)


@lru_cache(1)
def _ray() -> Any:
    """Import Ray Data, quiet about itself; MissingResource says how to get it."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ENABLE_AUTO_CONNECT", "0")  # a thread that comes late would start a Ray of its own
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
        import ray.data
    except ImportError:
        raise MissingResource(
            '--engine ray needs Ray Data: pip install "perturb[ray]"; without it, -j N works with N processes'
        ) from None
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = context.print_on_execution_start = False
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return ray


def _start(ray: Any, jobs: int) -> None:
    address = os.environ.get("RAY_ADDRESS", "local")
    own = {"num_cpus": jobs, "include_dashboard": False, "object_store_memory": _STORE, "_node_ip_address": "127.0.0.1"}
    # A worker finds perturb where this process found it.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    try:
        ray.init(address, log_to_driver=False, logging_level=logging.CRITICAL, **(own if address == "local" else {}))
    except (ConnectionError, RuntimeError, ValueError) as e:
        what = str(e).split("\n")[0]
        raise UsageError(f"Ray at RAY_ADDRESS={address} cannot be reached ({what})" if address != "local"
                         else f"Ray cannot be started ({what})") from None  # fmt: skip


def _said(e: Exception) -> Exception:
    """Turn what Ray raises when it cannot go on into one message."""
    from ray.exceptions import RayError

    if not isinstance(e, RayError):
        return e
    what = next((line for line in reversed(str(e).strip().split("\n")) if line.strip()), "")
    return WorkerDied(f"Ray could not go on: {type(e).__name__}: {what[:200]}")
