"""Data frames and loaders: columns and types stay, rows are the Perturber's."""

from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from shell import ITEMS

from perturb import Perturber
from perturb.core.errors import UsageError
from perturb.integrations.frames import (
    PerturbedDataset,
    perturb_arrow,
    perturb_column,
    perturb_pandas,
    perturb_polars,
)

ROWS = [{"id": f"{n:03}", **item, "score": n / 2} for n, item in enumerate(ITEMS)]
KNOWN = [v.item for v in Perturber("hurried", 2, 5)(ROWS)]


def test_pandas_keeps_columns_types_and_rows():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ROWS)
    new = perturb_pandas(frame, "hurried", 2, 5)
    assert new.to_dict("records") == KNOWN and dict(new.dtypes.drop("perturb")) == dict(frame.dtypes)


def test_polars_and_arrow_hold_the_log_as_json():
    polars, arrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    for rows in (perturb_polars(polars.DataFrame(ROWS), "hurried", 2, 5).to_dicts(),
                 perturb_arrow(arrow.Table.from_pylist(ROWS), "hurried", 2, 5).to_pylist()):  # fmt: skip
        assert [{**row, "perturb": json.loads(row["perturb"])} for row in rows] == KNOWN


@pytest.mark.parametrize("kind", ["str", "string", "string[pyarrow]", "object"])
def test_what_is_missing_stays_missing_in_every_type_of_pandas(kind):
    pandas = pytest.importorskip("pandas")
    texts = pandas.Series(["Where is my card, please?", None], dtype=kind)
    first, none = perturb_column(texts, "hurried", 3)
    assert none is None and first == perturb_column(texts.tolist(), "hurried", 3)[0]
    more = {"at": pandas.to_datetime(["2026-01-02", None]), "size": pandas.array([1, None], dtype="Int64"),
            "kind": pandas.Categorical(["a", "b"]), "share": [0.5, float("nan")], "tiny": pandas.Series([1, 2], dtype="int8"),
            "note": texts}  # fmt: skip
    frame = pandas.DataFrame({"question": pandas.Series(["Where is my card?", "Who is it?"], dtype=kind), **more})
    new = perturb_pandas(frame.set_axis([4, 4]), "hurried", 2, 3)
    assert dict(new.dtypes.drop("perturb")) == dict(frame.dtypes) and len(new) == 4
    assert new[list(more)].isna().sum().tolist() == [2, 2, 0, 2, 0, 2]


def test_an_empty_frame_stays_empty_and_typed():
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    assert dict(perturb_pandas(pandas.DataFrame(ROWS)[:0], "hurried").dtypes.drop("perturb")) == dict(
        pandas.DataFrame(ROWS).dtypes
    )
    assert perturb_polars(polars.DataFrame(ROWS)[:0], "hurried").shape == (0, 5)


def test_columns_of_polars_and_arrow():
    polars, arrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    texts = ["Where is my card, please?", None]
    known = perturb_column(texts, "hurried", 3)
    assert (
        perturb_column(polars.Series(texts), "hurried", 3)
        == known
        == perturb_column(arrow.chunked_array([texts]), "hurried", 3)
    )


def test_a_column_of_texts():
    texts = ["Where is my card? It has not come.", None, "I want to know because people ask."]
    new = perturb_column(texts, "hurried", 3)
    assert new == perturb_column(texts, "hurried", 3) and new[1] is None and new[0] != texts[0]
    with pytest.raises(UsageError, match="holds 7"):
        perturb_column([7], "hurried")
    with pytest.raises(UsageError, match="expected a list of texts or a column, not str"):
        perturb_column("Where is my card?", "hurried")


@pytest.mark.parametrize(
    ("host", "vary"), [("pandas", perturb_pandas), ("polars", perturb_polars), ("pyarrow", perturb_arrow)]
)
def test_what_is_no_frame_and_what_cannot_be_meant_is_said(host, vary):
    pytest.importorskip(host)
    with pytest.raises(UsageError, match="expected .*, not list"):
        vary(ROWS, "hurried")
    with pytest.raises(UsageError, match="did you mean 'hurried'"):
        perturb_column(["Where is it?"], "hurrid")
    with pytest.raises(UsageError, match="seed must be a whole number, not 'x'"):
        perturb_column(["Where is it?"], "hurried", "x")


def test_a_loader_reads_another_variant_in_every_epoch():
    data = PerturbedDataset(ROWS, "hurried", 5)
    first = [data[i]["question"] for i in range(len(data))]
    assert first == [v.text for v in Perturber("hurried", 1, 5)(ROWS)]
    data.set_epoch(1)
    second = [data[i]["question"] for i in range(len(data))]
    assert first != second == [data[1, i]["question"] for i in range(len(data))]
    with pytest.raises(IndexError):
        data[len(ROWS)]


def test_a_worker_of_a_loader_gives_what_this_process_gives():
    data = PerturbedDataset(ROWS, "hurried", 5)  # DataLoader pickles it to its workers
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as workers:
        rows = list(workers.map(data.__getitem__, [(epoch, i) for epoch in (0, 1) for i in range(len(data))]))
    assert rows == [data[epoch, i] for epoch in (0, 1) for i in range(len(data))]
