"""Reading items from a file, by its ending, or from stdin; every bad input ends in one clear message."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from glob import glob
from pathlib import Path
from typing import IO, cast

from perturb.core.errors import DataError, UsageError
from perturb.items.file_access import why
from perturb.items.formats import KINDS, Form, form_of
from perturb.items.formats.lines import OnBad, Record
from perturb.items.formats.packing import Tapped, unpacked

Tap = Callable[[bytes], object]
_EXPECTED = {"csv": "a table: a line of names, then a line an item", "parquet": "a table with rows"}


def read(
    path: str | os.PathLike[str], *, on_bad: OnBad | None = None, tap: Tap | None = None, limit: int | None = None
) -> Iterator[Record]:
    """Read the items of a file, "-" for stdin; the file is opened at once, its items are read as they are asked for.

    A record that cannot be used is given to ``on_bad(error, its_text)`` and passed over, or raised as BadRecord
    where there is none. ``tap`` sees the file's bytes as they are read (``sha256().update``, for the manifest); of
    Parquet, which is read out of order, it sees none. After ``limit`` items the rest of a pipe goes to ``tap`` as it is.
    Raises DataError for a file that cannot be read or holds no item.
    """
    name = os.fspath(path)
    if name == "-":
        return _records(_stdin(), "<stdin>", Form("lines", ""), on_bad, tap, limit)
    return _records(_open(name), name, form_of(name), on_bad, tap, limit)


def _records(
    file: IO[bytes], label: str, form: Form, on_bad: OnBad | None, tap: Tap | None, limit: int | None
) -> Iterator[Record]:
    stdin = file is getattr(sys.stdin, "buffer", None)
    source = file
    if tap is not None and form.kind != "parquet":
        source = cast("IO[bytes]", io.BufferedReader(Tapped(file, tap, close=not stdin), 1 << 16))
    seen, given = False, 0
    try:
        for record in _parsed(unpacked(source, form.packing), label, form, on_bad):
            seen = True
            if record is not None:
                given += 1
                yield record
                if given == limit:
                    _skip(source, label)
                    break
    finally:
        if not stdin:
            file.close()
        elif source is not file:
            source.detach()  # type: ignore[attr-defined]
    if not seen:
        raise DataError(f"{label}: is empty; expected {_EXPECTED.get(form.kind, 'one JSON object a line')}")


def _parsed(file: IO[bytes], label: str, form: Form, on_bad: OnBad | None) -> Iterator[Record | None]:
    from perturb.items.formats import array, lines

    if form.kind == "parquet":
        from perturb.items.formats import parquet

        return parquet.records(file, label, on_bad)
    if form.kind in ("csv", "tsv"):
        from perturb.items.formats import table

        return table.records(file, label, on_bad, "\t" if form.kind == "tsv" else ",")
    if form.kind == "array":
        peek = getattr(file, "peek", None)
        try:
            if array.is_array(peek(4096) if peek else b""):
                return array.records(file, label, on_bad)
        except OSError as e:
            raise DataError(f"{label}: cannot be read ({why(e)})") from None
    return lines.records(file, label, on_bad)


def _skip(file: IO[bytes], label: str) -> None:
    """Read a pipe to its end, so that the tap sees all of it; a file is hashed otherwise."""
    try:
        if not regular(label):
            while file.read(1 << 20):
                pass
    except OSError as e:
        raise DataError(f"{label}: cannot be read ({why(e)})") from None


def regular(path: str) -> bool:
    """Tell whether an input is a file that can be read twice, no pipe."""
    try:
        return path not in ("-", "<stdin>") and stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def found(paths: list[str]) -> list[str]:
    """List the inputs that names and patterns mean (["data/*.jsonl"] -> the files, sorted).

    Raises UsageError where a pattern matches nothing or a file is named twice.
    """
    out: list[str] = []
    for path in paths:
        if path == "-" or not any(c in path for c in "*?[") or os.path.lexists(path):
            out.append(path)
            continue
        names = sorted(n for n in glob(path, recursive=True) if not os.path.isdir(n))
        if not names:
            raise DataError(f"{path}: no file matches")
        out += names
    for n, path in enumerate(out):
        if path in out[:n]:
            raise UsageError(f"{path}: named twice among the inputs; name each once")
        if n and path not in ("", "-") and (os.path.isdir(path) or not os.path.exists(path)):
            _open(path)  # says so before the first is read, whose records would be half a run
    return out


def _stdin() -> IO[bytes]:
    if sys.stdin is None or sys.stdin.closed:
        raise DataError("<stdin>: closed; expected one JSON object a line")
    return sys.stdin.buffer


def _open(name: str) -> IO[bytes]:
    if not name:
        raise UsageError("the input's name is empty; expected a JSON Lines file, or - for stdin")
    path = Path(name)
    try:
        if path.is_dir():
            inside = sorted(p.name for p in path.iterdir() if any(p.name.endswith(end) for end in KINDS))
            hint = f"; it holds {', '.join(inside[:5])}{' …' if len(inside) > 5 else ''}" if inside else ""
            raise DataError(f"{name}: is a directory; expected a JSON Lines file{hint}")
        return open(path, "rb")
    except FileNotFoundError:
        near = get_close_matches(path.name, _names(path.parent), n=1)
        hint = f"; did you mean {str(path.with_name(near[0]))!r}?" if near else ""
        raise DataError(f"{name}: no such file{hint}") from None
    except OSError as e:
        raise DataError(f"{name}: cannot be read ({why(e)})") from None
    except ValueError:
        raise DataError(f"{name!r}: not a file name") from None


def _names(folder: Path) -> list[str]:
    try:
        return [p.name for p in folder.iterdir()]
    except OSError:
        return []


__all__ = ["OnBad", "Record", "found", "read", "regular"]
