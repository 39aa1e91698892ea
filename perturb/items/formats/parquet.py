"""Parquet by pyarrow (an extra): equal values come back, not equal bytes.

A column whose values no Arrow type holds exactly (mixed kinds, objects with different keys, integers over 64 bits,
numbers that a float shortens, lone surrogates, a field that some records lack) is JSON text, marked as such in the
column's metadata. Dates, times and decimals are text while they are items, and get their type back where it stands.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

from perturb.core.errors import BadRecord, DataError, MissingResource
from perturb.items.codec import dumps, loads
from perturb.items.file_access import why
from perturb.items.formats.kinds import ANY, Kind, merged
from perturb.items.formats.lines import OnBad, Record

_MARK = {b"perturb": b"json"}
_ROWS = 4096  # read or written at once


def arrow() -> tuple[Any, Any]:
    """Import pyarrow and its Parquet; MissingResource says how to get it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingResource('.parquet files need the pyarrow package: pip install "perturb[parquet]"') from None
    return pyarrow, pyarrow.parquet


# -- reading ----------------------------------------------------------------------------------------------


def records(file: IO[bytes], label: str, on_bad: OnBad | None) -> Iterator[Record | None]:
    """Yield a record for each row, None for a bad one that ``on_bad`` took; a row's number stands for its line."""
    pa, _ = arrow()
    table = _opened(file, label)
    names = table.schema_arrow.names
    for n, name in enumerate(names):
        if name in names[:n]:
            raise DataError(f"{label}: found the column {name!r} twice; expected each name once")
    readers = [(f.name, _reader(pa, f, label)) for f in table.schema_arrow]
    line = 0
    batches = table.iter_batches(batch_size=_ROWS)
    while True:
        try:
            batch = next(batches, None)
        except (OSError, pa.ArrowException) as e:
            raise DataError(f"{label}: cannot be read after row {line} ({_first(e)})") from None
        if batch is None:
            return
        columns = [column.to_pylist() for column in batch.columns]
        for values in zip(*columns):
            line += 1
            where = f"{label}:{line}"
            try:
                item = {name: value if read is None else read(value) for (name, read), value in zip(readers, values)
                        if read is not _json or value is not None}  # fmt: skip
                yield Record(line, item, where)
                continue
            except ValueError as e:
                bad = BadRecord(str(e), where)
            if on_bad is None:
                raise bad
            on_bad(bad, repr(values)[:10_000])
            yield None


def _opened(file: IO[bytes], label: str) -> Any:
    pa, pq = arrow()
    try:
        if not file.seekable():  # packed: unpacked to where it can be read out of order
            whole = tempfile.TemporaryFile(prefix="perturb-")  # noqa: SIM115
            while block := file.read(1 << 20):
                whole.write(block)
            file = whole
        return pq.ParquetFile(file)
    except OSError as e:
        raise DataError(f"{label}: cannot be read ({why(e)})") from None
    except pa.ArrowException as e:
        raise DataError(f"{label}: not Parquet, or damaged: {_first(e)}") from None


def _first(e: BaseException) -> str:
    return str(e).split("\n")[0].rstrip(".")


def _json(value: Any) -> Any:
    return loads(value)


def _reader(pa: Any, field: Any, label: str) -> Callable[[Any], Any] | None:
    """Say how a column's values become JSON's; None where they are that already."""
    if (field.metadata or {}).get(b"perturb") == _MARK[b"perturb"]:
        return _json
    names = str(field.type)
    for what in ("binary", "map<", "extension", "union", "run_end"):
        if what in names:
            raise DataError(f"{label}: the column {field.name!r} holds {names}, which is not JSON; leave it out")
    if any(what in names for what in ("float", "double", "date", "time", "duration", "decimal")):
        return _as_json
    return None


