"""Start a job, or go on with one that was stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from perturb import __version__
from perturb.core.errors import CannotGoOn, PerturbError, UsageError
from perturb.items.file_access import direct
from perturb.language.lexicon import own_tables
from perturb.runs.job import Job, files_of, flag_of
from perturb.runs.journal import Journal, finished
from perturb.runs.ledgers import finished_ledger, needs_a_file, opened, snapshot_of
from perturb.runs.manifest import FORMAT, complaints, identity_of, manifest_of, read_manifest
from perturb.runs.outputs import Outputs, Progress, Summary, apart
from perturb.runs.replay import same_perturb
from perturb.runs.runner import run
from perturb.runs.same import differences
from perturb.runs.shards import shard_of
from perturb.variants import Perturber


def start(
    job: Job, outputs: Outputs, progress: Progress | None = None, *, jobs: int = 1, engine: str = "",
    resume: bool = False, given: Iterable[str] | None = None,
) -> tuple[Perturber, Summary]:  # fmt: skip
    """Carry a job out and write its manifest beside the output.

    ``resume`` goes on with what a journal beside the output says was begun: with its seed and arguments, into which
    ``job`` and ``outputs`` are changed. ``given`` are the parts of both that must be the same there (all but the seed
    where None); UsageError names what is not, CannotGoOn what has changed since. Where no journal lies there, the job
    is begun.
    """
    journal = _journal(outputs)
    whole = _found_whole(journal, job, outputs, resume, given)
    if whole is not None:
        return whole
    perturber = job.perturber()
    job.seed = perturber.seed
    needs_a_file(job, outputs.output)
    apart([outputs.output, outputs.manifest, outputs.rejects, outputs.sidecar, job.ledger])
    if job.ledger and job.shard:
        outputs.given = f"{outputs.output}.given"
    known = journal.head.get("ledger") if journal is not None else None
    before = _before(outputs, perturber)
    with opened(job, known) or nullcontext() as ledger:

        def text(summary: Summary) -> str:
            found = manifest_of(job, perturber, outputs, summary, ledger.snapshot if ledger else None)
            return json.dumps(found, indent=1, ensure_ascii=True) + "\n"

        def head(inputs: dict[str, str]) -> dict[str, Any]:
            return {**identity_of(job, perturber, outputs, inputs), "outputs": _absolute(outputs),
                    "ledger": snapshot_of(ledger)}  # fmt: skip

        recipes = [part for r in job.recipes for part in r.split("+") if part.endswith((".yaml", ".yml"))]
        keep = [*files_of(job), *recipes, *own_tables(), *([ledger.path] if ledger else [])]
        summary = run(perturber, job.input, outputs, limit=job.limit, sample=job.sample, keep=keep,
                      manifest_of=text if outputs.manifest else None, progress=progress, job=job, jobs=jobs, engine=engine,
                      journal=journal, head=head, shard=shard_of(job.shard), ledger=ledger, before=before)  # fmt: skip
    return perturber, summary


def _found_whole(
    journal: Journal | None, job: Job, outputs: Outputs, resume: bool, given: Iterable[str] | None
) -> tuple[Perturber, Summary] | None:
    """Take up what a journal says was begun, or begin; give the run where it turns out to be whole already."""
    there = journal is not None and journal.load()
    if resume and outputs.output == "-":
        raise UsageError("--resume is for an output file: what went to stdout is gone")
    if journal is not None and there and resume:
        _take_up(journal, job, outputs, given)
        if journal.finish:
            return _finish(journal, job)
    elif journal is not None and there and not outputs.force:
        done = journal.state.at
        raise UsageError(f"{outputs.output}: a run was stopped here with {done} items done ({journal.label}); "
                         "--resume goes on with it, --force starts again")  # fmt: skip
    elif journal is not None:
        journal.head = {}
        outputs.manifest = outputs.manifest or f"{outputs.output}.manifest.json"
        if resume and os.path.exists(outputs.output) and os.path.exists(outputs.manifest):
            return _done_already(job, outputs, given)
        if not job.input or not job.recipes:
            raise UsageError(f"{outputs.output}: no journal lies beside it; to begin the run, name ITEMS and --recipe")
    return None


def _before(outputs: Outputs, perturber: Perturber) -> dict[str, Any] | None:
    """Give the freshness of the run whose manifest stands where this one's will, None where there is none to speak of."""
    try:
        found = read_manifest(outputs.manifest) if outputs.manifest and os.path.isfile(outputs.manifest) else {}
    except PerturbError:
        return None
    fresh = found.get("freshness")
    known = found.get("recipes")
    same = isinstance(known, dict) and any(known.get(r.name) == r.texts for r in perturber.recipes)
    return fresh if same and isinstance(fresh, dict) else None


