"""An item's other parts: options, target, offsets, fields that nobody was asked to change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from perturb.items.field_paths import get_path, values_at
from perturb.verify.pairs import Pair, shown

Found = Iterator[tuple[str, str]]


def _options(item: dict[str, Any], pair: Pair) -> list[str]:
    profile = pair.profile
    if profile.choice_fields:
        found: Any = [get_path(item, path) for path in profile.choice_fields]
    elif "[*]" in profile.choices:
        found = values_at(item, profile.choices)
    else:
        found = get_path(item, profile.choices) if profile.choices else None
    return [str(text) for text in found] if isinstance(found, list) else []


def _labels(item: dict[str, Any], pair: Pair) -> list[str]:
    path = pair.profile.labels
    found = values_at(item, path) if "[*]" in path else get_path(item, path) if path else None
    return [str(label).strip() for label in found] if isinstance(found, list) else []


def pointed_at(value: Any, kind: str, options: list[str], labels: list[str]) -> str | None:
    """Give the option that a target names (1 as an index of ["no", "yes"] -> "yes"), None where it names none."""
    if isinstance(value, bool) or value is None or isinstance(value, (list, dict)):
        return None
    text = str(value).strip()
    if kind == "option" or (kind == "auto" and text in options):
        return text if text in options else None
    if kind == "label" or (kind == "letter" and text in labels):
        place = labels.index(text) if text in labels else -1
    elif text.replace(".0", "").isdigit():
        place = int(float(text)) - (kind == "index1")
    else:
        place = ord(text.upper()) - ord("A") if len(text) == 1 and text.isalpha() else -1
    return options[place] if 0 <= place < len(options) else None


def gold(item: dict[str, Any], pair: Pair) -> list[str]:
    """List the texts of the right answer, as far as they are texts (-> ["Denver Broncos"])."""
    profile = pair.profile
    options, labels = _options(item, pair), _labels(item, pair)
    values = values_at(item, profile.target) if profile.target else []
    if options:
        named = [pointed_at(v, profile.target_kind, options, labels) for v in values]
        return [text for text in named if text is not None]
    out: list[str] = []
    for value in values:
        out += [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]
    return out


def kept_terms(pair: Pair) -> list[str]:
    """List the strings that the profile wants kept in the input: gold answer, options, fields' values."""
    rules, found = pair.profile.lock, []
    if "target" in rules and pair.profile.target_kind in (
        "text",
        "auto",
        "option",
        "label",
        "letter",
        "index",
        "index1",
    ):
        found += gold(pair.clean, pair)
    if "choices" in rules:
        found += _options(pair.clean, pair)
    for rule in rules:
        if rule.startswith("field:"):
            found += [v for v in values_at(pair.clean, rule[6:].strip()) if isinstance(v, str)]
        elif rule == "kwargs":
            found += [text for text in _texts(pair.clean.get("kwargs")) if len(text) > 2]
        elif rule.startswith("literals:"):
            found += [t for t in _texts(values_at(pair.clean, rule[9:].strip())) if any(c.isalpha() for c in t)]
        elif rule.startswith("names:"):
            code = " ".join(v for v in values_at(pair.clean, rule[6:].strip()) if isinstance(v, str))
            found += re.findall(r"\b([A-Za-z]\w*)(?=\()", code)
    return [text for text in found if len(text) <= 200]


def _texts(value: Any) -> list[str]:
    if isinstance(value, (list, dict)):
        return [t for v in (value.values() if isinstance(value, dict) else value) for t in _texts(v)]
    return [value] if isinstance(value, str) else []


def ending(pair: Pair) -> Found:
    """Check that the last word stands where an ending or an option goes on from it (HellaSwag, WinoGrande)."""
    if not pair.profile.keep_end:
        return
    for path in pair.profile.input:
        for place in pair.profile.expand(pair.clean, path):
            was, now = str(get_path(pair.clean, place)).split(), str(get_path(pair.item, place)).split()
            if was and was[-1].rstrip(".?!") != "".join(now[-1:]).rstrip(".?!"):
                yield (
                    "locked",
                    f"{place} ended in {shown(was[-1])}, which goes on in an option, now in {shown(now[-1:])}",
                )


