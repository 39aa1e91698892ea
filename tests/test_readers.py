"""Reading items: what is kept exactly, and what is said of every kind of bad input."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from perturb.core.errors import BadRecord, DataError
from perturb.items import codec
from perturb.items.readers import Record, read


def items(path: Path, data: bytes) -> list[Record]:
    path.write_bytes(data)
    return list(read(path))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "items.jsonl"


GOOD = {
    "no last newline": (b'{"a": 1}\n{"a": 2}', [(1, {"a": 1}), (2, {"a": 2})]),
    "crlf": (b'{"a": 1}\r\n\r\n{"a": 2}\r\n', [(1, {"a": 1}), (3, {"a": 2})]),
    "blank lines": (b'\n  \n{"a": 1}\n\t\n', [(3, {"a": 1})]),
    "bom": (b'\xef\xbb\xbf{"a": 1}\n', [(1, {"a": 1})]),
    "two boms": (b'\xef\xbb\xbf\xef\xbb\xbf{"a": 1}\n', [(1, {"a": 1})]),
    "line separators in strings": (
        '{"a": "x\u2028y\u2029z\x85\x1c"}\n{"a": 2}'.replace("\x1c", "\\u001c").encode(),
        [(1, {"a": "x\u2028y\u2029z\x85\x1c"}), (2, {"a": 2})],
    ),
    "nul escaped": (b'{"a": "x\\u0000y"}', [(1, {"a": "x\0y"})]),
    "lone surrogate": (b'{"a": "\\ud83d"}', [(1, {"a": "\ud83d"})]),
    "escaped pair": (b'{"a": "\\ud83d\\ude00"}', [(1, {"a": "\U0001f600"})]),
    "empty object and text": (b'{}\n{"a": ""}', [(1, {}), (2, {"a": ""})]),
    "one key in two objects": (b'{"a": {"b": 1}, "b": 2}', [(1, {"a": {"b": 1}, "b": 2})]),
}


@pytest.mark.parametrize("name", GOOD)
def test_reads(file: Path, name: str) -> None:
    data, expected = GOOD[name]
    assert [(r.line, r.item) for r in items(file, data)] == expected


def test_where_is_file_and_line(file: Path) -> None:
    assert items(file, b'\n{"a": 1}')[0].where == f"{file}:2"


BAD = {
    "cut line": (b'{"a": 1}\n{"a": "x\n', ":2:7: not JSON: found '\"x'; a string that starts here does not end"),
    "no value": (b'{"a": }', ":1:7: not JSON: found '}'; expected a JSON value"),
    "single quotes": (b"{'a': 1}", ":1:2: not JSON: found \"'a': 1}\"; expected a key in double quotes"),
    "two objects": (b'{"a": 1} {"a": 2}', ":1:10: not JSON: found '{\"a\": 2}'; expected the end of the line"),
    "empty after colon": (b'{"a":', ":1:6: not JSON: found the end of the line; expected a JSON value"),
    "nul byte": (b'{"a": "x\0y and so on"}', ":1:9: not JSON: found '\\x00y"),
    "array": (b'["a", "b"]', ":1: found a JSON array; expected a JSON object, {…}; if the file is one array"),
    "string": (b'{"a": 1}\n"x"', ":2: found a string; expected a JSON object"),
    "number": (b'{"a": 1}\n12', ":2: found a number; expected a JSON object"),
    "null": (b'{"a": 1}\nnull', ":2: found null; expected a JSON object"),
    "nan": (b'{"a": NaN}', ":1: found NaN, which is not JSON; expected a number"),
    "infinity": (b'{"a": -Infinity}', ":1: found -Infinity, which is not JSON"),
    "too great": (b'{"a": 1e999}', ":1: found 1e999; expected a number below about 1.8e308"),
    "too many digits": (b'{"a": ' + b"1" * 5000 + b"}", ":1: found a number of 5000 digits"),
    "same key twice": (b'{"a": 1, "b": {"c": 1, "c": 2}}', ":1: found the key 'c' twice in one object"),
    "deep": (b'{"a": ' + b"[" * 200 + b"]" * 200 + b"}", ":1: found brackets nested more than 100 deep"),
    "very deep": (b'{"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", ":1: found brackets nested more than 100 deep"),
    "windows-1252": (b'{"a": 1}\n{"a": "don\x92t"}', ":2: not UTF-8 at byte 19 of the file (0x92); it looks like Win"),
    "latin-1": ('{"a": "café"}'.encode("latin-1"), ":1: not UTF-8 at byte 10 of the file (0xe9); it looks like Lat"),
    "utf-16": ('{"a": "x"}'.encode("utf-16"), ":1: not UTF-8 at byte 0 of the file (0xff); it looks like UTF-16"),
    "utf-16 without mark": ('{"a": "x"}'.encode("utf-16-le"), "the file looks like UTF-16: convert it"),
    "gzip": (b"\x1f\x8b\x08\0\0\0", "it looks like gzip: unpack it first"),
    "cut in a character": ('{"a": "é'.encode()[:-1], "the file ends inside a character"),
    "surrogate bytes": (b'{"a": "\xed\xa0\xbd"}', "half of a surrogate pair written as bytes"),
    "csv": (b"question,answer\nwhy,because\n", "the file looks like a table"),
    "pretty-printed": (b'{\n "a": 1\n}\n', "a document over several lines must be an array in a .json file"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_line_is_one_clear_message(file: Path, name: str) -> None:
    data, said = BAD[name]
    with pytest.raises(BadRecord) as e:
        items(file, data)
    assert str(e.value).startswith(f"{file}:")
    assert said in str(e.value).replace(str(file), "")
    assert "\n" not in str(e.value)


@pytest.mark.parametrize("name", [name for name in BAD if name != "pretty-printed"])
def test_bad_line_is_handed_over_and_the_rest_go_on(file: Path, name: str) -> None:
    file.write_bytes(BAD[name][0].replace(b"\n", b" ") + b'\n{"b": 1}\n')
    seen: list[tuple[BadRecord, str]] = []
    found = [r.item for r in read(file, on_bad=lambda bad, raw: seen.append((bad, raw)))]
    assert found[-1] == {"b": 1}
    assert len(seen) == 1
    assert seen[0][0].where.startswith(f"{file}:1")
    assert "\n" not in seen[0][1]
    seen[0][1].encode()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n"])
def test_empty(file: Path, data: bytes) -> None:
    with pytest.raises(DataError, match=r"items\.jsonl: is empty; expected one JSON object a line"):
        items(file, data)


def test_missing_names_the_nearest(file: Path) -> None:
    file.write_text("{}")
    with pytest.raises(DataError, match=r"itmes\.jsonl: no such file; did you mean '.*items\.jsonl'\?"):
        read(file.with_name("itmes.jsonl"))


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read(tmp_path / "no" / "x.jsonl")


def test_directory_says_what_it_holds(file: Path) -> None:
    file.write_text("{}")
    with pytest.raises(DataError, match=r"is a directory; expected a JSON Lines file; it holds items\.jsonl"):
        read(file.parent)


def test_path_below_a_file(file: Path) -> None:
    file.write_text("{}")
    with pytest.raises(DataError, match=r"cannot be read \(not a directory\)"):
        read(file / "x.jsonl")


def test_name_with_nul() -> None:
    with pytest.raises(DataError, match="not a file name"):
        read("a\0b")


def test_read_error_says_the_line() -> None:
    if not os.path.exists("/proc/self/mem"):
        pytest.skip("needs a file that opens and does not read")
    with pytest.raises(DataError, match=r"/proc/self/mem:1: cannot be read \(input/output error\)"):
        list(read("/proc/self/mem"))


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"a": 1}\nx\n')))
    found = read("-")
    assert next(found) == Record(1, {"a": 1}, "<stdin>:1", b'{"a": 1}')
    with pytest.raises(BadRecord, match=r"^<stdin>:2:1: not JSON: found 'x'; expected a JSON value$"):
        next(found)


def test_stdin_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(DataError, match="<stdin>: closed"):
        read("-")


def test_pipe_is_read_as_it_comes() -> None:
    program = "from perturb.items.readers import read\nfor r in read('-'): print(r.line, flush=True)"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as p:
        assert p.stdin is not None
        assert p.stdout is not None
        p.stdin.write(b'{"a": 1}\n')
        p.stdin.flush()
        p.stdin.write(b'{"a": 2}\n')
        p.stdin.close()
        assert p.stdout.read().split() == [b"1", b"2"]
    assert p.returncode == 0


def test_megabyte_text(file: Path) -> None:
    text = "word and “quote” " * 60_000
    assert items(file, json.dumps({"a": text}).encode())[0].item == {"a": text}


def test_tap_sees_every_byte(file: Path) -> None:
    data = b'\xef\xbb\xbf{"a": 1}\r\n\n{"a": 2}'
    file.write_bytes(data)
    tapped = sha256()
    assert len(list(read(file, tap=tapped.update))) == 2
    assert tapped.hexdigest() == sha256(data).hexdigest()


# -- arrays in .json files --------------------------------------------------------------------------------


def test_array(tmp_path: Path) -> None:
    found = items(tmp_path / "x.json", b'\xef\xbb\xbf [\n {"a": 1},\n {"a":\n 0.10}\n , {"a": "]"}]\n')
    assert [(r.line, r.item) for r in found] == [(2, {"a": 1}), (3, {"a": 0.1}), (5, {"a": "]"})]
    assert codec.dumps(found[1].item) == '{"a": 0.10}'


def test_lines_in_a_json_file(tmp_path: Path) -> None:
    assert len(items(tmp_path / "x.json", b'{"a": 1}\n{"a": 2}\n')) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[]", r"x\.json: is empty"),
        (b'[{"a": 1}\n{"a": 2}]', r"x\.json:2:1: not JSON: found '{\"a\": 2}\]'; expected \",\" or the end"),
        (b'[{"a": 1},]', r"x\.json:1:11: not JSON: found '\]'; expected a JSON value"),
        (b'[{"a": 1}', r"x\.json:1:10: not JSON: found the end of the line; expected \",\""),
        (b'[{"a": 1}] 2', r"x\.json:1:12: not JSON: found '2'; expected the end"),
        (b'[\n{"a": 1}, 2]', r"x\.json:2: found a number in the array; expected JSON objects"),
        (b'[\n{"a": 1, "a": 2}]', r"x\.json:2: found the key 'a' twice"),
        (b'[\n{"a": NaN}]', r"x\.json:2: found NaN"),
        (b'[\n{"a": "\xe9 "}]', r"x\.json:2: not UTF-8 at byte 9"),
        (b"[\n" + b"[" * 200_000, r"x\.json:2: found brackets nested more than 100 deep"),
    ],
)
def test_bad_array(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said):
        items(tmp_path / "x.json", data)


def test_bad_element_is_handed_over(tmp_path: Path) -> None:
    path, seen = tmp_path / "x.json", []
    path.write_bytes(b'[{"a": 1}, 2, {"b": NaN}, {"a": 2}]')
    found = list(read(path, on_bad=lambda bad, raw: seen.append(raw)))
    assert [r.item["a"] for r in found] == [1, 2]
    assert seen == ["2", '{"b": NaN}']


# -- the codec: what is read is written back --------------------------------------------------------------

KEPT = [
    '{"a": 123456789012345678901234567890}',
    '{"a": 0.10, "b": [1e5, 3.14159265358979323846264338327950288], "c": 51.0}',
    '{"a": 1E-400, "b": -0.0, "c": 1.0}',
    '{"b": 1, "a": {"z": null, "y": [true, false]}}',
    '{"a": "\\ud83d", "b": "é 😀 \u2028"}',
    '{"a": "x\\u0000\\n\\t\\"\\\\/"}',
]


@pytest.mark.parametrize("line", KEPT)
def test_written_as_read(line: str) -> None:
    assert codec.dumps(codec.loads(line)) == line
    codec.dumps(codec.loads(line)).encode()


def test_long_numbers_are_numbers_and_survive_copies() -> None:
    import copy
    import pickle

    item = codec.loads('{"a": 0.10}')
    assert item == {"a": 0.1}
    for again in (copy.deepcopy(item), pickle.loads(pickle.dumps(item))):
        assert codec.dumps(again) == '{"a": 0.10}'


def test_not_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        codec.dumps({"a": float("nan")})


def test_what_a_record_keeps_of_its_line_is_json_whatever_marks_stood_before_it(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"\xef\xbb\xbf" * 3 + b'{"a": 1}\n\xef\xbb\xbf{"a": 2}\n\x1e{"a": 3}\n')
    assert [r.raw for r in read(tmp_path / "x.jsonl")] == [b'{"a": 1}', b'{"a": 2}', b'{"a": 3}']
