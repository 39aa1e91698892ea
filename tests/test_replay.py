"""A run again from its manifest: the same bytes, or a refusal that names what differs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shell import ITEMS, RunCli, jsonl, perturb

from perturb.core.errors import DidNotReproduce, PerturbError
from perturb.runs.replay import replay

M = "o.jsonl.manifest.json"
PLUGIN = '''from perturb import transform

@transform("my.bang", times=1)
def bang(text, rng):
    """Put a bang at the end ("Hi" -> "Hi!")."""
    yield len(text.raw), len(text.raw), "!"
'''


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one run with all that a run can depend on."""
    folder = tmp_path_factory.mktemp("made")
    jsonl(folder / "items.jsonl", ITEMS)
    (folder / "my.py").write_text(PLUGIN)
    (folder / "mine.tsv").write_text("because\tcozz\nthe\tteh\n")
    (folder / "mine.yaml").write_text(
        "summary: x\nsteps:\n  - slang.texting: {words: mine.tsv, rate: 1}\n  - use: hurried\n  - my.bang\n")  # fmt: skip
    (folder / "terms.txt").write_text("tickets\n")
    (folder / "fields.yaml").write_text("input: question\ntarget: answer\n")
    done = perturb("run", "items.jsonl", "-r", "mine.yaml", "-r", "typos+case", "-n", "2", "--plugin", "my.py", "--protect",
                   "terms.txt", "-p", "fields.yaml", "--with-clean", "-o", "o.jsonl", "--limit", "5", cwd=folder)  # fmt: skip
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """Copy the run, so that something of it can be changed."""
    for path in made.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    inputs = {
        str(tmp_path / "items.jsonl"): json.loads((tmp_path / M).read_text())["inputs"][str(made / "items.jsonl")]
    }
    edit(tmp_path, lambda m: m.update(inputs=inputs, folder=str(tmp_path)))
    return tmp_path


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / M).read_text())
    change(manifest)
    (folder / M).write_text(json.dumps(manifest))


def test_the_same_bytes(run_cli: RunCli, run: Path) -> None:
    done = run_cli("replay", M, "-o", "again.jsonl")
    assert (done.code, done.out) == (0, "") and "records, the same bytes (sha256 " in done.err
    assert (run / "again.jsonl").read_bytes() == (run / "o.jsonl").read_bytes()
    assert run_cli("replay", M).out == (run / "o.jsonl").read_text()
    before = sorted(run.iterdir())
    assert run_cli("replay", M, "--check").out == "" and sorted(run.iterdir()) == before


@pytest.mark.parametrize(
    "options",
    [
        ["-r", "phone_user", "-n", "3", "--unchanged", "drop", "--intensity", "0.5"],
        ["-r", "ambiguous", "--expect", "clarify", "--sample", "3", "--field", "log"],
        ["-r", "case.lower", "--bare", "--limit", "2"],
        ["-r", "hurried", "--sidecar", "side.jsonl", "--input-field", "question", "--target-field", "answer:marked"],
        ["-r", "hurried", "--rejects", "r.jsonl"],
    ],
    ids=lambda o: o[1],
)
def test_whatever_the_options(run_cli: RunCli, items: Path, options: list[str]) -> None:
    if "--rejects" in options:
        items.write_text('{"question": 5}\nnot JSON\n' + items.read_text())
    assert run_cli("run", items, *options, "-o", "o.jsonl").code == 0
    assert run_cli("replay", M, "-o", "again.jsonl").code == 0
    assert (items.parent / "again.jsonl").read_bytes() == (items.parent / "o.jsonl").read_bytes()


