"""Hugging Face datasets: the same rows as the Perturber, whatever the processes, the stream or the cache."""

from __future__ import annotations

import pytest
from shell import ITEMS, jsonl

from perturb import Perturber

datasets = pytest.importorskip("datasets")
from perturb.core.errors import UsageError
from perturb.integrations.hf import fresh_on_read, perturb_dataset

ROWS = [*ITEMS, ITEMS[0]]  # one stands twice


@pytest.fixture(name="ds")
def _ds(tmp_path):
    path = str(jsonl(tmp_path / "items.jsonl", ROWS))
    return datasets.load_dataset("json", data_files=path, split="train", cache_dir=str(tmp_path / "cache"))


def expected(recipe, n, seed, clean=False):
    return [v.item for v in Perturber(recipe, n, seed, with_clean=clean)(ROWS)]


@pytest.mark.parametrize("processes", [None, 2])
@pytest.mark.parametrize("clean", [False, True])
def test_map_gives_what_the_perturber_gives(ds, processes, clean):
    done = perturb_dataset(ds, "hurried", 3, 7, keep_clean=clean, num_proc=processes)
    assert list(done) == expected("hurried", 3, 7, clean)
    assert {k: done.features[k] for k in ds.features} == dict(ds.features) and "seed 7" in done.info.description


def test_a_stream_gives_the_same(ds):
    assert list(perturb_dataset(ds.to_iterable_dataset(), "hurried", 3, 7)) == expected("hurried", 3, 7)


def test_the_cache_never_gives_another_runs_texts(ds):
    one, two, again = (perturb_dataset(ds, "hurried", 1, seed) for seed in (1, 2, 1))
    assert list(one) == list(again) != list(two) and one._fingerprint == again._fingerprint != two._fingerprint
    assert perturb_dataset(ds, "hurried")._fingerprint != perturb_dataset(ds, "hurried")._fingerprint
    assert list(perturb_dataset(ds, "typo", 1, 1)) != list(one)


def test_every_read_is_another_variant(ds):
    read = ds.with_transform(fresh_on_read("hurried", 7))
    known = [v.text for v in Perturber("hurried", 3, 7)([ROWS[2]])]
    assert [read[2]["question"] for _ in range(3)] == known
    assert set(read[2]) == {"question", "answer"}


def test_a_dataset_with_splits_is_refused_with_advice(ds):
    with pytest.raises(UsageError, match="choose one"):
        perturb_dataset(datasets.DatasetDict({"test": ds}), "hurried")
