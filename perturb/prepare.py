"""What is made once per item and shared by its variants: id, profile, masked texts, evidence of what answers need."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from perturb.core.errors import BadRecord
from perturb.core.expect import Evidence, Lexis
from perturb.core.text import Text
from perturb.core.values import number_value
from perturb.items.locks import lock_spans
from perturb.items.profiles import Profile, get_path
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
    evidence: Evidence = field(default_factory=Evidence)


def texts_of(
    item: dict[str, Any], profile: Profile, extra: tuple[str, ...], terms: re.Pattern[str] | None
) -> list[tuple[str, Text]]:
    """Make the masked texts of an item's input fields; BadRecord where one is not text or not English."""
    found = []
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
        found.append((path, protected(raw, lock=lock_spans(raw, item, profile), terms=terms)))
    return found


def analyse_all(batch: list[Prepared], entities: bool, terms: re.Pattern[str] | None) -> None:
    """Give the texts of several items their analysis, in one go; with ``entities`` also a mask that knows them."""
    from perturb.language.analysis import analyse

    places = [(one, i) for one in batch for i in range(len(one.texts))]
    for (one, i), info in zip(places, analyse(one.texts[i][1].raw for one, i in places)):
        path, text = one.texts[i]
        if entities:
            lock = lock_spans(text.raw, one.item, one.profile)
            one.texts[i] = (path, protected(text.raw, lock=lock, terms=terms, info=info))
        else:
            one.texts[i] = (path, Text(text.raw, text.mask, info=info))


def with_info(texts: list[tuple[str, Text]]) -> list[tuple[str, Text]]:
    """Give texts their analysis, under the masks that they have."""
    from perturb.language.analysis import analyse

    infos = analyse(t.raw for _, t in texts)
    return [(path, Text(t.raw, t.mask, info=info)) for (path, t), info in zip(texts, infos)]


@cache
def lexis(lang: str = "en") -> Lexis:
    """Give the word lists that expectations are judged by."""
    genders = {row[0].lower(): row[1] for row in rows("names", lang)}
    senses = {row[0]: tuple(row[2].split(", ")) for row in rows("vague", "senses")}
    return Lexis(words("functions", lang), words("polite", lang), slot_kinds(lang), genders, senses)


_STEP = re.compile(r"<<([^<>]*)>>")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


def evidence_of(item: dict[str, Any], profile: Profile) -> Evidence:
    """Find what an answer needs: the numbers that enter GSM8K's <<…>> steps, an equation, or every slot."""
    needed: frozenset[float] | None = None
    told: frozenset[float] = frozenset()
    if profile.evidence in ("gsm8k", "equation"):
        source = get_path(item, profile.evidence_field or profile.target)
        if isinstance(source, str):
            if profile.evidence == "gsm8k":
                steps = [s.split("=")[0] for s in _STEP.findall(source)]
                needed = _numbers(" ".join(steps)) if steps else None
                told = _numbers(_STEP.sub(" ", source).split("####")[0])
            else:
                needed = _numbers(source)
    passage = bool(profile.context or profile.offsets)
    return Evidence(profile.task, needed, profile.evidence == "all", passage, told)


def _numbers(text: str) -> frozenset[float]:
    values = (number_value(n if n[0] != "." else "0" + n) for n in _NUMBER.findall(text))
    return frozenset(v for v in values if v is not None)
