"""What a file holds, by its ending: JSON Lines, a JSON array, CSV, TSV or Parquet, plain or packed."""

from __future__ import annotations

import os
from typing import NamedTuple

KINDS = {".jsonl": "lines", ".ndjson": "lines", ".json": "array", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet"}
PACKINGS = {".gz": "gzip", ".zst": "zstd"}

# Endings of what nobody opens as lines of JSON.
OTHERS = frozenset(
    ".xlsx .xls .xlsm .ods .doc .docx .odt .rtf .ppt .pptx .pdf .html .htm .xml .yaml .yml .toml .zip .7z .rar .tar .tgz .bz2 .xz .lz4 "
    ".arrow .feather .orc .avro .pickle .pkl .npy .npz .h5 .hdf5 .db .sqlite .sqlite3 .duckdb .png .jpg .jpeg".split()
)


class Form(NamedTuple):
    """A file's kind and packing ("lines", "gzip"); the packing is "" where there is none."""

    kind: str
    packing: str

    @property
    def plain(self) -> bool:
        """Tell whether the file is JSON Lines as they are, which can be written bit by bit and taken up again."""
        return self == ("lines", "")


def other_form(name: str) -> str:
    """Give the ending of a name that is plainly another format's ("x.xlsx" -> ".xlsx", "x.out" -> "")."""
    low = name.lower()
    for end in PACKINGS:
        low = low.removesuffix(end)
    end = os.path.splitext(low)[1]
    return end if end in OTHERS else ""


def form_of(name: str) -> Form:
    """Tell a file's form by its ending ("x.csv.gz" -> ("csv", "gzip")); any other ending means JSON Lines."""
    low = name.lower()
    packing = ""
    for end, how in PACKINGS.items():
        if low.endswith(end):
            low, packing = low.removesuffix(end), how
    return Form(next((kind for end, kind in KINDS.items() if low.endswith(end)), "lines"), packing)
