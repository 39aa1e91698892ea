"""Wrong variants made on purpose, of ten kinds, each of a right one: what ``perturb verify`` is measured on."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from typing import Any

from perturb.core.text import LOCKED
from perturb.items.field_paths import get_path, set_path
from perturb.items.locks import lock_spans
from perturb.language.protect import protected
from perturb.verify import Pair
from perturb.verify.values import negations

Item = dict[str, Any]
NUMBER = re.compile(r"(?<![\w.,$\\{^])\d+(?:\.\d+)?(?![\w}^])")


def _place(pair: Pair) -> str:
    places = [p for path in pair.profile.input for p in pair.profile.expand(pair.item, path)]
    return max(places, key=lambda p: len(str(get_path(pair.item, p))))


def _with(pair: Pair, change: Callable[[str], str | None], rng: random.Random) -> Pair | None:
    """Change the text and write an edit for it into the log, so that the log alone gives nothing away."""
    place = _place(pair)
    old = get_path(pair.item, place)
    new = change(old)
    if new is None or new == old:
        return None
    item, log = copy.deepcopy(pair.item), copy.deepcopy(pair.log)
    set_path(item, place, new)
    if log is not None:
        clean = get_path(pair.clean, place)
        log["moves"] = [m for m in log["moves"] if not place.startswith(m["field"])]
        log["edits"] = [{"field": place, "start": 0, "end": len(clean), "old": clean, "new": new, "step": "typo.omit"}]
        log["changed"], log["expect"], log["missing"] = True, "same", []
        log["any_of"], log["target_if_answered"] = [], ""
    return pair._replace(item=item, log=log)


def _locked(pair: Pair, text: str) -> list[tuple[int, str]]:
    """List what the engine's own mask locks, which verify knows nothing of."""
    mask = protected(text, lock=lock_spans(text, pair.clean, pair.profile)).mask
    runs = re.finditer(bytes([LOCKED]) + b"+", mask)
    return [(m.start(), text[m.start() : m.end()]) for m in runs]


def locked_changed(pair: Pair, rng: random.Random) -> Pair | None:
    """A letter inside code, a formula, a link is another."""

    def change(text: str) -> str | None:
        found = [s for s in _locked(pair, text) if sum(c.isalpha() for c in s[1]) > 1]
        if not found:
            return None
        start, string = rng.choice(found)
        at = rng.choice([i for i, c in enumerate(string) if c.isalpha()])
        return text[: start + at] + ("q" if string[at] != "q" else "x") + text[start + at + 1 :]

    return _with(pair, change, rng)


