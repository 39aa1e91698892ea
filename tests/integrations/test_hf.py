"""Hugging Face datasets: the bytes that the Perturber writes, whatever the processes, the stream, the format or the cache."""

from __future__ import annotations

import json

import pytest
from shell import ITEMS, jsonl

from perturb import Perturber

datasets = pytest.importorskip("datasets")
from perturb.core.errors import PerturbError, UsageError
from perturb.integrations.hf import fresh_on_read, perturb_dataset

SUMS = [*ITEMS, ITEMS[0]]  # one stands twice
QUIZ = [{"question": f"Which of these is the number {n}, written as people write it?", "choices": ["none", str(n), "some", "all"],
         "answer": 1} for n in range(5)]  # fmt: skip
CASES = {"sums": (SUMS, "hurried"), "losses": (SUMS, "interrupted"), "quiz": (QUIZ, ["shuffled_options", "typos"])}


@pytest.fixture(name="made")
def _made(tmp_path):
    def made(rows):
        path = str(jsonl(tmp_path / "items.jsonl", rows))
        return datasets.load_dataset("json", data_files=path, split="train", cache_dir=str(tmp_path / "cache"))

    return made


@pytest.fixture(name="ds")
def _ds(made):
    return made(SUMS)


def written(rows):
    """Write rows as perturb run does, key by key in their order."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def expected(rows, recipe, n=3, seed=7, clean=False):
    return written(v.item for v in Perturber(recipe, n, seed, with_clean=clean)(rows))


@pytest.mark.parametrize("processes", [None, 2])
@pytest.mark.parametrize("case", CASES)
def test_map_writes_what_the_perturber_writes(made, case, processes):
    rows, recipe = CASES[case]
    ds = made(rows)
    done = perturb_dataset(ds, recipe, 3, 7, num_proc=processes)
    assert written(done) == expected(rows, recipe) and len(done) >= 2 * len(rows)
    assert {k: done.features[k] for k in ds.features} == dict(ds.features) and "seed 7" in done.info.description


@pytest.mark.parametrize("case", CASES)
def test_a_stream_writes_the_same(made, case):
    rows, recipe = CASES[case]
    assert written(perturb_dataset(made(rows).to_iterable_dataset(), recipe, 3, 7)) == expected(rows, recipe)
    clean = perturb_dataset(made(rows).to_iterable_dataset(num_shards=2), recipe, 3, 7, keep_clean=True)
    assert written(clean) == expected(rows, recipe, clean=True)


def test_with_transform_reads_what_the_perturber_writes(ds):
    read = ds.with_transform(fresh_on_read("hurried", 7))
    known = [[v.bare for v in Perturber("hurried", 3, 7)([row])] for row in ITEMS]
    for k in range(3):
        whole = read[: len(ITEMS)]  # a read of all rows at once
        assert written(dict(zip(whole, values)) for values in zip(*whole.values())) == written(v[k] for v in known)
    assert len({read[2]["question"] for _ in range(5)}) == 5


@pytest.mark.parametrize("form", ["numpy", "arrow", "pandas"])
def test_the_format_of_a_dataset_changes_no_byte(ds, form):
    if form == "pandas":
        pytest.importorskip("pandas")
    assert written(perturb_dataset(ds.with_format(form), "hurried", 3, 7, num_proc=2)) == expected(SUMS, "hurried")


def test_the_cache_never_gives_another_runs_texts(ds):
    one, two, again = (perturb_dataset(ds, "hurried", 1, seed) for seed in (1, 2, 1))
    assert written(one) == written(again) != written(two) and one._fingerprint == again._fingerprint != two._fingerprint
    assert perturb_dataset(ds, "hurried")._fingerprint != perturb_dataset(ds, "hurried")._fingerprint
    assert written(perturb_dataset(ds, "typo", 1, 1)) != written(one)
    assert perturb_dataset(ds, "hurried", 1, 1, intensity=0.5)._fingerprint != one._fingerprint


def test_the_cache_goes_by_what_a_file_says_not_by_its_name(ds, tmp_path):
    texts = []
    for word in ("because", "definitely"):
        (tmp_path / "terms.txt").write_text(word)
        texts.append(written(perturb_dataset(ds, "hurried", 3, 7, protect=str(tmp_path / "terms.txt"))))
    assert texts[0] != texts[1]


def test_a_dataset_with_splits_is_refused_with_advice(ds):
    with pytest.raises(UsageError, match="choose one"):
        perturb_dataset(datasets.DatasetDict({"test": ds}), "hurried")


@pytest.mark.parametrize(
    ("rows", "options", "told"),
    [
        (None, {}, "expected a dataset of Hugging Face, not list"),
        ([{"wrong": 3}], {}, "no shipped profile has these fields"),
        ([{"question": "Where is it?", "perturb": 1}], {}, "has a field 'perturb' already"),
        ([{"question": "Where is it?"}, {"question": None}], {}, "'question' holds null"),
        (SUMS, {"recipe": "hurrid"}, "did you mean 'hurried'"),
        (SUMS, {"n": 0}, "n must be a whole number of 1 or more, not 0"),
        (SUMS, {"seed": "x"}, "seed must be a whole number, not 'x'"),
        (SUMS, {"profile": "gsm9k"}, "no profile named 'gsm9k'"),
    ],
)
def test_what_cannot_be_meant_is_said(rows, options, told):
    with pytest.raises(PerturbError, match=told):
        perturb_dataset(rows and datasets.Dataset.from_list(rows) or [], **{"recipe": "hurried", **options})