def options(pair: Pair) -> Found:
    """Check that the options are those of the clean item and the target names the same one."""
    before, after = _options(pair.clean, pair), _options(pair.item, pair)
    labels = _labels(pair.item, pair)
    profile = pair.profile
    rewritten = 0
    if Counter(before) != Counter(after):
        gone, new = (
            list((Counter(before) - Counter(after)).elements()),
            list((Counter(after) - Counter(before)).elements()),
        )
        rewritten = len(gone)
        declared = (
            pair.log is not None
            and any(m["field"] == profile.choices for m in pair.log["moves"])
            and not (gone and new)
        )
        if not declared and (len(gone) != len(new) or not all(map(_of_letters, [*gone, *new]))):
            yield "options", f"{shown(gone)} became {shown(new)}"
            return
    relabelled = pair.log is not None and any(m["field"] == profile.labels for m in pair.log["moves"])
    if len(labels) not in (0, len(after)) or (labels != _labels(pair.clean, pair) and not relabelled):
        yield "options", f"labels are {shown(labels)}"
    for path, kind in ((profile.target, profile.target_kind), *profile.also):
        if not path or not before:
            continue
        was, now = get_path(pair.clean, path), get_path(pair.item, path)
        old = pointed_at(was, kind, before, _labels(pair.clean, pair))
        new_text = pointed_at(now, kind, after, labels)
        if old != new_text and not (rewritten and old is not None and new_text is not None and _of_letters(old)):
            yield "target", f"{path} named {shown(old)}, now {shown(new_text)}"
    if pair.log is not None and profile.target:
        head = profile.target.split(".")[0]  # "answers" of "answers.text": its offsets are part of it
        moved = get_path(pair.clean, head) != get_path(pair.item, head)
        if bool(pair.log.get("target_changed")) is not moved:
            yield (
                "target",
                f"target_changed is {pair.log.get('target_changed')}, the target {'differs' if moved else 'is the same'}",
            )


def _of_letters(text: str) -> bool:
    """Tell whether an option names others by letter ("Both A and C")."""
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return sum(len(w) == 1 for w in words) >= 1 and len(words) <= 8


def offsets(pair: Pair) -> Found:
    """Check that character offsets still point at their answers."""
    for path, context in pair.profile.offsets:
        text = get_path(pair.item, context)
        starts, answers = values_at(pair.item, path), values_at(pair.item, path.rsplit(".", 1)[0] + ".text")
        flat = [s for v in starts for s in (v if isinstance(v, list) else [v])]
        said = [a for v in answers for a in (v if isinstance(v, list) else [v])]
        for start, answer in zip(flat, said):
            if isinstance(text, str) and isinstance(start, int) and text[start : start + len(answer)] != answer:
                yield (
                    "offset",
                    f"{path} {start}: {shown(text[start : start + len(answer)])} stands there, not {shown(answer)}",
                )


def fields(pair: Pair) -> Found:
    """Check that no field changed that neither an edit nor a move names."""
    named = {e["field"].split(".")[0].split("[")[0] for e in (pair.log or {}).get("edits", ())}
    named |= {m["field"].split(".")[0].split("[")[0] for m in (pair.log or {}).get("moves", ())}
    profile = pair.profile
    loose = {path.split(".")[0].split("[")[0] for path in (*profile.input, *(p for p, _ in profile.join))}
    loose |= {p.split(".")[0] for p, _ in profile.offsets}
    for key in pair.clean:
        if key not in pair.item:
            yield "field", f"{key!r} is gone"
        elif pair.clean[key] != pair.item[key] and key not in named and key not in loose:
            if pair.log is not None or key in (profile.target, profile.choices, *profile.choice_fields):
                yield "field", f"{key!r} differs: {shown(pair.clean[key])} became {shown(pair.item[key])}"
