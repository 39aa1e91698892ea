"""Items in, variants out: the Perturber. A variant depends on seed, item id, variant number and recipe alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from perturb.arguments import (
    expectations,
    fields_of,
    file_of,
    function_of,
    intensity_of,
    items_of,
    one_of,
    profile_of,
    recipes_of,
    terms_of,
    whole,
)
from perturb.core.errors import StepFailed, UsageError
from perturb.core.expect import Verdict
from perturb.drawing import Drawing
from perturb.intake import Intake, OnBad
from perturb.items.locks import terms_pattern
from perturb.items.profiles import Profile
from perturb.items.witness import Witness
from perturb.language.needs import require
from perturb.prepare import Prepared, analyse_all
from perturb.recall import GONE, Recall, distinct, remembered
from perturb.recipe import Recipe
from perturb.settling import Judge, Paths, settle, witness_of
from perturb.slipping import tally
from perturb.variant import Variant

Unchanged = str
ENOUGH = 40  # numbers in a row without a variant after which an item has none left
BATCH = 64  # items analysed together where spaCy is used


class Perturber(Intake):
    """Write variants of items (``for v in Perturber("hurried", n=3)(items): print(v.text)``).

    ``recipe`` is a name, file or Recipe, or a list of them: a set of ``n`` variants for each. ``seed`` None draws a new
    one, kept in ``.seed``. ``profile`` is a name, file, Profile, or "auto" (read off each item's fields).
    ``unchanged`` is "keep", "redraw" (up to eight times, then dropped and counted) or "drop"; None keeps under a
    recipe with a writer or scanned pages, since redrawing would falsify measured rates, and else (or where a step is a
    ``must``) redraws. ``expect`` keeps only these expectations. ``with_clean`` gives the clean item first, as variant 0. ``.stats`` counts what happened.
    ``witness`` is a file (or several) of the benchmark's own labelled messages, which decide what a shortened message
    may mean; ``judge(clean_item, text)`` gives an expectation, ``("any_of", answers)`` or None where rules and witness
    leave ``unsure``, and is asked nowhere else. ``ledger`` is a file that remembers what was given: what it has is not
    given again, and what a stream of variants gave is added when the stream ends or is left.
    Raises UsageError, RecipeError and MissingResource when made; BadRecord on an item unless ``on_bad`` takes it.
    """

    def __init__(
        self,
        recipe: str | Recipe | Sequence[str | Recipe],
        n: int = 1,
        seed: int | None = None,
        profile: str | Profile = "auto",
        intensity: float = 1.0,
        unchanged: Unchanged | None = None,
        expect: str | Iterable[str] | None = None,
        with_clean: bool = False,
        *,
        fields: Iterable[str] = (),
        protect: Iterable[str] | str | Path = (),
        analysis: str = "rules",
        name_field: str = "perturb",
        on_bad: OnBad | None = None,
        witness: Paths | Witness | None = None,
        judge: Judge | None = None,
        ledger: str | Path | None = None,
    ) -> None:
        self.recipes = recipes_of(recipe)
        self.n = whole(n, "n", 1)
        self.seed = secrets.randbits(48) if seed is None else whole(seed, "seed", None)
        self.intensity = intensity_of(intensity)
        known = profile_of(profile)
        self.unchanged = None if unchanged is None else one_of(unchanged, "unchanged", "keep", "redraw", "drop")
        self.expect = expectations(expect)
        self.with_clean = with_clean
        super().__init__(known, fields_of(fields), terms_pattern(terms_of(protect)), name_field)
        self.analysis = one_of(analysis, "analysis", "rules", "spacy")
        self.on_bad = function_of(on_bad, "on_bad")
        self.witness = witness_of(witness, known if isinstance(known, Profile) else None)
        self.judge = function_of(judge, "judge")
        self.ledger = file_of(ledger, "ledger")
        self.recall: Recall | None = None  # what chooses among attempts where a ledger or a manifest says so
        self._ready()

    def _ready(self) -> None:
        """Look whether what the recipes need is there, name their runs, and make what draws."""
        needs = {n for r in self.recipes for n in r.needs} | ({"spacy"} if self.analysis == "spacy" else set())
        self.resources = require(sorted(needs))
        self.runs = [run_name(self.seed, r, self.intensity) for r in self.recipes]
        self._drawing = Drawing(
            self.seed, self.intensity, self.fields, self.terms, "spacy" in needs, self.field, self.stats
        )

    # -- items to variants -------------------------------------------------------------------------------

    def __call__(self, items: Iterable[dict[str, Any]]) -> Iterator[Variant]:
        """Yield the variants of each item lazily, in the items' order."""
        own = self.stream()
        found = own._flow(p for p in map(own._prepared, items_of(items)) if p is not None)
        return found if self.ledger is None else remembered(own, self.ledger, found)

    def stream(self, first: dict[str, Any] | None = None) -> Perturber:
        """Copy for one stream of items, with ids and a detected profile of its own: streams may be read in turns.

        ``first`` is the item that an "auto" profile is read off, the stream's first where there is none.
        """
        own = self._latest = self._afresh()
        if first is not None:
            own._profile_of(first)
        return own

    def named(self, items: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Variant]:
        """Yield the variants of items that ``name`` has named already."""
        return self._flow(p for p in (self._prepared(item, name) for name, item in items) if p is not None)

    def _flow(self, prepared: Iterator[Prepared]) -> Iterator[Variant]:
        if not self._drawing.analysed:
            for one in prepared:
                yield from self.variants_of(one)
            return
        stream = iter(prepared)
        while batch := list(islice(stream, BATCH)):
            self._analyse(batch)
            for one in batch:
                yield from self.variants_of(one)

    def given(self, variant: Variant) -> bool:
        """Tell whether a ledger takes a variant in: not the clean item, nor what is its equal where that is always kept."""
        return variant.number > 0 and (variant.changed or self.unchanged != "keep")

    def one(self, item: dict[str, Any]) -> Variant:
        """Give the first variant of one item (``p.one(item).text``); UsageError where there is none (all unchanged or left out)."""
        own = self._afresh()
        prepared = own._prepared(item)
        variants = own._flow(iter(() if prepared is None else (prepared,)))
        if self.ledger is not None:
            variants = remembered(own, self.ledger, variants)
        found = next((v for v in variants if v.number or not self.with_clean), None)
        if found is None:
            raise UsageError(
                "no variant: the item was passed over, or its variants were unchanged or left out by expect"
            )
        return found

    def variants_of(self, one: Prepared) -> Iterator[Variant]:
        """Yield the variants of a prepared item, for each recipe."""
        if self.with_clean:
            self.stats["clean"] += 1
            yield Variant(one, 0, "", self.runs[0], [], [], one.texts, [], Verdict(), self.field)
        recall = self.recall
        if recall is not None:
            recall.begin(one.id)
        for recipe, run in zip(self.recipes, self.runs):
            seen: set[Any] = set()
            failed = 0
            if recall is not None:
                recall.recipe()
            if recipe.limits and self._drawing.unfit(one, recipe) and self.unchanged is None:
                for what in ("dropped: unchanged", f"without: {recipe.name}"):
                    self.stats[what] += self.n  # whatever is drawn
                continue
            for number in range(1, self.n + 1):
                if recall is not None and recall.past(number):
                    self.stats[GONE] += self.n - number + 1
                    break
                try:
                    variant = self._drawn(one, recipe, run, number, seen)
                except StepFailed as e:
                    raise StepFailed(f"item {one.id}: {e}") from e.__cause__
                # What the user wants dropped or left out says nothing of how many more there are.
                told = variant is not None or self.expect or self.unchanged == "drop"
                failed = 0 if told else failed + 1
                if failed == ENOUGH:
                    self.stats["dropped: no further distinct variant"] += self.n - number
                    self.stats[f"without: {recipe.name}"] += self.n - number
                    break
                if variant is not None:
                    self.stats["variants"] += 1
                    self.stats[f"expect: {variant.expect}"] += 1
                    self.stats["changed"] += variant.changed
                    if recipe.has_writer:
                        tally(variant, self.stats)
                    yield variant
        if recall is not None:
            recall.end()

    def _drawn(self, one: Prepared, recipe: Recipe, run: str, number: int, seen: set[Any]) -> Variant | None:
        """Draw one variant, again where it is unchanged or a repetition and the policy says so."""
        policy = self.policy(recipe)
        draw = partial(self._drawing.variant, one, recipe, run, number)
        if self.recall is None:
            variant = distinct(draw, policy, seen, self.stats)
        else:
            variant = self.recall.drawn(draw, number, policy, self.stats)
        if variant is None:
            if self.recall is None:
                self.stats[f"without: {recipe.name}"] += 1
            return None
        if variant.changed and (self.witness is not None or self.judge is not None):
            settle(variant, self.witness, self.judge)
        if self.expect and variant.expect not in self.expect:
            self.stats[f"left out: {variant.expect}"] += 1
            return None
        return variant

    def policy(self, recipe: Recipe) -> Unchanged:
        """Say what becomes of a recipe's variant that is equal to its item ("keep", "redraw" or "drop")."""
        return self.unchanged or ("keep" if recipe.measured and not recipe.musts else "redraw")

    def _analyse(self, batch: list[Prepared]) -> None:
        analyse_all(batch, self.analysis == "spacy", self.terms)


def run_name(seed: int, recipe: Recipe, intensity: float) -> str:
    """Name a run from its seed, recipe and intensity (-> "k7q2m4"); the same for the same."""
    h = blake2b(ascii((seed, recipe.name, sorted(recipe.texts.items()), intensity)).encode())
    n = int.from_bytes(h.digest()[:8], "big")
    return "".join("abcdefghijkmnpqrstuvwxyz23456789"[n >> 5 * i & 31] for i in range(6))


def vary(
    item: dict[str, Any] | str, recipe: str | Recipe, n: int = 1, seed: int | None = None, **options: Any
) -> list[Variant]:
    """List variants of one item or plain text (``vary("Where is my card?", "hurried", n=3)``).

    ``options`` are Perturber's. The list may be shorter than ``n`` where distinct variants run out.
    """
    if isinstance(item, str):
        options.setdefault("profile", Profile("text", ("text",), task="chat"))
        item = {"text": item}
    return list(Perturber(recipe, n, seed, **options)([item]))


__all__ = ["Perturber", "run_name", "vary"]
