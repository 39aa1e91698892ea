"""How fresh and how varied a run's variants are, on a sample by hash that is the same whatever the order or the process.

The sample is all variants (of each recipe, the first ten) of the items whose ids hash lowest, as many items as give
about two hundred variants. Samples of parts of a run make the sample of the whole, so shards, processes and runs that
were stopped tell the same figures; and two runs over the same items have the same sample, so they can be compared.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from struct import pack, unpack
from typing import Any
from zlib import crc32

from perturb.core.common_ends import common_ends
from perturb.core.keys import item_key
from perturb.variant import Variant

SIZE = 200  # variants, about
EACH = 10  # of an item and recipe, at most
FEWEST = 25  # items, at least
WORDS = 100  # of a variant, at most
_TOP = 1 << 63
TOPS = (2, 5, 10, 20, 50)  # per cent of the clean text's characters that are changed: up to each, and more
Row = list[
    Any
]  # recipe's number, fingerprint, unchanged, changed characters in 1/1000, words, words' hashes, edits by step


def items_for(n: int, recipes: int) -> int:
    """Give how many items a sample has."""
    return max(FEWEST, SIZE // (min(n, EACH) * recipes))


class Sample:
    """Keep what is needed of the items that hash lowest (``Sample(333).take(rank, rows)``)."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.rows: dict[int, list[Row]] = {}
        self._ranks: list[int] = []
        self.new: list[tuple[int, list[Row]]] = []  # taken since the last note

    def takes(self, rank: int) -> bool:
        """Tell whether an item belongs to the sample, as far as is known."""
        return len(self._ranks) < self.most or rank < self._ranks[-1]

    def take(self, rank: int, rows: list[Row]) -> None:
        """Take an item's rows in, where they belong to the sample."""
        if not self.takes(rank) or rank in self.rows:
            return
        self.rows[rank] = rows
        self.new.append((rank, rows))
        insort(self._ranks, rank)
        if len(self._ranks) > self.most:
            del self.rows[self._ranks.pop()]

    def noted(self) -> list[tuple[int, list[Row]]]:
        """Give what was taken since ``new`` was emptied and is still of the sample."""
        return [(rank, hashed(rows)) for rank, rows in self.new if rank in self.rows]

    def all(self) -> list[tuple[int, list[Row]]]:
        """Give all that is kept, in the order of the ranks."""
        return [(rank, hashed(self.rows[rank])) for rank in self._ranks]


class Watch:
    """See a batch's variants go by and measure those of the sample (``Watch(recipes, 333).see(variant)``)."""

    def __init__(self, recipes: Sequence[str], most: int) -> None:
        self._numbers = {name: k for k, name in enumerate(recipes)}
        self._sample = Sample(most)
        self._one: object = None
        self._rank = 0
        self._rows: list[Row] | None = None
        self._found: list[tuple[int, list[Row]]] = []

    def see(self, variant: Variant) -> None:
        """Take a variant in; an item's come one after the other."""
        one = variant._prepared
        if one is not self._one:
            self._one = one
            self._rank = item_key(one.id) + _TOP
            self._rows = [] if self._sample.takes(self._rank) else None
            if self._rows is not None:
                self._found.append((self._rank, self._rows))
        if self._rows is not None and 0 < variant.number <= EACH:
            self._rows.append(measured(variant, self._numbers[variant.recipe]))

    def gathered(self) -> list[tuple[int, list[Row]]]:
        """Give what was measured since the last time; whether it belongs to the sample of the whole run is decided elsewhere."""
        found = [(rank, rows) for rank, rows in self._found if rows]
        for rank, _ in found:
            self._sample.take(rank, [])
        self._sample.new, self._found, self._one = [], [], None
        return found


