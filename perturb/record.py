"""Variants as lines of JSON, written part by part: what an item's variants share is encoded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perturb.items.codec import dumps, encodable, quoted, written

if TYPE_CHECKING:
    from perturb.variant import Variant


def line_of(variant: Variant) -> str:
    """Write a variant's item with the added field ('{"question": "how far", "perturb": {…}}'), as ``dumps(v.item)`` would."""
    parts = _parts(variant)
    if parts is None:
        return dumps(variant.item)
    parts.append(f"{quoted(variant._field)}: {_record(variant)}")
    return encodable(f"{{{', '.join(parts)}}}")


def bare_line_of(variant: Variant) -> str:
    """Write a variant's item without the added field, as ``dumps(v.bare)`` would."""
    parts = _parts(variant)
    return dumps(variant.bare) if parts is None else encodable(f"{{{', '.join(parts)}}}")


def record_line_of(variant: Variant) -> str:
    """Write what the added field says, as ``dumps(v.record)`` would."""
    return encodable(_record(variant))


def _parts(variant: Variant) -> list[str] | None:
    """List the fields of the item as they are written (['"id": 7']), None where it is no plain one."""
    one = variant._prepared
    if variant.moves or not one.plain:
        return None
    item = one.item
    changed = {path: new for (path, _), new, log in zip(variant._texts, variant.texts, variant._logs) if log}
    if not changed.keys() <= item.keys() or variant._field in item:
        return None  # within a list or object
    return [f"{quoted(key)}: {quoted(changed[key])}" if key in changed else one.part(key) for key in item]


def _record(v: Variant) -> str:
    edits = []
    for (path, text), log in zip(v._texts, v._logs):
        field, raw = quoted(path), text.raw
        edits += [
            f'{{"field": {field}, "start": {start}, "end": {end}, "old": {quoted(raw[start:end])}, '
            f'"new": {quoted(new)}, "step": {quoted(step)}}}'
            for start, end, new, step in log
        ]
    any_of, missing, moves = (written(found) if found else "[]" for found in (v.any_of, v.missing, v.moves))
    return (
        f'{{"of": {quoted(v.id)}, "variant": {v.number}, "recipe": {quoted(v.recipe)}, '
        f'"run": {quoted(v.run if v.number else "")}, "changed": {"true" if v.changed else "false"}, '
        f'"expect": {quoted(v.expect)}, "target_changed": {"true" if v.target_changed else "false"}, '
        f'"any_of": {any_of}, "missing": {missing}, "target_if_answered": {quoted(v.target_if_answered)}, '
        f'"moves": {moves}, "edits": [{", ".join(edits)}]}}'
    )


__all__ = ["bare_line_of", "line_of", "record_line_of"]
