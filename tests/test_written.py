"""Whether a file is still the one that a run wrote: verify beside a manifest, and replay --check."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from shell import RunCli, jsonl

from perturb.items.readers import read
from perturb.items.sinks import Sink

ARGS = ("run", "items.jsonl", "-r", "hurried", "-n", "2", "--seed", "3", "-q")


def made(run_cli: RunCli, name: str, *more: str) -> None:
    done = run_cli(*ARGS, "-o", name, *more)
    assert done.code == 0, done.err


@pytest.fixture(name="folder")
def _folder(items: Path) -> Path:
    return items.parent


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)


def test_a_file_that_was_cut_or_edited_is_told(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl")
    file = folder / "o.jsonl"
    whole = lines(file)
    file.write_text("".join(whole[:7]))
    done = run_cli("verify", "o.jsonl")
    assert done.code == 1 and done.err == "7 variants checked, 0 with violations (1 file)\n"
    assert done.out == ("o.jsonl: file: 7 records; its manifest tells of 12 with another sha256: was it cut or edited? "
                        "(--part takes a part on purpose)\n")  # fmt: skip
    assert json.loads(run_cli("verify", "o.jsonl", "--json").out)["kind"] == "file"
    done = run_cli("verify", "o.jsonl", "--part")
    assert (done.code, done.out, done.err) == (0, "", "7 variants checked, 0 with violations\n")
    file.write_text("".join(reversed(whole)))
    done = run_cli("verify", "o.jsonl")
    assert done.code == 1 and "o.jsonl: file: sha256 " in done.out and ": was it edited?" in done.out
    file.unlink()
    file.write_text("".join(whole))
    assert run_cli("verify", "o.jsonl").code == 0


def test_a_variant_that_stands_twice_is_told(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl", "--with-clean")
    whole = lines(folder / "o.jsonl")
    (folder / "o.jsonl").write_text("".join([*whole, *whole[:2]]))
    done = run_cli("verify", "o.jsonl", "--part")
    assert done.code == 1 and done.err == "20 variants checked, 2 with violations (2 twice)\n"
    assert ": twice: the clean item stands in o.jsonl:1 already\n" in done.out
    assert ": twice: variant 1 of hurried stands in o.jsonl:2 already\n" in done.out
    other = run_cli("run", "items.jsonl", "-r", "hurried", "--seed", "4", "-q", "-o", "other.jsonl")
    assert other.code == 0
    both = lines(folder / "other.jsonl") + whole
    (folder / "both.jsonl").write_text("".join(both))
    assert run_cli("verify", "both.jsonl", "--source", "items.jsonl").code == 0, "another run's variant 1 is another"


@pytest.mark.parametrize("name", ["o.csv", "o.json", "o.jsonl.gz"])
def test_other_forms_are_held_to_what_is_promised_of_them(run_cli: RunCli, folder: Path, name: str) -> None:
    made(run_cli, name)
    done = run_cli("verify", name)
    assert (done.code, done.err) == (0, "12 variants checked, 0 with violations\n")
    check = run_cli("replay", f"{name}.manifest.json", "--check")
    assert check.code == 0 and check.err.endswith(f"; {name} is as it was written\n")
    less = run_cli(
        "run", "items.jsonl", "-r", "hurried", "-n", "2", "--seed", "3", "-q", "--limit", "5", "-o", f"less.{name}"
    )
    assert less.code == 0
    shutil.copy(folder / f"less.{name}", folder / name)
    done = run_cli("verify", name)
    assert done.code == 1 and f"{name}: file: 10 records; its manifest tells of 12" in done.out
    check = run_cli("replay", f"{name}.manifest.json", "--check")
    assert check.code == 1 and "is not as it was written: " in check.err
    other = run_cli("run", "items.jsonl", "-r", "hurried", "-n", "2", "--seed", "4", "-q", "-o", f"other.{name}")
    assert other.code == 0
    shutil.copy(folder / f"other.{name}", folder / name)
    check = run_cli("replay", f"{name}.manifest.json", "--check")
    assert check.code == 1 and ("is another than the run gives" in check.err or "was it edited?" in check.err), (
        check.err
    )


@pytest.mark.parametrize("more", [(), ("--with-clean", "-j", "2"), ("--sidecar", "log.jsonl"), ("--bare",)])
@pytest.mark.parametrize("name", ["o.csv", "o.tsv.gz", "o.parquet", "o.json", "o.json.zst"])
def test_an_edited_value_of_any_form_is_told(run_cli: RunCli, folder: Path, name: str, more: tuple[str, ...]) -> None:
    made(run_cli, name, *more)
    assert run_cli("verify", name).code == 0
    rows = [record.item for record in read(folder / name)]
    with Sink(folder / name, force=True) as same:
        for row in rows:
            same.write(dict(reversed(row.items())))
    assert run_cli("verify", name).code == 0, "the order of fields is no value"
    rows[5] = {**rows[5], "answer": rows[5]["answer"] + " "}
    with Sink(folder / name, force=True) as other:
        for row in rows:
            other.write(row)
    done = run_cli("verify", name)
    says = f"{name}: file: its values are not those that its manifest tells of: was it edited? (--part takes a part on"
    assert done.code == 1 and says in done.out, done.out + done.err
    assert says not in run_cli("verify", name, "--part").out


def test_a_manifest_of_before_tells_of_no_values(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.csv")
    manifest = json.loads((folder / "o.csv.manifest.json").read_text())
    del manifest["output"]["values"]
    (folder / "o.csv.manifest.json").write_text(json.dumps(manifest))
    assert run_cli("verify", "o.csv").code == 0
    made(run_cli, "o.jsonl")
    assert "values" not in json.loads((folder / "o.jsonl.manifest.json").read_text())["output"], "it has its bytes"


def test_what_shards_are_joined_to_is_held_to_its_values(run_cli: RunCli, folder: Path) -> None:
    for part in ("1", "2"):
        made(run_cli, f"{part}.jsonl", "--shard", f"{part}/2")
    assert run_cli("join", "1.jsonl", "2.jsonl", "-o", "joined.csv").code == 0
    made(run_cli, "o.csv")
    known = [json.loads((folder / f"{n}.csv.manifest.json").read_text())["output"]["values"] for n in ("joined", "o")]
    assert known[0] == known[1] and run_cli("verify", "joined.csv").code == 0


def test_a_table_written_anew_with_the_same_values_is_the_same(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.json")
    file = folder / "o.json"
    file.write_text(json.dumps(json.loads(file.read_text()), indent=2))
    assert run_cli("verify", "o.json").code == 0
    assert run_cli("replay", "o.json.manifest.json", "--check").code == 0


def test_check_looks_at_the_output(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl")
    check = ("replay", "o.jsonl.manifest.json", "--check")
    done = run_cli(*check)
    assert done.code == 0 and done.err.endswith("); o.jsonl is as it was written\n"), done.err
    with (folder / "o.jsonl").open("a") as f:
        f.write("{}\n")
    done = run_cli(*check)
    assert done.code == 1 and "but o.jsonl is not as it was written: 13 records" in done.err
    assert run_cli("replay", "o.jsonl.manifest.json", "-o", "again.jsonl").code == 0, (
        "what stands there matters to --check alone"
    )
    (folder / "o.jsonl").unlink()
    done = run_cli(*check)
    assert done.code == 0 and done.err.endswith(
        " as the manifest tells; the output is not there, and was not compared\n"
    )


def test_check_finds_an_output_whose_manifest_is_elsewhere(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl", "--manifest", "m.json")
    done = run_cli("replay", "m.json", "--check")
    assert done.code == 0 and "o.jsonl is as it was written" in done.err
    (folder / "o.jsonl").write_text("{}\n")
    assert run_cli("replay", "m.json", "--check").code == 1


def test_the_sidecar_is_taken_from_the_manifest(run_cli: RunCli, folder: Path) -> None:
    (folder / "logs").mkdir()
    made(run_cli, "o.jsonl", "--sidecar", "logs/log.jsonl")
    done = run_cli("verify", "o.jsonl")
    assert (done.code, done.err) == (0, "12 variants checked, 0 with violations\n")
    log = lines(folder / "logs" / "log.jsonl")
    rows = [json.loads(line) for line in log]
    rows[3].pop("edits")
    jsonl(folder / "logs" / "log.jsonl", rows)
    done = run_cli("verify", "o.jsonl")
    assert done.code == 1 and "o.jsonl:4: " in done.out and "log: the record's log has no 'edits'" in done.out
    done = run_cli("audit", "o.jsonl", "-o", "sheet.csv")
    assert done.code == 1 and "o.jsonl:4: the record's log has no 'edits'" in done.err
    (folder / "logs" / "log.jsonl").write_text("".join(log))
    (folder / "moved").mkdir()
    for name in ("o.jsonl", "o.jsonl.manifest.json", "logs"):
        (folder / name).rename(folder / "moved" / name)
    assert run_cli("verify", "moved/o.jsonl").err == "12 variants checked, 0 with violations\n"
    (folder / "moved" / "logs" / "log.jsonl").rename(folder / "elsewhere.jsonl")
    done = run_cli("verify", "moved/o.jsonl")
    assert (
        done.code == 2
        and "its log was written to 'logs/log.jsonl', which is not there; say with --sidecar FILE" in done.err
    )
    assert run_cli("verify", "moved/o.jsonl", "--sidecar", "elsewhere.jsonl").err.startswith("12 variants checked, 0")


def test_a_joined_sidecar_is_known_too(run_cli: RunCli, folder: Path) -> None:
    for part in ("1", "2"):
        made(run_cli, f"{part}.jsonl", "--shard", f"{part}/2", "--sidecar", f"{part}.log.jsonl")
    assert run_cli("join", "1.jsonl", "2.jsonl", "-o", "o.jsonl", "--sidecar", "log.jsonl").code == 0
    assert run_cli("verify", "o.jsonl").err == "12 variants checked, 0 with violations\n"


def test_the_name_of_the_added_field_is_taken_from_the_manifest(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl", "--field", "log")
    assert run_cli("verify", "o.jsonl").err == "12 variants checked, 0 with violations\n"
    shutil.copy(folder / "o.jsonl", folder / "alone.jsonl")
    assert "--field NAME" in run_cli("verify", "alone.jsonl", "--source", "items.jsonl").err


def test_what_was_not_checked_is_told(run_cli: RunCli, folder: Path) -> None:
    made(run_cli, "o.jsonl", "--bare")
    done = run_cli("verify", "o.jsonl")
    assert done.code == 0 and done.err.startswith(
        "12 variants checked, 0 with violations\nnot checked: promises and edits, "
    ), done.err
    assert "--sidecar FILE" in done.err


PLACES = "inputs output folder job job.profile job.input_field job.protect output.sha256 output.sidecar output.values".split()


@pytest.mark.parametrize("place", PLACES)
def test_a_manifest_that_was_edited_is_named(run_cli: RunCli, folder: Path, place: str) -> None:
    made(run_cli, "o.jsonl", "--sidecar", "log.jsonl")
    manifest = json.loads((folder / "o.jsonl.manifest.json").read_text())
    *way, last = place.split(".")
    (manifest[way[0]] if way else manifest)[last] = 5
    (folder / "o.jsonl.manifest.json").write_text(json.dumps(manifest))
    says = f"o.jsonl.manifest.json: not as perturb run wrote it; was it edited?\n- {place} is 5; expected"
    for command in (("verify", "o.jsonl"), ("audit", "o.jsonl", "-o", "sheet.csv")):
        done = run_cli(*command)
        assert done.code == 1 and says in done.err


def test_what_flags_named_beside_a_found_format_is_known_afterwards(run_cli: RunCli, tmp_path: Path) -> None:
    bank = [{"text": f"Where is card {n} of mine?", "category": "card_arrival"} for n in range(3)]
    (tmp_path / "bank.jsonl").write_text("".join(json.dumps(one) + "\n" for one in bank))
    args = ("-r", "hurried", "--target-field", "category", "--seed", "1", "-q", "-o", str(tmp_path / "b.jsonl"))
    assert run_cli("run", str(tmp_path / "bank.jsonl"), *args).code == 0
    for command in (("verify",), ("audit", "--sample", "2", "-o", str(tmp_path / "s.csv"))):
        done = run_cli(command[0], str(tmp_path / "b.jsonl"), *command[1:])
        assert done.code == 0, done.err
