"""Data frames and loaders: pandas, polars, pyarrow, and a map-style dataset for a torch DataLoader."""

from __future__ import annotations

from typing import Any

from perturb.core.errors import UsageError
from perturb.integrations.host import fresh, host, of_kind
from perturb.variants import Perturber, vary


def perturb_pandas(frame: Any, recipe: Any, n: int = 1, seed: int | None = None, **options: Any) -> Any:
    """Give a pandas frame's variants as a frame with the column ``perturb`` added (``perturb_pandas(df, "hurried")``).

    The columns' types stay; the index is 0, 1, 2 …, and ``perturb`` says which item a row came from. What is missing is None to
    the recipe (a text that is missing raises BadRecord, or goes to ``on_bad``) and of its column's kind again in the result.
    """
    pandas = host("pandas", "frames")
    of_kind(frame, (pandas.DataFrame,), "a pandas DataFrame")
    plain = frame.astype(object).where(frame.notna(), None)  # a missing text is a float nan, else
    rows = (dict(zip(frame.columns, values)) for values in plain.itertuples(index=False, name=None))
    perturber = Perturber(recipe, n, fresh(seed), **options)
    new = pandas.DataFrame([v.item for v in perturber(rows)], columns=[*frame.columns, perturber.field], dtype=object)
    return new.astype(dict(frame.dtypes.items()))


def perturb_polars(frame: Any, recipe: Any, n: int = 1, seed: int | None = None, **options: Any) -> Any:
    """Give a polars frame's variants as a frame with the column ``perturb`` added as JSON (``perturb_polars(df, "hurried")``)."""
    polars = host("polars", "frames")
    of_kind(frame, (polars.DataFrame,), "a polars DataFrame (of a LazyFrame, what collect() gives)")
    perturber = Perturber(recipe, n, fresh(seed), **options)
    schema = {**frame.schema, perturber.field: polars.String}
    return polars.DataFrame(
        [_flat(v.item, perturber.field) for v in perturber(frame.iter_rows(named=True))], schema=schema
    )


def perturb_arrow(table: Any, recipe: Any, n: int = 1, seed: int | None = None, **options: Any) -> Any:
    """Give an Arrow table's variants as a table with the column ``perturb`` added as JSON (``perturb_arrow(t, "hurried")``)."""
    arrow = host("pyarrow", "frames")
    of_kind(table, (arrow.Table,), "an Arrow table")
    perturber = Perturber(recipe, n, fresh(seed), **options)
    schema = table.schema.append(arrow.field(perturber.field, arrow.string()))
    return arrow.Table.from_pylist(
        [_flat(v.item, perturber.field) for v in perturber(table.to_pylist())], schema=schema
    )


def perturb_column(texts: Any, recipe: Any, seed: int | None = None, **options: Any) -> list[str | None]:
    """Give a variant of each text of a column, in order (``["Where is it?", None]`` -> ``["were is it?", None]``).

    Takes a list, or a column of pandas, polars or Arrow; what is missing there is None in the result.
    """
    if isinstance(texts, (str, dict)):
        raise UsageError(f"expected a list of texts or a column, not {type(texts).__name__}")
    seed = fresh(seed)
    values = texts.to_pylist() if hasattr(texts, "to_pylist") else list(texts)
    return [None if _missing(text) else _one(text, recipe, seed, options) for text in values]


def _missing(value: Any) -> bool:
    """Tell what stands for no value: None, nan, pandas.NA."""
    return value is None or (isinstance(value, float) and value != value) or type(value).__name__ == "NAType"


def _one(text: Any, recipe: Any, seed: int, options: dict[str, Any]) -> str:
    if not isinstance(text, str):
        raise UsageError(f"a column of text holds {text!r} ({type(text).__name__}); give a column of strings")
    found = vary(text, recipe, 1, seed, **options)
    return found[0].text if found else text


def _flat(item: dict[str, Any], field: str) -> dict[str, Any]:
    import json

    return {**item, field: json.dumps(item[field], ensure_ascii=False)}


class PerturbedDataset:
    """A map-style dataset whose row i has another variant in every epoch (``DataLoader(PerturbedDataset(rows, "typos"))``).

    Variants are named by item and epoch, so that workers, however many, give the same. Call ``set_epoch`` before each epoch, or read
    by ``(epoch, i)``; with persistent workers only the latter reaches them.
    """

    def __init__(self, rows: Any, recipe: Any, seed: int | None = None, **options: Any) -> None:
        self.rows, self.epoch = rows, 0
        self.perturber = Perturber(recipe, 1, fresh(seed), **options).stream(rows[0] if len(rows) else None)
        self.names = [self.perturber.name(rows[i]) for i in range(len(rows))]

    def set_epoch(self, epoch: int) -> None:
        """Go on to an epoch (1 -> each row's second variant)."""
        self.epoch = epoch

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int | tuple[int, int]) -> dict[str, Any]:
        epoch, i = at if isinstance(at, tuple) else (self.epoch, at)
        if not 0 <= i < len(self.rows):
            raise IndexError(i)
        variants = self.perturber.named([(f"{self.names[i]}@{epoch}" if epoch else self.names[i], self.rows[i])])
        found = next(iter(variants), None)
        return dict(self.rows[i]) if found is None else found.item
