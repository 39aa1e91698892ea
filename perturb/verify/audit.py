"""An audit sheet: variants for a person to judge, blind to how they were made, and the rates that the answers give."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from perturb.core.errors import DataError
from perturb.items.formats.table import guarded
from perturb.items.shape import misfit
from perturb.verify.check import texts
from perturb.verify.pairs import Pair
from perturb.verify.structure import gold

COLUMNS = ("key", "clean", "variant", "answer", "promise", "valid", "note")
_YES, _NO = ("y", "yes", "1", "true", "valid"), ("n", "no", "0", "false", "invalid")
_PROMISES = {
    "same": "the same answer is right",
    "any_of": "any of these is right: {told}",
    "clarify": "it should be asked: {told}",
    "abstain": "it cannot be answered: the premise does not hold",
    "unsure": "it cannot be said whether the answer still holds",
}


class Row(NamedTuple):
    """One variant to judge; ``steps`` is kept out of the sheet."""

    key: str
    clean: str
    variant: str
    answer: str
    promise: str
    steps: tuple[str, ...]


class Judged(NamedTuple):
    """A row of a sheet that was read back: ``valid`` is "y", "n" or "" where it was not judged."""

    number: int
    key: str
    clean: str
    variant: str
    valid: str
    note: str


class Rate(NamedTuple):
    """How many of a transform's variants were judged valid, with a 95 % interval (Wilson 1927)."""

    name: str
    judged: int
    valid: int
    low: float
    high: float


def row_of(pair: Pair) -> Row:
    """Put a variant down for judging ("Where is my card?" -> "wheres my card", promise "the same answer is right")."""
    wrong = pair.misfit or (misfit(pair.log) if pair.log is not None else "")
    if wrong:
        raise DataError(f"{pair.where}: the record's log {wrong}; expected what perturb run writes")
    log = pair.log or {}
    name = f"{pair.of}#{log.get('recipe', '')}.{log.get('run', '')}.{log.get('variant', pair.where)}"
    told = "; ".join(str(m.get("ask") or m.get("text")) for m in log.get("missing", ()))
    steps = {part.split("/")[-1].split("#")[0] for e in log.get("edits", ()) for part in str(e["step"]).split("+")}
    steps |= {str(m["step"]).split("/")[-1].split("#")[0] for m in log.get("moves", ())}
    return Row(
        blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest(),
        texts(pair.clean, pair),
        texts(pair.item, pair),
        " | ".join(gold(pair.clean, pair))[-400:],
        _PROMISES.get(str(log.get("expect", "same")), "").format(told=told or "?"),
        tuple(sorted(steps)) or ("unchanged",),
    )


def sampled(pairs: Iterable[Pair], size: int) -> list[Row]:
    """Choose variants by a hash of their names, transform by transform in turn, so that rare ones are seen too."""
    by_step: dict[str, list[Row]] = defaultdict(list)
    for pair in pairs:
        row = row_of(pair)
        if row.clean != row.variant:
            for step in row.steps:
                by_step[step].append(row)
    queues = [sorted(rows, key=lambda r: r.key) for _, rows in sorted(by_step.items())]
    chosen: dict[str, Row] = {}
    while queues and len(chosen) < size:
        for queue in queues:
            while queue and queue[0].key in chosen:
                queue.pop(0)
            if queue and len(chosen) < size:
                row = queue.pop(0)
                chosen[row.key] = row
        queues = [queue for queue in queues if queue]
    return sorted(chosen.values(), key=lambda r: r.key)


def sheet(rows: Iterable[Row], answers: dict[str, tuple[str, str]] | None = None) -> str:
    """Write rows as CSV with the columns valid and note to fill in (valid: y or n; empty is not judged)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # else a lone \r in a cell ends the line
    writer.writerow(COLUMNS)
    for row in rows:
        valid, note = (answers or {}).get(row.key, ("", ""))
        writer.writerow([row.key, *map(_inert, (row.clean, row.variant, row.answer, row.promise)), valid, _inert(note)])
    return out.getvalue()


def _inert(cell: str) -> str:
    """Keep a spreadsheet from running a cell ("=1+1" -> "'=1+1"); what has its apostrophe, as a note read back, stays."""
    return cell if cell.startswith("'") else guarded(cell)


def read_sheet(path: str) -> list[Judged]:
    """Read a sheet's rows, judged or not; DataError names the line of an answer that is neither y nor n."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as f:
            found = list(csv.DictReader(f))
    except OSError as e:
        raise DataError(
            f"{path}: {(e.strerror or str(e)).lower()}; expected a sheet that perturb audit wrote"
        ) from None
    except (UnicodeDecodeError, csv.Error) as e:
        raise DataError(f"{path}: not a CSV file ({e}); save the sheet as CSV in UTF-8") from None
    if not found:
        raise DataError(f"{path}: holds no rows; expected a sheet that perturb audit wrote")
    judged = []
    for n, row in enumerate(found, 2):
        if not row.get("key") or "valid" not in row:
            raise DataError(f"{path}:{n}: no columns 'key' and 'valid'; expected a sheet that perturb audit wrote")
        said = (row["valid"] or "").strip().lower()
        if said and said not in _YES + _NO:
            raise DataError(f"{path}:{n}: valid is {row['valid']!r}; expected y, n or nothing")
        valid = "y" if said in _YES else "n" if said else ""
        judged.append(
            Judged(n, row["key"], row.get("clean") or "", row.get("variant") or "", valid, row.get("note") or "")
        )
    return judged


def stray(sheet: Iterable[Judged], rows: Iterable[Row]) -> list[tuple[Judged, str]]:
    """List the rows of a sheet that are of none of a file's variants, each with why (``stray(sheet, [])`` -> all of them)."""
    known = {row.key: row for row in rows}
    out = []
    for one in sheet:
        row = known.get(one.key)
        if row is None:
            out.append((one, "no variant there has its key"))
        elif any(
            cell and _bare(cell) != _bare(text) for cell, text in ((one.clean, row.clean), (one.variant, row.variant))
        ):
            out.append((one, "its text is not that of the variant with its key"))
    return out


def _bare(cell: str) -> str:
    """Compare texts without what a spreadsheet may do to them: its guard, line ends and spaces."""
    return " ".join(cell.lstrip("'").split())


def rates(rows: Iterable[Row], answers: dict[str, str]) -> Iterator[Rate]:
    """Count valid variants for each transform and over all ("all" first); one with two transforms counts for both."""
    judged: Counter[str] = Counter()
    valid: Counter[str] = Counter()
    for row in rows:
        if row.key in answers:
            for name in ("", *row.steps):
                judged[name] += 1
                valid[name] += answers[row.key] == "y"
    for name in sorted(judged):
        yield Rate(name or "all", judged[name], valid[name], *wilson(valid[name], judged[name]))


def wilson(k: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Give the 95 % interval of a share (95 of 100 -> (0.888, 0.978)); E. B. Wilson, JASA 22 (1927)."""
    if not n:
        return 0.0, 1.0
    p, square = k / n, z * z
    middle, half = p + square / (2 * n), z * (p * (1 - p) / n + square / (4 * n * n)) ** 0.5
    return max(0.0, (middle - half) / (1 + square / n)), min(1.0, (middle + half) / (1 + square / n))


def as_record(rate: Rate) -> dict[str, Any]:
    """Give a rate as a record for JSON or a card."""
    return {"transform": rate.name, "judged": rate.judged, "valid": rate.valid,
            "share": round(rate.valid / rate.judged, 4), "interval": [round(rate.low, 4), round(rate.high, 4)]}  # fmt: skip
