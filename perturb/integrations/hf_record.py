"""Hugging Face datasets: the type of the field that is added."""

from __future__ import annotations

from typing import Any

from perturb.integrations.host import host


def record_features() -> Any:
    """Give the type of the added field, the same whatever the first rows hold; its keys in the record's order."""
    value = host("datasets", "hf").Value
    text, number, flag = value("string"), value("int64"), value("bool")
    missing = dict.fromkeys(("field", "text", "kind", "ask", "reply"), text)
    edit = {"field": text, "start": number, "end": number, "old": text, "new": text, "step": text}
    return {"of": text, "variant": number, "recipe": text, "run": text, "changed": flag, "expect": text, "target_changed": flag,
            "any_of": [text], "missing": [missing], "target_if_answered": text,
            "moves": [dict.fromkeys(("step", "field", "old", "new"), text)], "edits": [edit]}  # fmt: skip
