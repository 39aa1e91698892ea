"""Whether what a run wrote is still as it was written, as far as its manifest tells, and where it lies now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

from perturb.core.errors import DataError, UsageError
from perturb.items.file_access import why
from perturb.items.formats import form_of
from perturb.items.formats.encode import encode, values_of
from perturb.items.formats.packing import unpacked
from perturb.items.readers import read

_END = ".manifest.json"


def output_of(manifest: str | Path, found: dict[str, Any]) -> str:
    """Give where the output of a manifest lies: beside it, else where it says; "" where no such file is there."""
    name = os.fspath(manifest)
    path = found["output"].get("path")
    places = [name.removesuffix(_END)] if name.endswith(_END) else []
    places += [os.path.join(found["folder"], path)] if isinstance(path, str) else []
    return next((place for place in places if os.path.isfile(place)), "")


def sidecar_of(variants: str, found: dict[str, Any]) -> str:
    """Give where the sidecar of a file of variants lies, "" where its manifest tells of none.

    It may have moved together with the file. UsageError where it is nowhere.
    """
    path = found["output"].get("sidecar", "")
    if not path:
        return ""
    was = os.path.join(found["folder"], path)
    home = os.path.dirname(os.path.join(found["folder"], found["output"]["path"]))
    moved = os.path.normpath(os.path.join(os.path.dirname(variants), os.path.relpath(was, home or ".")))
    for place in (moved, was):
        if os.path.isfile(place):
            return place
    raise UsageError(
        f"{variants}: its log was written to {path!r}, which is not there; say with --sidecar FILE where it is"
    )


def unlike(path: str, told: dict[str, Any]) -> str:
    """Say how a file differs from what a manifest tells of its output ("30 records; its manifest tells of 40 …"), "" if it does not.

    Lines of JSON, packed or not, are held to their bytes, other forms to their values: of these no bytes are promised.
    """
    form = form_of(path)
    lines = form.kind == "lines"
    count, now = _lines_of(path, form.packing) if lines else _values_of(path)
    was = told["sha256"] if lines else told.get("values", now)  # which manifests of before do not tell
    if count != told["records"]:
        another = " with another sha256" if lines and now != was else ""
        return f"{count} records; its manifest tells of {told['records']}{another}: was it cut or edited?"
    if now == was:
        return ""
    return f"sha256 {now[:12]}…, which is not that of its manifest: was it edited?" if lines else \
        "its values are not those that its manifest tells of: was it edited?"  # fmt: skip


def _values_of(path: str) -> tuple[int, str]:
    """Count the records of a file and hash their values."""
    count = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for record in read(path):
            count += 1
            yield record.item

    values = values_of(counted())
    return count, values


def _lines_of(path: str, packing: str) -> tuple[int, str]:
    """Count and hash the lines of a file as a run writes them."""
    count, h = 0, sha256()
    try:
        with open(path, "rb") as raw, unpacked(raw, packing) as file:
            for line in file:
                count += 1
                h.update(line)
    except OSError as e:
        raise DataError(f"{path}: cannot be read ({why(e)})") from None
    return count, h.hexdigest()


def other_records(path: str, lines: str, inputs: Iterable[str]) -> str:
    """Say which record of a file in another form is not that of the JSON Lines it would be written from, "" where none is."""
    form = form_of(path)
    made = f"{lines}.made{os.path.basename(path)[-40:]}"  # so that it is read in the same form
    with open(made, "w+b") as out:
        encode(Path(lines), out, form, list(inputs))
    for n, (here, there) in enumerate(zip_longest(read(path), read(made)), 1):
        if here is None or there is None:
            return f"{'fewer' if here is None else 'more'} records than the run gives"
        if here.item != there.item:
            return f"record {n} ({here.where}) is another than the run gives"
    return ""
