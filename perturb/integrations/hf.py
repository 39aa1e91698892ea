"""Hugging Face datasets: perturbed copies, streams, and a transform that varies on every read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

from perturb.core.errors import UsageError
from perturb.integrations.hf_record import record_features
from perturb.integrations.host import columns_of, fresh, host, of_kind, rows_of
from perturb.variant import Variant
from perturb.variants import Perturber


def perturb_dataset(
    ds: Any, recipe: Any, n: int = 1, seed: int | None = None, *, keep_clean: bool = False, num_proc: int | None = None,
    **options: Any,
) -> Any:  # fmt: skip
    """Give a dataset's variants as a dataset (``perturb_dataset(ds, "hurried", n=3)``); a stream for a stream.

    The columns stay and ``perturb`` is added (docs/records.md). Without a seed every call differs; the seed is in the
    ``description`` of the result's info. The fingerprint is made of the dataset's, recipe, seed and options, so that the cache never
    gives another run's texts. ``num_proc`` processes give the same rows as one. ``options`` are Perturber's. What ``ds`` was
    formatted for (numpy, torch) is left aside: the result holds plain values.
    """
    datasets = host("datasets", "hf")
    if isinstance(ds, (datasets.DatasetDict, datasets.IterableDatasetDict)):
        raise UsageError(
            f"expected one split, found {', '.join(map(repr, ds))}; choose one: perturb_dataset(ds['test'], …)"
        )
    of_kind(ds, (datasets.Dataset, datasets.IterableDataset), "a dataset of Hugging Face")
    seed, ds = fresh(seed), ds.with_format(None)
    perturber = Perturber(recipe, n, seed, with_clean=keep_clean, **options)
    features = None if ds.features is None else datasets.Features({**ds.features, perturber.field: record_features()})
    if isinstance(ds, datasets.IterableDataset):
        return datasets.IterableDataset.from_generator(
            _stream, gen_kwargs={"ds": ds, "perturber": perturber}, features=features
        )
    keys = [*ds.column_names, perturber.field]
    stream = perturber.stream(ds[0] if len(ds) else None)
    names = [stream.name(row) for row in ds]  # in the dataset's order, so that shards agree on what stands twice
    done = ds.map(_mapped, batched=True, with_indices=True, num_proc=num_proc, remove_columns=ds.column_names, features=features,
                  fn_kwargs={"perturber": stream, "names": names, "keys": keys},
                  new_fingerprint=_fingerprint(ds, perturber, options))  # fmt: skip
    done.info.description = f"{done.info.description or ''}\nperturb: seed {seed}".strip()
    return done


def _stream(ds: Any, perturber: Perturber) -> Iterator[dict[str, Any]]:
    for variant in perturber(ds):
        yield variant.item


def _mapped(
    batch: dict[str, list[Any]], indices: list[int], perturber: Perturber, names: list[str], keys: list[str]
) -> Any:
    named = zip((names[i] for i in indices), rows_of(batch))
    return columns_of([v.item for v in perturber.named(named)], keys)


def _fingerprint(ds: Any, perturber: Perturber, options: dict[str, Any]) -> str:
    # What files said (a profile, protected terms), not what they are called.
    read = (repr(perturber.profile), perturber.terms.pattern if perturber.terms else "")
    parts = (ds._fingerprint, perturber.seed, perturber.n, perturber.with_clean, perturber.runs, perturber.intensity, read,
             sorted((k, repr(v)) for k, v in options.items()))  # fmt: skip
    return blake2b(ascii(parts).encode(), digest_size=8).hexdigest()


def fresh_on_read(
    recipe: Any, seed: int | None = None, **options: Any
) -> Callable[[dict[str, list[Any]]], dict[str, list[Any]]]:
    """Make a transform for ``ds.with_transform`` that gives a new variant on each read (``ds.with_transform(fresh_on_read("typos"))``).

    The k-th read of a row in a process is variant k of that row under this seed, the one that ``Perturber(recipe, n=k)`` gives;
    where a row has no further variant, its clean text is read.
    """
    perturber = Perturber(recipe, 1 << 30, fresh(seed), **options)
    going: dict[str, Iterator[Variant]] = {}

    def varied(row: dict[str, Any]) -> dict[str, Any]:
        name = perturber.stream().name(row)
        if name not in going:
            going[name] = perturber.named([(name, row)])
        variant = next(going[name], None)
        return row if variant is None else {key: variant.item[key] for key in row}

    return lambda batch: columns_of([varied(row) for row in rows_of(batch)], list(batch))