def measured(variant: Variant, recipe: int) -> Row:
    """Measure one variant; its words are hashed when they are kept (``hashed``)."""
    steps: dict[str, int] = {}
    size = clean = 0
    for move in variant.moves:
        steps[move["step"]] = 1  # one thing done, however many fields it moves
    for (_, text), log in zip(variant._texts, variant._logs):
        raw = text.raw
        clean += len(raw)
        for start, end, new, label in log:
            for step in label.split("+") if "+" in label else (label,):
                steps[step] = steps.get(step, 0) + 1
            size += _size(raw[start:end], new) if new and start < end else len(new) or end - start
    texts = variant.texts
    share = -(-1000 * size // (clean or 1))  # rounded up: one edit is never none
    return [
        recipe,
        variant.fingerprint,
        int(not variant.changed),
        share,
        texts[0] if len(texts) == 1 else variant.text,
        "",
        steps,
    ]


def hashed(rows: list[Row]) -> list[Row]:
    """Put hashes of words in the place of texts, and how many words there are."""
    for row in rows:
        if isinstance(row[4], str):
            words = row[4].encode("utf-8", "surrogatepass").split()
            hashes = [crc32(word) for word in words[:WORDS]]
            row[4:6] = len(words), pack(f">{len(hashes)}I", *hashes).hex()
    return rows


def _size(old: str, new: str) -> int:
    """Count the characters that an edit changes: the longer of what goes and what comes, less what both begin and end with."""
    return max(len(old), len(new)) - sum(common_ends(old, new))


def sample_of(found: Any) -> list[tuple[int, list[Row]]]:
    """Check a sample that a shard's manifest holds; ValueError or TypeError where it is not as a run wrote it."""
    kinds = (int, int, int, int, int, str, dict)
    for rank, rows in found:
        for row in rows:
            if not isinstance(rank, int) or tuple(map(type, row)) != kinds or len(bytes.fromhex(row[5])) % 4:
                raise ValueError
            if not all(isinstance(n, int) for n in row[6].values()):
                raise ValueError
    return [(rank, rows) for rank, rows in found]


def freshness(
    sample: Sample, recipes: Sequence[str], stats: Mapping[str, int], before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Sum up for the manifest: shares of variants, distinct words and pairs, characters changed, edits by step.

    ``before`` is this of the run whose manifest stood here; the overlap is with its variants of the same items.
    """
    rows = [row for _, rows in sample.all() for row in rows]
    variants = stats.get("variants", 0)
    words = [unpack(f">{len(row[5]) // 8}I", bytes.fromhex(row[5])) for row in rows]
    single = {word for each in words for word in each}
    double = {a << 32 | b for each in words for a, b in zip(each, each[1:])}
    total = sum(map(len, words))
    found: dict[str, Any] = {
        "sample": {"items": sum(map(bool, sample.rows.values())), "variants": len(rows)},
        "identical": _share(variants - stats.get("changed", 0), variants),
        "distinct": _share(sum(len({r[1] for r in rows}) for rows in sample.rows.values()), len(rows)),
        "distinct_1": _share(len(single), total),
        "distinct_2": _share(len(double), total - sum(map(bool, words))),
        "changed_characters": _histogram(rows),
        "steps": _steps(rows),
        "hashes": {name: _hashes(sample, k) for k, name in enumerate(recipes)},
    }
    if stats.get("given before") or stats.get("drawn again") or stats.get("exhausted"):
        found["ledger"] = {key: stats.get(key, 0) for key in ("given before", "drawn again", "exhausted")}
    overlap = _overlap(found["hashes"], before)
    return {**found, "previous": overlap} if overlap else found


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _histogram(rows: Iterable[Row]) -> dict[str, int]:
    names = ["none", *(f"to {top} %" for top in TOPS), f"over {TOPS[-1]} %"]
    tops = [10 * top for top in TOPS]
    tally = Counter(bisect_left(tops, row[3]) + 1 if row[3] else 0 for row in rows)
    return {name: tally[k] for k, name in enumerate(names)}


def _steps(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Tell for each step how many edits it made per 100 words, and in how many variants."""
    edits, there = Counter[str](), Counter[str]()
    words = sum(row[4] for row in rows)
    for row in rows:
        edits.update(row[6])
        there.update(row[6].keys())
    return {step: {"per_100_words": round(100 * n / words, 3) if words else 0.0, "variants": _share(there[step], len(rows))}
            for step, n in sorted(edits.items())}  # fmt: skip


def _hashes(sample: Sample, recipe: int) -> dict[str, str]:
    """Write the sample's fingerprints short, by item."""
    found = {f"{rank:016x}"[:10]: " ".join(_short(r[1]) for r in rows if r[0] == recipe) for rank, rows in sample.all()}
    return {item: hashes for item, hashes in found.items() if hashes}


def _short(fingerprint: int) -> str:
    return f"{fingerprint & 0xFFFFFFFF:08x}"


def _overlap(hashes: Mapping[str, Mapping[str, str]], before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Tell which part of the variants the run before had too, of items and recipes that are in both samples."""
    known = (before or {}).get("hashes")
    if not isinstance(known, dict):
        return None
    same = total = 0
    for recipe, items in hashes.items():
        theirs = known.get(recipe)
        theirs = theirs if isinstance(theirs, dict) else {}
        for item, mine in items.items():
            old = str(theirs.get(item, "")).split()
            total += len(mine.split()) if old else 0
            same += sum(h in old for h in mine.split())
    return {"variants": total, "overlap": _share(same, total)} if total else None
