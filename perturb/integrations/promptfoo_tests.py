"""promptfoo: an item as a test, in Python or as a line of a CSV."""

from __future__ import annotations

import json
import re
from typing import Any

from perturb.core.errors import DataError
from perturb.integrations.question import Question, about, asked_now, row_id
from perturb.variant import Variant

_KINDS = {"letter": "equals", "label": "equals", "bool": "icontains-any", "text": "icontains-any", "number": "regex",
          "any_of": "icontains-any"}  # fmt: skip


def test_of(variant: Variant, seed: int, given: dict[str, Any]) -> dict[str, Any]:
    """Give a variant as a test; what is a test already keeps its asserts."""
    item = variant.bare
    record = variant.record
    return as_test(item, asked_now(item, variant.profile, record), {**about(record), "seed": seed}, given)


def as_test(item: dict[str, Any], asked: Question, told: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Give an item as a test (-> {"description", "vars", "assert", "metadata"})."""
    name = f"{told['orig_id']}#{told['recipe']}.{told['variant']}" if told["variant"] else str(told["orig_id"])
    if isinstance(item.get("vars"), dict):
        own = {} if told["expect"] == "same" else {"assert": asserts(asked)}  # its own hold the old answer
        return {**item, **own, "description": name, "metadata": {**(item.get("metadata") or {}), **told}}
    names = given.get("vars") or {}
    fields = {names.get(key, key): value for key, value in asked.fields.items()}
    return {"description": name, "vars": fields, "assert": asserts(asked, given.get("assert")), "metadata": told}


def asserts(asked: Question, how: Any = None) -> list[dict[str, Any]]:
    """Give the asserts of a question (numbers as a number of their own, options as their letter, texts anywhere in the output).

    Whether the output asks for what is missing is left to promptfoo's judge.
    """
    if asked.kind in ("question", "none"):
        return [{"type": "llm-rubric", "value": f"The output asks back: {gold}"} for gold in asked.golds]
    if isinstance(how, list):
        gold = asked.golds[0] if asked.golds else ""
        return [{k: v.replace("{gold}", gold) if isinstance(v, str) else v for k, v in one.items()} for one in how]
    if not asked.golds:
        return []
    kind = how or _KINDS[asked.kind]
    if kind == "regex":
        golds = "|".join(re.sub(r"([^\w\s,%-])", r"\\\1", gold) for gold in asked.golds)
        return [{"type": "regex", "value": rf"(?<![\d.,])(?:{golds})(?![.,]?\d)"}]
    many = str(kind).endswith(("-any", "-all"))
    return [{"type": kind, "value": list(asked.golds) if many else asked.golds[0]}]


def promptfoo(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give a test of promptfoo."""
    return as_test(item, asked, about(record), {})


def promptfoo_csv(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give a test of promptfoo as a line of its CSV."""
    test = promptfoo(item, asked, record)
    out = {key: value if isinstance(value, str) else json.dumps(value) for key, value in test["vars"].items()}
    for n, one in enumerate(test.get("assert") or (), 1):
        value = one.get("value", "")
        if isinstance(value, list) and (len(value) == 1 or any("," in v for v in value)):
            if len(value) > 1:
                raise DataError(
                    f"{row_id(record)}: promptfoo's CSV cannot hold answers with commas in them; write .jsonl"
                )
            one, value = {"type": one["type"].removesuffix("-any")}, value[0]
        name = "__expected" if len(test["assert"]) == 1 else f"__expected{n}"
        out[name] = f"{one['type']}: {','.join(value) if isinstance(value, list) else value}"
    out["__description"] = test["description"]
    return out | {f"__metadata:{key}": str(value) for key, value in test["metadata"].items()}
