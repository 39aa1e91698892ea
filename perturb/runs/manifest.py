"""The manifest: all that is needed to do a run again (replay.py does it)."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perturb import __version__
from perturb.core.errors import DataError, UsageError
from perturb.language.lexicon import own_tables
from perturb.language.needs import NEEDS
from perturb.resources import data_digest
from perturb.runs.job import Job, files_of
from perturb.runs.listed import Attempts, parted
from perturb.runs.outputs import Outputs, Summary
from perturb.runs.same import file_sha256
from perturb.runs.shards import BLOCK
from perturb.slipping import severity_of
from perturb.variants import Perturber

if TYPE_CHECKING:
    from perturb.ledger import Snapshot

FORMAT = 1


def identity_of(job: Job, perturber: Perturber, outputs: Outputs, inputs: dict[str, str]) -> dict[str, Any]:
    """Put down what a run is: versions, seed, arguments, recipes' texts, hashes of all that it reads."""
    return {
        "format": FORMAT,
        "perturb": __version__,
        "seed": perturber.seed,
        "runs": dict(zip((r.name for r in perturber.recipes), perturber.runs)),
        "folder": os.getcwd(),
        "job": asdict(job),
        "bare": outputs.bare or bool(outputs.sidecar),
        "recipes": {r.name: r.texts for r in perturber.recipes},
        "data": data_digest(),
        "files": {**{f: file_sha256(f) for f in files_of(job)}, **own_tables()},
        "resources": perturber.resources,
        "inputs": inputs,
    }


def manifest_of(
    job: Job, perturber: Perturber, outputs: Outputs, summary: Summary, snapshot: Snapshot | None = None
) -> dict[str, Any]:
    """Put down what a run was and what it gave; the output's hash is of its records as JSON Lines.

    ``snapshot`` is what of a ledger it looked at. What it listed for its replay is not in it (listed.py writes that).
    """
    found = {
        **identity_of(job, perturber, outputs, summary.inputs),
        "output": {
            "path": outputs.output,
            "sha256": summary.output_sha256,
            "records": summary.records,
            **({"values": summary.output_values} if summary.output_values else {}),
            **({"sidecar": outputs.sidecar} if outputs.sidecar else {}),
        },  # fmt: skip
        "rejected": summary.rejected,
        "summary": summary.stats,
        "severity": severity_of(summary.stats),
        "freshness": summary.freshness,
        "notices": summary.notices,
        "ledger": None if snapshot is None else {"runs": snapshot.after, "chain": snapshot.chain},
    }
    if job.shard:
        others = {"rejects": outputs.rejects, "sidecar": outputs.sidecar}
        found["shard"] = {"block": BLOCK, "blocks": summary.blocks, "sample": summary.sample, "given": summary.given,
                          **{k: v for k, v in others.items() if v}}  # fmt: skip
    return found


def read_manifest(path: str | Path) -> dict[str, Any]:
    """Read a manifest file; DataError where it is none."""
    if not isinstance(path, (str, os.PathLike)):
        raise UsageError(f"a manifest is named by its file, OUT.manifest.json, not {path!r}")
    try:
        data, at = parted(path)
        found = json.loads(data.decode())
    except OSError as e:
        raise DataError(f"{path}: {(e.strerror or str(e)).lower()}; expected a manifest (OUT.manifest.json)") from None
    except (ValueError, RecursionError) as e:
        raise DataError(f"{path}: not a manifest: {_beside_it(path) or f'{e}; {_JSON}'}") from None
    if not isinstance(found, dict) or not _is(found.get("format"), "int") or not _is(found.get("perturb"), "str"):
        raise DataError(f"{path}: not a manifest{_beside_it(path, ': ') or f'; {_JSON}'}")
    if isinstance(found.get("attempts"), list):
        found["attempts"] = Attempts(path, at, found["attempts"])
    return found


_JSON = "expected the JSON that perturb run wrote beside its output"


def _beside_it(path: str | Path, mark: str = "") -> str:
    """Name the manifest of a file that was named instead of it, where it lies there."""
    name = f"{path}.manifest.json"
    return f"{mark}did you mean {name!r}?" if os.path.isfile(name) else ""


