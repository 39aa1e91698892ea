"""Items in, variants out: the Perturber. A variant depends on seed, item id, variant number and recipe alone."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from perturb.core import engine
from perturb.core.edits import Labelled, apply, compose
from perturb.core.errors import BadRecord, PerturbError, StepFailed, UsageError
from perturb.core.expect import EXPECTATIONS, Change, Verdict, expect
from perturb.core.registry import Transform
from perturb.core.rng import Rng
from perturb.core.text import WORD, Text
from perturb.items.detect import detect
from perturb.items.ids import Ids
from perturb.items.locks import terms_pattern
from perturb.items.profile_files import load_profile
from perturb.items.profiles import Profile, get_path, values_at
from perturb.items.view import ItemView, Move
from perturb.language.needs import require
from perturb.prepare import Prepared, evidence_of, lexis, texts_of
from perturb.recipe import Recipe, Settled, load_recipe
from perturb.variant import Variant
from perturb.writer import Mood

Unchanged = str
OnBad = Callable[[BadRecord, dict[str, Any]], None]
REDRAWS = 8
BATCH = 64  # items analysed together where spaCy is used


class Perturber:
    """Write variants of items (``for v in Perturber("hurried", n=3)(items): print(v.text)``).

    ``recipe`` is a name, file or Recipe, or a list of them: a set of ``n`` variants for each. ``seed`` None draws a new
    one, kept in ``.seed``. ``profile`` is a name, file, Profile, or "auto" (read off each item's fields).
    ``unchanged`` is "keep", "redraw" (up to eight times, then dropped and counted) or "drop"; None keeps under a
    recipe with a writer, since redrawing would falsify human rates, and else redraws. ``expect`` keeps only these
    expectations. ``with_clean`` gives the clean item first, as variant 0. ``.stats`` counts what happened.
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
    ) -> None:
        given = [recipe] if isinstance(recipe, (str, Recipe)) else list(recipe)
        self.recipes = [r if isinstance(r, Recipe) else load_recipe(r) for r in given]
        if not self.recipes:
            raise UsageError("no recipe is given")
        names = [r.name for r in self.recipes]
        for name in names:
            if names.count(name) > 1:
                raise UsageError(f"two recipes are named {name!r}; name each otherwise (n says how many variants)")
        self.n = _whole(n, "n", 1)
        self.seed = secrets.randbits(48) if seed is None else _whole(seed, "seed", None)
        if isinstance(intensity, bool) or not isinstance(intensity, (int, float)) or not 0 <= intensity < float("inf"):
            raise UsageError(f"intensity must be a number of 0 or more, not {intensity!r}")
        self.intensity = float(intensity)
        self.profile = profile if isinstance(profile, Profile) or profile == "auto" else load_profile(profile)
        if unchanged not in (None, "keep", "redraw", "drop"):
            raise UsageError(f"unchanged must be keep, redraw or drop, not {unchanged!r}")
        self.unchanged = unchanged
        self.expect = _expectations(expect)
        self.with_clean = with_clean
        self.fields = tuple(fields)
        self.wanted = self.fields  # paths that the user named: counted where an item lacks one
        self.terms = terms_pattern(_terms(protect))
        if analysis not in ("rules", "spacy"):
            raise UsageError(f"analysis must be rules or spacy, not {analysis!r}")
        self.analysis = analysis
        self.field = name_field
        self.on_bad = on_bad
        self.stats: Counter[str] = Counter()
        self._ids: Ids | None = None
        self._found: Profile | None = None
        self._latest = self  # the stream that ``notices`` and ``detected`` speak of
        self._needs = sorted({n for r in self.recipes for n in r.needs} | ({"spacy"} if analysis == "spacy" else set()))
        self.resources = require(self._needs)
        self.runs = [run_name(self.seed, r, self.intensity) for r in self.recipes]

    # -- items to variants -------------------------------------------------------------------------------

    def __call__(self, items: Iterable[dict[str, Any]]) -> Iterator[Variant]:
        """Yield the variants of each item lazily, in the items' order."""
        self._latest = own = self._afresh()
        return own._flow(p for p in map(own._prepared, items) if p is not None)

    def _afresh(self) -> Perturber:
        """Copy for one stream of items, with ids and a detected profile of its own: streams may be read in turns."""
        own = copy(self)
        own._ids, own._found = None, None
        own._latest = own
        return own

    def named(self, items: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Variant]:
        """Yield the variants of items that ``name`` has named already."""
        return self._flow(p for p in (self._prepared(item, name) for name, item in items) if p is not None)

    def _flow(self, prepared: Iterator[Prepared]) -> Iterator[Variant]:
        if "spacy" not in self._needs:
            for one in prepared:
                yield from self.variants_of(one)
            return
        stream = iter(prepared)
        while batch := list(islice(stream, BATCH)):
            self._analyse(batch)
            for one in batch:
                yield from self.variants_of(one)

    def one(self, item: dict[str, Any]) -> Variant:
        """Give the first variant of one item; UsageError where there is none (all unchanged or left out)."""
        own = self._afresh()
        prepared = own._prepared(item)
        variants = own._flow(iter(() if prepared is None else (prepared,)))
        found = next((v for v in variants if v.number or not self.with_clean), None)
        if found is None:
            raise UsageError(
                "no variant: the item was passed over, or its variants were unchanged or left out by expect"
            )
        return found

    @property
    def notices(self) -> list[str]:
        """List what the reader should know of the items so far (ids that stood twice)."""
        ids = self._latest._ids
        return ids.notices if ids else []

    @property
    def detected(self) -> str:
        """Name the profile that the items' fields led to, "" before the first item."""
        found = self._latest._found
        return found.name if found else ""

    def name(self, item: dict[str, Any]) -> str:
        """Name the next item of the stream ("q7"; one that stands twice "q7~2"). Raises BadRecord."""
        if not isinstance(item, dict):
            raise BadRecord(f"an item is a JSON object, not {type(item).__name__}")
        if self._ids is None:
            self._ids = Ids(self._profile_of(item))
        return self._ids.name(item)

    def prepare(self, item: dict[str, Any], name: str) -> Prepared | None:
        """Make what an item's variants share; None where its profile passes it over. Raises BadRecord."""
        if self.field in item:
            raise BadRecord(f"the item has a field {self.field!r} already; name ours otherwise (--field NAME)")
        profile = self._profile_of(item)
        why = profile.passes_over(item)
        if why:
            self.stats[f"passed over: {why}"] += 1
            return None
        one = Prepared(item, name, profile, texts_of(item, profile, self.fields, self.terms))
        one.evidence = evidence_of(item, profile)
        self.stats["items"] += 1
        for path in self.wanted:
            if not values_at(item, path):
                self.stats[f"no field: {path}"] += 1
        return one

    def variants_of(self, one: Prepared) -> Iterator[Variant]:
        """Yield the variants of a prepared item, for each recipe."""
        if self.with_clean:
            self.stats["clean"] += 1
            yield Variant(one, 0, "", self.runs[0], [], [], one.texts, [], Verdict(), self.field)
        for recipe, run in zip(self.recipes, self.runs):
            seen: set[Any] = set()
            for number in range(1, self.n + 1):
                try:
                    variant = self._drawn(one, recipe, run, number, seen)
                except StepFailed as e:
                    raise StepFailed(f"item {one.id}: {e}") from e.__cause__
                if variant is not None:
                    self.stats["variants"] += 1
                    self.stats[f"expect: {variant.expect}"] += 1
                    self.stats["changed"] += variant.changed
                    yield variant

    def _drawn(self, one: Prepared, recipe: Recipe, run: str, number: int, seen: set[Any]) -> Variant | None:
        """Draw one variant, again where it is unchanged or a repetition and the policy says so."""
        policy = self.unchanged or ("keep" if recipe.has_writer else "redraw")
        variant = None
        for attempt in range(REDRAWS + 1):
            variant = self._vary(one, recipe, run, number, attempt)
            if not variant.changed:
                if policy == "keep":
                    break
                if policy == "drop":
                    self.stats["dropped: unchanged"] += 1
                    return None
            elif variant.key not in seen:
                break
        else:
            what = "unchanged" if variant is None or not variant.changed else "no further distinct variant"
            self.stats[f"dropped: {what}"] += 1
            return None
        if variant.changed:
            seen.add(variant.key)
        if self.expect and variant.expect not in self.expect:
            self.stats[f"left out: {variant.expect}"] += 1
            return None
        return variant

    def _vary(self, one: Prepared, recipe: Recipe, run: str, number: int, attempt: int) -> Variant:
        base = Rng(self.seed, one.id, number) if not attempt else Rng(self.seed, one.id, number, attempt)
        steps = recipe.settle(base.stream("recipe"), self.intensity)
        if one.profile.avoid:
            steps = self._allowed(steps, one.profile)
        moved, moves = self._move(one, steps, base)
        texts = one.texts if not moves else texts_of(moved.item, one.profile, self.fields, self.terms)
        if moves and "spacy" in self._needs:
            texts = _with_info(texts)
        mood = self._mood(one, recipe, number) if recipe.has_writer else None
        logs: list[list[Labelled]] = []
        news: list[str] = []
        for path, text in texts:
            log, new = self._rewrite(text, steps, base.stream(path), mood)
            logs.append(log)
            news.append(new)
        return Variant(one, number, recipe.name, run, moves, logs, texts, news, self._judge(one, steps, texts, logs),
                       self.field, moved.item if moves else one.item, steps)  # fmt: skip

    def _rewrite(self, text: Text, steps: list[Settled], stream: Rng, mood: Mood | None) -> tuple[list[Labelled], str]:
        """Run the text steps over one field; the flat log and the new text."""
        log: list[Labelled] = []
        source = text.raw
        for transform, label, params, rate, times, writer, governed, share in steps:
            if transform.kind == "item":
                continue
            rng = stream.stream(label)
            if governed and mood is not None and writer is not None:
                if governed == "typo":
                    count = sum(1 for _, w in text.every_word() if w.isalpha())
                    times = float(mood.slips(times * share * count, rng.stream("how many").random()))
                    if not times:
                        continue
                elif not mood.shows(writer.style, governed):
                    continue
            try:
                edits = engine.run(text, transform, params, rng, rate=rate, times=times)
            except Exception as e:
                raise _failed(label, e) from e
            if edits:
                log = compose(source, log, edits, label)
                text = text.spliced(edits)
        return log, text.raw

    def _move(self, one: Prepared, steps: list[Settled], base: Rng) -> tuple[ItemView, list[Move]]:
        view = ItemView(one.item, one.profile)
        if self.intensity > 0:
            for step in steps:
                if step.transform.kind == "item":
                    view.step = step.label
                    try:
                        step.transform.fn(view, base.stream(step.label), **step.params)
                    except Exception as e:
                        raise _failed(step.label, e) from e
        return view, view.moves

    def _judge(
        self, one: Prepared, steps: list[Settled], texts: list[tuple[str, Text]], logs: list[list[Labelled]]
    ) -> Verdict:
        roles = {s.label: s.transform.role or "cut" for s in steps if s.transform.reach == "loss"}
        if not roles:
            return Verdict()
        changes = [Change(path, text, log) for (path, text), log in zip(texts, logs) if log]
        return expect(changes, lambda label: roles.get(label, ""), lexis(), one.evidence)

    # -- helpers -----------------------------------------------------------------------------------------

    def _prepared(self, item: Any, name: str | None = None) -> Prepared | None:
        try:
            return self.prepare(item, self.name(item) if name is None else name)
        except BadRecord as bad:
            if self.on_bad is None:
                raise
            self.on_bad(bad, item)
            return None

    def _profile_of(self, item: dict[str, Any]) -> Profile:
        if isinstance(self.profile, Profile):
            return self.profile
        if self._found is None:
            self._found = detect(item)
        return self._found

    def _allowed(self, steps: list[Settled], profile: Profile) -> list[Settled]:
        kept = [s for s in steps if s.transform.family not in profile.avoid]
        for s in steps:
            if s.transform.family in profile.avoid:
                self.stats[f"steps left out: {s.transform.family} would break {profile.name}"] += 1
        return kept

    def _mood(self, one: Prepared, recipe: Recipe, number: int) -> Mood:
        user = get_path(one.item, one.profile.user) if one.profile.user else None
        rng = Rng(self.seed, one.id, number) if user is None else Rng(self.seed, str(user))
        return Mood(rng.stream("writer"), recipe.style)

    def _analyse(self, batch: list[Prepared]) -> None:
        from perturb.language.analysis import analyse

        places = [(one, i) for one in batch for i in range(len(one.texts))]
        for (one, i), info in zip(places, analyse(one.texts[i][1].raw for one, i in places)):
            path, text = one.texts[i]
            one.texts[i] = (path, _informed(text, info, self.analysis == "spacy", self, one))


