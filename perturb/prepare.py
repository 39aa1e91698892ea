"""What is made once per item and shared by its variants: id, profile, masked texts, evidence of what answers need."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from perturb.core.errors import BadRecord
from perturb.core.expect import Evidence, Lexis
from perturb.core.stages import Stage
from perturb.core.stems import stem
from perturb.core.text import Text
from perturb.items.codec import quoted, written
from perturb.items.evidence import evidence_of
from perturb.items.field_paths import get_path
from perturb.items.gold import gold_texts, option_texts
from perturb.items.locks import lock_spans
from perturb.items.profiles import Profile
from perturb.language.detect import refusal
from perturb.language.lexicon import rows, words
from perturb.language.protect import protected, slot_kinds


@dataclass
class Prepared:
    """One clean item, ready for its variants."""

    item: dict[str, Any]
    id: str
    profile: Profile
    texts: list[tuple[str, Text]] = field(default_factory=list)
    _stages: list[Stage] = field(default_factory=list)
    _parts: dict[str, str] = field(default_factory=dict)

    @cached_property
    def evidence(self) -> Evidence:
        """Find what the answer needs; asked only where something may be lost."""
        return evidence_of(self.item, self.profile)

    @cached_property
    def plain(self) -> bool:
        """Tell whether fields are put in place by their names alone, and written one by one."""
        return not (self.profile.join or self.profile.offsets) and all(type(key) is str for key in self.item)

    def part(self, key: str) -> str:
        """Write a field of the item as JSON, once for all variants ('"id": 7')."""
        found = self._parts.get(key)
        if found is None:
            value = self.item[key]
            found = f"{quoted(key)}: {quoted(value) if type(value) is str else written(value)}"
            self._parts[key] = found
        return found

    def stages(self) -> list[Stage]:
        """Give where the steps of each text begin; what needs no draw is done once for all variants."""
        if not self._stages:
            self._stages = stages_of(self.texts)
        return self._stages


def stages_of(texts: list[tuple[str, Text]]) -> list[Stage]:
    """Give the stages before any step."""
    return [Stage(text.raw, text) for _, text in texts]


def texts_of(
    item: dict[str, Any], profile: Profile, extra: tuple[str, ...], terms: re.Pattern[str] | None
) -> list[tuple[str, Text]]:
    """Make the masked texts of an item's input fields; BadRecord where one is not text or not English."""
    found = []
    telling = _Telling(item, profile)
    places = profile.inputs(item)
    for path in extra:
        places += [p for p in profile.expand(item, path) if p not in places]
    for path in places:
        raw = get_path(item, path)
        if not isinstance(raw, str):
            raise BadRecord(f"{path!r} holds {type(raw).__name__}; expected text (profile {profile.name})")
        why = refusal(raw)
        if why:
            raise BadRecord(f"{path!r} {why}; perturb writes English only")
        text = protected(raw, lock=lock_spans(raw, item, profile), terms=terms)
        text._telling = telling
        found.append((path, text))
    return found


class _Telling:
    """Give the right answers and options of an item in lower case, worked out when they are first asked for."""

    __slots__ = ("_found", "_item", "_profile", "passage")

    def __init__(self, item: dict[str, Any], profile: Profile) -> None:
        self._item, self._profile = item, profile
        self._found: frozenset[str] | None = None
        context = get_path(item, profile.context) if profile.context else None
        self.passage = context if isinstance(context, str) else ""

    def __call__(self) -> frozenset[str]:
        if self._found is None:
            texts = (*gold_texts(self._item, self._profile), *option_texts(self._item, self._profile))
            self._found = frozenset(s.strip().lower() for s in texts)
        return self._found


def analyse_all(batch: list[Prepared], entities: bool, terms: re.Pattern[str] | None) -> None:
    """Give the texts of several items their analysis, in one go; with ``entities`` also a mask that knows them."""
    from perturb.language.analysis import analyse

    places = [(one, i) for one in batch for i in range(len(one.texts))]
    for (one, i), info in zip(places, analyse(one.texts[i][1].raw for one, i in places)):
        path, text = one.texts[i]
        if entities:
            lock = lock_spans(text.raw, one.item, one.profile)
            new = protected(text.raw, lock=lock, terms=terms, info=info)
        else:
            new = Text(text.raw, text.mask, info=info)
        new._telling = text._telling
        one.texts[i] = (path, new)


def with_info(texts: list[tuple[str, Text]]) -> list[tuple[str, Text]]:
    """Give texts their analysis, under the masks that they have."""
    from perturb.language.analysis import analyse

    infos = analyse(t.raw for _, t in texts)
    out = []
    for (path, t), info in zip(texts, infos):
        new = Text(t.raw, t.mask, info=info)
        new._telling = t._telling
        out.append((path, new))
    return out


@cache
def lexis(lang: str = "en") -> Lexis:
    """Give the word lists that expectations are judged by."""
    genders = {row[0].lower(): row[1] for row in rows("names", lang)}
    senses = {row[0]: tuple(row[2].split(", ")) for row in rows("vague", "senses")}
    return Lexis(
        words("functions", lang), words("polite", lang), slot_kinds(lang), genders, senses, _ends, _common, _places
    )


@cache
def _ends() -> dict[str, str]:
    """Give the few ways in which terms of several words go on; read where a text first stops short."""
    return {row[0]: row[1] for row in rows("phrases")}


@cache
def _places() -> dict[str, str]:
    """Give the kinds of known places ("rome" -> "city")."""
    return {row[0].lower(): row[1] for row in rows("vague", "places") if row[1] != "company"}


@cache
def _common() -> frozenset[str]:
    """Give the stems of short words that people write every day: who reads "adidas" knows what is spoken of."""
    return frozenset(stem(row[0]) for name in ("en", "en_wordnet") for row in rows("words", name))
