"""All kinds of bad input through the real command: one clear message, exit code 1 or 2, nothing half-written."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from shell import RunCli, jsonl, read_jsonl

GOOD = b'{"id": 1, "question": "Where is my new card, please?", "answer": "here"}\n'
RUN = ["run", "x.jsonl", "-r", "case.lower+typo.omit", "-s", "1", "-o", "o.jsonl"]
UNKNOWN = "x.jsonl:1: no shipped profile has these fields"


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


BAD_FILES = {
    "missing": (None, 1, "x.jsonl: no such file"),
    "empty": (b"", 1, "x.jsonl: is empty; expected one JSON object a line"),
    "blank": (b"\n\r\n \n", 1, "x.jsonl: is empty"),
    "only a BOM": (b"\xef\xbb\xbf", 1, "x.jsonl: is empty"),
    "Latin-1": (GOOD + b'{"question": "caf\xe9"}\n', 1, "x.jsonl:2: not UTF-8 at byte 90 of the file (0xe9); it looks like"),
    "UTF-16": ('{"question": "a"}\n'.encode("utf-16"), 1, "x.jsonl:1: not UTF-8 at byte 0 of the file (0xff); it looks like UTF-16"),
    "gzip": (b"\x1f\x8b\x08\x00", 1, "looks like gzip: unpack it first"),
    "not JSON": (GOOD + b'{"question": oops}\n', 1, "x.jsonl:2:14: not JSON: found 'oops}'; expected a JSON value"),
    "cut": (GOOD + b'{"question": "Whe', 1, "x.jsonl:2:14: not JSON"),
    "CSV": (b"question,answer\nWhat?,That\n", 1, "the file looks like a table"),
    "an array": (GOOD + b"[1, 2]\n", 1, "x.jsonl:2: found a JSON array; expected a JSON object"),
    "a number": (GOOD + b"7\n", 1, "x.jsonl:2: found a number"),
    "NaN": (GOOD + b'{"question": NaN}\n', 1, "x.jsonl:2: found NaN, which is not JSON"),
    "a key twice": (GOOD + b'{"question": "a", "question": "b"}\n', 1, "x.jsonl:2: found the key 'question' twice"),
    "too deep": (GOOD + b'{"question": ' + b"[" * 200_000 + b"\n", 1, "x.jsonl:2: found brackets nested more than 100 deep"),
    "a raw NUL": (GOOD + b'{"question": "a\0b"}\n', 1, "x.jsonl:2:16: not JSON"),
    "no input field": (GOOD + b'{"answer": "b"}\n', 1, "x.jsonl:2: no field 'question', the input of profile qa; the item has answer"),
    "null for input": (GOOD + b'{"question": null, "answer": "b"}\n', 1, "x.jsonl:2: 'question' holds null; expected text"),
    "a number for input": (GOOD + b'{"question": 5, "answer": "b"}\n', 1, "x.jsonl:2: 'question' holds 5 (int); expected text"),
    "a list for input": (GOOD + b'{"question": ["a"], "answer": "b"}\n', 1, "x.jsonl:2: 'question' holds ['a'] (list); expected text"),
    "our field": (GOOD[:-2] + b', "perturb": 1}\n', 1, "x.jsonl:1: the item has a field 'perturb' already; name ours otherwise"),
    "Hebrew": ('{"question": "מה הבירה של צרפת ומתי", "answer": "b"}\n'.encode(), 1, "x.jsonl:1: 'question' mostly in letters other"),
    "German": ('{"question": "Wie heißt die Hauptstadt von Frankreich und wo ist sie?", "answer": ""}'.encode(), 1,
               "x.jsonl:1: 'question' looks German; perturb writes English only"),
    "unknown fields": (b'{"foo": "Here is one text", "bar": "And another text here", "n": 3}\n', 2, UNKNOWN),
    "no fields": (b"{}\n", 2, UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_input(run_cli: RunCli, tmp_path: Path, name: str) -> None:
    data, code, says = BAD_FILES[name]
    if data is not None:
        (tmp_path / "x.jsonl").write_bytes(data)
    before = files(tmp_path)
    done = run_cli(*RUN)
    assert (done.code, done.out) == (code, "") and done.err.startswith("Error: x.jsonl") and says in done.err, done.err
    assert files(tmp_path) == before
    if name in ("empty", "not JSON", "no fields"):
        assert run_cli(*RUN[:1], "-", *RUN[2:], input=data).err == done.err.replace("x.jsonl", "<stdin>")


def test_unknown_fields_are_listed_with_the_flags(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(BAD_FILES["unknown fields"][0] or b"")
    for command in (RUN, ["preview", "x.jsonl", "-r", "typo"], ["explain", "--mask", "x.jsonl"]):
        err = run_cli(*command).err
        assert "\n  foo: 'Here is one text'\n  bar: 'And another text here'\n  n: 3\n" in err
        assert "--input-field, --target-field, --choices-field, --context-field, --id-field" in err
    assert run_cli(*RUN, "--input-field", "foo").code == 0


@pytest.mark.parametrize(
    "command", [["preview", "x.jsonl", "-r", "case"], ["explain", "--mask", "x.jsonl"], ["explain", "x.jsonl"]]
)
def test_other_commands_say_file_and_line_too(run_cli: RunCli, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "x.jsonl").write_bytes(GOOD * 2 + b'{"question": 5}\n')
    done = run_cli(*command)
    assert done.code == 1 and done.err.startswith("Error: x.jsonl:") and done.err.count("\n") == 1


def test_a_folder_and_names_that_are_none(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").mkdir()
    assert run_cli(*RUN).err == "Error: x.jsonl: is a directory; expected a JSON Lines file\n"
    assert run_cli("run", "", "-r", "typo").err == (
        "Error: the input's name is empty; expected a JSON Lines file, or - for stdin\n")  # fmt: skip
    assert run_cli("run", "x.jsonl/y", "-r", "typo").code == 1
    assert files(tmp_path) == ["x.jsonl"]


def test_rejects_take_the_bad_and_the_rest_go_on(run_cli: RunCli, tmp_path: Path) -> None:
    lines = [b'{"n": 1}\n', GOOD, b"oops\n", b"[1]\n", b"caf\xe9\n", b'{"question": 5, "answer": "b"}\n',
             '{"question": "מה הבירה של צרפת", "answer": "b"}\n'.encode(), GOOD]  # fmt: skip
    (tmp_path / "x.jsonl").write_bytes(b"".join(lines))
    done = run_cli(*RUN, "--rejects", "r.jsonl")
    assert done.code == 0 and len(read_jsonl(tmp_path / "o.jsonl")) == 2
    assert "rejected: 6 records, the first because: x.jsonl:1: no shipped profile has these fields" in done.err
    rejects = read_jsonl(tmp_path / "r.jsonl")
    assert sorted(r["line"] for r in rejects) == [1, 3, 4, 5, 6, 7]
    assert all(set(r) == {"line", "reason", "record"} and r["reason"] for r in rejects)
    assert {r["line"]: r["record"] for r in rejects}[3] == "oops"
    assert run_cli("replay", "o.jsonl.manifest.json", "--check").code == 0


def test_rejects_of_everything_is_an_error(run_cli: RunCli, tmp_path: Path) -> None:
    jsonl(tmp_path / "x.jsonl", [{"foo": "Here is one text", "bar": "And another text"}, [1]])
    done = run_cli(*RUN, "--rejects", "r.jsonl")
    assert done.code == 1 and "Error: x.jsonl: no record could be used, the first because: " + UNKNOWN in done.err
    assert len(read_jsonl(tmp_path / "r.jsonl")) == 2 and (tmp_path / "o.jsonl").read_bytes() == b""


def one(run_cli: RunCli, tmp_path: Path, line: bytes, *options: str) -> bytes:
    """Run one line through and give what was written, byte for byte."""
    (tmp_path / "x.jsonl").write_bytes(line)
    done = run_cli(*RUN, "--unchanged", "keep", "--force", *options)
    assert done.code == 0, done.err
    return (tmp_path / "o.jsonl").read_bytes()


def test_characters_come_through(run_cli: RunCli, tmp_path: Path) -> None:
    for text in (r"a \ud83d lone surrogate", r"a \u0000 null", "a line\u2028end\u2029two\u0085three", r"\ufeffa mark"):
        line = b'{"question": "' + text.encode() + b'"}\r\n'
        for intensity in ("0", "1"):
            out = one(run_cli, tmp_path, line, "--intensity", intensity)
            assert out.count(b"\n") == 1 and b"\r" not in out
            new, old = json.loads(out)["question"], json.loads(line)["question"]
            assert [c for c in new if not c.isalpha()] == [c for c in old if not c.isalpha()]
            assert new == old or intensity == "1"
    assert json.loads(one(run_cli, tmp_path, b"\xef\xbb\xbf" + GOOD))["answer"] == "here"


def test_grapheme_clusters_are_never_split(run_cli: RunCli, tmp_path: Path) -> None:
    clusters = ["👨‍👩‍👧", "e\u0301", "n\u0303\u0323", "🇫🇷", "👍🏽", "❤️"]
    words = " ".join(f"coming{c} {c}there be{c}cause" for c in clusters)
    jsonl(tmp_path / "x.jsonl", [{"question": f"{n} {words}"} for n in range(20)])
    recipes = ("typo", "space", "phone_user", "truncated", "sms", "nlpaug.random", "slang")
    args = [part for r in recipes for part in ("-r", r)]
    done = run_cli("run", "x.jsonl", *args, "-n", "3", "--intensity", "5", "-s", "1", "--bare")
    assert done.code == 0 and len(done.records) > 200, done.err
    for row in done.records:
        rest = row["question"]
        for cluster in clusters:
            rest = rest.replace(cluster, "")
        assert not any(c in rest for cluster in clusters for c in cluster if not c.isalnum()), rest


def test_short_and_long_texts(run_cli: RunCli, tmp_path: Path) -> None:
    rows = [{"id": i, "question": text} for i, text in enumerate(["", " ", "a", "?", "é", "\n", "7", "I"])]
    jsonl(tmp_path / "x.jsonl", rows)
    recipes = ("phone_user", "truncated", "ambiguous", "typo", "hurried", "upset_customer", "split_sender", "sms")
    args = [part for r in recipes for part in ("-r", r)]
    done = run_cli("run", "x.jsonl", *args, "--intensity", "4", "--unchanged", "keep", "--bare")
    assert done.code == 0 and len(done.records) == len(rows) * len(recipes), done.err
    long = "I don't know where my card is because it has not arrived since Monday. " * 14_000
    jsonl(tmp_path / "x.jsonl", [{"question": long}])
    began = time.monotonic()
    assert len(one(run_cli, tmp_path, (tmp_path / "x.jsonl").read_bytes())) > 900_000
    assert time.monotonic() - began < 25


def test_ids(run_cli: RunCli, tmp_path: Path) -> None:
    rows = [(7, "a"), ("7", "b"), (2.0, "c"), ("", "d"), (None, "e"), ("x", "f"), ("x", "f"), (True, "g")]
    jsonl(tmp_path / "x.jsonl", [{"id": i, "question": f"Where is my card {q}?"} for i, q in rows])
    done = run_cli(*RUN)
    written = read_jsonl(tmp_path / "o.jsonl")
    named = [r["perturb"]["of"] for r in written]
    assert named[:3] + named[5:7] == ["7", "7~2", "2", "x", "x~2"] and len(set(named)) == 8
    assert [r["id"] for r in written] == [i for i, _ in rows]
    assert "note: 1 record the same as an earlier one; its id is x~2" in done.err
    assert "note: 1 record with an id ('id') that another record has; its id is 7~2" in done.err


def test_a_recipe_with_many_mistakes(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(GOOD)
    (tmp_path / "mine.yaml").write_text(
        "summary: ''\nsumary: x\nwriter: {severity: awful, style: chatty, age: 3}\nsteps:\n  - typo.nieghbor\n"
        "  - typo.omit: {longer: 4, rate: 3, rate: 0.1}\n  - typo.swap: {rate: 0.1, times: 2}\n  - one_of: typo\n"
        "  - use: huried\n  - use: mine\n  - case.lower: {p: yes}\n  - {a: 1, b: 2}\n  - [x]\n"
        "  - !!python/object:os.system x\n  - choices.shuffle: {rate: 0.1}\n  - case.caps: {scope: [1]}\n")  # fmt: skip
    done = run_cli("run", "none.jsonl", "-r", "mine.yaml", "-o", "o.jsonl")
    mistakes = done.err.removeprefix("Error: ").splitlines()
    assert done.code == 2 and len(mistakes) >= 16
    lines = [int(m.split(":")[1]) for m in mistakes]
    assert all(m.startswith("mine.yaml:") for m in mistakes) and lines == sorted(lines)
    assert set(range(1, 17)) - {4} <= set(lines)
    lint = run_cli("lint", "mine.yaml")
    assert lint.code == 2 and lint.err.splitlines() == [*mistakes, f"{len(mistakes)} mistakes"]