def test_input_that_moved_and_input_from_stdin(run_cli: RunCli, run: Path) -> None:
    (run / "items.jsonl").rename(run / "moved.jsonl")
    done = run_cli("replay", M)
    assert done.code == 1 and "items.jsonl is not there: give its place with --input FILE" in done.err
    assert run_cli("replay", M, "--check", "--input", "moved.jsonl").code == 0
    args = ["run", "-", "-r", "hurried", "-o", "piped.jsonl"]
    assert run_cli(*args, input=(run / "moved.jsonl").read_bytes()).code == 0
    done = run_cli("replay", "piped.jsonl.manifest.json")
    assert done.code == 2 and "its input from stdin; give the same input with --input FILE" in done.err
    assert run_cli("replay", "piped.jsonl.manifest.json", "--check", "--input", "moved.jsonl").code == 0


def test_from_another_folder(run_cli: RunCli, run: Path) -> None:
    (run / "sub").mkdir()
    done = run_cli("replay", run / M, cwd=run / "sub")
    assert done.code == 1
    assert f"the file my.py is not there: the run was made in {run}, replay it from there" in done.err


CHANGES = {
    "items.jsonl": "items.jsonl has changed (its sha256 is no longer ",
    "mine.yaml": "the recipe mine has changed (mine.yaml): its text in the manifest differs",
    "my.py": "the file my.py has changed",
    "mine.tsv": "the file mine.tsv has changed",
    "terms.txt": "the file terms.txt has changed",
    "fields.yaml": "the file fields.yaml has changed",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_file_is_named(run_cli: RunCli, run: Path, name: str) -> None:
    with (run / name).open("a") as f:
        f.write("\n# changed\n" if name != "items.jsonl" else "\n")
    refused(run_cli, run, CHANGES[name])


@pytest.mark.parametrize("name", [n for n in CHANGES if n != "items.jsonl"])
def test_a_missing_file_is_named(run_cli: RunCli, run: Path, name: str) -> None:
    (run / name).unlink()
    refused(run_cli, run, f"{name} is not there")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda m: m.update(perturb="9.9"), "the run was made with 9.9: install that version"),
        (lambda m: m.update(perturb="9.9", job=[]), "the run was made with 9.9: install that version"),
        (lambda m: m.update(format=9), "it has format 9; this perturb reads 1"),
        (lambda m: m.update(data="0" * 16), "the shipped tables differ (data "),
        (lambda m: m["recipes"]["mine"].update(hurried="summary: x"), "the recipe mine has changed"),
        (lambda m: m["output"].update(sha256="0" * 64), "everything it names is the same, but the output differs"),
        (lambda m: m.update(seed=4), "everything it names is the same, but the output differs"),
    ],
)
def test_what_else_differs_is_named(
    run_cli: RunCli, run: Path, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    edit(run, change)
    refused(run_cli, run, says)


def test_another_version_of_a_resource_is_named(run_cli: RunCli, items: Path) -> None:
    assert run_cli("run", items, "-r", "nlpaug.keyboard", "-o", "o.jsonl").code == 0
    assert run_cli("replay", M, "--check").code == 0
    edit(items.parent, lambda m: m["resources"].update(nlpaug="nlpaug 0.0.1"))
    refused(run_cli, items.parent, ", was nlpaug 0.0.1")


def refused(run_cli: RunCli, run: Path, says: str) -> None:
    done = run_cli("replay", M, "-o", "again.jsonl")
    assert (done.code, done.out) == (1, "") and done.err.startswith(f"Error: {M}: ")
    assert says in done.err
    assert not (run / "again.jsonl").exists()


def test_all_differences_are_said_at_once(run_cli: RunCli, run: Path) -> None:
    for name in ("items.jsonl", "my.py", "terms.txt"):
        (run / name).write_text("changed")
    assert run_cli("replay", M).err.count("has changed") == 3


def test_a_plugin_that_the_manifest_does_not_vouch_for_is_not_run(run_cli: RunCli, run: Path) -> None:
    (run / "other.py").write_text("from pathlib import Path\nPath('ran').touch()\n")
    edit(run, lambda m: m["job"]["plugins"].append("other.py"))
    done = run_cli("replay", M)
    assert done.code == 1 and "files lacks 'other.py', which the job names" in done.err
    (run / "my.py").write_text("from pathlib import Path\nPath('ran').touch()\n")
    edit(run, lambda m: m["job"]["plugins"].pop())
    assert "my.py has changed" in run_cli("replay", M).err
    assert not (run / "ran").exists()


def test_outputs(run_cli: RunCli, run: Path) -> None:
    before = (run / "o.jsonl").read_bytes()
    for name, says in {"o.jsonl": "exists already", M: "is the same file as", "items.jsonl": "is the same file as",
                       "none/x": "no folder 'none'", ".": "is a directory"}.items():  # fmt: skip
        done = run_cli("replay", M, "-o", name, *(["--force"] if "same" in says else []))
        assert done.code == 2 and says in done.err
    assert (run / "o.jsonl").read_bytes() == before
    assert run_cli("replay", M, "-o", "o.jsonl", "--force").code == 0
    assert (run / "o.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "no such file or directory; expected a manifest"),
        (b"", "not a manifest: "),
        (b"\xff", "not a manifest: "),
        (b"[]", "not a manifest; expected the JSON that perturb run wrote"),
        (b'{"format": true, "perturb": 1}', "not a manifest; expected"),
        (b"[" * 100_000, "not a manifest: "),
        (json.dumps(ITEMS[0]).encode(), "not a manifest; expected"),
    ],
)
def test_no_manifest(run_cli: RunCli, tmp_path: Path, data: bytes | None, says: str) -> None:
    if data is not None:
        (tmp_path / "m.json").write_bytes(data)
    done = run_cli("replay", "m.json")
    assert (done.code, done.out) == (1, "") and done.err.startswith("Error: m.json: ") and says in done.err


