"""A worker process: batches of named items in on stdin, lines of JSON out on stdout, until stdin ends.

Both ways go frames: eight bytes of length, then as many bytes of JSON and JSON lines. Nothing is unpickled.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from functools import lru_cache
from typing import IO, Any

from perturb.core import errors
from perturb.core.errors import InputChanged, PerturbError, WorkerDied
from perturb.items.codec import loads
from perturb.runs.batch import Done, PerturbBatch, again


def send(file: IO[bytes], data: bytes) -> None:
    """Write one frame."""
    file.write(len(data).to_bytes(8, "little"))
    file.write(data)
    file.flush()


def receive(file: IO[bytes]) -> bytes | None:
    """Read one frame, None at the end, also where it is cut."""
    head = file.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "little")
    data = file.read(size)
    return data if len(data) == size else None


def collect_seldom() -> None:
    """Look for cycles of objects a thirtieth as often: a run makes next to none, and the tables are large to go through."""
    gc.set_threshold(20_000, 20, 20)


def main() -> None:
    """Serve until the parent is gone, however it went."""
    for name in ("SIGINT", "SIGHUP"):  # a Ctrl-C goes to all; it is the parent that ends the run
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    # What a plugin prints must not get between the frames.
    put = os.fdopen(os.dup(1), "wb")
    collect_seldom()
    os.dup2(2, 1)
    get = sys.stdin.buffer
    try:
        hello = receive(get)
        if hello is None:
            return
        try:
            batch, sidecar, skip = _ready(json.loads(hello))
        except Exception as e:
            send(put, json.dumps({"error": _said(e)}).encode())
            return
        send(put, b'{"error": null}')
        while (chunk := receive(get)) is not None:
            try:
                done = batch.encoded(unpack(chunk), sidecar=sidecar, skip=skip)
            except Exception as e:
                done = Done(b"", [], 0, {}, [], e)
            send(put, packed(done))
    except BrokenPipeError:
        pass
    os._exit(0)  # nothing is left to do; stdout's and stdin's ends are the parent's


def _ready(hello: dict[str, Any]) -> tuple[PerturbBatch, bool, bool]:
    from perturb import __version__
    from perturb.language.lexicon import own_tables
    from perturb.resources import data_digest
    from perturb.runs.job import Job
    from perturb.runs.plugins import load_plugin
    from perturb.runs.same import file_sha256

    here = [__version__, data_digest()]
    if hello["perturb"] != here:
        raise WorkerDied(f"a worker has perturb {here[0]} with the tables {here[1]}, the run {' with '.join(hello['perturb'])}: "
                         "install the same everywhere")  # fmt: skip
    for path, known in hello["files"].items():
        if not os.path.isfile(path):
            raise InputChanged(
                f"{path}: is not where a worker looks for it; put it there, on every machine that works on the run"
            )
        if file_sha256(path) != known:
            raise InputChanged(f"{path}: changed while the run goes on; put it back as it was")
    job = Job(**hello["job"])
    for path in job.plugins:
        load_plugin(path)
    perturber = job.perturber([again(name, texts) for name, texts in hello["recipes"]])
    if perturber.runs != hello["runs"] or own_tables() != hello["tables"]:
        raise InputChanged("a recipe's file or table changed while the run goes on; put it back as it was")
    first = hello["first"]
    stream = perturber.stream(None if first is None else loads(first))
    known = None
    if hello["ledger"] is not None:
        from perturb.ledger import Ledger, Snapshot

        at = Snapshot(*hello["ledger"])
        known = Ledger(at.path, at=at)
    batch = PerturbBatch.of(stream, bare=hello["bare"], known=known, gives=hello["gives"], again=hello["again"])
    return batch, hello["sidecar"], hello["skip"]


@lru_cache(1)
def _made(hello: str) -> tuple[PerturbBatch, bool, bool]:
    return _ready(json.loads(hello))


def answered(hello: str, chunk: bytes) -> bytes:
    """Do a chunk in a process that is told with each what its work is; it is made ready for the first."""
    try:
        batch, sidecar, skip = _made(hello)
        done = batch.encoded(unpack(chunk), sidecar=sidecar, skip=skip)
    except Exception as e:
        done = Done(b"", [], 0, {}, [], e)
    return packed(done)


def unpack(chunk: bytes) -> list[tuple[str | list[str], dict[str, Any]]]:
    """Read a chunk: a line with a name (and attempts, in a list), a line with its item, and so on."""
    lines = chunk.split(b"\n")
    return [(json.loads(name), loads(item)) for name, item in zip(lines[::2], lines[1::2])]


def packed(done: Done) -> bytes:
    """Write a result: a line that says what there is, then the lines themselves."""
    side = b"\n".join(done.side)
    said = {"records": done.records, "stats": done.stats, "bad": done.bad, "seconds": done.seconds, "told": done.told,
            "sample": done.sample, "lines": len(done.lines), "side": len(side),
            "error": _said(done.error) if done.error else None}  # fmt: skip
    return b"".join((json.dumps(said).encode(), b"\n", done.lines, side, done.given))


def unpacked(data: bytes) -> Done:
    """Read a result."""
    start = data.index(b"\n") + 1
    said = json.loads(data[:start])
    middle = start + said["lines"]
    end = middle + said["side"]
    side = data[middle:end]
    return Done(data[start:middle], side.split(b"\n") if side else [], said["records"], said["stats"],
                [(at, reason) for at, reason in said["bad"]], error_of(said["error"]), said["seconds"],
                data[end:], said["told"], [(rank, rows) for rank, rows in said["sample"]])  # fmt: skip


def _said(e: Exception) -> list[str]:
    import traceback

    if isinstance(e, PerturbError):
        return [type(e).__name__, str(e), ""]
    return ["", f"{type(e).__name__}: {e}" if str(e) else type(e).__name__, traceback.format_exc()]


def error_of(said: list[str] | None) -> Exception | None:
    """Make a worker's error again in the parent; a bug is one here too, with the worker's traceback as its cause."""
    if said is None:
        return None
    kind, message, trace = said
    if not kind:
        bug = RuntimeError(message)
        bug.__cause__ = RuntimeError(f"in a worker process\n{trace}")
        return bug
    known: Any = getattr(errors, kind, PerturbError)
    error: Exception = known([message]) if kind == "RecipeError" else known(message)
    return error
