"""Files of all forms: what is read comes back as it was, and one message says what is wrong with a file."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shell import ENV, ITEMS, REPO, RunCli, jsonl

from perturb.core.errors import BadRecord, DataError, UsageError
from perturb.items import codec
from perturb.items.formats import form_of, parquet, table
from perturb.items.formats.array import records as array_records
from perturb.items.formats.encode import values_of
from perturb.items.readers import found, read
from perturb.items.sinks import Sink

ENDS = ["jsonl", "json", "csv", "tsv", "parquet"]
ALL = [end + packing for end in ENDS for packing in ("", ".gz", ".zst")]

# Ids with zeros, numbers that no float or 64-bit integer holds, half a surrogate pair, what a spreadsheet would run.
HARD: list[dict[str, Any]] = [
    codec.loads(line)
    for line in (
        '{"id": "007", "n": 7, "x": 0.10, "big": 123456789012345678901234567890, "s": "=1+1", "t": null, "l": [], '
        '"o": {"b": 1, "a": [true]}, "u": "a\\ud83d", "z": "a\\u0000b", "m": "x\\r\\ny, \\"z\\"", "mix": 1, "k:json": "v"}',
        '{"id": "7", "n": -7, "x": 1.0, "big": 1, "s": "\'=1", "t": "\'twas", "l": [[1, null]], '
        '"o": {"c": 2}, "u": "", "z": "-", "m": "@x", "mix": "1", "k:json": "", "late": [1.5]}',
    )
]


def texts(records: Any) -> list[str]:
    return [codec.dumps(r) for r in records]


@pytest.mark.parametrize("end", ALL)
def test_what_is_written_is_read(tmp_path: Path, end: str) -> None:
    path = tmp_path / f"x.{end}"
    with Sink(path) as sink:
        for record in HARD:
            sink.write(record)
    assert texts(r.item for r in read(path)) == texts(HARD)
    assert sink.values == ("" if "jsonl" in end else values_of(r.item for r in read(path)))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
RECORDS = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "=c", "d:json"]), JSON, min_size=1), min_size=1, max_size=4
)


@given(RECORDS)
def test_any_records_come_back_with_equal_values(records: list[dict[str, Any]]) -> None:
    known = [json.loads(codec.dumps(r)) for r in records]
    for write, back in (
        (lambda out: table.write(lambda: records, out, ","), lambda f: table.records(f, "x", None, ",")),
        (lambda out: parquet.write(lambda: records, out), lambda f: parquet.records(f, "x", None)),
    ):
        file = io.BytesIO()
        write(file)
        file.seek(0)
        got = [r.item for r in back(file) if r is not None]
        assert [json.dumps(r, sort_keys=True) for r in got] == [json.dumps(r, sort_keys=True) for r in known]
        assert values_of(got) == values_of(known)


@given(st.text(max_size=12))
def test_no_cell_is_run_and_each_comes_back(text: str) -> None:
    cell = table.guarded(text)
    assert cell[:1] not in tuple("=+-@\t\r\n") or not cell
    assert table.unguarded(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "'=1", "''-1", "\uff1d1"])
def test_what_a_spreadsheet_runs_gets_an_apostrophe(text: str) -> None:
    assert table.guarded(text) == "'" + text


def test_what_it_does_not_run_gets_none() -> None:
    assert [table.guarded(t) for t in ("'twas", "a=b", " =1", "")] == ["'twas", "a=b", " =1", ""]


def test_the_types_of_a_parquet_source_stay(tmp_path: Path, run_cli: RunCli) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    schema = pa.schema([("id", pa.int16()), ("question", pa.large_string()), ("when", pa.timestamp("us")),
                        ("p", pa.float32()), ("tag", pa.dictionary(pa.int8(), pa.string()))])  # fmt: skip
    from datetime import datetime

    rows = [{"id": n, "question": r["question"], "when": datetime(2026, 1, 2, 3, 4, 5), "p": 0.1, "tag": "a"}
            for n, r in enumerate(ITEMS)]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema), tmp_path / "x.parquet")
    done = run_cli("run", "x.parquet", "-r", "case.lower", "-s", "1", "-o", "o.parquet")
    assert done.code == 0, done.err
    new = pq.read_table(tmp_path / "o.parquet")
    assert [new.schema.field(n).type for n in schema.names if n != "tag"] == [
        t for t in schema.types if "dict" not in str(t)
    ]
    assert new.column("when").to_pylist()[0] == datetime(2026, 1, 2, 3, 4, 5)


def test_a_type_that_cannot_be_kept_takes_no_other_with_it(tmp_path: Path, run_cli: RunCli) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table({"question": [r["question"] for r in ITEMS[:2]], "n": pa.array([1, 2], pa.int16()),
                      "took": pa.array([1, 2], pa.duration("s")), "p": pa.array([0.5, None], pa.float32())})  # fmt: skip
    pq.write_table(table, tmp_path / "x.parquet")
    done = run_cli("run", "x.parquet", "-r", "case.lower", "-s", "1", "-o", "o.parquet")
    assert done.code == 0, done.err
    new = pq.read_table(tmp_path / "o.parquet").schema
    assert [str(new.field(n).type) for n in ("n", "took", "p")] == ["int16", "string", "float"]


def test_gzip_says_no_time_and_no_name(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        with Sink(tmp_path / name) as sink:
            sink.write({"a": 1})
    data = (tmp_path / "a.jsonl.gz").read_bytes()
    assert data == (tmp_path / "b.jsonl.gz").read_bytes()
    assert data[3:8] == b"\0" * 5 and gzip.decompress(data) == b'{"a": 1}\n'


def bad(tmp_path: Path, name: str, data: bytes) -> str:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError) as e:
        list(read(tmp_path / name))
    assert "\n" not in str(e.value)
    return str(e.value).replace(str(tmp_path) + "/", "")


def test_bad_files_are_one_message(tmp_path: Path) -> None:
    import zstandard

    good = gzip.compress(b'{"a": "some text that is long enough"}\n' * 50)
    assert "x.jsonl.gz:1: cannot be read (the gzip data ends too early: the file was cut)" in bad(
        tmp_path, "x.jsonl.gz", good[:-20]
    )
    assert "cannot be read (not gzip, or damaged" in bad(tmp_path, "x.jsonl.gz", b'{"a": 1}\n')
    frame = zstandard.ZstdCompressor().compress(b'{"a": 1}\n' * 50)
    assert "the zstd data ends too early: the file was cut" in bad(tmp_path, "x.jsonl.zst", frame[:-3])
    assert "not zstd, or damaged" in bad(tmp_path, "x.jsonl.zst", b'{"a": 1}\n')
    assert bad(tmp_path, "x.parquet", b"PAR1" * 5).startswith("x.parquet: not Parquet, or damaged")
    assert (
        bad(tmp_path, "x.csv", b"a,b\n1,2\n1,2,3\n") == "x.csv:3: found 3 cells; expected 2: the header has 2 columns"
    )
    assert (
        bad(tmp_path, "x.csv", b"a,a\n1,2\n")
        == "x.csv:1: found the column 'a' twice; expected each name once in the header"
    )
    assert bad(tmp_path, "x.csv", b'a,b\n1,"2\n') == "x.csv:2: not CSV: unexpected end of data"
    assert bad(tmp_path, "x.csv", b"a,b\n1,caf\xe9\n").startswith(
        "x.csv:2: not UTF-8 at byte 9 of the file (0xe9); it looks"
    )
    assert bad(tmp_path, "x.csv", b"a:json\n{\n").startswith("x.csv:2: column 'a:json': not JSON")
    said = "x.csv:1: found one column, 'a;b'; expected ',' between the names, not ';' (a name that holds it stands in quotes)"
    assert bad(tmp_path, "x.csv", b"a;b\n1;2\n") == said
    assert bad(tmp_path, "x.csv", b"a\tb\n1\t2\n").endswith(
        "not '\\t'; name the file .tsv (a name that holds it stands in quotes)"
    )
    assert "expected '\\t' between the names, not ','" in bad(tmp_path, "x.tsv", b"a,b\n1,2\n")
    assert bad(tmp_path, "x.csv", b"a,b\r1,2\r") == (
        "x.csv:1: not CSV: found a CR outside quotes; expected lines that end with LF or CR LF"
    )
    assert bad(tmp_path, "x.csv", b"a,b\n") == "x.csv: is empty; expected a table: a line of names, then a line an item"


def test_a_bad_row_is_handed_over_and_the_rest_go_on(tmp_path: Path) -> None:
    path, seen = tmp_path / "x.csv", []
    path.write_bytes(b'\xef\xbb\xbfid,q\r\n007,"two\nlines"\r\n\r\n1,2,3\r\n5,"a"b\r\n8,ok\r\n')
    got = list(read(path, on_bad=lambda e, raw: seen.append((e.where.rpartition("/")[2], raw))))
    assert [(r.line, r.item) for r in got] == [(2, {"id": "007", "q": "two\nlines"}), (7, {"id": "8", "q": "ok"})]
    assert seen == [("x.csv:5", "1,2,3"), ("x.csv:6", '5,"a"b')]


@pytest.mark.parametrize("block", [1, 7, 64])
def test_an_array_in_small_pieces(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    from perturb.items.formats import array

    monkeypatch.setattr(array, "_BLOCK", block)
    rows = [{"a": "é" * 30, "n": n, "b": [1, {"c": '"]}'}]} for n in range(20)]
    data = (
        "\ufeff [\n" + ",\n ".join(json.dumps(r, ensure_ascii=n % 2 == 0) for n, r in enumerate(rows)) + "\n]\n"
    ).encode()
    got = [r for r in array_records(io.BytesIO(data), "x", None) if r is not None]  # type: ignore[arg-type]
    assert [r.item for r in got] == rows and [r.line for r in got] == list(range(2, 22))
    with pytest.raises(DataError, match=r"x:4:\d+: not JSON: found 'oops"):
        list(array_records(io.BytesIO(b'[{"a": 1},\n\n{"b": 2},\n{"c": oops and more that follows}]'), "x", None))  # type: ignore[arg-type]


def test_several_files_and_patterns(run_cli: RunCli, tmp_path: Path) -> None:
    jsonl(tmp_path / "a1.jsonl", ITEMS[:2])
    (tmp_path / "a2.jsonl.gz").write_bytes(gzip.compress(json.dumps(ITEMS[2]).encode()))
    jsonl(tmp_path / "b.jsonl", ITEMS[3:])
    whole = run_cli("run", jsonl(tmp_path / "w.jsonl", ITEMS), "-r", "hurried", "-s", "1").out
    done = run_cli("run", "a*", "b.jsonl", "-r", "hurried", "-s", "1", "-o", "o.jsonl")
    assert done.code == 0 and (tmp_path / "o.jsonl").read_text() == whole, done.err
    assert run_cli("replay", "o.jsonl.manifest.json", "--check").code == 0
    (tmp_path / "a1.jsonl").write_text("{}")
    assert "a1.jsonl has changed" in run_cli("replay", "o.jsonl.manifest.json", "--check").err
    assert run_cli("run", "none*", "-r", "typo").err == "Error: none*: no file matches\n"
    jsonl(tmp_path / "c.jsonl", [{"question": 5}])
    run_cli("run", "b.jsonl", "c.jsonl", "-r", "typo", "--rejects", "r.jsonl", "-o", "p.jsonl")
    assert json.loads((tmp_path / "r.jsonl").read_text())["file"] == "c.jsonl"


def test_named_twice(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="named twice among the inputs"):
        found(["a.jsonl", "a.jsonl"])


def test_a_filter_in_a_pipe(run_cli: RunCli, items: Path) -> None:
    one = run_cli("run", "-", "-r", "hurried", "-s", "1", input=items.read_bytes())
    assert one.out == run_cli("run", items, "-r", "hurried", "-s", "1", "-j", "2").out and len(one.records) == 6


@pytest.mark.parametrize("end", ENDS)
def test_a_run_in_any_form_has_the_same_records_and_is_replayed(run_cli: RunCli, items: Path, end: str) -> None:
    known = run_cli("run", items, "-r", "hurried", "-s", "1", "-n", "2").out
    assert run_cli("run", items, "-r", "hurried", "-s", "1", "-n", "2", "-o", f"o.{end}").code == 0
    assert "".join(codec.dumps(r.item) + "\n" for r in read(items.with_name(f"o.{end}"))) == known
    assert run_cli("replay", f"o.{end}.manifest.json", "--check").code == 0


@pytest.mark.parametrize(
    ("name", "package", "extra"), [("x.parquet", "pyarrow", "parquet"), ("x.jsonl.zst", "zstandard", "zst")]
)
def test_a_missing_package_is_one_message_before_anything_is_done(
    tmp_path: Path, name: str, package: str, extra: str
) -> None:
    jsonl(tmp_path / "items.jsonl", ITEMS)
    code = f"import sys; sys.modules[{package!r}] = None; from perturb.cli import entry; entry()"
    for args in (["run", "items.jsonl", "-r", "typo", "-o", name], ["run", "items.jsonl", name, "-r", "typo"]):
        if args[1:3] == ["items.jsonl", name]:
            (tmp_path / name).write_bytes(b"PAR1")
        done = subprocess.run([sys.executable, "-c", code, *args], cwd=tmp_path, env={**ENV, "PYTHONPATH": str(REPO)},
                              capture_output=True, text=True, timeout=60)  # fmt: skip
        assert done.returncode == 1 and f'need the {package} package: pip install "perturb[{extra}]"' in done.stderr
        assert done.stderr.count("\n") == 1 and done.stdout.count("\n") <= 6


def test_endings() -> None:
    assert (
        form_of("a/b.CSV.GZ") == ("csv", "gzip")
        and form_of("x") == ("lines", "")
        and form_of("x.json.zst") == ("array", "zstd")
    )


@pytest.mark.parametrize("end", [".csv", ".tsv"])
@pytest.mark.parametrize("name", ["a;b", "a,b", "a\tb", "|", 'x"'])
def test_a_single_column_may_be_named_so(tmp_path: Path, end: str, name: str) -> None:
    path = tmp_path / f"x{end}"
    with Sink(path) as out:
        out.write({name: "some text"})
    assert [r.item for r in read(path)] == [{name: "some text"}]


def test_a_quote_left_open_takes_in_so_much_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perturb.items.formats.table._LONGEST", 1000)
    (tmp_path / "x.csv").write_text('a,b\n1,2\n3,"4\n' + "5,6\n" * 1000)
    seen: list[str] = []
    good = [r.line for r in read(tmp_path / "x.csv", on_bad=lambda bad, raw: seen.append(str(bad)))]
    assert seen[0] == "x.csv:3: not CSV: found a cell of over 1,000 characters; is a quote left open?".replace(
        "x.csv", str(tmp_path / "x.csv")
    )
    assert good[0] == 2 and len(good) > 700 and len(seen) == 1


def test_a_column_that_stands_twice_in_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table({"q": ["a"]})
    pq.write_table(table.append_column("q", table["q"]), tmp_path / "x.parquet")
    with pytest.raises(DataError, match="found the column 'q' twice; expected each name once"):
        list(read(tmp_path / "x.parquet"))


def test_binary_columns_and_nan_are_refused(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"q": ["a"], "b": [b"x"]}), tmp_path / "x.parquet")
    with pytest.raises(DataError, match="the column 'b' holds binary, which is not JSON"):
        list(read(tmp_path / "x.parquet"))
    pq.write_table(pa.table({"q": ["a", "b"], "n": [1.5, float("nan")]}), tmp_path / "x.parquet")
    with pytest.raises(BadRecord, match=r"x\.parquet:2: found nan, which is not JSON"):
        list(read(tmp_path / "x.parquet"))
