"""The command line: every command, what goes to stdout and what to stderr, exit codes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from shell import ITEMS, RunCli, jsonl, read_jsonl

COMMANDS = ["run", "preview", "join", "replay", "explain", "list", "show", "realism", "lint"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(run_cli: RunCli, command: str) -> None:
    done = run_cli(*command.split(), "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: perturb {command}".rstrip())
    assert all(name in done.out for name in COMMANDS) if not command else "  perturb " + command in done.out
    assert command or run_cli("-h").out == done.out


def test_version(run_cli: RunCli) -> None:
    from perturb import __version__

    assert run_cli("--version") == (0, f"perturb {__version__}\n", "")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["rnu"], "no command 'rnu'; did you mean 'run'?"),
        (["--nope"], "'--nope'"),
        (["run"], "ITEMS"),
        (["run", "items.jsonl"], "--recipe"),
        (
            ["run", "items.jsonl", "-r", "huried"],
            "no recipe, transform or family named 'huried'; did you mean 'hurried'?",
        ),
        (["run", "items.jsonl", "-r", "typo.nieghbor"], "did you mean 'typo.neighbor'?"),
        (["run", "items.jsonl", "-r", "hurried+nope"], "'nope'"),
        (["run", "items.jsonl", "-r", ""], "recipe"),
        (
            ["run", "items.jsonl", "-r", "typo", "-r", "typo"],
            "the recipe 'typo' is given twice; -n 2 makes more variants of one",
        ),
        (["run", "items.jsonl", "-r", "typo", "-n", "0"], "0"),
        (["run", "items.jsonl", "-r", "typo", "--seed", "x"], "'x'"),
        (["run", "items.jsonl", "-r", "typo", "--intensity", "nan"], "intensity"),
        (["run", "items.jsonl", "-r", "typo", "--intensity", "-1"], "-1"),
        (["run", "items.jsonl", "-r", "typo", "--expect", "maybe"], "'maybe'"),
        (["run", "items.jsonl", "-r", "typo", "--expect", ","], "--expect"),
        (["run", "items.jsonl", "-r", "typo", "--field", ""], "--field"),
        (["run", "items.jsonl", "-r", "typo", "--unchanged", "no"], "'no'"),
        (["run", "items.jsonl", "-r", "typo", "--profile", "gsm9k"], "did you mean 'gsm8k'?"),
        (["run", "items.jsonl", "-r", "typo", "--fields", "contxt", "-o", "o"], "no item has a field 'contxt'"),
        (["run", "items.jsonl", "-r", "typo", "--protect", "none.txt"], "none.txt: no such file"),
        (["run", "items.jsonl", "-r", "typo", "--manifest", "-"], "stdout: named for two outputs"),
        (["run", "items.jsonl", "-r", "typo", "-o", "a", "--rejects", "a"], "a: named for two outputs"),
        (["preview", "-r", "typo", ""], "the text is empty"),
        (["preview", "-r", "typo", "-p", "gsm8k", "Where is it?"], "a TEXT has no fields"),
        (["list", "things"], "'things'"),
        (["show", "hurred"], "did you mean 'hurried'?"),
        (["replay"], "MANIFEST"),
        (["lint"], "FILES"),
    ],
)
def test_wrong_usage_is_one_message_and_2(run_cli: RunCli, items: Path, args: list[str], says: str) -> None:
    done = run_cli(*args)
    assert (done.code, done.out) == (2, "")
    assert says in done.err and done.err.count("Error: ") == 1
    assert [p.name for p in items.parent.iterdir()] == ["items.jsonl"]


def test_run_writes_variants_and_says_so(run_cli: RunCli, items: Path, tmp_path: Path) -> None:
    done = run_cli("run", items, "-r", "hurried", "-n", "2", "-s", "7", "-o", "out.jsonl")
    assert (done.code, done.out) == (0, "")
    rows = read_jsonl(tmp_path / "out.jsonl")
    kinds = [row["perturb"]["expect"] for row in rows]
    assert f"wrote {len(rows)} variants of 6 items to out.jsonl" in done.err
    assert "profile: gsm8k" in done.err
    assert f"{kinds.count('same')} same" in done.err
    assert "seed: 7\n" in done.err
    assert "perturb replay out.jsonl.manifest.json -o" in done.err
    assert {"question", "answer", "perturb"} == set(rows[0])
    assert {"of", "variant", "recipe", "run", "changed", "expect", "target_changed", "any_of", "missing",
            "target_if_answered", "moves", "edits"} == set(rows[0]["perturb"])  # fmt: skip
    texts = [row["question"] for row in rows]
    assert len(set(texts)) == len(texts)
    assert not any(t in {i["question"] for i in ITEMS} for t in texts)
    manifest = json.loads((tmp_path / "out.jsonl.manifest.json").read_text())
    assert manifest["seed"] == 7 and manifest["output"]["records"] == len(rows)


def test_data_on_stdout_and_the_rest_on_stderr(run_cli: RunCli, items: Path, tmp_path: Path) -> None:
    done = run_cli("run", "-", "-r", "hurried", "-s", "7", "--manifest", "m.json", input=items.read_bytes())
    assert done.code == 0 and len(done.records) == 6
    assert "wrote 6 variants of 6 items\n" in done.err and "perturb replay m.json" in done.err
    assert done.out == run_cli("run", items, "-r", "hurried", "--seed", "7", "-o", "/dev/stdout").out
    assert run_cli("run", items, "-r", "hurried", "-s", "7", "-q") == (0, done.out, "")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["items.jsonl", "m.json"]


def test_several_recipes_make_several_sets(run_cli: RunCli, items: Path) -> None:
    done = run_cli("run", items, "-r", "hurried", "-r", "slang+typo.omit", "-r", "case", "-r", "case.lower", "-s", "1")
    named = [r["perturb"]["recipe"] for r in done.records]
    assert list(dict.fromkeys(named)) == ["hurried", "slang+typo.omit", "case", "case.lower"]
    assert len({r["perturb"]["run"] for r in done.records}) == 4
    alone = run_cli("run", items, "-r", "case.lower", "-s", "1")
    assert [r for r in done.records if r["perturb"]["recipe"] == "case.lower"] == alone.records


def test_composed_runs_both(run_cli: RunCli) -> None:
    done = run_cli("preview", "-r", "case.lower+punct.no_final", "Where is my card?", "-s", "1")
    assert done.out == "where is my card\n"


def test_limit_and_sample(run_cli: RunCli, items: Path, tmp_path: Path) -> None:
    assert len(run_cli("run", items, "-r", "hurried", "--limit", "2").records) == 2
    rows = [{"id": f"q{i}", "question": f"Where is my card number {i}, please, because I want it?"} for i in range(40)]
    mixed = random.Random(1).sample(rows, 40)
    a = run_cli("run", jsonl(tmp_path / "a.jsonl", rows), "-r", "hurried", "--sample", "5", "-s", "1").records
    b = run_cli("run", jsonl(tmp_path / "b.jsonl", mixed), "-r", "case.lower", "--sample", "5", "-s", "2").records
    assert [r["id"] for r in a] == sorted((r["id"] for r in b), key=lambda i: int(i[1:]))
    assert [r["id"] for r in b] == [r["id"] for r in mixed if r["id"] in {x["id"] for x in a}]
    c = run_cli("run", "a.jsonl", "-r", "case.lower", "--sample", "5", "--limit", "8").records
    assert len(c) == 5 and {r["id"] for r in c} <= {f"q{i}" for i in range(8)}


def test_limit_does_not_wait_for_the_end(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"question": "Where is it, because I want it?"}\nnot JSON\n')
    done = run_cli("run", "bad.jsonl", "-r", "case.lower", "--limit", "1", "-o", "o.jsonl")
    assert done.code == 0
    assert run_cli("replay", "o.jsonl.manifest.json", "--check").code == 0


def test_with_clean_writes_the_item_first(run_cli: RunCli, items: Path) -> None:
    done = run_cli("run", items, "-r", "hurried", "-r", "case.lower", "-n", "2", "-s", "1", "--with-clean")
    numbers = [r["perturb"]["variant"] for r in done.records]
    assert numbers.count(0) == 6 and "and 6 clean items" in done.err
    first = done.records[0]
    assert first["question"] == ITEMS[0]["question"]
    assert (first["perturb"]["recipe"], first["perturb"]["run"], first["perturb"]["changed"]) == ("", "", False)


def test_expect_keeps_only_those_and_counts_the_rest(run_cli: RunCli, items: Path) -> None:
    args = ["run", str(items), "-r", "ambiguous", "-r", "truncated", "-n", "3", "-s", "1"]
    every = run_cli(*args)
    kinds = [r["perturb"]["expect"] for r in every.records]
    assert len(set(kinds)) > 1 and ("unsure variants cannot be scored" in every.err) == ("unsure" in kinds)
    keep = min(set(kinds))
    kept = run_cli(*args, "--expect", f"{keep}, any_of")
    assert kept.records == [r for r in every.records if r["perturb"]["expect"] in (keep, "any_of")]
    for kind in set(kinds) - {keep, "any_of"}:
        assert f"left out: {kinds.count(kind)} ({kind})" in kept.err


COIN = '''from perturb import transform

@transform("my.coin", times=1)
def coin(text, rng):
    """Begin with three letters, or not ("Hi" -> "xyzHi")."""
    if rng.chance(0.5):
        yield 0, 0, "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(3))
'''


def test_unchanged(run_cli: RunCli, items: Path) -> None:
    (items.parent / "my.py").write_text(COIN)
    args = ["run", str(items), "-r", "my.coin", "--plugin", "my.py", "-n", "4", "-s", "3"]

    def changed(*more: str) -> list[bool]:
        return [r["perturb"]["changed"] for r in run_cli(*args, *more).records]

    kept = changed("--unchanged", "keep")
    assert len(kept) == 24 and set(kept) == {True, False}
    assert changed("--unchanged", "keep", "--intensity", "0") == [False] * 24
    dropped = run_cli(*args, "--unchanged", "drop")
    assert len(dropped.records) == kept.count(True) and f"dropped: {kept.count(False)} (unchanged)" in dropped.err
    redrawn = changed("--unchanged", "redraw")
    assert redrawn == changed() and all(redrawn) and len(redrawn) > kept.count(True)


def test_the_added_field(run_cli: RunCli, items: Path, tmp_path: Path) -> None:
    base = ["run", str(items), "-r", "hurried", "-s", "1"]
    plain = run_cli(*base).records
    named = run_cli(*base, "--field", "_log").records
    assert named == [{**{k: v for k, v in r.items() if k != "perturb"}, "_log": r["perturb"]} for r in plain]
    bare = run_cli(*base, "--bare").records
    assert bare == [{k: v for k, v in r.items() if k != "perturb"} for r in plain]
    assert run_cli(*base, "--sidecar", "side.jsonl").records == bare
    side = read_jsonl(tmp_path / "side.jsonl")
    assert side == [{"line": n, **r["perturb"]} for n, r in enumerate(plain, 1)]


def test_flags_name_the_fields(run_cli: RunCli, tmp_path: Path) -> None:
    row = {"stem": "Which river is the longest one in the world?", "hint": "Think of Africa, because it is there.",
           "opts": ["Nile", "Rhine"], "gold": 0, "key": 7}  # fmt: skip
    jsonl(tmp_path / "x.jsonl", [row])
    one = run_cli("run", "x.jsonl", "-r", "case.lower", "--input-field", "stem", "--id-field", "key").records[0]
    assert one["stem"] == row["stem"].lower() and one["hint"] == row["hint"] and one["perturb"]["of"] == "7"  # type: ignore[attr-defined]
    two = run_cli("run", "x.jsonl", "-r", "case.lower", "--input-field", "stem", "--fields", "hint",
                  "--choices-field", "opts", "--target-field", "gold:index0", "--unchanged", "keep").records[0]  # fmt: skip
    assert two["hint"].startswith("think of") and two["opts"] == row["opts"]


def test_the_only_text_field_is_used_and_said(run_cli: RunCli, tmp_path: Path) -> None:
    jsonl(tmp_path / "x.jsonl", [{"n": 3, "words": "Where is my card, please?"}])
    for command in (["run", "x.jsonl"], ["preview", "x.jsonl"]):
        done = run_cli(*command, "-r", "case.lower")
        assert done.code == 0
        assert (
            "note: 'words' is taken as the input, since no known format fits; --input-field names another" in done.err
        )


def test_quiet_does_not_hide_that_nothing_was_written_nor_what_was_rejected(run_cli: RunCli, items: Path) -> None:
    none = run_cli("run", items, "-r", "hurried", "-q", "-s", "1", "--expect", "clarify", "-o", "none.jsonl")
    assert (none.code, none.out, none.err) == (0, "", "no variant of 6 items; left out: 6 (same)\n")
    still = run_cli("run", items, "-r", "typos", "--intensity", "0", "--unchanged", "drop", "-q", "--with-clean")
    assert (still.code, len(still.records)) == (0, 6) and still.err == "no variant of 6 items; dropped: 6 (unchanged)\n"
    items.write_text(items.read_text() + "{oops\n")
    bad = run_cli("run", items, "-r", "hurried", "-q", "--rejects", "bad.jsonl", "-o", "o.jsonl")
    assert bad.code == 0 and bad.err.startswith("rejected: 1 record, the first because: ")
    assert len(bad.err.splitlines()) == 1
