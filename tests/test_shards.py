"""One run in parts: joined they are the bytes of one process, and what is no part of it is refused."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from shell import RunCli, jsonl, perturb

from perturb.core.errors import UsageError
from perturb.runs.shards import BLOCK, Shard, shard_of

ARGS = ["-r", "hurried", "-r", "typos", "-n", "2", "-s", "4"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make three shards and the whole, with a sidecar, rejects, and ids that stand twice in different shards."""
    folder = tmp_path_factory.mktemp("made")
    rng = random.Random(2)
    rows: list[object] = [
        {"id": rng.choice([f"q{n}", "same"]), "question": f"Where is my card {n}, please?"} for n in range(1300)
    ]
    for n in (3, 600, 601, 1299):
        rows[n] = {"id": 1, "question": None}
    jsonl(folder / "x.jsonl", rows)
    for name, more in (("whole", []), *((f"s{n}", ["--shard", f"{n}/3"]) for n in (1, 2, 3))):
        done = perturb("run", "x.jsonl", *ARGS, *more, "-o", f"{name}.jsonl", "--sidecar", f"{name}.side", "--rejects", f"{name}.bad",
                       cwd=folder)  # fmt: skip
        assert done.code == 0, done.err
    return folder


def test_joined_they_are_the_whole(made: Path) -> None:
    done = perturb("join", "s3.jsonl", "s1.jsonl", "s2.jsonl", "-o", "j.jsonl", "--sidecar", "j.side", "--rejects", "j.bad",
                   cwd=made)  # fmt: skip
    assert done.code == 0 and "joined 3 shards: 5184 records" in done.err, done.err
    for end in (".jsonl", ".side", ".bad"):
        assert (made / f"j{end}").read_bytes() == (made / f"whole{end}").read_bytes()
    joined, whole = (json.loads((made / f"{n}.jsonl.manifest.json").read_text()) for n in ("j", "whole"))
    assert joined.pop("output")["sha256"] == whole.pop("output")["sha256"] and joined == whole
    assert perturb("replay", "j.jsonl.manifest.json", "--check", cwd=made).code == 0
    assert perturb("replay", "s2.jsonl.manifest.json", "--check", "-j", "2", cwd=made).code == 0


def test_a_packed_shard_and_another_form(run_cli: RunCli, made: Path, tmp_path: Path) -> None:
    for n in (1, 2, 3):
        (tmp_path / f"s{n}.jsonl.gz").write_bytes(gzip.compress((made / f"s{n}.jsonl").read_bytes()))
        (tmp_path / f"s{n}.jsonl.gz.manifest.json").write_bytes((made / f"s{n}.jsonl.manifest.json").read_bytes())
    assert run_cli("join", "s*.gz", "-o", "j.jsonl.zst").code == 0
    manifest = json.loads((tmp_path / "j.jsonl.zst.manifest.json").read_text())
    assert (
        manifest["output"]["sha256"] == json.loads((made / "whole.jsonl.manifest.json").read_text())["output"]["sha256"]
    )


def test_what_is_no_part_is_refused(run_cli: RunCli, made: Path, tmp_path: Path) -> None:
    for path in made.glob("s*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "x.jsonl").write_bytes((made / "x.jsonl").read_bytes())

    def refused(*shards: str) -> str:
        done = run_cli("join", *shards, "-o", "j.jsonl")
        assert done.code in (1, 2) and not (tmp_path / "j.jsonl").exists()
        return done.err

    assert "shard 3/3 is missing; name all parts" in refused("s1.jsonl", "s2.jsonl")
    assert "nope.jsonl: no such file; expected a shard" in refused("nope.jsonl", "s1.jsonl")
    assert "x.jsonl: its manifest does not lie beside it; expected" in refused("x.jsonl", "s1.jsonl")
    assert "name the shard, s1.jsonl" in refused("s1.jsonl.manifest.json", "s2.jsonl")
    (tmp_path / "t1.jsonl").write_bytes((tmp_path / "s1.jsonl").read_bytes())
    (tmp_path / "t1.jsonl.manifest.json").write_bytes((tmp_path / "s1.jsonl.manifest.json").read_bytes())
    assert "shard 1/3 is given twice" in refused("s1.jsonl", "s2.jsonl", "s3.jsonl", "t1.jsonl")
    assert run_cli("run", "x.jsonl", *ARGS[:-1], "5", "--shard", "3/3", "-o", "o.jsonl", "--rejects", "r").code == 0
    assert "o.jsonl: is of another run than s1.jsonl: seed differs" in refused("s1.jsonl", "s2.jsonl", "o.jsonl")
    assert run_cli("run", "x.jsonl", *ARGS, "-o", "p.jsonl", "--rejects", "r", "--force").code == 0
    assert "p.jsonl.manifest.json: not of a shard" in refused("s1.jsonl", "s2.jsonl", "p.jsonl")
    data = (tmp_path / "s2.jsonl").read_bytes()
    for changed, says in ((data.replace(b"card", b"kard", 1), "is not what its manifest says (its sha256"),
                          (data[: data.rindex(b"{")], "ends too early"), (data + b"{}\n", "has more lines than")):  # fmt: skip
        (tmp_path / "s2.jsonl").write_bytes(changed)
        assert "s2.jsonl: " in (err := refused("s1.jsonl", "s2.jsonl", "s3.jsonl")) and says in err


def test_blocks_go_round() -> None:
    shards = [Shard(n, 3) for n in (1, 2, 3)]
    for place in (0, BLOCK - 1, BLOCK, 5 * BLOCK + 7):
        assert sum(s.has(place) for s in shards) == 1
    assert shards[2].has(5 * BLOCK) and shards[2].block(5 * BLOCK) == 1


@pytest.mark.parametrize("text", ["1", "0/3", "4/3", "a/b", "1/3/5", "-1/3", "1/0"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(UsageError, match="--shard takes NUMBER/COUNT"):
        shard_of(text)
