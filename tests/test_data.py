"""The tables: where they come from is said, and they are in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perturb.language.lexicon import rows
from perturb.recipe import shipped
from perturb.resources import root

DATA = root("data")
TABLES = sorted(p.relative_to(DATA).as_posix() for p in DATA.rglob("*.tsv"))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_in_order(name: str) -> None:
    data = (DATA / name).read_bytes()
    assert b"\r" not in data and data.endswith(b"\n") and not data.endswith(b"\n\n"), "lines end at \\n"
    lines = data.decode("utf-8").splitlines()
    assert "\n".join(lines) + "\n" == data.decode("utf-8"), "no other line ends"
    head = [line for line in lines if line.startswith("# ")]
    body = [line.split("\t") for line in lines[len(head) :]]
    assert lines[: len(head)] == head and not any(row[0].startswith("# ") for row in body), "the header stands first"
    for key in ("source", "licence", "columns"):
        assert any(re.match(rf"# {key}: \S", line) for line in head), f"the header says its {key}"
    assert body and len({len(row) for row in body}) == 1 and len(body[0]) > 1, "rows of equal length"
    assert len({tuple(row) for row in body}) == len(body), "a row stands twice"
    keys = [row[0] for row in body]
    assert keys == sorted(keys), "sorted by key"
    for row in body:
        assert row[0] and row[1] != row[0], f"{row}: a value equal to its key"
        assert all(cell == cell.strip() for cell in row), f"{row}: white space around a cell"
    columns = next(line for line in head if line.startswith("# columns:"))
    assert len(columns.split(",")) >= len(body[0]) or len(body[0]) <= 2, "every column is named"


def test_tables_are_read_as_they_stand() -> None:
    for name in TABLES:
        topic, _, stem = name.removesuffix(".tsv").rpartition("/")
        lines = (DATA / name).read_text("utf-8").splitlines()
        assert len(rows(topic, stem)) == sum(not line.startswith("# ") for line in lines), name


def test_nothing_else_lies_about() -> None:
    known = {".tsv", ".yaml", ".jsonl", ".md", ".txt", ".json", ".py"}
    assert {p.suffix for p in DATA.rglob("*") if p.is_file() and "__pycache__" not in p.parts} <= known
    assert all(re.fullmatch(r"[a-z0-9_./]+", name) for name in TABLES)


@pytest.mark.parametrize("name", shipped())
def test_a_recipe_file_has_a_summary(name: str) -> None:
    text = Path(root("recipes") / f"{name}.yaml").read_bytes().decode("utf-8")
    assert re.search(r"^summary: \S", text, re.M) and "\t" not in text and "\r" not in text and text.endswith("\n")
    assert max(map(len, text.splitlines())) <= 120