def test_an_output_named_for_its_manifest_is_told(run_cli: RunCli, run: Path) -> None:
    done = run_cli("replay", "o.jsonl")
    assert (done.code, done.out) == (1, "")
    assert done.err == "Error: o.jsonl: not a manifest: did you mean 'o.jsonl.manifest.json'?\n"


NONSENSE = [None, True, -1, 0, 1.5, "x", "\0", "\ud800", "/dev/zero", [], {}, [1], ["x"], {"a": "b"}, 10**400,
            float("nan"), "GONE"]  # fmt: skip
# What no replay depends on, or a value that means the same: nothing is refused there.
FREE = ("input", "seed", "rejects", "plugins")  # plugins: this process has loaded them already
HARMLESS = {"summary", "severity", "rejected", "runs", "records", "path", "folder", "notices", "freshness", "ledger"}


def test_an_edited_manifest_is_refused_and_never_a_traceback(made: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(made)
    base = json.loads((made / M).read_text())
    file, other, tried = tmp_path / "m.json", 0, 0
    for place in [*places(base), ("job", "new"), ("files", "new.py"), ("resources", "new")]:
        for value in NONSENSE:
            manifest = json.loads(json.dumps(base))
            at = manifest
            for key in place[:-1]:
                at = at[key]
            same = value == at.get(place[-1], "GONE") and type(value) is type(at.get(place[-1], "GONE"))
            at[place[-1]] = value
            if value == "GONE":
                del at[place[-1]]
            file.write_text(json.dumps(manifest))
            tried += 1
            try:
                replay(file)
            except PerturbError as e:
                assert str(e).startswith(str(file)) and "Errno" not in str(e), (place, value, str(e))
                other += isinstance(e, DidNotReproduce)
            else:
                known = HARMLESS & set(place) or (place[0] == "job" and place[1] in FREE)
                assert known or same or place == ("files", "mine.tsv"), (place, value)
    assert tried > 700 and other


def places(value: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for key, inner in value.items():
        found.append((*above, key))
        if isinstance(inner, dict):
            found += places(inner, (*above, key))
    return found
