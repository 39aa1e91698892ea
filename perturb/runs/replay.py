"""Replay: a run again from its manifest, byte for byte or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from perturb import __version__
from perturb.core.errors import BadRecord, DataError, DidNotReproduce, UsageError
from perturb.items.file_access import checked
from perturb.items.formats import form_of
from perturb.items.sinks import Sink
from perturb.runs.job import Job
from perturb.runs.manifest import FORMAT, complaints, read_manifest
from perturb.runs.outputs import Outputs, Progress, Summary
from perturb.runs.runner import run
from perturb.runs.same import differences
from perturb.runs.shards import shard_of
from perturb.runs.written import other_records, output_of, unlike


def replay(
    manifest: str | Path, output: str | None = None, *, input: str | list[str] | None = None, force: bool = False,
    jobs: int = 1, progress: Progress | None = None, given: str = "", compare: bool = False,
) -> Summary:  # fmt: skip
    """Repeat a run byte for byte (``replay("out.jsonl.manifest.json", "again.jsonl")``).

    Without ``output`` nothing is written and the bytes are only compared; "-" is stdout. ``input`` says where the input
    lies now; ``jobs`` is the number of processes; ``given`` is a file for the hashes of what was given, for a ledger. An output in another form than JSON Lines has the same records.
    With ``compare`` the run's output, where it lies, must be as it was written, too; the summary names it.
    Raises DidNotReproduce, naming every difference found, before anything is written.
    """
    found = read_manifest(manifest)
    same_perturb(manifest, found)
    job = Job(**found["job"])
    job.seed = found["seed"]
    job.input = list(found["inputs"]) if input is None else [input] if isinstance(input, str) else input
    if len(job.input) != len(found["inputs"]):
        raise UsageError(
            f"{manifest}: the run read {len(found['inputs'])} files; give --input for each, in their order"
        )
    if "-" in job.input and input is None:
        raise UsageError(f"{manifest}: the run read its input from stdin; give the same input with --input FILE")
    kept = [str(manifest), *job.input]
    if output not in (None, "-"):
        checked(str(output), force=force, inputs=kept)
    wrong = differences(found, job)
    if wrong:
        raise refusal(manifest, wrong)
    with tempfile.TemporaryDirectory(prefix="perturb-") as folder:
        outputs = Outputs(os.path.join(folder, "out"), bare=found["bare"], given=given,
                          rejects=os.path.join(folder, "rejects") if job.rejects else "")  # fmt: skip
        try:
            summary = run(job.perturber(), job.input, outputs, limit=job.limit, sample=job.sample, progress=progress,
                          job=job, jobs=jobs, shard=shard_of(job.shard), attempts=found.get("attempts"))  # fmt: skip
        except (BadRecord, UsageError) as e:  # on an input that is the same: the job is not
            raise DataError(f"{manifest}: its job cannot be done: {e}; was the file edited?") from None
        _same_output(manifest, summary.output_sha256, found["output"]["sha256"])
        if compare:
            summary.compared = _compared(manifest, found, outputs.output, summary, job.input)
        if output is not None:
            with Sink(output, force=force, inputs=kept) as sink, open(outputs.output, "rb") as f:
                while block := f.read(1 << 20):
                    sink.write_bytes(block)
    return summary


def _same_output(manifest: str | Path, now: str, was: str) -> None:
    if now != was:
        raise DidNotReproduce(f"{manifest}: everything it names is the same, but the output differs (sha256 {now[:12]}… "
                              f"instead of {was[:12]}…); was this manifest edited, or is it a bug of perturb?")  # fmt: skip


def _compared(manifest: str | Path, found: dict[str, Any], lines: str, summary: Summary, inputs: list[str]) -> str:
    """Give the output of a manifest that is as the run writes it, "" where it is not there to be compared."""
    path = output_of(manifest, found)
    if not path:
        return ""
    now = {"sha256": summary.output_sha256, "records": summary.records}
    wrong = unlike(path, now) if form_of(path).kind == "lines" else other_records(path, lines, inputs)
    if wrong:
        raise DidNotReproduce(
            f"{manifest}: the run gives the bytes that it tells of, but {path} is not as it was written: {wrong}"
        )
    return path


def refusal(manifest: str | Path, differences: list[str]) -> DidNotReproduce:
    """Say all that keeps a run from being repeated."""
    return DidNotReproduce(f"{manifest}: cannot be repeated exactly:\n" + "\n".join(f"- {d}" for d in differences))


def same_perturb(manifest: str | Path, found: dict[str, Any]) -> None:
    """Refuse a manifest of another perturb, and one that is not as perturb writes it."""
    if found["format"] != FORMAT:
        raise refusal(manifest, [f"it has format {found['format']}; this perturb reads {FORMAT}"])
    wrong = complaints(found)
    if wrong and found["perturb"] == __version__:
        raise DataError(
            f"{manifest}: not as perturb run wrote it; was it edited?\n" + "\n".join(f"- {w}" for w in wrong)
        )
    if found["perturb"] != __version__:
        said = f"perturb is {__version__}, the run was made with {found['perturb']}: install that version"
        raise refusal(manifest, [said])
