"""promptfoo: tests generated anew on every eval, a hook that expands a whole suite, and tests as files.

promptfoo loads Python by file; two lines bring these in: ``from perturb.integrations.promptfoo import generate_tests, whole_suite``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from perturb.core.errors import UsageError
from perturb.integrations.host import fresh, left_out
from perturb.integrations.question import Question, asked_now
from perturb.items.detect import from_fields
from perturb.items.profile_files import load_profile
from perturb.items.readers import read
from perturb.variant import Variant
from perturb.variants import Perturber

_CONFIG = ("source", "recipe", "n", "seed", "keep", "profile", "expect", "assert", "vars", "limit")
_KINDS = {"letter": "equals", "label": "equals", "bool": "icontains-any", "text": "icontains-any", "number": "regex",
          "any_of": "icontains-any"}  # fmt: skip


def generate_tests(config: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Give a file's items and their variants as tests (``{path: file://perturbed.py:generate_tests, config: {source: …}}``).

    ``config``: ``source`` (JSON Lines), ``recipe``, ``n``, ``seed`` (none: new on every eval), ``keep`` (the clean items too, true),
    ``profile``, ``expect`` ("same"), ``limit``; ``vars`` names variables ({"body": "question"}), ``assert`` is a type for the right
    answers, or a list in which "{gold}" stands for them. Raises UsageError for what it does not know.
    """
    given = dict(config or {})
    unknown = [key for key in given if key not in _CONFIG]
    if unknown or not given.get("source"):
        what = f"does not know {unknown[0]!r}" if unknown else "needs a source: a JSON Lines file"
        raise UsageError(f"perturb's test generator {what}; its config takes {', '.join(_CONFIG)}")
    seed = fresh(given.get("seed"))
    chosen = given.get("profile", "auto")
    profile = chosen if chosen == "auto" or isinstance(chosen, str) else from_fields(**chosen)
    perturber = Perturber(given.get("recipe", "hurried"), int(given.get("n", 1)), seed, profile,
                          with_clean=bool(given.get("keep", True)), expect=given.get("expect", "same"))  # fmt: skip
    items = (record.item for record in read(given["source"], limit=given.get("limit")))
    tests = [test_of(v, seed, given) for v in perturber(items)]
    _tell(perturber, len(tests))
    return tests


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


def about(record: dict[str, Any]) -> dict[str, Any]:
    """Give what results need to be paired, of a variant's record."""
    return {"orig_id": record["of"], **{key: record[key] for key in ("variant", "recipe", "run", "expect")}}


def whole_suite(
    recipe: str = "hurried", n: int = 1, seed: int | None = None, keep: bool = True, var: str = "", **options: Any
) -> Callable[[str, Any], Any]:
    """Make an extension that multiplies every test of a suite ("hurried", n=2 -> each test and two variants).

    With ``extensions: [file://perturbed.py:hook]`` promptfoo calls it before all tests; ``var`` names the variable to perturb.
    """

    def hook(name: str, context: Any) -> Any:
        if name != "beforeAll":
            return None
        drawn = fresh(seed)
        profile = from_fields(input=f"vars.{var}", id="metadata.orig_id") if var else load_profile("promptfoo")
        perturber = Perturber(recipe, n, drawn, profile, with_clean=keep, **{"expect": "same", **options})
        old = context["suite"].get("tests") or []
        new = [test_of(v, drawn, {}) for v in perturber(old)]
        _tell(perturber, len(new))
        context["suite"]["tests"] = new
        return context

    return hook


def _tell(perturber: Perturber, tests: int) -> None:
    sys.stderr.write(f"perturb: {tests} tests, seed {perturber.seed}; {left_out(perturber.stats)}\n")