def locked_gone(pair: Pair, rng: random.Random) -> Pair | None:
    """Code, a formula, a link is left out."""

    def change(text: str) -> str | None:
        found = [s for s in _locked(pair, text) if sum(c.isalpha() for c in s[1]) > 1 and len(s[1]) < len(text) // 2]
        if not found:
            return None
        start, string = rng.choice(found)
        return text[:start] + text[start + len(string) :]

    return _with(pair, change, rng)


def number_changed(pair: Pair, rng: random.Random) -> Pair | None:
    """A digit is another."""

    def change(text: str) -> str | None:
        found = list(NUMBER.finditer(text))
        if not found:
            return None
        m = rng.choice(found)
        return text[: m.start()] + str(float(m[0]) + 1).removesuffix(".0") + text[m.end() :]

    return _with(pair, change, rng)


def number_gone(pair: Pair, rng: random.Random) -> Pair | None:
    """An amount became "some", and nothing says so."""

    def change(text: str) -> str | None:
        found = [m for m in NUMBER.finditer(text) if m[0] != "1"]
        if not found:
            return None
        m = rng.choice(found)
        return text[: m.start()] + "some" + text[m.end() :]

    place = _place(pair)
    planted = _with(pair, change, rng)
    if planted is not None and planted.log is not None:  # as a single edit, which is what an engine would log
        clean, now = get_path(pair.clean, place), change(get_path(pair.clean, place))
        if now is None:
            return None
        m = next(m for m in NUMBER.finditer(clean) if clean[: m.start()] + "some" + clean[m.end() :] == now)
        set_path(planted.item, place, now)
        planted.log["edits"] = [{"field": place, "start": m.start(), "end": m.end(), "old": m[0], "new": "some",
                                 "step": "vague.number"}]  # fmt: skip
        solution = str(get_path(pair.clean, pair.profile.evidence_field or pair.profile.target or "-"))
        if pair.profile.evidence and not re.search(rf"(?<!\d){re.escape(m[0])}(?!\d)", solution):
            return None  # the item's own solution does without it: no violation
    return planted


def negation_lost(pair: Pair, rng: random.Random) -> Pair | None:
    """ "not" is left out, or "n't"."""

    def change(text: str) -> str | None:
        if not negations(text):
            return None
        new = re.sub(r"n['’]t\b| not\b|\bnever |\bno (?=[a-z])|\bwithout\b", "", text, count=1)
        return new if len(negations(new)) < len(negations(text)) else None

    return _with(pair, change, rng)


def negation_added(pair: Pair, rng: random.Random) -> Pair | None:
    """ "is" became "is not"."""

    def change(text: str) -> str | None:
        return re.sub(r"\b(is|are|was|does|did|can|has|have|will)\b(?! not)", r"\1 not", text, count=1)

    return _with(pair, change, rng)


def options_changed(pair: Pair, rng: random.Random) -> Pair | None:
    """An option stands twice, another is gone."""
    profile = pair.profile
    paths = list(profile.choice_fields)
    if not paths:
        options = get_path(pair.item, profile.choices) if profile.choices else None
        paths = [f"{profile.choices}[{i}]" for i in range(len(options))] if isinstance(options, list) else []
    texts = [get_path(pair.item, p) for p in paths]
    if len(paths) < 2 or not all(isinstance(t, str) for t in texts) or len(set(texts)) < 2:
        return None
    item = copy.deepcopy(pair.item)
    first, other = rng.sample(range(len(paths)), 2)
    if texts[first] == texts[other]:
        return None
    set_path(item, paths[first], texts[other])
    return pair._replace(item=item)


def target_wrong(pair: Pair, rng: random.Random) -> Pair | None:
    """The target names another option."""
    profile = pair.profile
    options = [get_path(pair.item, p) for p in profile.choice_fields] or get_path(pair.item, profile.choices or "-")
    value = get_path(pair.item, profile.target or "-")
    if not isinstance(options, list) or len(set(map(str, options))) < len(options):
        return None
    item = copy.deepcopy(pair.item)
    if isinstance(value, int) and not isinstance(value, bool):
        base = int(profile.target_kind == "index1")
        set_path(item, profile.target, (value - base + 1) % len(options) + base)
    elif isinstance(value, str) and len(value) == 1 and value.isalpha():
        set_path(item, profile.target, chr((ord(value) - ord("A") + 1) % len(options) + ord("A")))
    else:
        return None
    return pair._replace(item=item)


def log_tampered(pair: Pair, rng: random.Random) -> Pair | None:
    """An edit says what never stood there, or another place."""
    if pair.log is None or not pair.log["edits"]:
        return None
    log = copy.deepcopy(pair.log)
    edit = rng.choice(log["edits"])
    if rng.random() < 0.5:
        edit["start"] += 1
        edit["end"] += 1
    else:
        edit["new"] = edit["new"] + "x"
    return pair._replace(log=log)


def verdict_wrong(pair: Pair, rng: random.Random) -> Pair | None:
    """To be asked for, but nothing is missing; or missing, and it stands there."""
    if pair.log is None:
        return None
    log = copy.deepcopy(pair.log)
    place = _place(pair)
    clean, now = get_path(pair.clean, place), get_path(pair.item, place)
    words = [w for w in str(clean).split() if w in str(now).split() and w.isalpha()]
    if rng.random() < 0.5 or not words:
        log["expect"], log["missing"] = "clarify", []
    else:
        log["expect"] = "clarify"
        log["missing"] = [{"field": place, "text": rng.choice(words), "kind": "name", "ask": "Which one?",
                           "reply": "It."}]  # fmt: skip
    return pair._replace(log=log)


KINDS = (locked_changed, locked_gone, number_changed, number_gone, negation_lost, negation_added, options_changed,
         target_wrong, log_tampered, verdict_wrong)  # fmt: skip