def _journal(outputs: Outputs) -> Journal | None:
    """Give the journal of an output that is a file; one that cannot be is complained of elsewhere."""
    try:
        if outputs.output in ("-", "") or outputs.output.startswith("/dev/"):
            return None
        final = Path(os.path.realpath(outputs.output))
        return (
            None
            if direct(Path(outputs.output)) or final.is_dir() or not final.parent.is_dir()
            else Journal(final, outputs.output)
        )
    except (OSError, ValueError):
        return None


def _absolute(outputs: Outputs) -> dict[str, Any]:
    places = ("output", "manifest", "rejects", "sidecar", "given")
    return {k: os.path.abspath(v) if k in places and v else v for k, v in asdict(outputs).items()}


def _take_up(journal: Journal, job: Job, outputs: Outputs, given: Iterable[str] | None) -> None:
    """Make a job and its outputs those of the journal; say what of them, or of the files, is not the same."""
    head, label = journal.head, journal.label
    if head.get("format") != FORMAT or head.get("perturb") != __version__:
        raise CannotGoOn(f"{label}: the run was begun with perturb {head.get('perturb')}, this is {__version__}; "
                        "--force starts again")  # fmt: skip
    wrong = complaints({**head, "output": {"sha256": ""}})
    if wrong or set(head.get("outputs", {})) != set(asdict(outputs)):
        raise CannotGoOn(f"{label}: not as perturb wrote it ({'; '.join(wrong) or 'outputs'}); --force starts again")
    known = Job(**head["job"])
    known.seed = head["seed"]
    found = _other_arguments(job, known, given)
    was = Outputs(**head["outputs"])
    now = Outputs(**_absolute(outputs))
    for name in ("rejects", "sidecar", "manifest", "bare"):
        ours, theirs = getattr(now, name), getattr(was, name)
        if ours and ours != theirs and not (name == "rejects" and not theirs):
            found.append(f"{flag_of(name)} is {_shown(ours)}, was {_shown(theirs)}")
    if found:
        raise UsageError(f"{label}: the run was begun with other arguments: {'; '.join(found)}; give the same or none, "
                         "or --force to start again")  # fmt: skip
    if now.rejects and not was.rejects:
        was.rejects, known.rejects = now.rejects, True  # none was bad so far, so this takes nothing back
    if os.getcwd() != head["folder"]:
        known.input = list(head["inputs"])
    wrong = [] if journal.finish else differences(head, replace(known, input=list(head["inputs"])))
    if wrong:
        said = "\n".join(f"- {w}" for w in wrong)
        raise CannotGoOn(f"{label}: cannot be gone on with (--force starts again):\n{said}")
    was.output = outputs.output
    job.__dict__.update(known.__dict__)
    outputs.__dict__.update(was.__dict__)


def _other_arguments(job: Job, known: Job, given: Iterable[str] | None) -> list[str]:
    """List which of the given parts of a job are not as they were ("-n is 3, was 5")."""
    names = set(asdict(job)) - {"seed"} if given is None else set(given)
    return [
        f"{flag_of(name)} is {_shown(ours)}, was {_shown(theirs)}"
        for name in asdict(job)
        if name in names and (ours := _value(job, name)) != (theirs := _value(known, name))
        and not (name == "rejects" and ours)
    ]  # fmt: skip


def _value(job: Job, name: str) -> Any:
    value = getattr(job, name)
    if name == "ledger" and value:
        return os.path.abspath(value)
    return [p if p == "-" else os.path.abspath(p) for p in value] if name == "input" else value


def _shown(value: Any) -> str:
    if value is None or value in ("", []):
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _finish(journal: Journal, job: Job) -> tuple[Perturber, Summary]:
    journal.go_on()  # or it may be a run's that is just doing the same
    summary = Summary(**journal.finish["summary"])
    if journal.finish["ledger"] is not None:
        summary.ledger = finished_ledger(journal.finish["ledger"])
    finished(journal)
    perturber = job.perturber()
    perturber.stats.update(summary.stats)
    return perturber, summary


def _done_already(job: Job, outputs: Outputs, given: Iterable[str] | None) -> tuple[Perturber, Summary]:
    """Find that a run is whole: there is nothing to go on with, and nothing wrong."""
    found = read_manifest(outputs.manifest)
    same_perturb(outputs.manifest, found)
    known = Job(**found["job"])
    known.seed = found["seed"]
    other = _other_arguments(job, known, given)
    if other:
        raise UsageError(f"{outputs.output}: is there already, of a run with other arguments: {'; '.join(other)}; "
                         "give another name, or --force to replace it")  # fmt: skip
    job.__dict__.update(known.__dict__)
    perturber = job.perturber()
    perturber.stats.update(found["summary"])
    return perturber, Summary(found["output"]["records"], found["rejected"], "", found["inputs"],
                              found["output"]["sha256"], found["summary"], found["notices"], [],
                              found.get("freshness") or {})  # fmt: skip