def _informed(text: Text, info: Any, with_mask: bool, perturber: Perturber, one: Prepared) -> Text:
    """Give a text its analysis; under ``analysis="spacy"`` also a mask that knows its entities."""
    if not with_mask:
        return Text(text.raw, text.mask, info=info)
    from perturb.items.locks import lock_spans
    from perturb.language.protect import protected

    return protected(text.raw, lock=lock_spans(text.raw, one.item, one.profile), terms=perturber.terms, info=info)


def _with_info(texts: list[tuple[str, Text]]) -> list[tuple[str, Text]]:
    from perturb.language.analysis import analyse

    infos = analyse(t.raw for _, t in texts)
    return [(path, Text(t.raw, t.mask, info=info)) for (path, t), info in zip(texts, infos)]


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


def _failed(label: str, e: Exception) -> Exception:
    """Say which step failed and where in its code; what is said already stays."""
    if isinstance(e, PerturbError):
        return e
    import traceback

    *_, last = traceback.extract_tb(e.__traceback__)
    return StepFailed(f"the step {label} failed: {type(e).__name__}: {e} ({last.filename}:{last.lineno})")


def _whole(value: Any, name: str, least: int | None) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or (least is not None and value < least):
        raise UsageError(
            f"{name} must be a whole number{'' if least is None else f' of {least} or more'}, not {value!r}"
        )
    return value


def _expectations(given: str | Iterable[str] | None) -> frozenset[str]:
    if given is None:
        return frozenset()
    words = given.split(",") if isinstance(given, str) else list(given)
    words = [w.strip() for w in words if w.strip()]
    for word in words:
        if word not in EXPECTATIONS:
            raise UsageError(f"expect takes {', '.join(EXPECTATIONS)}, not {word!r}")
    return frozenset(words)


def _terms(given: Iterable[str] | str | Path) -> list[str]:
    if isinstance(given, (str, Path)):
        try:
            return Path(given).read_text("utf-8-sig").split("\n")
        except OSError as e:
            why = (e.strerror or str(e)).lower()
            raise UsageError(f"{given}: {why}; expected a list of terms, one a line") from None
        except UnicodeDecodeError as e:
            line = e.object.count(b"\n", 0, e.start) + 1
            raise UsageError(f"{given}:{line}: not UTF-8 ({e.object[e.start]:#04x}); save the list as UTF-8") from None
    return list(given)


__all__ = ["WORD", "Perturber", "Transform", "apply", "run_name", "vary"]