def _as_json(value: Any) -> Any:
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is float:
        if not math.isfinite(value):
            raise ValueError(f"found {value}, which is not JSON; expected a number, null or a string")
        return value
    if type(value) is list:
        return [_as_json(v) for v in value]
    if type(value) is dict:
        return {key: _as_json(v) for key, v in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# -- writing ----------------------------------------------------------------------------------------------


def write(records: Callable[[], Iterable[dict[str, Any]]], out: IO[bytes], like: str = "") -> None:
    """Write records, read twice: for the columns' types, then for the values. ``like`` is a file whose types to keep."""
    pa, pq = arrow()
    known = {}
    if like:
        with open(like, "rb") as file:
            known = {f.name: f.type for f in _opened(file, like).schema_arrow}
    while True:
        try:
            _write(pa, pq, records, out, known)
            return
        except _Unfit as e:  # the source's type does not hold a value, or cannot be made of its text
            del known[e.column]
            out.seek(0)
            out.truncate()


class _Unfit(Exception):
    """A column whose values its type does not take."""

    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(column)


def _write(
    pa: Any, pq: Any, records: Callable[[], Iterable[dict[str, Any]]], out: IO[bytes], known: dict[str, Any]
) -> None:
    kinds: dict[str, Kind] = {}
    counts: dict[str, int] = {}
    total = 0
    for record in records():
        total += 1
        for name, value in record.items():
            kinds[name] = merged(kinds.get(name), value)
            counts[name] = counts.get(name, 0) + 1
    fields = []
    try:
        for name, kind in kinds.items():
            whole = kind != ANY and counts[name] == total
            type_ = _fitting(pa, kind, known.get(name)) if whole else pa.string()
            fields.append(pa.field(name, type_, metadata=None if whole else _MARK))
        schema = pa.schema(fields)
        with pq.ParquetWriter(out, schema) as writer:
            each = iter(records())
            while batch := list(islice(each, _ROWS)):
                arrays = [_fitted(pa, field, batch, known) for field in schema]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    except UnicodeEncodeError:
        raise DataError("a field's name holds half of a surrogate pair; Parquet takes none: write .jsonl") from None


def _fitted(pa: Any, field: Any, batch: list[dict[str, Any]], known: dict[str, Any]) -> Any:
    try:
        return _array(pa, field, batch)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        if field.name in known:
            raise _Unfit(field.name) from None
        raise


def _array(pa: Any, field: Any, batch: list[dict[str, Any]]) -> Any:
    name = field.name
    if field.metadata:
        return pa.array([dumps(r[name]) if name in r else None for r in batch], pa.string())
    values = [r[name] for r in batch]
    if _temporal(pa, field.type):
        cast = pa.array(values, pa.string()).cast(field.type)
        if [_as_json(v) for v in cast.to_pylist()] != values:
            raise pa.ArrowInvalid("not the same text")
        return cast
    return pa.array(values, field.type)


def _temporal(pa: Any, type_: Any) -> bool:
    return bool(pa.types.is_temporal(type_) or pa.types.is_decimal(type_))


def _fitting(pa: Any, kind: Kind, known: Any) -> Any:
    """Choose a column's type: the source's where the values are still of its kind, else the plain one."""
    if known is not None:
        t = pa.types
        text = t.is_string(known) or t.is_large_string(known) or _temporal(pa, known)
        small = t.is_dictionary(known) and t.is_string(known.value_type)
        if (kind == "text" and (text or small)) or (kind == "int" and t.is_integer(known)) or (
            kind == "float" and t.is_floating(known) or kind is None):  # fmt: skip
            return known
    return _type(pa, kind)


def _type(pa: Any, kind: Kind) -> Any:
    if isinstance(kind, tuple):
        return pa.list_(_type(pa, kind[1]))
    if isinstance(kind, dict):
        return pa.struct([pa.field(key, _type(pa, inner)) for key, inner in kind.items()])
    return {None: pa.null(), "bool": pa.bool_(), "int": pa.int64(), "float": pa.float64(), "text": pa.string()}[kind]
