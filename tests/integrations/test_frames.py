"""Data frames and loaders: columns and types stay, rows are the Perturber's."""

from __future__ import annotations

import json

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


def test_a_column_of_texts():
    texts = ["Where is my card? It has not come.", None, "I want to know because people ask."]
    new = perturb_column(texts, "hurried", 3)
    assert new == perturb_column(texts, "hurried", 3) and new[1] is None and new[0] != texts[0]
    with pytest.raises(UsageError, match="holds 7"):
        perturb_column([7], "hurried")


def test_a_loader_reads_another_variant_in_every_epoch():
    data = PerturbedDataset(ROWS, "hurried", 5)
    first = [data[i]["question"] for i in range(len(data))]
    assert first == [v.text for v in Perturber("hurried", 1, 5)(ROWS)]
    data.set_epoch(1)
    second = [data[i]["question"] for i in range(len(data))]
    assert first != second == [data[1, i]["question"] for i in range(len(data))]
    with pytest.raises(IndexError):
        data[len(ROWS)]


def test_torch_workers_give_what_none_give():
    torch = pytest.importorskip("torch")
    data = PerturbedDataset(ROWS, "hurried", 5)
    for workers in (0, 2):
        loader = torch.utils.data.DataLoader(data, batch_size=None, num_workers=workers)
        assert [row["question"] for row in loader] == [data[i]["question"] for i in range(len(data))]