def beside(path: str, named: str = "") -> dict[str, Any]:
    """Read the manifest beside an output ("o.jsonl" -> o.jsonl.manifest.json), {} where there is none; of whatever version.

    ``named`` is where it lies instead. Raises DataError where the job, the inputs or the output that it tells of are not as a run writes them.
    """
    name = named or f"{path}.manifest.json"
    if not named and not os.path.isfile(name):
        return {}
    found = read_manifest(name)
    wrong = _misfits(found, {key: _TOP[key] for key in ("folder", "job", "inputs", "output")}, "")
    if not wrong:
        job, output = found["job"], found["output"]
        kinds = {"path": "str", "sha256": "str", "records": "int"} | {
            key: "str" for key in ("sidecar", "values") if key in output
        }
        wrong = _misfits(job, {f.name: str(f.type) for f in fields(Job) if f.name in job}, "job.")
        wrong += _misfits(output, kinds, "output.")
    if wrong:
        raise DataError(f"{name}: not as perturb run wrote it; was it edited?\n" + "\n".join(f"- {w}" for w in wrong))
    return found


_TOP = {"format": "int", "perturb": "str", "seed": "int", "folder": "str", "job": "object", "bare": "bool",
        "recipes": "object", "data": "str", "files": "texts", "resources": "texts", "inputs": "texts",
        "output": "object"}  # fmt: skip
_WORDS = {"int": "a whole number", "float": "a number", "str": "text", "bool": "true or false", "object": "an object",
          "texts": "an object of texts", "list[str]": "a list of texts"}  # fmt: skip


def _is(value: Any, kind: str) -> bool:
    """Tell whether a value of a manifest has a kind ("int | None")."""
    if kind.endswith(" | None"):
        return value is None or _is(value, kind.removesuffix(" | None"))
    if kind in ("int", "float"):
        fits = (int,) if kind == "int" else (int, float)
        return isinstance(value, fits) and not isinstance(value, bool) and abs(value) < 1 << 256
    if kind in ("object", "texts"):
        return isinstance(value, dict) and (kind == "object" or all(isinstance(v, str) for v in value.values()))
    if kind == "list[str]":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    return isinstance(value, {"str": str, "bool": bool}[kind])


def complaints(found: dict[str, Any]) -> list[str]:
    """List what in a manifest is not as a run writes it ("job.n is 'x'; expected a whole number")."""
    out = _misfits(found, _TOP, "")
    if out:
        return out
    kinds = {f.name: str(f.type) for f in fields(Job)}
    job = found["job"]
    out += _misfits(job, kinds, "job.") + [f"job has no {key!r}" for key in job if key not in kinds]
    out += _misfits(found["output"], {"sha256": "str"}, "output.")
    out += [f"resources has no {key!r}" for key in found["resources"] if key not in NEEDS]
    if not out and len(job["input"]) != len(found["inputs"]):
        out.append(f"inputs names {len(found['inputs'])} files and job.input {len(job['input'])}")
    if job.get("ledger") and "journal" not in found and not isinstance(found.get("attempts"), Attempts):
        out.append("attempts, a list, is missing; job.ledger names a ledger")
    if not job.get("ledger") and "attempts" in found:
        out.append("attempts is there, but job.ledger names no ledger")
    if not out:
        out += [f"{key} is {job[key]}; expected 1 or more" for key in ("n", "limit", "sample")
                if job[key] is not None and job[key] < 1]  # fmt: skip
        out += [
            f"files lacks {path!r}, which the job names" for path in files_of(Job(**job)) if path not in found["files"]
        ]
    return out


def _misfits(given: dict[str, Any], kinds: dict[str, str], where: str) -> list[str]:
    out = [f"{where}{key} is missing" for key in kinds if key not in given]
    for key, kind in kinds.items():
        if key in given and not _is(given[key], kind):
            shown = repr(given[key])
            found = shown if len(shown) < 60 else shown[:57] + "..."
            out.append(f"{where}{key} is {found}; expected {_WORDS[kind.removesuffix(' | None')]}")
    return out
